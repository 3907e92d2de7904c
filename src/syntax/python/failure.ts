import type { Text } from '../../contracts/text.ts'
import { advance, isConflictMarker, lineEnd } from './lexer.ts'
import * as message from './messages.ts'
import type { Parser } from './state.ts'
import * as T from './tokens.ts'

/** Thrown where a logical line makes no sense, caught by the statement it belongs to. What and where is in the parser. */
export const DAMAGE = Symbol('damage')

/** Gives up the logical line that starts at `line`, the current one; without a span, at the current token. */
export function fail(p: Parser, why: Text, start = p.start, end = p.end, line = p.lineStart): never {
  p.failure = why
  p.failureStart = start
  p.failureEnd = end
  p.failureLine = line
  throw DAMAGE
}

/** Gives up because the current token is not `what`; a token that is itself damaged says so instead. */
export function failExpecting(p: Parser, what: Text): never {
  if (p.kind === T.INVALID && p.invalid !== undefined) fail(p, p.invalid)
  const line = startOfLine(p.text, p.start)
  if (isConflictMarker(p.text, line)) fail(p, message.CONFLICT, line, lineEnd(p.text, line))
  fail(p, message.expected(what, found(p)))
}

function startOfLine(text: string, offset: number): number {
  let i = offset
  while (i > 0 && text.charCodeAt(i - 1) !== 10 && text.charCodeAt(i - 1) !== 13) i--
  return i
}

function found(p: Parser): Text {
  if (p.kind === T.NEWLINE) return message.LINE_END
  if (p.kind === T.EOF) return message.FILE_END
  const written = p.text.slice(p.start, Math.min(p.end, p.start + 40))
  return message.code(/[\r\n]/.test(written) ? written.slice(0, written.search(/[\r\n]/)) : written)
}

/** Consumes a token of `kind`, written so. */
export function expect(p: Parser, kind: number, written: string): void {
  if (p.kind !== kind) failExpecting(p, message.code(written))
  advance(p)
}

/** Bounds the recursion of expressions; the caller subtracts again what it added. */
export function nest(p: Parser, weight: number): void {
  p.nesting += weight
  if (p.nesting > MAX_NESTING) fail(p, message.TOO_DEEP)
}

/** In frames of the expression parser, roughly: 200 brackets with some operators between them. */
const MAX_NESTING = 1600
