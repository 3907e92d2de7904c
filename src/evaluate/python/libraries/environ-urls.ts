import type { Part } from '../../parts.ts'
import { dict, list, none, record, text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import type { PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type DictEntry, type DictValue, plain, type UnknownValue, type Value } from '../value.ts'
import { databaseEngines, emailBackends, searchEngines } from './environ-schemes.ts'
import { parseInteger, variableOf } from './support/convert.ts'
import { literalEval } from './support/literal.ts'
import {
  type Authority,
  authority,
  knownText,
  parseQuery,
  rpartition,
  type SplitUrl,
  textOf,
  unquote,
  unquotePlus,
  unsplitUrl,
} from './support/url.ts'
import { olderThan } from './support/version.ts'
import { portOf, urlOf } from './urllib.ts'

/** `Env.db_url_config` and its kin: a URL, or what is known of it, as a dict of settings. */

interface Read {
  readonly scheme: string
  readonly url: SplitUrl
  readonly login: Authority
  readonly query: ReadonlyMap<string, readonly string[]>
}

/** The pieces of a URL value, or undefined when they cannot be told. */
function read(value: Value): Read | undefined {
  const state = urlOf(value)
  if (state.kind !== 'split') return undefined
  const scheme = knownText(state.url.scheme)
  const login = authority(state.url.netloc ?? [])
  const query = knownText(state.url.query)
  if (scheme === undefined || login === undefined || query === undefined) return undefined
  return { scheme, url: state.url, login, query: parseQuery(query) }
}

function unknownConfig(run: PythonRun, name: string, value: Value): UnknownValue {
  const state = urlOf(value)
  const variable = state.kind === 'unknown' ? (state.variable ?? variableOf(value)) : variableOf(value)
  return run.unknown(notModelled(`env.${name}()`), 'dict', variable)
}

function raiseImproper(run: PythonRun, message: string): never {
  const error = run.attribute(run.importModule('django.core.exceptions'), 'ImproperlyConfigured')
  return run.raise(error.type === 'native' ? error : exception('Exception'), message)
}

/** `_cast_int` of a text. */
function integerOrText(run: PythonRun, value: string): Value {
  const number = /^[0-9]+$/.test(value) ? parseInteger(value) : undefined
  return number === undefined ? text(value, run.at) : { type: 'int', value: number, at: run.at }
}

/** `_cast`: a literal when the text is one. */
function literalOrText(run: PythonRun, value: string): Value {
  const literal = literalEval(value, run.at)
  return literal === undefined || literal === 'invalid' ? text(value, run.at) : literal
}

function put(config: DictValue, key: string, value: Value, run: PythonRun): void {
  const before = config.entries.find((entry) => plain(entry.key) === key)
  if (before === undefined) config.entries.push({ key: text(key, run.at), value, at: run.at })
  else before.value = value
}

/** Query parameters: those named `base` become settings, the others OPTIONS. */
function spreadQuery(
  run: PythonRun,
  config: DictValue,
  query: ReadonlyMap<string, readonly string[]>,
  base: readonly string[],
  key: (name: string) => string,
  read: (run: PythonRun, value: string, isBase: boolean) => Value,
): void {
  const options: DictEntry[] = []
  for (const [name, values] of query) {
    const isBase = base.includes(name.toUpperCase())
    const value = read(run, values[0] as string, isBase)
    if (isBase) put(config, name.toUpperCase() === key(name) ? key(name) : name.toUpperCase(), value, run)
    else put({ type: 'dict', entries: options, rest: undefined, at: run.at }, key(name), value, run)
  }
  put(config, 'OPTIONS', dict(options, run.at), run)
}

const postgresSchemes = ['postgres', 'postgresql', 'psql', 'pgsql', 'postgis']

export function databaseUrl(run: PythonRun, value: Value, engine: Value | undefined): Value {
  if (plain(value) === 'sqlite://:memory:') {
    return record({ ENGINE: text(databaseEngines.sqlite as string, run.at), NAME: text(':memory:', run.at) }, run.at)
  }
  const found = read(value)
  if (found === undefined) return unknownConfig(run, 'db', value)
  const { scheme, url, login, query } = found
  let path = pathOf(url)
  if (path === undefined) return unknownConfig(run, 'db', value)
  if (scheme === 'sqlite' && path.length === 0) path = [':memory:']
  const hosts = rpartition(url.netloc ?? [], '@')?.[1] ?? []
  if (scheme === 'ldap' || hosts.some((part) => typeof part === 'string' && /[,%]/.test(part))) {
    return unknownConfig(run, 'db', value)
  }
  const port = portOf(run, login.port)
  const config = record(
    {
      NAME: textOf(path, run.at),
      USER: textOf(unquote(login.username ?? []), run.at),
      PASSWORD: textOf(unquote(login.password ?? []), run.at),
      HOST: textOf(login.hostname ?? [], run.at),
      PORT: port.type === 'none' || (port.type === 'int' && port.value === 0n) ? text('', run.at) : port,
    },
    run.at,
  )
  const known = knownText(path)
  const socket = postgresSchemes.includes(scheme) || known?.includes('cloudsql') === true
  if (known?.startsWith('/') && socket && !(scheme !== 'postgres' && olderThan(run, 'django-environ', '0.5'))) {
    const at = known.lastIndexOf('/')
    put(config, 'HOST', text(known.slice(0, at), run.at), run)
    put(config, 'NAME', text(known.slice(at + 1), run.at), run)
  }
  if (scheme === 'oracle') {
    if (known === '') {
      put(config, 'NAME', textOf(login.hostname ?? [], run.at), run)
      put(config, 'HOST', text('', run.at), run)
    }
    if (port.type === 'none') config.entries = config.entries.filter((entry) => plain(entry.key) !== 'PORT')
    else put(config, 'PORT', run.str(port), run)
  }
  if (query.size > 0 || url.query.length > 0) {
    const base = ['CONN_MAX_AGE', 'ATOMIC_REQUESTS', 'AUTOCOMMIT', 'DISABLE_SERVER_SIDE_CURSORS', 'CONN_HEALTH_CHECKS']
    const names = olderThan(run, 'django-environ', '0.5') ? base.slice(0, 3) : base
    spreadQuery(
      run,
      config,
      query,
      names,
      (name) => name,
      (_, text, isBase) => (isBase ? literalOrText(run, text) : integerOrText(run, text)),
    )
  }
  const given = engine === undefined || engine.type === 'none' ? undefined : engine
  const name = given === undefined ? scheme : plain(given)
  if (name === undefined) put(config, 'ENGINE', given as Value, run)
  else if (name === '') return dict([], run.at)
  else put(config, 'ENGINE', text(databaseEngine(run, name), run.at), run)
  return config
}

function databaseEngine(run: PythonRun, name: string): string {
  if (name === 'mssql' && olderThan(run, 'django-environ', '0.10')) return 'sql_server.pyodbc'
  return Object.hasOwn(databaseEngines, name) ? (databaseEngines[name] as string) : name
}

/** The path without its first character and decoded; a hole in it is kept. */
function pathOf(url: SplitUrl): readonly Part[] | undefined {
  const [first, ...rest] = url.path
  if (first === undefined) return []
  if (typeof first !== 'string') return undefined
  return [first.slice(1), ...rest]
    .map((part) => (typeof part === 'string' ? unquotePlus(part) : part))
    .filter((part) => part !== '')
}

export function cacheUrl(run: PythonRun, value: Value, backend: Value | undefined): Value {
  if (value.type === 'str' && value.parts.length === 0) return dict([], run.at)
  const found = read(value)
  if (found === undefined) return unknownConfig(run, 'cache', value)
  const { scheme, url, login, query } = found
  const known = cacheBackend(run, scheme)
  if (known === undefined) {
    if (olderThan(run, 'django-environ', '0.5')) return run.raise('KeyError', `'${scheme}'`)
    return raiseImproper(run, `Invalid cache schema ${scheme}`)
  }
  const netloc = knownText(url.netloc ?? [])
  const path = url.path
  const config = record({ BACKEND: text(known, run.at), LOCATION: locations(run, url.netloc ?? [], [], []) }, run.at)
  if (scheme === 'filecache') put(config, 'LOCATION', textOf([...(url.netloc ?? []), ...path], run.at), run)
  if (netloc === '' && (scheme === 'memcache' || scheme === 'pymemcache')) {
    put(config, 'LOCATION', textOf(['unix:', ...path], run.at), run)
  } else if (scheme.startsWith('redis')) {
    const name = login.hostname === undefined ? 'unix' : scheme.replace('cache', '')
    put(config, 'LOCATION', locations(run, url.netloc ?? [], [`${name}://`], path), run)
  }
  const given = backend === undefined || backend.type === 'none' ? undefined : backend
  if (given !== undefined) put(config, 'BACKEND', given, run)
  if (url.query.length > 0) {
    const upper =
      plain(given) !== 'django.core.cache.backends.redis.RedisCache' &&
      !known.includes('django.core.cache.backends.redis')
    const old = olderThan(run, 'django-environ', '0.12')
    spreadQuery(
      run,
      config,
      query,
      ['TIMEOUT', 'KEY_PREFIX', 'VERSION', 'KEY_FUNCTION', 'BINARY'],
      (name) => (upper || old ? name.toUpperCase() : name.toLowerCase()),
      (_, text) => literalOrText(run, text),
    )
  }
  return config
}

/** One location per comma in the netloc: a text, or a list of texts. */
function locations(run: PythonRun, netloc: readonly Part[], before: readonly Part[], after: readonly Part[]): Value {
  const known = knownText(netloc)
  const hosts: (readonly Part[])[] = known === undefined ? [netloc] : known.split(',').map((host) => [host])
  const made = hosts.map((host) =>
    textOf(
      [...before, ...host, ...after].filter((part) => part !== ''),
      run.at,
    ),
  )
  return made.length === 1 ? (made[0] as Value) : list(made, run.at)
}

function cacheBackend(run: PythonRun, scheme: string): string | undefined {
  const django = 'django.core.cache.backends'
  const redis =
    run.findModule('django_redis') === 'missing' ? `${django}.redis.RedisCache` : 'django_redis.cache.RedisCache'
  const backends: Readonly<Record<string, string>> = {
    dbcache: `${django}.db.DatabaseCache`,
    dummycache: `${django}.dummy.DummyCache`,
    filecache: `${django}.filebased.FileBasedCache`,
    locmemcache: `${django}.locmem.LocMemCache`,
    memcache: `${django}.memcached.MemcachedCache`,
    pymemcache:
      run.findModule('pymemcache') === 'missing'
        ? `${django}.memcached.PyLibMCCache`
        : `${django}.memcached.PyMemcacheCache`,
    pylibmc: `${django}.memcached.PyLibMCCache`,
    rediscache: redis,
    redis,
    rediss: redis,
    valkey: redis,
    valkeys: redis,
  }
  if (scheme === 'rediss' && olderThan(run, 'django-environ', '0.5')) return undefined
  return Object.hasOwn(backends, scheme) ? backends[scheme] : undefined
}

export function emailUrl(run: PythonRun, value: Value, backend: Value | undefined): Value {
  const found = read(value)
  if (found === undefined) return unknownConfig(run, 'email_url', value)
  const { scheme, url, login, query } = found
  const path = pathOf(url)
  if (path === undefined) return unknownConfig(run, 'email_url', value)
  const orNone = (parts: readonly Part[] | undefined): Value =>
    parts === undefined ? none(run.at) : textOf(parts, run.at)
  const given = backend === undefined || backend.type === 'none' ? undefined : backend
  const own = emailBackends[scheme]
  if (given === undefined && own === undefined) return raiseImproper(run, `Invalid email schema ${scheme}`)
  const config = record(
    {
      EMAIL_FILE_PATH: textOf(path, run.at),
      EMAIL_HOST_USER: orNone(login.username === undefined ? undefined : unquote(login.username)),
      EMAIL_HOST_PASSWORD: orNone(login.password === undefined ? undefined : unquote(login.password)),
      EMAIL_HOST: orNone(login.hostname),
      EMAIL_PORT: portOf(run, login.port),
      EMAIL_BACKEND: given ?? text(own as string, run.at),
    },
    run.at,
  )
  const yes: Value = { type: 'bool', value: true, at: run.at }
  if (scheme === 'smtps' || scheme === 'smtp+tls') put(config, 'EMAIL_USE_TLS', yes, run)
  else if (scheme === 'smtp+ssl') put(config, 'EMAIL_USE_SSL', yes, run)
  if (url.query.length > 0) {
    spreadQuery(
      run,
      config,
      query,
      ['EMAIL_USE_TLS', 'EMAIL_USE_SSL'],
      (name) => name.toUpperCase(),
      (_, text) => integerOrText(run, text),
    )
  }
  return config
}

export function channelsUrl(run: PythonRun, value: Value, backend: Value | undefined): Value {
  const found = read(value)
  if (found === undefined) return unknownConfig(run, 'channels', value)
  const { scheme, url } = found
  if (backend !== undefined && backend.type !== 'none') return record({ BACKEND: backend }, run.at)
  const [name, kind] = scheme.split('+')
  if (scheme === 'inmemory') return record({ BACKEND: text('channels.layers.InMemoryChannelLayer', run.at) }, run.at)
  if ((name !== 'redis' && name !== 'rediss') || (kind !== undefined && kind !== 'pubsub')) {
    return raiseImproper(run, `Invalid channels schema ${scheme}`)
  }
  const layer =
    kind === 'pubsub' ? 'channels_redis.pubsub.RedisPubSubChannelLayer' : 'channels_redis.core.RedisChannelLayer'
  const host = textOf(unsplitUrl({ ...url, scheme: [name] }), run.at)
  const config = record({ hosts: list([host], run.at) }, run.at)
  return record({ BACKEND: text(layer, run.at), CONFIG: config }, run.at)
}

export function searchUrl(run: PythonRun, value: Value, engine: Value | undefined): Value {
  const found = read(value)
  if (found === undefined || found.query.size > 0) return unknownConfig(run, 'search_url', value)
  const { scheme, url } = found
  const secure = scheme.startsWith('elasticsearch') && scheme.endsWith('s')
  const name = secure ? scheme.slice(0, -1) : scheme
  const own = searchEngines[name]
  if (own === undefined) return raiseImproper(run, `Invalid search schema ${scheme}`)
  const config = record({ ENGINE: text(own, run.at) }, run.at)
  if (scheme === 'simple') return config
  const path = knownText(pathOf(url) ?? [])?.replace(/\/$/, '')
  if (path === undefined) return unknownConfig(run, 'search_url', value)
  const at = (folder: string): Value =>
    textOf(
      unsplitUrl({
        ...url,
        scheme: [secure ? 'https' : 'http'],
        path: folder === '' ? [] : [folder],
        query: [],
        fragment: [],
      }),
      run.at,
    )
  if (scheme === 'solr') put(config, 'URL', at(path), run)
  else if (scheme.startsWith('elasticsearch')) {
    const cut = path.lastIndexOf('/')
    put(config, 'URL', at(cut === -1 ? '' : path.slice(0, cut)), run)
    put(config, 'INDEX_NAME', text(path.slice(cut + 1), run.at), run)
  } else {
    put(config, 'PATH', text('/' + path, run.at), run)
    if (engine !== undefined && engine.type !== 'none') put(config, 'ENGINE', engine, run)
  }
  return config
}
