import { callValue } from '../interpreter/calls.ts'
import { compare, compareKnown } from '../interpreter/comparison.ts'
import type { Machine } from '../interpreter/machine.ts'
import { knownTruth } from '../interpreter/truth.ts'
import type { CallArguments, Value } from '../value.ts'

/** The items in order, by `key` and `reverse`; undefined when the order cannot be known. */
export function sortValues(m: Machine, items: readonly Value[], args: CallArguments): Value[] | undefined {
  const key = args.keywords.get('key')
  const flag = args.keywords.get('reverse')
  const reverse = flag === undefined ? false : knownTruth(m, flag)
  if (reverse === undefined) return undefined
  const keyed = items.map((value) => ({
    value,
    key:
      key === undefined || key.type === 'none'
        ? value
        : callValue(m, key, { positional: [value], keywords: new Map(), open: false }),
  }))
  let known = true
  keyed.sort((a, b) => {
    const [left, right] = reverse ? [b.key, a.key] : [a.key, b.key]
    const less = before(m, left, right)
    const more = less === true ? false : before(m, right, left)
    if (less === undefined || more === undefined) known = false
    return less ? -1 : more ? 1 : 0
  })
  return known ? keyed.map(({ value }) => value) : undefined
}

/** `left < right`, also by the `__lt__` of a project's class. */
function before(m: Machine, left: Value, right: Value): boolean | undefined {
  const known = compareKnown(m, '<', left, right)
  if (known !== undefined || left.type !== 'instance') return known
  return compare(m, '<', left, right, m.node)
}
