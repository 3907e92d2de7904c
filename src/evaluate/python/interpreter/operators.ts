import type { BinaryOperator } from '../../../syntax/python/ast.ts'
import { int } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import type { NativeClass } from '../library.ts'
import { notModelled, tooLarge } from '../reasons.ts'
import { setEntry } from '../types/dict.ts'
import { arithmetic } from '../types/number.ts'
import { percent } from '../types/percent.ts'
import { combine } from '../types/set-algebra.ts'
import { concat, repeatText, toHole } from '../types/text.ts'
import { type UnknownValue, type Value, widened } from '../value.ts'
import { callMethodNamed, findMethod } from './attributes.ts'
import { makeUnknown } from './decisions.ts'
import { makerOf } from './default-items.ts'
import { describe } from './iteration.ts'
import { here, limits, type Machine } from './machine.ts'
import { raise } from './raising.ts'
import { typeName } from './types.ts'

const methods: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add', '-': 'sub', '*': 'mul', '@': 'matmul', '/': 'truediv', '%': 'mod', '**': 'pow', '<<': 'lshift',
  '>>': 'rshift', '|': 'or', '^': 'xor', '&': 'and', '//': 'floordiv',
} // biome-ignore format: a table

/** `left op right` at the present node. */
export function binary(m: Machine, op: BinaryOperator, left: Value, right: Value): Value {
  const special = specialBinary(m, op, left, right)
  if (special !== undefined) return special
  if (left.type === 'str' && op === '%') return percent(m, left, right)
  if (left.type === 'bytes' && op === '%') return makeUnknown(m, notModelled('bytes % …'))
  if (op === '+' && (left.type === 'str' || right.type === 'str')) {
    const joined = addTexts(m, left, right)
    if (joined !== undefined) return joined
  }
  const open = openOperand(left) ?? openOperand(right)
  if (open !== undefined) return unknownResult(m, op, left, right, open)
  const [x, y] = [numberOf(left), numberOf(right)]
  if (x !== undefined && y !== undefined) {
    const logical = logic(m, op, left, right)
    return logical ?? arithmetic(m, op, x, y)
  }
  // What a Counter is with another is counted.
  if (makerOf(m, left) === 'zero' || makerOf(m, right) === 'zero') return makeUnknown(m, notModelled(op))
  const made = sequences(m, op, left, right) ?? collections(m, op, left, right)
  if (made !== undefined) return made
  const joins = ['str', 'bytes', 'list', 'tuple'].includes(left.type) && op === '+'
  if (joins) {
    const other =
      left.type === 'bytes'
        ? `can't concat ${typeName(right)} to bytes`
        : `can only concatenate ${left.type} (not "${typeName(right)}") to ${left.type}`
    return raise(m, 'TypeError', other)
  }
  return raise(m, 'TypeError', `unsupported operand type(s) for ${op}: '${typeName(left)}' and '${typeName(right)}'`)
}

function specialBinary(m: Machine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  for (const [self, other, reflected] of [
    [left, right, false],
    [right, left, true],
  ] as const) {
    if (self.type === 'object') {
      const made = (self.model as NativeClass).binary?.(m, op, self, other, reflected)
      if (made !== undefined) return made
    }
    if (self.type === 'instance') {
      const method = findMethod(self, `__${reflected ? 'r' : ''}${methods[op]}__`)
      if (method !== undefined) {
        return callMethodNamed(m, self, method, { positional: [other], keywords: new Map(), open: false })
      }
    }
  }
  return undefined
}

/** An operand whose type is open, so that the operation may mean anything. */
function openOperand(value: Value): Value | undefined {
  return ['unknown', 'call', 'external', 'object', 'instance', 'class', 'native', 'function', 'method'].includes(
    value.type,
  )
    ? value
    : undefined
}

function unknownResult(m: Machine, op: BinaryOperator, left: Value, right: Value, open: Value): Value {
  if (op === '+') {
    for (const [known, other] of [
      [left, right],
      [right, left],
    ] as const) {
      if ((known.type === 'list' || known.type === 'tuple') && other.type !== 'object') {
        return { ...known, items: [...known.items], rest: known.rest ?? asRest(m, other), at: here(m) }
      }
    }
  }
  if (op === '|' && left.type === 'dict')
    return { ...left, entries: left.entries.map((e) => ({ ...e })), rest: asRest(m, right), at: here(m) }
  const of = resultType(op, left, right)
  if (open.type === 'unknown') return open.of === of ? open : { ...open, of }
  return makeUnknown(m, notModelled(describe(open)), of)
}

function asRest(m: Machine, value: Value): UnknownValue {
  return value.type === 'unknown' ? value : makeUnknown(m, notModelled(describe(value)))
}

function resultType(op: BinaryOperator, left: Value, right: Value): UnknownValue['of'] {
  const types = [left, right].map((v) => (v.type === 'unknown' ? v.of : v.type))
  if (types.every((t) => t === 'int' || t === 'bool')) return op === '/' ? 'float' : op === '**' ? undefined : 'int'
  if (types.every((t) => t === 'int' || t === 'bool' || t === 'float')) return 'float'
  if (op === '%' && types[0] === 'str') return 'str'
  if (op === '+' && types.every((t) => t === types[0]) && (types[0] === 'str' || types[0] === 'list')) return types[0]
  return undefined
}

/** Text plus something that is text or not known: the known part is kept. */
function addTexts(m: Machine, left: Value, right: Value): Value | undefined {
  if (left.type === 'str' && right.type === 'str') return concat(m, [left.parts, right.parts], here(m))
  const textual = (v: Value): boolean => v.type === 'unknown' && (v.of === undefined || v.of === 'str')
  if (left.type === 'str' && textual(right)) return concat(m, [left.parts, [toHole(m, right)]], here(m))
  if (right.type === 'str' && textual(left)) return concat(m, [[toHole(m, left)], right.parts], here(m))
  return undefined
}

function logic(m: Machine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (left.type !== 'bool' || right.type !== 'bool') return undefined
  if (op === '&') return { type: 'bool', value: left.value && right.value, at: here(m) }
  if (op === '|') return { type: 'bool', value: left.value || right.value, at: here(m) }
  return op === '^' ? { type: 'bool', value: left.value !== right.value, at: here(m) } : undefined
}

function sequences(m: Machine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  const at = here(m)
  if (op === '+') {
    if ((left.type === 'list' && right.type === 'list') || (left.type === 'tuple' && right.type === 'tuple')) {
      if (left.items.length + right.items.length > limits.items) return makeUnknown(m, tooLarge)
      return { ...left, items: left.items.concat(right.items), rest: left.rest ?? right.rest, at }
    }
    if (left.type !== 'bytes' || right.type !== 'bytes') return undefined
    if (left.value.length + right.value.length > limits.text) return makeUnknown(m, tooLarge)
    return { type: 'bytes', value: left.value + right.value, at }
  }
  if (op !== '*') return undefined
  const [sequence, count] = numberOf(left) === undefined ? [left, numberOf(right)] : [right, numberOf(left)]
  if (typeof count !== 'bigint') return undefined
  const times = count <= 0 ? 0 : count > 1_000_000_000n ? 1_000_000_000 : Number(count)
  if (sequence.type === 'str') return repeatText(m, sequence, times)
  if (sequence.type === 'bytes') {
    if (sequence.value.length * times > limits.text) return makeUnknown(m, tooLarge)
    return { type: 'bytes', value: sequence.value.repeat(times), at }
  }
  if (sequence.type !== 'list' && sequence.type !== 'tuple') return undefined
  if (sequence.items.length * times > limits.items) return makeUnknown(m, tooLarge, 'list')
  const items: Value[] = []
  for (let i = 0; i < times; i++) for (const item of sequence.items) items.push(item)
  return { ...sequence, items, at }
}

function collections(m: Machine, op: BinaryOperator, left: Value, right: Value): Value | undefined {
  if (op === '|' && left.type === 'dict' && right.type === 'dict') {
    const made = { ...left, entries: left.entries.map((entry) => ({ ...entry })), at: here(m) }
    for (const entry of right.entries) setEntry(m, made, entry.key, entry.value, entry.at)
    made.rest = widened(left.rest, right.rest)
    return made
  }
  if (left.type !== 'set' || right.type !== 'set') return undefined
  const combined = combine(m, op, left, right)
  return combined && { ...left, ...combined, at: here(m) }
}

export function unary(m: Machine, op: '-' | '+' | '~', value: Value): Value {
  if (value.type === 'float' && op !== '~') {
    return { type: 'float', value: op === '-' ? -value.value : value.value, at: here(m) }
  }
  const number = numberOf(value)
  if (number !== undefined && value.type !== 'float') {
    const big = BigInt(number)
    return int(op === '-' ? -big : op === '~' ? ~big : big, here(m))
  }
  if (openOperand(value) !== undefined) return unknownResult(m, '-', value, value, value)
  return raise(m, 'TypeError', `bad operand type for unary ${op}: '${typeName(value)}'`)
}

/** `target op= value`: lists, sets and dicts change in place, the rest is computed anew. */
export function inPlace(m: Machine, op: BinaryOperator, left: Value, right: Value): Value {
  if (left.type === 'list' && op === '+') {
    const { items, rest } = m.iterate(right)
    extendList(m, left, items, rest)
    return left
  }
  if (left.type === 'list' && op === '*' && m.activation.uncertain === undefined) {
    const repeated = binary(m, op, left, right)
    if (repeated.type !== 'list') return repeated
    left.items = repeated.items
    return left
  }
  if (left.type === 'dict' && op === '|' && right.type === 'dict') {
    for (const entry of right.entries) setEntry(m, left, entry.key, entry.value, entry.at)
    left.rest = widened(left.rest, right.rest)
    return left
  }
  if (left.type === 'set' && right.type === 'set' && !left.frozen && m.activation.uncertain === undefined) {
    const combined = combine(m, op, left, right)
    if (combined !== undefined) return Object.assign(left, combined)
  }
  if (left.type === 'instance') {
    const method = findMethod(left, `__i${methods[op]}__`)
    if (method !== undefined) {
      return callMethodNamed(m, left, method, { positional: [right], keywords: new Map(), open: false })
    }
  }
  return binary(m, op, left, right)
}

/** Adds at the end, in a run whose course may not be known. */
export function extendList(
  m: Machine,
  into: Extract<Value, { type: 'list' }>,
  items: readonly Value[],
  rest: UnknownValue | undefined,
): void {
  if (m.activation.uncertain !== undefined) into.rest ??= m.activation.uncertain
  else if (into.items.length + items.length > limits.items) into.rest ??= makeUnknown(m, tooLarge)
  else {
    for (const item of [...items]) into.items.push(item)
    into.rest = widened(into.rest, rest)
  }
}
