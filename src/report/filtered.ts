import type { Language, Text } from '../contracts/text.ts'
import { printable } from '../privacy/printable.ts'
import { type Filter, filteredBy, type RunReport, summarise } from './report.ts'

/** A line for each reason for which findings are not shown, and one for what is stale in the baseline. */
export function filteredLines(report: RunReport, language: Language): readonly string[] {
  const lines = (['files', 'rules', 'since', 'baseline'] as const).flatMap((by) => {
    const findings = filteredBy(report.apps, by)
    return findings.length === 0 ? [] : [sentenceOf(by, totals(findings, language), findings.length, report)[language]]
  })
  const { baseline } = report
  if (baseline !== undefined && baseline.stale.length > 0) lines.push(staleLine(baseline, language))
  return lines
}

function totals(findings: Parameters<typeof summarise>[0][number]['findings'], language: Language): string {
  const { error, warning, info } = summarise([{ findings }])
  const of = (count: number, one: string, many: string): string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  return language === 'fr'
    ? [
        ...of(error, 'erreur', 'erreurs'),
        ...of(warning, 'avertissement', 'avertissements'),
        ...of(info, 'info', 'infos'),
      ].join(', ')
    : [...of(error, 'error', 'errors'), ...of(warning, 'warning', 'warnings'), ...of(info, 'info', 'infos')].join(', ')
}

function sentenceOf(by: Filter, counts: string, count: number, { baseline, since }: RunReport): Text {
  const one = count === 1
  switch (by) {
    case 'files':
      return {
        en: `${counts} ${one ? 'stands' : 'stand'} in other files`,
        fr: `${counts} dans d’autres fichiers`,
      }
    case 'rules':
      return {
        en: `${counts} of rules that were left out`,
        fr: `${counts} de règles laissées de côté`,
      }
    case 'since':
      return {
        en: `${counts} ${one ? 'was' : 'were'} there at ${printable(since ?? '')} already`,
        fr: `${counts} déjà là à ${printable(since ?? '')}`,
      }
    case 'baseline':
      return {
        en: `${counts} ${one ? 'is' : 'are'} in ${printable(baseline?.file ?? '')}`,
        fr: `${counts} dans ${printable(baseline?.file ?? '')}`,
      }
  }
}

function staleLine({ file, stale }: NonNullable<RunReport['baseline']>, language: Language): string {
  const named = stale.slice(0, 5).map((one) => `${printable(one.rule)} (${printable(one.file)})`)
  const more = stale.length - named.length
  const list = `${named.join(', ')}${more > 0 ? (language === 'fr' ? `, et ${more} de plus` : `, and ${more} more`) : ''}`
  const one = stale.length === 1
  return language === 'fr'
    ? `${stale.length} ${one ? 'entrée' : 'entrées'} de ${printable(file)} ${one ? 'ne correspond' : 'ne correspondent'} plus à rien\u00a0: ${list}\u202f; --update-baseline ${one ? 'la retire' : 'les retire'}`
    : `${stale.length} ${one ? 'entry' : 'entries'} of ${printable(file)} ${one ? 'matches' : 'match'} nothing any more: ${list}; --update-baseline drops ${one ? 'it' : 'them'}`
}
