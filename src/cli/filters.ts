import { rules } from '../../rules/index.generated.ts'
import { nearestRule, rulesNamed } from '../config/rule-globs.ts'
import { type KnownFinding, knownFindings, matchKnown } from '../engine/baseline.ts'
import type { Finding } from '../engine/finding.ts'
import type { AppReport, Filter } from '../report/report.ts'
import type { CommandLine } from './args.ts'
import { UsageError } from './io.ts'

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

/**
 * The rules that `--select` and `--ignore` ask for.
 * @throws UsageError for a name that no rule has
 */
export function selectedRules({ select, ignore }: Pick<CommandLine, 'select' | 'ignore'>): ReadonlySet<string> {
  const ids = rules.map((rule) => rule.id as string)
  const all = (option: string, names: readonly string[]): string[] =>
    names.flatMap((name) => {
      const found = rulesNamed(name, ids)
      if (found.length === 0) throw unknownRule(option, name, nearestRule(name, ids))
      return found
    })
  const selected = new Set(select.length === 0 ? ids : all('--select', select))
  for (const id of all('--ignore', ignore)) selected.delete(id)
  return selected
}

function unknownRule(option: string, name: string, near: string | undefined): UsageError {
  return new UsageError({
    en: `${option}: no rule is called “${name}”${near === undefined ? '' : `; did you mean ${near}?`}`,
    fr: `${option}\u00a0: aucune règle ne s’appelle «\u00a0${name}\u00a0»${near === undefined ? '' : `\u202f; vouliez-vous dire ${near}\u202f?`}`,
  })
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
