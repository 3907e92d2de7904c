import type * as ast from './ast.ts'
import { BRACKET } from './atoms.ts'
import { isComprehension, parseComprehension } from './comprehensions.ts'
import { parseNamedRest, parseStarred, parseTest } from './expressions.ts'
import { expect, fail, nest } from './failure.ts'
import { advance, type Parser } from './lexer.ts'
import * as message from './messages.ts'
import * as T from './tokens.ts'

/** What follows a primary in brackets, and the bases of a class. */

interface Passed {
  readonly args: ast.Expression[]
  readonly keywords: ast.Keyword[]
}

/** The arguments of a call, from `(` to `)`. */
export function parseArguments(p: Parser): Passed {
  const open = p.start
  const args: ast.Expression[] = []
  const keywords: ast.Keyword[] = []
  let unpacked = false
  nest(p, BRACKET)
  advance(p)
  while (p.kind !== T.RPAR) {
    const start = p.start
    if (p.kind === T.STAR) {
      const starred = parseStarred(p, false)
      if (unpacked) fail(p, message.POSITIONAL_AFTER_KEYWORD, starred.start, starred.end)
      args.push(starred)
    } else if (p.kind === T.DOUBLE_STAR) {
      advance(p)
      const value = parseTest(p)
      unpacked = true
      keywords.push({ kind: 'keyword', start, end: p.lastEnd, arg: undefined, value })
    } else {
      const value = parseTest(p)
      if (p.kind === T.EQUAL && value.kind === 'Name' && value.start === start) {
        advance(p)
        const passed = parseTest(p)
        keywords.push({ kind: 'keyword', start, end: p.lastEnd, arg: value.id, value: passed })
      } else if (isComprehension(p)) {
        const generators = parseComprehension(p, value)
        if (args.length > 0 || keywords.length > 0 || p.kind !== T.RPAR) {
          fail(p, message.BARE_GENERATOR, start, p.lastEnd)
        }
        args.push({ kind: 'GeneratorExp', start: open, end: p.end, elt: value, generators })
      } else {
        const argument = p.kind === T.COLON_EQUAL ? parseNamedRest(p, start, value) : value
        if (isComprehension(p)) {
          args.push(parseNamedGenerator(p, open, argument, args.length + keywords.length))
        } else {
          if (keywords.length > 0) fail(p, message.POSITIONAL_AFTER_KEYWORD, argument.start, argument.end)
          args.push(argument)
        }
      }
    }
    if (p.kind !== T.COMMA) break
    advance(p)
  }
  expect(p, T.RPAR, ')')
  p.nesting -= BRACKET
  return { args, keywords }
}

/** `f(y := g(x) for x in z)` */
function parseNamedGenerator(p: Parser, start: number, elt: ast.Expression, before: number): ast.GeneratorExp {
  const generators = parseComprehension(p, elt)
  if (before > 0 || p.kind !== T.RPAR) fail(p, message.BARE_GENERATOR, start, p.lastEnd)
  return { kind: 'GeneratorExp', start, end: p.end, elt, generators }
}

/** What is between `[` and `]` after a primary. */
export function parseSubscript(p: Parser): ast.Expression {
  nest(p, BRACKET)
  advance(p)
  const start = p.start
  const first = parseSlice(p)
  let slice = first
  if (p.kind === T.COMMA || first.kind === 'Starred') {
    const elts = [first]
    while (p.kind === T.COMMA) {
      advance(p)
      if (p.kind === T.RSQB) break
      elts.push(parseSlice(p))
    }
    slice = { kind: 'Tuple', start, end: p.lastEnd, elts }
  }
  expect(p, T.RSQB, ']')
  p.nesting -= BRACKET
  return slice
}

function parseSlice(p: Parser): ast.Expression {
  if (p.kind === T.STAR) return parseStarred(p, false)
  const start = p.start
  let lower: ast.Expression | undefined
  if (p.kind !== T.COLON) {
    lower = parseTest(p)
    if (p.kind === T.COLON_EQUAL) return parseNamedRest(p, start, lower)
    if (p.kind !== T.COLON) return lower
  }
  advance(p)
  const upper = endsSlicePart(p.kind) ? undefined : parseTest(p)
  let step: ast.Expression | undefined
  if (p.kind === T.COLON) {
    advance(p)
    if (!endsSlicePart(p.kind)) step = parseTest(p)
  }
  return { kind: 'Slice', start, end: p.lastEnd, lower, upper, step }
}

function endsSlicePart(kind: number): boolean {
  return kind === T.COLON || kind === T.COMMA || kind === T.RSQB
}
