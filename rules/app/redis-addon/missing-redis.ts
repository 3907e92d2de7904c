import type { App } from '../../../src/app/app.ts'
import type { RedisClient } from '../../../src/app/settings/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { addonFacts } from '../../../src/knowledge/addons.ts'

/** A Redis variable the channel layer reads that no listed add-on sets. */
export interface MissingRedis {
  /** The manifest's list of add-ons. */
  readonly at: Place
  readonly client: RedisClient
  readonly variable: string
  /** Variables that a listed Redis add-on does set. */
  readonly others: readonly string[]
}

const redisVariable = new Set(addonFacts.filter(({ kind }) => kind === 'redis').flatMap(({ variables }) => variables))

/** Undefined when no manifest lists add-ons, or the variable may be set all the same. */
export function missingRedis(app: App): MissingRedis | undefined {
  const { appJson, herokuYml } = app.manifest
  const at = appJson?.addonsAt ?? herokuYml?.addonsAt
  if (at === undefined || !app.environment.addonsKnown || app.snapshot?.config !== undefined) return undefined
  for (const client of app.settings.redisClients) {
    const { kind, name } = client.target
    if (client.consumer !== 'layer' || kind !== 'variable' || !isRedisVariable(name)) continue
    if (app.environment.redisVariables.includes(name)) continue
    // heroku-redis set REDIS_TLS_URL beside REDIS_URL on some plans; whether it still does is not documented.
    if (name === 'REDIS_TLS_URL' && app.environment.hasHerokuRedis) continue
    const { state } = app.environment.get(name)
    if (state === 'known' || state === 'set') continue
    return { at, client, variable: name, others: app.environment.redisVariables }
  }
  return undefined
}

/** Names that only an add-on is expected to set. */
function isRedisVariable(name: string): boolean {
  return redisVariable.has(name) || name === 'REDIS_TLS_URL' || /^HEROKU_REDIS_\w+_URL$/.test(name)
}
