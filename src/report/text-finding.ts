import type { Related } from '../contracts/place.ts'
import { type Severity, severityNames } from '../contracts/severity.ts'
import type { Text } from '../contracts/text.ts'
import type { Finding } from '../engine/finding.ts'
import { readText } from '../files/tree.ts'
import { printable } from '../privacy/printable.ts'
import type { Colours } from '../terminal/colours.ts'
import { link } from '../terminal/link.ts'
import { clamp, pack, wrap } from '../terminal/wrap.ts'
import { codeFrame } from './code-frame.ts'
import { maskerFor } from './masking.ts'
import { type AppReport, locator, type RenderOptions } from './report.ts'
import type { Section, ToldOnce } from './sections.ts'

const words = {
  when: { en: 'when', fr: 'quand' },
  help: { en: 'help:', fr: 'remède :' },
  fix: { en: 'fix available:', fr: 'correction possible :' },
  unsafe: { en: '(changes behaviour)', fr: '(change le comportement)' },
  also: { en: 'also at', fr: 'de même :' },
  first: { en: '← breaks first', fr: '← casse en premier' },
} satisfies Record<string, Text>

/** How much is told of a finding: with its code and the related places; what it says and what to do; two lines of what it says; one. */
export type Detail = 'full' | 'brief' | 'short' | 'line'

/** Tells the findings of a section. What the one above it of the same rule said already (what to do, a related place) is left out. */
export function sectionRenderer(
  app: AppReport,
  first: Finding | undefined,
  detailOf: (section: Section, finding: Finding) => Detail,
  options: RenderOptions,
  colours: Colours,
): (section: Section) => string {
  const { language, width, verbose } = options
  const locate = locator(app)
  const { hidden } = maskerFor(app)
  const linked = new Set<string>()

  function ruleName(rule: string): string {
    const name = colours.bold(rule)
    if (!options.links || linked.has(rule)) return name
    linked.add(rule)
    return link(name, options.docs(rule))
  }

  function head(finding: Finding): string[] {
    const { file, start } = locate(finding.at)
    // A path with a blank stays whole: it is there to be opened.
    const parts = [
      colours.bold(`${printable(file)}:${start.line}:${start.column}`),
      paint(finding.severity, colours)(severityNames[finding.severity][language]),
      ruleName(finding.rule),
    ]
    if (finding === first) parts.push(` ${colours.red(words.first[language])}`)
    return pack(parts, width, '', '    ')
  }

  function paragraph(text: string): string[] {
    return wrap(text, width, '  ')
  }

  function frame(finding: Finding): string[] {
    const source = readText(app.tree, finding.at.file)
    if (source === undefined) return []
    const mark = paint(finding.severity, colours)
    return codeFrame(source, finding.at.span, { mark, dim: colours.dim, hidden, width, brief: !verbose })
  }

  function elsewhere(also: readonly Finding[]): string[] {
    if (also.length === 0) return []
    const places = also.map(({ at }) => {
      const { file, start } = locate(at)
      return `${printable(file)}:${start.line}`
    })
    return wrap(`${words.also[language]} ${places.join(', ')}`, width, '  ', '    ')
  }

  function places(finding: Finding, above: Finding | undefined): string[] {
    return related(finding)
      .filter((line) => above === undefined || !related(above).includes(line))
      .flatMap((line) => wrap(line, width, '  ', '    '))
  }

  /** `settings.py:5: the URL is read here`: places with one explanation share a line. */
  function related(finding: Finding): string[] {
    const byMessage = new Map<string, string[]>()
    for (const { at, message } of finding.related.filter((one) => !isHere(one, finding))) {
      const { file, start } = locate(at)
      const known = byMessage.get(message[language]) ?? []
      byMessage.set(message[language], [...new Set([...known, `${printable(file)}:${start.line}`])])
    }
    const colon = language === 'fr' ? ' :' : ':'
    return [...byMessage].map(([message, where]) => `${colours.dim(`${where.join(', ')}${colon}`)} ${message}`)
  }

  /** What to do, and what `--fix` would: a paragraph each in full, else one. */
  function remedies(finding: Finding, above: Finding | undefined, detail: Detail): string[] {
    const help = finding.help[language]
    const parts = finding.fixes.map(({ title, safety }) => {
      const effect = safety === 'unsafe' ? ` ${words.unsafe[language]}` : ''
      return `${colours.green(words.fix[language])} ${title[language]}${effect}`
    })
    if (help !== '' && help !== above?.help[language]) parts.unshift(`${colours.green(words.help[language])} ${help}`)
    const paragraphs = detail === 'full' || parts.length === 0 ? parts : [parts.join(' ')]
    return paragraphs.flatMap((part) => wrap(part, width, '  ', '    '))
  }

  function tell({ finding, also }: ToldOnce, above: Finding | undefined, detail: Detail): string[] {
    const said = paragraph(finding.message[language])
    const isWhole = detail === 'full' || detail === 'brief'
    const lines = [...head(finding), ...(isWhole ? said : clamp(said, width, detail === 'line' ? 1 : 2))]
    if (finding.condition !== undefined) {
      const when = paragraph(`${words.when[language]} ${finding.condition[language]}`)
      lines.push(...(isWhole ? when : clamp(when, width)))
    }
    if (detail === 'full') lines.push(...frame(finding), ...places(finding, above))
    lines.push(...elsewhere(also))
    if (isWhole) lines.push(...remedies(finding, above, detail))
    return lines
  }

  return (section) =>
    section.told
      .flatMap((one, index) => {
        const above = section.told[index - 1]?.finding
        return tell(one, above?.rule === one.finding.rule ? above : undefined, detailOf(section, one.finding))
      })
      .map((line) => `${line}\n`)
      .join('')

  /** It would point at the line that is shown. */
  function isHere({ at }: Related, finding: Finding): boolean {
    return at.file === finding.at.file && locate(at).start.line === locate(finding.at).start.line
  }
}

function paint(severity: Severity, colours: Colours): (text: string) => string {
  return severity === 'error' ? colours.red : severity === 'warning' ? colours.yellow : colours.cyan
}
