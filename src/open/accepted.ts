import { rules } from '../../rules/index.generated.ts'
import { type KnownFinding, knownFindings, matchKnown } from '../engine/baseline.ts'
import type { Finding } from '../engine/finding.ts'
import type { AppReport, Filter } from '../report/report.ts'

/**
 * What is shown of an app. The whole of it is read and judged whatever was asked for: the chain tells of everything, and what
 * is not shown is counted.
 */
export function without(app: AppReport, by: Filter, hidden: (finding: Finding) => boolean): AppReport {
  const findings = app.findings.filter(hidden)
  if (findings.length === 0) return app
  return {
    ...app,
    findings: app.findings.filter((finding) => !findings.includes(finding)),
    filtered: [...app.filtered, { by, findings }],
  }
}

/** What is about the tool's own files is put right, not accepted: no baseline and no revision hides it. */
const aside = new Set<string>(rules.filter((rule) => rule.aside === true).map(({ id }) => id))

/** The findings of an app that a list of known ones can hold. `named` says how the list writes a file of the app. */
export function comparable(
  { tree, findings, filtered }: AppReport,
  named: (file: string) => string,
): { readonly findings: readonly Finding[]; readonly known: readonly KnownFinding[] } {
  // Also what is hidden for another reason, so that equal findings are counted the same whatever is shown.
  const all = [...findings, ...filtered.flatMap((one) => one.findings)]
    .filter(({ rule }) => !aside.has(rule))
    .sort((a, b) => (a.at.file < b.at.file ? -1 : a.at.file > b.at.file ? 1 : a.at.span.start - b.at.span.start))
  return { findings: all, known: knownFindings(tree, all, named) }
}

/** An app without the findings that a list knows, and the entries of the list that nothing matches. */
export function withoutKnown(
  app: AppReport,
  by: 'baseline' | 'since',
  list: readonly KnownFinding[],
  named: (file: string) => string,
  exists: (file: string) => boolean,
): { readonly app: AppReport; readonly stale: readonly KnownFinding[] } {
  const { findings, known } = comparable(app, named)
  const { matched, stale } = matchKnown(list, known, exists)
  const hidden = new Set(findings.filter((_, index) => matched.has(known[index] as KnownFinding)))
  return { app: without(app, by, (finding) => hidden.has(finding)), stale }
}
