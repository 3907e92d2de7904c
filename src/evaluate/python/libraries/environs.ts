import { parseDotenv } from '../../../syntax/dotenv/dotenv.ts'
import { bool, int, list, none, record, text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import {
  exceptionClass,
  library,
  type Method,
  type NativeClass,
  nativeClass,
  object,
  type PythonRun,
  take,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, type ObjectValue, plain, type Value } from '../value.ts'
import { parseDatabaseUrl } from './dj-database-url.ts'
import { builtin, isBuiltin, isOpen, readsTrue, variableOf } from './support/convert.ts'
import { parseJson } from './support/data.ts'
import { absolutePath, callerFolder, inFolder, readPresent, upwards } from './support/env-files.ts'
import { projectPath } from './support/files.ts'
import { parseResult, parseUrl } from './urllib.ts'

const EnvError = exceptionClass('environs.EnvError', [exception('ValueError')])
const EnvValidationError = exceptionClass('environs.EnvValidationError', [EnvError])
const EnvNotSetError = exceptionClass('environs.EnvNotSetError', [EnvError])

/** Words of marshmallow's Boolean field. Source: marshmallow 4.4.0. */
const truthy = 't T true True TRUE on On ON y Y yes Yes YES 1'.split(' ')
const falsy = 'f F false False FALSE off Off OFF n N no No NO 0'.split(' ')

interface State {
  prefix: string
  readonly expand: boolean
  /** What read_env found; the environment comes first. */
  readonly values: Map<string, string>
}

type Parse = (run: PythonRun, value: Value, name: string, keywords: ReadonlyMap<string, Value>) => Value

function invalid(run: PythonRun, name: string, why: string): never {
  return run.raise(EnvValidationError, `Environment variable "${name}" invalid: ['${why}']`)
}

/** A method that reads one variable; a default is given back as it is. */
function reader(parse: Parse, parsesDefault = false): Method {
  return (run, self, args) => {
    const state = self.state as State
    const given = take(run, 'env', args, ['name', 'default?', 'subcast?', '**'])
    const name = plain(given.name)
    if (name === undefined) return run.unknown(notModelled('env(…)'))
    const full = state.prefix + name
    const stored = state.values.get(full)
    const value = run.variable(full) ?? (stored === undefined ? undefined : text(stored, run.at))
    if (value === undefined) {
      if (given.default !== undefined)
        return parsesDefault ? parse(run, given.default, full, args.keywords) : given.default
      return run.raise(EnvNotSetError, `Environment variable "${full}" not set`, full)
    }
    if (state.expand && (plain(value)?.includes('${') ?? true)) return run.unknown(notModelled('expand_vars'))
    const keywords = new Map(args.keywords)
    if (given.subcast !== undefined) keywords.set('subcast', given.subcast)
    return parse(run, value, full, keywords)
  }
}

const asBool: Parse = (run, value, name) => {
  if (isOpen(value)) return bool(readsTrue(run, value, 'environs'), run.at)
  const known = plain(value) as string
  if (truthy.includes(known)) return bool(true, run.at)
  return falsy.includes(known) ? bool(false, run.at) : invalid(run, name, 'Not a valid boolean.')
}

function number(type: 'int' | 'float'): Parse {
  return (run, value, name) =>
    run.attempt(
      () => run.call(builtin(run, type), [value]),
      ['ValueError'],
      () => invalid(run, name, type === 'int' ? 'Not a valid integer.' : 'Not a valid number.'),
    )
}

/** One item of a list or dict by `subcast`. */
function subcast(run: PythonRun, item: Value, cast: Value | undefined, name: string): Value {
  if (cast === undefined || cast.type === 'none' || isBuiltin(cast, 'str')) return item
  if (isBuiltin(cast, 'bool')) return asBool(run, item, name, new Map())
  if (isBuiltin(cast, 'int')) return number('int')(run, item, name, new Map())
  if (isBuiltin(cast, 'float')) return number('float')(run, item, name, new Map())
  return run.call(cast, [item])
}

const asList: Parse = (run, value, name, keywords) => {
  if (plain(value) === '') return list([], run.at)
  const delimiter = keywords.get('delimiter')
  const split = run.method(value, 'split', [delimiter ?? text(',', run.at)])
  if (split.type !== 'list') return split
  const items = split.items.map((item) => subcast(run, item, keywords.get('subcast'), name))
  return list(items, run.at, split.rest)
}

const asDict: Parse = (run, value, name, keywords) => {
  const known = plain(value)
  const [delimiter, equals] = ['delimiter', 'key_value_delimiter'].map((key, i) => {
    const given = keywords.get(key)
    return given === undefined ? [',', '='][i] : plain(given)
  })
  if (known === undefined || delimiter === undefined || equals === undefined) {
    return run.unknown(notModelled('env.dict'), 'dict', variableOf(value))
  }
  const out = record({}, run.at)
  const pieces = known === '' ? [] : known.split(delimiter)
  for (const piece of pieces) {
    const at = piece.indexOf(equals)
    if (at === -1) return run.raise('ValueError', 'not enough values to unpack (expected 2, got 1)')
    const key = subcast(run, text(piece.slice(0, at).trim(), run.at), keywords.get('subcast_keys'), name)
    const item = text(piece.slice(at + equals.length).trim(), run.at)
    run.setItem(out, key, subcast(run, item, keywords.get('subcast_values'), name))
  }
  return out
}

const asJson: Parse = (run, value, name) => {
  const known = plain(value)
  if (known === undefined) return run.unknown(notModelled('env.json'), undefined, variableOf(value))
  return parseJson(run, known) ?? invalid(run, name, 'Not valid JSON.')
}

const asLevel: Parse = (run, value, name) => {
  const known = plain(value)
  if (known === undefined) return run.unknown(notModelled('env.log_level'), 'int', variableOf(value))
  if (/^[0-9]+$/.test(known)) return int(BigInt(known), run.at)
  const levels = { NOTSET: 0, DEBUG: 10, INFO: 20, WARNING: 30, WARN: 30, ERROR: 40, CRITICAL: 50, FATAL: 50 }
  const level = levels[known.toUpperCase() as keyof typeof levels]
  return level === undefined ? invalid(run, name, 'Not a valid log level.') : int(level, run.at)
}

/** What marshmallow's Url field accepts: these schemes, and a host with a top-level domain, `localhost` or an address. */
const validUrl =
  /^(?:https?|ftps?):\/\/(?:[^\s/?#@]*@)?(?:localhost|\d+(?:\.\d+){3}|\[[\da-f:.]+\]|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z0-9-]{2,})\.?(?::\d+)?(?:[/?#]\S*)?$/i

const asUrl: Parse = (run, value, name) => {
  const known = plain(value)
  if (known !== undefined && !validUrl.test(known)) return invalid(run, name, 'Not a valid URL.')
  return object(parseResult, parseUrl(value), run.at)
}
const asPath: Parse = (run, value) => run.call(run.attribute(run.importModule('pathlib'), 'Path'), [value])
const asTimedelta: Parse = (run, value, name, keywords) => {
  const unit = plain(keywords.get('precision')) ?? 'seconds'
  const amount = number('int')(run, value, name, keywords)
  return run.call(run.attribute(run.importModule('datetime'), 'timedelta'), [], new Map([[unit, amount]]))
}
const asDatabase: Parse = (run, value, name, keywords) =>
  run.attempt(
    () => parseDatabaseUrl(run, value, Object.fromEntries([...keywords].filter(([key]) => key !== 'default'))),
    ['Exception'],
    () => invalid(run, name, 'Not a valid database URL.'),
  )
const opaque: Parse = (run, value) => run.unknown(notModelled('env'), undefined, variableOf(value))

/** `read_env(path=None, recurse=True, override=False)`: keeps the values for this Env alone. */
const readEnv: Method = (run, self, args) => {
  const given = take(run, 'read_env', args, ['path?', '*recurse?', '*override?', '*return_path?', '**'])
  const state = self.state as State
  const flag = (value: Value | undefined, fallback: boolean): boolean =>
    value === undefined ? fallback : run.truth(value)
  const folder = callerFolder(run)
  const asked = given.path
  const start =
    asked === undefined || asked.type === 'none'
      ? folder === undefined
        ? undefined
        : inFolder(folder, '.env')
      : projectPath(run, asked)
  if (start === undefined) return bool(false, run.at)
  const cut = start.lastIndexOf('/')
  const name = start.slice(cut + 1)
  const folders = upwards(cut === -1 ? '' : start.slice(0, cut))
  const places = flag(given.recurse, true) ? folders.map((at) => inFolder(at, name)) : [start]
  const file = places.find((path) => run.isPresent(path) && run.tree.kind(path) === 'file')
  const source = file === undefined ? undefined : readPresent(run, file)
  const override = flag(given.override, false)
  if (source !== undefined) {
    for (const { name: key, value } of parseDotenv(source)) {
      if (value !== undefined && (override || !state.values.has(key))) state.values.set(key, value)
    }
  }
  if (given.return_path !== undefined && run.truth(given.return_path)) {
    return file === undefined ? none(run.at) : text(absolutePath(run, file), run.at)
  }
  return bool(source !== undefined, run.at)
}

const envClass: NativeClass = {
  class: 'environs.Env',
  bases: [],
  construct: (run, args: CallArguments) => {
    const given = take(run, 'Env', args, ['*eager?', '*expand_vars?', '*prefix?', '**'])
    const expand = given.expand_vars !== undefined && run.truth(given.expand_vars)
    const state: State = { prefix: plain(given.prefix) ?? '', expand, values: new Map() }
    return object(envClass, state, run.at)
  },
  call: reader((_run, value) => value),
  methods: {
    str: reader((_run, value) => value),
    bool: reader(asBool),
    int: reader(number('int')),
    float: reader(number('float')),
    list: reader(asList),
    dict: reader(asDict),
    json: reader(asJson),
    url: reader(asUrl),
    path: reader(asPath),
    log_level: reader(asLevel),
    timedelta: reader(asTimedelta),
    dj_db_url: reader(asDatabase, true),
    dj_email_url: reader(opaque),
    dj_cache_url: reader(opaque),
    decimal: reader(opaque),
    date: reader(opaque),
    datetime: reader(opaque),
    uuid: reader(opaque),
    enum: reader(opaque),
    read_env: readEnv,
    seal: (run) => none(run.at),
    prefixed: (run, self, args) => {
      const prefix = plain(take(run, 'prefixed', args, ['prefix']).prefix)
      return prefix === undefined ? run.unknown(notModelled('prefixed')) : object(prefixedClass, [self, prefix], run.at)
    },
  },
}

/** `with env.prefixed('X_'):` changes the Env itself until the block ends. */
const prefixedClass: NativeClass = {
  class: 'environs.Env.prefixed',
  bases: [],
  enter: (_run, self) => {
    const [env, prefix] = self.state as [ObjectValue, string]
    const state = env.state as State
    state.prefix += prefix
    return env
  },
  exit: (run, self) => {
    const [env, prefix] = self.state as [ObjectValue, string]
    const state = env.state as State
    state.prefix = state.prefix.slice(0, state.prefix.length - prefix.length)
    return none(run.at)
  },
}

/** environs 15: readers of single variables; a `.env` counts only when it is on the dyno. */
export const environs = library('environs', {
  Env: nativeClass(envClass),
  FileAwareEnv: nativeClass(envClass),
  env: (run) => object(envClass, { prefix: '', expand: false, values: new Map() } satisfies State, run.at),
  EnvError,
  EnvValidationError,
  EnvNotSetError,
})
