import { contradiction, linearized } from '../../../linearize.ts'
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

/**
 * The names of the bases that stand in each other's way, where Python refuses to order them: `class B(Consumer, A)` of an `A(Consumer)`.
 * Undefined: it does not, or one of them is nothing of which the ancestors are known to be classes.
 */
export function refusedBases(bases: readonly Value[]): string | undefined {
  const orders = bases.map((base) => keysOf(base))
  const known = orders.filter((order) => order !== undefined)
  if (known.length < orders.length) return undefined
  const stuck = contradiction([...known, known.flatMap((order) => order.slice(0, 1))])
  const nameOf = (key: Key): string => (typeof key === 'string' ? key.slice(key.lastIndexOf('.') + 1) : key.name)
  return stuck.length === 0 ? undefined : stuck.map(nameOf).join(', ')
}

type Key = ClassValue | string

/** A class with its ancestors, those outside of the project by their paths: two imports of one are the same. */
function keysOf(base: Value): readonly Key[] | undefined {
  if (base.type === 'external') return [base.path]
  if (base.type !== 'class' || base.keywords.size > 0) return undefined
  const above = base.bases.map(keysOf)
  const known = above.filter((order) => order !== undefined)
  const merged = linearized([...known, known.flatMap((order) => order.slice(0, 1))])
  return known.length < above.length || merged === undefined ? undefined : [base, ...merged]
}
