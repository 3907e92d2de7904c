import type { App } from '../app/app.ts'
import { firstImport } from '../app/settings/first-import.ts'
import type { Config } from '../config/config.ts'
import type { Hop } from '../contracts/hop.ts'
import type { Untold } from '../contracts/untold.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { compareFindings, type Finding, findingOf } from './finding.ts'
import { conditionOf, meets } from './premises.ts'
import { isOn, messagesOf, type Rule } from './rule.ts'

/** A rule that threw: our fault, reported as such, and no reason to lose the other rules' findings. */
export interface Failure {
  readonly rule: string
  readonly error: unknown
}

export interface RunResult {
  readonly findings: readonly Finding[]
  readonly failures: readonly Failure[]
  /** By hop, what the rules that could break it asked of the model and were not told. */
  readonly unknowns: ReadonlyMap<Hop, readonly Untold[]>
}

/** Runs the rules that the configuration leaves on and the project has a use for; findings come sorted, equal ones once. */
export function run(app: App, rules: readonly Rule[], config: Config): RunResult {
  const findings: Finding[] = []
  const failures: Failure[] = []
  const unknowns = new Map<Hop, Untold[]>()
  const ran: Ran[] = []
  for (const rule of rules) {
    const set = config.rules[rule.id]
    if (set === 'off' || !isOn(rule, config)) continue
    try {
      if (rule.needs !== undefined && !meets(app, rule.needs)) continue
      const untold = app.inquiry.during(() =>
        rule.check(app, (message, report) => {
          const restsOn = report.restsOn ?? rule.messages[message]?.restsOn ?? rule.restsOn ?? []
          const condition = conditionOf(app, restsOn, report.when)
          if (condition === 'never') return
          const finding = withoutLost(app, findingOf(rule, message, report, condition))
          findings.push(set === undefined ? finding : { ...finding, severity: set })
        }),
      )
      const general = untold.filter(({ hop }) => hop === undefined)
      // Most rules were told everything, and then nobody need know what they could have said.
      if (general.length > 0) for (const hop of breakable(app, rule)) addUnknowns(unknowns, hop, general)
      for (const one of untold) if (one.hop !== undefined) addUnknowns(unknowns, one.hop, [one])
      ran.push({ rule, hops: untold.flatMap(({ hop }) => hop ?? []) })
    } catch (error) {
      failures.push({ rule: rule.id, error })
      ran.push({ rule, hops: [] })
      // What it would have said of its hops nobody knows now.
      for (const hop of breakable(app, rule)) addUnknowns(unknowns, hop, [failed(rule)])
    }
  }
  return { findings: unique(findings.sort(compareFindings)), failures, unknowns: inOrder(app, unknowns, ran) }
}

/** A rule that was asked, and the hops that it said something is unknown of. */
interface Ran {
  readonly rule: Rule
  readonly hops: readonly Hop[]
}

/** The hops in the order in which the rules come to speak of them; it matters only where several are unknown. */
function inOrder<T>(app: App, unknowns: ReadonlyMap<Hop, T>, ran: readonly Ran[]): ReadonlyMap<Hop, T> {
  if (unknowns.size < 2) return unknowns
  const out = new Map<Hop, T>()
  for (const { rule, hops } of ran) {
    if (out.size === unknowns.size) break
    for (const hop of [...breakable(app, rule), ...hops]) {
      const known = unknowns.get(hop)
      if (known !== undefined) out.set(hop, known)
    }
  }
  return out
}

/** Without the fixes that make or move a file to where git is told to ignore it: it would leave the push. */
function withoutLost({ presence }: App, finding: Finding): Finding {
  const kept = finding.fixes.filter(({ edits }) =>
    edits.every(({ action, file, text }) => {
      const made = action === 'create' ? file : action === 'rename' ? text : undefined
      return made === undefined || presence.why(made) !== 'ignored'
    }),
  )
  return kept.length === finding.fixes.length ? finding : { ...finding, fixes: kept }
}

const failed = ({ id }: Rule): Untold => ({
  what: { en: id, fr: id },
  why: { en: 'dynolint itself failed here', fr: 'dynolint lui-même a échoué ici' },
  at: undefined,
})

/** The hops that a rule can break. */
function breakable(app: App, rule: Rule): ReadonlySet<Hop> {
  const hops = messagesOf(rule).flatMap(({ severity, hop }) => (severity === 'error' ? [hop] : []))
  return new Set(hops.map((hop) => (hop === 'boot' && rule.importsSettings ? importHop(app) : hop)))
}

/** A part of the model that failed has been told already. */
function importHop(app: App): Hop {
  try {
    return firstImport(app)
  } catch {
    return 'boot'
  }
}

function addUnknowns(all: Map<Hop, Untold[]>, hop: Hop, untold: readonly Untold[]): void {
  const known = getOrInsert(all, hop, (): Untold[] => [])
  for (const one of untold) if (!known.some((other) => isSame(one, other))) known.push(one)
}

/** Each unknown once: several rules of several hops may have asked for the same. */
export function distinct(unknowns: readonly Untold[]): Untold[] {
  return unknowns.filter((one, index) => unknowns.findIndex((other) => isSame(one, other)) === index)
}

function isSame(a: Untold, b: Untold): boolean {
  return (
    a.what.en === b.what.en &&
    a.why.en === b.why.en &&
    a.at?.file === b.at?.file &&
    a.at?.span.start === b.at?.span.start
  )
}

function unique(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding, index) => {
    const before = findings[index - 1]
    return before === undefined || compareFindings(before, finding) !== 0
  })
}
