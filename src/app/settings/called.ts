import type { Condition, Evaluation, Event } from '../../evaluate/evaluation.ts'
import { entryOf, type Value } from '../../evaluate/value.ts'
import { celeryBackendCertificate, celeryBrokerCertificate, redisPyCertificate } from './certificate.ts'
import { type ClientContext, clientOf, isRedis, withElsewhere } from './client.ts'
import { bySetting } from './combine.ts'
import { endpointOf } from './endpoint.ts'
import type { RedisClient, RedisConsumer } from './model.ts'

type Call = Extract<Event, { type: 'call' }>

/** Clients that code makes by itself while the settings or the ASGI module are loaded: redis-py's and Celery's. */
export function calledClients(context: ClientContext, runs: readonly Evaluation[]): RedisClient[] {
  const known = new Set<string>()
  return runs.flatMap((run) => {
    const paths = run.paths.filter(({ crash }) => crash === undefined)
    const made = paths.flatMap(({ events, when }) =>
      events.flatMap((event) => (event.type === 'call' ? clientsOf(context, event, when) : [])),
    )
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

function clientsOf(context: ClientContext, call: Call, when: readonly Condition[]): RedisClient[] {
  const { path, args } = call
  if (/^redis(\.asyncio)?(\.(Redis|StrictRedis|ConnectionPool))?\.from_url$/.test(path)) {
    const url = args.positional[0] ?? args.keywords.get('url')
    const made = client(context, call, when, 'redis-py', path, url)
    if (made === undefined) return []
    const certificate =
      made.endpoint.kind === 'url'
        ? redisPyCertificate(made.endpoint.url, args.keywords, args.open, context.dependencies)
        : made.certificate
    return [{ ...made, certificate }]
  }
  if (path === 'celery.Celery') return celery(context, call, when, (name) => args.keywords.get(name))
  if (path === 'celery.Celery().conf.update') {
    return celery(context, call, when, (name) => args.keywords.get(name) ?? entryOf(args.positional[0], name)?.value)
  }
  return []
}

/** `Celery('x', broker=…, backend=…)` and `app.conf.update(broker_url=…)`, with new or old names. */
function celery(
  context: ClientContext,
  call: Call,
  when: readonly Condition[],
  given: (name: string) => Value | undefined,
): RedisClient[] {
  if (call.args.open) return []
  const first = (...names: string[]) => names.map(given).find((value) => value !== undefined)
  const brokerSsl = first('broker_use_ssl', 'BROKER_USE_SSL') ?? lone(context, 'CELERY_BROKER_USE_SSL')
  const backendSsl =
    first('redis_backend_use_ssl', 'CELERY_REDIS_BACKEND_USE_SSL') ?? lone(context, 'CELERY_REDIS_BACKEND_USE_SSL')
  const broker = client(context, call, when, 'celery-broker', 'broker_url', first('broker', 'broker_url', 'BROKER_URL'))
  const backendUrl = first('backend', 'result_backend', 'CELERY_RESULT_BACKEND')
  const backend = client(context, call, when, 'celery-backend', 'result_backend', backendUrl)
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
  { at }: Call,
  when: readonly Condition[],
  consumer: RedisConsumer,
  setting: string,
  value: Value | undefined,
): RedisClient | undefined {
  if (value === undefined || value.type === 'none') return undefined
  const base = { consumer, setting, when, at, assignment: at }
  const group = `${setting} ${at.file}:${at.span.start}`
  return { ...clientOf(context, base, endpointOf(value), () => 'undetermined'), group }
}
