/** A set of characters: ranges of code points and named classes. */
export interface CharSet {
  readonly negated: boolean
  readonly ranges: readonly (readonly [number, number])[]
  readonly classes: readonly CharClass[]
}
export type CharClass = 'd' | 'D' | 'w' | 'W' | 's' | 'S'

/** A regular expression as Python's `re` reads it. */
export type Regex =
  | { readonly kind: 'set'; readonly set: CharSet }
  /** `.` */
  | { readonly kind: 'any' }
  | { readonly kind: 'sequence'; readonly items: readonly Regex[] }
  | { readonly kind: 'choice'; readonly options: readonly Regex[] }
  | { readonly kind: 'group'; readonly name: string | undefined; readonly capturing: boolean; readonly inner: Regex }
  | {
      readonly kind: 'repeat'
      readonly inner: Regex
      readonly min: number
      readonly max: number
      readonly lazy: boolean
      readonly possessive: boolean
    }
  | { readonly kind: 'start' | 'end' | 'word-boundary' | 'not-word-boundary' }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly inner: Regex }
  | { readonly kind: 'back-reference'; readonly to: string | number }
  /** Understood by Python, not followed here: conditional and atomic groups, scoped flags. */
  | { readonly kind: 'other' }

export interface RegexProblem {
  readonly offset: number
  /** Python's own words. */
  readonly message: string
}

export interface ParsedRegex {
  readonly regex: Regex
  readonly ignoreCase: boolean
  readonly dotAll: boolean
}

interface Reader {
  readonly text: string
  index: number
  depth: number
  groups: number
  readonly names: Set<string>
  ignoreCase: boolean
  dotAll: boolean
  verbose: boolean
}

class Failure extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Reads a pattern as `re.compile` does; a problem where it would raise `re.error`. */
export function parseRegex(text: string): ParsedRegex | RegexProblem {
  const r: Reader = {
    text,
    index: 0,
    depth: 0,
    groups: 0,
    names: new Set(),
    ignoreCase: false,
    dotAll: false,
    verbose: false,
  }
  try {
    const regex = choice(r)
    if (r.index < text.length) throw new Failure('unbalanced parenthesis', r.index)
    return { regex, ignoreCase: r.ignoreCase, dotAll: r.dotAll }
  } catch (error) {
    if (error instanceof Failure) return { offset: error.offset, message: error.message }
    throw error
  }
}

export function isProblem(parsed: ParsedRegex | RegexProblem): parsed is RegexProblem {
  return 'message' in parsed
}

function choice(r: Reader): Regex {
  if (++r.depth > 100) throw new Failure('too many nested groups', r.index)
  const options = [sequence(r)]
  while (r.text[r.index] === '|') {
    r.index++
    options.push(sequence(r))
  }
  r.depth--
  return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options }
}

function sequence(r: Reader): Regex {
  const items: Regex[] = []
  while (r.index < r.text.length && r.text[r.index] !== '|' && r.text[r.index] !== ')') {
    if (r.verbose && skipVerbose(r)) continue
    const start = r.index
    const item = atom(r)
    if (item !== undefined) items.push(repeated(r, item, start))
  }
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items }
}

function skipVerbose(r: Reader): boolean {
  const space = /^(?:\s+|#[^\n]*)/.exec(r.text.slice(r.index))
  if (space === null) return false
  r.index += space[0].length
  return true
}

function repeated(r: Reader, item: Regex, start: number): Regex {
  let result = item
  for (let times = 0; ; times++) {
    const bounds = quantifier(r)
    if (bounds === undefined) return result
    if (times > 0) throw new Failure('multiple repeat', bounds.at)
    if (item.kind === 'start' || item.kind === 'end') {
      if (item.kind === 'start') throw new Failure('nothing to repeat', bounds.at)
    }
    if (bounds.min > bounds.max) throw new Failure('min repeat greater than max repeat', start)
    const lazy = r.text[r.index] === '?'
    const possessive = r.text[r.index] === '+'
    if (lazy || possessive) r.index++
    result = { kind: 'repeat', inner: item, min: bounds.min, max: bounds.max, lazy, possessive }
  }
}

function quantifier(r: Reader): { min: number; max: number; at: number } | undefined {
  const at = r.index
  const char = r.text[at]
  if (char === '*' || char === '+' || char === '?') {
    r.index++
    return { min: char === '+' ? 1 : 0, max: char === '?' ? 1 : Number.POSITIVE_INFINITY, at }
  }
  const braces = char === '{' ? /^\{(?:(\d+)|(\d*),(\d*))\}/.exec(r.text.slice(at)) : null
  // `{}` and anything else in braces stands for itself.
  if (braces === null || braces[0] === '{}') return undefined
  r.index += braces[0].length
  if (braces[1] !== undefined) return { min: Number(braces[1]), max: Number(braces[1]), at }
  return { min: Number(braces[2] || 0), max: braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]), at }
}

function atom(r: Reader): Regex | undefined {
  const start = r.index
  const char = r.text[start] as string
  r.index++
  switch (char) {
    case '^':
      return { kind: 'start' }
    case '$':
      return { kind: 'end' }
    case '.':
      return { kind: 'any' }
    case '(':
      return group(r, start)
    case '[':
      return { kind: 'set', set: set(r, start) }
    case '\\':
      return escapeSequence(r, start)
    case '*':
    case '+':
    case '?':
      throw new Failure('nothing to repeat', start)
    case '{':
      // A quantifier with nothing before it.
      r.index = start
      if (quantifier(r) !== undefined) throw new Failure('nothing to repeat', start)
      r.index = start + 1
      return literal(char)
    default:
      return literal(char)
  }
}

function literal(char: string): Regex {
  const code = char.codePointAt(0) as number
  return { kind: 'set', set: { negated: false, ranges: [[code, code]], classes: [] } }
}

function group(r: Reader, start: number): Regex | undefined {
  const rest = r.text.slice(r.index)
  if (!rest.startsWith('?')) return capture(r, start, undefined)
  const named = /^\?P<([^>]*)(>?)/.exec(rest)
  if (named !== null) {
    const name = named[1] as string
    if (named[2] === '') throw new Failure('missing >, unterminated name', start)
    if (name === '') throw new Failure('missing group name', start)
    if (!/^[^\d\W]\w*$/u.test(name)) throw new Failure(`bad character in group name '${name}'`, start)
    if (r.names.has(name)) throw new Failure(`redefinition of group name '${name}'`, start)
    r.names.add(name)
    r.index += named[0].length
    return capture(r, start, name)
  }
  const reference = /^\?P=([^)]*)\)/.exec(rest)
  if (reference !== null) {
    const name = reference[1] as string
    if (!r.names.has(name)) throw new Failure(`unknown group name '${name}'`, start)
    r.index += reference[0].length
    return { kind: 'back-reference', to: name }
  }
  if (rest.startsWith('?:')) {
    r.index += 2
    return closed(r, start, { kind: 'group', name: undefined, capturing: false, inner: choice(r) })
  }
  const look = /^\?(<?)([=!])/.exec(rest)
  if (look !== null) {
    r.index += look[0].length
    return closed(r, start, { kind: 'look', ahead: look[1] === '', negative: look[2] === '!', inner: choice(r) })
  }
  if (rest.startsWith('?#')) {
    const end = rest.indexOf(')')
    if (end < 0) throw new Failure('missing ), unterminated comment', start)
    r.index += end + 1
    return undefined
  }
  return flags(r, start, rest)
}

function capture(r: Reader, start: number, name: string | undefined): Regex {
  r.groups++
  return closed(r, start, { kind: 'group', name, capturing: true, inner: choice(r) })
}

function closed(r: Reader, start: number, made: Regex): Regex {
  if (r.text[r.index] !== ')') throw new Failure('missing ), unterminated subpattern', start)
  r.index++
  return made
}

/** `(?i)` at the start of the pattern; `(?i:…)`, `(?>…)` and `(?(1)a|b)` are valid and not followed. */
function flags(r: Reader, start: number, rest: string): Regex | undefined {
  const global = /^\?([aiLmsux]+)\)/.exec(rest)
  if (global !== null) {
    if (start !== 0) throw new Failure('global flags not at the start of the expression', start)
    const letters = global[1] as string
    r.ignoreCase = letters.includes('i')
    r.dotAll = letters.includes('s')
    r.verbose = letters.includes('x')
    r.index += global[0].length
    return letters.includes('m') || letters.includes('L') ? { kind: 'other' } : undefined
  }
  const scoped = /^\?(?:[aiLmsux]*(?:-[imsx]+)?:|>)/.exec(rest) ?? /^\?\((?:\d+|[^\d\W]\w*)\)/u.exec(rest)
  if (scoped === null) {
    const next = rest[1]
    throw new Failure(
      next === undefined
        ? 'unexpected end of pattern'
        : `unknown extension ?${next === 'P' || next === '<' ? rest.slice(1, 3) : next}`,
      start,
    )
  }
  r.index += scoped[0].length
  choice(r)
  return closed(r, start, { kind: 'other' })
}

function escapeSequence(r: Reader, start: number): Regex {
  const char = r.text[r.index]
  if (char === undefined) throw new Failure('bad escape (end of pattern)', start)
  r.index++
  if (char === 'A') return { kind: 'start' }
  if (char === 'Z' || char === 'z') return { kind: 'end' }
  if (char === 'b') return { kind: 'word-boundary' }
  if (char === 'B') return { kind: 'not-word-boundary' }
  if (isClass(char)) return { kind: 'set', set: { negated: false, ranges: [], classes: [char] } }
  if (/[1-9]/.test(char)) {
    const digits = /^\d{1,2}/.exec(r.text.slice(r.index - 1))?.[0] as string
    if (/^[0-3][0-7]{2}/.test(r.text.slice(r.index - 1))) {
      r.index += 2
      return literal(String.fromCodePoint(Number.parseInt(r.text.slice(r.index - 3, r.index), 8)))
    }
    r.index += digits.length - 1
    if (Number(digits) > r.groups) throw new Failure(`invalid group reference ${digits}`, start + 1)
    return { kind: 'back-reference', to: Number(digits) }
  }
  return literal(escaped(r, char, start))
}

function isClass(char: string): char is CharClass {
  return 'dDwWsS'.includes(char)
}

const simple: Readonly<Record<string, string>> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' }

/** The character of an escape that is the same in and outside of sets; the index stands behind `char`. */
function escaped(r: Reader, char: string, start: number): string {
  if (Object.hasOwn(simple, char)) return simple[char] as string
  const rest = r.text.slice(r.index)
  const widths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }
  const width = widths[char]
  if (width !== undefined) {
    const digits = new RegExp(`^[0-9a-fA-F]{${width}}`).exec(rest)?.[0]
    if (digits === undefined) throw new Failure(`incomplete escape \\${char}`, start)
    r.index += width
    const point = Number.parseInt(digits, 16)
    if (point > 0x10ffff) throw new Failure(`bad escape \\${char}${digits}`, start)
    return String.fromCodePoint(point)
  }
  if (char === '0') {
    const digits = /^[0-7]{0,2}/.exec(rest)?.[0] as string
    r.index += digits.length
    return String.fromCodePoint(Number.parseInt(`0${digits}`, 8))
  }
  if (char === 'N') {
    const name = /^\{[^}]*\}/.exec(rest)?.[0]
    if (name === undefined) throw new Failure('missing {', start)
    r.index += name.length
    return '\uFFFD'
  }
  if (/[A-Za-z]/.test(char)) throw new Failure(`bad escape \\${char}`, start)
  return char
}

function set(r: Reader, start: number): CharSet {
  const negated = r.text[r.index] === '^'
  if (negated) r.index++
  const ranges: [number, number][] = []
  const classes: CharClass[] = []
  for (let first = true; ; first = false) {
    if (r.index >= r.text.length) throw new Failure('unterminated character set', start)
    if (r.text[r.index] === ']' && !first) break
    const begin = r.index
    const low = member(r, start)
    if (r.text[r.index] === '-' && r.text[r.index + 1] !== ']' && r.index + 1 < r.text.length) {
      r.index++
      const high = member(r, start)
      if (typeof low === 'string' || typeof high === 'string' || high < low) {
        throw new Failure(`bad character range ${r.text.slice(begin, r.index)}`, begin)
      }
      ranges.push([low, high])
    } else if (typeof low === 'string') classes.push(low)
    else ranges.push([low, low])
  }
  r.index++
  return { negated, ranges, classes }
}

/** One element of a set: a code point or a class. */
function member(r: Reader, start: number): number | CharClass {
  const point = r.text.codePointAt(r.index)
  if (point === undefined) throw new Failure('unterminated character set', start)
  const char = String.fromCodePoint(point)
  const at = r.index
  r.index += char.length
  if (char !== '\\') return point
  const next = r.text[r.index]
  if (next === undefined) throw new Failure('unterminated character set', start)
  r.index++
  if (isClass(next)) return next
  if (next === 'b') return 8
  if (/[1-7]/.test(next)) {
    const octal = /^[0-7]{1,3}/.exec(r.text.slice(r.index - 1))?.[0] as string
    r.index += octal.length - 1
    return Number.parseInt(octal, 8)
  }
  return escaped(r, next, at).codePointAt(0) as number
}
