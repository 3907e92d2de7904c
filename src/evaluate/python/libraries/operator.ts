import type { BinaryOperator, CompareOperator } from '../../../syntax/python/ast.ts'
import { bool, tuple } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { compare } from '../interpreter/comparison.ts'
import type { Machine } from '../interpreter/machine.ts'
import { library, type NativeFunction, native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { plain, type Value } from '../value.ts'

const binaries: Readonly<Record<string, BinaryOperator>> = {
  add: '+', sub: '-', mul: '*', truediv: '/', floordiv: '//', mod: '%', pow: '**', or_: '|', and_: '&', xor: '^', concat: '+',
} // biome-ignore format: a table
const comparisons: Readonly<Record<string, CompareOperator>> = {
  eq: '==',
  ne: '!=',
  lt: '<',
  le: '<=',
  gt: '>',
  ge: '>=',
}

function two(name: string, apply: (m: Machine, left: Value, right: Value) => Value): NativeFunction {
  return (run, args) => {
    const [left, right] = args.positional
    if (left === undefined || right === undefined) return run.raise('TypeError', `${name} expected 2 arguments`)
    return apply(run as Machine, left, right)
  }
}

/** A function of one value that looks up each of the given keys: `itemgetter('a', 'b')`. */
function getter(look: (m: Machine, value: Value, key: Value) => Value): NativeFunction {
  return (_, keys) =>
    native('operator.getter', (run, args) => {
      const [value] = args.positional
      if (value === undefined) return run.raise('TypeError', 'expected 1 argument, got 0')
      const found = keys.positional.map((key) => look(run as Machine, value, key))
      return found.length === 1 ? (found[0] as Value) : tuple(found, run.at)
    })
}

function attribute(m: Machine, value: Value, key: Value): Value {
  const path = plain(key)?.split('.')
  if (path === undefined) return m.unknown(notModelled('operator.attrgetter()'))
  return path.reduce((found, name) => m.attribute(found, name), value)
}

const functions: Record<string, NativeFunction> = {
  itemgetter: getter((m, value, key) => m.item(value, key)),
  attrgetter: getter(attribute),
  not_: (run, args) => bool(!run.truth(args.positional[0] ?? bool(false, run.at)), run.at),
  contains: two('contains', (m, left, right) => bool(compare(m, 'in', right, left, m.node), m.at)),
}
for (const [name, op] of Object.entries(binaries))
  functions[name] = two(name, (m, left, right) => {
    const isNumber = numberOf(left) !== undefined || numberOf(right) !== undefined
    if (name === 'concat' && isNumber) return m.raise('TypeError', "an object can't be concatenated")
    return m.binary(op, left, right)
  })
for (const [name, op] of Object.entries(comparisons)) {
  functions[name] = two(name, (m, left, right) => bool(compare(m, op, left, right, m.node), m.at))
}

export const operator = library(
  'operator',
  Object.fromEntries(Object.entries(functions).map(([name, call]) => [name, native(`operator.${name}`, call)])),
)
