import type { Alternative, Resolved } from './evaluation.ts'

/** The value when it is the same on every path and always bound; undefined otherwise. */
export function certain(resolved: Resolved | undefined): Alternative | undefined {
  if (resolved === undefined || resolved.absent.length > 0 || resolved.alternatives.length !== 1) return undefined
  return resolved.alternatives[0]
}
