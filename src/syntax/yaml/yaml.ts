import type { Problem, Span } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { flowNode, quotedScalar } from './flow.ts'

/**
 * A reader for the YAML of deployment manifests: block and flow collections, plain, quoted and block scalars, comments.
 * Anchors, aliases, tags and several documents are read as `other`. All scalars are texts.
 */
export type YamlNode = YamlMap | YamlList | YamlScalar | YamlOther

export interface YamlMap {
  readonly kind: 'map'
  readonly span: Span
  readonly entries: readonly YamlEntry[]
}
export interface YamlEntry {
  readonly key: YamlScalar
  readonly value: YamlNode
}
export interface YamlList {
  readonly kind: 'list'
  readonly span: Span
  readonly items: readonly YamlNode[]
}
export interface YamlScalar {
  readonly kind: 'scalar'
  readonly value: string
  readonly style: 'plain' | 'single' | 'double' | 'block' | 'none'
  /** With its quotes. */
  readonly span: Span
  /** Without its quotes. */
  readonly content: Span
  /** `value` stands at `content` character by character. */
  readonly verbatim: boolean
}
export interface YamlOther {
  readonly kind: 'other'
  readonly span: Span
}

export interface YamlDocument {
  readonly root: YamlNode | undefined
  readonly problems: readonly Problem[]
}

export interface YamlLine {
  readonly start: number
  readonly end: number
  readonly indent: number
  /** Without indentation and comment. */
  readonly text: string
}

export interface Reader {
  readonly text: string
  readonly lines: readonly YamlLine[]
  next: number
  readonly problems: Problem[]
}

/** Reads one YAML document. Never throws; what it could not read is in `problems`. */
export function parseYaml(text: string): YamlDocument {
  const reader: Reader = { text, lines: linesOf(text), next: 0, problems: [] }
  skipMarker(reader)
  const first = reader.lines[reader.next]
  if (first === undefined) return { root: undefined, problems: [] }
  const root = block(reader, first.indent, 0)
  const rest = reader.lines[reader.next]
  if (rest !== undefined && rest.text !== '...' && rest.text !== '---') {
    problem(reader, contentSpan(rest), {
      en: 'this line fits no level of indentation above it',
      fr: "cette ligne ne correspond à aucun niveau d'indentation au-dessus",
    })
  }
  return { root, problems: reader.problems }
}

function skipMarker(reader: Reader): void {
  while (/^(?:---|%.*)$/.test(reader.lines[reader.next]?.text ?? '')) reader.next++
}

function linesOf(text: string): YamlLine[] {
  const lines: YamlLine[] = []
  let start = 0
  while (start <= text.length) {
    let end = text.indexOf('\n', start)
    if (end === -1) end = text.length
    const raw = text.slice(start, end).replace(/\r$/, '')
    const indent = raw.length - raw.trimStart().length
    const content = stripComment(raw).trim()
    if (content !== '') lines.push({ start, end: start + raw.length, indent, text: content })
    start = end + 1
  }
  return lines
}

/** Takes a comment off: `#` at the beginning or after a blank, outside quotes. */
function stripComment(raw: string): string {
  let quote = ''
  for (let i = 0; i < raw.length; i++) {
    const char = raw[i] as string
    if (quote !== '') {
      if (char === '\\' && quote === '"') i++
      else if (char === quote) quote = ''
    } else if ((char === '"' || char === "'") && /(?:^|[\s[{,:-])$/.test(raw.slice(0, i))) quote = char
    else if (char === '#' && (i === 0 || /\s/.test(raw[i - 1] as string))) return raw.slice(0, i)
  }
  return raw
}

export function contentSpan(line: YamlLine): Span {
  return { start: line.start + line.indent, end: line.start + line.indent + line.text.length }
}

function problem(reader: Reader, span: Span, message: Text): void {
  reader.problems.push({ span, message })
}

const maxDepth = 60

/** The node whose lines begin at `indent`. */
function block(reader: Reader, indent: number, depth: number): YamlNode {
  const line = reader.lines[reader.next] as YamlLine
  if (depth > maxDepth) {
    reader.next = reader.lines.length
    return { kind: 'other', span: contentSpan(line) }
  }
  if (/^\t/.test(reader.text.slice(line.start, line.end))) {
    problem(
      reader,
      { start: line.start, end: line.start + line.indent },
      { en: 'a tab cannot indent in YAML', fr: 'une tabulation ne peut pas indenter en YAML' },
    )
  }
  if (line.text === '-' || line.text.startsWith('- ')) return sequence(reader, indent, depth)
  if (keyEnd(line.text) !== undefined) return mapping(reader, indent, depth)
  reader.next++
  return inline(reader, line.text, line.start + line.indent, indent - 1, depth)
}

function sequence(reader: Reader, indent: number, depth: number): YamlList {
  const items: YamlNode[] = []
  const first = reader.lines[reader.next] as YamlLine
  let end = first.end
  for (;;) {
    const line = reader.lines[reader.next]
    if (line === undefined || line.indent !== indent || !(line.text === '-' || line.text.startsWith('- '))) break
    const offset = /^-\s*/.exec(line.text)?.[0].length ?? 1
    items.push(nested(reader, line, line.indent + offset, line.text.slice(offset), indent, depth))
    end = (reader.lines[reader.next - 1] as YamlLine).end
  }
  return { kind: 'list', span: { start: first.start + first.indent, end }, items }
}

function mapping(reader: Reader, indent: number, depth: number): YamlMap {
  const entries: YamlEntry[] = []
  const first = reader.lines[reader.next] as YamlLine
  let end = first.end
  for (;;) {
    const line = reader.lines[reader.next]
    if (line === undefined || line.indent !== indent || line.text === '---' || line.text === '...') break
    const colon = keyEnd(line.text)
    if (colon === undefined) {
      problem(reader, contentSpan(line), { en: 'expected "key: value"', fr: 'attendu : « clé: valeur »' })
      reader.next++
      continue
    }
    const base = line.start + line.indent
    const key = scalarAt(line.text.slice(0, colon).trimEnd(), base)
    if (entries.some((entry) => entry.key.value === key.value)) {
      problem(reader, key.span, {
        en: `the key "${key.value}" stands twice`,
        fr: `la clé « ${key.value} » figure deux fois`,
      })
    }
    const rest = line.text.slice(colon + 1)
    const offset = colon + 1 + (rest.length - rest.trimStart().length)
    entries.push({ key, value: nested(reader, line, line.indent + offset, rest.trim(), indent, depth, true) })
    end = (reader.lines[reader.next - 1] as YamlLine).end
  }
  return { kind: 'map', span: { start: first.start + first.indent, end }, entries }
}

/** What follows `- ` or `key: ` on the same line, or the block below it. */
function nested(
  reader: Reader,
  line: YamlLine,
  column: number,
  text: string,
  indent: number,
  depth: number,
  inMap = false,
): YamlNode {
  const start = line.start + column
  if (text === '') {
    reader.next++
    const below = reader.lines[reader.next]
    const listBelow = inMap && below?.indent === indent && (below.text === '-' || below.text.startsWith('- '))
    if (below !== undefined && (below.indent > indent || listBelow)) return block(reader, below.indent, depth + 1)
    const at = line.start + line.indent + line.text.length
    return {
      kind: 'scalar',
      value: '',
      style: 'none',
      span: { start: at, end: at },
      content: { start: at, end: at },
      verbatim: true,
    }
  }
  if (!inMap && (keyEnd(text) !== undefined || text === '-' || text.startsWith('- '))) {
    // A collection begins behind the dash: the rest of the line counts as a line of its own.
    ;(reader.lines as YamlLine[])[reader.next] = { start: line.start, end: line.end, indent: column, text }
    return block(reader, column, depth + 1)
  }
  reader.next++
  return inline(reader, text, start, indent, depth)
}

/** A scalar or flow collection that begins on this line; `indent` is that of the parent. */
function inline(reader: Reader, text: string, start: number, indent: number, depth: number): YamlNode {
  if (/^[|>][+-]?\d?[+-]?$/.test(text)) return blockScalar(reader, text, start, indent)
  if (text.startsWith('[') || text.startsWith('{')) return flowNode(reader, start, depth)
  if (text.startsWith('"') || text.startsWith("'")) return quotedScalar(reader, start)
  if (/^[&*!]/.test(text)) return { kind: 'other', span: { start, end: start + text.length } }
  return plainScalar(reader, text, start, indent)
}

/** A plain scalar goes on over the deeper lines below it, joined by blanks. */
function plainScalar(reader: Reader, text: string, start: number, indent: number): YamlScalar {
  if (keyEnd(text) !== undefined) {
    problem(
      reader,
      { start, end: start + text.length },
      { en: 'a mapping cannot begin here', fr: 'une table de clés ne peut pas commencer ici' },
    )
  }
  let value = text
  let end = start + text.length
  for (;;) {
    const line = reader.lines[reader.next]
    if (line === undefined || line.indent <= indent) break
    if (keyEnd(line.text) !== undefined) {
      problem(reader, contentSpan(line), {
        en: 'a mapping cannot begin here: this line continues the text above',
        fr: 'une table de clés ne peut pas commencer ici : cette ligne continue le texte au-dessus',
      })
    }
    value += ` ${line.text}`
    end = line.start + line.indent + line.text.length
    reader.next++
  }
  return {
    kind: 'scalar',
    value,
    style: 'plain',
    span: { start, end },
    content: { start, end },
    verbatim: end === start + text.length,
  }
}

function blockScalar(reader: Reader, header: string, start: number, indent: number): YamlScalar {
  const from = reader.text.indexOf('\n', start) + 1
  const raw: string[] = []
  let at = from === 0 ? reader.text.length : from
  let end = start + header.length
  let own: number | undefined
  while (at < reader.text.length) {
    const stop = reader.text.indexOf('\n', at)
    const line = reader.text.slice(at, stop === -1 ? undefined : stop).replace(/\r$/, '')
    const depth = line.length - line.trimStart().length
    if (line.trim() !== '' && depth <= indent) break
    if (line.trim() !== '') own ??= depth
    raw.push(line)
    if (line.trim() !== '') end = at + line.length
    at = stop === -1 ? reader.text.length : stop + 1
  }
  while (reader.lines[reader.next] !== undefined && (reader.lines[reader.next] as YamlLine).start < at) reader.next++
  const lines = raw.map((line) => line.slice(own ?? 0))
  while (lines.length > 0 && lines.at(-1)?.trim() === '') lines.pop()
  const body = header.startsWith('|') ? lines.join('\n') : fold(lines)
  const value = header.includes('-') || lines.length === 0 ? body : `${body}\n`
  const span = { start, end }
  return { kind: 'scalar', value, style: 'block', span, content: { start: Math.min(from, end), end }, verbatim: false }
}

function fold(lines: readonly string[]): string {
  let out = ''
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    if (index === 0) out = line
    else if (line === '') out += '\n'
    else if (before === '') out += line
    else if (/^\s/.test(line) || /^\s/.test(before ?? '')) out += `\n${line}`
    else out += ` ${line}`
  }
  return out
}

/** Index of the colon that ends a key; undefined when the text is no `key: value`. */
export function keyEnd(text: string): number | undefined {
  const quoted = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*')\s*(?=:(?:\s|$))/.exec(text)
  if (quoted !== null) return quoted[0].length
  if (/^["'[{|>&*!%@`]/.test(text)) return undefined
  for (let i = text.indexOf(':'); i !== -1; i = text.indexOf(':', i + 1)) {
    if (i + 1 === text.length || /\s/.test(text[i + 1] as string)) return i
  }
  return undefined
}

/** A scalar that is all of `text`. */
export function scalarAt(text: string, start: number): YamlScalar {
  const span = { start, end: start + text.length }
  const quote = text[0]
  if ((quote === '"' || quote === "'") && text.length > 1 && text.endsWith(quote)) {
    const raw = text.slice(1, -1)
    const value = quote === '"' ? unescapeDouble(raw) : raw.replaceAll("''", "'")
    return {
      kind: 'scalar',
      value,
      style: quote === '"' ? 'double' : 'single',
      span,
      content: { start: start + 1, end: span.end - 1 },
      verbatim: value === raw,
    }
  }
  return { kind: 'scalar', value: text, style: 'plain', span, content: span, verbatim: true }
}

const escapes: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '0': '\0',
  '"': '"',
  '\\': '\\',
  '/': '/',
  ' ': ' ',
  e: '\x1b',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
}

export function unescapeDouble(raw: string): string {
  const token = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|\r?\n\s*|(.))|[ \t]*\r?\n[ \t]*/g
  return raw.replace(token, (whole: string, x?: string, u?: string, c?: string) => {
    const code = x ?? u
    if (code !== undefined) return String.fromCharCode(Number.parseInt(code, 16))
    if (!whole.startsWith('\\')) return ' '
    return c === undefined ? '' : (escapes[c] ?? c)
  })
}
