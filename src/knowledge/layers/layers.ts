/**
 * Channel-layer classes and what their constructors take. Read from the released packages themselves (the signature of
 * `__init__` in each version named here).
 */

/** A key of CONFIG. `since`: first version that takes it. */
export interface ConfigKey {
  readonly name: string
  readonly since?: string
}

export interface LayerClass {
  /** What BACKEND says. */
  readonly path: string
  /** The distribution that provides it. */
  readonly distribution: string
  readonly family: 'redis' | 'redis-pubsub' | 'memory' | 'other'
  /** First version of the distribution with the class. */
  readonly since?: string
  readonly keys: readonly ConfigKey[]
  /** An unknown key of CONFIG: `raises` TypeError when the layer is built, or is swallowed by `**kwargs`. */
  readonly unknownKeys: 'raises' | 'ignored'
  /** Where the facts were read. */
  readonly source: string
}

const key = (name: string, since?: string): ConfigKey => (since === undefined ? { name } : { name, since })

export const layerClasses: readonly LayerClass[] = [
  {
    path: 'channels_redis.core.RedisChannelLayer',
    distribution: 'channels-redis',
    family: 'redis',
    keys: [
      key('hosts'),
      key('prefix'),
      key('expiry'),
      key('group_expiry'),
      key('capacity'),
      key('channel_capacity'),
      key('symmetric_encryption_keys'),
      key('random_prefix_length', '4.2.1'),
      key('serializer_format', '4.2.1'),
    ],
    unknownKeys: 'raises',
    source: 'channels_redis/core.py of 2.0.0, 2.4.2, 3.3.1, 3.4.1, 4.0.0, 4.1.0, 4.2.0, 4.2.1, 4.3.0',
  },
  {
    path: 'channels_redis.pubsub.RedisPubSubChannelLayer',
    distribution: 'channels-redis',
    family: 'redis-pubsub',
    since: '3.3.0',
    keys: [
      key('hosts'),
      key('prefix'),
      key('on_disconnect'),
      key('on_reconnect'),
      key('symmetric_encryption_keys', '4.2.1'),
      key('serializer_format', '4.2.1'),
    ],
    unknownKeys: 'ignored',
    source: 'channels_redis/pubsub.py of 3.3.1, 3.4.1, 4.0.0, 4.1.0, 4.2.0, 4.2.1, 4.3.0',
  },
  {
    path: 'channels.layers.InMemoryChannelLayer',
    distribution: 'channels',
    family: 'memory',
    keys: [key('expiry'), key('group_expiry'), key('capacity'), key('channel_capacity')],
    unknownKeys: 'raises',
    source: 'channels/layers.py of 2.1.0 to 4.3.2',
  },
  {
    path: 'channels_valkey.core.ValkeyChannelLayer',
    distribution: 'channels-valkey',
    family: 'other',
    keys: [
      key('hosts'),
      key('prefix'),
      key('expiry'),
      key('group_expiry'),
      key('capacity'),
      key('channel_capacity'),
      key('symmetric_encryption_keys'),
      key('random_prefix_length'),
      key('serializer_format'),
    ],
    unknownKeys: 'raises',
    source: 'channels_valkey/core.py of 0.3.0',
  },
  {
    path: 'channels_valkey.pubsub.ValkeyPubSubChannelLayer',
    distribution: 'channels-valkey',
    family: 'other',
    keys: [],
    unknownKeys: 'ignored',
    source: 'channels_valkey/pubsub.py of 0.3.0',
  },
  {
    path: 'channels_rabbitmq.core.RabbitmqChannelLayer',
    distribution: 'channels-rabbitmq',
    family: 'other',
    keys: [
      key('host'),
      key('local_capacity'),
      key('remote_capacity'),
      key('expiry'),
      key('local_expiry'),
      key('group_expiry'),
      key('ssl_context'),
      key('groups_exchange'),
    ],
    unknownKeys: 'raises',
    source: 'channels_rabbitmq/core.py of 4.0.1',
  },
  {
    path: 'channels_postgres.core.PostgresChannelLayer',
    distribution: 'channels-postgres',
    family: 'other',
    keys: [],
    unknownKeys: 'ignored',
    source: 'channels_postgres/core.py of 1.1.4',
  },
]

/** Layers of Channels 1, none of which Channels 2 or later can load, with what replaces them. */
export const channels1Layers: ReadonlyMap<string, string> = new Map([
  ['asgi_redis.RedisChannelLayer', 'channels_redis.core.RedisChannelLayer'],
  ['asgi_redis.core.RedisChannelLayer', 'channels_redis.core.RedisChannelLayer'],
  ['asgi_redis.RedisLocalChannelLayer', 'channels_redis.core.RedisChannelLayer'],
  ['asgi_redis.local.RedisLocalChannelLayer', 'channels_redis.core.RedisChannelLayer'],
  ['asgi_redis.RedisSentinelChannelLayer', 'channels_redis.core.RedisChannelLayer'],
  ['asgi_rabbitmq.RabbitmqChannelLayer', 'channels_rabbitmq.core.RabbitmqChannelLayer'],
  ['asgi_rabbitmq.RabbitmqLocalChannelLayer', 'channels_rabbitmq.core.RabbitmqChannelLayer'],
  ['asgi_ipc.IPCChannelLayer', 'channels_redis.core.RedisChannelLayer'],
  ['asgiref.inmemory.ChannelLayer', 'channels.layers.InMemoryChannelLayer'],
  ['channels.database_layer.DatabaseChannelLayer', 'channels_redis.core.RedisChannelLayer'],
])

/**
 * Packages all of whose layer classes stand above: another dotted path inside them is a mistake. The path of each
 * module is closed too, so `channels_redis.RedisChannelLayer` does not exist.
 */
export const closedPackages: readonly string[] = ['channels_redis', 'channels.layers', 'asgi_redis', 'asgiref']

const byPath = new Map(layerClasses.map((one) => [one.path, one]))

/** The class a BACKEND names, when it is one we know. */
export function layerClass(path: string | undefined): LayerClass | undefined {
  return path === undefined ? undefined : byPath.get(path)
}

/** Keys of a layer's own dict that `channels.layers` reads (ChannelLayerManager.make_backend and make_test_backend). */
export const layerKeys: readonly string[] = ['BACKEND', 'CONFIG', 'TEST_CONFIG']
