import { PYTHON_SPACE } from './version.ts'

/** A text whose characters know where they stood in the file. */
export interface Mapped {
  readonly text: string
  /** Source offset of each character; of the first alone when all follow one another in the file. */
  readonly offsets: number | readonly number[]
}

/** Source offset of a character. */
export const offsetAt = ({ offsets }: Mapped, index: number): number | undefined =>
  typeof offsets === 'number' ? offsets + index : offsets[index]

/** What pip takes for one line: continuations joined, comment cut, variables filled in. */
export interface LogicalLine extends Mapped {
  /** 1-based number of the first physical line, as pip counts them. */
  readonly number: number
  /** `${NAME}` whose value is not known and that stayed as written. */
  readonly unknownVariables: readonly string[]
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the separators of Python's str.splitlines
const BREAK = /\r\n|[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/g
const SPACE = new RegExp(PYTHON_SPACE)
const COMMENT_LINE = new RegExp(`^(?:${PYTHON_SPACE}+)?#`)
const VARIABLE = /\$\{([A-Z0-9_]+)\}/g

const isSpace = (c: string | undefined): boolean => c !== undefined && SPACE.test(c)

/** Where the text begins and ends without outer white space; loops, because `\s+$` takes quadratic time on long runs. */
function inner(text: string): { start: number; end: number } {
  let [start, end] = [0, text.length]
  while (start < end && isSpace(text[start])) start++
  while (end > start && isSpace(text[end - 1])) end--
  return { start, end }
}

/** Python's `str.strip()`. */
export function strip(text: string): string {
  const { start, end } = inner(text)
  return text.slice(start, end)
}

export function slice(mapped: Mapped, start: number, end = mapped.text.length): Mapped {
  const { text, offsets } = mapped
  return {
    text: text.slice(start, end),
    offsets: typeof offsets === 'number' ? offsets + start : offsets.slice(start, end),
  }
}

/** {@link strip}, keeping the offsets. */
export function stripped(mapped: Mapped): Mapped {
  const { start, end } = inner(mapped.text)
  return slice(mapped, start, end)
}

/** Source span of `start..end` of the mapped text; an empty range stays empty. */
export function spanOf(mapped: Mapped, start: number, end: number): { start: number; end: number } {
  const { length } = mapped.text
  const from = start < length ? offsetAt(mapped, start) : (offsetAt(mapped, length - 1) ?? -1) + 1
  const first = from ?? 0
  return { start: first, end: end > start ? (offsetAt(mapped, Math.min(end, length) - 1) ?? first) + 1 : first }
}

function join(parts: readonly Mapped[]): Mapped {
  const [only] = parts
  if (parts.length === 1 && only !== undefined) return only
  const offsets: number[] = []
  for (const part of parts) for (let i = 0; i < part.text.length; i++) offsets.push(offsetAt(part, i) as number)
  return { text: parts.map(({ text }) => text).join(''), offsets }
}

/** Python's `str.splitlines()`. */
function physicalLines(text: string): Mapped[] {
  const out: Mapped[] = []
  const add = (start: number, end: number) => out.push({ text: text.slice(start, end), offsets: start })
  let start = 0
  for (const match of text.matchAll(BREAK)) {
    add(start, match.index)
    start = match.index + match[0].length
  }
  if (start < text.length) add(start, text.length)
  return out
}

/**
 * The logical lines of a requirements file, in pip's order: joins lines that end in a backslash, then cuts comments and
 * outer white space and drops what is empty, then fills in `${NAME}` (names of capitals, digits and `_`) when `variable`
 * knows a value that is not empty.
 */
export function logicalLines(text: string, variable: (name: string) => string | undefined): LogicalLine[] {
  const out: LogicalLine[] = []
  const finish = (number: number, parts: readonly Mapped[]) => {
    const line = stripped(withoutComment(join(parts)))
    if (line.text !== '') out.push({ number, ...expanded(line, variable) })
  }
  let pending: Mapped[] = []
  let first = 0
  for (const [index, line] of physicalLines(text).entries()) {
    const comment = COMMENT_LINE.test(line.text)
    if (line.text.endsWith('\\') && !comment) {
      if (pending.length === 0) first = index + 1
      pending.push(withoutBackslashes(line))
      continue
    }
    // pip puts a blank before a comment line so that it still reads as a comment once joined.
    const blank = comment ? [{ text: ' ', offsets: offsetAt(line, 0) ?? 0 }] : []
    finish(pending.length > 0 ? first : index + 1, [...pending, ...blank, line])
    pending = []
  }
  if (pending.length > 0) finish(first, pending)
  return out
}

function withoutBackslashes(line: Mapped): Mapped {
  const start = /^\\*/.exec(line.text)?.[0].length ?? 0
  const end = line.text.length - (/\\*$/.exec(line.text)?.[0].length ?? 0)
  return slice(line, Math.min(start, end), end)
}

/** Cuts at the first `#` that begins the line or follows white space (which goes with the outer white space). */
function withoutComment(line: Mapped): Mapped {
  for (let at = line.text.indexOf('#'); at >= 0; at = line.text.indexOf('#', at + 1))
    if (at === 0 || isSpace(line.text[at - 1])) return slice(line, 0, at)
  return line
}

function expanded(line: Mapped, variable: (name: string) => string | undefined): Omit<LogicalLine, 'number'> {
  const unknownVariables: string[] = []
  let current: Mapped = line
  for (const name of new Set([...line.text.matchAll(VARIABLE)].map((match) => match[1] as string))) {
    const value = variable(name)
    if (value === undefined || value === '') unknownVariables.push(name)
    else current = replaced(current, `\${${name}}`, value)
  }
  return { ...current, unknownVariables }
}

/** Every character of the value stands for the whole reference, so its first offset is the reference's start. */
function replaced(line: Mapped, reference: string, value: string): Mapped {
  const parts: Mapped[] = []
  let start = 0
  for (;;) {
    const at = line.text.indexOf(reference, start)
    if (at < 0) break
    const from = offsetAt(line, at) as number
    const last = offsetAt(line, at + reference.length - 1) as number
    const offsets = Array.from({ length: value.length }, (_, i) => (i === value.length - 1 ? last : from))
    parts.push(slice(line, start, at), { text: value, offsets })
    start = at + reference.length
  }
  return join([...parts, slice(line, start)])
}
