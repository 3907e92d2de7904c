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
  const order = [type, ...merge([...parents.map((p) => [...p]), [...type.bases]])]
  orders.set(type, order)
  return order
}

function merge(lists: Value[][]): Value[] {
  const out: Value[] = []
  let rest = lists.filter((list) => list.length > 0)
  while (rest.length > 0) {
    const next = rest.map((list) => list[0] as Value).find((head) => !rest.some((list) => list.indexOf(head) > 0))
    if (next === undefined) return [...out, ...new Set(rest.flat())]
    out.push(next)
    rest = rest.map((list) => list.filter((value) => value !== next)).filter((list) => list.length > 0)
  }
  return out
}
