/**
 * Merges the orders of several bases by C3, as Python orders the ancestors of a class: no class before one that derives from it, and
 * the bases as the class statement names them. Undefined: they contradict each other.
 */
export function linearized<T>(orders: readonly (readonly T[])[]): T[] | undefined {
  const out: T[] = []
  let rest = orders.filter((order) => order.length > 0)
  while (rest.length > 0) {
    const heads = rest.map((order) => order[0] as T)
    const next = heads.findIndex((head) => !rest.some((order) => order.indexOf(head) > 0))
    if (next < 0) return undefined
    const taken = heads[next] as T
    out.push(taken)
    rest = rest.map((order) => order.filter((one) => one !== taken)).filter((order) => order.length > 0)
  }
  return out
}
