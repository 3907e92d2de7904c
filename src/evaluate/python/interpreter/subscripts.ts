import type { Place, Span } from '../../../contracts/place.ts'
import type { Part } from '../../parts.ts'
import { bytes, int, noArguments, text } from '../constructors.ts'
import { numberOf } from '../equality.ts'
import { classOf, type NativeClass, object } from '../library.ts'
import { notModelled, unknownKey } from '../reasons.ts'
import { assignEntry, findEntry, keyError, removeEntry } from '../types/dict.ts'
import { type DictValue, type ObjectValue, plain, type StrValue, type Value } from '../value.ts'
import { callMethodNamed, findInClass, findMethod, nativeSelf, recordAssignment } from './attributes.ts'
import { callValue } from './calls.ts'
import { derive, deriveHole, makeUnknown } from './decisions.ts'
import { makerOf } from './default-items.ts'
import { describe } from './iteration.ts'
import { here, limits, type Machine, place, standAt, touch } from './machine.ts'
import { readObject } from './names.ts'
import { raise } from './raising.ts'
import { isOpaque, typeName } from './types.ts'

/** What `a:b:c` in a subscript makes: its state is the three bounds. */
type SliceValue = ObjectValue & { readonly state: readonly Value[] }

const sliceClass: NativeClass = { class: 'slice', bases: [] }

export function makeSlice(bounds: readonly Value[], at: Place): ObjectValue {
  return object(sliceClass, bounds, at)
}

function isSlice(key: Value): key is SliceValue {
  return key.type === 'object' && key.model === sliceClass
}

/** `value[key]`. */
export function getItem(m: Machine, value: Value, key: Value, node: Span): Value {
  standAt(m, node)
  const found = find(m, value, key)
  if (m.objectTaints.size > 0) readObject(m, found)
  return found
}

function find(m: Machine, value: Value, key: Value): Value {
  switch (value.type) {
    case 'dict': {
      const found = findEntry(m, value, key)
      if (found === 'open') return value.rest === undefined ? makeUnknown(m, unknownKey) : derive(value.rest)
      return found?.value ?? defaultItem(m, value, key) ?? keyError(m, key)
    }
    case 'list':
    case 'tuple':
      return isSlice(key) ? slice(m, value, key) : element(m, value, key)
    case 'str':
      return isSlice(key) ? sliceText(m, value, key) : character(m, value, key)
    case 'bytes': {
      const bounds = isSlice(key) ? sliceBounds(key, value.value.length) : undefined
      if (bounds !== undefined) return bytes(pick([...value.value], bounds).join(''), here(m))
      const index = numberOf(key)
      if (typeof index !== 'bigint') {
        if (isOpaque(key) || isSlice(key) || key.type === 'instance') return makeUnknown(m, unknownKey, 'int')
        return raise(m, 'TypeError', `byte indices must be integers or slices, not ${typeName(key)}`)
      }
      const code = value.value.charCodeAt(Number(index) < 0 ? value.value.length + Number(index) : Number(index))
      return Number.isNaN(code) ? raise(m, 'IndexError', 'index out of range') : int(code, here(m))
    }
    case 'object': {
      const model = value.model as NativeClass
      if (model.item === undefined) break
      return model.item(m, value, key) ?? makeUnknown(m, notModelled(`${value.class}[…]`))
    }
    case 'instance':
      return instanceItem(m, value, key)
    case 'class': {
      const getter = findInClass(m, value, '__class_getitem__')
      if (getter !== undefined && getter.type !== 'method') return value
      const member = value.attributes.get(plain(key) ?? '')
      return member?.value.type === 'instance' && member.value.class === value ? member.value : value
    }
    case 'unknown':
      return derive(value)
    // A generic of `typing`: `List[str]`, `dict[str, str]`.
    case 'external':
      return value
    case 'native':
      if (classOf(value) !== undefined) return value
      break
    default:
      break
  }
  if (isOpaque(value)) return makeUnknown(m, notModelled(describe(value)))
  return raise(m, 'TypeError', `'${typeName(value)}' object is not subscriptable`)
}

function defaultItem(m: Machine, dict: DictValue, key: Value): Value | undefined {
  const maker = makerOf(m, dict)
  if (maker === undefined) return undefined
  if (maker === 'zero') return int(0, here(m))
  const made = callValue(m, maker, noArguments)
  assignEntry(m, dict, key, made, here(m))
  return made
}

function instanceItem(m: Machine, value: Extract<Value, { type: 'instance' }>, key: Value): Value {
  const method = findMethod(value, '__getitem__')
  const args = { positional: [key], keywords: new Map<string, Value>(), open: false }
  if (method !== undefined) return callMethodNamed(m, value, method, args)
  const base = nativeSelf(value)
  if (base !== undefined) return find(m, base, key)
  const inherited = findInClass(m, value.class, '__getitem__', value)
  if (inherited === undefined) return raise(m, 'TypeError', `'${value.class.name}' object is not subscriptable`)
  return inherited.type === 'unknown' ? inherited : callValue(m, inherited, args)
}

function element(m: Machine, value: Extract<Value, { type: 'list' | 'tuple' }>, key: Value): Value {
  const index = numberOf(key)
  if (typeof index !== 'bigint') {
    if (isOpaque(key) || key.type === 'instance') return makeUnknown(m, unknownKey)
    return raise(m, 'TypeError', `${value.type} indices must be integers or slices, not ${typeName(key)}`)
  }
  if (value.rest !== undefined) return derive(value.rest, value.rest.of)
  const found = value.items[Number(index) < 0 ? value.items.length + Number(index) : Number(index)]
  return found ?? raise(m, 'IndexError', `${value.type} index out of range`)
}

/** Start, end, step as Python resolves them; undefined when a bound is not known. */
function sliceBounds(key: SliceValue, length: number): readonly [number, number, number] | undefined {
  const bounds = key.state
  const numbers: (number | undefined)[] = []
  for (const bound of bounds) {
    const number = numberOf(bound)
    if (number === undefined && bound.type !== 'none') return undefined
    numbers.push(number === undefined ? undefined : Number(number))
  }
  const step = numbers[2] ?? 1
  if (step === 0) return undefined
  const clamp = (n: number): number =>
    n < 0 ? Math.max(n + length, step < 0 ? -1 : 0) : Math.min(n, step < 0 ? length - 1 : length)
  const start = numbers[0] === undefined ? (step < 0 ? length - 1 : 0) : clamp(numbers[0])
  const end = numbers[1] === undefined ? (step < 0 ? -1 : length) : clamp(numbers[1])
  return [start, end, step]
}

function pick<T>(items: readonly T[], [start, end, step]: readonly [number, number, number]): T[] {
  if (step === 1) return items.slice(start, Math.max(start, end))
  const out: T[] = []
  for (let i = start; step > 0 ? i < end : i > end; i += step) out.push(items[i] as T)
  return out
}

function slice(m: Machine, value: Extract<Value, { type: 'list' | 'tuple' }>, key: SliceValue): Value {
  const bounds = sliceBounds(key, value.items.length)
  if (bounds === undefined) {
    return { ...value, items: [], rest: value.rest ?? makeUnknown(m, unknownKey), at: here(m) }
  }
  if (value.rest !== undefined) return { ...value, items: [], at: here(m) }
  return { ...value, items: pick(value.items, bounds), at: here(m) }
}

function isText(key: SliceValue): readonly (number | undefined)[] | undefined {
  const bounds = key.state
  const numbers = bounds.map((bound) => (bound.type === 'none' ? undefined : numberOf(bound)))
  const known = bounds.every((bound, i) => bound.type === 'none' || numbers[i] !== undefined)
  return known ? numbers.map((n) => (n === undefined ? undefined : Number(n))) : undefined
}

function sliceText(m: Machine, value: StrValue, key: SliceValue): Value {
  const known = plain(value)
  if (known !== undefined) {
    const units = unitsOf(known)
    const bounds = sliceBounds(key, units.length)
    return bounds === undefined ? makeUnknown(m, unknownKey, 'str') : text(pick(units, bounds).join(''), here(m))
  }
  const numbers = isText(key)
  const [hole] = value.parts
  if (numbers === undefined) return makeUnknown(m, unknownKey, 'str')
  const [start, end, step] = numbers
  const shown = `[${start ?? ''}:${end ?? ''}${step === undefined ? '' : `:${step}`}]`
  if (value.parts.length === 1 && typeof hole === 'object') {
    const apply = (subject: string): string => {
      const units = unitsOf(subject)
      return pick(units, sliceBounds(key, units.length) ?? [0, units.length, 1]).join('')
    }
    const nonEmpty = hole.nonEmpty && (start ?? 0) === 0 && (end === undefined || end > 0)
    return {
      type: 'str',
      parts: [deriveHole(m, hole, `${hole.name}${shown}`, apply, hole.chars, nonEmpty)],
      at: here(m),
    }
  }
  const cut = step === undefined || step === 1 ? cutParts(value.parts, start, end) : undefined
  return cut === undefined ? makeUnknown(m, notModelled(shown), 'str') : { type: 'str', parts: cut, at: here(m) }
}

/** Cuts inside the known text at either end; undefined when the cut falls where nobody knows. */
function cutParts(
  parts: readonly Part[],
  start: number | undefined,
  end: number | undefined,
): readonly Part[] | undefined {
  const first = parts[0]
  const last = parts[parts.length - 1]
  const head = typeof first === 'string' ? first : ''
  const tail = typeof last === 'string' ? last : ''
  if (end !== undefined && end >= 0) {
    if (end > head.length || (start ?? 0) < 0) return undefined
    return head.slice(start ?? 0, end) === '' ? [] : [head.slice(start ?? 0, end)]
  }
  const out = [...parts]
  if (end !== undefined) {
    if (-end > tail.length) return undefined
    out[out.length - 1] = tail.slice(0, end)
  }
  if (start !== undefined && start < 0) {
    if (-start > tail.length) return undefined
    return [tail.slice(start, end)].filter((part) => part !== '')
  }
  if (start !== undefined) {
    if (start > head.length) return undefined
    if (head !== '') out[0] = head.slice(start)
  }
  return out.filter((part) => part !== '')
}

function unitsOf(subject: string): string[] {
  return /[\ud800-\udfff]/.test(subject) ? [...subject] : subject.split('')
}

function character(m: Machine, value: StrValue, key: Value): Value {
  const index = numberOf(key)
  if (typeof index !== 'bigint') {
    if (isOpaque(key) || key.type === 'instance') return makeUnknown(m, unknownKey, 'str')
    return raise(m, 'TypeError', `string indices must be integers, not '${typeName(key)}'`)
  }
  const at = Number(index)
  const known = plain(value)
  const edge = at >= 0 ? value.parts[0] : value.parts[value.parts.length - 1]
  const units = unitsOf(known ?? (typeof edge === 'string' ? edge : ''))
  const found = units[at < 0 ? units.length + at : at]
  if (found !== undefined) return text(found, here(m))
  if (known !== undefined) return raise(m, 'IndexError', 'string index out of range')
  const [hole] = value.parts
  if (value.parts.length === 1 && typeof hole === 'object') {
    const apply = (subject: string): string | undefined => {
      const all = unitsOf(subject)
      return all[at < 0 ? all.length + at : at]
    }
    return { type: 'str', parts: [deriveHole(m, hole, `${hole.name}[${at}]`, apply, hole.chars, true)], at: here(m) }
  }
  return makeUnknown(m, notModelled(`[${at}]`), 'str')
}

/** `value[key] = assigned`. */
export function setItem(m: Machine, value: Value, key: Value, assigned: Value, node: Span): void {
  standAt(m, node)
  touch(m, value)
  switch (value.type) {
    case 'dict':
      if (key.type === 'list' || key.type === 'dict') raise(m, 'TypeError', `unhashable type: '${key.type}'`)
      assignEntry(m, value, key, assigned, place(m, node))
      return
    case 'list':
      setElement(m, value, key, assigned)
      return
    case 'object': {
      const model = value.model as NativeClass
      if (model.setItem !== undefined) {
        model.setItem(m, value, key, m.activation.uncertain ?? assigned)
        return
      }
      break
    }
    case 'instance': {
      const method = findMethod(value, '__setitem__')
      const args = { positional: [key, assigned], keywords: new Map<string, Value>(), open: false }
      if (method !== undefined) callMethodNamed(m, value, method, args)
      return
    }
    case 'call': {
      const name = plain(key)
      if (name !== undefined) recordAssignment(m, value, name, assigned)
      return
    }
    default:
      break
  }
  if (!isOpaque(value)) raise(m, 'TypeError', `'${typeName(value)}' object does not support item assignment`)
}

function setElement(m: Machine, value: Extract<Value, { type: 'list' }>, key: Value, assigned: Value): void {
  if (m.activation.uncertain !== undefined) {
    value.rest ??= m.activation.uncertain
    return
  }
  if (isSlice(key)) {
    const bounds = sliceBounds(key, value.items.length)
    const { items, rest } = m.iterate(assigned)
    const isTooLong = value.items.length + items.length > limits.items
    if (bounds === undefined || bounds[2] !== 1 || value.rest !== undefined || isTooLong)
      value.rest ??= makeUnknown(m, unknownKey)
    else {
      const end = Math.max(bounds[0], bounds[1])
      value.items = value.items.slice(0, bounds[0]).concat(items, value.items.slice(end))
      value.rest ??= rest
    }
    return
  }
  const index = numberOf(key)
  if (index === undefined || value.rest !== undefined) {
    value.rest ??= makeUnknown(m, unknownKey)
    return
  }
  const at = Number(index) < 0 ? value.items.length + Number(index) : Number(index)
  if (at < 0 || at >= value.items.length) raise(m, 'IndexError', 'list assignment index out of range')
  value.items[at] = assigned
}

/** `del value[key]`. */
export function deleteItem(m: Machine, value: Value, key: Value, node: Span): void {
  standAt(m, node)
  touch(m, value)
  switch (value.type) {
    case 'dict':
      if (removeEntry(m, value, key) === undefined) keyError(m, key)
      return
    case 'list': {
      if (m.activation.uncertain !== undefined || value.rest !== undefined) {
        value.rest ??= m.activation.uncertain
        return
      }
      if (isSlice(key)) {
        const bounds = sliceBounds(key, value.items.length)
        if (bounds?.[2] === 1) value.items.splice(bounds[0], Math.max(bounds[1] - bounds[0], 0))
        else value.rest ??= makeUnknown(m, unknownKey)
        return
      }
      const index = numberOf(key)
      if (index === undefined) value.rest ??= makeUnknown(m, unknownKey)
      else {
        const at = Number(index) < 0 ? value.items.length + Number(index) : Number(index)
        if (at < 0 || at >= value.items.length) raise(m, 'IndexError', 'list assignment index out of range')
        value.items.splice(at, 1)
      }
      return
    }
    case 'object':
      ;(value.model as NativeClass).deleteItem?.(m, value, key)
      return
    case 'instance': {
      const method = findMethod(value, '__delitem__')
      const args = { positional: [key], keywords: new Map<string, Value>(), open: false }
      if (method !== undefined) callMethodNamed(m, value, method, args)
      return
    }
    default:
      return
  }
}
