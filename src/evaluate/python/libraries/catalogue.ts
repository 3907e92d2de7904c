import type { Library } from '../library.ts'
import { ast } from './ast.ts'
import { base64 } from './base64.ts'
import { configurationsLibraries } from './configurations.ts'
import { contextlib } from './contextlib.ts'
import { copy } from './copy.ts'
import { corsheadersDefaults } from './corsheaders.ts'
import { datetime } from './datetime.ts'
import { declinedLibraries } from './declined.ts'
import { decouple } from './decouple.ts'
import { distutilsUtil, setuptoolsDistutils } from './distutils.ts'
import { djDatabaseUrl } from './dj-database-url.ts'
import { djangoHeroku, djangoHerokuCore, djangoOnHeroku } from './django-heroku.ts'
import { dotenv, dotenvMain } from './dotenv.ts'
import { environ } from './environ.ts'
import { environs } from './environs.ts'
import { functools } from './functools.ts'
import { itertools, math } from './itertools.ts'
import { json } from './json.ts'
import { logging, loggingConfig, warnings } from './logging.ts'
import { platform } from './platform.ts'
import { getpass, multiprocessing, random, secrets, subprocess, tempfile, time, uuid } from './random.ts'
import { re } from './re.ts'
import { socket } from './socket.ts'
import { splitSettings } from './split-settings.ts'
import { ssl } from './ssl.ts'
import { string } from './string.ts'
import { typing, typingExtensions } from './typing.ts'
import { urllibParse } from './urllib.ts'

/** Models of installed packages and of those standard modules that the interpreter does not rest on. */
export const catalogue: readonly Library[] = [
  ast,
  base64,
  ...configurationsLibraries,
  contextlib,
  copy,
  corsheadersDefaults,
  datetime,
  decouple,
  ...declinedLibraries,
  distutilsUtil,
  djDatabaseUrl,
  djangoHeroku,
  djangoHerokuCore,
  djangoOnHeroku,
  dotenv,
  dotenvMain,
  environ,
  environs,
  functools,
  getpass,
  itertools,
  json,
  logging,
  loggingConfig,
  math,
  multiprocessing,
  platform,
  random,
  re,
  secrets,
  setuptoolsDistutils,
  socket,
  splitSettings,
  ssl,
  string,
  subprocess,
  tempfile,
  time,
  typing,
  typingExtensions,
  urllibParse,
  uuid,
  warnings,
]
