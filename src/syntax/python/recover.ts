import type { Problem } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Damaged } from './ast.ts'
import { DAMAGE } from './failure.ts'
import { lineEnd, nextLine, skipNewline } from './lexer.ts'
import { isUnclosed, noteUnclosed } from './literals.ts'
import * as message from './messages.ts'
import type { Parser } from './state.ts'
import { startsStatement } from './statement-start.ts'
import * as T from './tokens.ts'

/**
 * What damage costs: the logical line it is in, or with a header its block. An open bracket would take the
 * rest of the file with it, so that a line that can hardly belong to it ends it.
 */

/**
 * Skips what failed and the block under it, and reports one problem. `start` and `column` are those of the
 * statement or clause; the current token is afterwards the first one of the next logical line.
 */
export function recover(p: Parser, start: number, column: number, thrown: unknown): Damaged {
  if (thrown !== DAMAGE) throw thrown
  const problem = problemOf(p, column)
  if (isHopeless(p)) p.position = p.lastEnd = p.length
  nextLine(p)
  skipBlock(p, column)
  while ((p.conflicts[0]?.start ?? p.length) < p.lastEnd) p.conflicts.shift()
  p.problems.push(problem)
  return { kind: 'Damaged', start, end: p.lastEnd }
}

/**
 * Whether so much was read in vain, such as up to 200 brackets left open again and again, that the rest of the
 * text is given up: reading takes linear time. No text that somebody wrote comes near to this.
 */
function isHopeless(p: Parser): boolean {
  return p.wasted > 8 * p.length + 200_000
}

/** Skips the damaged logical line and tells what is wrong with it. */
function problemOf(p: Parser, column: number): Problem {
  const failure = p.failure as Text
  const { failureStart, failureEnd, failureLine } = p
  while ((p.comments.at(-1)?.start ?? -1) >= failureLine) p.comments.pop()
  while ((p.conflicts.at(-1)?.start ?? -1) >= failureLine) p.conflicts.pop()
  while ((p.problems.at(-1)?.span.start ?? -1) >= failureLine) p.problems.pop()
  p.nesting = 0
  p.top = 0
  p.wasted += Math.max(0, p.position - failureLine)
  const unclosed = skipLogicalLine(p, failureLine, column)
  const end = p.lastEnd
  if (failureStart < end) return { span: { start: failureStart, end: Math.min(failureEnd, end) }, message: failure }
  if (unclosed >= 0) {
    const span = { start: unclosed, end: unclosed + 1 }
    return { span, message: message.neverClosed(p.text.charAt(unclosed)) }
  }
  // The parser stopped at the end of the line, or went on further than the line now seems to reach.
  return { span: { start: failureStart === failureEnd ? end : failureLine, end }, message: failure }
}

/** Skips the lines indented under a damaged one, its further clauses, and brackets closed there. */
function skipBlock(p: Parser, column: number): void {
  while (p.kind !== T.EOF) {
    const below = p.column > column
    const belongs = p.column === column && (isClause(p.kind) || isCloser(p.kind))
    if (!below && !belongs) return
    skipLogicalLine(p, p.lineStart, p.column)
    nextLine(p)
  }
}

function isClause(kind: number): boolean {
  return kind === T.ELIF || kind === T.ELSE || kind === T.EXCEPT || kind === T.FINALLY
}

function isCloser(kind: number): boolean {
  return kind === T.RPAR || kind === T.RSQB || kind === T.RBRACE
}

/**
 * Skips the logical line that starts at `from`, without understanding it. `position` is then at the start of
 * the next line and `lastEnd` at the end of the code. Returns the offset of a bracket it left open, or -1.
 */
function skipLogicalLine(p: Parser, from: number, column: number): number {
  const text = p.text
  const open: number[] = []
  let codeEnd = from
  let i = from
  while (i < p.length) {
    const c = text.charCodeAt(i)
    if (c === 10 || c === 13) {
      i = skipNewline(text, i)
      if (open.length === 0 || endsAt(text, i, column)) break
      continue
    }
    if (c === 35) {
      const end = lineEnd(text, i)
      p.comments.push({ start: i, end })
      i = end
      continue
    }
    if (c === 34 || c === 39) i = skipString(p, i)
    else if (c === 92 && skipNewline(text, i + 1) !== i + 1) {
      i = skipNewline(text, i + 1)
      continue
    } else {
      if (c === 40 || c === 91 || c === 123) open.push(i)
      else if (c === 41 || c === 93 || c === 125) close(text, open, c)
      i++
    }
    if (c !== 32 && c !== 9 && c !== 12) codeEnd = i
  }
  p.position = i
  p.lastEnd = codeEnd
  return open.at(-1) ?? -1
}

/** Pops up to the counterpart of a closing bracket, if there is one. */
function close(text: string, open: number[], c: number): void {
  const counterpart = c === 41 ? 40 : c - 2
  for (let i = open.length - 1; i >= 0; i--) {
    if (text.charCodeAt(open[i] as number) === counterpart) {
      open.length = i
      return
    }
  }
}

/** Offset after the string whose opening quote is at `i`; one without an end stops at its line. */
function skipString(p: Parser, start: number): number {
  const text = p.text
  const quote = text.charCodeAt(start)
  const triple = text.charCodeAt(start + 1) === quote && text.charCodeAt(start + 2) === quote
  if (triple && (isBrokenAt(p, start) || isUnclosed(p, start))) return lineEnd(text, start)
  let i = triple ? start + 3 : start + 1
  while (i < p.length) {
    const c = text.charCodeAt(i)
    if (c === 92) {
      const after = skipNewline(text, i + 1)
      i = after === i + 1 ? i + 2 : after
    } else if (c === quote) {
      if (!triple) return i + 1
      if (text.charCodeAt(i + 1) === quote && text.charCodeAt(i + 2) === quote) return i + 3
      i++
    } else if (!triple && (c === 10 || c === 13)) return i
    else i++
  }
  if (!triple) return p.length
  noteUnclosed(p, start)
  return lineEnd(text, start)
}

/** Whether the triple quotes at `quote` open a string known to be damage; up to two letters precede them. */
function isBrokenAt(p: Parser, quote: number): boolean {
  return p.brokenStrings.has(quote) || p.brokenStrings.has(quote - 1) || p.brokenStrings.has(quote - 2)
}

/** Whether the line at `from` starts a new statement, at most as indented as `column`. */
function endsAt(text: string, from: number, column: number): boolean {
  let indentation = 0
  for (let i = from; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 32) indentation++
    else if (c === 9) indentation = ((indentation >> 3) + 1) << 3
    else if (c === 12) indentation = 0
    else return indentation <= column && startsStatement(text, i)
  }
  return false
}
