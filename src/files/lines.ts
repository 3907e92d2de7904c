import type { Position } from '../contracts/place.ts'

/** Offsets at which each line of `text` starts. LF, CRLF and a lone CR end a line. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  return starts
}

/** Index in the result of {@link lineStarts} of the line that holds `offset`, by binary search. */
export function lineAt(starts: readonly number[], offset: number): number {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return low
}

/** Position of `offset`, in the result of {@link lineStarts}. */
export function positionAt(starts: readonly number[], offset: number): Position {
  const line = lineAt(starts, offset)
  return { line: line + 1, column: offset - (starts[line] as number) + 1 }
}
