import { type Case, type Hop, hops } from './case.ts'
import { unobservable, unobservableAt } from './coverage.ts'
import type { Chain, Said } from './verdict.ts'

/** What running a case showed. */
export interface Shown {
  /** The first hop that broke. */
  readonly breaks: Hop | 'none'
  /** The log line or close code of the first hop that broke; '' when none did. */
  readonly evidence: string
  /** Hops that could not be looked at, and why. */
  readonly skipped: Readonly<Partial<Record<Hop, string>>>
}

/** How the linter compares with reality, best first. */
export const agreements = [
  /** It works and nothing untrue is said; or it breaks, and the finding that the case names speaks with that hop. */
  'agrees',
  /** The linter's error is about a hop that could not be looked at. */
  'not seen',
  /** It breaks, and at that hop another finding speaks than the one that names the cause. */
  'hop only',
  /** Everything works, and the linter is certain of a warning about a hop that was seen to hold. */
  'untrue warning',
  /** Both say broken, at different hops. */
  'other hop',
  /** Reality breaks and the linter has neither an error nor a warning about it. */
  'miss',
  /** The linter has an error and reality works. */
  'false alarm',
] as const
export type Agreement = (typeof agreements)[number]

/** What a comparison needs of the case. */
export interface Expectation {
  readonly rules: readonly string[]
  readonly cause?: readonly string[] | undefined
  readonly unknown: readonly Hop[]
}

/** A comparison, and what the chain of the report said of the hops that were seen. */
export interface Judgement {
  readonly agreement: Agreement
  /** The chain has a ✓ at the hop that broke. */
  readonly falseTick: boolean
  /** Hops that were seen, at which the chain has a `?` though a person could have told. */
  readonly couldHaveKnown: readonly Hop[]
}

/**
 * Rules whose error the rig has no way to see: it concerns the account (plans, formation, buildpacks), or a leak nobody has used
 * yet. They count when reality breaks, and never as a false alarm. A policy is no such rule: its case must say so itself.
 */
const unseen: ReadonlySet<string> = new Set([
  'app/buildpack',
  'app/manifest-syntax',
  'app/redis-plan',
  'app/secret-in-source',
  'app/web-formation',
  'settings/dotenv',
])

/** The rules one of which has to name the cause of the break; none: no rule is about it. */
export function causesOf({ rules, cause }: Pick<Expectation, 'rules' | 'cause'>): readonly string[] {
  return cause ?? (rules.length === 1 ? rules : [])
}

/** Compares what the linter said with what was shown. */
export function judge(said: readonly Said[], chain: Chain, shown: Shown, expect: Expectation): Judgement {
  const seen = hopsSeen(shown)
  return {
    agreement: agreementOf(said, shown, expect),
    // What is not in the push breaks every hop that needs it: the chain says so at its first.
    falseTick: shown.breaks !== 'none' && chain[shown.breaks] === 'holds' && chain.push !== 'breaks',
    couldHaveKnown: seen.filter((hop) => chain[hop] === 'undetermined' && !expect.unknown.includes(hop)),
  }
}

/** Compares the findings alone. */
export function agreementOf(said: readonly Said[], shown: Shown, expect: Expectation): Agreement {
  const web = said.filter(({ beside }) => !beside)
  return shown.breaks === 'none' ? whereItWorks(web, shown, expect) : whereItBreaks(web, shown.breaks, expect)
}

function whereItWorks(said: readonly Said[], shown: Shown, { rules }: Expectation): Agreement {
  const errors = said.filter(({ severity, rule }) => severity === 'error' && !unseen.has(rule))
  const first = firstHop(errors)
  if (first === 'push' || (first !== undefined && shown.skipped[first] === undefined)) return 'false alarm'
  const untrue = said.some(
    ({ severity, certainty, rule, hop }) =>
      severity === 'warning' &&
      certainty === 'certain' &&
      isSeen(hop, shown) &&
      !rules.includes(rule) &&
      !isBeyond(rule, hop),
  )
  if (untrue) return 'untrue warning'
  return first === undefined ? 'agrees' : 'not seen'
}

function isSeen(hop: Said['hop'], { skipped }: Shown): boolean {
  return hop === 'push' || skipped[hop] === undefined
}

/** Its subject is not to be seen in any run. */
function isBeyond(rule: string, hop: Said['hop']): boolean {
  return unseen.has(rule) || rule in unobservable || (hop !== 'push' && unobservableAt[rule]?.[hop] !== undefined)
}

function whereItBreaks(said: readonly Said[], breaks: Hop, expect: Expectation): Agreement {
  const causes = causesOf(expect)
  const speaking = said.filter(({ severity }) => severity !== 'info')
  const errors = said.filter(({ severity }) => severity === 'error')
  const named = speaking.some(({ rule, hop }) => causes.includes(rule) && (hop === breaks || hop === 'push'))
  const first = firstHop(errors.filter(({ rule }) => !unseen.has(rule) && !causes.includes(rule)))
  // Who breaks the chain before the hop that broke says something else than what happened.
  if (first !== undefined && first !== 'push' && before(first, breaks)) return 'other hop'
  if (named) return 'agrees'
  if (speaking.some(({ hop }) => hop === breaks)) return 'hop only'
  if (errors.length > 0 || speaking.some(({ rule }) => causes.includes(rule))) return 'other hop'
  return 'miss'
}

/** The hops that were seen to hold, and the one that was seen to break. */
function hopsSeen({ breaks, skipped }: Shown): Hop[] {
  const last = breaks === 'none' ? hops.length : hops.indexOf(breaks) + 1
  return hops.slice(0, last).filter((hop) => skipped[hop] === undefined)
}

/** The first hop an error is about. */
export function firstHop(errors: readonly Said[]): Said['hop'] | undefined {
  const order = ['push', ...hops] as const
  return order.find((hop) => errors.some((error) => error.hop === hop))
}

function before(hop: Hop, other: Hop): boolean {
  return hops.indexOf(hop) < hops.indexOf(other)
}

/** In which ways a case does not show what its author expected. */
export function surprises(one: Case, said: readonly Said[], shown: Shown): string[] {
  const out: string[] = []
  if (shown.breaks !== one.expect.breaks) out.push(`expected to break at ${one.expect.breaks}`)
  for (const rule of one.expect.rules) if (!said.some((finding) => finding.rule === rule)) out.push(`${rule} is silent`)
  for (const rule of one.expect.silent) if (said.some((finding) => finding.rule === rule)) out.push(`${rule} speaks`)
  return out
}
