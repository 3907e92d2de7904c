import type { Text } from './text.ts'

/** Half-open range of UTF-16 offsets into the decoded text of one file. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Whether two ranges of one file are the same. */
export function sameSpan(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end
}

/** A span of a named file. `file` is relative to the app's tree, with `/`. */
export interface Place {
  readonly file: string
  readonly span: Span
}

/** Where a place begins, as the key of a map: what begins at one spot is one thing to a reader. */
export function placeKey({ file, span }: Place): string {
  return `${file}:${span.start}`
}

/** Whether two places begin at one spot. */
export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.span.start === b.span.start
}

/** 1-based line and column (UTF-16 code units), as a user sees them. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** What a reader of one language could not understand, where, and what it expected. */
export interface Problem {
  readonly span: Span
  readonly message: Text
}

/** Another place that explains a finding, and what stands there. */
export interface Related {
  readonly at: Place
  readonly message: Text
}
