/**
 * Merges the orders of several bases by C3, as Python orders the ancestors of a class: no class before one that derives from it, and
 * the bases as the class statement names them. Undefined: they contradict each other.
 */
export function linearized<T>(orders: readonly (readonly T[])[]): T[] | undefined {
  const { merged, stuck } = merge(orders)
  return stuck.length === 0 ? merged : undefined
}

/** Of orders that contradict each other, the classes that stand in each other's way; empty: they do not. */
export function contradiction<T>(orders: readonly (readonly T[])[]): readonly T[] {
  return merge(orders).stuck
}

function merge<T>(orders: readonly (readonly T[])[]): { readonly merged: T[]; readonly stuck: readonly T[] } {
  const merged: T[] = []
  let rest = orders.filter((order) => order.length > 0)
  while (rest.length > 0) {
    const heads = rest.map((order) => order[0] as T)
    const next = heads.findIndex((head) => !rest.some((order) => order.indexOf(head) > 0))
    if (next < 0) return { merged, stuck: [...new Set(heads)] }
    const taken = heads[next] as T
    merged.push(taken)
    rest = rest.map((order) => order.filter((one) => one !== taken)).filter((order) => order.length > 0)
  }
  return { merged, stuck: [] }
}
