import { distance } from 'fastest-levenshtein'

/** The candidate most like `word`, when it is like it enough to be what was meant. */
export const nearest = (word: string, candidates: readonly string[]): string | undefined =>
  nearestOf(word, candidates, (candidate) => candidate, Math.max(1, Math.floor(word.length / 3)))

/**
 * The item whose name is most like `word`; of equals the first.
 * @param most letters to add, take away or change until it is something else
 */
export function nearestOf<T>(
  word: string,
  items: Iterable<T>,
  nameOf: (item: T) => string,
  most: number,
): T | undefined {
  let best: T | undefined
  let least = most
  for (const item of items) {
    const far = distance(word, nameOf(item))
    if (best === undefined ? far > least : far >= least) continue
    least = far
    best = item
  }
  return best
}
