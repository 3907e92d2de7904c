import { itemsOf } from '../../evaluate/python/value.ts'
import { cacheClients } from './caches.ts'
import { celeryClients } from './celery.ts'
import { layerCertificate } from './certificate.ts'
import type { Endpoint, Host, LayerAlternative, RedisClient } from './model.ts'
import { queueClients } from './queue-clients.ts'
import { type ClientContext, clientOf, withElsewhere, within } from './redis-client.ts'
import { endpointOf } from './redis-endpoint.ts'

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
  const clients = layers.flatMap((alternative): RedisClient[] => {
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
  return withElsewhere(
    clients,
    layers.map(({ when }) => when),
  )
}

/** Where one host of a layer leads. */
function hostEndpoint(host: Host): Endpoint {
  if (host.url !== undefined) return endpointOf(host.url)
  const [sentinel] = itemsOf(host.options.get('sentinels')) ?? []
  const [first, port] = itemsOf(sentinel) ?? []
  if (host.kind === 'dict' && !host.open && first !== undefined) return { kind: 'address', host: first, port }
  if (host.host !== undefined) return { kind: 'address', host: host.host, port: host.port }
  if (host.kind === 'dict' && !host.open && host.address === undefined && !host.options.has('sentinels'))
    return { kind: 'default' }
  return { kind: 'undetermined' }
}
