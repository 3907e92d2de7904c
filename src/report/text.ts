import { type Severity, severityNames } from '../contracts/severity.ts'
import type { Language, Text } from '../contracts/text.ts'
import type { Finding } from '../engine/finding.ts'
import { readText } from '../files/tree.ts'
import { printable } from '../privacy/printable.ts'
import { type Colours, createColours } from '../terminal/colours.ts'
import { drawChain } from './chain.ts'
import { codeFrame } from './code-frame.ts'
import { fixedText, waitingText } from './fixed.ts'
import { maskerFor } from './masking.ts'
import { type AppReport, type Format, locator, type RenderOptions, summarise } from './report.ts'

const words = {
  when: { en: 'when', fr: 'quand' },
  mend: { en: 'mend', fr: 'remède' },
  page: { en: 'page', fr: 'page' },
  fix: { en: 'fix', fr: 'correction' },
  unsafe: { en: '(changes behaviour)', fr: '(change le comportement)' },
  undetermined: { en: 'undetermined', fr: 'indéterminé' },
  suppressed: { en: 'suppressed', fr: 'ignoré' },
} satisfies Record<string, Text>

/** For people: each finding with its code, the reason and the mend; then the chain of hops; then one line that sums up. */
export const text: Format = (report, options) => {
  const colours = createColours(options.colour)
  const several = report.apps.length > 1
  const parts: string[] = []
  if (report.fixed !== undefined) parts.push(fixedText(report, options, colours))
  // Only fixing was asked for.
  if (report.fixed !== undefined && report.apps.length === 0) return parts.join('')
  for (const app of report.apps) {
    if (several) parts.push(colours.bold(`${printable(app.root)}\n`))
    for (const finding of app.findings) parts.push(renderFinding(app, finding, options, colours))
    if (options.verbose) parts.push(renderVerbose(app, options, colours))
    parts.push(drawChain(app, options.language, colours, options.verbose))
  }
  parts.push(summaryLine(report.apps, options, colours))
  if (report.fixed !== undefined) parts.push(waitingText(report, options, colours))
  return parts.filter((part) => part !== '').join('\n')
}

/** French puts a space before it. */
function colon(language: Language): string {
  return language === 'fr' ? ' :' : ':'
}

function paint(severity: Severity, colours: Colours): (text: string) => string {
  return severity === 'error' ? colours.red : severity === 'warning' ? colours.yellow : colours.cyan
}

function renderFinding(app: AppReport, finding: Finding, options: RenderOptions, colours: Colours): string {
  const { language } = options
  const locate = locator(app)
  const where = locate(finding.at)
  const colour = paint(finding.severity, colours)
  const head = `${colours.bold(`${printable(where.file)}:${where.start.line}:${where.start.column}`)} ${colour(severityNames[finding.severity][language])} ${colours.bold(finding.rule)}`
  const lines = [head, `  ${finding.message[language]}`]
  if (finding.condition !== undefined) lines.push(`  ${words.when[language]} ${finding.condition[language]}`)
  const source = readText(app.tree, finding.at.file)
  if (source !== undefined)
    lines.push(...codeFrame(source, finding.at.span, colour, colours.dim, maskerFor(app).hidden))
  for (const related of finding.related) {
    const place = locate(related.at)
    lines.push(colours.dim(`  ${printable(place.file)}:${place.start.line}: `) + related.message[language])
  }
  if (finding.mend[language] !== '')
    lines.push(`  ${colours.green(words.mend[language])}${colon(language)} ${finding.mend[language]}`)
  for (const fix of finding.fixes) {
    const safety = fix.safety === 'unsafe' ? ` ${words.unsafe[language]}` : ''
    lines.push(`  ${colours.green(words.fix[language])}${colon(language)} ${fix.title[language]}${safety}`)
  }
  lines.push(colours.dim(`  ${words.page[language]}${colon(language)} ${options.docs(finding.rule)}`))
  return `${lines.join('\n')}\n`
}

function renderVerbose(app: AppReport, { language }: RenderOptions, colours: Colours): string {
  const locate = locator(app)
  const lines = app.undetermined.map(({ what, why, at }) => {
    const place = at === undefined ? undefined : locate(at)
    const where = place === undefined ? '' : `${printable(place.file)}:${place.start.line}: `
    return `${colours.dim(`${where}${words.undetermined[language]}`)} ${what[language]}: ${why[language]}\n`
  })
  for (const finding of app.suppressed) {
    const { file, start } = locate(finding.at)
    lines.push(
      `${colours.dim(`${printable(file)}:${start.line}: ${words.suppressed[language]}`)} ${finding.rule} ${finding.message[language]}\n`,
    )
  }
  return lines.join('')
}

function summaryLine(apps: readonly AppReport[], { language, verbose }: RenderOptions, colours: Colours): string {
  const { error, warning, info } = summarise(apps)
  const suppressed = apps.reduce((sum, app) => sum + app.suppressed.length, 0)
  const undetermined = apps.reduce((sum, app) => sum + app.undetermined.length, 0)
  const fr = language === 'fr'
  const parts = [
    counted(error, fr ? 'erreur' : 'error', (s) => (error > 0 ? colours.red(s) : s)),
    counted(warning, fr ? 'avertissement' : 'warning', (s) => (warning > 0 ? colours.yellow(s) : s)),
    counted(info, 'info', (s) => s, false),
  ]
  if (suppressed > 0) parts.push(counted(suppressed, fr ? 'ignoré' : 'suppressed', (s) => s, fr))
  if (undetermined > 0) {
    const hint = verbose ? '' : fr ? ' (--verbose les liste)' : ' (--verbose lists them)'
    parts.push(counted(undetermined, fr ? 'indéterminé' : 'undetermined', (s) => s, fr) + hint)
  }
  return `${parts.join(', ')}\n`
}

function counted(count: number, word: string, paint: (text: string) => string, plural = true): string {
  return paint(`${count} ${word}${plural && count !== 1 ? 's' : ''}`)
}
