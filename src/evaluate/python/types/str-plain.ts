type Argument = string | number | undefined
/** A method of `str` from text to text; undefined when the arguments do not fit or the result would be too large. */
type PlainMethod = (subject: string, args: readonly Argument[]) => string | undefined

/** Longer results are not made. */
const largest = 400_000

const whitespace = ' \t\n\r\v\f\u001c\u001d\u001e\u001f\u0085\u00a0'

function strip(left: boolean, right: boolean): PlainMethod {
  return (subject, [chars]) => {
    const set = typeof chars === 'string' ? chars : whitespace
    let start = 0
    let end = subject.length
    while (left && start < end && set.includes(subject[start] as string)) start++
    while (right && end > start && set.includes(subject[end - 1] as string)) end--
    return subject.slice(start, end)
  }
}

function capitalize(subject: string): string {
  return subject.slice(0, 1).toUpperCase() + subject.slice(1).toLowerCase()
}

export const plainMethods: Readonly<Record<string, PlainMethod>> = {
  lower: (subject) => subject.toLowerCase(),
  casefold: (subject) => subject.toLowerCase().replaceAll('ß', 'ss'),
  upper: (subject) => subject.toUpperCase(),
  swapcase: (subject) => [...subject].map((c) => (c === c.toUpperCase() ? c.toLowerCase() : c.toUpperCase())).join(''),
  capitalize,
  title: (subject) => subject.replace(/\p{L}+/gu, capitalize),
  strip: strip(true, true),
  lstrip: strip(true, false),
  rstrip: strip(false, true),
  removeprefix: (subject, [prefix]) => {
    if (typeof prefix !== 'string') return undefined
    return subject.startsWith(prefix) ? subject.slice(prefix.length) : subject
  },
  removesuffix: (subject, [suffix]) => {
    if (typeof suffix !== 'string') return undefined
    return suffix !== '' && subject.endsWith(suffix) ? subject.slice(0, -suffix.length) : subject
  },
  replace: (subject, args) => {
    const [from, to, count] = args
    const isLimited = args.length > 2
    if (typeof from !== 'string' || typeof to !== 'string' || (isLimited && typeof count !== 'number')) return undefined
    const found = from === '' ? subject.length + 1 : subject.split(from).length - 1
    if (found * to.length > largest) return undefined
    if (typeof count !== 'number' || count < 0) return subject.replaceAll(from, () => to)
    const pieces = from === '' ? ['', ...subject, ''] : subject.split(from)
    return (
      pieces.slice(0, count + 1).join(to) +
      pieces
        .slice(count + 1)
        .map((piece) => from + piece)
        .join('')
    )
  },
  zfill: (subject, [width]) => {
    const sign = /^[+-]/.test(subject) ? subject.slice(0, 1) : ''
    return sign + '0'.repeat(Math.max(0, size(width) - [...subject].length)) + subject.slice(sign.length)
  },
  ljust: (subject, [width, fill]) => padded(subject, size(width), fill, () => 0),
  rjust: (subject, [width, fill]) => padded(subject, size(width), fill, (missing) => missing),
  center: (subject, [width, fill]) =>
    // CPython puts the odd one on the left when the width is odd.
    padded(subject, size(width), fill, (missing) => Math.floor(missing / 2) + (missing & size(width) & 1)),
  expandtabs: (subject, [width]) => {
    const stop = typeof width === 'number' ? Math.min(width, 100) : 8
    let column = 0
    return subject.replace(/\t|[\r\n]|[^\t\r\n]+/g, (piece) => {
      if (piece === '\t') {
        const count = stop <= 0 ? 0 : stop - (column % stop)
        column += count
        return ' '.repeat(count)
      }
      column = piece === '\n' || piece === '\r' ? 0 : column + piece.length
      return piece
    })
  },
}

function size(width: Argument): number {
  return typeof width === 'number' ? Math.min(Math.max(width, 0), 300_000) : 0
}

/** A text in the middle of so many characters; `left` says how many of the missing stand before it. */
function padded(subject: string, width: number, fill: Argument, left: (missing: number) => number): string | undefined {
  const filler = fill === undefined ? ' ' : String(fill)
  if ([...filler].length !== 1) return undefined
  const missing = Math.max(0, width - [...subject].length)
  return filler.repeat(left(missing)) + subject + filler.repeat(missing - left(missing))
}

export const plainTests: Readonly<Record<string, (subject: string) => boolean>> = {
  isdigit: (subject) => /^\p{Nd}+$/u.test(subject),
  isdecimal: (subject) => /^\p{Nd}+$/u.test(subject),
  isnumeric: (subject) => /^\p{N}+$/u.test(subject),
  isalpha: (subject) => /^\p{L}+$/u.test(subject),
  isalnum: (subject) => /^[\p{L}\p{N}]+$/u.test(subject),
  isspace: (subject) => /^\s+$/.test(subject),
  isupper: (subject) => subject.toUpperCase() === subject && subject.toLowerCase() !== subject,
  islower: (subject) => subject.toLowerCase() === subject && subject.toUpperCase() !== subject,
  isidentifier: (subject) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(subject),
  isascii: (subject) => [...subject].every((c) => c <= '\u007f'),
  istitle: (subject) => /\p{L}/u.test(subject) && subject === subject.replace(/\p{L}+/gu, capitalize),
  isprintable: (subject) => !/\p{C}/u.test(subject),
}
