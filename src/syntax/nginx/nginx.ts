import type { Span } from '../../contracts/place.ts'
import { erbTags, type Tag } from './erb.ts'

/** A word of a directive, its quotes and escapes taken off as nginx takes them. */
export interface NginxWord {
  /** Undefined where a tag of ERB puts in a part of it. */
  readonly text: string | undefined
  /** The Ruby code of its tags. */
  readonly holes: readonly string[]
  /** As written, with quotes. */
  readonly span: Span
}

export interface NginxDirective {
  /** Undefined: a tag of ERB stands where a directive begins, and may put in any number of them. */
  readonly name: string | undefined
  readonly words: readonly NginxWord[]
  /** From its name to its semicolon or closing brace. */
  readonly span: Span
  readonly block: readonly NginxDirective[] | undefined
  /** No block of Ruby leaves it out or repeats it. */
  readonly sure: boolean
}

export interface NginxFile {
  readonly directives: readonly NginxDirective[]
  /** Where nginx would not read on, or Ruby; what is here then is not the whole. */
  readonly problem: Span | undefined
}

interface Reader {
  readonly text: string
  readonly tags: readonly Tag[]
  /** The next tag. */
  tag: number
  index: number
  /** Blocks of Ruby around it. */
  depth: number
  problem: Span | undefined
}

/** Reads a configuration as nginx does (`ngx_conf_read_token`), and that of a template as what ERB makes of it. Never throws. */
export function parseNginx(text: string, template: boolean): NginxFile {
  const r: Reader = { text, tags: template ? erbTags(text) : [], tag: 0, index: 0, depth: 0, problem: undefined }
  const directives = readBlock(r, 0)
  if (r.depth !== 0) fail(r, text.length)
  return { directives, problem: r.problem }
}

const maxDepth = 50

function readBlock(r: Reader, level: number): NginxDirective[] {
  const found: NginxDirective[] = []
  let words: NginxWord[] = []
  let sure = true
  for (;;) {
    skip(r)
    const char = r.text[r.index]
    const at = r.index
    if (char === undefined || r.problem !== undefined) break
    if (char === '}') {
      if (words.length > 0 || level === 0) fail(r, at)
      else r.index++
      return found
    }
    if (char !== ';' && char !== '{') {
      sure = r.depth === 0 && (sure || words.length === 0)
      words.push(readWord(r))
      if (words.length === 1 && words[0]?.text === undefined) {
        found.push(directive(words, r.index, undefined, false))
        words = []
      }
      continue
    }
    r.index++
    // The semicolon that a tag was followed by.
    if (words.length === 0 && char === ';' && found.at(-1)?.name === undefined && found.length > 0) continue
    if (words.length === 0 || level >= maxDepth) {
      fail(r, at)
      break
    }
    const block = char === '{' ? readBlock(r, level + 1) : undefined
    found.push(directive(words, r.index, block, sure))
    words = []
  }
  if (words.length > 0 || level > 0) fail(r, r.index)
  return found
}

function directive(
  [name, ...words]: readonly NginxWord[],
  end: number,
  block: readonly NginxDirective[] | undefined,
  sure: boolean,
): NginxDirective {
  return { name: name?.text, words, span: { start: name?.span.start ?? end, end }, block, sure }
}

/** Over blanks, comments and what of ERB leaves no text. */
function skip(r: Reader): void {
  for (;;) {
    const tag = tagAt(r)
    if (tag !== undefined && tag.kind !== 'hole') pass(r, tag)
    else if (tag === undefined && /[ \t\r\n]/.test(r.text[r.index] ?? '')) r.index++
    else if (tag === undefined && r.text[r.index] === '#') skipComment(r)
    else return
  }
}

/** A comment ends with its line; tags in it are carried out all the same. */
function skipComment(r: Reader): void {
  while (r.index < r.text.length && r.text[r.index] !== '\n') {
    const tag = tagAt(r)
    if (tag === undefined) r.index++
    else pass(r, tag)
  }
}

function tagAt(r: Reader): Tag | undefined {
  const tag = r.tags[r.tag]
  return tag?.span.start === r.index ? tag : undefined
}

function pass(r: Reader, tag: Tag): void {
  r.tag++
  r.index = tag.span.end
  r.depth += tag.opens
  if (r.depth < 0) fail(r, tag.span.start)
}

function readWord(r: Reader): NginxWord {
  const start = r.index
  const first = r.text[start]
  const quote = first === '"' || first === "'" ? first : undefined
  if (quote !== undefined) r.index++
  const holes: string[] = []
  let text = ''
  let closed = false
  while (r.index < r.text.length) {
    const tag = tagAt(r)
    if (tag !== undefined) {
      if (tag.kind === 'hole') holes.push(tag.code)
      else if (tag.kind === 'block' && tag.opens !== 0) holes.push(tag.code)
      pass(r, tag)
      continue
    }
    const char = r.text[r.index] as string
    if (char === quote) {
      closed = true
      r.index++
      break
    }
    if (quote === undefined && endsWord(r, char)) break
    text += char === '\\' ? escaped(r) : char
    r.index++
  }
  if (quote !== undefined && (!closed || !/^[ \t\r\n;{)]|^$/.test(r.text.slice(r.index, r.index + 1)))) fail(r, start)
  return { text: holes.length > 0 ? undefined : text, holes, span: { start, end: r.index } }
}

/** A brace behind a dollar sign belongs to the word: `${name}`. */
function endsWord(r: Reader, char: string): boolean {
  return /[ \t\r\n;]/.test(char) || (char === '{' && r.text[r.index - 1] !== '$')
}

/** What a backslash and the character behind it stand for; stands at the last of them. */
function escaped(r: Reader): string {
  const next = r.text[r.index + 1]
  if (next === undefined) return '\\'
  r.index++
  const meant = { t: '\t', r: '\r', n: '\n', '"': '"', "'": "'", '\\': '\\' }[next]
  return meant ?? `\\${next}`
}

function fail(r: Reader, at: number): void {
  r.problem ??= { start: at, end: Math.min(at + 1, r.text.length) }
}
