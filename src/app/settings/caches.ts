import { type DictEntry, entryOf, plain, type StrValue, type Value } from '../../evaluate/python/value.ts'
import { optionsOf, redisPyCertificate } from './certificate.ts'
import type { CertificateCheck, Endpoint, RedisClient, RedisConsumer } from './model.ts'
import { alternativesWhen, type ClientContext, clientOf, entryPlace, listed, withElsewhere } from './redis-client.ts'
import { endpointOf } from './redis-endpoint.ts'
import { bySetting } from './verdict.ts'

/** Cache backends that talk to Redis, by the dotted path in BACKEND. */
const BACKENDS: ReadonlyMap<string, RedisConsumer> = new Map([
  ['django.core.cache.backends.redis.RedisCache', 'django-cache'],
  ['django_redis.cache.RedisCache', 'django-redis'],
  ['redis_cache.RedisCache', 'django-redis-cache'],
  ['redis_cache.cache.RedisCache', 'django-redis-cache'],
])

/** CACHES entries whose backend is a Redis client. */
export function cacheClients(context: ClientContext): RedisClient[] {
  const resolved = context.get('CACHES')
  const clients = (resolved?.alternatives ?? []).flatMap(({ value, when, at }) => {
    if (value.type !== 'dict') return []
    return value.entries.flatMap((entry) => {
      const consumer = BACKENDS.get(plain(entryOf(entry.value, 'BACKEND')?.value) ?? '')
      if (consumer === undefined) return []
      const alias = plain(entry.key)
      const setting = `CACHES['${alias ?? '?'}']`
      const quiet = consumer === 'django-redis' && isQuiet(context, entry.value)
      const location = entryOf(entry.value, 'LOCATION')
      return locations(location).map(({ endpoint, place }) =>
        clientOf(context, { consumer, setting, when, at: place, assignment: at, quiet, alias }, endpoint, (url) =>
          certificateOf(context, consumer, entry.value, url),
        ),
      )
    })
  })
  return bySetting(clients).flatMap((cache) => withElsewhere(cache, alternativesWhen(resolved)))
}

/**
 * django-redis answers "not there" where Redis cannot be reached, if it is told to: by the cache's own option, else by the
 * setting (`django_redis/cache.py`, `omit_exception`). Sessions that live in a cache need more than that.
 */
function isQuiet(context: ClientContext, cache: Value): boolean {
  const sessions = context.get('SESSION_ENGINE')?.alternatives ?? []
  if (sessions.some(({ value }) => plain(value) !== 'django.contrib.sessions.backends.db')) return false
  const given = entryOf(entryOf(cache, 'OPTIONS')?.value, 'IGNORE_EXCEPTIONS')?.value
  const values =
    given === undefined
      ? (context.get('DJANGO_REDIS_IGNORE_EXCEPTIONS')?.alternatives ?? []).map(({ value }) => value)
      : [given]
  return values.some((value) => !(value.type === 'bool' && !value.value) && value.type !== 'none')
}

function locations(location: DictEntry | undefined): { endpoint: Endpoint; place: DictEntry['at'] }[] {
  if (location === undefined) return []
  const place = entryPlace(location)
  return listed(location.value).map((value) => ({ endpoint: locationEndpoint(value), place }))
}

/** A LOCATION is a URL, or `host:port` for django-redis-cache and old django-redis. */
function locationEndpoint(value: Value): Endpoint {
  const endpoint = endpointOf(value)
  const text = plain(value)
  if (endpoint.kind !== 'undetermined' || text === undefined || value.type !== 'str') return endpoint
  const match = /^([\w.-]+)(:\d+)*$/.exec(text)
  if (match === null) return endpoint
  return { kind: 'address', host: { type: 'str', parts: [match[1] as string], at: value.at }, port: undefined }
}

function certificateOf(context: ClientContext, consumer: RedisConsumer, cache: Value, url: StrValue): CertificateCheck {
  const given = optionsOf(entryOf(cache, 'OPTIONS')?.value)
  if (consumer === 'django-cache') return redisPyCertificate(url, given.options, given.open, context.dependencies)
  const own = given.options.has('CONNECTION_POOL_CLASS') || given.options.has('CONNECTION_FACTORY')
  const factory = context.get('DJANGO_REDIS_CONNECTION_FACTORY') !== undefined
  const key = consumer === 'django-redis' ? 'CONNECTION_POOL_KWARGS' : 'CONNECTION_POOL_CLASS_KWARGS'
  const pool = optionsOf(given.options.get(key))
  const open = given.open || own || factory || pool.open
  return redisPyCertificate(url, pool.options, open, context.dependencies)
}
