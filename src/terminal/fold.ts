import { widthOf, wordsOf } from './wrap.ts'

/** Columns below which what stands at the beginning of a line is its label: nothing is gained by leaving it alone there. */
const label = 20

/** Columns that a piece of a torn word needs to say something. */
const fewest = 16

/** A character, or the beginning or end of a colour or a link, which take no room. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what takes no room
const atoms = /\u001b\[\d{1,2}m|\u001b\]8;;[^\u001b]*\u001b\\|./gu

/**
 * The lines of one whose parts stand two spaces or more apart, none wider than `width`: a part that no longer fits goes on the
 * next line, one too wide for that is broken at its words, and a word too wide for a line is torn, at a mark where it has one.
 * @param rest what stands before all but the first
 */
export function fold(line: string, width: number, rest = `${/^ */.exec(line)?.[0] ?? ''}    `): string[] {
  if (widthOf(line) <= width) return [line]
  const indent = /^ */.exec(line)?.[0] ?? ''
  const start = widthOf(rest)
  const lines: string[] = []
  let current = indent
  let used = indent.length
  let empty = true
  const next = (): void => {
    lines.push(current)
    current = rest
    used = start
    empty = true
  }
  const put = (space: string, text: string): void => {
    const between = empty ? '' : space
    current += between + text
    used += between.length + widthOf(text)
    empty = false
  }
  const fits = (space: string, text: string): boolean => used + (empty ? 0 : space.length) + widthOf(text) <= width
  const tear = (space: string, word: string): void => {
    let left = word
    if (width - used - space.length < fewest && !empty) next()
    while (!fits(space, left)) {
      const [piece, after] = torn(left, width - used - (empty ? 0 : space.length))
      put(space, piece)
      left = after
      next()
    }
    put(space, left)
  }
  for (const [, space = '', part = ''] of line.slice(indent.length).matchAll(/( {2,})?((?:(?! {2}).)+)/g)) {
    if (fits(space, part)) put(space, part)
    else if (start + widthOf(part) <= width && used > label) {
      next()
      put('', part)
    } else {
      for (const [index, word] of wordsOf(part, width - start).entries()) {
        const before = index === 0 ? space : ' '
        if (!fits(before, word) && !empty && start + widthOf(word) <= width) next()
        if (fits(before, word)) put(before, word)
        else tear(before, word)
      }
    }
  }
  lines.push(current)
  return lines
}

/** A word in two, the first no wider than `room`: behind a mark of its second half, else where the room ends. */
function torn(word: string, room: number): [string, string] {
  let wide = 0
  let at = 0
  let mark = 0
  for (const [atom] of word.matchAll(atoms)) {
    const takes = widthOf(atom)
    if (wide + takes > room) break
    wide += takes
    at += atom.length
    if (wide > room / 2 && /[/.,:;?&=_-]/.test(atom) && takes > 0) mark = at
  }
  const end = mark > 0 ? mark : at
  return [word.slice(0, end), word.slice(end)]
}
