import type { Place } from '../../contracts/place.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { entryOf, plain, type Value } from '../../evaluate/python/value.ts'
import { redisPyCertificate } from './certificate.ts'
import type { Endpoint, RedisClient, RedisConsumer } from './model.ts'
import {
  alternativesWhen,
  type ClientContext,
  clientOf,
  entryPlace,
  isRedis,
  placeOf,
  withElsewhere,
} from './redis-client.ts'
import { endpointOf } from './redis-endpoint.ts'
import { bySetting } from './verdict.ts'

/** Settings of other clients that hold a Redis URL: name, keys down to it, the distribution that reads it. */
const QUEUES: readonly { setting: string; keys: readonly string[]; consumer: RedisConsumer; distribution: string }[] = [
  { setting: 'HUEY', keys: ['url'], consumer: 'huey', distribution: 'huey' },
  { setting: 'HUEY', keys: ['connection', 'url'], consumer: 'huey', distribution: 'huey' },
  { setting: 'DRAMATIQ_BROKER', keys: ['OPTIONS', 'url'], consumer: 'dramatiq', distribution: 'django-dramatiq' },
  { setting: 'Q_CLUSTER', keys: ['redis'], consumer: 'redis-py', distribution: 'django-q' },
  { setting: 'Q_CLUSTER', keys: ['redis'], consumer: 'redis-py', distribution: 'django-q2' },
  { setting: 'CACHEOPS_REDIS', keys: [], consumer: 'redis-py', distribution: 'django-cacheops' },
  { setting: 'CONSTANCE_REDIS_CONNECTION', keys: [], consumer: 'redis-py', distribution: 'django-constance' },
]

/** Queues and other packages that keep a Redis URL in the settings. */
export function queueClients(context: ClientContext): RedisClient[] {
  const named = QUEUES.flatMap(({ setting, keys, consumer, distribution }) => {
    if (context.dependencies.installed(distribution).state !== 'installed') return []
    const resolved = context.get(setting)
    const clients = (resolved?.alternatives ?? []).flatMap((alternative) => {
      const found = follow(context, alternative, keys)
      if (found === undefined) return []
      const endpoint = endpointOf(found.value)
      if (endpoint.kind !== 'url' || !isRedis(endpoint.scheme)) return []
      const base = { consumer, setting, when: alternative.when, at: found.at, assignment: alternative.at }
      return [
        clientOf(context, base, endpoint, (url) => redisPyCertificate(url, new Map(), true, context.dependencies)),
      ]
    })
    return withElsewhere(clients, alternativesWhen(resolved))
  })
  return [...named, ...rqClients(context)]
}

function follow(
  context: ClientContext,
  alternative: Alternative,
  keys: readonly string[],
): { value: Value; at: Place } | undefined {
  let found = { value: alternative.value, at: placeOf(context.tree, alternative) }
  for (const key of keys) {
    const entry = entryOf(found.value, key)
    if (entry === undefined) return undefined
    found = { value: entry.value, at: entryPlace(entry) }
  }
  return found
}

/** django-rq: `URL` with `SSL_CERT_REQS` (read since 2.5), or host and port. */
function rqClients(context: ClientContext): RedisClient[] {
  if (context.dependencies.installed('django-rq').state !== 'installed') return []
  const resolved = context.get('RQ_QUEUES')
  const clients = (resolved?.alternatives ?? []).flatMap((alternative) => {
    const { value, when, at } = alternative
    if (value.type !== 'dict') return []
    return value.entries.flatMap((queue): RedisClient[] => {
      const name = plain(queue.key) ?? '?'
      const url = entryOf(queue.value, 'URL')
      const host = entryOf(queue.value, 'HOST')
      const base = { consumer: 'rq' as const, setting: `RQ_QUEUES['${name}']`, when, assignment: at }
      if (url !== undefined) {
        const options = new Map(
          queue.value.type === 'dict'
            ? queue.value.entries.map((entry) => [(plain(entry.key) ?? '').toLowerCase(), entry.value])
            : [],
        )
        const open = options.has('redis_client_kwargs') || options.has('connection_kwargs')
        return [
          clientOf(context, { ...base, at: entryPlace(url) }, endpointOf(url.value), (text) =>
            redisPyCertificate(text, options, open, context.dependencies),
          ),
        ]
      }
      if (host === undefined) return []
      const endpoint: Endpoint = { kind: 'address', host: host.value, port: entryOf(queue.value, 'PORT')?.value }
      return [clientOf(context, { ...base, at: entryPlace(host) }, endpoint, () => 'plain')]
    })
  })
  return bySetting(clients).flatMap((queue) => withElsewhere(queue, alternativesWhen(resolved)))
}
