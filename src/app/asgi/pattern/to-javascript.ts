import type { CharClass, CharSet, ParsedRegex, Regex } from './regex.ts'

/** The pattern as a JavaScript one that finds the same first match; undefined when there is none. */
export function toJavaScript(parsed: ParsedRegex): RegExp | undefined {
  const source = write(parsed.regex)
  if (source === undefined) return undefined
  try {
    return new RegExp(source, `u${parsed.ignoreCase ? 'i' : ''}${parsed.dotAll ? 's' : ''}`)
  } catch {
    return undefined
  }
}

function write(regex: Regex): string | undefined {
  switch (regex.kind) {
    case 'set':
      return writeSet(regex.set)
    case 'any':
      return '.'
    case 'sequence':
      return joined(regex.items, '')
    case 'choice':
      return wrapped(joined(regex.options, '|'), '(?:')
    case 'group': {
      const open = !regex.capturing ? '(?:' : regex.name === undefined ? '(' : `(?<${regex.name}>`
      return wrapped(regex.inner.kind === 'choice' ? joined(regex.inner.options, '|') : write(regex.inner), open)
    }
    case 'repeat': {
      const inner = write(regex.inner)
      if (inner === undefined || regex.possessive) return undefined
      const max = regex.max === Number.POSITIVE_INFINITY ? '' : regex.max
      return `(?:${inner}){${regex.min},${max}}${regex.lazy ? '?' : ''}`
    }
    case 'start':
      return '^'
    case 'end':
      // Python's `$` also matches before a final line end, which no path has.
      return '$'
    case 'look': {
      const inner = write(regex.inner)
      return inner === undefined ? undefined : `(?${regex.ahead ? '' : '<'}${regex.negative ? '!' : '='}${inner})`
    }
    case 'back-reference':
      return typeof regex.to === 'number' ? `\\${regex.to}` : `\\k<${regex.to}>`
    default:
      // Word boundaries are ASCII in JavaScript, Unicode in Python.
      return undefined
  }
}

function joined(items: readonly Regex[], by: string): string | undefined {
  const parts = items.map(write)
  return parts.includes(undefined) ? undefined : parts.join(by)
}

function wrapped(inner: string | undefined, open: string): string | undefined {
  return inner === undefined ? undefined : `${open}${inner})`
}

const classes: Readonly<Record<CharClass, string>> = {
  d: '\\p{Nd}',
  D: '\\P{Nd}',
  w: '\\p{L}\\p{N}_',
  W: '',
  s: '\\s\\x1c-\\x1f\\x85',
  S: '\\S',
}

function writeSet(set: CharSet): string | undefined {
  if (set.classes.includes('W'))
    return set.classes.length + set.ranges.length === 1 ? `[${set.negated ? '' : '^'}${classes.w}]` : undefined
  const ranges = set.ranges.map(([low, high]) => (low === high ? point(low) : `${point(low)}-${point(high)}`))
  return `[${set.negated ? '^' : ''}${ranges.join('')}${set.classes.map((name) => classes[name]).join('')}]`
}

function point(code: number): string {
  return `\\u{${code.toString(16)}}`
}
