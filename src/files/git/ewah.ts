/**
 * A compressed bitmap as a split index stores it (gitformat-index(5), EWAH): bits, number of words, words of 64 bits,
 * position of the last run-length word. Returns the positions of the set bits and where the bitmap ends; undefined when
 * it is damaged. `limit`: positions at or above it are damage.
 */
export function readEwah(
  bytes: Buffer,
  start: number,
  limit: number,
): { readonly positions: readonly number[]; readonly end: number } | undefined {
  if (start + 8 > bytes.length) return undefined
  const words = bytes.readUInt32BE(start + 4)
  const first = start + 8
  const end = first + words * 8 + 4
  if (end > bytes.length) return undefined
  const positions: number[] = []
  let position = 0
  for (let word = 0; word < words; ) {
    // One word tells how many words are all zeros or all ones, and how many follow as they are.
    const high = bytes.readUInt32BE(first + word * 8)
    const low = bytes.readUInt32BE(first + word * 8 + 4)
    const run = (high & 1) * 2 ** 31 + (low >>> 1)
    const literals = high >>> 1
    word++
    if (word + literals > words) return undefined
    if (position + run * 64 > limit + 63) return undefined
    if ((low & 1) === 1) {
      for (let i = 0; i < run * 64; i++) positions.push(position + i)
    }
    position += run * 64
    for (let i = 0; i < literals; i++, word++, position += 64) {
      const upper = bytes.readUInt32BE(first + word * 8)
      const lower = bytes.readUInt32BE(first + word * 8 + 4)
      for (let bit = 0; bit < 32; bit++) if ((lower >>> bit) & 1) positions.push(position + bit)
      for (let bit = 0; bit < 32; bit++) if ((upper >>> bit) & 1) positions.push(position + 32 + bit)
    }
  }
  return positions.every((one) => one < limit) ? { positions, end } : undefined
}
