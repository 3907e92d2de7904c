import { bool, dict, list, none, str, text, tuple } from '../constructors.ts'
import {
  exceptionClass,
  library,
  type Method,
  type NativeClass,
  native,
  nativeClass,
  object,
  type PythonRun,
  take,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, type NativeValue, type ObjectValue, plain, type Value } from '../value.ts'
import { readEnvironFile } from './environ-file.ts'
import { environPath } from './environ-path.ts'
import { cacheUrl, channelsUrl, databaseUrl, emailUrl, searchUrl } from './environ-urls.ts'
import { loads } from './json.ts'
import { builtin, isBuiltin, isOpen, parseInteger, readsTrue, splitItems, variableOf } from './support/convert.ts'
import { olderThan } from './support/version.ts'
import { parseResult, parseUrl } from './urllib.ts'

const trueWords = ['true', 'on', 'ok', 'y', 'yes', '1']

/** What `cast=` may be: a builtin type by name, one item's cast in a list or tuple, a dict of casts, any callable. */
type Cast =
  | { readonly kind: 'none' }
  | { readonly kind: 'type'; readonly name: string }
  | { readonly kind: 'items'; readonly as: 'list' | 'tuple'; readonly of: Value | undefined }
  | { readonly kind: 'pairs'; readonly spec: Value }
  | { readonly kind: 'url' | 'json' }
  | { readonly kind: 'call'; readonly callee: Value }

const typeNames = ['bool', 'int', 'float', 'str', 'list', 'tuple', 'dict']

function castOf(value: Value | undefined): Cast {
  if (value === undefined || value.type === 'none') return { kind: 'none' }
  const name = typeNames.find((type) => isBuiltin(value, type))
  if (name !== undefined) return { kind: 'type', name }
  if (value.type === 'list' || value.type === 'tuple') {
    // An empty one is false, and so no cast at all.
    if (value.items.length === 0) return { kind: 'none' }
    return { kind: 'items', as: value.type, of: value.items[0] }
  }
  if (value.type === 'dict') return value.entries.length === 0 ? { kind: 'none' } : { kind: 'pairs', spec: value }
  return { kind: 'call', callee: value }
}

/** `Env.NOTSET`, told apart by its class. */
const noValue: NativeClass = { class: 'environ.environ.NoValue', bases: [] }
const notSet: ObjectValue = object(noValue, undefined, { file: '', span: { start: 0, end: 0 } })

function isNotSet(value: Value | undefined): boolean {
  return value === undefined || (value.type === 'object' && value.model === noValue)
}

/** django.core.exceptions.ImproperlyConfigured, which environ imports when Django is there. */
const djangoError = exceptionClass('django.core.exceptions.ImproperlyConfigured', [])

export function improperlyConfigured(run: PythonRun): NativeValue {
  const known = run.attribute(run.importModule('django.core.exceptions'), 'ImproperlyConfigured')
  return known.type === 'native' ? known : djangoError
}

interface Info {
  readonly cast: Value | undefined
  readonly default: Value | undefined
}

/** What the scheme says of a variable: `(cast, default)` or a cast alone. */
function schemeOf(self: ObjectValue, name: string): Info | undefined {
  const info = (self.state as ReadonlyMap<string, Value>).get(name)
  if (info === undefined) return undefined
  const pair = info.type === 'tuple' || info.type === 'list' ? info.items : undefined
  if (pair?.length === 2) return { cast: pair[0], default: pair[1] }
  return { cast: info, default: undefined }
}

function getValue(
  run: PythonRun,
  self: ObjectValue,
  variable: Value,
  ask: Cast,
  given: Value | undefined,
  parse = false,
): Value {
  const prefix = self.attributes.get('prefix')
  const name = plain(variable)
  if (name === undefined || (prefix !== undefined && plain(prefix) === undefined)) {
    return run.unknown(notModelled('env(…)'))
  }
  const fullName = (plain(prefix) ?? '') + name
  const info = schemeOf(self, fullName)
  let cast = ask
  let fallback = given
  if (info !== undefined) {
    // `if not cast`: `env('X', False)` hands its False to `cast`, the second parameter.
    if (cast.kind === 'none' || (cast.kind === 'call' && run.truth(cast.callee) === false)) cast = castOf(info.cast)
    if (isNotSet(fallback) && info.default !== undefined) fallback = info.default
  }
  const read = run.variable(fullName, isNotSet(fallback))
  if (read === undefined && isNotSet(fallback)) {
    return run.raise(improperlyConfigured(run), `Set the ${fullName} environment variable`, fullName)
  }
  let value: Value = read ?? (fallback as Value)
  const start = value.type === 'str' ? value.parts[0] : undefined
  if (typeof start === 'string' && start.startsWith('$')) {
    const proxied = run.method(value, 'lstrip', [text('$', run.at)])
    value = getValue(run, self, proxied, cast, fallback)
  }
  const smart = self.attributes.get('smart_cast')
  const isSmart = smart === undefined || run.truth(smart)
  if (cast.kind === 'none' && isSmart && !isNotSet(fallback)) cast = typeOf(fallback as Value)
  if (fallback?.type === 'none' && value.type === 'str' && value.parts.length === 0) value = fallback
  if (value === fallback && !(parse && value.type !== 'none')) return value
  const isDefault = fallback !== undefined && value !== fallback && run.same(value, fallback) === true
  if (isDefault && !parse) return value
  return value.type === 'none' && !parse ? value : parseValue(run, value, cast)
}

/** `cast = type(default)`. */
function typeOf(fallback: Value): Cast {
  if (typeNames.includes(fallback.type)) return { kind: 'type', name: fallback.type }
  if (fallback.type === 'none') return { kind: 'none' }
  if (fallback.type === 'object')
    return { kind: 'call', callee: { type: 'native', name: fallback.class, native: fallback.model, at: fallback.at } }
  return { kind: 'none' }
}

/** `Env.parse_value`. */
function parseValue(run: PythonRun, value: Value, cast: Cast): Value {
  switch (cast.kind) {
    case 'none':
      return value
    case 'url':
      return value.type === 'object' ? value : object(parseResult, parseUrl(value), run.at)
    case 'json':
      return loads(run, value)
    case 'call':
      return run.call(cast.callee, [value])
    case 'items':
      return castItems(run, value, cast.as, cast.of)
    case 'pairs':
      return castPairs(run, value, cast.spec)
    default:
      return castTo(run, value, cast.name)
  }
}

function castTo(run: PythonRun, value: Value, name: string): Value {
  if (name === 'bool') return bool(castBool(run, value), run.at)
  if (name === 'list' || name === 'tuple') return castItems(run, value, name, undefined)
  if (name === 'dict') {
    const items = splitItems(run, value)
    if (items.type !== 'list' || items.rest !== undefined)
      return run.unknown(notModelled('env.dict'), 'dict', variableOf(value))
    const pairs = items.items.map((item) => run.method(item, 'split', [text('=', run.at), oneSplit(run)]))
    return run.call(builtin(run, 'dict'), [list(pairs, run.at)])
  }
  if (name === 'float') return castFloat(run, value)
  return run.call(builtin(run, name), [value])
}

function oneSplit(run: PythonRun): Value {
  return { type: 'int', value: olderThan(run, 'django-environ', '0.9') ? -1n : 1n, at: run.at }
}

function castBool(run: PythonRun, value: Value): boolean {
  if (value.type === 'bool' || value.type === 'int' || value.type === 'float') return run.truth(value)
  if (value.type === 'none') return run.raise('TypeError', "int() argument must be a string, not 'NoneType'")
  const known = plain(value)
  if (known === undefined) return isOpen(value) ? readsTrue(run, value, 'environ') : run.truth(value)
  const number = parseInteger(known)
  return number !== undefined ? number !== 0n : trueWords.includes(known.toLowerCase().trim())
}

/** Everything but digits, separators and signs is dropped; the last separator is the decimal one. */
function castFloat(run: PythonRun, value: Value): Value {
  const known = plain(value)
  if (known === undefined) return run.call(builtin(run, 'float'), [value])
  const parts = known.replace(/[^\d,.-]/g, '').split(/[,.]/)
  const number = parts.length === 1 ? (parts[0] as string) : `${parts.slice(0, -1).join('')}.${parts.at(-1)}`
  return run.call(builtin(run, 'float'), [text(number, run.at)])
}

function castItems(run: PythonRun, value: Value, as: 'list' | 'tuple', of: Value | undefined): Value {
  if (value.type === 'list' || value.type === 'tuple')
    return run.raise('AttributeError', `'${value.type}' object has no attribute 'split'`)
  const source =
    as === 'tuple' ? run.method(run.method(value, 'strip', [text('(', run.at)]), 'strip', [text(')', run.at)]) : value
  const items = splitItems(run, source)
  if (items.type !== 'list') return items
  const mapped = of === undefined ? items.items : items.items.map((item) => run.call(of, [item]))
  return as === 'list' ? list([...mapped], run.at, items.rest) : tuple(mapped, run.at, items.rest)
}

/** `cast={'value': int, 'cast': {…}}`: `a=1;b=2`. */
function castPairs(run: PythonRun, value: Value, spec: Value): Value {
  const get = (key: string): Value => run.call(run.attribute(spec, 'get'), [text(key, run.at)])
  const [keyCast, valueCast, byKey] = [get('key'), get('value'), get('cast')]
  const items = splitItems(run, value, ';')
  if (items.type !== 'list' || items.rest !== undefined)
    return run.unknown(notModelled('env.dict'), 'dict', variableOf(value))
  const out = dict([], run.at)
  for (const item of items.items) {
    const { items: sides } = run.iterate(run.method(item, 'split', [text('=', run.at)]))
    const [key, side] = sides
    if (key === undefined || side === undefined) return run.raise('IndexError', 'list index out of range')
    const own = byKey.type === 'dict' ? run.call(run.attribute(byKey, 'get'), [key]) : none(run.at)
    const cast = own.type !== 'none' ? own : valueCast.type !== 'none' ? valueCast : builtin(run, 'str')
    const castKey = keyCast.type === 'none' ? key : run.call(keyCast, [key])
    run.setItem(out, castKey, parseValue(run, side, castOf(cast)))
  }
  return out
}

/** A method that reads one variable: its name, the parameters after `var`, and the cast. */
function reader(name: string, cast: Cast): Method {
  return (run, self, args) => {
    const given = take(run, name, args, ['var', 'default?', '**'])
    return getValue(run, self, given.var as Value, cast, given.default)
  }
}

const readCall: Method = (run, self, args) => {
  const given = take(run, '__call__', args, ['var', 'cast?', 'default?', 'parse_default?'])
  const parse = given.parse_default !== undefined && run.truth(given.parse_default)
  if (given.var === undefined) return run.unknown(notModelled('env(…)'))
  return getValue(run, self, given.var, castOf(given.cast), given.default, parse)
}

const readStr: Method = (run, self, args) => {
  const given = take(run, 'str', args, ['var', 'default?', 'multiline?', 'choices?'])
  const cast: Cast = olderThan(run, 'django-environ', '0.5') ? { kind: 'none' } : { kind: 'type', name: 'str' }
  const value = getValue(run, self, given.var as Value, cast, given.default)
  const multiline = given.multiline !== undefined && run.truth(given.multiline)
  if (!multiline || value.type !== 'str') return value
  return str(
    value.parts.map((part) => (typeof part === 'string' ? part.replace(/(\\r)?\\n/g, '\n') : part)),
    run.at,
  )
}

function readItems(as: 'list' | 'tuple'): Method {
  return (run, self, args) => {
    const given = take(run, as, args, ['var', 'cast?', 'default?'])
    const inner = given.cast
    const cast: Cast =
      inner === undefined || inner.type === 'none' ? { kind: 'type', name: as } : { kind: 'items', as, of: inner }
    return getValue(run, self, given.var as Value, cast, given.default)
  }
}

const readDict: Method = (run, self, args) => {
  const given = take(run, 'dict', args, ['var', 'cast?', 'default?'])
  const cast = given.cast === undefined ? { kind: 'type' as const, name: 'dict' } : castOf(given.cast)
  return getValue(run, self, given.var as Value, cast, given.default)
}

const readBytes: Method = (run, self, args) => {
  const given = take(run, 'bytes', args, ['var', 'default?', 'encoding?'])
  const value = getValue(run, self, given.var as Value, { kind: 'type', name: 'str' }, given.default)
  return value.type === 'str' ? run.method(value, 'encode', []) : value
}

const readUrl: Method = (run, self, args) => {
  const given = take(run, 'url', args, ['var', 'default?'])
  return getValue(run, self, given.var as Value, { kind: 'url' }, given.default, true)
}

const readPath: Method = (run, self, args) => {
  const { keywords } = args
  const given = take(run, 'path', args, ['var', 'default?', '**'])
  const value = getValue(run, self, given.var as Value, { kind: 'none' }, given.default)
  const rest = new Map([...keywords].filter(([key]) => key !== 'var' && key !== 'default'))
  return run.call(environPath, [value], rest)
}

type Configure = (run: PythonRun, url: Value, backend: Value | undefined) => Value

/** `env.db()` and its kin: a URL turned into a dict of settings. */
function configured(name: string, variable: string, backend: string, raw: boolean, configure: Configure): Method {
  return (run, self, args) => {
    const given = take(run, name, args, ['var?', 'default?', `${backend}?`])
    const asked = given.var ?? text(variable, run.at)
    const cast: Cast = raw ? { kind: 'none' } : { kind: 'url' }
    return configure(run, getValue(run, self, asked, cast, given.default, !raw), given[backend])
  }
}

function configFunction(name: string, backend: string, configure: Configure): Value {
  return native(`environ.Env.${name}`, (run, args) => {
    const given = take(run, name, args, ['url', `${backend}?`])
    return configure(run, given.url as Value, given[backend])
  })
}

const db = configured('db', 'DATABASE_URL', 'engine', true, databaseUrl)
const cache = configured('cache', 'CACHE_URL', 'backend', false, cacheUrl)
const email = configured('email', 'EMAIL_URL', 'backend', false, emailUrl)
const search = configured('search_url', 'SEARCH_URL', 'engine', false, searchUrl)
const channels = configured('channels', 'CHANNELS_URL', 'backend', false, channelsUrl)

const envClass: NativeClass = {
  class: 'environ.environ.Env',
  bases: [],
  construct: (run, args: CallArguments) => {
    if (args.positional.length > 0) return run.raise('TypeError', 'Env.__init__() takes 1 positional argument')
    const attributes = new Map<string, Value>([
      ['prefix', text('', run.at)],
      ['smart_cast', bool(true, run.at)],
    ])
    return object(envClass, new Map(args.keywords), run.at, attributes)
  },
  statics: {
    NOTSET: notSet,
    read_env: native('environ.Env.read_env', readEnvironFile),
    db_url_config: configFunction('db_url_config', 'engine', databaseUrl),
    cache_url_config: configFunction('cache_url_config', 'backend', cacheUrl),
    email_url_config: configFunction('email_url_config', 'backend', emailUrl),
    search_url_config: configFunction('search_url_config', 'engine', searchUrl),
    channels_url_config: configFunction('channels_url_config', 'backend', channelsUrl),
  },
  methods: {
    str: readStr,
    unicode: readStr,
    bytes: readBytes,
    bool: reader('bool', { kind: 'type', name: 'bool' }),
    int: reader('int', { kind: 'type', name: 'int' }),
    float: reader('float', { kind: 'type', name: 'float' }),
    json: reader('json', { kind: 'json' }),
    list: readItems('list'),
    tuple: readItems('tuple'),
    dict: readDict,
    url: readUrl,
    path: readPath,
    get_value: readCall,
    db,
    db_url: db,
    cache,
    cache_url: cache,
    email,
    email_url: email,
    search_url: search,
    channels,
    channels_url: channels,
  },
  get: (_run, self, name) => (name === 'scheme' ? schemeDict(self) : undefined),
  call: readCall,
  contains: (run, _self, key) => {
    const name = plain(key)
    return name === undefined ? undefined : run.variable(name) !== undefined
  },
}

function schemeDict(self: ObjectValue): Value {
  const entries = [...(self.state as ReadonlyMap<string, Value>)].map(([key, value]) => ({
    key: text(key, value.at),
    value,
    at: value.at,
  }))
  return dict(entries, self.at)
}

const env = nativeClass(envClass)

/** django-environ. Behaviour of 0.14, with the differences of older pins that show in settings. */
export const environ = library('environ', {
  Env: env,
  FileAwareEnv: env,
  Path: environPath,
  ImproperlyConfigured: improperlyConfigured,
})
