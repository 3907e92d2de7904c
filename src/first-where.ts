/**
 * Index of the first item that fulfils the test, the length when none does. In the list, what does not fulfil it comes
 * first: a search that halves, so few items are looked at.
 */
export function firstWhere<T>(list: readonly T[], test: (item: T) => boolean): number {
  let [from, to] = [0, list.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (test(list[middle] as T)) to = middle
    else from = middle + 1
  }
  return from
}
