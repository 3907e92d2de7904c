import type { Span } from '../contracts/place.ts'
import { lineAt, lineStarts } from '../files/lines.ts'

/** What a client counts columns in. */
export type PositionUnit = 'utf-16' | 'utf-8'

/** 0-based, as the protocol has it. */
export interface EditorPosition {
  readonly line: number
  readonly character: number
}

export interface EditorRange {
  readonly start: EditorPosition
  readonly end: EditorPosition
}

/** Offsets of one text as a client says them, and back. */
export interface Positions {
  at(offset: number): EditorPosition
  range(span: Span): EditorRange
  /** A place beyond a line or the text is the end of it, as the protocol says. */
  offset(position: EditorPosition): number
}

export function positionsIn(text: string, unit: PositionUnit): Positions {
  const starts = lineStarts(text)
  const at = (given: number): EditorPosition => {
    const offset = Math.max(0, Math.min(given, text.length))
    const line = lineAt(starts, offset)
    const start = starts[line] as number
    return { line, character: unit === 'utf-16' ? offset - start : utf8Length(text, start, offset) }
  }
  return {
    at,
    range: ({ start, end }) => ({ start: at(start), end: at(Math.max(start, end)) }),
    offset({ line, character }) {
      const start = starts[line]
      if (start === undefined) return line < 0 ? 0 : text.length
      const end = lineEnd(text, starts[line + 1] ?? text.length + 1, start)
      return unit === 'utf-16' ? Math.min(start + character, end) : afterBytes(text, start, end, character)
    },
  }
}

/** Where a line's own characters end, before its line end. */
function lineEnd(text: string, next: number, start: number): number {
  let end = Math.min(next, text.length)
  if (next > text.length) return end
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--
  return end
}

function utf8Length(text: string, from: number, to: number): number {
  let bytes = 0
  for (let i = from; i < to; i++) bytes += unitBytes(text, i)
  return bytes
}

/** The two halves of a pair are four bytes together; a lone surrogate is written as U+FFFD, three. */
function unitBytes(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  if (unit < 0x80) return 1
  if (unit < 0x800) return 2
  const paired = isHigh(unit) ? isLow(text.charCodeAt(index + 1)) : isLow(unit) && isHigh(text.charCodeAt(index - 1))
  return paired ? 2 : 3
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff

function afterBytes(text: string, start: number, end: number, bytes: number): number {
  let left = bytes
  let at = start
  while (at < end && left > 0) {
    const width = isHigh(text.charCodeAt(at)) && isLow(text.charCodeAt(at + 1)) ? 2 : 1
    left -= utf8Length(text, at, at + width)
    // Inside a character: the place before it.
    if (left < 0) break
    at += width
  }
  return at
}
