import { among } from '../equality.ts'
import type { Value } from '../value.ts'
import { keyIndex } from './key-index.ts'

const index = keyIndex<Value>((item) => item)

/** Whether a set with these items has the item. */
export function hasItem(items: readonly Value[], item: Value): boolean | undefined {
  const indexed = index.find(items, item)
  if (indexed === undefined) return among(item, items)
  return indexed.found !== undefined || among(item, indexed.others)
}

/** An item was taken out of a set. */
export const forgetItems = index.forget
