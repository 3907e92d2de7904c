import type { Machine } from '../interpreter/machine.ts'
import { raise } from '../interpreter/raising.ts'
import type { Value } from '../value.ts'

/** Raises what Python does for a key of a dict or an item of a set that has no hash. */
export function needHashable(m: Machine, value: Value): void {
  const wrong = withoutHash(value)
  if (wrong !== undefined) raise(m, 'TypeError', `unhashable type: '${wrong.type}'`)
}

function withoutHash(value: Value): Value | undefined {
  if (value.type === 'list' || value.type === 'dict' || (value.type === 'set' && !value.frozen)) return value
  if (value.type !== 'tuple') return undefined
  for (const item of value.items) {
    const wrong = withoutHash(item)
    if (wrong !== undefined) return wrong
  }
  return undefined
}
