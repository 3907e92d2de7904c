import type { ClassExpression, ClassMember, Expression, ObjectLiteral, Property } from './ast.ts'
import { at, bracketed, type Cursor, closerOf, eat, endOf, leaveBracket, peek, startOf } from './cursor.ts'
import { parseArguments, parseAssignment, parsePostfix, parsePrimary } from './expressions.ts'
import { parseMethod } from './functions.ts'
import { parseBlockBody } from './statements.ts'
import { decodeEscapes } from './tokens.ts'
import { skipAngles, skipType } from './types.ts'

/** `{…}` as an expression or a pattern. */
export function parseObject(c: Cursor): ObjectLiteral {
  const start = startOf(c)
  const properties = bracketed(c, parseProperty)
  return { kind: 'Object', properties, start, end: endOf(c, start) }
}

function parseProperty(c: Cursor): Property {
  const start = startOf(c)
  if (eat(c, '...'))
    return { key: undefined, computed: undefined, value: parseAssignment(c), start, end: endOf(c, start) }
  while (isModifier(c, ['async', 'get', 'set']) || at(c, '*')) c.index++
  const keyToken = peek(c)
  const { key, computed } = parseKey(c)
  if (eat(c, ':')) return { key, computed, value: parseAssignment(c), start, end: endOf(c, start) }
  if (at(c, '(') || (c.types && at(c, '<')))
    return { key, computed, value: parseMethod(c, key), start, end: endOf(c, start) }
  const value: Expression = { kind: 'Identifier', name: key ?? '', start, end: keyToken?.end ?? start }
  if (eat(c, '=')) {
    // A default in a destructuring pattern: `{ a = 1 } = props`.
    const fallback = parseAssignment(c)
    return {
      key,
      computed,
      value: { kind: 'Assignment', op: '=', target: value, value: fallback, start, end: endOf(c, start) },
      start,
      end: endOf(c, start),
    }
  }
  return { key, computed, value, start, end: endOf(c, start) }
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

interface Key {
  /** Undefined when it is computed, and no plain text. */
  readonly key: string | undefined
  readonly computed: Expression | undefined
}

/** The name of a property or a member; `[…]` is a computed one. */
function parseKey(c: Cursor): Key {
  const token = peek(c)
  const none = { key: undefined, computed: undefined }
  if (token === undefined) return none
  if (at(c, '[')) {
    const close = closerOf(c)
    c.index++
    const computed = parseAssignment(c)
    leaveBracket(c, close)
    return computed.kind === 'String' ? { ...none, key: computed.value } : { ...none, computed }
  }
  if (token.type === 'string') {
    c.index++
    return { ...none, key: decodeEscapes(token.value.slice(1, -1)) }
  }
  if (token.type === 'name' || token.type === 'private' || token.type === 'number') {
    c.index++
    return { ...none, key: token.value }
  }
  return none
}

/** `@a.b(c)` before a class, a member or a parameter; none or several. */
export function parseDecorators(c: Cursor): readonly Expression[] {
  const found: Expression[] = []
  while (eat(c, '@')) found.push(parseDecorator(c))
  return found
}

/** A name with its members and calls: no index, since a computed member may follow. */
function parseDecorator(c: Cursor): Expression {
  const start = startOf(c)
  let left = parsePrimary(c)
  for (;;) {
    if (at(c, '.') && peek(c, 1)?.type === 'name') {
      const name = peek(c, 1)?.value
      c.index += 2
      left = { kind: 'Member', object: left, name, key: undefined, start, end: endOf(c, start) }
    } else if (at(c, '(')) left = { kind: 'Call', callee: left, args: parseArguments(c), start, end: endOf(c, start) }
    else if (!(c.types && at(c, '<') && skipAngles(c))) return left
  }
}

/** `class [name] [extends parent] {…}` */
export function parseClass(c: Cursor, decorators: readonly Expression[] = []): ClassExpression {
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
    leaveBracket(c, close)
  }
  return { kind: 'Class', decorators, name, parent, members, start, end: endOf(c, start) }
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
  const decorators = parseDecorators(c)
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
      end: endOf(c, start),
    }
    return { decorators, name: undefined, computed: undefined, static: true, value, start, end: endOf(c, start) }
  }
  const { key: name, computed } = parseKey(c)
  if (c.types && !eat(c, '?')) eat(c, '!')
  if (at(c, '(') || (c.types && at(c, '<')))
    return { decorators, name, computed, static: isStatic, value: parseMethod(c, name), start, end: endOf(c, start) }
  if (c.types && eat(c, ':')) skipType(c)
  const value = eat(c, '=') ? parseAssignment(c) : undefined
  return { decorators, name, computed, static: isStatic, value, start, end: endOf(c, start) }
}
