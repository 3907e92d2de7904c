import type { Text } from '../../contracts/text.ts'
import { lexIdentifier, lexNumber, lexString } from './literals.ts'
import * as message from './messages.ts'
import { MAX_BRACKETS, type Parser } from './state.ts'
import * as T from './tokens.ts'

/**
 * The lexer: one token at a time, no array of tokens. Indentation is no token: {@link nextLine} measures it
 * into `column` and blocks compare columns.
 */

/** Consumes the current token and reads the next one. */
export function advance(p: Parser): void {
  p.lastEnd = p.end
  lex(p)
}

/** Makes [start, end) the current token; lexing functions return its kind. */
export function setToken(p: Parser, kind: number, start: number, end: number): number {
  p.kind = kind
  p.start = start
  p.end = end
  p.position = end
  return kind
}

export function setInvalid(p: Parser, start: number, end: number, why: Text): number {
  p.invalid = why
  return setToken(p, T.INVALID, start, end)
}

/** Reads the token at or after `position`. */
export function lex(p: Parser): number {
  const text = p.text
  const length = p.length
  let i = p.position
  while (i < length) {
    const c = text.charCodeAt(i)
    if (c > 127) return lexIdentifier(p, i, i)
    switch (T.CHARACTER[c]) {
      case T.C_SPACE:
        i++
        continue
      case T.C_LETTER: {
        let j = i + 1
        let next = 0
        while (j < length) {
          next = text.charCodeAt(j)
          if (next > 127 || T.WORD[next] === 0) break
          j++
        }
        if (j < length) {
          if (next > 127) return lexIdentifier(p, i, j)
          if ((next === 34 || next === 39) && j - i <= 2 && lexString(p, i, j)) return p.kind
        }
        p.flags = 0
        return setToken(p, T.wordKind(text, i, j), i, j)
      }
      case T.C_QUOTE:
        lexString(p, i, i)
        return p.kind
      case T.C_DIGIT:
        return lexNumber(p, i)
      case T.C_OPEN:
        if (p.depth === MAX_BRACKETS) return setInvalid(p, i, i + 1, message.TOO_DEEP)
        p.depth++
        return setToken(p, T.SINGLE[c] as number, i, i + 1)
      case T.C_CLOSE:
        if (p.depth > 0) p.depth--
        return setToken(p, T.SINGLE[c] as number, i, i + 1)
      case T.C_SINGLE:
        return setToken(p, T.SINGLE[c] as number, i, i + 1)
      case T.C_OPERATOR:
        return lexOperator(p, i, c)
      case T.C_DOT: {
        const next = text.charCodeAt(i + 1)
        if (next >= 48 && next <= 57) return lexNumber(p, i)
        if (next === 46 && text.charCodeAt(i + 2) === 46) return setToken(p, T.ELLIPSIS, i, i + 3)
        return setToken(p, T.DOT, i, i + 1)
      }
      case T.C_NEWLINE:
        if (p.depth === 0) return setToken(p, T.NEWLINE, i, i)
        i++
        continue
      case T.C_COMMENT: {
        const end = lineBreak(p, i)
        p.comments.push({ start: i, end })
        i = end
        continue
      }
      case T.C_BACKSLASH: {
        const after = skipNewline(text, i + 1)
        if (after === i + 1 || after === length) return setInvalid(p, i, i + 1, message.AFTER_BACKSLASH)
        i = after
        continue
      }
      default:
        return setInvalid(p, i, i + 1, message.badCharacter(text.charAt(i)))
    }
  }
  return setToken(p, p.depth === 0 ? T.NEWLINE : T.EOF, length, length)
}

function lexOperator(p: Parser, start: number, c: number): number {
  const text = p.text
  const next = start + 1 < p.length ? text.charCodeAt(start + 1) : 0
  const kind = T.SINGLE[c] as number
  if (next === 61) {
    if (kind >= T.AT && kind <= T.CIRCUMFLEX + 1) return setToken(p, kind + T.AUGMENTED, start, start + 2)
    // In a replacement field `:=` is a colon and a format that starts with `=`.
    if (c === 58) {
      if (p.fieldDepth === p.depth) return setToken(p, T.COLON, start, start + 1)
      return setToken(p, T.COLON_EQUAL, start, start + 2)
    }
    if (c === 61) return setToken(p, T.EQUAL_EQUAL, start, start + 2)
    if (c === 33) return setToken(p, T.NOT_EQUAL, start, start + 2)
    if (c === 60) return setToken(p, T.LESS_EQUAL, start, start + 2)
    return setToken(p, T.GREATER_EQUAL, start, start + 2)
  }
  if (next === c) {
    const doubled =
      c === 42 ? T.DOUBLE_STAR : c === 47 ? T.DOUBLE_SLASH : c === 60 ? T.LEFT_SHIFT : c === 62 ? T.RIGHT_SHIFT : 0
    if (doubled !== 0) {
      if (text.charCodeAt(start + 2) === 61) return setToken(p, doubled + T.AUGMENTED, start, start + 3)
      return setToken(p, doubled, start, start + 2)
    }
  }
  if (c === 45 && next === 62) return setToken(p, T.ARROW, start, start + 2)
  return setToken(p, kind, start, start + 1)
}

/** Offset of the line break at or after `i`, or the end of the text. */
export function lineEnd(text: string, i: number): number {
  const length = text.length
  while (i < length) {
    const c = text.charCodeAt(i)
    if (c === 10 || c === 13) return i
    i++
  }
  return length
}

/**
 * {@link lineEnd} for one token after the other. The native search is much faster than a loop while the code
 * is still cold, which is how most files are read.
 */
export function lineBreak(p: Parser, i: number): number {
  if (i >= p.breakFrom && i <= p.breakAt) return p.breakAt
  let at = p.carriageReturns ? lineEnd(p.text, i) : p.text.indexOf('\n', i)
  if (at < 0) at = p.length
  p.breakFrom = i
  p.breakAt = at
  return at
}

/** Offset of the first backslash at or after `i`, or the end of the text. */
export function nextBackslash(p: Parser, i: number): number {
  if (i >= p.backslashFrom && i <= p.backslashAt) return p.backslashAt
  const at = p.text.indexOf('\\', i)
  p.backslashFrom = i
  p.backslashAt = at < 0 ? p.length : at
  return p.backslashAt
}

/** Offset after the line break at `i`; `i` itself where there is none. */
export function skipNewline(text: string, i: number): number {
  const c = text.charCodeAt(i)
  if (c === 10) return i + 1
  if (c === 13) return text.charCodeAt(i + 1) === 10 ? i + 2 : i + 1
  return i
}

/**
 * Goes to the first token of the next logical line, past blank lines and comments. `column` is then its
 * indentation, tabs to multiples of 8 as in CPython; at the end of the text the token is EOF in column 0.
 */
export function nextLine(p: Parser): number {
  const text = p.text
  const length = p.length
  p.depth = 0
  p.fieldDepth = -1
  p.previousColumn = p.column
  let i = skipNewline(text, p.position)
  for (;;) {
    let column = 0
    let tabColumn = 0
    let continued = 0
    const lineStart = i
    for (; i < length; i++) {
      const c = text.charCodeAt(i)
      if (c === 32) {
        column++
        tabColumn++
      } else if (c === 9) {
        column = ((column >> 3) + 1) << 3
        tabColumn++
      } else if (c === 12) {
        column = 0
        tabColumn = 0
      } else if (c === 92 && skipNewline(text, i + 1) !== i + 1) {
        // The first continued line gives the indentation, whatever the next one has.
        continued = continued || column
        i = skipNewline(text, i + 1) - 1
      } else break
    }
    if (i >= length) {
      p.column = 0
      p.tabColumn = 0
      p.lineStart = length
      return setToken(p, T.EOF, length, length)
    }
    const c = text.charCodeAt(i)
    if (c === 10 || c === 13) {
      i = skipNewline(text, i)
      continue
    }
    if (c === 35) {
      const end = lineBreak(p, i)
      p.comments.push({ start: i, end })
      i = skipNewline(text, end)
      continue
    }
    if (i === lineStart && isConflictMarker(text, i)) {
      const end = lineEnd(text, i)
      passConflict(p, i, end, c)
      i = skipNewline(text, end)
      continue
    }
    p.column = continued || column
    p.tabColumn = continued || tabColumn
    p.lineStart = i
    p.position = i
    return lex(p)
  }
}

/** Whether the line at `start` is a marker that git leaves in a conflict. */
export function isConflictMarker(text: string, start: number): boolean {
  const c = text.charCodeAt(start)
  if (c !== 60 && c !== 61 && c !== 62 && c !== 124) return false
  for (let i = 1; i < 7; i++) if (text.charCodeAt(start + i) !== c) return false
  const after = text.charCodeAt(start + 7)
  return Number.isNaN(after) || after === 10 || after === 13 || after === 32
}

/** One problem for a whole conflict, at its first marker; every marker becomes a Damaged statement. */
function passConflict(p: Parser, start: number, end: number, c: number): void {
  if (c === 60 || !p.inConflict) p.problems.push({ span: { start, end }, message: message.CONFLICT })
  p.inConflict = c !== 62
  p.conflicts.push({ start, end })
}
