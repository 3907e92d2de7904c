import type { Span } from '../../contracts/place.ts'
import { controlEscapes } from '../escapes.ts'

/** One `NAME=value` of a .env file; the value is undefined for a name alone. */
export interface DotenvBinding {
  readonly name: string
  readonly value: string | undefined
  /** Name and value, with their quotes and without comment. */
  readonly at: Span
  /** Without quotes. */
  readonly nameAt: Span
  /** Without quotes and comment. */
  readonly valueAt: Span
}

const space = '[^\\S\\r\\n]*'
const patterns = {
  blank: /\s*/y,
  export: /(?:export[^\S\r\n]+)?/y,
  quotedKey: /'([^']+)'/y,
  key: /([^=#\s]+)/y,
  space: new RegExp(space, 'y'),
  equals: new RegExp(`=${space}`, 'y'),
  single: /'((?:\\'|[^'])*)'/y,
  double: /"((?:\\"|[^"])*)"/y,
  unquoted: /([^\r\n]*)/y,
  comment: new RegExp(`(?:${space}#[^\\r\\n]*)?`, 'y'),
  end: new RegExp(`${space}(?:\\r\\n|\\n|\\r|$)`, 'y'),
  restOfLine: /[^\r\n]*(?:\r|\n|\r\n)?/y,
}

/**
 * The bindings of a .env file as python-dotenv 1.x reads it; lines it cannot parse are passed over. Of a repeated name the
 * last counts. decouple and django-environ read their own dialects (src/evaluate/python/libraries).
 */
export function parseDotenv(source: string): readonly DotenvBinding[] {
  const out: DotenvBinding[] = []
  let at = 0
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    const found = pattern.exec(source)
    if (found !== null) at += found[0].length
    return found
  }
  const value = (): string | undefined => {
    const quote = source[at]
    if (quote === "'") return take(patterns.single)?.[1]?.replace(/\\([\\'])/g, '$1')
    if (quote === '"') {
      return take(patterns.double)?.[1]?.replace(/\\([\\'"abfnrtv])/g, (_, c: string) => controlEscapes[c] ?? c)
    }
    if (quote === undefined || quote === '\n' || quote === '\r') return ''
    return (take(patterns.unquoted)?.[1] ?? '').replace(/\s+#.*/, '').trimEnd()
  }
  const binding = (): DotenvBinding | 'comment' | undefined => {
    take(patterns.export)
    if (source[at] === '#') {
      take(patterns.comment)
      return take(patterns.end) === null ? undefined : 'comment'
    }
    const from = at
    const nameStart = source[at] === "'" ? at + 1 : at
    const name = take(source[at] === "'" ? patterns.quotedKey : patterns.key)?.[1]
    if (name === undefined) return undefined
    let to = at
    take(patterns.space)
    let found: string | undefined
    let valueAt: Span = { start: at, end: at }
    if (source[at] === '=') {
      take(patterns.equals)
      const start = at
      found = value()
      if (found === undefined) return undefined
      const quotes = source[start] === "'" || source[start] === '"' ? 1 : 0
      valueAt = quotes === 1 ? { start: start + 1, end: at - 1 } : { start, end: start + found.length }
      to = valueAt.end + quotes
    }
    take(patterns.comment)
    if (take(patterns.end) === null) return undefined
    return {
      name,
      value: found,
      at: { start: from, end: to },
      nameAt: { start: nameStart, end: nameStart + name.length },
      valueAt,
    }
  }
  while (at < source.length) {
    take(patterns.blank)
    if (at >= source.length) break
    const found = binding()
    if (found === undefined) {
      const before = at
      take(patterns.restOfLine)
      if (at === before) break
    } else if (found !== 'comment') out.push(found)
  }
  return out
}
