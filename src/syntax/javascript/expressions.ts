import type { ArrayLiteral, Expression, Quasi, TemplateLiteral } from './ast.ts'
import { at, bracketed, type Cursor, closerOf, eat, endOf, leaveBracket, maxDepth, peek, startOf } from './cursor.ts'
import { parseArrow, parseFunction } from './functions.ts'
import { parseJsx } from './jsx.ts'
import { parseClass, parseDecorators, parseObject } from './members.ts'
import { decodeEscapes } from './tokens.ts'
import { skipAngles, skipType } from './types.ts'

const precedence: Readonly<Record<string, number>> = {
  '??': 1,
  '||': 1,
  '&&': 2,
  '|': 3,
  '^': 4,
  '&': 5,
  '==': 6,
  '!=': 6,
  '===': 6,
  '!==': 6,
  '<': 7,
  '>': 7,
  '<=': 7,
  '>=': 7,
  instanceof: 7,
  in: 7,
  '<<': 8,
  '>>': 8,
  '>>>': 8,
  '+': 9,
  '-': 9,
  '*': 10,
  '/': 10,
  '%': 10,
  '**': 11,
}
const assignments = new Set([
  '=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '**=',
  '<<=',
  '>>=',
  '>>>=',
  '&=',
  '|=',
  '^=',
  '&&=',
  '||=',
  '??=',
])
const prefixOperators = new Set(['!', '-', '+', '~', '++', '--', 'typeof', 'void', 'delete', 'await', 'yield'])

/** An expression with its commas. */
export function parseExpression(c: Cursor): Expression {
  const start = startOf(c)
  const first = parseAssignment(c)
  if (!at(c, ',')) return first
  const expressions = [first]
  while (eat(c, ',')) expressions.push(parseAssignment(c))
  return { kind: 'Sequence', expressions, start, end: endOf(c, start) }
}

/** One expression without a comma. Consumes nothing when no expression begins here. */
export function parseAssignment(c: Cursor): Expression {
  if (c.depth > maxDepth) return unknown(c)
  c.depth++
  try {
    return parseArrow(c) ?? parseConditional(c)
  } finally {
    c.depth--
  }
}

function parseConditional(c: Cursor): Expression {
  const start = startOf(c)
  const left = parseBinary(c, 0)
  const token = peek(c)
  if (token?.type !== 'punctuator') return left
  if (token.value === '?') {
    c.index++
    const then = parseAssignment(c)
    eat(c, ':')
    const otherwise = parseAssignment(c)
    return { kind: 'Conditional', test: left, then, otherwise, start, end: endOf(c, start) }
  }
  if (assignments.has(token.value)) {
    c.index++
    const value = parseAssignment(c)
    return { kind: 'Assignment', op: token.value, target: left, value, start, end: endOf(c, start) }
  }
  return left
}

function parseBinary(c: Cursor, minimum: number): Expression {
  const start = startOf(c)
  let left = parseUnary(c)
  for (;;) {
    const token = peek(c)
    if (token === undefined || (token.type !== 'punctuator' && token.type !== 'name')) return left
    if (c.types && (token.value === 'as' || token.value === 'satisfies') && token.type === 'name' && !token.newline) {
      c.index++
      skipType(c)
      continue
    }
    const level = Object.hasOwn(precedence, token.value) ? (precedence[token.value] as number) : 0
    if (level <= minimum) return left
    c.index++
    const right = parseBinary(c, token.value === '**' ? level - 1 : level)
    left = { kind: 'Binary', op: token.value, left, right, start, end: endOf(c, start) }
  }
}

function parseUnary(c: Cursor): Expression {
  const token = peek(c)
  if (
    token !== undefined &&
    (token.type === 'punctuator' || token.type === 'name') &&
    prefixOperators.has(token.value)
  ) {
    if (token.type === 'name' && !startsExpression(c, 1)) return parsePostfix(c)
    if (c.depth > maxDepth) return unknown(c)
    c.index++
    if (token.value === 'yield') eat(c, '*')
    c.depth++
    const operand = token.value === 'yield' ? parseAssignment(c) : parseUnary(c)
    c.depth--
    return { kind: 'Unary', op: token.value, operand, start: token.start, end: endOf(c, token.start) }
  }
  return parsePostfix(c)
}

/** Whether the token after a word such as `await` can begin its operand, so that the word is no plain name. */
function startsExpression(c: Cursor, ahead: number): boolean {
  const token = peek(c, ahead)
  if (token === undefined) return false
  if (token.type !== 'punctuator') return token.value !== 'in' && token.value !== 'of' && token.value !== 'instanceof'
  return ['(', '[', '{', '!', '-', '+', '~', '++', '--', '...'].includes(token.value)
}

/** A primary expression with its calls, members and indexes. */
export function parsePostfix(c: Cursor): Expression {
  const start = startOf(c)
  let left = parsePrimary(c)
  for (;;) {
    const token = peek(c)
    if (token === undefined) return left
    if (token.type === 'template' && token.value.startsWith('`')) {
      left = parseTemplate(c, left, start)
      continue
    }
    if (token.type !== 'punctuator') return left
    if (token.value === '.' || token.value === '?.') {
      c.index++
      const next = peek(c)
      if (next?.type === 'name' || next?.type === 'private') {
        c.index++
        left = { kind: 'Member', object: left, name: next.value, key: undefined, start, end: endOf(c, start) }
        continue
      }
      if (token.value === '.' || next === undefined) return left
      continue
    }
    if (token.value === '[') left = parseIndex(c, left, start)
    else if (token.value === '(') {
      const args = parseArguments(c)
      left = { kind: 'Call', callee: left, args, start, end: endOf(c, start) }
    } else if (token.value === '<' && c.types && callsAfterAngles(c)) skipAngles(c)
    else if (token.value === '!' && c.types && !token.newline) c.index++
    else if ((token.value === '++' || token.value === '--') && !token.newline) {
      c.index++
      left = { kind: 'Unary', op: token.value, operand: left, start, end: endOf(c, start) }
    } else return left
  }
}

function parseIndex(c: Cursor, object: Expression, start: number): Expression {
  const close = closerOf(c)
  c.index++
  const key = parseExpression(c)
  leaveBracket(c, close)
  const name = key.kind === 'String' ? key.value : undefined
  return { kind: 'Member', object, name, key: name === undefined ? key : undefined, start, end: endOf(c, start) }
}

function callsAfterAngles(c: Cursor): boolean {
  const start = c.index
  const skipped = skipAngles(c)
  const next = peek(c)
  c.index = start
  return skipped && next !== undefined && (next.value === '(' || next.value === '?.' || next.type === 'template')
}

/** `(a, ...b)` */
export function parseArguments(c: Cursor): Expression[] {
  return bracketed(c, parseArgument)
}

/** What a template writes one of, `{% if secure %}'wss://'{% else %}'ws://'{% endif %} + host`, stands side by side here, and is neither. */
function parseArgument(c: Cursor): Expression {
  const first = parseElement(c)
  if (peek(c)?.type !== 'string' || first.kind === 'Unknown') return first
  while (peek(c)?.type === 'string') parseElement(c)
  return { kind: 'Unknown', start: first.start, end: endOf(c, first.start) }
}

function parseElement(c: Cursor): Expression {
  const start = startOf(c)
  if (!eat(c, '...')) return parseAssignment(c)
  const value = parseAssignment(c)
  return { kind: 'Spread', value, start, end: endOf(c, start) }
}

/** A literal, a name, a parenthesised expression, `new`, a function, a class. */
export function parsePrimary(c: Cursor): Expression {
  const token = peek(c)
  if (token === undefined) return unknown(c)
  const { start, value } = token
  switch (token.type) {
    case 'string':
      c.index++
      return {
        kind: 'String',
        value: decodeEscapes(value.slice(1, value.length > 1 && value.endsWith(value[0] as string) ? -1 : undefined)),
        start,
        end: token.end,
      }
    case 'template':
      return value.startsWith('`') ? parseTemplate(c, undefined, start) : unknown(c)
    case 'number':
      c.index++
      return { kind: 'Number', text: value, start, end: token.end }
    case 'regex': {
      c.index++
      const slash = value.lastIndexOf('/')
      return {
        kind: 'Regex',
        source: value.slice(1, Math.max(slash, 1)),
        flags: value.slice(slash + 1),
        start,
        end: token.end,
      }
    }
    case 'private':
      c.index++
      return { kind: 'Identifier', name: value, start, end: token.end }
    case 'jsx':
      return parseJsx(c)
    case 'name':
      return parseWord(c)
    case 'punctuator':
      if (value === '(') return parseParenthesised(c)
      if (value === '[') return parseArray(c)
      if (value === '{') return parseObject(c)
      if (value === '@') return parseDecoratedValue(c)
      if (value === '<' && c.types && skipAngles(c)) return parseUnary(c)
      return unknown(c)
    default:
      return unknown(c)
  }
}

/** `@dec class {}`; what is no class keeps the decorators beside it. */
function parseDecoratedValue(c: Cursor): Expression {
  const { start } = peek(c) as { start: number }
  const decorators = parseDecorators(c)
  if (at(c, 'class')) return parseClass(c, decorators)
  const expressions = [...decorators, parsePrimary(c)]
  return { kind: 'Sequence', expressions, start, end: endOf(c, start) }
}

function parseWord(c: Cursor): Expression {
  const token = peek(c) as { value: string; start: number; end: number }
  const { start } = token
  if (token.value === 'function') return parseFunction(c)
  if (token.value === 'async' && at(c, 'function', 1) && !peek(c, 1)?.newline) return parseFunction(c)
  if (token.value === 'class') return parseClass(c)
  if (token.value === 'new') return parseNew(c)
  c.index++
  return { kind: 'Identifier', name: token.value, start, end: token.end }
}

function parseNew(c: Cursor): Expression {
  const start = startOf(c)
  c.index++
  if (at(c, '.')) {
    c.index += 2
    return { kind: 'Unknown', start, end: endOf(c, start) }
  }
  let callee = parsePrimary(c)
  for (;;) {
    const token = peek(c)
    if (token?.value === '.' && token.type === 'punctuator' && peek(c, 1) !== undefined) {
      const name = (peek(c, 1) as { value: string }).value
      c.index += 2
      callee = {
        kind: 'Member',
        object: callee,
        name,
        key: undefined,
        start: callee.start,
        end: endOf(c, callee.start),
      }
    } else if (token?.value === '[' && token.type === 'punctuator') callee = parseIndex(c, callee, callee.start)
    else break
  }
  if (c.types && at(c, '<')) skipAngles(c)
  const args = at(c, '(') ? parseArguments(c) : []
  return { kind: 'New', callee, args, start, end: endOf(c, start) }
}

function parseParenthesised(c: Cursor): Expression {
  const close = closerOf(c)
  c.index++
  const inner = parseExpression(c)
  leaveBracket(c, close)
  return inner
}

function parseArray(c: Cursor): ArrayLiteral {
  const start = startOf(c)
  const elements = parseArguments(c)
  return { kind: 'Array', elements, start, end: endOf(c, start) }
}

function parseTemplate(c: Cursor, tag: Expression | undefined, start: number): TemplateLiteral {
  const quasis: Quasi[] = []
  const expressions: Expression[] = []
  for (;;) {
    const token = peek(c)
    if (token?.type !== 'template') break
    c.index++
    const open = token.value.endsWith('${')
    const tail = open ? 2 : token.value.length > 1 && token.value.endsWith('`') ? 1 : 0
    quasis.push({
      value: decodeEscapes(token.value.slice(1, token.value.length - tail)),
      start: token.start + 1,
      end: token.end - tail,
    })
    if (!open) break
    expressions.push(parseExpression(c))
    while (peek(c) !== undefined && !(peek(c)?.type === 'template' && peek(c)?.value.startsWith('}'))) c.index++
  }
  return { kind: 'Template', tag, quasis, expressions, start, end: endOf(c, start) }
}

/** What cannot begin an expression: nothing is consumed, unless it is a stray token nobody else would take. */
function unknown(c: Cursor): Expression {
  const token = peek(c)
  const start = startOf(c)
  if (token === undefined) return { kind: 'Unknown', start, end: start }
  if (token.type === 'punctuator' && [')', ']', '}', ',', ';', ':', '=>'].includes(token.value))
    return { kind: 'Unknown', start, end: start }
  if (token.type === 'template' || token.type === 'jsx') return { kind: 'Unknown', start, end: start }
  c.index++
  return { kind: 'Unknown', start, end: token.end }
}
