import type { CharClass, CharSet, ParsedRegex, Regex } from './regex.ts'

/** A pattern of JavaScript: source and flags for `new RegExp`. */
export interface JavaScriptRegex {
  readonly source: string
  readonly flags: string
  /**
   * It may prefer nothing to something: after an empty match Python looks for a longer one at the same place, and JavaScript goes on
   * to the next, so that the two find different matches one after the other.
   */
  readonly shortFirst: boolean
}

/**
 * The pattern as a JavaScript one that finds the same first match and the same groups; undefined when there is none. Beyond
 * ASCII the two fold case differently: with `ignoreCase` only texts of ASCII may be asked.
 */
export function toJavaScript(parsed: ParsedRegex): JavaScriptRegex | undefined {
  // A reference to a group that took no part fails in Python, and matches nothing in JavaScript.
  if (some(parsed.regex, ({ kind }) => kind === 'back-reference') && forgets(parsed.regex)) return undefined
  const source = write(parsed.regex, parsed)
  if (source === undefined) return undefined
  const flags = parsed.ignoreCase ? 'iu' : 'u'
  try {
    new RegExp(source, flags)
    const shortFirst = some(parsed.regex, mayPreferNothing)
    return { source, flags, shortFirst }
  } catch {
    return undefined
  }
}

function write(regex: Regex, parsed: ParsedRegex): string | undefined {
  switch (regex.kind) {
    case 'set':
      return writeSet(regex.set, parsed)
    case 'any':
      return parsed.dotAll ? '[^]' : '[^\\n]'
    case 'sequence':
      return joined(regex.items, '', parsed)
    case 'choice':
      return wrapped(joined(regex.options, '|', parsed), '(?:')
    case 'group': {
      const open = !regex.capturing ? '(?:' : regex.name === undefined ? '(' : `(?<${regex.name}>`
      return wrapped(write(regex.inner, parsed), open)
    }
    case 'repeat': {
      const inner = write(regex.inner, parsed)
      if (inner === undefined || regex.possessive || losesGroups(regex)) return undefined
      // A round that takes nothing ends the repeat in Python; JavaScript goes back and tries the next alternative.
      if (isNullable(regex.inner) && some(regex.inner, mayPreferNothing)) return undefined
      const max = regex.max === Number.POSITIVE_INFINITY ? '' : regex.max
      return `(?:${inner}){${regex.min},${max}}${regex.lazy ? '?' : ''}`
    }
    case 'start':
      return parsed.multiline ? '(?<![^\\n])' : '(?<![^])'
    case 'end':
      return parsed.multiline ? '(?![^\\n])' : '(?=\\n?(?![^]))'
    case 'text-start':
      return '(?<![^])'
    case 'text-end':
      return '(?![^])'
    case 'word-boundary':
    case 'not-word-boundary': {
      const word = `[${classes(parsed).w}]`
      const sides = [`(?<=${word})(?!${word})`, `(?<!${word})(?=${word})`]
      // Python finds no `\B` in an empty text (before 3.14), JavaScript does.
      if (regex.kind === 'word-boundary') return `(?:${sides.join('|')})`
      return `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word})(?:(?<=[^])|(?=[^])))`
    }
    case 'look': {
      const inner = write(regex.inner, parsed)
      return inner === undefined ? undefined : `(?${regex.ahead ? '' : '<'}${regex.negative ? '!' : '='}${inner})`
    }
    case 'back-reference':
      return typeof regex.to === 'number' ? `(?:\\${regex.to})` : `\\k<${regex.to}>`
    default:
      return undefined
  }
}

function joined(items: readonly Regex[], by: string, parsed: ParsedRegex): string | undefined {
  const parts = items.map((item) => write(item, parsed))
  return parts.includes(undefined) ? undefined : parts.join(by)
}

function wrapped(inner: string | undefined, open: string): string | undefined {
  return inner === undefined ? undefined : `${open}${inner})`
}

function mayPreferNothing(part: Regex): boolean {
  return part.kind === 'choice' || (part.kind === 'repeat' && part.lazy)
}

/** Groups that a later round passes by, or that take part with nothing, are forgotten in JavaScript and kept in Python. */
function losesGroups({ inner, max }: Extract<Regex, { kind: 'repeat' }>): boolean {
  if (!some(inner, (part) => part.kind === 'group' && part.capturing)) return false
  return isNullable(inner) || (max > 1 && forgets(inner))
}

/** Whether it may match nothing; in doubt it may. */
function isNullable(regex: Regex): boolean {
  switch (regex.kind) {
    case 'set':
    case 'any':
      return false
    case 'sequence':
      return regex.items.every(isNullable)
    case 'choice':
      return regex.options.some(isNullable)
    case 'group':
      return isNullable(regex.inner)
    case 'repeat':
      return regex.min === 0 || isNullable(regex.inner)
    default:
      return true
  }
}

function some(regex: Regex, holds: (part: Regex) => boolean): boolean {
  if (holds(regex)) return true
  if (regex.kind === 'sequence') return regex.items.some((item) => some(item, holds))
  if (regex.kind === 'choice') return regex.options.some((option) => some(option, holds))
  return 'inner' in regex && some(regex.inner, holds)
}

/** Whether a capturing group inside may not take part in a match. */
function forgets(regex: Regex, optional = false): boolean {
  switch (regex.kind) {
    case 'group':
      return (regex.capturing && optional) || forgets(regex.inner, optional)
    case 'sequence':
      return regex.items.some((item) => forgets(item, optional))
    case 'choice':
      return regex.options.some((option) => forgets(option, true))
    case 'repeat':
      return forgets(regex.inner, optional || regex.min === 0)
    case 'look':
      return forgets(regex.inner, true)
    default:
      return false
  }
}

type Classes = Readonly<Record<'d' | 'w' | 's', string>>

/** What Python's classes hold for texts (`str.isdigit`'s decimals, `isalnum` and the underscore, `isspace`), inside of brackets. */
const unicodeClasses: Classes = {
  d: '\\p{Nd}',
  w: '\\p{L}\\p{N}_',
  s: '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000',
}
const asciiClasses: Classes = { d: '0-9', w: 'a-zA-Z0-9_', s: '\\t-\\r ' }

function classes({ ascii }: ParsedRegex): Classes {
  return ascii ? asciiClasses : unicodeClasses
}

function writeSet({ negated, ranges, classes: names }: CharSet, parsed: ParsedRegex): string {
  const written = ranges.map(([low, high]) => (low === high ? point(low) : `${point(low)}-${point(high)}`))
  const taken = [...written, ...names.filter(isPositive).map((name) => classes(parsed)[name])].join('')
  const complements = names.filter((name) => !isPositive(name)).map((name) => complement(name, parsed))
  if (complements.length === 0) return `[${negated ? '^' : ''}${taken}]`
  // A complement among others: one of several sets, or none of them.
  const any = [...(taken === '' ? [] : [`[${taken}]`]), ...complements].join('|')
  return negated ? `(?:(?!${any})[^])` : `(?:${any})`
}

function isPositive(name: CharClass): name is 'd' | 'w' | 's' {
  return name === 'd' || name === 'w' || name === 's'
}

function complement(name: CharClass, parsed: ParsedRegex): string {
  return `[^${classes(parsed)[name.toLowerCase() as 'd' | 'w' | 's']}]`
}

function point(code: number): string {
  return `\\u{${code.toString(16)}}`
}
