import { translate } from '../../../src/evaluate/python/libraries/support/regex.ts'

/** A question and CPython's answer; spans count characters. */
export interface Vector {
  readonly pattern: string
  /** Bits of `re.RegexFlag`. */
  readonly flags: number
  readonly text: string
  readonly how: 'match' | 'search' | 'fullmatch' | 'all'
  readonly found: null | Match | readonly (readonly [number, number])[] | { readonly error: string }
}

interface Match {
  readonly span: readonly [number, number]
  readonly groups: readonly (string | null)[]
}

/** What our reading of the pattern answers; `unknown` where it has no answer, as beyond ASCII where case is ignored. */
export function answer({ pattern, flags, text, how }: Omit<Vector, 'found'>): Vector['found'] | 'unknown' {
  const regex = translate(pattern, flags)
  if (regex === undefined) return 'unknown'
  if ('message' in regex) return { error: regex.message }
  if (text.length > regex.longest || (regex.flags.includes('i') && /[^\x00-\x7f]/.test(text))) return 'unknown'
  const source = how === 'fullmatch' ? `(?:${regex.source})(?![^])` : regex.source
  const script = new RegExp(source, regex.flags + (how === 'all' ? 'g' : how === 'search' ? '' : 'y'))
  if (how === 'all') {
    const matches = [...text.matchAll(script)]
    if (regex.shortFirst && matches.some(([whole]) => whole === '')) return 'unknown'
    return matches.map((match) => [match.index, match.index + match[0].length])
  }
  const match = script.exec(text)
  if (match === null) return null
  return {
    span: [match.index, match.index + match[0].length],
    groups: match.slice(1).map((group) => group ?? null),
  }
}
