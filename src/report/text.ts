import pc from 'picocolors'
import type { Severity } from '../contracts/severity.ts'
import type { Language, Text } from '../contracts/text.ts'
import type { ChainLink, HopState } from '../engine/chain.ts'
import type { Finding } from '../engine/finding.ts'
import { readText } from '../files/tree.ts'
import { printable } from '../privacy/printable.ts'
import { codeFrame } from './code-frame.ts'
import { maskerFor } from './guard.ts'
import { type AppReport, type Format, locator, type RenderOptions, summarise } from './report.ts'

type Colours = ReturnType<typeof pc.createColors>

const severityNames: Record<Severity, Text> = {
  error: { en: 'error', fr: 'erreur' },
  warning: { en: 'warning', fr: 'avertissement' },
  info: { en: 'info', fr: 'info' },
}

const words = {
  when: { en: 'when', fr: 'quand' },
  mend: { en: 'mend', fr: 'remède' },
  page: { en: 'page', fr: 'page' },
  fix: { en: 'fix', fr: 'correction' },
  unsafe: { en: '(changes behaviour)', fr: '(change le comportement)' },
  undetermined: { en: 'undetermined', fr: 'indéterminé' },
  suppressed: { en: 'suppressed', fr: 'ignoré' },
  noDjango: {
    en: 'no Django project found here: nothing to check for WebSockets',
    fr: 'aucun projet Django ici : rien à vérifier pour les WebSockets',
  },
  noChannels: {
    en: 'this project does not use Django Channels: the WebSocket hops do not apply',
    fr: 'ce projet n’utilise pas Django Channels : les étapes WebSocket ne s’appliquent pas',
  },
} satisfies Record<string, Text>

/** For people: each finding with its code, the reason and the mend; then the chain of hops; then one line that sums up. */
export const text: Format = (report, options) => {
  const colours = pc.createColors(options.colour)
  const several = report.apps.length > 1
  const parts: string[] = []
  for (const app of report.apps) {
    if (several) parts.push(colours.bold(`${printable(app.root)}\n`))
    for (const finding of app.findings) parts.push(renderFinding(app, finding, options, colours))
    if (options.verbose) parts.push(renderVerbose(app, options, colours))
    parts.push(renderChain(app, options.language, colours))
  }
  parts.push(summaryLine(report.apps, options, colours))
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

const marks: Record<HopState, string> = { holds: '✓', breaks: '✗', undetermined: '?', 'not-applicable': '–' }

const states: Record<HopState, Text> = {
  holds: { en: 'holds', fr: 'tient' },
  breaks: { en: 'breaks', fr: 'casse' },
  undetermined: { en: 'undetermined', fr: 'indéterminé' },
  'not-applicable': { en: 'does not apply', fr: 'sans objet' },
}

/** `push ✓ → build ✓ → … → stay ?`, with `safety` beside it, and a line that says which rules break it first. */
function renderChain(app: AppReport, language: Language, colours: Colours): string {
  if (!app.isDjango) return `${words.noDjango[language]}\n`
  const chain = app.chain.filter((link) => link.hop !== 'safety')
  const safety = app.chain.find((link) => link.hop === 'safety')
  const drawn = chain.map((link) => drawLink(link, colours)).join(colours.dim(' → '))
  const lines = [safety === undefined ? drawn : `${drawn}   ${drawLink(safety, colours)}`]
  const broken = chain.find((link) => link.state === 'breaks')
  if (broken !== undefined) {
    const what = language === 'fr' ? `la chaîne casse à ${broken.hop}` : `the chain breaks at ${broken.hop}`
    lines.push(`${colours.red(what)}${colon(language)} ${broken.rules.join(', ')}`)
  } else if (!app.usesChannels) lines.push(words.noChannels[language])
  return `${lines.join('\n')}\n`
}

function drawLink({ hop, state }: ChainLink, colours: Colours): string {
  const colour = {
    holds: colours.green,
    breaks: colours.red,
    undetermined: colours.yellow,
    'not-applicable': colours.dim,
  }[state]
  return colour(`${hop} ${marks[state]}`)
}

/** The meaning of the marks, for the help text. */
export function legend(language: Language): string {
  return (Object.keys(marks) as HopState[]).map((state) => `${marks[state]} ${states[state][language]}`).join('  ')
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
