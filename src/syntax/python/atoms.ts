import type * as ast from './ast.ts'
import { parseArguments, parseSubscript } from './calls.ts'
import { isComprehension, parseComprehension } from './comprehensions.ts'
import {
  MAX_CHAIN,
  parseNamedRest,
  parseOperation,
  parseStarNamed,
  parseTest,
  parseYield,
  startsExpression,
} from './expressions.ts'
import { expect, fail, failExpecting, nest } from './failure.ts'
import { advance } from './lexer.ts'
import { identifier, numberValue } from './literals.ts'
import * as message from './messages.ts'
import { type Parser, push, take } from './state.ts'
import { parseStrings } from './text-literals.ts'
import * as T from './tokens.ts'

/** Atoms and what follows them: attributes, calls and subscripts. */

const NONE: ast.ConstantValue = { type: 'none' }
const ELLIPSIS: ast.ConstantValue = { type: 'ellipsis' }
const TRUE: ast.ConstantValue = { type: 'bool', value: true }
const FALSE: ast.ConstantValue = { type: 'bool', value: false }

/** Brackets weigh four frames of the expression parser: see `nest`. */
export const BRACKET = 4

export function parsePrimary(p: Parser): ast.Expression {
  const start = p.start
  let node = parseAtom(p)
  for (let links = 0; ; links++) {
    if (p.kind === T.DOT) {
      advance(p)
      if (p.kind !== T.NAME) failExpecting(p, message.IDENTIFIER)
      const attr = identifier(p)
      advance(p)
      node = { kind: 'Attribute', start, end: p.lastEnd, value: node, attr }
    } else if (p.kind === T.LPAR) {
      const { args, keywords } = parseArguments(p)
      node = { kind: 'Call', start, end: p.lastEnd, func: node, args, keywords }
    } else if (p.kind === T.LSQB) {
      const slice = parseSubscript(p)
      node = { kind: 'Subscript', start, end: p.lastEnd, value: node, slice }
    } else return node
    if (links > MAX_CHAIN) fail(p, message.TOO_DEEP)
  }
}

function parseAtom(p: Parser): ast.Expression {
  switch (p.kind) {
    case T.NAME: {
      const id = identifier(p)
      const node: ast.Name = { kind: 'Name', start: p.start, end: p.end, id }
      advance(p)
      return node
    }
    case T.STRING:
    case T.FORMAT_STRING:
      return parseStrings(p)
    case T.INT:
    case T.FLOAT:
    case T.IMAGINARY:
      return parseConstant(p, numberValue(p))
    case T.NONE:
      return parseConstant(p, NONE)
    case T.TRUE:
      return parseConstant(p, TRUE)
    case T.FALSE:
      return parseConstant(p, FALSE)
    case T.ELLIPSIS:
      return parseConstant(p, ELLIPSIS)
    case T.LPAR:
      return parseParenthesis(p)
    case T.LSQB:
      return parseList(p)
    case T.LBRACE:
      return parseBraces(p)
    default:
      return failExpecting(p, message.EXPRESSION)
  }
}

function parseConstant(p: Parser, value: ast.ConstantValue): ast.Constant {
  const node: ast.Constant = { kind: 'Constant', start: p.start, end: p.end, value }
  advance(p)
  return node
}

/** A group, a tuple, a generator expression or a parenthesised `yield`. */
function parseParenthesis(p: Parser): ast.Expression {
  const start = p.start
  nest(p, BRACKET)
  advance(p)
  const node = parseParenthesised(p, start)
  p.nesting -= BRACKET
  return node
}

function parseParenthesised(p: Parser, start: number): ast.Expression {
  if (p.kind === T.RPAR) {
    advance(p)
    return { kind: 'Tuple', start, end: p.lastEnd, elts: [] }
  }
  if (p.kind === T.YIELD) {
    const node = parseYield(p)
    expect(p, T.RPAR, ')')
    return node
  }
  const first = parseStarNamed(p)
  if (isComprehension(p)) {
    const generators = parseComprehension(p, first)
    expect(p, T.RPAR, ')')
    return { kind: 'GeneratorExp', start, end: p.lastEnd, elt: first, generators }
  }
  if (p.kind === T.COMMA) {
    const elts = parseElements(p, first)
    expect(p, T.RPAR, ')')
    return { kind: 'Tuple', start, end: p.lastEnd, elts }
  }
  expect(p, T.RPAR, ')')
  return first.kind === 'Starred' ? fail(p, message.STAR_HERE, first.start, first.end) : first
}

function parseElements(p: Parser, first: ast.Expression): ast.Expression[] {
  if (p.kind !== T.COMMA) return [first]
  const from = p.top
  push(p, first)
  while (p.kind === T.COMMA) {
    advance(p)
    if (!startsExpression(p.kind)) break
    push(p, parseStarNamed(p))
  }
  return take(p, from)
}

function parseList(p: Parser): ast.Expression {
  const start = p.start
  nest(p, BRACKET)
  advance(p)
  let node: ast.Expression
  if (p.kind === T.RSQB) {
    advance(p)
    node = { kind: 'List', start, end: p.lastEnd, elts: [] }
  } else {
    const first = parseStarNamed(p)
    if (isComprehension(p)) {
      const generators = parseComprehension(p, first)
      expect(p, T.RSQB, ']')
      node = { kind: 'ListComp', start, end: p.lastEnd, elt: first, generators }
    } else {
      const elts = parseElements(p, first)
      expect(p, T.RSQB, ']')
      node = { kind: 'List', start, end: p.lastEnd, elts }
    }
  }
  p.nesting -= BRACKET
  return node
}

/** A dict, a set, or a comprehension of either. */
function parseBraces(p: Parser): ast.Expression {
  const start = p.start
  nest(p, BRACKET)
  advance(p)
  const node = parseBraced(p, start)
  p.nesting -= BRACKET
  return node
}

function parseBraced(p: Parser, start: number): ast.Expression {
  if (p.kind === T.RBRACE || p.kind === T.DOUBLE_STAR) return parseDict(p, start, undefined)
  if (p.kind === T.STAR) return parseSet(p, start, parseStarNamed(p))
  const first = parseTest(p)
  if (p.kind === T.COLON) return parseDict(p, start, first)
  const named = p.kind === T.COLON_EQUAL ? parseNamedRest(p, first.start, first) : first
  return parseSet(p, start, named)
}

function parseSet(p: Parser, start: number, first: ast.Expression): ast.Expression {
  if (isComprehension(p)) {
    const generators = parseComprehension(p, first)
    expect(p, T.RBRACE, '}')
    return { kind: 'SetComp', start, end: p.lastEnd, elt: first, generators }
  }
  const elts = parseElements(p, first)
  expect(p, T.RBRACE, '}')
  return { kind: 'Set', start, end: p.lastEnd, elts }
}

/** A dict display; `firstKey` was read already and its colon is the current token. */
function parseDict(p: Parser, start: number, firstKey: ast.Expression | undefined): ast.Expression {
  const keys: (ast.Expression | undefined)[] = []
  const from = p.top
  let key = firstKey
  while (p.kind !== T.RBRACE) {
    if (p.kind === T.DOUBLE_STAR) {
      advance(p)
      keys.push(undefined)
      push(p, parseOperation(p, T.BIT_OR_LEVEL))
    } else {
      key ??= parseTest(p)
      expect(p, T.COLON, ':')
      const value = parseTest(p)
      if (keys.length === 0 && isComprehension(p)) {
        const generators = parseComprehension(p, key)
        expect(p, T.RBRACE, '}')
        return { kind: 'DictComp', start, end: p.lastEnd, key, value, generators }
      }
      keys.push(key)
      push(p, value)
      key = undefined
    }
    if (p.kind !== T.COMMA) break
    advance(p)
  }
  expect(p, T.RBRACE, '}')
  return { kind: 'Dict', start, end: p.lastEnd, keys: keys.slice(), values: take(p, from) }
}
