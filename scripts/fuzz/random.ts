/** Choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to `limit`, exclusive. */
  below(limit: number): number
  /** One of a list that is not empty. */
  one<T>(list: readonly T[]): T
  /** A copy in another order. */
  shuffled<T>(list: readonly T[]): T[]
}

/** Random numbers by mulberry32; `stream` tells rows of one seed apart. */
export function randomOf(seed: number, stream = 0): Random {
  let state = (Math.imul(seed, 0x9e3779b1) ^ Math.imul(stream, 0x85ebca6b)) | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    below,
    one: (list) => list[below(list.length)] as (typeof list)[number],
    shuffled(list) {
      const out = [...list]
      for (let left = out.length - 1; left > 0; left--) {
        const other = below(left + 1)
        const [a, b] = [out[left], out[other]] as [(typeof out)[number], (typeof out)[number]]
        out[left] = b
        out[other] = a
      }
      return out
    },
  }
}
