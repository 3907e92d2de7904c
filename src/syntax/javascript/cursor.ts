import type { Token } from './tokens.ts'

/** Where the parser stands. */
export interface Cursor {
  readonly tokens: readonly Token[]
  /** Type annotations are to be expected. */
  readonly types: boolean
  /** Offset of the end of the text. */
  readonly end: number
  index: number
  /** How deep expressions and statements are nested; past a bound everything is `Unknown`. */
  depth: number
  /** How often something may still be read a second time, in a script that is not whole. */
  again: number
}

export const maxDepth = 400

export function peek(c: Cursor, ahead = 0): Token | undefined {
  return c.tokens[c.index + ahead]
}

/** Offset at which the next token begins, or the end of the text. */
export function startOf(c: Cursor): number {
  return c.tokens[c.index]?.start ?? c.end
}

/** Offset at which a node ends that began at `start`: that of the last consumed token, when the node has one at all. */
export function endOf(c: Cursor, start: number): number {
  const last = c.tokens[Math.min(c.index, c.tokens.length) - 1]
  return Math.max(start, last?.end ?? start)
}

/** The next token is the punctuator or keyword `value` (never a string or a template of that text). */
export function at(c: Cursor, value: string, ahead = 0): boolean {
  const token = c.tokens[c.index + ahead]
  return token !== undefined && token.value === value && (token.type === 'punctuator' || token.type === 'name')
}

export function eat(c: Cursor, value: string): boolean {
  if (!at(c, value)) return false
  c.index++
  return true
}

/** Moves past the bracket that opens here; to the next token when it is never closed. */
export function skipBracket(c: Cursor): void {
  const token = c.tokens[c.index]
  c.index = token !== undefined && token.match > c.index ? token.match + 1 : c.index + 1
}

/**
 * Index of the bracket that closes the one at `index`. One that is never closed ends where the text does if it is a brace, and
 * with its line otherwise, so that what follows is read all the same.
 */
export function closerOf(c: Cursor, index = c.index): number {
  const token = c.tokens[index]
  if (token !== undefined && token.match > index) return token.match
  if (token === undefined || token.value === '{') return c.tokens.length
  for (let next = index + 1; next < c.tokens.length; next++) if (c.tokens[next]?.newline) return next - 1
  return c.tokens.length
}

/** What stands between two brackets, parted by commas; the cursor stands on the opening one and ends behind the closing one. */
export function bracketed<T>(c: Cursor, parse: (c: Cursor) => T): T[] {
  const close = closerOf(c)
  c.index++
  const items: T[] = []
  while (c.index < close) {
    const before = c.index
    if (!eat(c, ',')) items.push(parse(c))
    // What nobody can read is passed over.
    if (c.index === before) c.index++
  }
  leaveBracket(c, close)
  return items
}

/**
 * Moves behind a closing bracket. Where an inner one is never closed, what stood between was read beyond it: it is read again from
 * here, so that what follows is seen as it is, but not for ever, since such brackets inside each other would double the work.
 */
export function leaveBracket(c: Cursor, close: number): void {
  const target = Math.min(close + 1, c.tokens.length)
  if (target < c.index && c.again-- <= 0) return
  c.index = target
}
