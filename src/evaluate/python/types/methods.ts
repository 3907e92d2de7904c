import { bool, int, text } from '../constructors.ts'
import { makeUnknown } from '../interpreter/decisions.ts'
import { makerOf } from '../interpreter/default-items.ts'
import { here, type Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import { typeName } from '../interpreter/types.ts'
import { notModelled } from '../reasons.ts'
import type { BytesValue, CallArguments, Value } from '../value.ts'
import { hasAttribute } from './attribute-names.ts'
import { refuseText } from './bytes.ts'
import { decodeBytes } from './codecs.ts'
import { callDictMethod, dictMethodNames } from './dict.ts'
import { callListMethod, callTupleMethod, listMethodNames, tupleMethodNames } from './list.ts'
import { callSetMethod, setMethodNames } from './set.ts'
import { callStrMethod, strMethodNames } from './str.ts'

type Builtin = Extract<
  Value,
  { type: 'str' | 'bytes' | 'list' | 'tuple' | 'set' | 'dict' | 'int' | 'float' | 'bool' | 'none' }
>

/** `dir(bytes)` of CPython 3.14, without the special methods. */
const bytesMethodNames: ReadonlySet<string> = new Set(
  (
    'capitalize center count decode endswith expandtabs find fromhex hex index isalnum isalpha isascii isdigit islower isspace ' +
    'istitle isupper join ljust lower lstrip maketrans partition removeprefix removesuffix replace rfind rindex rjust ' +
    'rpartition rsplit rstrip split splitlines startswith strip swapcase title translate upper zfill'
  ).split(' '),
)

const names: Readonly<Record<string, ReadonlySet<string>>> = {
  str: strMethodNames,
  bytes: bytesMethodNames,
  list: listMethodNames,
  tuple: tupleMethodNames,
  set: setMethodNames,
  dict: dictMethodNames,
  int: new Set(['bit_length', 'to_bytes', 'conjugate']),
  float: new Set(['is_integer', 'hex']),
  bool: new Set(['bit_length', 'to_bytes', 'conjugate']),
  none: new Set(),
}

/** A value of a builtin type, whose methods are known. */
export function isBuiltinType(value: Value): value is Builtin {
  return Object.hasOwn(names, value.type)
}

export function hasMethod(value: Value, name: string): boolean {
  return names[value.type]?.has(name) ?? false
}

/** Names of the methods of a builtin type. */
export function methodNames(type: string): ReadonlySet<string> {
  return names[type] ?? new Set()
}

export function callTypeMethod(m: Machine, self: Value, name: string, args: CallArguments): Value {
  if (!hasMethod(self, name)) {
    const isThere = makerOf(m, self) !== undefined || hasAttribute(typeName(self), name) === true
    if (isThere) return makeUnknown(m, notModelled(`${typeName(self)}.${name}()`))
    return raise(m, 'AttributeError', `'${typeName(self)}' object has no attribute '${name}'`)
  }
  switch (self.type) {
    case 'str':
      return callStrMethod(m, self, name, args)
    case 'list':
      return callListMethod(m, self, name, args)
    case 'tuple':
      return callTupleMethod(m, self, name, args)
    case 'dict':
      return callDictMethod(m, self, name, args)
    case 'set':
      return callSetMethod(m, self, name, args)
    case 'bytes':
      return bytesMethod(m, self, name, args)
    case 'int':
    case 'bool':
      if (name === 'bit_length') {
        const value = BigInt(self.value)
        return int(value === 0n ? 0 : (value < 0n ? -value : value).toString(2).length, here(m))
      }
      if (name === 'conjugate') return int(BigInt(self.value), here(m))
      return makeUnknown(m, notModelled(`int.${name}()`))
    case 'float':
      return name === 'is_integer'
        ? bool(Number.isInteger(self.value), here(m))
        : makeUnknown(m, notModelled(`float.${name}()`))
    default:
      return makeUnknown(m, notModelled(name))
  }
}

function bytesMethod(m: Machine, self: BytesValue, name: string, args: CallArguments): Value {
  if (name === 'decode') return decodeBytes(m, self, args)
  refuseText(m, name, args)
  if (name === 'hex') {
    return text([...self.value].map((c) => c.charCodeAt(0).toString(16).padStart(2, '0')).join(''), here(m))
  }
  return makeUnknown(m, notModelled(`bytes.${name}()`))
}
