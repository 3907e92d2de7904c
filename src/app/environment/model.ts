import type { EnvironmentChange, ProcessEnvironment, ProcessStart } from '../../evaluate/environment.ts'

/**
 * What a variable is worth on the dyno. Sources, later wins: the platform and its Python buildpack, add-ons, the `env` of
 * app.json/heroku.yml, the configuration's `env`. Every other name is `unknown`.
 */
export interface DynoEnvironment extends ProcessEnvironment {
  forProcess(changes: readonly EnvironmentChange[], start?: ProcessStart): DynoEnvironment
  /** Variables holding a Redis URL that an attached (or assumed) add-on sets, e.g. `REDIS_URL`, `REDISCLOUD_URL`. */
  readonly redisVariables: readonly string[]
  /** A manifest or the configuration lists the add-ons: what is not among them is not attached. False: the guide's heroku-redis is assumed. */
  readonly addonsKnown: boolean
  /** heroku-redis (Heroku Key-Value Store) is attached or assumed. Its URL is `rediss://` with a self-signed certificate. */
  readonly hasHerokuRedis: boolean
}
