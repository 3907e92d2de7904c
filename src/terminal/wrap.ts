/** The tool's own colours take no room, nor do the addresses behind its links. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
const colour = /\u001b(?:\[\d{1,2}m|\]8;;[^\u001b]*\u001b\\)/g

/** Columns that the beginning of a word needs to say something. */
const fewest = 16

/** Columns that a text takes on a terminal. */
export function widthOf(text: string): number {
  return text.replace(colour, '').length
}

/**
 * The lines of a paragraph no wider than `width` where its words allow it, the first behind `first`, the others behind
 * `rest`. Broken at ordinary spaces only: French puts others before its punctuation.
 */
export function wrap(text: string, width: number, first = '', rest = first): string[] {
  return pack(wordsOf(text, width - widthOf(rest)), width, first, rest)
}

/** The same for a line with an indentation of its own, which what follows is below. */
export function wrapLine(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? ''
  return wrap(line.slice(indent.length), width, indent, `${indent}  `)
}

/** The first lines of a paragraph, two unless more are asked for; an ellipsis stands for what is left out. */
export function clamp(lines: readonly string[], width: number, most = 2): string[] {
  const last = lines[most - 1]
  if (last === undefined || lines.length === most) return [...lines]
  const room = width - widthOf(last) - 2
  // A host, a path: the beginning of a word that was too long for the line says more than nothing.
  const next = (lines[most] ?? '').trimStart().split(' ')[0] ?? ''
  if (room >= fewest) return [...lines.slice(0, most - 1), `${last} ${next.slice(0, room)}…`]
  const end = widthOf(last) + 2 > width ? `${last.slice(0, last.lastIndexOf(' '))} …` : `${last} …`
  return [...lines.slice(0, most - 1), end]
}

/** The same for words that are given, and hold spaces perhaps. */
export function pack(words: readonly string[], width: number, first = '', rest = first): string[] {
  const lines: string[] = []
  let line = first
  let used = widthOf(first)
  let empty = true
  for (const word of words) {
    const wide = widthOf(word)
    if (!empty && used + 1 + wide > width) {
      lines.push(line)
      line = rest
      used = widthOf(rest)
      empty = true
    }
    line += empty ? word : ` ${word}`
    used += wide + (empty ? 0 : 1)
    empty = false
  }
  lines.push(line)
  return lines
}

/** The words of a text, with code between backticks as one where a line of `room` columns holds it: it is there to be copied. */
export function wordsOf(text: string, room: number): string[] {
  const words: string[] = []
  for (const [piece] of text.matchAll(/(?:`[^`]*`|[^ `]|`)+/g)) {
    if (piece.includes(' ') && widthOf(piece) > room) words.push(...piece.split(' '))
    else words.push(piece)
  }
  return words
}
