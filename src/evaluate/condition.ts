import type { Place } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'

/**
 * Something on which a path depends and that the dyno alone can tell. `opaque`: it rests on a value we could not evaluate
 * (not on a config var): rules treat what depends on it as undetermined.
 */
export interface Condition {
  /** Identity: equal ids are the same question. `env:USE_REDIS:set`, `env:USE_REDIS=true`, `opaque:settings.py:120`. */
  readonly id: string
  readonly variable: string | undefined
  readonly opaque: boolean
  /** The answer on this path. */
  readonly holds: boolean
  /** Reads after "when": "USE_REDIS is unset", « USE_REDIS n'est pas définie ». Already includes `holds`. */
  readonly text: Text
  /** Where the question was asked first. */
  readonly at: Place
}
