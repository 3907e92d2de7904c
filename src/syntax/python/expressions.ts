import type * as ast from './ast.ts'
import { parsePrimary } from './atoms.ts'
import { expect, fail, failExpecting, nest } from './failure.ts'
import { advance } from './lexer.ts'
import * as message from './messages.ts'
import { parseParameters } from './parameters.ts'
import { type Parser, push, take } from './state.ts'
import * as T from './tokens.ts'

/**
 * Expressions above the primary: one function per level of Python's grammar that has a shape of its own,
 * and one loop for all binary operators. An expression starts at its first token, a parenthesis included,
 * and ends with its last one; parentheses of its own do not count.
 */

/** `star_expressions`: one expression, or a tuple without parentheses. */
export function parseStarExpressions(p: Parser): ast.Expression {
  const start = p.start
  const first = parseStarExpression(p)
  return p.kind === T.COMMA ? parseTupleRest(p, start, first, false) : first
}

function parseStarExpression(p: Parser): ast.Expression {
  return p.kind === T.STAR ? parseStarred(p, true) : parseTest(p)
}

/** `star_named_expression`: an element of a display. */
export function parseStarNamed(p: Parser): ast.Expression {
  return p.kind === T.STAR ? parseStarred(p, true) : parseNamed(p)
}

/** `*x`: `x` of the level of `|`, or any expression in a call or subscript. */
export function parseStarred(p: Parser, operand: boolean): ast.Starred {
  const start = p.start
  advance(p)
  const value = operand ? parseOperation(p, T.BIT_OR_LEVEL) : parseTest(p)
  return { kind: 'Starred', start, end: p.lastEnd, value }
}

/** The elements after `first` of a tuple without parentheses, at a comma. */
export function parseTupleRest(p: Parser, start: number, first: ast.Expression, named: boolean): ast.Tuple {
  const from = p.top
  push(p, first)
  while (p.kind === T.COMMA) {
    advance(p)
    if (!startsExpression(p.kind)) break
    push(p, named ? parseStarNamed(p) : parseStarExpression(p))
  }
  return { kind: 'Tuple', start, end: p.lastEnd, elts: take(p, from) }
}

/** Whether a token can start an expression, a starred one included. */
export function startsExpression(kind: number): boolean {
  switch (kind) {
    case T.NAME:
    case T.INT:
    case T.FLOAT:
    case T.IMAGINARY:
    case T.STRING:
    case T.FORMAT_STRING:
    case T.INVALID:
    case T.LPAR:
    case T.LSQB:
    case T.LBRACE:
    case T.ELLIPSIS:
    case T.TILDE:
    case T.PLUS:
    case T.MINUS:
    case T.STAR:
    case T.FALSE:
    case T.NONE:
    case T.TRUE:
    case T.AWAIT:
    case T.LAMBDA:
    case T.NOT:
      return true
    default:
      return false
  }
}

/** `named_expression`: an expression, or `name := expression`. */
export function parseNamed(p: Parser): ast.Expression {
  const start = p.start
  const target = parseTest(p)
  return p.kind === T.COLON_EQUAL ? parseNamedRest(p, start, target) : target
}

export function parseNamedRest(p: Parser, start: number, target: ast.Expression): ast.Expression {
  if (target.kind !== 'Name' || target.start !== start) return fail(p, message.ASSIGNMENT, target.start, target.end)
  advance(p)
  const value = parseTest(p)
  return { kind: 'NamedExpr', start, end: p.lastEnd, target, value }
}

/** `expression`: a lambda, a conditional expression or an operation. */
export function parseTest(p: Parser): ast.Expression {
  if (p.kind === T.LAMBDA) return parseLambda(p)
  const start = p.start
  const body = parseOperation(p, T.OR_LEVEL)
  return p.kind === T.IF ? parseConditional(p, start, body) : body
}

/** `a if b else c if d else …` in a loop, since such chains are long in generated code. */
function parseConditional(p: Parser, start: number, first: ast.Expression): ast.Expression {
  const starts = [start]
  const bodies = [first]
  const tests: ast.Expression[] = []
  let last: ast.Expression
  for (;;) {
    advance(p)
    tests.push(parseOperation(p, T.OR_LEVEL))
    expect(p, T.ELSE, 'else')
    const next = p.start
    last = p.kind === T.LAMBDA ? parseLambda(p) : parseOperation(p, T.OR_LEVEL)
    if (p.kind !== T.IF) break
    starts.push(next)
    bodies.push(last)
    if (starts.length > MAX_CHAIN) fail(p, message.TOO_DEEP)
  }
  for (let i = tests.length - 1; i >= 0; i--) {
    const test = tests[i] as ast.Expression
    const body = bodies[i] as ast.Expression
    last = { kind: 'IfExp', start: starts[i] as number, end: p.lastEnd, test, body, orelse: last }
  }
  return last
}

/** Operators in a row and elif arms: CPython's compiler gives up at about this depth of the tree. */
export const MAX_CHAIN = 3000

function parseLambda(p: Parser): ast.Expression {
  // In a replacement field the colon would start the format.
  if (p.fieldDepth === p.depth) failExpecting(p, message.EXPRESSION)
  const start = p.start
  nest(p, 8)
  advance(p)
  const args = parseParameters(p, T.COLON, false)
  expect(p, T.COLON, ':')
  const body = parseTest(p)
  p.nesting -= 8
  return { kind: 'Lambda', start, end: p.lastEnd, args, body }
}

/** Operators of `level` and tighter ones, by precedence climbing. */
export function parseOperation(p: Parser, level: number): ast.Expression {
  const start = p.start
  let left = p.kind === T.NOT && level <= T.NOT_LEVEL ? parseNot(p) : parseUnary(p)
  let found = T.LEVEL[p.kind] as number
  if (found < level) return left
  nest(p, 1)
  for (let links = 0; found >= level; links++, found = T.LEVEL[p.kind] as number) {
    if (found > T.COMPARE_LEVEL) {
      const op = T.OPERATOR[p.kind] as ast.BinaryOperator
      advance(p)
      const right = parseOperation(p, found + 1)
      left = { kind: 'BinOp', start, end: p.lastEnd, left, op, right }
      if (links > MAX_CHAIN) fail(p, message.TOO_DEEP)
    } else if (found === T.COMPARE_LEVEL) left = parseComparison(p, start, left)
    else left = parseBoolean(p, start, left)
  }
  p.nesting--
  return left
}

function parseBoolean(p: Parser, start: number, first: ast.Expression): ast.BoolOp {
  const kind = p.kind
  const level = T.LEVEL[kind] as number
  const from = p.top
  push(p, first)
  while (p.kind === kind) {
    advance(p)
    push(p, parseOperation(p, level + 1))
  }
  return { kind: 'BoolOp', start, end: p.lastEnd, op: kind === T.OR ? 'or' : 'and', values: take(p, from) }
}

function parseComparison(p: Parser, start: number, left: ast.Expression): ast.Compare {
  const ops: ast.CompareOperator[] = []
  const comparators: ast.Expression[] = []
  while (T.LEVEL[p.kind] === T.COMPARE_LEVEL) {
    let op = T.OPERATOR[p.kind] as ast.CompareOperator
    const kind = p.kind
    advance(p)
    if (kind === T.NOT) {
      expect(p, T.IN, 'in')
    } else if (kind === T.IS && p.kind === T.NOT) {
      op = 'is not'
      advance(p)
    }
    ops.push(op)
    comparators.push(parseOperation(p, T.BIT_OR_LEVEL))
  }
  return { kind: 'Compare', start, end: p.lastEnd, left, ops, comparators }
}

function parseNot(p: Parser): ast.Expression {
  const starts: number[] = []
  while (p.kind === T.NOT) {
    starts.push(p.start)
    advance(p)
  }
  if (starts.length > MAX_CHAIN) fail(p, message.TOO_DEEP)
  let operand = parseOperation(p, T.COMPARE_LEVEL)
  for (let i = starts.length - 1; i >= 0; i--) {
    operand = { kind: 'UnaryOp', start: starts[i] as number, end: p.lastEnd, op: 'not', operand }
  }
  return operand
}

function parseUnary(p: Parser): ast.Expression {
  const kind = p.kind
  if (kind !== T.MINUS && kind !== T.PLUS && kind !== T.TILDE) return parsePower(p)
  const starts: number[] = []
  const ops: ('-' | '+' | '~')[] = []
  while (p.kind === T.MINUS || p.kind === T.PLUS || p.kind === T.TILDE) {
    starts.push(p.start)
    ops.push(p.kind === T.MINUS ? '-' : p.kind === T.PLUS ? '+' : '~')
    advance(p)
  }
  if (starts.length > MAX_CHAIN) fail(p, message.TOO_DEEP)
  let operand = parsePower(p)
  for (let i = starts.length - 1; i >= 0; i--) {
    const op = ops[i] as '-' | '+' | '~'
    operand = { kind: 'UnaryOp', start: starts[i] as number, end: p.lastEnd, op, operand }
  }
  return operand
}

function parsePower(p: Parser): ast.Expression {
  const start = p.start
  const left = p.kind === T.AWAIT ? parseAwait(p) : parsePrimary(p)
  if (p.kind !== T.DOUBLE_STAR) return left
  nest(p, 3)
  advance(p)
  const right = parseUnary(p)
  p.nesting -= 3
  return { kind: 'BinOp', start, end: p.lastEnd, left, op: '**', right }
}

function parseAwait(p: Parser): ast.Await {
  const start = p.start
  advance(p)
  const value = parsePrimary(p)
  return { kind: 'Await', start, end: p.lastEnd, value }
}

/** `yield`, `yield value` or `yield from value`. */
export function parseYield(p: Parser): ast.Expression {
  const start = p.start
  advance(p)
  if (p.kind === T.FROM) {
    advance(p)
    const value = parseTest(p)
    return { kind: 'YieldFrom', start, end: p.lastEnd, value }
  }
  const value = startsExpression(p.kind) ? parseStarExpressions(p) : undefined
  return { kind: 'Yield', start, end: p.lastEnd, value }
}

/** `annotated_rhs`: what may stand right of `=`. */
export function parseYieldOrStarExpressions(p: Parser): ast.Expression {
  return p.kind === T.YIELD ? parseYield(p) : parseStarExpressions(p)
}
