import { type Case, type Hop, hops } from './case.ts'
import type { Said } from './verdict.ts'

/** What running a case showed. */
export interface Shown {
  /** The first hop that broke. */
  readonly breaks: Hop | 'none'
  /** The log line or close code of the first hop that broke; '' when none did. */
  readonly evidence: string
  /** Hops that could not be looked at, and why. */
  readonly skipped: Readonly<Partial<Record<Hop, string>>>
}

export type Agreement =
  | 'agrees'
  /** The linter has an error and reality works. */
  | 'false alarm'
  /** Reality breaks and the linter has neither an error nor a warning there. */
  | 'miss'
  /** Both say broken, at different hops. */
  | 'other hop'
  /** The linter's error is about a hop that could not be looked at. */
  | 'not seen'

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

/** Compares what the linter said with what was shown. */
export function agreementOf(said: readonly Said[], shown: Shown): Agreement {
  const errors = said.filter(({ severity, beside }) => severity === 'error' && !beside)
  if (shown.breaks === 'none') {
    const first = firstHop(errors.filter(({ rule }) => !unseen.has(rule)))
    if (first === undefined) return 'agrees'
    return first !== 'push' && shown.skipped[first] !== undefined ? 'not seen' : 'false alarm'
  }
  const first = firstHop(errors)
  if (first === 'push' || first === shown.breaks) return 'agrees'
  const seen = firstHop(errors.filter(({ rule }) => !unseen.has(rule)))
  if (seen === shown.breaks) return 'agrees'
  const warned = said.some(({ hop, severity }) => hop === shown.breaks && severity === 'warning')
  if (warned && (seen === undefined || after(seen, shown.breaks))) return 'agrees'
  if (seen !== undefined) return 'other hop'
  return 'miss'
}

/** The first hop an error is about. */
export function firstHop(errors: readonly Said[]): Said['hop'] | undefined {
  const order = ['push', ...hops] as const
  return order.find((hop) => errors.some((error) => error.hop === hop))
}

function after(hop: Said['hop'], other: Hop): boolean {
  return hop !== 'push' && hops.indexOf(hop) > hops.indexOf(other)
}

/** In which ways a case does not show what its author expected. */
export function surprises(one: Case, said: readonly Said[], shown: Shown): string[] {
  const out: string[] = []
  if (shown.breaks !== one.expect.breaks) out.push(`expected to break at ${one.expect.breaks}`)
  for (const rule of one.expect.rules) if (!said.some((finding) => finding.rule === rule)) out.push(`${rule} is silent`)
  for (const rule of one.expect.silent) if (said.some((finding) => finding.rule === rule)) out.push(`${rule} speaks`)
  return out
}
