import { parseRegex } from '../../syntax/regex/parse.ts'
import { isProblem, type Regex } from '../../syntax/regex/regex.ts'
import type { CheckKind } from './origin-comparisons.ts'

/** How `re.match` or `re.search` with a pattern compares a header; undefined: by its scheme alone. */
export function matchedBy(method: 'match' | 'search', pattern: string): CheckKind | undefined {
  const parsed = parseRegex(pattern)
  if (isProblem(parsed)) return 'unsure'
  const { regex } = parsed
  const isClosed = closes(regex)
  if (/^https?:?\/{0,2}$/.test(lettersOf(regex))) return undefined
  if (method === 'match' || begins(regex)) return isClosed ? 'compared' : 'begins'
  return isClosed ? 'unsure' : 'holds'
}

/** Nothing more of a host fits behind what is matched: it ends with the text, or with a slash or a colon. */
function closes(regex: Regex): boolean {
  switch (regex.kind) {
    case 'sequence':
      return regex.items.some(isEnd) || (regex.items.length > 0 && closes(regex.items.at(-1) as Regex))
    case 'choice':
      return regex.options.every(closes)
    case 'group':
    case 'other':
      return closes(regex.inner)
    case 'look':
      return !regex.ahead || regex.negative || closes(regex.inner)
    case 'repeat':
      return regex.min > 0 && closes(regex.inner)
    case 'set': {
      const { negated, ranges, classes } = regex.set
      const isDelimiter = (point: number) => point === 0x2f || point === 0x3a
      return !negated && classes.length === 0 && ranges.every(([low, high]) => low === high && isDelimiter(low))
    }
    case 'back-reference':
      return true
    default:
      return isEnd(regex)
  }
}

const isEnd = ({ kind }: Regex): boolean => kind === 'end' || kind === 'text-end'

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
