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
  /** `^` and `$`; `\A` and `\Z`, which no flag changes; `\b` and `\B`. */
  | { readonly kind: Anchor }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly inner: Regex }
  | { readonly kind: 'back-reference'; readonly to: string | number }
  /** Understood by Python, not followed here: conditional and atomic groups, scoped flags. */
  | { readonly kind: 'other'; readonly inner: Regex }

export type Anchor = 'start' | 'end' | 'text-start' | 'text-end' | 'word-boundary' | 'not-word-boundary'

export interface RegexProblem {
  readonly offset: number
  /** Python's own words. */
  readonly message: string
}

export interface RegexFlags {
  readonly ignoreCase: boolean
  /** `^` and `$` also stand at the lines' ends. */
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly verbose: boolean
  /** `\w`, `\d`, `\s` and `\b` know the letters, digits and spaces of ASCII alone. */
  readonly ascii: boolean
}

export interface ParsedRegex extends RegexFlags {
  readonly regex: Regex
}

export const noFlags: RegexFlags = {
  ignoreCase: false,
  multiline: false,
  dotAll: false,
  verbose: false,
  ascii: false,
}

export function isProblem(parsed: ParsedRegex | RegexProblem): parsed is RegexProblem {
  return 'message' in parsed
}
