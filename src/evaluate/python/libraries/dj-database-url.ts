import type { Part } from '../../parts.ts'
import { bool, dict, int, list, record, text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import {
  exceptionClass,
  library,
  type NativeClass,
  native,
  nativeClass,
  object,
  type PythonRun,
  take,
} from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, type DictValue, plain, type UnknownValue, type Value } from '../value.ts'
import { parseInteger, variableOf } from './support/convert.ts'
import {
  type Authority,
  authority,
  knownText,
  parseQuery,
  type SplitUrl,
  splitUrl,
  textOf,
  unquote,
} from './support/url.ts'
import { olderThan } from './support/version.ts'
import { portOf } from './urllib.ts'

const name = 'dj-database-url'

/** Engines by URL scheme. Source: dj_database_url of 3.1.2; older releases differ as {@link engineOf} says. */
const engines: Readonly<Record<string, string>> = {
  postgres: 'django.db.backends.postgresql',
  postgresql: 'django.db.backends.postgresql',
  pgsql: 'django.db.backends.postgresql',
  postgis: 'django.contrib.gis.db.backends.postgis',
  mysql: 'django.db.backends.mysql',
  mysql2: 'django.db.backends.mysql',
  mysqlgis: 'django.contrib.gis.db.backends.mysql',
  'mysql-connector': 'mysql.connector.django',
  mssql: 'sql_server.pyodbc',
  mssqlms: 'mssql',
  spatialite: 'django.contrib.gis.db.backends.spatialite',
  sqlite: 'django.db.backends.sqlite3',
  oracle: 'django.db.backends.oracle',
  oraclegis: 'django.contrib.gis.db.backends.oracle',
  redshift: 'django_redshift_backend',
  cockroach: 'django_cockroachdb',
  timescale: 'timescale.db.backends.postgresql',
  timescalegis: 'timescale.db.backends.postgis',
}

/** Schemes that know Postgres schemas. */
const withSearchPath = ['postgres', 'postgresql', 'pgsql', 'postgis', 'redshift', 'timescale', 'timescalegis']

function engineOf(run: PythonRun, scheme: string): string | undefined {
  const engine = Object.hasOwn(engines, scheme) ? engines[scheme] : undefined
  if (engine === 'django.db.backends.postgresql' && olderThan(run, name, '1.0')) return engine + '_psycopg2'
  return engine
}

const ParseError = exceptionClass('dj_database_url.ParseError', [exception('ValueError')])
const UnknownSchemeError = exceptionClass('dj_database_url.UnknownSchemeError', [exception('ValueError')])

/** Parameters after the URL (or after `env` and `default`) in the order of the installed release. */
function parameters(run: PythonRun): readonly string[] {
  const tail = ['ssl_require?', 'test_options?']
  if (olderThan(run, name, '0.4')) return ['engine?']
  if (olderThan(run, name, '0.5')) return ['engine?', 'conn_max_age?']
  if (olderThan(run, name, '1.1')) return ['engine?', 'conn_max_age?', 'ssl_require?']
  if (olderThan(run, name, '2.2')) return ['engine?', 'conn_max_age?', 'conn_health_checks?', ...tail]
  return ['engine?', 'conn_max_age?', 'conn_health_checks?', 'disable_server_side_cursors?', ...tail]
}

type Given = Readonly<Record<string, Value | undefined>>

const config = native('dj_database_url.config', (run, args) => {
  const given = take(run, 'config', args, ['env?', 'default?', ...parameters(run)])
  const variable = given.env === undefined ? 'DATABASE_URL' : plain(given.env)
  if (variable === undefined) return run.unknown(notModelled('dj_database_url.config'), 'dict')
  const url = run.variable(variable) ?? given.default
  if (url === undefined || !run.truth(url)) return dict([], run.at)
  return parseDatabase(run, url, given)
})

const parse = native('dj_database_url.parse', (run, args) => {
  const given = take(run, 'parse', args, ['url', ...parameters(run)])
  if (given.url === undefined) return run.unknown(notModelled('dj_database_url.parse'), 'dict')
  return parseDatabase(run, given.url, given)
})

/** `dj_database_url.parse` for other models: keyword arguments only. */
export function parseDatabaseUrl(run: PythonRun, url: Value, options: Readonly<Record<string, Value>>): Value {
  return parseDatabase(run, url, options)
}

function parseDatabase(run: PythonRun, value: Value, given: Given): Value {
  if (plain(value) === 'sqlite://:memory:') {
    return record({ ENGINE: text(engines.sqlite as string, run.at), NAME: text(':memory:', run.at) }, run.at)
  }
  const url = value.type === 'str' ? splitUrl(value.parts) : undefined
  const login = url === undefined ? undefined : authority(url.netloc ?? [])
  const scheme = url === undefined ? undefined : knownText(url.scheme)
  const query = url === undefined ? undefined : knownText(url.query)
  if (url === undefined || login === undefined || scheme === undefined || query === undefined) {
    return unknownDatabase(run, value, given)
  }
  const engine = engineFor(run, scheme, given)
  const asParseError = (): never => run.raise(ParseError, 'This string is not a valid url')
  const own = (): Value => known(run, { url, login, scheme, query, engine }, given)
  return olderThan(run, name, '3') ? own() : run.attempt(own, ['ValueError'], asParseError)
}

interface Pieces {
  readonly url: SplitUrl
  readonly login: Authority
  readonly scheme: string
  readonly query: string
  readonly engine: Value
}

function known(run: PythonRun, { url, login, scheme, query, engine }: Pieces, given: Given): Value {
  const isOld = olderThan(run, name, '3')
  const isStringPort = isOld
    ? ['oracle', ...(olderThan(run, name, '1.0') ? [] : ['mssql', 'mssqlms'])].some((s) => engines[s] === plain(engine))
    : ['oracle', 'mssql', 'mssqlms'].includes(scheme)
  const settings = record(
    {
      ENGINE: engine,
      NAME: databaseName(run, url, scheme),
      USER: textOf(unquote(login.username ?? []), run.at),
      PASSWORD: textOf(unquote(login.password ?? []), run.at),
      HOST: host(run, url, login),
      PORT: port(run, login, isStringPort),
      ...common(run, given),
    },
    run.at,
  )
  const options = optionsOf(run, parseQuery(query), scheme, engine, isOld)
  const ssl = given.ssl_require
  if (ssl !== undefined && run.truth(ssl)) putOption(run, options, 'sslmode', text('require', run.at))
  if (options.entries.length > 0) settings.entries.push({ key: text('OPTIONS', run.at), value: options, at: run.at })
  return settings
}

/** What holds whatever the URL is. */
function common(run: PythonRun, given: Given): Record<string, Value | undefined> {
  const tests = given.test_options
  return {
    CONN_MAX_AGE: olderThan(run, name, '0.4') ? undefined : (given.conn_max_age ?? int(0, run.at)),
    CONN_HEALTH_CHECKS: olderThan(run, name, '1.1') ? undefined : (given.conn_health_checks ?? bool(false, run.at)),
    DISABLE_SERVER_SIDE_CURSORS: olderThan(run, name, '2.2')
      ? undefined
      : (given.disable_server_side_cursors ?? bool(false, run.at)),
    TEST: tests !== undefined && run.truth(tests) ? tests : undefined,
  }
}

function unknownDatabase(run: PythonRun, value: Value, given: Given): Value {
  if (value.type !== 'str' && value.type !== 'unknown' && value.type !== 'call') {
    return run.raise('TypeError', 'the database URL is no text')
  }
  const variable = variableOf(value)
  const open = (): UnknownValue => run.unknown(notModelled('dj_database_url.parse'), undefined, variable)
  const text = (): UnknownValue => run.unknown(notModelled('dj_database_url.parse'), 'str', variable)
  const engine = given.engine
  const pieces = { NAME: text(), USER: text(), PASSWORD: text(), HOST: text(), PORT: open() }
  const settings = record(
    { ENGINE: engine === undefined || engine.type === 'none' ? text() : engine, ...pieces, ...common(run, given) },
    run.at,
  )
  settings.rest = open()
  return settings
}

function engineFor(run: PythonRun, scheme: string, given: Given): Value {
  const asked = given.engine
  const own = engineOf(run, scheme)
  const isOld = olderThan(run, name, '3')
  const overrides = asked !== undefined && (isOld ? asked.type !== 'none' : run.truth(asked))
  if (own === undefined && !(overrides && isOld)) {
    if (olderThan(run, name, '2')) return run.raise('KeyError', `'${scheme}'`)
    if (isOld) return run.raise('ValueError', `No support for '${scheme}'.`)
    return run.raise(UnknownSchemeError, `Scheme '${scheme}://' is unknown.`)
  }
  return overrides ? (asked as Value) : text(own as string, run.at)
}

function databaseName(run: PythonRun, url: SplitUrl, scheme: string): Value {
  const [first, ...rest] = url.path
  const path: readonly Part[] = typeof first === 'string' ? [first.slice(1), ...rest].filter((part) => part !== '') : []
  if (first !== undefined && typeof first !== 'string') return run.unknown(notModelled('urlsplit(…).path'), 'str')
  return scheme === 'sqlite' && path.length === 0 ? text(':memory:', run.at) : textOf(unquote(path), run.at)
}

/** Before 3.0 an encoded host (a socket's path) is taken from the netloc, which keeps its case. */
function host(run: PythonRun, url: SplitUrl, login: Authority): Value {
  const known = login.hostname === undefined ? '' : knownText(login.hostname)
  const netloc = knownText(url.netloc ?? [])
  const encoded = known !== undefined && netloc !== undefined && known.includes('%')
  if (!encoded || !olderThan(run, name, '3'))
    return textOf(encoded ? unquote(login.hostname ?? []) : (login.hostname ?? []), run.at)
  const address = netloc.slice(netloc.lastIndexOf('@') + 1)
  if (!olderThan(run, name, '2')) return textOf(unquote([address]), run.at)
  if (!/%2f/i.test(known)) return textOf(login.hostname ?? [], run.at)
  return text((address.split(':')[0] as string).replace(/%2f/gi, '/'), run.at)
}

function port(run: PythonRun, login: Authority, asText: boolean): Value {
  const value = portOf(run, login.port)
  if (value.type === 'none' || (value.type === 'int' && value.value === 0n)) return text('', run.at)
  return asText ? run.str(value) : value
}

function putOption(run: PythonRun, options: DictValue, key: string, value: Value): void {
  const before = options.entries.find((entry) => plain(entry.key) === key)
  if (before === undefined) options.entries.push({ key: text(key, run.at), value, at: run.at })
  else before.value = value
}

function optionsOf(
  run: PythonRun,
  query: ReadonlyMap<string, readonly string[]>,
  scheme: string,
  engine: Value,
  isOld: boolean,
): DictValue {
  const options = dict([], run.at)
  const isMysql = scheme === 'mysql' || (!isOld && scheme === 'mysql2')
  for (const [key, values] of query) {
    const items = values.map((value) => optionValue(run, value))
    const value = isOld || items.length === 1 ? items.at(-1) : list(items, run.at)
    if (isMysql && key === 'ssl-ca') {
      const ca = isOld ? text(values.at(-1) as string, run.at) : (value as Value)
      putOption(run, options, 'ssl', record({ ca }, run.at))
    } else putOption(run, options, key, value as Value)
  }
  const schema = options.entries.find((entry) => plain(entry.key) === 'currentSchema')
  const engineText = plain(engine) ?? ''
  const knowsSchema = olderThan(run, name, '2.2')
    ? /(postgis|postgresql|postgresql_psycopg2)$|^django_redshift_backend$/.test(engineText)
    : withSearchPath.includes(scheme)
  if (schema !== undefined && knowsSchema) {
    options.entries = options.entries.filter((entry) => entry !== schema)
    putOption(run, options, 'options', text(`-c search_path=${plain(run.str(schema.value)) ?? ''}`, run.at))
  }
  return options
}

/** A query value: a number or truth word since 2.2, a number since 2.1, text before. */
function optionValue(run: PythonRun, value: string): Value {
  if (olderThan(run, name, '2.1')) return text(value, run.at)
  if (olderThan(run, name, '2.2')) {
    const number = parseInteger(value)
    return number === undefined ? text(value, run.at) : int(number, run.at)
  }
  if (/^[0-9]+$/.test(value)) return int(BigInt(value), run.at)
  const word = value.toLowerCase()
  return word === 'true' || word === 'false' ? bool(word === 'true', run.at) : text(value, run.at)
}

/** A scheme registered by the project: what it becomes is not followed, so that later URLs of it stay unknown. */
const register = native('dj_database_url.register', (run, args: CallArguments) => {
  take(run, 'register', args, ['scheme', 'backend'])
  return object(identity, undefined, run.at)
})
const identity: NativeClass = {
  class: 'dj_database_url.register',
  bases: [],
  call: (run, _self, args) => args.positional[0] ?? run.unknown(notModelled('dj_database_url.register')),
}

/** dj-database-url, with the differences between its releases that show in DATABASES. */
export const djDatabaseUrl = library('dj_database_url', {
  config,
  parse,
  register,
  DEFAULT_ENV: text('DATABASE_URL', { file: '', span: { start: 0, end: 0 } }),
  ParseError,
  UnknownSchemeError,
  Engine: nativeClass({ class: 'dj_database_url.Engine', bases: [] }),
  SCHEMES: (run) =>
    record(
      Object.fromEntries(Object.keys(engines).map((scheme) => [scheme, text(engineOf(run, scheme) as string, run.at)])),
      run.at,
    ),
})
