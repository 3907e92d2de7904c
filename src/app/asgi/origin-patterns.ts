import { parseRegex } from '../../syntax/regex/parse.ts'
import { isProblem, type Regex } from '../../syntax/regex/regex.ts'
import type { CheckKind } from './origin-comparisons.ts'

/** How `re.match` or `re.search` with a pattern compares a header; undefined: by its scheme alone. */
export function matchedBy(method: 'match' | 'search', pattern: string): CheckKind | undefined {
  const parsed = parseRegex(pattern)
  if (isProblem(parsed)) return 'unsure'
  const { regex } = parsed
  const closed = closes(regex)
  if (/^https?:?\/{0,2}$/.test(lettersOf(regex))) return undefined
  if (method === 'search' && !begins(regex)) return closed === false ? 'holds' : 'unsure'
  if (closed === undefined) return 'unsure'
  return !closed ? 'begins' : startsAnyhow(regex) ? 'ends' : 'compared'
}

/** Nothing more of a host fits behind what is matched: it ends with the text, or with a slash or a colon. Undefined: it may be so. */
function closes(regex: Regex): boolean | undefined {
  switch (regex.kind) {
    case 'sequence': {
      const last = regex.items.at(-1)
      return regex.items.some(isEnd) || (last !== undefined && closes(last))
    }
    case 'choice': {
      const all = regex.options.map(closes)
      return all.includes(false) ? false : all.includes(undefined) ? undefined : true
    }
    case 'group':
      return closes(regex.inner)
    case 'look':
      return regex.ahead && !regex.negative ? closes(regex.inner) : undefined
    case 'repeat':
      return regex.min > 0 && closes(regex.inner)
    case 'set': {
      const { negated, ranges, classes } = regex.set
      const isDelimiter = (point: number) => point === 0x2f || point === 0x3a
      return !negated && classes.length === 0 && ranges.every(([low, high]) => low === high && isDelimiter(low))
    }
    case 'back-reference':
    case 'other':
      return undefined
    default:
      return isEnd(regex)
  }
}

const isEnd = ({ kind }: Regex): boolean => kind === 'end' || kind === 'text-end'

/** `.*site\.example$`: any characters, and then a letter or a digit, which may be in the middle of a name. */
function startsAnyhow(regex: Regex): boolean {
  if (regex.kind === 'group') return startsAnyhow(regex.inner)
  const items = regex.kind === 'sequence' ? regex.items : []
  return items.some((one, index) => {
    const next = items[index + 1]
    const isWide = one.kind === 'repeat' && one.inner.kind === 'any' && one.max > 1
    return isWide && next !== undefined && /^[a-z\d]$/i.test(lettersOf(next))
  })
}

/** It is found at the beginning of the text alone. */
function begins(regex: Regex): boolean {
  if (regex.kind === 'sequence') return regex.items.length > 0 && begins(regex.items[0] as Regex)
  if (regex.kind === 'choice') return regex.options.every(begins)
  if (regex.kind === 'group') return begins(regex.inner)
  return regex.kind === 'start' || regex.kind === 'text-start'
}

/** The characters that are written out, whether or not they have to be there; NUL for any other. */
function lettersOf(regex: Regex): string {
  switch (regex.kind) {
    case 'sequence':
      return regex.items.map(lettersOf).join('')
    case 'group':
    case 'repeat':
      return lettersOf(regex.inner)
    case 'start':
    case 'text-start':
      return ''
    case 'set': {
      const [[low, high] = [0, 1], ...more] = regex.set.ranges
      return regex.set.negated || low !== high || more.length > 0 ? '\0' : String.fromCodePoint(low)
    }
    default:
      return '\0'
  }
}
