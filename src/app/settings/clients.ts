import type { Alternative, Resolved } from '../../evaluate/evaluation.ts'
import { entryOf, plain, type StrValue, type Value } from '../../evaluate/value.ts'
import type { Place } from '../../text.ts'
import { cacheClients } from './caches.ts'
import {
  celeryBackendCertificate,
  celeryBrokerCertificate,
  layerCertificate,
  redisPyCertificate,
} from './certificate.ts'
import { type ClientContext, clientOf, entryPlace, placeOf, within } from './client.ts'
import { pairs } from './combine.ts'
import { endpointOf } from './endpoint.ts'
import type { CertificateCheck, Endpoint, Host, LayerAlternative, RedisClient, RedisConsumer } from './model.ts'

/** Every Redis client that the settings configure: the layer first, then caches, Celery, queues. */
export function redisClientsOf(context: ClientContext, layers: readonly LayerAlternative[]): RedisClient[] {
  return [
    ...layerClients(context, layers),
    ...cacheClients(context),
    ...celeryClients(context),
    ...queueClients(context),
  ]
}

function layerClients(context: ClientContext, layers: readonly LayerAlternative[]): RedisClient[] {
  return layers.flatMap((alternative): RedisClient[] => {
    const { layer, when, at } = alternative
    if (layer === undefined || at === undefined || !/^channels_redis\./.test(layer.backend ?? '')) return []
    const base = { consumer: 'layer', setting: 'CHANNEL_LAYERS', when, assignment: at } as const
    const hosts = layer.hosts
    if (hosts === undefined || hosts.length === 0) {
      const open = layer.hostsValue !== undefined && layer.hosts === undefined
      const unread = layer.config?.rest !== undefined || (layer.configValue !== undefined && layer.config === undefined)
      const endpoint: Endpoint = open || unread ? { kind: 'undetermined' } : { kind: 'default' }
      const place = layer.hostsAt ?? layer.at
      return [
        { ...clientOf(context, { ...base, at: place }, endpoint, () => 'plain'), host: undefined, layer: alternative },
      ]
    }
    return hosts.map((host) => {
      const endpoint = hostEndpoint(host)
      const place = within(host.at, layer.hostsAt) ? host.at : (layer.hostsAt ?? host.at)
      return {
        ...clientOf(context, { ...base, at: place }, endpoint, () => 'undetermined'),
        certificate: layerCertificate(host, context.dependencies),
        host,
        layer: alternative,
      }
    })
  })
}

/** Where one host of a layer leads. */
export function hostEndpoint(host: Host): Endpoint {
  if (host.url !== undefined) return endpointOf(host.url)
  if (host.host !== undefined) return { kind: 'address', host: host.host, port: host.port }
  if (host.kind === 'dict' && !host.open && host.address === undefined && !host.options.has('sentinels'))
    return { kind: 'default' }
  return { kind: 'undetermined' }
}

const BROKER_NAMES = [
  'CELERY_BROKER_URL',
  'BROKER_URL',
  'CELERY_BROKER',
  'CELERY_BROKER_READ_URL',
  'CELERY_BROKER_WRITE_URL',
]
const BACKEND_NAMES = ['CELERY_RESULT_BACKEND', 'RESULT_BACKEND', 'CELERY_BACKEND']

function celeryClients(context: ClientContext): RedisClient[] {
  if (context.dependencies.installed('celery').state === 'absent') return []
  const brokerSsl = alternativesOf(context.get('CELERY_BROKER_USE_SSL') ?? context.get('BROKER_USE_SSL'))
  const backendSsl = alternativesOf(context.get('CELERY_REDIS_BACKEND_USE_SSL') ?? context.get('REDIS_BACKEND_USE_SSL'))
  const read = (
    names: readonly string[],
    consumer: RedisConsumer,
    options: readonly Optional[],
    certificate: (url: StrValue, ssl: Value | undefined) => CertificateCheck,
  ) =>
    names.flatMap((setting) =>
      pairs(context.get(setting)?.alternatives ?? [], options).flatMap(({ a, b, when }) => {
        const endpoint = endpointOf(a.value)
        if (endpoint.kind !== 'url' || !isRedis(endpoint.scheme)) return []
        const base = { consumer, setting, when, at: placeOf(context.tree, a), assignment: a.at }
        return [clientOf(context, base, endpoint, (url) => certificate(url, b.value))]
      }),
    )
  return [
    ...read(BROKER_NAMES, 'celery-broker', brokerSsl, (url, ssl) =>
      celeryBrokerCertificate(url, ssl, context.dependencies),
    ),
    ...read(BACKEND_NAMES, 'celery-backend', backendSsl, celeryBackendCertificate),
  ]
}

interface Optional {
  readonly when: Alternative['when']
  readonly value: Value | undefined
}

/** Alternatives of a setting that may be unset. */
function alternativesOf(resolved: Resolved | undefined): readonly Optional[] {
  if (resolved === undefined) return [{ when: [], value: undefined }]
  return [...resolved.alternatives, ...resolved.absent.map((when) => ({ when, value: undefined }))]
}

function isRedis(scheme: string | undefined): boolean {
  return scheme === undefined || scheme === 'redis' || scheme === 'rediss' || scheme === 'unix'
}

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

function queueClients(context: ClientContext): RedisClient[] {
  const named = QUEUES.flatMap(({ setting, keys, consumer, distribution }) => {
    if (context.dependencies.installed(distribution).state !== 'installed') return []
    return (context.get(setting)?.alternatives ?? []).flatMap((alternative) => {
      const found = follow(context, alternative, keys)
      if (found === undefined) return []
      const endpoint = endpointOf(found.value)
      if (endpoint.kind !== 'url' || !isRedis(endpoint.scheme)) return []
      const base = { consumer, setting, when: alternative.when, at: found.at, assignment: alternative.at }
      return [
        clientOf(context, base, endpoint, (url) => redisPyCertificate(url, new Map(), true, context.dependencies)),
      ]
    })
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
  return (context.get('RQ_QUEUES')?.alternatives ?? []).flatMap((alternative) => {
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
}
