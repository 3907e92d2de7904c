import type * as ast from './ast.ts'
import { BRACKET } from './atoms.ts'
import { isComprehension, parseComprehension } from './comprehensions.ts'
import { parseNamedRest, parseStarred, parseTest } from './expressions.ts'
import { expect, fail, nest } from './failure.ts'
import { advance } from './lexer.ts'
import * as message from './messages.ts'
import { type Parser, push, take } from './state.ts'
import * as T from './tokens.ts'

/** What follows a primary in brackets, and the bases of a class. */

interface Passed {
  readonly args: readonly ast.Expression[]
  readonly keywords: readonly ast.Keyword[]
}

const NO_KEYWORDS: ast.Keyword[] = []

/** The arguments of a call, from `(` to `)`. */
export function parseArguments(p: Parser): Passed {
  const open = p.start
  const from = p.top
  let keywords = NO_KEYWORDS
  let unpacked = false
  nest(p, BRACKET)
  advance(p)
  while (p.kind !== T.RPAR) {
    const start = p.start
    if (p.kind === T.STAR) {
      const starred = parseStarred(p, false)
      if (unpacked) fail(p, message.POSITIONAL_AFTER_KEYWORD, starred.start, starred.end)
      push(p, starred)
    } else if (p.kind === T.DOUBLE_STAR) {
      advance(p)
      const value = parseTest(p)
      unpacked = true
      keywords = addKeyword(keywords, { kind: 'keyword', start, end: p.lastEnd, arg: undefined, value })
    } else {
      const value = parseTest(p)
      if (p.kind === T.EQUAL && value.kind === 'Name' && value.start === start) {
        advance(p)
        const passed = parseTest(p)
        keywords = addKeyword(keywords, { kind: 'keyword', start, end: p.lastEnd, arg: value.id, value: passed })
      } else if (isComprehension(p)) {
        const generators = parseComprehension(p, value)
        if (p.top > from || keywords.length > 0 || p.kind !== T.RPAR) {
          fail(p, message.BARE_GENERATOR, start, p.lastEnd)
        }
        push(p, { kind: 'GeneratorExp', start: open, end: p.end, elt: value, generators })
      } else {
        const argument = p.kind === T.COLON_EQUAL ? parseNamedRest(p, start, value) : value
        if (isComprehension(p)) {
          push(p, parseNamedGenerator(p, open, argument, p.top - from + keywords.length))
        } else {
          if (keywords.length > 0) fail(p, message.POSITIONAL_AFTER_KEYWORD, argument.start, argument.end)
          push(p, argument)
        }
      }
    }
    if (p.kind !== T.COMMA) break
    advance(p)
  }
  expect(p, T.RPAR, ')')
  p.nesting -= BRACKET
  return { args: take(p, from), keywords }
}

/** Most calls have no keyword or one. */
function addKeyword(keywords: ast.Keyword[], keyword: ast.Keyword): ast.Keyword[] {
  if (keywords.length === 0) return [keyword]
  keywords.push(keyword)
  return keywords
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
    const from = p.top
    push(p, first)
    while (p.kind === T.COMMA) {
      advance(p)
      if (p.kind === T.RSQB) break
      push(p, parseSlice(p))
    }
    slice = { kind: 'Tuple', start, end: p.lastEnd, elts: take(p, from) }
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
