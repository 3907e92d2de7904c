import { lineEnd } from './lexer.ts'
import { wordEnd } from './literals.ts'
import * as T from './tokens.ts'

/**
 * Whether a line inside an open bracket of damaged code looks like the start of a new statement rather than
 * like an element. Only asked of lines not indented more than the damaged statement.
 */
export function startsStatement(text: string, start: number): boolean {
  const first = text.charCodeAt(start)
  if (first === 64) return isWordStart(text.charCodeAt(start + 1))
  if (first === 34 || first === 39) return isDocstring(text, start) && !endsWithComma(text, start + 3)
  if (!isWordStart(first)) return false
  const word = wordEnd(text, start)
  switch (T.wordKind(text, start, word)) {
    case T.NAME:
      return isStatementAfterName(text, start, word)
    case T.IF:
    case T.FOR:
    case T.ELSE:
    case T.ASYNC:
      return endsWithColon(text, word)
    case T.CLASS:
    case T.DEF:
    case T.IMPORT:
    case T.FROM:
    case T.RETURN:
    case T.WITH:
    case T.WHILE:
    case T.TRY:
    case T.EXCEPT:
    case T.FINALLY:
    case T.ELIF:
    case T.RAISE:
    case T.DEL:
    case T.GLOBAL:
    case T.NONLOCAL:
    case T.PASS:
    case T.BREAK:
    case T.CONTINUE:
    case T.ASSERT:
      return true
    default:
      return false
  }
}

function isWordStart(c: number): boolean {
  return c > 127 || T.CHARACTER[c] === T.C_LETTER
}

function isDocstring(text: string, start: number): boolean {
  return text.charCodeAt(start + 1) === text.charCodeAt(start) && text.charCodeAt(start + 2) === text.charCodeAt(start)
}

function skipSpaces(text: string, from: number): number {
  let i = from
  while (text.charCodeAt(i) === 32 || text.charCodeAt(i) === 9) i++
  return i
}

/** `X =`, `a, b =`, `x.y =`, `f(…)`, `x: int`: but `x=1,` is an argument and `f(…),` an element. */
function isStatementAfterName(text: string, start: number, word: number): boolean {
  let i = skipSpaces(text, word)
  const c = text.charCodeAt(i)
  if (isAssignment(text, i)) return i > word || !endsWithComma(text, i)
  if (c === 44 || c === 46) {
    i = skipTargets(text, i)
    if (isAssignment(text, i)) return true
    if (c === 44) return false
    return !endsWithComma(text, word)
  }
  if (c === 40 || c === 91) return !endsWithComma(text, word)
  if (c === 58) return text.charCodeAt(i + 1) !== 61 && !endsWithComma(text, word)
  if (T.CHARACTER[c] === T.C_OPERATOR) return isAugmented(text, i)
  const soft = text.slice(start, word)
  if (soft === 'match' || soft === 'case') return endsWithColon(text, word)
  return soft === 'type' && isWordStart(c)
}

/** Names, dots, commas, stars and spaces, as left of an assignment to several targets. */
function skipTargets(text: string, from: number): number {
  let i = from
  for (;;) {
    const c = text.charCodeAt(i)
    if (c === 32 || c === 9 || c === 44 || c === 46 || c === 42) i++
    else if (isWordStart(c)) i = wordEnd(text, i)
    else return i
  }
}

function isAssignment(text: string, i: number): boolean {
  return text.charCodeAt(i) === 61 && text.charCodeAt(i + 1) !== 61
}

function isAugmented(text: string, from: number): boolean {
  let i = from
  while (i < from + 2 && text.charCodeAt(i) !== 61) i++
  const c = text.charCodeAt(from)
  return text.charCodeAt(i) === 61 && c !== 61 && c !== 33 && !(i === from + 1 && (c === 60 || c === 62))
}

/**
 * Last character of the code on the line of `from`, without a comment, as far as one line tells; nothing if a
 * bracket opened on the line stays open.
 */
function lastOfLine(text: string, from: number): string {
  const end = lineEnd(text, from)
  let quote = 0
  let depth = 0
  let last = from
  for (let i = from; i < end; i++) {
    const c = text.charCodeAt(i)
    if (quote !== 0) {
      if (c === 92) i++
      else if (c === quote) quote = 0
    } else if (c === 34 || c === 39) quote = c
    else if (c === 40 || c === 91 || c === 123) depth++
    else if (c === 41 || c === 93 || c === 125) depth--
    else if (c === 35) break
    if (c !== 32 && c !== 9) last = i
  }
  return depth > 0 ? '' : text.charAt(last)
}

function endsWithComma(text: string, from: number): boolean {
  return lastOfLine(text, from) === ','
}

function endsWithColon(text: string, from: number): boolean {
  return lastOfLine(text, from) === ':'
}
