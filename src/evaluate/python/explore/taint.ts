/**
 * Which questions a value rests on, as small interned sets of question numbers. A taint is an index into a table, so
 * carrying and joining them costs a comparison in the common case.
 */
export type Taint = number

export const clean: Taint = 0

export interface Taints {
  /** More questions than a set holds: which ones is not known any more. */
  readonly many: Taint
  /** The set of one question. */
  of(question: number): Taint
  union(a: Taint, b: Taint): Taint
  /** The questions of a set, ascending; none of `many`. */
  questions(taint: Taint): readonly number[]
}

/** Distinct sets, and questions in one: an exploration has runs for far fewer. */
const limits = { sets: 60_000, questions: 256 }

export function createTaints(): Taints {
  const many: Taint = 1
  const sets: (readonly number[])[] = [[], []]
  const index = new Map<string, Taint>([['', clean]])
  const unions = new Map<number, Taint>()

  function intern(set: readonly number[]): Taint {
    if (set.length > limits.questions) return many
    const key = set.join(',')
    const known = index.get(key)
    if (known !== undefined) return known
    if (sets.length >= limits.sets) return many
    const made = sets.length
    sets.push(set)
    index.set(key, made)
    return made
  }

  return {
    many,
    of: (question) => intern([question]),
    union(a, b) {
      if (a === b || b === clean) return a
      if (a === clean) return b
      if (a === many || b === many) return many
      const key = a < b ? a * limits.sets + b : b * limits.sets + a
      const known = unions.get(key)
      if (known !== undefined) return known
      const joined = new Set([...(sets[a] as readonly number[]), ...(sets[b] as readonly number[])])
      const made = intern([...joined].sort((x, y) => x - y))
      unions.set(key, made)
      return made
    },
    questions: (taint) => sets[taint] as readonly number[],
  }
}
