import type { DictValue, Value } from '../value.ts'
import type { Machine } from './machine.ts'

/** What a dict of `collections` makes of a key that is missing: what a `defaultdict` calls, or the zero of a `Counter`. */
export type Maker = Value | 'zero'

/** Where a run keeps them: a dict of `collections` is a dict but for this. */
const makersKey = 'makers of default items'

export function makesDefaults(m: Machine, dict: DictValue, maker: Maker): void {
  const makers = (m.memory.get(makersKey) as Map<Value, Maker> | undefined) ?? new Map<Value, Maker>()
  makers.set(dict, maker)
  m.memory.set(makersKey, makers)
}

/** What makes the missing items of a value; undefined: an ordinary dict, or no dict. */
export function makerOf(m: Machine, value: Value): Maker | undefined {
  return (m.memory.get(makersKey) as ReadonlyMap<Value, Maker> | undefined)?.get(value)
}
