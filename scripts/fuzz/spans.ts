/** The first thing in a tree of records with a `start` and an `end` that are no range of a text; undefined: all are. */
export function wrongSpan(tree: unknown, length: number): string | undefined {
  const seen = new Set<object>()
  const open: unknown[] = [tree]
  while (open.length > 0) {
    const node = open.pop()
    if (typeof node !== 'object' || node === null || seen.has(node)) continue
    seen.add(node)
    const { start, end } = node as { readonly start?: unknown; readonly end?: unknown }
    if (typeof start === 'number' && typeof end === 'number' && !(0 <= start && start <= end && end <= length))
      return `a span from ${start} to ${end} in ${length} characters: ${shown(node)}`
    // Not a `for` over values: a list of ten thousand would not fit as arguments.
    const values = node instanceof Map ? node.values() : Object.values(node)
    for (const value of values) open.push(value)
  }
  return undefined
}

const shown = (node: object): string =>
  Object.entries(node)
    .filter(([, value]) => typeof value !== 'object')
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(' ')
    .slice(0, 120)
