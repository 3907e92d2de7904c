/**
 * Domains under which providers give out hosts of Redis or Valkey databases and nothing else. Sources: the providers' own pages on
 * connecting (Redis Cloud "Connect to a Redis Cloud database", Upstash "Connect your client", Amazon ElastiCache "Finding connection
 * endpoints", Azure Cache for Redis "Configure", Redis To Go); read 2026-11-30. Heroku's own stand under amazonaws.com as EC2 does.
 */
const domains = [
  'redislabs.com',
  'redis-cloud.com',
  'upstash.io',
  'cache.amazonaws.com',
  'redis.cache.windows.net',
  'redis.azure.net',
  'redistogo.com',
]

/** Whether a host name, with or without a leading dot, is one of a provider of Redis. */
export function isRedisProvider(host: string): boolean {
  const name = host.trim().toLowerCase()
  return domains.some((domain) => name === domain || name.endsWith(`.${domain}`))
}
