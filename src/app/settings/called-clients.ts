import { type Place, placeKey } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Evaluation, Event } from '../../evaluate/python/evaluation.ts'
import { entryOf, type Value } from '../../evaluate/python/value.ts'
import { celeryBackendCertificate, celeryBrokerCertificate, redisPyCertificate } from './certificate.ts'
import type { RedisClient, RedisConsumer } from './model.ts'
import { type ClientContext, clientOf, isRedis, withElsewhere } from './redis-client.ts'
import { endpointOf } from './redis-endpoint.ts'
import { bySetting } from './verdict.ts'

type Call = Extract<Event, { type: 'call' }>
type Given = (name: string) => Value | undefined

/** Clients that code makes by itself while the settings or the ASGI module are loaded: redis-py's and Celery's. */
export function calledClients(context: ClientContext, runs: readonly Evaluation[]): RedisClient[] {
  const known = new Set<string>()
  return runs.flatMap((run) => {
    const paths = run.paths.filter(({ crash }) => crash === undefined)
    const made = paths.flatMap(({ events, when }) => {
      const later = assignedTo(events)
      return [
        ...events.flatMap((event) => (event.type === 'call' ? clientsOf(context, event, when, later) : [])),
        ...events.flatMap((event) => (event.type === 'assign' ? assignedClients(context, event, when, later) : [])),
      ]
    })
    return bySetting(made).flatMap((clients) => {
      const group = clients[0]?.group ?? ''
      if (known.has(group)) return []
      known.add(group)
      return withElsewhere(
        clients,
        paths.map(({ when }) => when),
      )
    })
  })
}

const CONF = 'celery.Celery().conf.'

/** What was put into the configuration of the Celery application, the last value of each name. */
function assignedTo(events: readonly Event[]): Given {
  const last = new Map<string, Value>()
  for (const event of events) {
    if (event.type === 'assign' && event.path.startsWith(CONF)) last.set(event.path.slice(CONF.length), event.value)
    if (event.type === 'call' && event.path === `${CONF}update`) {
      for (const name of SSL) {
        const value = event.args.keywords.get(name) ?? entryOf(event.args.positional[0], name)?.value
        if (value !== undefined) last.set(name, value)
      }
    }
  }
  return (name) => last.get(name)
}

/**
 * How the result backend that the settings name treats the certificate where code configures the application of Celery besides:
 * that wins over what it read from the settings. `mayConfigure`: some code of the project says the name of the option.
 */
export function configuredBesides(
  client: RedisClient,
  runs: readonly Evaluation[],
  mayConfigure: () => boolean,
): RedisClient {
  const { consumer, endpoint, certificate } = client
  if (consumer !== 'celery-backend' || certificate !== 'checked' || endpoint.kind !== 'url' || !mayConfigure())
    return client
  const isUnchecked = ({ paths }: Evaluation): boolean =>
    paths
      .filter(({ crash }) => crash === undefined)
      .map(({ events }) => celeryBackendCertificate(endpoint.url, assignedTo(events)('redis_backend_use_ssl')))
      .every((answer) => answer === 'unchecked')
  return { ...client, certificate: runs.some(isUnchecked) ? 'unchecked' : 'undetermined' }
}

/** `app.conf.broker_url = …` */
function assignedClients(
  context: ClientContext,
  { path, value, at }: Extract<Event, { type: 'assign' }>,
  when: readonly Condition[],
  later: Given,
): RedisClient[] {
  if (!path.startsWith(CONF) || SSL.includes(path.slice(CONF.length))) return []
  return celery(context, at, when, (name) => (path === CONF + name ? value : undefined), later)
}

const SSL = ['broker_use_ssl', 'BROKER_USE_SSL', 'redis_backend_use_ssl', 'CELERY_REDIS_BACKEND_USE_SSL']

function clientsOf(context: ClientContext, call: Call, when: readonly Condition[], later: Given): RedisClient[] {
  const { path, args } = call
  if (/^redis(\.asyncio)?(\.(Redis|StrictRedis|ConnectionPool))?\.from_url$/.test(path)) {
    const url = args.positional[0] ?? args.keywords.get('url')
    const made = client(context, call.at, when, 'redis-py', path, url)
    if (made === undefined) return []
    const certificate =
      made.endpoint.kind === 'url'
        ? redisPyCertificate(made.endpoint.url, args.keywords, args.open, context.dependencies)
        : made.certificate
    return [{ ...made, certificate }]
  }
  if (args.open) return []
  if (/^redis(\.asyncio|\.client)?\.(Redis|StrictRedis)$/.test(path)) return addressed(context, call, when)
  if (path === 'celery.Celery') return celery(context, call.at, when, (name) => args.keywords.get(name), later)
  if (path === `${CONF}update`) {
    const given: Given = (name) => args.keywords.get(name) ?? entryOf(args.positional[0], name)?.value
    return celery(context, call.at, when, given, later)
  }
  return []
}

/** `redis.Redis(host='localhost')` */
function addressed(context: ClientContext, { path, args, at }: Call, when: readonly Condition[]): RedisClient[] {
  if (args.keywords.has('unix_socket_path') || args.keywords.has('connection_pool')) return []
  const host = args.positional[0] ?? args.keywords.get('host')
  const port = args.positional[1] ?? args.keywords.get('port')
  if (host !== undefined && host.type !== 'str') return []
  const base = { consumer: 'redis-py' as const, setting: path, when, at, assignment: at }
  const made = clientOf(
    context,
    base,
    host === undefined ? { kind: 'default' } : { kind: 'address', host, port },
    () => 'plain',
  )
  return [{ ...made, group: `${path} ${placeKey(at)}` }]
}

/**
 * `Celery('x', broker=…, backend=…)`, `app.conf.update(broker_url=…)` and `app.conf.broker_url = …`, with new or old names.
 * `later`: what the configuration holds in the end.
 */
function celery(
  context: ClientContext,
  at: Place,
  when: readonly Condition[],
  given: Given,
  later: Given,
): RedisClient[] {
  const first = (from: Given, ...names: string[]) => names.map(from).find((value) => value !== undefined)
  const ssl = (...names: string[]) => first(given, ...names) ?? first(later, ...names)
  const brokerSsl = ssl('broker_use_ssl', 'BROKER_USE_SSL') ?? lone(context, 'CELERY_BROKER_USE_SSL')
  const backendSsl =
    ssl('redis_backend_use_ssl', 'CELERY_REDIS_BACKEND_USE_SSL') ?? lone(context, 'CELERY_REDIS_BACKEND_USE_SSL')
  const brokerUrl = first(given, 'broker', 'broker_url', 'BROKER_URL')
  const broker = client(context, at, when, 'celery-broker', 'broker_url', brokerUrl)
  const backendUrl = first(given, 'backend', 'result_backend', 'CELERY_RESULT_BACKEND')
  const backend = client(context, at, when, 'celery-backend', 'result_backend', backendUrl)
  const out: RedisClient[] = []
  if (broker?.endpoint.kind === 'url' && isRedis(broker.endpoint.scheme)) {
    out.push({ ...broker, certificate: celeryBrokerCertificate(broker.endpoint.url, brokerSsl, context.dependencies) })
  }
  if (backend?.endpoint.kind === 'url' && isRedis(backend.endpoint.scheme)) {
    out.push({ ...backend, certificate: celeryBackendCertificate(backend.endpoint.url, backendSsl) })
  }
  return out
}

/** A setting with one value; with several, an options dict nobody can name. */
function lone(context: ClientContext, name: string): Value | undefined {
  const resolved = context.get(name)
  const [only] = resolved?.alternatives ?? []
  if (resolved === undefined || only === undefined) return undefined
  if (resolved.alternatives.length === 1 && resolved.absent.length === 0) return only.value
  return { type: 'external', path: name, at: only.at }
}

function client(
  context: ClientContext,
  at: Place,
  when: readonly Condition[],
  consumer: RedisConsumer,
  setting: string,
  value: Value | undefined,
): RedisClient | undefined {
  if (value === undefined || value.type === 'none') return undefined
  const base = { consumer, setting, when, at, assignment: at }
  const group = `${setting} ${placeKey(at)}`
  return { ...clientOf(context, base, endpointOf(value), () => 'undetermined'), group }
}
