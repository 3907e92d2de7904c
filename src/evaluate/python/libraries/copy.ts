import { library, native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { Value } from '../value.ts'

/** A copy as deep as `depth` says; objects that are not containers are shared, since settings do not change them. */
function copyOf(value: Value, depth: number, seen: Map<Value, Value>): Value {
  const known = seen.get(value)
  if (known !== undefined) return known
  const inner = (item: Value): Value => (depth > 1 ? copyOf(item, depth - 1, seen) : item)
  switch (value.type) {
    case 'list':
    case 'set': {
      const items: Value[] = []
      const copy = { ...value, items }
      seen.set(value, copy)
      for (const item of value.items) items.push(inner(item))
      return copy
    }
    case 'tuple':
      return depth > 1 ? { ...value, items: value.items.map(inner) } : value
    case 'dict': {
      const copy: Value = { ...value, entries: [] }
      seen.set(value, copy)
      copy.entries = value.entries.map((entry) => ({ ...entry, value: inner(entry.value) }))
      return copy
    }
    default:
      return value
  }
}

function copier(name: string, depth: number): Value {
  return native(`copy.${name}`, (run, args) => {
    const value = args.positional[0]
    return value === undefined ? run.unknown(notModelled(`copy.${name}`)) : copyOf(value, depth, new Map())
  })
}

export const copy = library('copy', { copy: copier('copy', 1), deepcopy: copier('deepcopy', 60) })
