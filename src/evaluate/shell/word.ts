import type { Place } from '../../contracts/place.ts'
import { joinParts } from '../parts.ts'
import type { Piece, Word } from './model.ts'

/** Stands for one hole in {@link marked}; no text on a command line holds it. */
export const mark = '\uE1FF'

/** A word as text in which every hole is one {@link mark}: offsets in it are offsets for {@link sub}. */
export function marked(word: Word): string {
  return word.pieces.map(({ part }) => (typeof part === 'string' ? part : mark)).join('')
}

/** Part of a word by offsets in its {@link marked} text, with the place it was written at. */
export function sub(word: Word, from: number, to = Number.POSITIVE_INFINITY): Word {
  const pieces: Piece[] = []
  let at = 0
  for (const piece of word.pieces) {
    const length = typeof piece.part === 'string' ? piece.part.length : 1
    const [start, end] = [Math.max(from - at, 0), Math.min(to - at, length)]
    if (start < end) pieces.push(cut(piece, start, end))
    at += length
  }
  return {
    parts: joinParts(pieces.map(({ part }) => part)),
    pieces,
    at: coverage(pieces) ?? emptyAt(word, from),
    splits: word.splits,
  }
}

function cut(piece: Piece, start: number, end: number): Piece {
  if (typeof piece.part !== 'string' || (start === 0 && end === piece.part.length)) return piece
  const part = piece.part.slice(start, end)
  if (!piece.verbatim) return { ...piece, part }
  const { file, span } = piece.at
  return { part, at: { file, span: { start: span.start + start, end: span.start + end } }, verbatim: true }
}

/** From the first piece to the last, when they stand in one file in order. */
function coverage(pieces: readonly Piece[]): Place | undefined {
  const [first] = pieces
  const last = pieces.at(-1)
  if (first === undefined || last === undefined) return undefined
  if (first.at.file !== last.at.file || last.at.span.end < first.at.span.start) return first.at
  return {
    file: first.at.file,
    span: { start: first.at.span.start, end: Math.max(first.at.span.end, last.at.span.end) },
  }
}

function emptyAt(word: Word, from: number): Place {
  let at = 0
  for (const piece of word.pieces) {
    const length = typeof piece.part === 'string' ? piece.part.length : 1
    if (from <= at + length && piece.verbatim) {
      const point = piece.at.span.start + Math.min(from - at, length)
      return { file: piece.at.file, span: { start: point, end: point } }
    }
    at += length
  }
  return word.at
}

/** A word made of known text that stands nowhere by itself. */
export function plainWord(text: string, at: Place): Word {
  const pieces = text === '' ? [] : [{ part: text, at, verbatim: false }]
  return { parts: text === '' ? [] : [text], pieces, at, splits: false }
}

/** The whole text of parts when nothing is unknown. */
export function known(parts: Word['parts'] | undefined): string | undefined {
  if (parts === undefined) return undefined
  if (parts.length === 0) return ''
  return parts.length === 1 && typeof parts[0] === 'string' ? parts[0] : undefined
}

/** Parts shown to a user: holes of a variable as `$NAME`. */
export function shown(parts: Word['parts'] | undefined): string {
  return (parts ?? [])
    .map((part) => (typeof part === 'string' ? part : part.variable === undefined ? part.name : `$${part.variable}`))
    .join('')
}

/** Where a word's value was written: at the assignment, when all of it comes out of one variable. */
export function originOf({ pieces, at }: Word): Place {
  const [only, ...others] = pieces
  return only?.verbatim === true && others.length === 0 && typeof only.part === 'string' ? only.at : at
}
