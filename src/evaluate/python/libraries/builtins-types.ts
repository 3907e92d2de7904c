import { bool, dict, float, int, list, none, text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { objectNew } from '../interpreter/classes.ts'
import { askTest } from '../interpreter/decisions.ts'
import { iterate } from '../interpreter/iteration.ts'
import { type Machine, within } from '../interpreter/machine.ts'
import { typeOfObject } from '../interpreter/raising.ts'
import { knownTruth, truth } from '../interpreter/truth.ts'
import { isOpaque, typeName } from '../interpreter/types.ts'
import { classOf, type NativeFunction, native, nativeClass, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { updateDict } from '../types/dict.ts'
import { callTypeMethod, isBuiltinType, methodNames } from '../types/methods.ts'
import { countOf, wholePart } from '../types/number.ts'
import { addToSet } from '../types/set.ts'
import { type CallArguments, type NativeValue, plain, type Value } from '../value.ts'

/** The built-in types as classes: calling one converts. */

function type(
  name: string,
  construct: NativeFunction,
  statics: Readonly<Record<string, Value>> = {},
  bases: readonly NativeValue[] = [],
): NativeValue {
  const methods: Record<string, Value> = {}
  for (const method of methodNames(name)) {
    methods[method] = native(`${name}.${method}`, (run, args) => {
      const [self, ...rest] = args.positional
      if (self === undefined) return run.raise('TypeError', `unbound method ${name}.${method}() needs an argument`)
      if (isOpaque(self) || self.type === 'instance') return run.unknown(notModelled(`${name}.${method}()`))
      const isOther = isBuiltinType(self) && self.type !== name && !(self.type === 'bool' && name === 'int')
      if (isOther) {
        const other = typeName(self)
        return run.raise(
          'TypeError',
          `descriptor '${method}' for '${name}' objects doesn't apply to a '${other}' object`,
        )
      }
      return callTypeMethod(run as Machine, self, method, { ...args, positional: rest })
    })
  }
  return nativeClass({ class: name, bases, construct, statics: { ...methods, ...statics } })
}

function variableOf(value: Value): string | undefined {
  if (value.type === 'unknown') return value.variable
  if (value.type !== 'str') return undefined
  for (const part of value.parts) if (typeof part !== 'string' && part.variable !== undefined) return part.variable
  return undefined
}

const digits = /^\s*[+-]?\d+(?:_\d+)*\s*$/

/** Python's reading of an integer in a base; undefined when it would raise. */
function parseInteger(source: string, base: number): bigint | undefined {
  if (base === 10) return digits.test(source) ? BigInt(source.trim().replaceAll('_', '').replace(/^\+/, '')) : undefined
  const match = /^\s*([+-]?)(0[xXoObB])?([0-9a-zA-Z_]+)\s*$/.exec(source)
  if (match === null) return undefined
  const prefix = (match[2] ?? '').toLowerCase()
  const radix = base === 0 ? ({ '0x': 16, '0o': 8, '0b': 2 }[prefix] ?? 10) : base
  let value = 0n
  for (const c of (match[3] as string).replaceAll('_', '').toLowerCase()) {
    const digit = '0123456789abcdefghijklmnopqrstuvwxyz'.indexOf(c)
    if (digit < 0 || digit >= radix) return undefined
    value = value * BigInt(radix) + BigInt(digit)
  }
  return match[1] === '-' ? -value : value
}

const toInt: NativeFunction = (run, args) => {
  const [value, baseValue = args.keywords.get('base')] = args.positional
  if (value === undefined) return int(0, run.at)
  const base = baseValue === undefined ? 10 : countOf(run, baseValue)
  if (base === undefined) return run.unknown(notModelled('int()'), 'int')
  if (base !== 0 && (base < 2 || base > 36)) return run.raise('ValueError', 'int() base must be >= 2 and <= 36, or 0')
  if (value.type === 'str') {
    const known = plain(value)
    if (known === undefined) return run.unknown(notModelled(`int()`), 'int', variableOf(value))
    const parsed = known.length > 4000 ? undefined : parseInteger(known, base)
    if (parsed !== undefined) return int(parsed, run.at)
    if (/\P{ASCII}/u.test(known)) return run.unknown(notModelled('int()'), 'int')
    return run.raise('ValueError', `invalid literal for int() with base ${base}: '${known.slice(0, 80)}'`)
  }
  if (value.type === 'float') {
    return int(wholePart(run, value.value), run.at)
  }
  if (value.type === 'bytes')
    return toInt(run, { ...args, positional: [text(value.value, run.at), ...args.positional.slice(1)] })
  const number = numberOf(value)
  if (number !== undefined) return int(BigInt(number), run.at)
  return convertOpen(run, value, 'int')
}

/** A conversion of what is not known; a type that cannot be converted raises as in Python. */
function convertOpen(run: PythonRun, value: Value, to: 'int' | 'float'): Value {
  if (isOpaque(value) || value.type === 'object' || value.type === 'instance') {
    if (value.type === 'unknown') return { ...value, of: to }
    return run.unknown(notModelled(`${to}()`), to, variableOf(value))
  }
  const needs = to === 'int' ? 'a string, a bytes-like object or a real number' : 'a string or a real number'
  return run.raise('TypeError', `${to}() argument must be ${needs}, not '${typeName(value)}'`)
}

const toFloat: NativeFunction = (run, args) => {
  const [value] = args.positional
  if (value === undefined) return float(0, run.at)
  if (value.type === 'str') {
    const known = plain(value)
    if (known === undefined) return run.unknown(notModelled('float()'), 'float', variableOf(value))
    const word = known.trim().toLowerCase().replace(/^\+/, '')
    if (/^-?(inf|infinity)$/.test(word)) {
      return float(word.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, run.at)
    }
    if (word === 'nan') return float(Number.NaN, run.at)
    if (/^-?(\d[\d_]*\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word)) return float(Number(word.replaceAll('_', '')), run.at)
    return run.raise('ValueError', `could not convert string to float: '${known.slice(0, 80)}'`)
  }
  if (value.type === 'bytes') return toFloat(run, { ...args, positional: [text(value.value, run.at)] })
  const number = numberOf(value)
  return number === undefined ? convertOpen(run, value, 'float') : float(Number(number), run.at)
}

const toBool: NativeFunction = (run, args) => {
  const [value] = args.positional
  if (value === undefined) return bool(false, run.at)
  const m = run as Machine
  const known = knownTruth(m, value)
  if (known !== undefined) return bool(known, run.at)
  if (value.type === 'str') return bool(truth(m, value, m.node), run.at)
  if (variableOf(value) !== undefined) return bool(askTest(m, m.node, [value]), run.at)
  return run.unknown(value.type === 'unknown' ? value.reason : notModelled('bool()'), 'bool')
}

const toStr: NativeFunction = (run, args) => {
  const [value] = args.positional
  if (value === undefined) return text('', run.at)
  if (value.type === 'bytes' && args.positional.length > 1) {
    return callTypeMethod(run as Machine, value, 'decode', { ...args, positional: args.positional.slice(1) })
  }
  return run.str(value)
}

function items(run: PythonRun, args: CallArguments): ReturnType<typeof iterate> {
  const [value] = args.positional
  return value === undefined ? { items: [], rest: undefined } : iterate(run as Machine, value, (run as Machine).node)
}

function toSet(frozen: boolean): NativeFunction {
  return (run, args) => {
    const found = items(run, args)
    const made: Value = { type: 'set', frozen, items: [], rest: found.rest, at: run.at }
    for (const item of found.items) addToSet(run as Machine, made, item)
    return made
  }
}

const toDict: NativeFunction = (run, args) => {
  const made = dict([], run.at)
  const m = run as Machine
  const [source] = args.positional
  if (source !== undefined) within(m, { uncertain: undefined }, () => updateDict(m, made, source))
  for (const [key, value] of args.keywords) run.setItem(made, text(key, run.at), value)
  if (args.open) made.rest ??= run.unknown(notModelled('dict()'))
  return made
}

const toBytes: NativeFunction = (run, args) => {
  const [value] = args.positional
  const known = plain(value)
  if (known !== undefined && value !== undefined) return callTypeMethod(run as Machine, value, 'encode', args)
  return value?.type === 'bytes' ? value : run.unknown(notModelled('bytes()'))
}

const typeOf: NativeFunction = (run, args) => {
  const [value] = args.positional
  if (value === undefined || args.positional.length > 1) return run.unknown(notModelled('type()'))
  if (value.type === 'instance') return value.class
  if (value.type === 'object') return typeOfObject(value)
  if (isOpaque(value)) {
    return run.unknown(notModelled('type()'))
  }
  return builtinTypes[typeName(value)] ?? run.unknown(notModelled('type()'))
}

const fromKeys = native('dict.fromkeys', (run, args) => {
  const [keys, value = none(run.at)] = args.positional
  const found = keys === undefined ? { items: [], rest: undefined } : run.iterate(keys)
  const made = dict([], run.at, found.rest)
  for (const key of found.items) run.setItem(made, key, value)
  return made
})

/** A class whose instances nobody makes in settings: its name alone matters, for `isinstance` and `except`. */
function bare(name: string): NativeValue {
  return nativeClass({ class: name, bases: [], construct: (run) => run.unknown(notModelled(`${name}()`)) })
}

const intType = type('int', toInt)

export const builtinTypes: Readonly<Record<string, NativeValue>> = {
  str: type('str', toStr),
  int: intType,
  float: type('float', toFloat),
  bool: type('bool', toBool, {}, [intType]),
  bytes: type('bytes', toBytes),
  list: type('list', (run, args) => {
    const found = items(run, args)
    return list([...found.items], run.at, found.rest)
  }),
  tuple: type('tuple', (run, args) => {
    const found = items(run, args)
    return { type: 'tuple', items: [...found.items], rest: found.rest, at: run.at }
  }),
  set: type('set', toSet(false)),
  frozenset: type('frozenset', toSet(true)),
  dict: type('dict', toDict, { fromkeys: fromKeys }),
  type: nativeClass({ class: 'type', bases: [], construct: typeOf }),
  object: nativeClass({ class: 'object', bases: [], statics: { __new__: objectNew } }),
  bytearray: bare('bytearray'),
  complex: bare('complex'),
  memoryview: bare('memoryview'),
  NoneType: bare('NoneType'),
  function: bare('function'),
  module: bare('module'),
}

/** Whether a value is of one of the classes given to `isinstance`; undefined when it cannot be known. */
export function nameOfClass(value: Value): string | undefined {
  return value.type === 'native' ? classOf(value)?.class : value.type === 'external' ? value.path : undefined
}
