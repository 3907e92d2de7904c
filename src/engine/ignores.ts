import type { Ignore } from '../config/config.ts'
import { globMatcher } from '../config/glob-matcher.ts'
import type { Finding } from './finding.ts'

export interface Ignored {
  /** The findings that an entry of the configuration accepts, with the first that does. */
  readonly by: ReadonlyMap<Finding, Ignore>
  /** Entries that accepted nothing. */
  readonly unused: readonly Ignore[]
}

/**
 * Which findings the configuration accepts by file and rule: those that stand in a file that an entry names.
 * @param judged whether a rule was asked: an entry for one that was not may be of use
 */
export function ignoredBy(
  entries: readonly Ignore[],
  findings: readonly Finding[],
  judged: (rule: string) => boolean,
): Ignored {
  const by = new Map<Finding, Ignore>()
  const unused = entries.filter((entry) => {
    const named = globMatcher(entry.path)
    const hit = findings.filter(({ rule, at }) => entry.rules.has(rule) && named(at.file))
    for (const finding of hit) if (!by.has(finding)) by.set(finding, entry)
    return hit.length === 0 && [...entry.rules].some(judged)
  })
  return { by, unused }
}
