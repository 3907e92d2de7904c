import type * as ast from './ast.ts'
import { BRACKET } from './atoms.ts'
import { parseYieldOrStarExpressions } from './expressions.ts'
import { fail, failExpecting, nest } from './failure.ts'
import { advance, lex, lineEnd, skipNewline } from './lexer.ts'
import { BYTES, FORMAT, noteUnclosed, RAW, TEMPLATE, TRIPLE } from './literals.ts'
import * as message from './messages.ts'
import { MAX_BRACKETS, type Parser } from './state.ts'
import { decode, stringValue } from './strings.ts'
import * as T from './tokens.ts'

/** String literals, adjacent ones joined; f-strings and t-strings with their replacement fields (PEP 701, PEP 750). */

export function parseStrings(p: Parser): ast.Expression {
  if (p.kind === T.FORMAT_STRING) return parseAdjacent(p, p.start, undefined)
  const first = parseString(p)
  const alone = p.kind !== T.STRING && p.kind !== T.FORMAT_STRING
  return alone ? first : parseAdjacent(p, first.start, first)
}

function parseString(p: Parser): StringConstant {
  const type = (p.flags & BYTES) !== 0 ? 'bytes' : 'str'
  const node: StringConstant = { kind: 'Constant', start: p.start, end: p.end, value: { type, value: stringValue(p) } }
  advance(p)
  return node
}

interface StringConstant extends ast.Constant {
  readonly value: { readonly type: 'str' | 'bytes'; readonly value: string }
}
type Piece = StringConstant | ast.FormattedValue | ast.Interpolation

function parseAdjacent(p: Parser, start: number, first: StringConstant | undefined): ast.Expression {
  const pieces: Piece[] = first === undefined ? [] : [first]
  let plain = first !== undefined
  let format = 0
  while (p.kind === T.STRING || p.kind === T.FORMAT_STRING) {
    if (p.kind === T.STRING) {
      pieces.push(parseString(p))
      plain = true
    } else {
      format |= p.flags & (FORMAT | TEMPLATE)
      parseFormatString(p, pieces)
    }
  }
  const end = p.lastEnd
  if ((format & TEMPLATE) !== 0 && (plain || (format & FORMAT) !== 0)) fail(p, message.TEMPLATE_AND_TEXT, start, end)
  const bytes = pieces.filter((piece) => piece.kind === 'Constant' && piece.value.type === 'bytes').length
  if (bytes > 0 && (bytes < pieces.length || format !== 0)) fail(p, message.BYTES_AND_TEXT, start, end)
  if (format === 0) {
    const value = (pieces as StringConstant[]).map((piece) => piece.value.value).join('')
    return { kind: 'Constant', start, end, value: { type: bytes > 0 ? 'bytes' : 'str', value } }
  }
  const kind = (format & TEMPLATE) !== 0 ? 'TemplateStr' : 'JoinedStr'
  return { kind, start, end, values: joinConstants(pieces) }
}

/** Adjacent texts become one constant from the start of the first to the end of the last; empty ones vanish. */
function joinConstants(pieces: readonly Piece[]): ast.Expression[] {
  const joined: ast.Expression[] = []
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i] as Piece
    if (piece.kind !== 'Constant') {
      joined.push(piece)
      continue
    }
    let value = piece.value.value
    let end = piece.end
    for (let next = pieces[i + 1]; next !== undefined && next.kind === 'Constant'; next = pieces[i + 1]) {
      value += next.value.value
      end = next.end
      i++
    }
    if (value !== '') joined.push({ kind: 'Constant', start: piece.start, end, value: { type: 'str', value } })
  }
  return joined
}

/** How the literal around a part is written. */
interface Literal {
  readonly start: number
  readonly flags: number
  readonly quote: number
}

function parseFormatString(p: Parser, pieces: Piece[]): void {
  const literal: Literal = { start: p.start, flags: p.flags, quote: p.text.charCodeAt(p.end - 1) }
  const close = parseParts(p, pieces, p.end, literal, false)
  p.end = p.position = close + ((literal.flags & TRIPLE) !== 0 ? 3 : 1)
  advance(p)
}

/** Text and replacement fields from `from` to the closing quotes, or in a format to the `}`; returns where these are. */
function parseParts(p: Parser, pieces: Piece[], from: number, literal: Literal, inFormat: boolean): number {
  const text = p.text
  const { flags, quote } = literal
  let partStart = from
  let partEnd = from
  let plain = from
  let value = ''
  let i = from
  const flush = () => {
    if (plain < i) {
      value += decode(p, plain, i, flags)
      partEnd = i
    }
    if (partEnd > partStart) {
      pieces.push({ kind: 'Constant', start: partStart, end: partEnd, value: { type: 'str', value } })
    }
  }
  while (i < p.length) {
    const c = text.charCodeAt(i)
    if (c === quote && closes(text, i, literal)) {
      if (inFormat) fail(p, message.expected(message.code('}'), message.code(text.charAt(i))), i, i + 1)
      flush()
      return i
    }
    if (c === 123 && (inFormat || text.charCodeAt(i + 1) !== 123)) {
      flush()
      i = parseField(p, pieces, i, literal)
      partStart = partEnd = plain = i
      value = ''
    } else if (c === 125 && inFormat) {
      flush()
      return i
    } else if (c === 123 || c === 125) {
      if (text.charCodeAt(i + 1) !== c) fail(p, message.LONE_BRACE, i, i + 1)
      value += decode(p, plain, i + 1, flags)
      partEnd = i + 2
      plain = i += 2
    } else if (c === 92) i = skipEscape(text, i, flags)
    else if ((c === 10 || c === 13) && (flags & TRIPLE) === 0) break
    else i++
  }
  return failUnterminated(p, literal, i)
}

function closes(text: string, i: number, literal: Literal): boolean {
  if ((literal.flags & TRIPLE) === 0) return true
  return text.charCodeAt(i + 1) === literal.quote && text.charCodeAt(i + 2) === literal.quote
}

/** Offset after the backslash at `i` and what it escapes; a brace stays a brace. */
function skipEscape(text: string, i: number, flags: number): number {
  const next = text.charCodeAt(i + 1)
  if (next === 123 || next === 125) return i + 1
  if (next === 78 && (flags & RAW) === 0 && text.charCodeAt(i + 2) === 123) {
    const close = text.indexOf('}', i)
    if (close > 0 && close < lineEnd(text, i)) return close + 1
  }
  const after = skipNewline(text, i + 1)
  return after === i + 1 ? i + 2 : after
}

function failUnterminated(p: Parser, literal: Literal, end: number): never {
  if ((literal.flags & TRIPLE) === 0) fail(p, message.UNTERMINATED_STRING, literal.start, Math.min(end, p.length))
  noteUnclosed(p, p.text.indexOf(String.fromCharCode(literal.quote), literal.start))
  fail(p, message.UNTERMINATED_TRIPLE, literal.start, lineEnd(p.text, literal.start))
}

/** A replacement field, from its `{` at `brace`; returns the offset after its `}`. */
function parseField(p: Parser, pieces: Piece[], brace: number, literal: Literal): number {
  nest(p, BRACKET + 4)
  if (p.depth === MAX_BRACKETS) fail(p, message.TOO_DEEP, brace, brace + 1)
  const outer = p.fieldDepth
  p.depth++
  p.fieldDepth = p.depth
  p.position = brace + 1
  lex(p)
  const value = parseYieldOrStarExpressions(p)
  const valueEnd = p.lastEnd
  const debug = p.kind === T.EQUAL
  if (debug) advance(p)
  const shownEnd = p.start
  let conversion = p.kind === T.EXCLAMATION ? parseConversion(p) : undefined
  let formatSpec: ast.JoinedStr | undefined
  let end: number
  if (p.kind === T.COLON) {
    const start = p.start
    const parts: Piece[] = []
    // What a t-string's format says is an f-string.
    end = parseParts(p, parts, p.position, { ...literal, flags: literal.flags & ~TEMPLATE }, true)
    formatSpec = { kind: 'JoinedStr', start, end, values: joinConstants(parts) }
    p.depth--
    end++
  } else {
    if (p.kind !== T.RBRACE) failExpecting(p, message.code('}'))
    end = p.end
  }
  p.fieldDepth = outer
  p.nesting -= BRACKET + 4
  if (debug) {
    const shown = withoutComments(p, brace + 1, shownEnd)
    pieces.push({ kind: 'Constant', start: brace + 1, end: shownEnd, value: { type: 'str', value: shown } })
    if (conversion === undefined && formatSpec === undefined) conversion = 'r'
  }
  if ((literal.flags & TEMPLATE) !== 0) {
    const source = p.text.slice(brace + 1, valueEnd).trim()
    pieces.push({ kind: 'Interpolation', start: brace, end, value, source, conversion, formatSpec })
  } else pieces.push({ kind: 'FormattedValue', start: brace, end, value, conversion, formatSpec })
  return end
}

/** The text of a field shown by `=`: as written, but for comments. */
function withoutComments(p: Parser, from: number, to: number): string {
  let first = p.comments.length
  while (first > 0 && (p.comments[first - 1]?.start ?? -1) >= from) first--
  let shown = ''
  let plain = from
  for (const { start, end } of p.comments.slice(first)) {
    if (end > to) break
    shown += decode(p, plain, start, RAW)
    plain = end
  }
  return shown + decode(p, plain, to, RAW)
}

function parseConversion(p: Parser): 's' | 'r' | 'a' {
  const mark = p.end
  advance(p)
  const written = p.text.slice(p.start, p.end)
  if (p.kind !== T.NAME || p.start !== mark || (written !== 's' && written !== 'r' && written !== 'a')) {
    fail(p, message.CONVERSION)
  }
  advance(p)
  return written
}
