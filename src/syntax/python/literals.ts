import type { ConstantValue } from './ast.ts'
import { lineBreak, lineEnd, nextBackslash, setInvalid, setToken, skipNewline } from './lexer.ts'
import * as message from './messages.ts'
import type { Parser } from './state.ts'
import * as T from './tokens.ts'

/** Flags of the tokens STRING and FORMAT_STRING; a NAME with NON_ASCII must be normalised. */
export const RAW = 1
export const BYTES = 2
export const FORMAT = 4
export const TEMPLATE = 8
export const TRIPLE = 16
/** The literal holds a backslash or a carriage return, so that its value is not its text. */
export const ESCAPED = 32
export const NON_ASCII = 1

/** An identifier with a non-ASCII character at `i`; `start` is its first character. */
export function lexIdentifier(p: Parser, start: number, from: number): number {
  const text = p.text
  let i = from
  while (i < p.length) {
    const c = text.charCodeAt(i)
    if (c < 128) {
      if (T.WORD[c] === 0) break
      i++
      continue
    }
    const character = String.fromCodePoint(text.codePointAt(i) as number)
    const normal = character.normalize('NFKC')
    const first = i === start
    for (const part of normal) {
      if (!(first ? /^[\p{XID_Start}_]$/u : /^\p{XID_Continue}$/u).test(part)) {
        if (i > start) {
          p.flags = NON_ASCII
          return setToken(p, T.NAME, start, i)
        }
        return setInvalid(p, i, i + character.length, message.badCharacter(character))
      }
    }
    i += character.length
  }
  p.flags = NON_ASCII
  return setToken(p, T.NAME, start, i)
}

/** The identifier that is the current token, in the form NFKC as CPython compares them. */
export function identifier(p: Parser): string {
  const written = p.text.slice(p.start, p.end)
  return p.flags === NON_ASCII ? written.normalize('NFKC') : written
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57
}

/** Offset after digits and single underscores between them, from `i`; -1 where an underscore is misplaced. */
function skipDigits(text: string, from: number): number {
  let i = from
  for (;;) {
    while (isDigit(text.charCodeAt(i))) i++
    if (text.charCodeAt(i) !== 95) return i
    i++
    if (!isDigit(text.charCodeAt(i))) return -1
  }
}

/** A number; `i` is at its first digit or at the dot before one. */
export function lexNumber(p: Parser, start: number): number {
  const text = p.text
  const first = text.charCodeAt(start)
  const second = text.charCodeAt(start + 1) | 32
  if (first === 48 && (second === 120 || second === 111 || second === 98)) return lexRadix(p, start, second)
  let kind = T.INT
  let i = first === 46 ? start : skipDigits(text, start)
  if (i >= 0 && text.charCodeAt(i) === 46) {
    kind = T.FLOAT
    i++
    if (isDigit(text.charCodeAt(i))) i = skipDigits(text, i)
  }
  if (i >= 0 && (text.charCodeAt(i) | 32) === 101) {
    const sign = text.charCodeAt(i + 1)
    const digits = sign === 43 || sign === 45 ? i + 2 : i + 1
    if (isDigit(text.charCodeAt(digits))) {
      kind = T.FLOAT
      i = skipDigits(text, digits)
    }
  }
  if (i < 0) return setInvalid(p, start, wordEnd(text, start), message.NUMBER)
  if ((text.charCodeAt(i) | 32) === 106) {
    kind = T.IMAGINARY
    i++
  }
  if (kind === T.INT) {
    if (first === 48 && i - start > 1 && !/^[0_]*$/.test(text.slice(start, i)))
      return setInvalid(p, start, i, message.LEADING_ZERO)
    if (i - start > 4300 && text.slice(start, i).replaceAll('_', '').length > 4300) {
      return setInvalid(p, start, i, message.LONG_NUMBER)
    }
  }
  return endNumber(p, kind, start, i)
}

function lexRadix(p: Parser, start: number, letter: number): number {
  const text = p.text
  let i = start + 2
  for (;;) {
    if (text.charCodeAt(i) === 95) i++
    const from = i
    while (isRadixDigit(text.charCodeAt(i), letter)) i++
    if (i === from) return setInvalid(p, start, wordEnd(text, start), message.NUMBER)
    if (text.charCodeAt(i) !== 95) break
  }
  if (isDigit(text.charCodeAt(i))) return setInvalid(p, start, wordEnd(text, start), message.NUMBER)
  return endNumber(p, T.INT, start, i)
}

function isRadixDigit(c: number, letter: number): boolean {
  if (letter === 98) return c === 48 || c === 49
  if (letter === 111) return c >= 48 && c <= 55
  return isDigit(c) || ((c | 32) >= 97 && (c | 32) <= 102)
}

/** A word may follow a number without a space only if it is one of these keywords (`1if x else 2`). */
function endNumber(p: Parser, kind: number, start: number, end: number): number {
  const c = p.text.charCodeAt(end)
  if (c > 127 || T.WORD[c] === 1) {
    const word = wordEnd(p.text, end)
    const keyword = T.wordKind(p.text, end, word)
    const allowed = [T.AND, T.ELSE, T.FOR, T.IF, T.IN, T.IS, T.NOT, T.OR].includes(keyword)
    if (!allowed) return setInvalid(p, start, word, message.NUMBER)
  }
  return setToken(p, kind, start, end)
}

/** Where a word ends that begins at an offset, whatever it holds. */
export function wordEnd(text: string, from: number): number {
  let i = from
  while (i < text.length && (text.charCodeAt(i) > 127 || T.WORD[text.charCodeAt(i)] === 1)) i++
  return i
}

/** Value of the number that is the current token. */
export function numberValue(p: Parser): ConstantValue {
  let written = p.text.slice(p.start, p.end)
  if (p.kind === T.INT && written.length < 10 && isDecimal(written))
    return { type: 'int', value: BigInt(Number(written)) }
  if (written.includes('_')) written = written.replaceAll('_', '')
  if (p.kind === T.INT) return { type: 'int', value: BigInt(written) }
  if (p.kind === T.FLOAT) return { type: 'float', value: Number(written) }
  return { type: 'complex', value: Number(written.slice(0, -1)) }
}

function isDecimal(written: string): boolean {
  for (let i = 0; i < written.length; i++) if (!isDigit(written.charCodeAt(i))) return false
  return true
}

/** What the letters of a string prefix mean; -1 if they are none. */
function prefixFlags(text: string, start: number, end: number): number {
  let flags = 0
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i) | 32
    if (c === 114 && (flags & RAW) === 0) flags |= RAW
    else if (c === 98 && (flags & ~RAW) === 0) flags |= BYTES
    else if (c === 102 && (flags & ~RAW) === 0) flags |= FORMAT
    else if (c === 116 && (flags & ~RAW) === 0) flags |= TEMPLATE
    else if (c === 117 && end - start === 1) return 0
    else return -1
  }
  return flags
}

/**
 * A string whose prefix is [start, quote): one token, but of an f-string or t-string only the opening.
 * False if the letters are no prefix.
 */
export function lexString(p: Parser, start: number, quote: number): boolean {
  const text = p.text
  let flags = quote === start ? 0 : prefixFlags(text, start, quote)
  if (flags < 0) return false
  const q = text.charCodeAt(quote)
  if (text.charCodeAt(quote + 1) === q && text.charCodeAt(quote + 2) === q) flags |= TRIPLE
  p.flags = flags
  if ((flags & (FORMAT | TEMPLATE)) !== 0) {
    lexFormatOpening(p, start, quote, flags)
    return true
  }
  if ((flags & TRIPLE) !== 0) lexTriple(p, start, quote + 3, q)
  else lexSingle(p, start, quote + 1, q)
  return true
}

function lexSingle(p: Parser, start: number, from: number, q: number): number {
  const text = p.text
  const close = text.indexOf(q === 34 ? '"' : "'", from)
  if (close >= 0 && close < lineBreak(p, from) && close < nextBackslash(p, from)) {
    return setToken(p, T.STRING, start, close + 1)
  }
  const length = p.length
  let i = from
  while (i < length) {
    const c = text.charCodeAt(i)
    if (c === q) return setToken(p, T.STRING, start, i + 1)
    if (c === 92) {
      p.flags |= ESCAPED
      const after = skipNewline(text, i + 1)
      i = after === i + 1 ? i + 2 : after
    } else if (c === 10 || c === 13) break
    else i++
  }
  return setInvalid(p, start, Math.min(i, length), message.UNTERMINATED_STRING)
}

function lexTriple(p: Parser, start: number, from: number, q: number): number {
  // One scan to the end of the text for each kind of quotes, lest many unclosed strings take quadratic time.
  if (isBroken(p, start) || isUnclosed(p, from - 3)) return invalidTriple(p, start)
  const text = p.text
  const quotes = q === 34 ? '"""' : "'''"
  let close = text.indexOf(quotes, from)
  let i = from
  // The first quotes may be escaped: then look again after each backslash on the way.
  for (let at = nextBackslash(p, i); close >= 0 && at < close; at = nextBackslash(p, i)) {
    p.flags |= ESCAPED
    i = at + 2
    if (i > close) close = text.indexOf(quotes, i)
  }
  if (close < 0) {
    noteUnclosed(p, from - 3)
    return invalidTriple(p, start)
  }
  if (lineBreak(p, from) < close) p.longStrings.push(start)
  if (p.carriageReturns) p.flags |= ESCAPED
  return setToken(p, T.STRING, start, close + 3)
}

/** Whether the triple-quoted string at `start` is known to be damage. */
export function isBroken(p: Parser, start: number): boolean {
  return p.brokenStrings.has(start)
}

/** Whether the triple quotes at `quote` are known to have no counterpart. */
export function isUnclosed(p: Parser, quote: number): boolean {
  return quote >= p.unclosed[p.text.charCodeAt(quote) === 34 ? 0 : 1]
}

/** Remembers that the triple quotes at `quote` have no counterpart. */
export function noteUnclosed(p: Parser, quote: number): void {
  const which = p.text.charCodeAt(quote) === 34 ? 0 : 1
  p.unclosed[which] = Math.min(p.unclosed[which], quote)
}

export function invalidTriple(p: Parser, start: number): number {
  return setInvalid(p, start, lineEnd(p.text, start), message.UNTERMINATED_TRIPLE)
}

function lexFormatOpening(p: Parser, start: number, quote: number, flags: number): number {
  if ((flags & TRIPLE) === 0) return setToken(p, T.FORMAT_STRING, start, quote + 1)
  if (isBroken(p, start) || isUnclosed(p, quote)) return invalidTriple(p, start)
  p.longStrings.push(start)
  return setToken(p, T.FORMAT_STRING, start, quote + 3)
}
