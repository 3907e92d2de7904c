import { linearized } from '../../../linearize.ts'
import type { ClassValue, Value } from '../value.ts'

const orders = new WeakMap<ClassValue, readonly Value[]>()

/**
 * Method resolution order of a class: itself, then its bases by C3. Bases that are not classes of the project (external,
 * native, unknown) stand for themselves. An inconsistent hierarchy, which Python refuses, gives depth-first order.
 */
export function mro(type: ClassValue): readonly Value[] {
  const known = orders.get(type)
  if (known !== undefined) return known
  orders.set(type, [type])
  const parents = type.bases.map((base) => (base.type === 'class' ? mro(base) : [base]))
  const lists = [...parents, type.bases]
  const order = [type, ...(linearized(lists) ?? new Set(lists.flat()))]
  orders.set(type, order)
  return order
}
