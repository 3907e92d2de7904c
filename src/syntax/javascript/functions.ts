import type { Expression, FunctionExpression, Param, Statement } from './ast.ts'
import { at, bracketed, type Cursor, closerOf, eat, endOf, peek, startOf } from './cursor.ts'
import { parseAssignment, parsePrimary } from './expressions.ts'
import { isModifier, parseDecorators } from './members.ts'
import { parseBlockBody } from './statements.ts'
import { skipAngles, skipType } from './types.ts'

/** Parameters and body of a method, the cursor behind its name. */
export function parseMethod(c: Cursor, name: string | undefined): FunctionExpression {
  const start = startOf(c)
  if (c.types) skipAngles(c)
  const params = at(c, '(') ? bracketed(c, parseParam) : []
  if (c.types && eat(c, ':')) skipType(c)
  const body = at(c, '{') ? parseBlockBody(c) : []
  return { kind: 'Function', name, params, async: false, arrow: false, body, start, end: endOf(c, start) }
}

/** `[async] function [*] [name] (…) {…}` */
export function parseFunction(c: Cursor): FunctionExpression {
  const start = startOf(c)
  const async = eat(c, 'async')
  eat(c, 'function')
  eat(c, '*')
  const name = peek(c)?.type === 'name' ? peek(c)?.value : undefined
  if (name !== undefined) c.index++
  const { params, body } = parseMethod(c, name)
  return { kind: 'Function', name, params, async, arrow: false, body, start, end: endOf(c, start) }
}

function parseParam(c: Cursor): Param {
  const start = startOf(c)
  const decorators = parseDecorators(c)
  while (c.types && isModifier(c, ['public', 'private', 'protected', 'readonly', 'override'])) c.index++
  const rest = eat(c, '...')
  const target = parsePrimary(c)
  if (c.types) eat(c, '?')
  if (c.types && eat(c, ':')) skipType(c)
  const fallback = eat(c, '=') ? parseAssignment(c) : undefined
  return { decorators, target, default: fallback, rest, start, end: endOf(c, start) }
}

/** An arrow function, if one begins here. */
export function parseArrow(c: Cursor): Expression | undefined {
  const start = startOf(c)
  const begin = c.index
  const opens = at(c, '(', 1) || peek(c, 1)?.type === 'name' || (c.types && at(c, '<', 1))
  const async = at(c, 'async') && !peek(c, 1)?.newline && opens
  if (async) c.index++
  const params = arrowParams(c)
  if (params === undefined || !eat(c, '=>')) {
    c.index = begin
    return undefined
  }
  const body: readonly Statement[] = at(c, '{') ? parseBlockBody(c) : [arrowResult(c)]
  return { kind: 'Function', name: undefined, params, async, arrow: true, body, start, end: endOf(c, start) }
}

function arrowResult(c: Cursor): Statement {
  const value = parseAssignment(c)
  return { kind: 'Return', throws: false, value, start: value.start, end: value.end }
}

function arrowParams(c: Cursor): Param[] | undefined {
  const token = peek(c)
  if (token?.type === 'name' && at(c, '=>', 1)) {
    c.index++
    const target: Expression = { kind: 'Identifier', name: token.value, start: token.start, end: token.end }
    return [{ decorators: [], target, default: undefined, rest: false, start: token.start, end: token.end }]
  }
  if (c.types) skipAngles(c)
  if (!at(c, '(') || peek(c)?.match === -1) return undefined
  const close = closerOf(c)
  const next = c.tokens[close + 1]
  if (next?.value === '=>' && next.type === 'punctuator') return bracketed(c, parseParam)
  if (!c.types || next?.value !== ':' || next.type !== 'punctuator') return undefined
  // `(a): T => …`: only when an arrow follows the type directly.
  const before = c.index
  c.index = close + 2
  skipType(c)
  const arrow = at(c, '=>')
  const after = c.index
  c.index = before
  if (!arrow) return undefined
  const params = bracketed(c, parseParam)
  c.index = after
  return params
}
