import { bool, int, text } from '../../constructors.ts'
import { numberOf } from '../../equality.ts'
import { type NativeClass, nowhere, object } from '../../library.ts'
import type { BoolValue, IntValue, ObjectValue, StrValue, Value } from '../../value.ts'

/** Values of models that no file of the project wrote. */

export function constant(value: string): StrValue
export function constant(value: number): IntValue
export function constant(value: boolean): BoolValue
export function constant(value: string | number | boolean): Value {
  if (typeof value === 'string') return text(value, nowhere)
  return typeof value === 'number' ? int(value, nowhere) : bool(value, nowhere)
}

/** A member of an IntEnum or IntFlag of a library: an object with `name` and `value` that compares as its number. */
export function intMember(enumeration: string, name: string, value: number): ObjectValue {
  const model: NativeClass = {
    class: enumeration,
    bases: [],
    truth: () => value !== 0,
    str: (run) => text(String(value), run.at),
    compare: (_run, op, _self, other) => {
      const number = other.type === 'object' ? memberNumber(other) : numberOf(other)
      const right = number === undefined ? undefined : Number(number)
      if (op === '==' || op === '!=') return right === undefined ? undefined : (right === value) === (op === '==')
      return undefined
    },
    binary: (run, op, _self, other, reflected) => {
      const right = other.type === 'object' ? int(memberNumber(other) ?? 0, run.at) : other
      const own = int(value, run.at)
      return reflected ? run.binary(op, right, own) : run.binary(op, own, right)
    },
  }
  const attributes = new Map<string, Value>([
    ['name', constant(name)],
    ['value', constant(value)],
  ])
  return object(model, value, nowhere, attributes)
}

function memberNumber(value: ObjectValue): number | undefined {
  const own = value.attributes.get('value')
  return own?.type === 'int' && value.attributes.has('name') ? Number(own.value) : undefined
}
