import type { Text } from '../contracts/text.ts'
import type { Finding } from '../engine/finding.ts'
import { printable } from '../privacy/printable.ts'
import { type Colours, createColours } from '../terminal/colours.ts'
import { clamp, pack, widthOf, wordsOf, wrap, wrapLine } from '../terminal/wrap.ts'
import { drawChain } from './chain.ts'
import { filteredLines } from './filtered.ts'
import { fixedText, waitingText } from './fixed.ts'
import { marks, states } from './marks.ts'
import { counted, nouns } from './numbers.ts'
import { type AppReport, type Format, locator, type RenderOptions, type RunReport, summarise } from './report.ts'
import { firstBreak, type Section, sectionsOf } from './sections.ts'
import { type Detail, sectionRenderer } from './text-finding.ts'

const words = {
  undetermined: { en: 'undetermined', fr: 'indéterminé :' },
  suppressed: { en: 'suppressed', fr: 'ignoré :' },
  beside: { en: 'beside the chain', fr: 'hors de la chaîne' },
  help: { en: 'help:', fr: 'remède\u00a0:' },
  unsafe: { en: '(behaviour changes)', fr: '(le comportement change)' },
  explain: {
    en: '{explain}: why, and what to write (-v: all in full)',
    fr: '{explain}\u00a0: pourquoi, quoi écrire (-v\u00a0: tout)',
  },
} satisfies Record<string, Text>

/**
 * For people: the findings hop by hop in the order of a deploy, each with its code and what to do; then the chain, what it
 * sums up to, and in the last line what breaks it first.
 */
export const text: Format = (report, options) => {
  const colours = createColours(options.colour)
  const several = report.apps.length > 1
  const parts: string[] = []
  if (report.fixed !== undefined) parts.push(fixedText(report, options, colours))
  // Only fixing was asked for.
  if (report.fixed !== undefined && report.apps.length === 0) return parts.join('')
  const breaks: string[] = []
  for (const app of report.apps) {
    if (several) parts.push(colours.bold(`${printable(app.root)}\n`))
    const sections = sectionsOf(app)
    const first = firstBreak(sections)
    const told = tellAll(app, sections, first, options, colours)
    parts.push(told)
    if (options.verbose) parts.push(renderVerbose(app, options, colours))
    parts.push(drawChain(app, options, colours))
    if (first !== undefined) breaks.push(breakLine(app, first, isScrolledAway(told), options, colours))
  }
  const explain = whatNext(report.apps, options, colours)
  const beside = filteredLines(report, options.language)
    .flatMap((line) => wrapLine(line, options.width))
    .map((line) => `${line}\n`)
  const offered = report.fixed === undefined ? waiting(report, options) : waitingText(report, options, colours)
  const end = summaryLine(report, options, colours) + beside.join('') + offered + explain + breaks.join('')
  parts.push(several ? end : `${parts.pop() ?? ''}${end}`)
  return parts.filter((part) => part !== '').join('\n')
}

/** Lines that are read without scrolling. */
const screen = 40
/** Lines that a long report has for its findings: two screens, with what stands below them less than 90 lines. */
const long = 74

const isError = ({ severity }: Finding): boolean => severity === 'error'

/**
 * In full when that is short; else without the code of what is no error; else what breaks first in full, of other errors
 * what they say and what to do, and of the rest the beginning of what it says; where there is much to tell one line of
 * that, and of errors that a deploy meets later their beginning too.
 */
function tellAll(
  app: AppReport,
  sections: readonly Section[],
  first: Finding | undefined,
  options: RenderOptions,
  colours: Colours,
): string {
  const told = (detailOf: (section: Section, finding: Finding) => Detail): string => {
    const render = sectionRenderer(app, first, detailOf, options, colours)
    return sections.map((section) => `${heading(section, options, colours)}\n${render(section)}`).join('')
  }
  const soon = ({ hop }: Section): boolean => hop === first?.hop
  const levels: { readonly most: number; detailOf(section: Section, finding: Finding): Detail }[] = [
    { most: screen, detailOf: () => 'full' },
    { most: screen, detailOf: (_, finding) => (isError(finding) ? 'full' : 'brief') },
    {
      most: long,
      detailOf: (section, finding) => (!isError(finding) ? 'short' : soon(section) ? 'full' : 'brief'),
    },
    { most: long, detailOf: (_, finding) => (finding === first ? 'full' : isError(finding) ? 'brief' : 'line') },
    {
      most: Number.POSITIVE_INFINITY,
      detailOf(section, finding) {
        if (!isError(finding)) return 'line'
        return finding === first ? 'full' : soon(section) ? 'brief' : 'short'
      },
    },
  ]
  let output = ''
  for (const { most, detailOf } of options.verbose || options.whole === true ? levels.slice(0, 1) : levels) {
    output = told(detailOf)
    if (output.split('\n').length <= most) break
  }
  return output
}

/** `── build ✗ breaks ──────`. */
function heading({ hop, state }: Section, { language, width }: RenderOptions, colours: Colours): string {
  const known = hop !== 'beside' && state !== undefined
  const paint = state === 'breaks' ? colours.red : state === 'holds' ? colours.green : colours.yellow
  const title = known
    ? `${colours.bold(hop)} ${paint(`${marks[state]} ${states[state][language]}`)}`
    : colours.bold(words.beside[language])
  return `${colours.dim('──')} ${title} ${colours.dim('─'.repeat(width - widthOf(title) - 4))}`
}

/** Whether the beginning is off the screen once all is written: below the findings stand a dozen lines. */
const isScrolledAway = (told: string): boolean => told.split('\n').length + 12 > screen

/** `the chain breaks at boot: web/asgi.py:5 asgi/import-order: this imports …`, and what to do where that is no longer seen. */
function breakLine(
  app: AppReport,
  finding: Finding,
  withHelp: boolean,
  { language, width }: RenderOptions,
  colours: Colours,
): string {
  const { file, start } = locator(app)(finding.at)
  const what =
    language === 'fr' ? `la chaîne casse à l’étape ${finding.hop}\u00a0:` : `the chain breaks at ${finding.hop}:`
  const place = colours.bold(`${printable(file)}:${start.line}`)
  const colon = language === 'fr' ? '\u00a0:' : ':'
  // A path with a blank stays whole: it is there to be opened.
  const line = [
    ...wordsOf(colours.red(what), width),
    place,
    ...wordsOf(`${finding.rule}${colon} ${finding.message[language]}`, width - 2),
  ]
  const help = finding.help[language]
  const remedy =
    withHelp && help !== '' ? wrap(`${colours.green(words.help[language])} ${help}`, width, '  ', '    ') : []
  return `${[...clamp(pack(line, width, '', '  '), width, 3), ...clamp(remedy, width)].join('\n')}\n`
}

function renderVerbose(app: AppReport, { language, width }: RenderOptions, colours: Colours): string {
  const locate = locator(app)
  const colon = language === 'fr' ? ' :' : ':'
  const lines = app.undetermined.map(({ what, why, at }) => {
    const place = at === undefined ? undefined : locate(at)
    const where = place === undefined ? '' : `${printable(place.file)}:${place.start.line}: `
    return `${colours.dim(`${where}${words.undetermined[language]}`)} ${what[language]}${colon} ${why[language]}`
  })
  for (const finding of app.suppressed) {
    const { file, start } = locate(finding.at)
    const head = colours.dim(`${printable(file)}:${start.line}: ${words.suppressed[language]}`)
    lines.push(`${head} ${finding.rule} ${finding.message[language]}`)
  }
  return lines.map((line) => `${wrap(line, width, '', '  ').join('\n')}\n`).join('')
}

function summaryLine({ apps }: RunReport, { language, verbose, width }: RenderOptions, colours: Colours): string {
  const { error, warning, info } = summarise(apps)
  const suppressed = apps.reduce((sum, app) => sum + app.suppressed.length, 0)
  const undetermined = apps.reduce((sum, app) => sum + app.undetermined.length, 0)
  const parts = [
    (error > 0 ? colours.red : String)(counted(error, nouns.error, language)),
    (warning > 0 ? colours.yellow : String)(counted(warning, nouns.warning, language)),
    counted(info, nouns.info, language),
  ]
  if (suppressed > 0) parts.push(counted(suppressed, nouns.suppressed, language))
  if (undetermined > 0) {
    const hint = verbose ? '' : language === 'fr' ? ' (--verbose les liste)' : ' (--verbose lists them)'
    parts.push(counted(undetermined, nouns.undetermined, language) + hint)
  }
  return `${wrap(parts.join(', '), width, '', '  ').join('\n')}\n`
}

/** Where to read more: of the finding that breaks the chain first, else of the first that is told. */
function whatNext(apps: readonly AppReport[], { language, links, width }: RenderOptions, colours: Colours): string {
  const all = apps.map(sectionsOf)
  const finding = all.map(firstBreak).find((one) => one !== undefined) ?? all.flat()[0]?.told[0]?.finding
  if (finding === undefined || links) return ''
  const line = words.explain[language].replace('{explain}', `dynolint explain ${finding.rule}`)
  return wrap(line, width, '', '  ')
    .map((one) => `${colours.dim(one)}\n`)
    .join('')
}

/** The corrections that are offered. */
function waiting({ apps }: RunReport, { language, width }: RenderOptions): string {
  const offered = apps.flatMap(({ findings }) => findings).flatMap(({ fixes }) => fixes.slice(0, 1))
  const unsafe = offered.filter(({ safety }) => safety === 'unsafe').length
  const safe = offered.length - unsafe
  const [label, by] = language === 'fr' ? ['corrections possibles\u00a0:', 'avec'] : ['fixes available:', 'with']
  const parts = [
    ...(safe > 0 ? [`${safe} ${by} --fix`] : []),
    ...(unsafe > 0 ? [`${unsafe} ${by} --unsafe-fixes ${words.unsafe[language]}`] : []),
  ]
  return parts.length === 0 ? '' : `${wrap(`${label} ${parts.join(', ')}`, width, '', '  ').join('\n')}\n`
}
