import { distance } from 'fastest-levenshtein'

/** The candidate most like `word`, when it is like it enough to be what was meant. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  let best: string | undefined
  let least = Math.max(1, Math.floor(word.length / 3)) + 1
  for (const candidate of candidates) {
    const far = distance(word, candidate)
    if (far < least) {
      least = far
      best = candidate
    }
  }
  return best
}
