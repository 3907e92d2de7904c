import { normaliseName } from '../syntax/requirements/marker.ts'

/** Normalised package name -> version. */
export type Pins = ReadonlyMap<string, string>

/** A piece of a text and what takes its place; offsets are those of the unchanged text. */
export interface Insertion {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The version that a policy has for a name however it is written. */
export const wantedFor = (pins: Pins, written: string): string | undefined => pins.get(normaliseName(written))

/** `text` with changes that do not overlap. */
export function applyChanges(text: string, changes: readonly Insertion[]): string {
  let out = ''
  let at = 0
  for (const change of [...changes].sort((a, b) => a.start - b.start)) {
    out += text.slice(at, change.start) + change.text
    at = change.end
  }
  return out + text.slice(at)
}

/** Offset of the line end at or after an offset; the text's end on its last line. */
export function lineEnd(text: string, from: number): number {
  const rest = /\r?\n/.exec(text.slice(from))
  return rest === null ? text.length : from + rest.index
}

/** How the lines of a text end. */
export const newlineOf = (text: string): string => /\r?\n/.exec(text)?.[0] ?? '\n'
