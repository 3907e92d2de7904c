/**
 * Which questions a value rests on, as small interned sets of question numbers. A taint is an index into a table, so
 * carrying and joining them costs a comparison in the common case.
 */
export type Taint = number

export const clean: Taint = 0

export interface Taints {
  /** The set of one question. */
  of(question: number): Taint
  union(a: Taint, b: Taint): Taint
  /** The questions of a set, ascending. */
  questions(taint: Taint): readonly number[]
}

/** Beyond this many distinct sets a union keeps its larger side: the exploration is then cut short anyway. */
const limit = 60_000

export function createTaints(): Taints {
  const sets: (readonly number[])[] = [[]]
  const index = new Map<string, Taint>([['', clean]])
  const unions = new Map<number, Taint>()

  function intern(set: readonly number[]): Taint {
    const key = set.join(',')
    const known = index.get(key)
    if (known !== undefined) return known
    if (sets.length >= limit) return clean
    const made = sets.length
    sets.push(set)
    index.set(key, made)
    return made
  }

  return {
    of: (question) => intern([question]),
    union(a, b) {
      if (a === b || b === clean) return a
      if (a === clean) return b
      const key = a < b ? a * limit + b : b * limit + a
      const known = unions.get(key)
      if (known !== undefined) return known
      const joined = new Set([...(sets[a] as readonly number[]), ...(sets[b] as readonly number[])])
      const made = intern([...joined].sort((x, y) => x - y)) || Math.max(a, b)
      unions.set(key, made)
      return made
    },
    questions: (taint) => sets[taint] as readonly number[],
  }
}
