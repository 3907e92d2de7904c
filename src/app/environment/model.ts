import type { Place } from '../../contracts/place.ts'
import type { Environment, Variable } from '../../evaluate/evaluation.ts'
import type { Part } from '../../evaluate/value.ts'

/** What a process does to a variable before it starts a program: `NAME=value cmd`, `export NAME=value`, `unset NAME`. */
export interface EnvironmentChange {
  readonly name: string
  /** The new value; undefined when the variable is removed. A value nobody can know is one hole. */
  readonly parts: readonly Part[] | undefined
  /** The assignment. */
  readonly at: Place
}

/**
 * What a variable is worth on the dyno. Sources, later wins: the platform and its Python buildpack, add-ons, the `env` of
 * app.json/heroku.yml, the configuration's `env`. Every other name is `unknown`.
 */
export interface DynoEnvironment extends Environment {
  get(name: string): Variable
  names(): readonly string[]
  /** The environment of a program whose process changed some variables first. */
  forProcess(changes: readonly EnvironmentChange[]): DynoEnvironment
  /** Variables holding a Redis URL that an attached (or assumed) add-on sets, e.g. `REDIS_URL`, `REDISCLOUD_URL`. */
  readonly redisVariables: readonly string[]
  /** A manifest or the configuration lists the add-ons: what is not among them is not attached. False: the guide's heroku-redis is assumed. */
  readonly addonsKnown: boolean
  /** heroku-redis (Heroku Key-Value Store) is attached or assumed. Its URL is `rediss://` with a self-signed certificate. */
  readonly hasHerokuRedis: boolean
}
