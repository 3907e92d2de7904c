import type { Span } from '../../../contracts/place.ts'
import { int, noArguments, text } from '../constructors.ts'
import type { NativeClass } from '../library.ts'
import { notModelled, tooLarge } from '../reasons.ts'
import { plain, type UnknownValue, type Value } from '../value.ts'
import { callMethodNamed, findMethod } from './attributes.ts'
import { recordCall } from './calls.ts'
import { derive, makeUnknown } from './decisions.ts'
import { here, limits, type Machine, standAt } from './machine.ts'
import { raise } from './raising.ts'
import { isOpaque, typeName } from './types.ts'

export interface Items {
  readonly items: readonly Value[]
  /** It also yields things nobody can name. */
  readonly rest: UnknownValue | undefined
}

/** What `for x in value` yields. */
export function iterate(m: Machine, value: Value, node: Span): Items {
  switch (value.type) {
    case 'list':
    case 'tuple':
    case 'set':
      return value
    case 'dict':
      return { items: value.entries.map((entry) => entry.key), rest: value.rest }
    case 'str': {
      const known = plain(value)
      standAt(m, node)
      if (known === undefined) {
        const hole = value.parts.find((part) => typeof part !== 'string')
        const variable = typeof hole === 'object' ? hole.variable : undefined
        return {
          items: [],
          rest: makeUnknown(
            m,
            notModelled(hole === undefined || typeof hole === 'string' ? '' : hole.name),
            'str',
            variable,
          ),
        }
      }
      if (known.length > limits.items) return { items: [], rest: makeUnknown(m, tooLarge, 'str') }
      return { items: [...known].map((c) => text(c, value.at)), rest: undefined }
    }
    case 'bytes':
      return { items: [...value.value].map((c) => int(c.charCodeAt(0), value.at)), rest: undefined }
    case 'object': {
      const items = (value.model as NativeClass).iterate?.(m, value)
      if (items !== undefined) return { items, rest: undefined }
      standAt(m, node)
      return { items: [], rest: makeUnknown(m, notModelled(value.class)) }
    }
    case 'instance':
      return iterateInstance(m, value, node)
    case 'class': {
      const items = enumMembers(value)
      if (items.length > 0) return { items, rest: undefined }
      standAt(m, node)
      return { items, rest: makeUnknown(m, notModelled(value.name)) }
    }
    case 'unknown':
      return { items: [], rest: derive(value) }
    default:
      standAt(m, node)
      if (isOpaque(value)) {
        // A query set asks the database when something goes through it.
        if (value.type === 'call')
          recordCall(m, { type: 'external', at: value.at, path: `${describe(value)}.__iter__` }, noArguments, value.at)
        return { items: [], rest: makeUnknown(m, notModelled(describe(value))) }
      }
      return raise(m, 'TypeError', `'${typeName(value)}' object is not iterable`)
  }
}

export function describe(value: Value): string {
  if (value.type === 'external') return value.path
  if (value.type === 'native' || value.type === 'function' || value.type === 'class' || value.type === 'module')
    return value.name
  if (value.type === 'method') return describe(value.function)
  if (value.type === 'call') return [`${describe(value.callee)}()`, ...value.attributes].join('.')
  return typeName(value)
}

/** Members of an enumeration in order; other classes have none. */
function enumMembers(type: Extract<Value, { type: 'class' }>): Value[] {
  const out: Value[] = []
  for (const { value } of type.attributes.values()) {
    if (value.type === 'instance' && value.class === type && !out.includes(value)) out.push(value)
  }
  return out
}

function iterateInstance(m: Machine, value: Extract<Value, { type: 'instance' }>, node: Span): Items {
  const method = findMethod(value, '__iter__')
  standAt(m, node)
  if (method === undefined) return { items: [], rest: makeUnknown(m, notModelled(value.class.name)) }
  const result = callMethodNamed(m, value, method, noArguments)
  if (result.type === 'instance') return { items: [], rest: makeUnknown(m, notModelled(value.class.name)) }
  return iterate(m, result, node)
}

/** The values for `count` targets of an unpacking, one of which may be starred (`star`: its index). */
export function unpack(m: Machine, value: Value, count: number, star: number | undefined, node: Span): Value[] {
  const { items, rest } = iterate(m, value, node)
  standAt(m, node)
  if (rest !== undefined) {
    const unknown = { ...rest, of: rest.of }
    const out: Value[] = []
    for (let i = 0; i < count; i++) {
      if (i === star) out.push({ type: 'list', items: [], rest: unknown, at: here(m) })
      else out.push((star === undefined || i < star ? items[i] : undefined) ?? unknown)
    }
    return out
  }
  if (star === undefined) {
    if (items.length === count) return [...items]
    const problem =
      items.length > count
        ? `too many values to unpack (expected ${count})`
        : `not enough values to unpack (expected ${count}, got ${items.length})`
    return raise(m, 'ValueError', problem)
  }
  if (items.length < count - 1) {
    return raise(m, 'ValueError', `not enough values to unpack (expected at least ${count - 1}, got ${items.length})`)
  }
  const after = count - 1 - star
  const middle = items.slice(star, items.length - after)
  return [
    ...items.slice(0, star),
    { type: 'list', items: [...middle], rest: undefined, at: here(m) },
    ...items.slice(items.length - after),
  ]
}
