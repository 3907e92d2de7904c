import { samePlace } from '../../contracts/place.ts'
import { mro } from './interpreter/mro.ts'
import type { NativeClass } from './library.ts'
import { equalParts } from './types/parts.ts'
import type { Binding, CallArguments, DictValue, InstanceValue, ObjectValue, UnknownValue, Value } from './value.ts'

const deepest = 40

/**
 * Python's `==` as far as it can be told without asking anyone: undefined when it depends on something unknown.
 * Project classes with an own `__eq__` are compared by the interpreter, not here.
 */
export function same(a: Value, b: Value, depth = 0): boolean | undefined {
  if (a === b) return a.type === 'float' ? !Number.isNaN(a.value) : true
  if (depth > deepest) return undefined
  if (a.type === 'unknown') return sameUnknown(a, b)
  if (b.type === 'unknown') return sameUnknown(b, a)
  const [x, y] = [numberOf(a), numberOf(b)]
  // Numbers of any type compare by value; loose equality of bigint and number is exact.
  // biome-ignore lint/suspicious/noDoubleEquals: bigint and number
  if (x !== undefined && y !== undefined) return x == y
  if (a.type === 'call' || b.type === 'call') return undefined
  if (a.type === 'external' || b.type === 'external') {
    if (a.type === 'external' && b.type === 'external') return a.path === b.path ? true : undefined
    return a.type === 'none' || b.type === 'none' ? false : undefined
  }
  if (a.type === 'str' && b.type === 'str') return equalParts(a.parts, b.parts)
  if (a.type === 'bytes' && b.type === 'bytes') return a.value === b.value
  if ((a.type === 'list' && b.type === 'list') || (a.type === 'tuple' && b.type === 'tuple')) {
    return sameItems(a, b, depth)
  }
  if (a.type === 'set' && b.type === 'set') return sameSets(a, b, depth)
  if (a.type === 'dict' && b.type === 'dict') return sameDicts(a, b, depth)
  if (a.type === 'native' && b.type === 'native') return a.native === b.native || a.name === b.name
  if (a.type === 'module' && b.type === 'module') return a.name === b.name
  if (a.type === 'method' && b.type === 'method') return a.self === b.self && a.function === b.function
  if (a.type === 'instance' || b.type === 'instance') return sameInstance(a, b, depth)
  if (a.type === 'object' && b.type === 'object' && a.model === b.model) {
    return a.attributes.size === 0 && sameState(a.state, b.state, depth) ? true : undefined
  }
  return a.type === b.type && (a.type === 'none' || a.type === 'ellipsis')
}

/** Instances differ unless their class says otherwise; members of an enumeration of texts or numbers equal those. */
function sameInstance(a: Value, b: Value, depth: number): boolean | undefined {
  const [left, right] = [plainMember(a), plainMember(b)]
  if (left !== a || right !== b) return same(left, right, depth + 1)
  if (isMember(a) && isMember(b) && a.class === b.class && !definesEquality(a)) return a === b
  const classes = [a, b].flatMap((value) => (value.type === 'instance' ? mro(value.class) : []))
  // A decorator may give the class one, as `dataclass` does.
  const isOwn = classes.some(
    (base) => base.type !== 'class' || base.attributes.has('__eq__') || base.decorators.length > 0,
  )
  return isOwn ? undefined : false
}

const isMember = (value: Value): value is InstanceValue => value.type === 'instance' && value.attributes.has('_value_')

const definesEquality = (value: InstanceValue): boolean =>
  mro(value.class).some((base) => base.type === 'class' && base.attributes.has('__eq__'))

function plainMember(value: Value): Value {
  if (value.type !== 'instance') return value
  const member = value.attributes.get('_value_')?.value
  const isPlain = mro(value.class).some((base) => base.type === 'native' && ['str', 'int'].includes(base.name))
  return member !== undefined && isPlain ? member : value
}

const typeNames: Readonly<Record<string, string>> = { bool: 'number', int: 'number', float: 'number' }

/** An unknown of a known type still differs from values of other types. */
function sameUnknown(a: UnknownValue, b: Value): boolean | undefined {
  if (a.of === undefined || b.type === 'call' || b.type === 'external' || b.type === 'object') return undefined
  if (b.type === 'instance') return undefined
  const type = b.type === 'unknown' ? b.of : b.type
  if (type === undefined) return undefined
  return (typeNames[a.of] ?? a.of) === (typeNames[type] ?? type) ? undefined : false
}

/** Ints and bools as bigint, floats as number. */
export function numberOf(value: Value): number | bigint | undefined {
  if (value.type === 'int' || value.type === 'float') return value.value
  if (value.type === 'bool') return value.value ? 1n : 0n
  return value.type === 'object' ? memberNumber(value) : undefined
}

/** What a member of an IntEnum of a model is worth: `ssl.CERT_NONE` is 0. */
function memberNumber(value: ObjectValue): bigint | undefined {
  const number = value.attributes.get('value')
  return number?.type === 'int' && value.attributes.get('name')?.type === 'str' ? number.value : undefined
}

interface Items {
  readonly items: readonly Value[]
  readonly rest: UnknownValue | undefined
}

function sameItems(a: Items, b: Items, depth: number): boolean | undefined {
  if (a.rest === undefined && b.rest === undefined && a.items.length !== b.items.length) return false
  let all: boolean | undefined = a.rest === undefined && b.rest === undefined ? true : undefined
  const common = all === undefined ? 0 : a.items.length
  for (let i = 0; i < common; i++) {
    const answer = same(a.items[i] as Value, b.items[i] as Value, depth + 1)
    if (answer === false) return false
    if (answer === undefined) all = undefined
  }
  return all
}

function sameSets(a: Items, b: Items, depth: number): boolean | undefined {
  if (a.rest !== undefined || b.rest !== undefined) return undefined
  let all: boolean | undefined = a.items.length === b.items.length ? true : undefined
  for (const item of a.items) {
    const answer = among(item, b.items, depth + 1)
    if (answer === false) return false
    if (answer === undefined) all = undefined
  }
  if (all === true) return true
  for (const item of b.items) if (among(item, a.items, depth + 1) === false) return false
  return all
}

/** Whether `item` equals one of `items`. */
export function among(item: Value, items: readonly Value[], depth = 0): boolean | undefined {
  let answer: boolean | undefined = false
  for (const other of items) {
    const one = same(item, other, depth)
    if (one === true) return true
    if (one === undefined) answer = undefined
  }
  return answer
}

function sameDicts(a: DictValue, b: DictValue, depth: number): boolean | undefined {
  if (a.rest !== undefined || b.rest !== undefined) return undefined
  if (a.entries.length !== b.entries.length) return false
  let all: boolean | undefined = true
  for (const entry of a.entries) {
    const other = b.entries.find((e) => same(e.key, entry.key, depth + 1) === true)
    const answer = other === undefined ? missing(entry.key, b, depth) : same(entry.value, other.value, depth + 1)
    if (answer === false) return false
    if (answer === undefined) all = undefined
  }
  return all
}

function missing(key: Value, dict: DictValue, depth: number): boolean | undefined {
  return dict.entries.some((e) => same(e.key, key, depth + 1) === undefined) ? undefined : false
}

/**
 * Whether two values are the same as far as a reader of the settings could tell, whichever runs they come from: equal
 * content and, for what cannot be known, the same reason at the same place. Where they were written does not count.
 */
export function sameValue(a: Value, b: Value): boolean {
  return alike(a, b, 0, new Map())
}

function alike(a: Value, b: Value, depth: number, seen: Map<Value, Value>): boolean {
  if (a === b) return true
  if (a.type !== b.type || depth > deepest * 2) return false
  if (seen.get(a) === b) return true
  switch (a.type) {
    case 'none':
    case 'ellipsis':
      return true
    case 'bool':
    case 'int':
    case 'bytes':
      return a.value === (b as typeof a).value
    case 'float':
      return Object.is(a.value, (b as typeof a).value)
    case 'str':
      return equalParts(a.parts, (b as typeof a).parts) === true
    case 'unknown': {
      const other = b as typeof a
      return (
        a.reason.en === other.reason.en &&
        a.of === other.of &&
        a.variable === other.variable &&
        samePlace(a.at, other.at)
      )
    }
    case 'external':
      return a.path === (b as typeof a).path
    case 'native':
      return a.native === (b as typeof a).native || a.name === (b as typeof a).name
    case 'function':
      return a.node === (b as typeof a).node
    case 'module':
      return a.name === (b as typeof a).name && a.file === (b as typeof a).file
    default:
      break
  }
  seen.set(a, b)
  switch (a.type) {
    case 'list':
    case 'tuple':
    case 'set': {
      const other = b as typeof a
      return alikeRest(a.rest, other.rest) && alikeAll(a.items, other.items, depth, seen)
    }
    case 'dict': {
      const other = b as typeof a
      return (
        alikeRest(a.rest, other.rest) &&
        a.entries.length === other.entries.length &&
        a.entries.every((entry, i) => {
          const match = other.entries[i]
          if (match === undefined) return false
          return alike(entry.key, match.key, depth + 1, seen) && alike(entry.value, match.value, depth + 1, seen)
        })
      )
    }
    case 'class':
      return a.node === (b as typeof a).node && alikeNames(a.attributes, (b as typeof a).attributes, depth, seen)
    case 'instance': {
      const other = b as typeof a
      return alike(a.class, other.class, depth + 1, seen) && alikeNames(a.attributes, other.attributes, depth, seen)
    }
    case 'method':
      return (
        alike(a.self, (b as typeof a).self, depth + 1, seen) &&
        alike(a.function, (b as typeof a).function, depth + 1, seen)
      )
    case 'object': {
      const other = b as typeof a
      return (
        (a.model as NativeClass).class === (other.model as NativeClass).class &&
        alikeMaps(a.attributes, other.attributes, depth, seen) &&
        sameState(a.state, other.state, depth)
      )
    }
    case 'call': {
      const other = b as typeof a
      return (
        a.attributes.join('.') === other.attributes.join('.') &&
        alike(a.callee, other.callee, depth + 1, seen) &&
        alikeArguments(a.args, other.args, depth, seen)
      )
    }
    default:
      return false
  }
}

function alikeRest(a: UnknownValue | undefined, b: UnknownValue | undefined): boolean {
  return (a === undefined) === (b === undefined)
}

function alikeAll(a: readonly Value[], b: readonly Value[], depth: number, seen: Map<Value, Value>): boolean {
  return a.length === b.length && a.every((item, i) => alike(item, b[i] as Value, depth + 1, seen))
}

function alikeMaps(
  a: ReadonlyMap<string, Value>,
  b: ReadonlyMap<string, Value>,
  depth: number,
  seen: Map<Value, Value>,
): boolean {
  if (a.size !== b.size) return false
  for (const [name, value] of a) {
    const other = b.get(name)
    if (other === undefined || !alike(value, other, depth + 1, seen)) return false
  }
  return true
}

function alikeNames(
  a: ReadonlyMap<string, Binding>,
  b: ReadonlyMap<string, Binding>,
  depth: number,
  seen: Map<Value, Value>,
): boolean {
  if (a.size !== b.size) return false
  for (const [name, binding] of a) {
    const other = b.get(name)
    if (other === undefined || !alike(binding.value, other.value, depth + 1, seen)) return false
  }
  return true
}

function alikeArguments(a: CallArguments, b: CallArguments, depth: number, seen: Map<Value, Value>): boolean {
  return (
    a.open === b.open &&
    alikeAll(a.positional, b.positional, depth, seen) &&
    alikeMaps(a.keywords, b.keywords, depth, seen)
  )
}

/** Compares what a model keeps in an object: plain data and values. */
function sameState(a: unknown, b: unknown, depth: number): boolean {
  if (Object.is(a, b)) return true
  if (depth > deepest || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (isValue(a) && isValue(b)) return sameValue(a, b)
  if (Array.isArray(a)) {
    return Array.isArray(b) && a.length === b.length && a.every((item, i) => sameState(item, b[i], depth + 1))
  }
  if (a instanceof Map) {
    if (!(b instanceof Map) || a.size !== b.size) return false
    return [...a].every(([key, value]) => b.has(key) && sameState(value, b.get(key), depth + 1))
  }
  const keys = Object.keys(a)
  if (keys.length !== Object.keys(b).length) return false
  return keys.every((key) =>
    sameState((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], depth + 1),
  )
}

function isValue(value: object): value is Value {
  return 'type' in value && 'at' in value
}
