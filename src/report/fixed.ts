import type { Text } from '../contracts/text.ts'
import { type Plan, plansOf } from '../engine/plans.ts'
import { printable } from '../privacy/printable.ts'
import type { Colours } from '../terminal/colours.ts'
import { wrapLine } from '../terminal/wrap.ts'
import { type AppReport, pathIn, type RenderOptions, type RunReport } from './report.ts'

const words = {
  fixed: { en: 'fixed', fr: 'corrigé :' },
  would: { en: 'would change', fr: 'changerait\u00a0:' },
  withheld: { en: 'not done', fr: 'non fait :' },
  breaks: { en: 'would break:', fr: 'casserait :' },
  stays: { en: 'would not resolve:', fr: 'ne résoudrait pas :' },
  or: { en: 'or', fr: 'ou' },
  changes: { en: 'changes', fr: 'change' },
  needs: { en: 'needs', fr: 'demande' },
  costs: { en: 'costs', fr: 'coûte' },
} satisfies Record<string, Text>

/**
 * What `--fix` did, file by file, and what it did not do because it would have broken something or ended nothing.
 * @param written false: nothing was written, and this is what would be done
 */
export function fixedText(
  { fixed = [], withheld = [] }: RunReport,
  { language, width }: RenderOptions,
  colours: Colours,
  written = true,
): string {
  const lines: string[] = []
  for (const { file, corrections } of fixed) {
    lines.push(`${colours.green(words[written ? 'fixed' : 'would'][language])} ${printable(file)}`)
    for (const { title, rule } of corrections) lines.push(`  ${title[language]} ${colours.dim(`(${rule})`)}`)
  }
  for (const { rule, title, because, why } of withheld) {
    const lead = words[why][language]
    lines.push(
      `${colours.yellow(words.withheld[language])} ${title[language]} ${colours.dim(`(${rule})`)}`,
      `  ${lead} ${because.message[language]}`,
    )
  }
  return lines
    .flatMap((line) => wrapLine(line, width))
    .map((line) => `${line}\n`)
    .join('')
}

/** What waits behind `--unsafe-fixes`: each plan with its ways, what they change, need and cost. */
export function waitingText({ apps, fixed }: RunReport, { language, width }: RenderOptions, colours: Colours): string {
  if (fixed === undefined) return ''
  const waiting = apps.flatMap((app) =>
    plansOf(app.tree, app.findings)
      .filter(({ choices }) => choices.every(({ safety }) => safety === 'unsafe'))
      .map((plan) => ({ app, plan })),
  )
  if (waiting.length === 0) return ''
  const count = waiting.length
  const head =
    language === 'fr'
      ? `${count} ${count > 1 ? 'corrections changent' : 'correction change'} le comportement : --unsafe-fixes ${count > 1 ? 'les' : 'l’'}${count > 1 ? ' ' : ''}applique`
      : `${count} ${count > 1 ? 'corrections change' : 'correction changes'} behaviour: --unsafe-fixes applies ${count > 1 ? 'them' : 'it'}`
  const lines = [head, ...waiting.flatMap(({ app, plan }) => planLines(app, plan, language, colours))]
  return `${lines.flatMap((line) => wrapLine(line, width)).join('\n')}\n`
}

/** A plan in a few lines: its ways, the files they touch, the findings it ends. */
export function planLines(
  app: Pick<AppReport, 'root'>,
  { findings, choices }: Plan,
  language: RenderOptions['language'],
  colours: Colours,
): string[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))].join(', ')
  const colon = language === 'fr' ? ' :' : ':'
  return choices.flatMap(({ fixes }, index) => {
    const title = fixes.map((fix) => fix.title[language]).join('; ')
    const files = [...new Set(fixes.flatMap(({ edits }) => edits.map(({ file }) => printable(pathIn(app.root, file)))))]
    const head = index === 0 ? `  ${title} ${colours.dim(`(${rules})`)}` : `  ${words.or[language]} ${title}`
    const told = (['changes', 'needs', 'costs'] as const).flatMap((kind) =>
      fixes.flatMap((fix) =>
        fix[kind] === undefined ? [] : [`    ${words[kind][language]}${colon} ${fix[kind][language]}`],
      ),
    )
    return [`${head} ${colours.dim(`→ ${files.join(', ')}`)}`, ...told]
  })
}
