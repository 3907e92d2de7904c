import { literalEscapes } from '../escapes.ts'
import { fail } from './failure.ts'
import { skipNewline } from './lexer.ts'
import { BYTES, ESCAPED, RAW, TRIPLE } from './literals.ts'
import * as message from './messages.ts'
import type { Parser } from './state.ts'

/** Value of the STRING token: its text without prefix and quotes, line ends as LF, escapes decoded. */
export function stringValue(p: Parser): string {
  const text = p.text
  const flags = p.flags
  let quote = p.start
  while (text.charCodeAt(quote) !== 34 && text.charCodeAt(quote) !== 39) quote++
  const width = (flags & TRIPLE) !== 0 ? 3 : 1
  const from = quote + width
  const to = p.end - width
  if ((flags & BYTES) !== 0) checkAscii(p, from, to)
  if ((flags & ESCAPED) === 0) return text.slice(from, to)
  return decode(p, from, to, flags)
}

function checkAscii(p: Parser, from: number, to: number): void {
  for (let i = from; i < to; i++) if (p.text.charCodeAt(i) > 127) fail(p, message.NOT_ASCII_BYTES, i, i + 1)
}

/** What stands for `\N{name}`: the names are not known here. */
const UNNAMED = '\uFFFD'

/** Value of the part [from, to) of a literal, with its escapes decoded unless it is raw. */
export function decode(p: Parser, from: number, to: number, flags: number): string {
  const text = p.text
  const raw = (flags & RAW) !== 0
  let value = ''
  let plain = from
  let i = from
  while (i < to) {
    const c = text.charCodeAt(i)
    if (c === 13) {
      value += text.slice(plain, i) + '\n'
      i = plain = skipNewline(text, i)
    } else if (c === 92 && !raw && i + 1 < to) {
      value += text.slice(plain, i)
      const next = text.charAt(i + 1)
      const simple = literalEscapes[next]
      const newline = skipNewline(text, i + 1)
      if (simple !== undefined) {
        value += simple
        plain = i += 2
      } else if (newline !== i + 1) {
        plain = i = newline
      } else {
        const end = escapeEnd(p, i, to, flags)
        // An unknown escape is kept as written, as Python does.
        if (end === 0) {
          plain = i
          i += 2
        } else {
          value += escapeValue(text, i, end, flags)
          plain = i = end
        }
      }
    } else i++
  }
  return value + text.slice(plain, to)
}

/** Offset after the numeric or named escape at `i`; 0 if it is no such escape. */
function escapeEnd(p: Parser, i: number, to: number, flags: number): number {
  const text = p.text
  const letter = text.charAt(i + 1)
  if (letter >= '0' && letter <= '7') {
    let end = i + 2
    while (end < i + 4 && end < to && text.charAt(end) >= '0' && text.charAt(end) <= '7') end++
    return end
  }
  const isText = (flags & BYTES) === 0
  const digits = letter === 'x' ? 2 : isText && letter === 'u' ? 4 : isText && letter === 'U' ? 8 : 0
  if (digits > 0) {
    const end = i + 2 + digits
    const written = text.slice(i + 2, Math.min(end, to))
    const valid = written.length === digits && /^[0-9a-fA-F]+$/.test(written)
    if (!valid || Number.parseInt(written, 16) > 0x10ffff) failEscape(p, i, Math.min(end, to))
    return end
  }
  if (isText && letter === 'N') {
    const close = text.indexOf('}', i)
    if (text.charAt(i + 2) !== '{' || close < 0 || close >= to || close === i + 3) failEscape(p, i, Math.min(i + 3, to))
    return close + 1
  }
  return 0
}

function failEscape(p: Parser, start: number, end: number): never {
  fail(p, message.badEscape(p.text.slice(start, end)), start, end)
}

function escapeValue(text: string, start: number, end: number, flags: number): string {
  const letter = text.charAt(start + 1)
  if (letter === 'N') return UNNAMED
  if (letter >= '0' && letter <= '7') {
    const value = Number.parseInt(text.slice(start + 1, end), 8)
    return String.fromCharCode((flags & BYTES) !== 0 ? value & 255 : value)
  }
  return String.fromCodePoint(Number.parseInt(text.slice(start + 2, end), 16))
}
