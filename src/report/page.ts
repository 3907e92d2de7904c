import { severityNames } from '../contracts/severity.ts'
import type { Language } from '../contracts/text.ts'
import { messagesOf, type Rule } from '../engine/rule.ts'
import type { Colours } from '../terminal/colours.ts'
import { wrap } from '../terminal/wrap.ts'

export interface PageOptions {
  readonly language: Language
  readonly colours: Colours
  readonly width: number
  /** Also the cases that are its tests. */
  readonly verbose: boolean
}

/** A part of a page: what stands under a heading, and the cases below it. */
interface Part {
  readonly title: string
  readonly lines: string[]
  readonly cases: Part[]
}

const words = {
  says: { en: 'What it says', fr: 'Ce qu’elle dit' },
  fix: { en: 'fix available', fr: 'correction possible' },
  example: { en: 'Example', fr: 'Exemple' },
  silent: { en: 'When it is silent', fr: 'Quand la règle se tait' },
  hidden: {
    en: (count: number, id: string) => `${count} cases with what is found in each: dynolint explain ${id} --verbose`,
    fr: (count: number, id: string) => `${count} cas, avec ce qui y est trouvé : dynolint explain ${id} --verbose`,
  },
} as const

/**
 * The page of a rule for a terminal: why it breaks, what to write instead with its first example, when the rule is silent,
 * what it says, sources. The cases, which are its tests, stand at the end and only when asked for.
 */
export function renderPage(rule: Rule, markdown: string, options: PageOptions): string {
  const { language, colours, width, verbose } = options
  const [head, ...parts] = partsOf(markdown)
  const example = parts.find(({ title }) => title === words.example[language])
  const out = [
    `${colours.bold(rule.id)}  ${severityNames[rule.severity][language]}, ${rule.hop}`,
    ...prose(head?.lines ?? [], options, ''),
  ]
  for (const part of parts) {
    if (part === example) continue
    out.push('', colours.bold(part.title))
    const [first, ...others] = part.cases
    if (part.title === words.silent[language]) {
      out.push(...prose(part.lines.slice(0, firstCode(part.lines)), options))
      for (const { title } of part.cases) out.push(...wrap(title, width, '  - ', '    '))
    } else if (first === undefined || part.lines.some((line) => line.startsWith('```'))) {
      out.push(...prose(part.lines, options))
    } else {
      out.push(...prose(part.lines, options), ...wrap(colours.bold(first.title), width, '  '))
      out.push(...prose(first.lines, options))
      if (!verbose) for (const { title } of others) out.push(...wrap(title, width, '  - ', '    '))
    }
  }
  out.push('', colours.bold(words.says[language]))
  for (const { hop, severity, fix, text } of messagesOf(rule)) {
    const about = [severityNames[severity][language], hop, ...(fix === undefined ? [] : [words.fix[language]])]
    out.push(
      ...wrap(`${colours.dim(`(${about.join(', ')})`)} ${inline(text[language], options)}`, width, '  - ', '    '),
    )
  }
  const cases = parts.flatMap((part) => part.cases)
  out.push('')
  if (verbose) for (const one of cases) out.push(colours.bold(one.title), ...prose(one.lines, options), '')
  else out.push(...wrap(colours.dim(words.hidden[language](cases.length, rule.id)), width))
  return `${out.join('\n').trimEnd()}\n`
}

/** What stands before the first `##`, and each part with its `###` below. */
function partsOf(markdown: string): Part[] {
  const parts: Part[] = [{ title: '', lines: [], cases: [] }]
  let current = parts[0] as Part
  let inCode = false
  for (const line of markdown.split('\n')) {
    if (line.startsWith('```')) inCode = !inCode
    const heading = inCode ? null : /^(#{1,3}) (.*)$/.exec(line)
    if (heading === null) current.lines.push(line)
    else if (heading[1] === '##') {
      current = { title: heading[2] as string, lines: [], cases: [] }
      parts.push(current)
    } else if (heading[1] === '###') {
      current = { title: heading[2] as string, lines: [], cases: [] }
      parts.at(-1)?.cases.push(current)
    }
  }
  return parts
}

const firstCode = (lines: readonly string[]): number => {
  const at = lines.findIndex((line) => line.startsWith('```'))
  return at < 0 ? lines.length : at
}

/** Paragraphs and lists, wrapped; files under their names; what is found in them as it is. */
function prose(lines: readonly string[], options: PageOptions, indent = '  '): string[] {
  const { colours, width } = options
  const out: string[] = []
  let code = false
  let rows: string[] | undefined
  const endTable = (): void => {
    if (rows !== undefined) out.push(...table(rows, options, indent))
    rows = undefined
  }
  for (const line of lines) {
    if (line.startsWith('```')) {
      code = !code
      const name = code ? fileNamed(line) : undefined
      if (name !== undefined) out.push(`${indent}${colours.dim(name)}`)
    } else if (code) out.push(`${indent}  ${line}`.trimEnd())
    else if (line.startsWith('|')) rows = [...(rows ?? []), line]
    else if (line.trim() !== '') {
      endTable()
      const bullet = /^(\s*[-*] |\d+\. )(.*)$/.exec(line)
      const [mark, text] = bullet === null ? ['', line] : [bullet[1] as string, bullet[2] as string]
      const under = `${indent}${' '.repeat(mark.length)}`
      out.push(...wrap(inline(text, options), width, `${indent}${mark}`, under))
    }
  }
  endTable()
  return out
}

/** The file of a block: `file=mysite/settings.py`; of others (findings) nothing is said. */
const fileNamed = (fence: string): string | undefined => /\b(?:file|untracked|ignored)=(\S+)/.exec(fence)?.[1]

/** A row of a table as a line: its cells joined by dashes. */
function table(rows: readonly string[], options: PageOptions, indent: string): string[] {
  return rows
    .filter((row, index) => index > 0 && !/^\|[\s:|-]+\|$/.test(row))
    .flatMap((row) => {
      const cells = row.replaceAll('\\|', '\u0000').split('|').slice(1, -1)
      const text = cells.map((cell) => cell.trim().replaceAll('\u0000', '|')).filter((cell) => cell !== '')
      return wrap(inline(text.join(' – '), options), options.width, `${indent}- `, `${indent}  `)
    })
}

/** Code without its backticks where a colour says that it is code; an address behind its text, but of no file beside the page. */
function inline(text: string, { colours }: PageOptions): string {
  const coloured = colours.cyan('x') !== 'x'
  const link = /`[^`]*`|\[((?:[^\]`]|`[^`]*`)*)\]\(([^)]+)\)/g
  const pieces = text
    .replace(link, (whole, said?: string, address = '') =>
      said === undefined ? whole : address.startsWith('http') ? `${said} <${address}>` : said,
    )
    .split('`')
  return pieces
    .map((piece, index) => (index % 2 === 0 ? piece : coloured ? colours.cyan(piece) : `\`${piece}\``))
    .join('')
}
