import { rules as allRules } from '../rules/index.generated.ts'
import type { App } from './app/app.ts'
import { absentHops } from './app/hops.ts'
import { type AppInput, noteFailure, readApp } from './app/read-app.ts'
import type { Ignore } from './config/config.ts'
import type { Hop } from './contracts/hop.ts'
import { chainOf } from './engine/chain.ts'
import { compareFindings, type Finding } from './engine/finding.ts'
import { ignoredBy } from './engine/ignores.ts'
import { isOn, type Rule } from './engine/rule.ts'
import { distinct, type Failure, run } from './engine/run.ts'
import { marker, suppress, suppressionsOf } from './engine/suppressions.ts'
import { alwaysPresent } from './files/present.ts'
import { readText, recording, type SourceFile } from './files/tree.ts'
import { nearest } from './nearest.ts'
import type { AppReport } from './report/report.ts'

/** They judge what happened while all other rules ran, so they run once those are done. */
const lastRules: ReadonlySet<string> = new Set([
  'engine/file-too-large',
  'engine/internal-error',
  'engine/unreadable-file',
  'engine/unused-suppression',
])

export interface CheckInput extends AppInput {
  /** Rules to run; all by default. */
  readonly rules?: readonly Rule[]
}

export interface CheckResult {
  readonly app: App
  readonly report: Omit<AppReport, 'root'>
  /** Rules that threw: our fault. */
  readonly failures: readonly Failure[]
}

/**
 * Reads one app and runs the rules over it: the one place where engine, rules and configuration meet. Never throws for
 * anything the project's files hold.
 */
export function check(input: CheckInput): CheckResult {
  const rules = input.rules ?? allRules
  const read = new Map<string, SourceFile>()
  // Only what the deploy needs is searched for ignore comments, and for secrets that must not be printed.
  const tree = recording(input.tree, read)
  const { config, today, watched, snapshot, presence = alwaysPresent } = input
  input.memo?.begin({ tree: input.tree, presence, given: { config, today, watched, snapshot } }, tree)
  const app = readApp({ ...input, tree })
  const first = run(
    app,
    rules.filter((rule) => !lastRules.has(rule.id)),
    input.config,
  )
  const comments = [...read.values()].filter((file) => file.text.includes(marker)).flatMap(suppressionsOf)
  const ran = new Set(rules.filter((rule) => isOn(rule, input.config)).map((rule) => rule.id as string))
  const known = new Set(allRules.map((rule) => rule.id as string))
  const { ignores } = input.config
  const ignored =
    ignores.length === 0
      ? { by: new Map<Finding, Ignore>(), unused: [] }
      : ignoredBy(ignores, first.findings, (id) => ran.has(id))
  app.audit.unusedIgnores = ignored.unused
  const split = suppress(
    first.findings,
    comments,
    (file) => readText(tree, file)?.text ?? '',
    (id) => ran.has(id) || !known.has(id),
  )
  app.audit.unusedSuppressions = split.unused.map(({ suppression, id, span }) => ({
    file: suppression.file,
    span,
    rule: id,
    known: known.has(id),
    nearest: known.has(id) ? undefined : nearest(id, [...known]),
  }))
  for (const { rule, error } of first.failures) noteFailure(app.audit.failures, rule, error)
  // Asked before the last rules run: a part that nobody needed so far may throw here.
  const notApplicable = attempt(() => absentHops(app), new Set<Hop>())
  const isDjango = attempt(() => app.isDjango, true)
  const usesChannels = attempt(() => app.usesChannels, true)
  const last = run(
    app,
    rules.filter((rule) => lastRules.has(rule.id)),
    input.config,
  )
  const findings: readonly Finding[] = [...split.kept.filter((finding) => !ignored.by.has(finding)), ...last.findings]
  return {
    app,
    failures: [...first.failures, ...last.failures],
    report: {
      tree,
      sources: read,
      chain: chainOf(findings, { notApplicable, unknowns: first.unknowns }),
      findings,
      suppressed: [
        ...split.suppressed,
        ...split.kept.flatMap((finding) => {
          const entry = ignored.by.get(finding)
          const accepted = { by: 'configuration', reason: entry?.reason ?? '' } as const
          return entry === undefined ? [] : [{ ...finding, accepted }]
        }),
      ].sort(compareFindings),
      filtered: [],
      undetermined: distinct([...first.unknowns.values()].flat()),
      isDjango,
      usesChannels,
    },
  }
}

function attempt<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch {
    return otherwise
  }
}
