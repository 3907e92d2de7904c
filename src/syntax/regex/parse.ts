import {
  type Anchor,
  type CharClass,
  type CharSet,
  noFlags,
  type ParsedRegex,
  type Regex,
  type RegexFlags,
  type RegexProblem,
} from './regex.ts'
import { hasVaryingLookbehind } from './width.ts'

interface Reader {
  readonly text: string
  index: number
  depth: number
  groups: number
  /** Numbers of the groups by name, and of those that are not closed yet. */
  readonly names: Map<string, number>
  readonly open: Set<number>
  /** Number of the first group inside of the outermost lookbehind, while that is read. */
  lookbehind: number | undefined
  flags: RegexFlags
}

class Failure extends Error {
  readonly offset: number
  constructor(message: string, offset: number) {
    super(message)
    this.offset = offset
  }
}

/** Reads a pattern as `re.compile(text, flags)` does; a problem where it would raise `re.error`. */
export function parseRegex(text: string, given: RegexFlags = noFlags): ParsedRegex | RegexProblem {
  const r: Reader = {
    text,
    index: 0,
    depth: 0,
    groups: 0,
    names: new Map(),
    open: new Set(),
    lookbehind: undefined,
    flags: given,
  }
  try {
    const regex = choice(r, true)
    if (r.index < text.length) throw new Failure('unbalanced parenthesis', r.index)
    if (hasVaryingLookbehind(regex)) throw new Failure('look-behind requires fixed-width pattern', 0)
    return { regex, ...r.flags }
  } catch (error) {
    if (error instanceof Failure) return { offset: error.offset, message: error.message }
    throw error
  }
}

/** Alternatives; `outermost` when no group is around them. */
function choice(r: Reader, outermost = false): Regex {
  if (++r.depth > 100) throw new Failure('too many nested groups', r.index)
  const options = [sequence(r, outermost)]
  while (r.text[r.index] === '|') {
    r.index++
    options.push(sequence(r, false))
  }
  r.depth--
  return options.length === 1 && options[0] !== undefined ? options[0] : { kind: 'choice', options }
}

/** `first`: the pattern begins with it, so flags for the whole pattern may stand before its first item. */
function sequence(r: Reader, first: boolean): Regex {
  const items: Regex[] = []
  while (r.index < r.text.length && r.text[r.index] !== '|' && r.text[r.index] !== ')') {
    if (r.flags.verbose && skipVerbose(r)) continue
    const start = r.index
    const bounds = quantifier(r)
    if (bounds === undefined) {
      const item = atom(r, first && items.length === 0)
      if (item !== undefined) items.push(item)
      continue
    }
    items.push(repeated(r, items.pop(), bounds, start))
  }
  return items.length === 1 && items[0] !== undefined ? items[0] : { kind: 'sequence', items }
}

function skipVerbose(r: Reader): boolean {
  const space = /^(?:\s+|#[^\n]*)/.exec(r.text.slice(r.index))
  if (space === null) return false
  r.index += space[0].length
  return true
}

function repeated(r: Reader, inner: Regex | undefined, { min, max }: Bounds, start: number): Regex {
  if (min > max) throw new Failure('min repeat greater than max repeat', start)
  if (inner === undefined || isAnchor(inner)) throw new Failure('nothing to repeat', start)
  if (inner.kind === 'repeat') throw new Failure('multiple repeat', start)
  const lazy = r.text[r.index] === '?'
  const possessive = r.text[r.index] === '+'
  if (lazy || possessive) r.index++
  return { kind: 'repeat', inner, min, max, lazy, possessive }
}

interface Bounds {
  readonly min: number
  readonly max: number
}

function isAnchor({ kind }: Regex): boolean {
  return anchors.has(kind)
}

const anchors: ReadonlySet<Regex['kind']> = new Set<Anchor>([
  'start',
  'end',
  'text-start',
  'text-end',
  'word-boundary',
  'not-word-boundary',
])

function quantifier(r: Reader): Bounds | undefined {
  const char = r.text[r.index]
  if (char === '*' || char === '+' || char === '?') {
    r.index++
    return { min: char === '+' ? 1 : 0, max: char === '?' ? 1 : Number.POSITIVE_INFINITY }
  }
  const braces = char === '{' ? /^\{(?:(\d+)|(\d*),(\d*))\}/.exec(r.text.slice(r.index)) : null
  // `{}` and anything else in braces stands for itself.
  if (braces === null) return undefined
  r.index += braces[0].length
  if (braces[1] !== undefined) return { min: Number(braces[1]), max: Number(braces[1]) }
  return { min: Number(braces[2] || 0), max: braces[3] === '' ? Number.POSITIVE_INFINITY : Number(braces[3]) }
}

function atom(r: Reader, first: boolean): Regex | undefined {
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
      return group(r, start, first)
    case '[':
      return { kind: 'set', set: set(r, start) }
    case '\\':
      return escapeSequence(r, start)
    default:
      return literal(char)
  }
}

function literal(char: string): Regex {
  const code = char.codePointAt(0) as number
  return { kind: 'set', set: { negated: false, ranges: [[code, code]], classes: [] } }
}

function group(r: Reader, start: number, first: boolean): Regex | undefined {
  const rest = r.text.slice(r.index)
  if (!rest.startsWith('?')) return capture(r, start, undefined)
  const named = /^\?P<([^>]*)(>?)/.exec(rest)
  if (named !== null) {
    const name = named[1] as string
    if (named[2] === '') throw new Failure('missing >, unterminated name', start)
    if (name === '') throw new Failure('missing group name', start)
    if (!/^[^\d\W]\w*$/u.test(name)) throw new Failure(`bad character in group name '${name}'`, start)
    if (r.names.has(name)) throw new Failure(`redefinition of group name '${name}'`, start)
    r.names.set(name, r.groups + 1)
    r.index += named[0].length
    return capture(r, start, name)
  }
  const reference = /^\?P=([^)]*)\)/.exec(rest)
  if (reference !== null) {
    const name = reference[1] as string
    const number = r.names.get(name)
    if (number === undefined) throw new Failure(`unknown group name '${name}'`, start)
    checkReference(r, number, start)
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
    const before = r.lookbehind
    if (look[1] !== '') r.lookbehind ??= r.groups + 1
    const inner = choice(r)
    r.lookbehind = before
    return closed(r, start, { kind: 'look', ahead: look[1] === '', negative: look[2] === '!', inner })
  }
  if (rest.startsWith('?#')) {
    const end = rest.indexOf(')')
    if (end < 0) throw new Failure('missing ), unterminated comment', start)
    r.index += end + 1
    return undefined
  }
  return flags(r, start, rest, first)
}

function checkReference(r: Reader, group: number, start: number): void {
  if (r.open.has(group)) throw new Failure('cannot refer to an open group', start)
  if (r.lookbehind !== undefined && group >= r.lookbehind) {
    throw new Failure('cannot refer to group defined in the same lookbehind subpattern', start)
  }
}

function capture(r: Reader, start: number, name: string | undefined): Regex {
  const number = ++r.groups
  r.open.add(number)
  const made = closed(r, start, { kind: 'group', name, capturing: true, inner: choice(r) })
  r.open.delete(number)
  return made
}

function closed(r: Reader, start: number, made: Regex): Regex {
  if (r.text[r.index] !== ')') throw new Failure('missing ), unterminated subpattern', start)
  r.index++
  return made
}

/** `(?i)` at the start of the pattern; `(?i:…)`, `(?>…)` and `(?(1)a|b)` are valid and not followed. */
function flags(r: Reader, start: number, rest: string, first: boolean): Regex | undefined {
  const global = /^\?([aiLmsux]+)\)/.exec(rest)
  if (global !== null) {
    if (!first) throw new Failure('global flags not at the start of the expression', start)
    const letters = global[1] as string
    if (letters.includes('L')) throw new Failure("bad inline flags: cannot use 'L' flag with a str pattern", start)
    if (letters.includes('a') && letters.includes('u')) {
      throw new Failure("bad inline flags: flags 'a', 'u' and 'L' are incompatible", start)
    }
    r.flags = {
      ignoreCase: r.flags.ignoreCase || letters.includes('i'),
      multiline: r.flags.multiline || letters.includes('m'),
      dotAll: r.flags.dotAll || letters.includes('s'),
      verbose: r.flags.verbose || letters.includes('x'),
      ascii: r.flags.ascii || letters.includes('a'),
    }
    r.index += global[0].length
    return undefined
  }
  const scoped = /^\?(?:[aiLmsux]*(?:-[imsx]+)?:|>)/.exec(rest) ?? /^\?\((?:\d+|[^\d\W]\w*)\)/u.exec(rest)
  if (scoped === null) throw new Failure(unknownExtension(rest), start)
  r.index += scoped[0].length
  return closed(r, start, { kind: 'other', inner: choice(r) })
}

function unknownExtension(rest: string): string {
  const next = rest[1]
  if (next === undefined) return 'unexpected end of pattern'
  const condition = /^\?\(([^)]*)(\)?)/.exec(rest)
  if (condition !== null) {
    if (condition[2] === '' && condition[1] !== '') return 'missing ), unterminated name'
    return condition[1] === ''
      ? 'missing group name'
      : `bad character in group name '${condition[1]?.replaceAll('\\', '\\\\')}'`
  }
  const letters = /^\?([aiLmsux]*)(-?)(.?)/.exec(rest) as RegExpExecArray
  if (letters[1] !== '' || letters[2] === '-') {
    if (/[a-zA-Z]/.test(letters[3] ?? '')) return 'unknown flag'
    return letters[2] === '-' ? 'missing flag' : 'missing -, : or )'
  }
  return `unknown extension ?${'P<\\'.includes(next) ? rest.slice(1, 3) : next}`
}

function escapeSequence(r: Reader, start: number): Regex {
  const char = r.text[r.index]
  if (char === undefined) throw new Failure('bad escape (end of pattern)', start)
  r.index++
  if (char === 'A') return { kind: 'text-start' }
  // `\z` is new in Python 3.14.
  if (char === 'Z' || char === 'z') return { kind: 'text-end' }
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
    checkReference(r, Number(digits), start)
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
    const lowText = r.text.slice(begin, r.index)
    if (r.text[r.index] === '-' && r.text[r.index + 1] !== ']' && r.index + 1 < r.text.length) {
      const dash = r.index++
      const high = member(r, start)
      if (typeof low === 'string' || typeof high === 'string' || high < low) {
        const words = [lowText, r.text.slice(dash + 1, r.index)].map((side) =>
          side[0] === '\\' ? side.slice(0, 2) : side,
        )
        throw new Failure(`bad character range ${words.join('-')}`, begin)
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
