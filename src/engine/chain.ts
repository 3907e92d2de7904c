import { type Hop, type HopFacts, hops } from '../contracts/hop.ts'
import type { Finding } from './finding.ts'

export type HopState = 'holds' | 'breaks' | 'undetermined' | 'not-applicable'

export interface ChainLink {
  readonly hop: Hop
  readonly state: HopState
  /** Rules that decide it, in order of id. */
  readonly rules: readonly string[]
}

/**
 * The state of every hop: it breaks when an error is certain there; it is undetermined when an error is possible there
 * or its inputs could not be known; else it holds. (For `safety`, "breaks" means a certain error as well.)
 * What breaks a worker or another process beside the web is no break of the chain.
 */
export function chainOf(findings: readonly Finding[], facts: HopFacts): ChainLink[] {
  return hops.map((hop) => {
    const here = findings.filter((finding) => finding.hop === hop && !finding.beside)
    const errors = here.filter((finding) => finding.severity === 'error')
    // A possible finding has dropped one step: a warning that is possible was an error.
    const possible = here.filter((finding) => finding.certainty === 'possible' && finding.severity === 'warning')
    if (errors.length > 0) return { hop, state: 'breaks', rules: ids(errors) }
    if (facts.notApplicable.has(hop)) return { hop, state: 'not-applicable', rules: [] }
    if (possible.length > 0 || facts.undetermined.has(hop)) return { hop, state: 'undetermined', rules: ids(possible) }
    return { hop, state: 'holds', rules: [] }
  })
}

function ids(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((finding) => finding.rule))].sort()
}
