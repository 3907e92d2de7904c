/** How a pattern is compared. Pattern and text hold one byte per character, as git compares bytes. */
export interface WildmatchOptions {
  /** `*`, `?` and sets stop at `/`; only `**` between slashes crosses it. */
  readonly paths: boolean
  /** ASCII letters are compared without case, in git's way: an escaped capital never matches. */
  readonly foldsCase: boolean
}

interface Match extends WildmatchOptions {
  readonly pattern: string
  readonly text: string
  /** Pairs of positions after a star that are known to lead nowhere: keeps many stars from costing exponential time. */
  readonly dead: Set<number>
}

/** Whether a glob of an ignore file matches a whole text, to the letter of git's own matcher. */
export function wildmatch(pattern: string, text: string, options: WildmatchOptions): boolean {
  return matchFrom({ ...options, pattern, text, dead: new Set() }, 0, 0)
}

function matchFrom(m: Match, patternStart: number, textStart: number): boolean {
  const { pattern, text } = m
  let t = textStart
  for (let p = patternStart; p < pattern.length; p++, t++) {
    const wanted = pattern[p] as string
    if (wanted === '*') return matchStar(m, p, t)
    if (t === text.length) return false
    const char = m.foldsCase ? lower(text[t] as string) : (text[t] as string)
    if (wanted === '\\') {
      p++
      if (pattern[p] !== char) return false
    } else if (wanted === '?') {
      if (m.paths && char === '/') return false
    } else if (wanted === '[') {
      const end = matchSet(m, p, char)
      if (end === undefined) return false
      p = end
    } else if ((m.foldsCase ? lower(wanted) : wanted) !== char) return false
  }
  return t === text.length
}

function matchStar(m: Match, p: number, t: number): boolean {
  const { pattern, text } = m
  let after = p + 1
  while (pattern[after] === '*') after++
  const opens = p === 0 || pattern[p - 1] === '/'
  const closes = after === pattern.length || pattern[after] === '/' || pattern.startsWith('\\/', after)
  const crosses = !m.paths || (after > p + 1 && opens && closes)
  if (after === pattern.length) return crosses || !text.includes('/', t)
  if (pattern[after] === '/' && m.paths) {
    // `a/**/b` matches `a/b` too.
    if (crosses && matchFrom(m, after + 1, t)) return true
    if (!crosses) {
      const slash = text.indexOf('/', t)
      return slash >= 0 && matchFrom(m, after + 1, slash + 1)
    }
  }
  for (let at = t; at < text.length; at++) {
    const pair = after * (text.length + 1) + at
    if (!m.dead.has(pair)) {
      if (matchFrom(m, after, at)) return true
      m.dead.add(pair)
    }
    if (!crosses && text[at] === '/') return false
  }
  return false
}

/** The index of the `]` that closes the set opened at `p` when the set matches `char`; undefined when not, or malformed. */
function matchSet(m: Match, p: number, char: string): number | undefined {
  const { pattern } = m
  const negated = pattern[p + 1] === '!' || pattern[p + 1] === '^'
  const first = negated ? p + 2 : p + 1
  let matched = false
  let previous: string | undefined
  let i = first
  // A `]` in first place stands for itself.
  for (; i === first || pattern[i] !== ']'; i++) {
    let member = pattern[i]
    if (member === undefined) return undefined
    if (member === '-' && previous !== undefined && pattern[i + 1] !== undefined && pattern[i + 1] !== ']') {
      i += pattern[i + 1] === '\\' ? 2 : 1
      const last = pattern[i]
      if (last === undefined) return undefined
      if (inRange(char, previous, last) || (m.foldsCase && inRange(upper(char), previous, last))) matched = true
      previous = undefined
      continue
    }
    if (member === '[' && pattern[i + 1] === ':') {
      const end = pattern.indexOf(']', i + 2)
      if (end < 0) return undefined
      if (end > i + 2 && pattern[end - 1] === ':') {
        const named = namedClasses[pattern.slice(i + 2, end - 1)]
        if (named === undefined) return undefined
        if (named.test(char) || (m.foldsCase && named === namedClasses.upper && namedClasses.lower?.test(char)))
          matched = true
        previous = undefined
        i = end
        continue
      }
    }
    if (member === '\\') {
      i++
      member = pattern[i]
      if (member === undefined) return undefined
    }
    if (member === char) matched = true
    previous = member
  }
  return matched === negated || (m.paths && char === '/') ? undefined : i
}

/** ASCII only, white space as git counts it (no vertical tab, no form feed). */
const namedClasses: Readonly<Record<string, RegExp>> = Object.assign(Object.create(null), {
  alnum: /[A-Za-z0-9]/,
  alpha: /[A-Za-z]/,
  blank: /[ \t]/,
  cntrl: /[^ -~\u0080-\uffff]/,
  digit: /[0-9]/,
  graph: /[!-~]/,
  lower: /[a-z]/,
  print: /[ -~]/,
  punct: /[!-/:-@[-`{-~]/,
  space: /[ \t\r\n]/,
  upper: /[A-Z]/,
  xdigit: /[A-Fa-f0-9]/,
})

function inRange(char: string, first: string, last: string): boolean {
  return char >= first && char <= last
}

/** Of ASCII letters alone: the other characters are bytes. */
export function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

function upper(char: string): string {
  return char >= 'a' && char <= 'z' ? char.toUpperCase() : char
}
