import { agreements, causesOf, firstHop, type Judgement, judge, type Shown, surprises } from './agreement.ts'
import { type Case, hops } from './case.ts'
import type { Chain, Said } from './verdict.ts'

/** One case that was run. */
export interface Row {
  readonly case: Case
  readonly shown: Shown
  readonly said: readonly Said[]
  readonly chain: Chain
  readonly ms: number
}

/** A case that could not be run at all. */
export interface NotRun {
  readonly name: string
  readonly why: string
}

interface Judged {
  readonly row: Row
  readonly judgement: Judgement
}

/** How one case compares. */
export function judgementOf({ case: one, said, chain, shown }: Row): Judgement {
  return judge(said, chain, shown, one.expect)
}

/** The agreement table, as text. */
export function tableOf(rows: readonly Row[], notRun: readonly NotRun[]): string {
  const judged = rows.map((row) => ({ row, judgement: judgementOf(row) }))
  const lines = [
    ...sums(judged),
    line('not run', notRun.length),
    line(
      'time',
      `${(rows.reduce((sum, { ms }) => sum + ms, 0) / 1000 / Math.max(1, rows.length)).toFixed(1)} s per case`,
    ),
    '',
    ...hopLines(judged),
    '',
    ...ruleLines(judged),
  ]
  const told = judged.map(({ row, judgement }) => ({ marks: marksOf(judgement), text: rowLine(row) }))
  const disagreements = told.filter(({ marks }) => marks !== 'agrees')
  if (disagreements.length > 0)
    lines.push('', 'Disagreements:', ...disagreements.map(({ marks, text }) => `  ${marks}: ${text}`))
  const odd = rows.flatMap((row) => {
    const found = surprises(row.case, row.said, row.shown)
    return found.length === 0 ? [] : [`  ${row.case.name}: ${found.join('; ')}; ${rowLine(row)}`]
  })
  if (odd.length > 0) lines.push('', 'Not as their authors expected:', ...odd)
  if (notRun.length > 0) lines.push('', 'Not run:', ...notRun.map(({ name, why }) => `  ${name}: ${why}`))
  return `${lines.join('\n')}\n`
}

/** The agreement, with what the chain said wrong. */
export function marksOf({ agreement, falseTick, couldHaveKnown }: Judgement): string {
  const known = couldHaveKnown.length === 0 ? '' : `, could have known ${couldHaveKnown.join(' ')}`
  return `${agreement}${falseTick ? ', false ✓' : ''}${known}`
}

/** Whether every hop was seen: from the build to the messages, the silence and the page, if there is one. */
export function wentTheWholeWay({ breaks, skipped }: Shown): boolean {
  return breaks === 'none' && Object.keys(skipped).length === 0
}

function line(name: string, value: string | number): string {
  return `${name.padEnd(24)}${value}`
}

function sums(judged: readonly Judged[]): string[] {
  const count = (fits: (one: Judged) => boolean): number => judged.filter(fits).length
  const compared = count(({ judgement }) => judgement.agreement !== 'not seen')
  const share = (part: number): string =>
    `${part} of ${compared} (${(compared === 0 ? 100 : (100 * part) / compared).toFixed(1)} %)`
  const agreed = count(({ judgement }) => judgement.agreement === 'agrees')
  const others = agreements.filter((one) => one !== 'agrees')
  return [
    line('cases run', judged.length),
    line('agrees (cause)', share(agreed)),
    ...others.map((name) =>
      line(
        name,
        count(({ judgement }) => judgement.agreement === name),
      ),
    ),
    line(
      'false ✓',
      count(({ judgement }) => judgement.falseTick),
    ),
    line(
      'could have known',
      count(({ judgement }) => judgement.couldHaveKnown.length > 0),
    ),
    line(
      'works',
      count(({ row }) => row.shown.breaks === 'none'),
    ),
    line(
      'works, the whole way',
      count(({ row }) => wentTheWholeWay(row.shown)),
    ),
  ]
}

/** One line about a case: what broke and what the linter said. */
export function rowLine({ case: one, shown, said, ms }: Row): string {
  const reality = shown.breaks === 'none' ? 'works' : `breaks at ${shown.breaks} (${shown.evidence})`
  const errors = said.filter(({ severity }) => severity === 'error')
  const others = said.filter(({ severity }) => severity === 'warning').map(({ rule }) => rule)
  const first = firstHop(errors)
  const says = first === undefined ? 'no error' : `${first}: ${[...new Set(errors.map(({ rule }) => rule))].join(', ')}`
  const warned = others.length === 0 ? '' : `, warnings ${[...new Set(others)].join(', ')}`
  const cause = shown.breaks === 'none' ? '' : `; cause ${causesOf(one.expect).join(' or ') || 'no rule’s'}`
  const skipped = Object.entries(shown.skipped).map(([hop, why]) => ` [${hop} not seen: ${why}]`)
  return `${one.name}: ${reality}${cause}; linter: ${says}${warned}${skipped.join('')} (${(ms / 1000).toFixed(1)} s)`
}

/** Per hop: what the chain said of it where it was the first to break. */
function hopLines(judged: readonly Judged[]): string[] {
  const broke = hops.flatMap((hop) => {
    const here = judged.filter(({ row }) => row.shown.breaks === hop)
    if (here.length === 0) return []
    const agreed = here.filter(({ judgement }) => judgement.agreement === 'agrees').length
    const ticks = here.filter(({ judgement }) => judgement.falseTick).length
    return [`  ${hop.padEnd(12)}${here.length} / ${agreed} / ${ticks}`]
  })
  return ['Reality broke at (cases / agree / false ✓):', ...broke]
}

/** Per rule: cases that it has to explain and that broke, cases that expect its silence, and those of them that disagree. */
function ruleLines(judged: readonly Judged[]): string[] {
  const rules = new Map<string, { shown: number; silent: number; wrong: number }>()
  for (const { row, judgement } of judged) {
    const { expect } = row.case
    const shown = row.shown.breaks === 'none' ? [] : [...new Set([...expect.rules, ...causesOf(expect)])]
    for (const rule of [...shown, ...expect.silent]) {
      const counts = rules.get(rule) ?? { shown: 0, silent: 0, wrong: 0 }
      if (shown.includes(rule)) counts.shown++
      else counts.silent++
      if (!['agrees', 'not seen'].includes(judgement.agreement)) counts.wrong++
      rules.set(rule, counts)
    }
  }
  return [
    'Rules (cases that break and show it / in which it must be silent / that disagree):',
    ...[...rules]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { shown, silent, wrong }]) => `  ${name.padEnd(36)}${shown} / ${silent} / ${wrong}`),
  ]
}
