import { sameValue } from '../../evaluate/python/equality.ts'
import type { Resolved } from '../../evaluate/python/evaluation.ts'
import type { Value } from '../../evaluate/python/value.ts'

/** Whether a name has the same values on as many paths in two runs. */
export function sameSetting(a: Resolved | undefined, b: Resolved | undefined): boolean {
  if (a === undefined || b === undefined) return a === b
  if (a.alternatives.length !== b.alternatives.length) return false
  return a.alternatives.every(({ value }, index) => sameValue(value, b.alternatives[index]?.value as Value))
}
