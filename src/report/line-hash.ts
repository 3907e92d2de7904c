const modulus = 37n
const firstPower = modulus ** 100n
const mask = (1n << 64n) - 1n
const windowSize = 100
const tab = 9
const space = 32
const lf = 10
const cr = 13
const eof = 65535

/**
 * For every line of `text` the `primaryLocationLineHash` of GitHub code scanning (github/codeql-action,
 * src/fingerprints.ts): a 64-bit rolling hash, base 37, over the 100 characters from the start of the line on, white
 * space (space, tab) left out, line ends as LF; `<hexadecimal>:<how often this hash occurred so far>`.
 */
export function lineHashes(text: string): string[] {
  const hashes: string[] = []
  const counts = new Map<string, number>()
  const window = new Array<number>(windowSize).fill(0)
  const lineNumbers = new Array<number>(windowSize).fill(-1)
  let hash = 0n
  let index = 0
  let line = 0
  let atLineStart = true
  let previousCr = false

  function record(): void {
    const number = lineNumbers[index] as number
    if (number === -1) return
    const value = hash.toString(16)
    const count = (counts.get(value) ?? 0) + 1
    counts.set(value, count)
    hashes[number - 1] = `${value}:${count}`
    lineNumbers[index] = -1
  }

  function update(character: number): void {
    const leaving = window[index] as number
    window[index] = character
    hash = (modulus * hash + BigInt(character) - firstPower * BigInt(leaving)) & mask
    index = (index + 1) % windowSize
  }

  function take(code: number): void {
    if (code === space || code === tab || (previousCr && code === lf)) {
      previousCr = false
      return
    }
    const character = code === cr ? lf : code
    previousCr = code === cr
    if (lineNumbers[index] !== -1) record()
    if (atLineStart) {
      atLineStart = false
      line++
      lineNumbers[index] = line
    }
    if (character === lf) atLineStart = true
    update(character)
  }

  for (let i = 0; i < text.length; i++) take(text.charCodeAt(i))
  take(eof)
  for (let i = 0; i < windowSize; i++) {
    if (lineNumbers[index] !== -1) record()
    update(0)
  }
  return hashes
}
