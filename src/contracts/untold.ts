import type { Hop } from './hop.ts'
import type { Place } from './place.ts'
import type { Text } from './text.ts'

/** What a user can do so that something unknown becomes known. */
export type Remedy =
  /** Say what the config var is worth: `--env NAME=VALUE`, or `[env]` in the configuration. */
  | { readonly by: 'env'; readonly variable: string }
  /** Pin the package. */
  | { readonly by: 'pin'; readonly name: string }
  /** Give the facts of the deployed app: `dynolint snapshot`. */
  | { readonly by: 'snapshot' }

/** The answer to a question of a rule that nobody can give from what the project holds. */
export interface Untold {
  /** What was asked for: `ALLOWED_HOSTS`, `the server that web starts`. */
  readonly what: Text
  /** Why it is not known: a sentence without a final stop. */
  readonly why: Text
  readonly at: Place | undefined
  readonly remedy?: Remedy | undefined
  /** The one hop that it is about, where the rule that asks could break others too. */
  readonly hop?: Hop | undefined
}
