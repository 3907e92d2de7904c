import type { ClassExpression, ClassMember, Expression, ObjectLiteral, Property } from './ast.ts'
import { at, type Cursor, closerOf, eat, endOf, peek, skipBracket, startOf } from './cursor.ts'
import { parseAssignment, parsePostfix } from './expressions.ts'
import { parseMethod } from './functions.ts'
import { parseBlockBody } from './statements.ts'
import { decodeEscapes } from './tokens.ts'
import { skipAngles, skipType } from './types.ts'

/** `{…}` as an expression or a pattern. */
export function parseObject(c: Cursor): ObjectLiteral {
  const start = startOf(c)
  const close = closerOf(c)
  c.index++
  const properties: Property[] = []
  while (c.index < close) {
    const before = c.index
    if (!eat(c, ',')) properties.push(parseProperty(c))
    if (c.index === before) c.index++
  }
  c.index = Math.min(close + 1, c.tokens.length)
  return { kind: 'Object', properties, start, end: endOf(c) }
}

function parseProperty(c: Cursor): Property {
  const start = startOf(c)
  if (eat(c, '...')) return { key: undefined, value: parseAssignment(c), start, end: endOf(c) }
  while (isModifier(c, ['async', 'get', 'set']) || at(c, '*')) c.index++
  const keyToken = peek(c)
  const key = parseKey(c)
  if (eat(c, ':')) return { key, value: parseAssignment(c), start, end: endOf(c) }
  if (at(c, '(') || (c.types && at(c, '<'))) return { key, value: parseMethod(c, key), start, end: endOf(c) }
  const value: Expression = { kind: 'Identifier', name: key ?? '', start, end: keyToken?.end ?? start }
  if (eat(c, '=')) {
    // A default in a destructuring pattern: `{ a = 1 } = props`.
    const fallback = parseAssignment(c)
    return {
      key,
      value: { kind: 'Assignment', op: '=', target: value, value: fallback, start, end: endOf(c) },
      start,
      end: endOf(c),
    }
  }
  return { key, value, start, end: endOf(c) }
}

/** A word before a member's name that belongs to the member, not its name itself. */
export function isModifier(c: Cursor, words: readonly string[]): boolean {
  const next = peek(c, 1)
  if (peek(c)?.type !== 'name' || !words.includes(peek(c)?.value ?? '') || next === undefined) return false
  return (
    next.type === 'name' ||
    next.type === 'private' ||
    next.type === 'string' ||
    next.value === '[' ||
    next.value === '*' ||
    next.value === '{'
  )
}

/** A property name; undefined when it is computed. */
function parseKey(c: Cursor): string | undefined {
  const token = peek(c)
  if (token === undefined) return undefined
  if (at(c, '[')) {
    const inner = peek(c, 1)
    const plain = inner?.type === 'string' && closerOf(c) === c.index + 2 ? inner.value.slice(1, -1) : undefined
    skipBracket(c)
    return plain
  }
  if (token.type === 'string') {
    c.index++
    return decodeEscapes(token.value.slice(1, -1))
  }
  if (token.type === 'name' || token.type === 'private' || token.type === 'number') {
    c.index++
    return token.value
  }
  return undefined
}

/** `class [name] [extends parent] {…}` */
export function parseClass(c: Cursor): ClassExpression {
  const start = startOf(c)
  eat(c, 'class')
  const named = peek(c)?.type === 'name' && !at(c, 'extends') && !at(c, 'implements')
  const name = named ? peek(c)?.value : undefined
  if (named) c.index++
  if (c.types) skipAngles(c)
  const parent = eat(c, 'extends') ? parsePostfix(c) : undefined
  if (c.types) skipAngles(c)
  if (c.types && eat(c, 'implements')) {
    do skipType(c)
    while (eat(c, ','))
  }
  const members: ClassMember[] = []
  if (at(c, '{')) {
    const close = closerOf(c)
    c.index++
    while (c.index < close) {
      const before = c.index
      if (!eat(c, ';')) members.push(parseMember(c))
      if (c.index === before) c.index++
    }
    c.index = Math.min(close + 1, c.tokens.length)
  }
  return { kind: 'Class', name, parent, members, start, end: endOf(c) }
}

const memberModifiers = [
  'async',
  'get',
  'set',
  'accessor',
  'public',
  'private',
  'protected',
  'readonly',
  'declare',
  'override',
  'abstract',
]

function parseMember(c: Cursor): ClassMember {
  const start = startOf(c)
  let isStatic = false
  while (at(c, '@')) {
    c.index++
    parsePostfix(c)
  }
  while (isModifier(c, memberModifiers) || isModifier(c, ['static']) || at(c, '*')) {
    if (at(c, 'static')) isStatic = true
    c.index++
  }
  if (at(c, '{')) {
    const body = parseBlockBody(c)
    const value: Expression = {
      kind: 'Function',
      name: undefined,
      params: [],
      async: false,
      arrow: false,
      body,
      start,
      end: endOf(c),
    }
    return { name: undefined, static: true, value, start, end: endOf(c) }
  }
  const name = parseKey(c)
  if (c.types && !eat(c, '?')) eat(c, '!')
  if (at(c, '(') || (c.types && at(c, '<')))
    return { name, static: isStatic, value: parseMethod(c, name), start, end: endOf(c) }
  if (c.types && eat(c, ':')) skipType(c)
  const value = eat(c, '=') ? parseAssignment(c) : undefined
  return { name, static: isStatic, value, start, end: endOf(c) }
}
