import { type Agreement, agreementOf, firstHop, type Shown, surprises } from './agreement.ts'
import type { Case } from './case.ts'
import type { Said } from './verdict.ts'

/** One case that was run. */
export interface Row {
  readonly case: Case
  readonly shown: Shown
  readonly said: readonly Said[]
  readonly ms: number
}

/** A case that could not be run at all. */
export interface NotRun {
  readonly name: string
  readonly why: string
}

/** The agreement table, as text. */
export function tableOf(rows: readonly Row[], notRun: readonly NotRun[]): string {
  const judged = rows.map((row) => ({ row, agreement: agreementOf(row.said, row.shown) }))
  const count = (wanted: Agreement): number => judged.filter(({ agreement }) => agreement === wanted).length
  const compared = judged.length - count('not seen')
  const share = compared === 0 ? 100 : (100 * count('agrees')) / compared
  const lines = [
    `cases run            ${rows.length}`,
    `first broken hop     ${count('agrees')} of ${compared} agree (${share.toFixed(1)} %)`,
    `false alarms         ${count('false alarm')}`,
    `misses               ${count('miss')}`,
    `another hop          ${count('other hop')}`,
    `not to be seen       ${count('not seen')}`,
    `not run              ${notRun.length}`,
    `time                 ${(rows.reduce((sum, { ms }) => sum + ms, 0) / 1000 / Math.max(1, rows.length)).toFixed(1)} s per case`,
    '',
    ...hopLines(rows),
    '',
    ...ruleLines(judged),
  ]
  const disagreements = judged.filter(({ agreement }) => agreement !== 'agrees')
  if (disagreements.length > 0)
    lines.push('', 'Disagreements:', ...disagreements.map(({ row, agreement }) => `  ${agreement}: ${rowLine(row)}`))
  const odd = rows.flatMap((row) => {
    const found = surprises(row.case, row.said, row.shown)
    return found.length === 0 ? [] : [`  ${row.case.name}: ${found.join('; ')}; ${rowLine(row)}`]
  })
  if (odd.length > 0) lines.push('', 'Not as their authors expected:', ...odd)
  if (notRun.length > 0) lines.push('', 'Not run:', ...notRun.map(({ name, why }) => `  ${name}: ${why}`))
  return `${lines.join('\n')}\n`
}

/** One line about a case: what broke and what the linter said. */
export function rowLine({ case: one, shown, said, ms }: Row): string {
  const reality = shown.breaks === 'none' ? 'works' : `breaks at ${shown.breaks} (${shown.evidence})`
  const errors = said.filter(({ severity }) => severity === 'error')
  const others = said.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule)
  const first = firstHop(errors)
  const says = first === undefined ? 'no error' : `${first}: ${[...new Set(errors.map(({ rule }) => rule))].join(', ')}`
  const warned = others.length === 0 ? '' : `, warnings ${[...new Set(others)].join(', ')}`
  const skipped = Object.entries(shown.skipped).map(([hop, why]) => ` [${hop} not seen: ${why}]`)
  return `${one.name}: ${reality}; linter: ${says}${warned}${skipped.join('')} (${(ms / 1000).toFixed(1)} s)`
}

function hopLines(rows: readonly Row[]): string[] {
  const counts = new Map<string, number>()
  for (const { shown } of rows) counts.set(shown.breaks, (counts.get(shown.breaks) ?? 0) + 1)
  return ['Reality broke at:', ...[...counts].map(([hop, number]) => `  ${hop.padEnd(12)}${number}`)]
}

/** Per rule: cases that expect it and broke where it says, and cases that expect its silence. */
function ruleLines(judged: readonly { row: Row; agreement: Agreement }[]): string[] {
  const rules = new Map<string, { fires: number; silent: number; wrong: number }>()
  for (const { row, agreement } of judged) {
    const { expect } = row.case
    const odd = agreement === 'false alarm' || agreement === 'miss' || agreement === 'other hop'
    for (const rule of [...expect.rules, ...expect.silent]) {
      const counts = rules.get(rule) ?? { fires: 0, silent: 0, wrong: 0 }
      if (expect.rules.includes(rule)) counts.fires++
      else counts.silent++
      if (odd) counts.wrong++
      rules.set(rule, counts)
    }
  }
  const names = [...rules.keys()].sort()
  return [
    'Rules (cases in which it must speak / must be silent / that disagree):',
    ...names.map((name) => {
      const { fires, silent, wrong } = rules.get(name) as { fires: number; silent: number; wrong: number }
      return `  ${name.padEnd(36)}${fires} / ${silent} / ${wrong}`
    }),
  ]
}
