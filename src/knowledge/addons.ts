/**
 * Heroku add-ons that give an app a Redis, PostgreSQL or other URL, and the variables they set. Sources: Heroku Dev Center
 * (heroku-redis 2024-12-04 and 2025-01-07, technical characterization 2024-10-11, free plans 2022-11-28), the add-ons'
 * own pages; read 2026-11.
 */
export interface AddonFact {
  readonly service: string
  readonly name: string
  readonly kind: 'redis' | 'postgres' | 'other'
  /** Config vars it sets when attached without `as`. */
  readonly variables: readonly string[]
  /** URL scheme of those variables, where it is certain. */
  readonly scheme: string | undefined
  /** All current plans; undefined: not known well enough to say that one does not exist. */
  readonly plans: readonly RegExp[] | undefined
  /** Plans that were withdrawn, with what replaced them. */
  readonly retired: readonly { readonly plan: RegExp; readonly since: string; readonly instead: string }[]
  /** Too small for production. */
  readonly small: readonly string[]
  /** The plan to propose for production. */
  readonly production: string | undefined
  /** The whole add-on is gone. */
  readonly shutDown: boolean
}

const none = { plans: undefined, retired: [], small: [], production: undefined, shutDown: false } as const

export const addonFacts: readonly AddonFact[] = [
  {
    service: 'heroku-redis',
    name: 'Heroku Key-Value Store',
    kind: 'redis',
    variables: ['REDIS_URL'],
    scheme: 'rediss',
    plans: [/^mini$/, /^(?:premium|private|shield)-\d+$/],
    retired: [{ plan: /^hobby-dev$/, since: '2022-11-28', instead: 'mini' }],
    small: ['mini'],
    production: 'premium-0',
    shutDown: false,
  },
  {
    ...none,
    service: 'rediscloud',
    name: 'Redis Cloud',
    kind: 'redis',
    variables: ['REDISCLOUD_URL'],
    scheme: 'redis',
  },
  {
    ...none,
    service: 'stackhero-redis',
    name: 'Stackhero for Redis',
    kind: 'redis',
    variables: ['STACKHERO_REDIS_URL_TLS', 'STACKHERO_REDIS_URL_CLEAR'],
    scheme: undefined,
  },
  {
    ...none,
    service: 'redistogo',
    name: 'Redis To Go',
    kind: 'redis',
    variables: ['REDISTOGO_URL'],
    scheme: 'redis',
    shutDown: true,
  },
  { ...none, service: 'openredis', name: 'openredis', kind: 'redis', variables: ['OPENREDIS_URL'], scheme: 'redis' },
  { ...none, service: 'redisgreen', name: 'RedisGreen', kind: 'redis', variables: ['REDISGREEN_URL'], scheme: 'redis' },
  {
    ...none,
    service: 'upstash-redis',
    name: 'Upstash Redis',
    kind: 'redis',
    variables: ['UPSTASH_REDIS_URL'],
    scheme: undefined,
  },
  {
    service: 'heroku-postgresql',
    name: 'Heroku Postgres',
    kind: 'postgres',
    variables: ['DATABASE_URL'],
    scheme: 'postgres',
    plans: undefined,
    retired: [{ plan: /^hobby-(?:dev|basic)$/, since: '2022-11-28', instead: 'essential-0' }],
    small: [],
    production: undefined,
    shutDown: false,
  },
]

/** The fact about a service by its slug. */
export function addonFact(service: string): AddonFact | undefined {
  return addonFacts.find((fact) => fact.service === service)
}

/** Config vars an attached add-on sets; `as` names the attachment: `as: cache` sets `CACHE_URL`. */
export function addonVariables(service: string, as: string | undefined): readonly string[] {
  const variables = addonFact(service)?.variables ?? []
  if (as === undefined) return variables
  const prefix = as.toUpperCase().replace(/[^A-Z0-9]/g, '_')
  const [first] = variables
  return first === undefined ? [] : [`${prefix}_URL`]
}

/**
 * Connections that a plan of Heroku Key-Value Store takes. Source: Dev Center "Heroku Key-Value Store Technical
 * Characterization", 2024-10-11; read 2026-11. Private and Shield plans have those of the Premium plan of their number.
 */
const redisConnections: Readonly<Record<string, number>> = {
  mini: 20,
  'premium-0': 40,
  'premium-1': 80,
  'premium-2': 200,
  'premium-3': 400,
  'premium-4': 700,
  'premium-5': 1000,
  'premium-7': 10_000,
  'premium-9': 25_000,
  'premium-10': 40_000,
  'premium-12': 65_000,
  'premium-14': 65_000,
}

/** Connections that a plan takes at most; undefined: not known. */
export function connectionLimit(service: string, plan: string): number | undefined {
  return service === 'heroku-redis' ? redisConnections[plan.replace(/^(?:private|shield)-/, 'premium-')] : undefined
}

/**
 * Connections that one process keeps open once it is in use, at the least. Read in channels_redis 4.3.0: core.py takes one
 * out of its pool for as long as it waits in BZPOPMIN and another to send; pubsub.py holds one that is subscribed and
 * another to publish. A cache keeps one in its pool, and a Celery worker one to wait for tasks (kombu's redis transport).
 */
export const connectionsOf = { layer: 2, cache: 1, celeryWorker: 1 } as const
