import type * as ast from './ast.ts'
import { parseStarred, parseTest } from './expressions.ts'
import { expect, fail, failExpecting } from './failure.ts'
import { advance } from './lexer.ts'
import { identifier } from './literals.ts'
import * as message from './messages.ts'
import type { Parser } from './state.ts'
import * as T from './tokens.ts'

/** Parameters of functions and lambdas, and type parameters. */

/** Parameters up to the token `close`, which stays; annotations only where `annotated`. */
export function parseParameters(p: Parser, close: number, annotated: boolean): ast.Arguments {
  let posonly: ast.Argument[] = []
  let args: ast.Argument[] = []
  let vararg: ast.Argument | undefined
  const kwonly: ast.Argument[] = []
  let kwarg: ast.Argument | undefined
  let starred = false
  let defaults = false
  while (p.kind !== close) {
    if (kwarg !== undefined) fail(p, message.PARAMETER_ORDER)
    if (p.kind === T.SLASH) {
      if (starred || posonly.length > 0 || args.length === 0) fail(p, message.PARAMETER_ORDER)
      posonly = args
      args = []
      advance(p)
    } else if (p.kind === T.STAR) {
      if (starred) fail(p, message.PARAMETER_ORDER)
      starred = true
      advance(p)
      if (p.kind === T.NAME) vararg = parseParameter(p, annotated, true, false)
      else {
        passBareStar(p, close)
        continue
      }
    } else if (p.kind === T.DOUBLE_STAR) {
      advance(p)
      kwarg = parseParameter(p, annotated, false, false)
    } else {
      const parameter = parseParameter(p, annotated, false, true)
      if (starred) kwonly.push(parameter)
      else {
        if (parameter.default !== undefined) defaults = true
        else if (defaults) fail(p, message.DEFAULT_ORDER, parameter.start, parameter.end)
        args.push(parameter)
      }
    }
    if (p.kind !== T.COMMA) break
    advance(p)
  }
  if (p.kind !== close) failExpecting(p, message.code(close === T.RPAR ? ')' : ':'))
  return { posonly, args, vararg, kwonly, kwarg }
}

/** A bare `*` must be followed by a named parameter. */
function passBareStar(p: Parser, close: number): void {
  if (p.kind !== T.COMMA) failExpecting(p, message.IDENTIFIER)
  advance(p)
  if (p.kind === close || p.kind === T.DOUBLE_STAR) fail(p, message.PARAMETER_ORDER)
}

function parseParameter(p: Parser, annotated: boolean, star: boolean, defaultable: boolean): ast.Argument {
  const start = p.start
  if (p.kind !== T.NAME) failExpecting(p, message.IDENTIFIER)
  const name = identifier(p)
  advance(p)
  let annotation: ast.Expression | undefined
  if (annotated && p.kind === T.COLON) {
    advance(p)
    annotation = star && p.kind === T.STAR ? parseStarred(p, true) : parseTest(p)
  }
  const end = p.lastEnd
  let value: ast.Expression | undefined
  if (defaultable && p.kind === T.EQUAL) {
    advance(p)
    value = parseTest(p)
  }
  return { kind: 'arg', start, end, name, annotation, default: value }
}

/** `[T: int = str, *Ts, **P]`, from `[` to `]`; empty where there is none. */
export function parseTypeParameters(p: Parser): ast.TypeParam[] {
  const parameters: ast.TypeParam[] = []
  if (p.kind !== T.LSQB) return parameters
  advance(p)
  do {
    const start = p.start
    const kind = p.kind === T.STAR ? 'TypeVarTuple' : p.kind === T.DOUBLE_STAR ? 'ParamSpec' : 'TypeVar'
    if (kind !== 'TypeVar') advance(p)
    if (p.kind !== T.NAME) failExpecting(p, message.IDENTIFIER)
    const name = identifier(p)
    advance(p)
    let bound: ast.Expression | undefined
    if (kind === 'TypeVar' && p.kind === T.COLON) {
      advance(p)
      bound = parseTest(p)
    }
    let value: ast.Expression | undefined
    if (p.kind === T.EQUAL) {
      advance(p)
      value = kind === 'TypeVarTuple' && p.kind === T.STAR ? parseStarred(p, true) : parseTest(p)
    }
    parameters.push({ kind, start, end: p.lastEnd, name, bound, default: value })
    if (p.kind !== T.COMMA) break
    advance(p)
  } while (p.kind !== T.RSQB)
  expect(p, T.RSQB, ']')
  return parameters
}
