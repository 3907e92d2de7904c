import type { App } from '../../../src/app/app.ts'
import { refusesInLoop } from '../../../src/app/asgi/async-unsafe.ts'
import { queryMethods } from '../../../src/app/asgi/query-sets.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { pathKind } from '../../../src/app/settings/path-kind.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { metIn, metWhileServedIsImported } from '../../../src/app/settings/start.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { type Place, samePlace, sameSpan } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { EvaluatedPath, Evaluation, Event, StartMoment } from '../../../src/evaluate/python/evaluation.ts'
import { entryOf, plain } from '../../../src/evaluate/python/value.ts'
import { loadingInLoop } from '../../../src/knowledge/servers/loading.ts'
import { type BootRun, bootRuns, type StartupCrash } from './crashes.ts'

/** `tables`: a query while Django starts, before the first `migrate` where there is no database yet. */
export type Service = 'redis' | 'database' | 'network' | 'tables'

/** A call that asks another machine while modules are imported, with nothing around it for when that does not answer. */
export interface Connect {
  readonly service: Service
  /** As written: `redis.Redis().ping()`. */
  readonly call: string
  readonly at: Place
  /** Imports that led there, outermost first. */
  readonly chain: readonly Place[]
  readonly what: StartupCrash['what']
  readonly when: readonly (Condition | Text)[]
  /** The first process on the way that makes the call. */
  readonly hop: BootRun['hop']
  /** Further calls of the same service in the same file. */
  readonly others: readonly Place[]
}

/** A query that Django refuses, because the server imports the application inside its running event loop. */
export interface QueryInLoop extends Pick<Connect, 'call' | 'at' | 'chain' | 'when' | 'others'> {
  readonly what: StartMoment | 'asgi'
  /** The server. */
  readonly server: string
}

type Call = Extract<Event, { type: 'call' }>

/** Clients of redis-py that connect when a command is sent, by the end of their dotted path. */
const REDIS =
  /^(?:redis\.(?:client\.)?(?:(?:Redis|StrictRedis)(?:\.from_url)?|from_url)|django_redis\.get_redis_connection)\(\)\.(\w+(?:\(\)\.\w+)?)$/
const COMMANDS = new Set(
  `append bgsave blpop brpop config_get config_set dbsize decr delete execute_command exists expire expireat flushall
  flushdb get getset hdel hexists hget hgetall hincrby hkeys hlen hmget hmset hset hsetnx hvals incr incrby info keys
  lindex llen lpop lpush lrange lrem lset ltrim mget mset persist ping pttl publish rename rpop rpush sadd save scan
  scard script_load set setex setnx sismember smembers srem time ttl type xadd zadd zcard zincrby zrange zrangebyscore
  zrank zrem zscore pipeline().execute pubsub().subscribe pubsub().psubscribe`.split(/\s+/),
)
const CACHE =
  /^django\.core\.cache\.cache\.(get|set|add|delete|get_or_set|get_many|set_many|incr|decr|touch|clear|has_key)$/
const CONNECT = /^(psycopg2?|MySQLdb|pymysql)\.connect$|^django\.db\.connection\.(cursor|ensure_connection|connect)$/
const REQUEST =
  /^(requests|httpx)\.(\w*(Session|Client)\(\)\.)?(get|post|put|patch|delete|head|options|request)$|^urllib\.request\.urlopen$/

/** Calls of this kind that boot surely makes, the first of each file and service; see {@link Connect}. */
export function connectsAtImport(app: App): Connect[] {
  const found: Connect[] = []
  for (const run of bootRuns(app)) {
    const paths = run.evaluation.paths.filter(({ crash }) => crash === undefined)
    if (run.evaluation.certainCrash !== undefined || run.evaluation.bounded) continue
    for (const one of paths.flatMap((path) => connectsOf(app, run, path))) {
      if (found.some(({ at }) => at.file === one.at.file && sameSpan(at.span, one.at.span))) continue
      const sure = told(
        app.inquiry,
        verdict(paths, (path) => path.events.some((event) => isThere(event, one))),
        () => undefined,
      )
      if (sure === undefined || (sure.when.length > 0 && pathKind(sure.when) !== 'default')) continue
      found.push({ ...one, when: [...sure.when, ...run.also] })
    }
  }
  found.push(...connectsOfStart(app).filter(({ at }) => !found.some((one) => samePlace(one.at, at))))
  const first = found.filter((one, index) => found.findIndex((other) => sameKind(one, other)) === index)
  return first.map((one) => ({
    ...one,
    others: found.filter((other) => other !== one && sameKind(one, other)).map(({ at }) => at),
  }))
}

/**
 * Calls to Redis by what Django imports when it starts, and queries, which end a process that starts before the first
 * `migrate` has made their tables: collectstatic in the build, and `migrate` itself.
 */
function connectsOfStart(app: App): Connect[] {
  const met = metIn(app, (event) =>
    event.type === 'call' &&
    event.guarded !== true &&
    event.at.file !== '' &&
    (isCommand(event.path) || CACHE.test(event.path) || isQuery(event.path))
      ? event.path
      : undefined,
  )
  return met.flatMap(({ key, met: { at, chain, when, hop, moment } }): Connect[] => {
    const sure = pathKind(when.filter((one): one is Condition => 'id' in one)) === 'default' || when.length === 0
    if (!sure || moment === undefined || hop === 'http') return []
    // Only what happens on the way asks where the cache is kept.
    if (CACHE.test(key) && !cachesInRedis(app)) return []
    const service = isQuery(key) ? 'tables' : 'redis'
    // A command asks when it runs, and after the server's start there are tables.
    if (service === 'tables' && (hop === 'boot' || moment === 'command')) return []
    return [{ service, call: calledIn(key), at, chain, what: moment, hop, when, others: [] }]
  })
}

/** A manager that is asked at once, or a query set that is gone through. */
function isQuery(path: string): boolean {
  const last = /\.objects\..*?(\w+)$/.exec(path)?.[1]
  return last !== undefined && (queryMethods.has(last) || last === '__iter__')
}

/** `objects.all()` for what goes through it, `objects.count()` for what calls it. */
const calledIn = (path: string): string =>
  path.endsWith('.__iter__') ? path.slice(0, -'.__iter__'.length) : `${path}()`

const isCommand = (path: string): boolean => COMMANDS.has(REDIS.exec(path)?.[1] ?? '')

function isOfRedis(app: App, path: string): boolean {
  return isCommand(path) || (CACHE.test(path) && cachesInRedis(app))
}

function connectsOf(app: App, { what, evaluation, hop }: BootRun, { events }: EvaluatedPath): Connect[] {
  return events.flatMap((event): Connect[] => {
    if (event.type !== 'call' || event.guarded || event.at.file === '') return []
    const service = serviceOf(app, event, what, evaluation)
    const call = calledIn(event.path)
    return service === undefined
      ? []
      : [{ service, call, at: event.at, chain: event.chain, what, hop, when: [], others: [] }]
  })
}

function serviceOf(app: App, { path }: Call, what: BootRun['what'], evaluation: Evaluation): Service | undefined {
  if (REDIS.test(path) || CACHE.test(path)) return isOfRedis(app, path) ? 'redis' : undefined
  if (CONNECT.test(path)) return 'database'
  if (REQUEST.test(path)) return 'network'
  if (!isQuery(path)) return undefined
  // Before the app registry is ready a model raises by itself, which is asgi/import-order's finding.
  const early =
    what === 'asgi' && evaluation === app.asgi.evaluation && app.asgi.bootOrder.some((b) => b.early.length > 0)
  return early ? undefined : 'database'
}

/** Queries with nothing around them while a server imports the application in its loop; the first of each file. */
export function queriesInLoop(app: App): QueryInLoop[] {
  if (!refusesInLoop(app)) return []
  const early = app.asgi.bootOrder.some((boot) => boot.early.length > 0)
  const met = metWhileServedIsImported(app, (event) =>
    event.type === 'call' && meetsRefusal(event) && event.at.file !== '' && isRefused(event.path)
      ? event.path
      : undefined,
  )
  // Which server it is matters to a project that asks something: elsewhere the question stays unasked.
  if (met.length === 0) return []
  const server = judgeServer(app, app.processes.web, ({ name, target }) =>
    target === undefined ? false : loadingInLoop.has(name),
  )
  if (server === undefined) return []
  const found = met.flatMap(({ key, met: { at, chain, when, moment } }): QueryInLoop[] => {
    // Before the app registry is ready a model raises by itself, which is asgi/import-order's finding.
    if (moment === undefined && early) return []
    const sure = when.length === 0 || pathKind(when.filter((one): one is Condition => 'id' in one)) === 'default'
    const all = [...when, ...server.when]
    return sure
      ? [{ call: calledIn(key), at, chain, when: all, what: moment ?? 'asgi', server: server.server.name, others: [] }]
      : []
  })
  return found.flatMap((one) => {
    const [first, ...others] = found.filter(({ at }) => at.file === one.at.file)
    return first === one ? [{ ...one, others: others.map(({ at }) => at) }] : []
  })
}

/** SynchronousOnlyOperation is no error of a database: who catches those for the time before the first `migrate` lets it through. */
const meetsRefusal = ({ guarded, onlyFor }: Call): boolean => guarded !== true || onlyFor === 'database'

/** What Django decorates with `async_unsafe`: queries, and a connection that is opened. */
const isRefused = (path: string): boolean =>
  isQuery(path) || /^django\.db\.connection\.(cursor|ensure_connection|connect)$/.test(path)

/** Whether the default cache is Redis's on every path, and does not keep its failures to itself. */
function cachesInRedis(app: App): boolean {
  const { settings } = app
  const caches = judged(settings, 'CACHES', ({ value }) => {
    const cache = entryOf(value, 'default')?.value
    if (entryOf(entryOf(cache, 'OPTIONS')?.value, 'IGNORE_EXCEPTIONS') !== undefined) return false
    return /(^|\.)(RedisCache$|redis_cache\.)/.test(plain(entryOf(cache, 'BACKEND')?.value) ?? '')
  })
  return caches !== undefined && caches.when.length === 0 && settings.isAbsent('DJANGO_REDIS_IGNORE_EXCEPTIONS')
}

function isThere(event: Event, { at }: Connect): boolean {
  return event.type === 'call' && !event.guarded && event.at.file === at.file && sameSpan(event.at.span, at.span)
}

function sameKind(a: Connect, b: Connect): boolean {
  return a.service === b.service && a.at.file === b.at.file
}
