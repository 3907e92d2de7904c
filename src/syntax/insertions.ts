/** A table of texts that a document is to hold under a key. */
export interface TextTable {
  readonly name: string
  /** Key in its normal form -> text. */
  readonly texts: ReadonlyMap<string, string>
  /** The normal form of a key as somebody wrote it. */
  readonly normal: (key: string) => string
}

/** A piece of a text and what takes its place; offsets are those of the unchanged text. */
export interface Insertion {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text that a table has for a key however it is written. */
export const wantedFor = ({ texts, normal }: TextTable, written: string): string | undefined =>
  texts.get(normal(written))

/** Texts of a table for which none of the written keys stands. */
export function missingFrom({ texts, normal }: TextTable, written: readonly string[]): ReadonlyMap<string, string> {
  const present = new Set(written.map(normal))
  return new Map([...texts].filter(([key]) => !present.has(key)))
}

/** Whole lines to insert at the beginning of a line or at the end of the text: a last line without an end gets one first. */
export const linesAt = (text: string, at: number, lines: string): Insertion => ({
  start: at,
  end: at,
  text: at === text.length && text !== '' && !text.endsWith('\n') ? `\n${lines}` : lines,
})

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
