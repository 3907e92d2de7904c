import type { Place } from '../../contracts/place.ts'
import type { Hole } from '../parts.ts'
import type { Piece } from './model.ts'

/** Text that a shell reads, with the place where each character of it was written. */
export interface ShellSource {
  readonly text: string
  /** Where `[start, end)` was written, as exactly as it is known. */
  place(start: number, end: number): Place
  /** Whether `[start, end)` stands in its file character by character. */
  verbatim(start: number, end: number): boolean
  /** The unknown text for which the character {@link holeMark}(i) stands. */
  readonly holes: readonly Hole[]
}

const firstMark = 0xe000
const lastMark = 0xe0ff

/** The index of the hole for which a character stands; undefined for an ordinary character. */
export function holeIndex(char: string): number | undefined {
  const code = char.charCodeAt(0)
  return code >= firstMark && code <= lastMark ? code - firstMark : undefined
}

/** Text that stands in a file from `offset` on. */
export function fileSource(file: string, text: string, offset = 0): ShellSource {
  return {
    text,
    place: (start, end) => ({ file, span: { start: offset + start, end: offset + end } }),
    verbatim: () => true,
    holes: [],
  }
}

/** Text that was written at `at` in another form (escapes, folding): every part of it is there. */
export function derivedSource(text: string, at: Place): ShellSource {
  return { text, place: () => at, verbatim: () => false, holes: [] }
}

/** The part of a source from `start` on, shifted so that its text may have a prefix of `prefix` characters. */
export function sliceSource(source: ShellSource, start: number, text: string, prefix = 0): ShellSource {
  const shift = start - prefix
  return {
    text,
    place: (from, to) => source.place(from + shift, to + shift),
    verbatim: (from, to) => source.verbatim(from + shift, to + shift),
    holes: source.holes,
  }
}

interface Segment {
  readonly start: number
  readonly end: number
  readonly piece: Piece
}

/** The text of a word as a program of its own (`sh -c "…"`): holes become marks. Undefined when there are too many holes. */
export function piecesSource(pieces: readonly Piece[]): ShellSource | undefined {
  const segments: Segment[] = []
  const holes: Hole[] = []
  let text = ''
  for (const piece of pieces) {
    const start = text.length
    if (typeof piece.part === 'string') text += piece.part
    else {
      if (holes.length > lastMark - firstMark) return undefined
      text += String.fromCharCode(firstMark + holes.length)
      holes.push(piece.part)
    }
    segments.push({ start, end: text.length, piece })
  }
  return {
    text,
    holes,
    place: (start, end) => placeIn(segments, start, end),
    verbatim: (start, end) => {
      const segment = segments.find((s) => s.start <= start && end <= s.end)
      return segment?.piece.verbatim === true && typeof segment.piece.part === 'string'
    },
  }
}

function placeIn(segments: readonly Segment[], start: number, end: number): Place {
  const first = segments.find((s) => s.end > start) ?? segments.at(-1)
  const last = segments.findLast((s) => s.start < end) ?? first
  if (first === undefined || last === undefined) return { file: '', span: { start: 0, end: 0 } }
  const from = exact(first, start, start + 1).span.start
  const to = exact(last, end - 1, end)
  if (to.file !== first.piece.at.file || to.span.end < from) return first.piece.at
  return { file: to.file, span: { start: from, end: to.span.end } }
}

function exact({ piece, start: base }: Segment, start: number, end: number): Place {
  if (!piece.verbatim || typeof piece.part !== 'string') return piece.at
  const offset = piece.at.span.start - base
  return { file: piece.at.file, span: { start: start + offset, end: end + offset } }
}
