import type { Libraries, Library } from '../library.ts'
import { ast } from './ast.ts'
import { base64 } from './base64.ts'
import { builtins } from './builtins.ts'
import { collections } from './collections.ts'
import { configurations, configurationsBase, configurationsValues } from './configurations.ts'
import { contextlib } from './contextlib.ts'
import { copy } from './copy.ts'
import { corsheadersDefaults } from './corsheaders.ts'
import { datetime } from './datetime.ts'
import { dynaconf } from './declined.ts'
import { decouple } from './decouple.ts'
import { distutilsUtil, setuptoolsDistutils } from './distutils.ts'
import { djDatabaseUrl } from './dj-database-url.ts'
import {
  django,
  djangoAsgi,
  djangoConf,
  djangoConfUrls,
  djangoExceptions,
  djangoFunctional,
  djangoMessages,
  djangoTranslation,
  djangoUrls,
  djangoWsgi,
} from './django.ts'
import { djangoDebug } from './django-debug.ts'
import { djangoHeroku, djangoHerokuCore, djangoOnHeroku } from './django-heroku.ts'
import { dotenv, dotenvMain } from './dotenv.ts'
import { environ } from './environ.ts'
import { environs } from './environs.ts'
import { functools } from './functools.ts'
import { importlib, importlibUtil } from './importlib.ts'
import { itertools, math } from './itertools.ts'
import { json } from './json.ts'
import { logging, loggingConfig, warnings } from './logging.ts'
import { operator } from './operator.ts'
import { os } from './os.ts'
import { osPath } from './os-path.ts'
import { pathlib } from './pathlib.ts'
import { platform } from './platform.ts'
import { pydantic, pydanticEnvSettings, pydanticSettings } from './pydantic.ts'
import {
  djangoCrypto,
  djangoManagementUtils,
  fernet,
  getpass,
  multiprocessing,
  random,
  secrets,
  subprocess,
  tempfile,
  time,
  uuid,
} from './random.ts'
import { re } from './re.ts'
import { socket } from './socket.ts'
import { splitSettings } from './split-settings.ts'
import { ssl } from './ssl.ts'
import { string } from './string.ts'
import { sys } from './sys.ts'
import { tomli, tomllib } from './tomllib.ts'
import { types } from './types.ts'
import { typing, typingExtensions } from './typing.ts'
import { urllibParse } from './urllib.ts'

/** Library models by dotted module name; each is made when a project first imports it. */
const models: Readonly<Record<string, () => Library>> = {
  builtins: () => builtins,
  os: () => os,
  'os.path': () => osPath,
  pathlib: () => pathlib,
  sys: () => sys,
  collections: () => collections,
  operator: () => operator,
  types: () => types,
  tomli: () => tomli,
  tomllib: () => tomllib,
  importlib: () => importlib,
  'importlib.util': () => importlibUtil,
  django: () => django,
  'django.conf': () => djangoConf,
  'django.core.asgi': () => djangoAsgi,
  'django.core.wsgi': () => djangoWsgi,
  'django.core.exceptions': () => djangoExceptions,
  'django.core.management.utils': () => djangoManagementUtils,
  'django.utils.crypto': () => djangoCrypto,
  'django.utils.translation': () => djangoTranslation,
  'django.utils.functional': () => djangoFunctional,
  'django.views.debug': () => djangoDebug,
  'django.conf.urls': () => djangoConfUrls,
  'django.urls': () => djangoUrls,
  'django.contrib.messages.constants': () => djangoMessages,
  ast: () => ast,
  base64: () => base64,
  configurations: () => configurations,
  'configurations.base': () => configurationsBase,
  'configurations.values': () => configurationsValues,
  contextlib: () => contextlib,
  copy: () => copy,
  'corsheaders.defaults': () => corsheadersDefaults,
  datetime: () => datetime,
  decouple: () => decouple,
  dynaconf: () => dynaconf,
  pydantic: () => pydantic,
  'pydantic.env_settings': () => pydanticEnvSettings,
  pydantic_settings: () => pydanticSettings,
  'distutils.util': () => distutilsUtil,
  'setuptools._distutils.util': () => setuptoolsDistutils,
  dj_database_url: () => djDatabaseUrl,
  django_heroku: () => djangoHeroku,
  'django_heroku.core': () => djangoHerokuCore,
  django_on_heroku: () => djangoOnHeroku,
  dotenv: () => dotenv,
  'dotenv.main': () => dotenvMain,
  environ: () => environ,
  environs: () => environs,
  functools: () => functools,
  getpass: () => getpass,
  itertools: () => itertools,
  json: () => json,
  logging: () => logging,
  'logging.config': () => loggingConfig,
  math: () => math,
  multiprocessing: () => multiprocessing,
  platform: () => platform,
  random: () => random,
  'cryptography.fernet': () => fernet,
  re: () => re,
  secrets: () => secrets,
  socket: () => socket,
  'split_settings.tools': () => splitSettings,
  ssl: () => ssl,
  string: () => string,
  subprocess: () => subprocess,
  tempfile: () => tempfile,
  time: () => time,
  typing: () => typing,
  typing_extensions: () => typingExtensions,
  'urllib.parse': () => urllibParse,
  uuid: () => uuid,
  warnings: () => warnings,
}

export const libraries: Libraries = {
  has: (module) => Object.hasOwn(models, module),
  get: (module) => (Object.hasOwn(models, module) ? models[module]?.() : undefined),
}

export const libraryNames: readonly string[] = Object.keys(models)
