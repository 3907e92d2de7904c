/**
 * Positions in a text and texts in two languages: the two things every layer shares.
 */

/** Half-open range of UTF-16 offsets into the decoded text of one file. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** A span of a named file. `file` is relative to the app's tree, with `/`. */
export interface Place {
  readonly file: string
  readonly span: Span
}

/** 1-based line and column (UTF-16 code units), as a user sees them. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** A sentence for users. Both languages are required, so a missing one does not compile. */
export interface Text {
  readonly en: string
  readonly fr: string
}

export type Language = keyof Text

/** What a reader of one language could not understand, where, and what it expected. */
export interface Problem {
  readonly span: Span
  readonly message: Text
}

/** Offsets at which each line of `text` starts. LF, CRLF and a lone CR end a line. */
export function lineStarts(text: string): number[] {
  const starts = [0]
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i)
    if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1)
  }
  return starts
}

/** Position of `offset`, by binary search in the result of {@link lineStarts}. */
export function positionAt(starts: readonly number[], offset: number): Position {
  let low = 0
  let high = starts.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((starts[middle] as number) <= offset) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: offset - (starts[low] as number) + 1 }
}

/** `text` with each `{name}` replaced by `data.name`; an unknown name stays as written. */
export function fill(text: string, data: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (name in data ? String(data[name]) : whole))
}
