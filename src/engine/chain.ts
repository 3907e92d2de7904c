import { type Hop, hops } from '../contracts/hop.ts'
import type { Untold } from '../contracts/untold.ts'
import type { Finding } from './finding.ts'

/**
 * - `holds`: every question that its rules had to ask was answered, and nothing breaks it.
 * - `warned`: it holds, and certain warnings concern it.
 * - `breaks`: an error is certain there.
 * - `undetermined`: nobody can tell; `unknowns` and the possible findings say why.
 * - `not-reached`: a hop before it breaks, and nothing certain is known against this one.
 * - `not-applicable`: the app has no such hop.
 */
export type HopState = 'holds' | 'warned' | 'breaks' | 'undetermined' | 'not-reached' | 'not-applicable'

export interface ChainLink {
  readonly hop: Hop
  readonly state: HopState
  /** Rules that decide it, in order of id. */
  readonly rules: readonly string[]
  /** What would have to be known of it. */
  readonly unknowns: readonly Untold[]
  /** Findings that hold only under a condition, and would break it. */
  readonly possible: readonly Finding[]
}

/** What is known of the app besides findings. */
export interface HopFacts {
  readonly notApplicable: ReadonlySet<Hop>
  /** By hop, what the rules that could break it asked and were not told. */
  readonly unknowns: ReadonlyMap<Hop, readonly Untold[]>
}

/**
 * The state of every hop. What breaks a worker or another process beside the web is no break of the chain, and what
 * breaks a part of a hop ends it nowhere. `safety` stands beside it: it is reached whatever breaks.
 */
export function chainOf(findings: readonly Finding[], facts: HopFacts): ChainLink[] {
  let broken = false
  return hops.map((hop) => {
    const link = linkOf(hop, findings, facts, broken && hop !== 'safety')
    broken ||= findings.some((one) => one.hop === hop && one.severity === 'error' && !one.beside && !one.partial)
    return link
  })
}

function linkOf(hop: Hop, findings: readonly Finding[], facts: HopFacts, broken: boolean): ChainLink {
  const here = findings.filter((finding) => finding.hop === hop && !finding.beside)
  const errors = here.filter(({ severity }) => severity === 'error')
  // A possible finding has dropped one step: a warning that is possible was an error.
  const possible = here.filter(({ certainty, severity }) => certainty === 'possible' && severity === 'warning')
  const warnings = here.filter(({ certainty, severity }) => certainty === 'certain' && severity === 'warning')
  const unknowns = facts.unknowns.get(hop) ?? []
  const of = (state: HopState, rules: readonly Finding[] = []): ChainLink => {
    const open = state === 'undetermined'
    return { hop, state, rules: ids(rules), unknowns: open ? unknowns : [], possible: open ? possible : [] }
  }
  if (errors.length > 0) return of('breaks', errors)
  if (facts.notApplicable.has(hop)) return of('not-applicable')
  if (broken) return of('not-reached')
  if (possible.length > 0 || unknowns.length > 0) return of('undetermined', possible)
  return warnings.length > 0 ? of('warned', warnings) : of('holds')
}

function ids(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map((finding) => finding.rule))].sort()
}
