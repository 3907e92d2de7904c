import type { Bit } from './expansion.ts'

/** What one place of a pattern takes: any run of characters, or one that a test allows. */
type Token = 'run' | ((char: string) => boolean)

/**
 * A shell pattern over a whole text. It is compared place by place, never by a backtracking expression: patterns come from
 * the repository, and a few stars would cost exponential time.
 */
export interface ShellPattern {
  /** Names it: its bits, as JSON. */
  readonly id: string
  readonly tokens: readonly Token[]
}

/** The pattern of expanded bits; undefined when a part of it is unknown, or a set is malformed. */
export function patternOf(bits: readonly Pick<Bit, 'part' | 'quoted'>[]): ShellPattern | undefined {
  const tokens: Token[] = []
  for (const { part, quoted } of bits) {
    if (typeof part !== 'string') return undefined
    if (quoted) tokens.push(...[...part].map(exactly))
    else if (!addTokens(part, tokens)) return undefined
  }
  return { id: JSON.stringify(bits.map(({ part, quoted }) => ({ part, quoted }))), tokens }
}

/** Whether a word holds an unquoted pattern character. */
export function hasPattern(bits: readonly Bit[]): boolean {
  return bits.some(({ part, quoted }) => !quoted && typeof part === 'string' && /[*?[]/.test(part))
}

/** Whether the pattern takes the whole text. Steps: at most places times characters. */
export function matchesWhole({ tokens }: ShellPattern, text: string): boolean {
  const chars = [...text]
  let token = 0
  let char = 0
  // Where the last run began and how far it reached: the only place to which a later mismatch can go back.
  let run = -1
  let reached = 0
  while (char < chars.length) {
    const wanted = tokens[token]
    if (wanted === 'run') {
      run = token++
      reached = char
    } else if (wanted?.(chars[char] as string) === true) {
      token++
      char++
    } else if (run >= 0) {
      token = run + 1
      char = ++reached
    } else return false
  }
  while (tokens[token] === 'run') token++
  return token === tokens.length
}

/** The lengths of all beginnings of a text that the pattern takes, shortest first, in characters. */
export function beginnings({ tokens }: ShellPattern, chars: readonly string[]): number[] {
  const found: number[] = []
  let states = closed(new Set([0]), tokens)
  for (let at = 0; ; at++) {
    if (states.has(tokens.length)) found.push(at)
    const char = chars[at]
    if (char === undefined || states.size === 0) return found
    const next = new Set<number>()
    for (const state of states) {
      const token = tokens[state]
      if (token === 'run') next.add(state)
      else if (token?.(char) === true) next.add(state + 1)
    }
    states = closed(next, tokens)
  }
}

/** The same pattern for texts read from their end. */
export function reversed({ id, tokens }: ShellPattern): ShellPattern {
  return { id, tokens: [...tokens].reverse() }
}

/** A run may be empty: with its place the next one is reached too. */
function closed(states: Set<number>, tokens: readonly Token[]): Set<number> {
  for (const state of states) if (tokens[state] === 'run') states.add(state + 1)
  return states
}

const exactly = (wanted: string): Token => {
  return (char) => char === wanted
}

function addTokens(text: string, tokens: Token[]): boolean {
  for (let i = 0; i < text.length; i++) {
    const char = String.fromCodePoint(text.codePointAt(i) as number)
    if (char === '*') {
      if (tokens.at(-1) !== 'run') tokens.push('run')
    } else if (char === '?') tokens.push(() => true)
    else if (char === '[') {
      const close = text.indexOf(']', text[i + 1] === '!' || text[i + 1] === '^' ? i + 3 : i + 2)
      if (close === -1) tokens.push(exactly(char))
      else {
        const set = bracket(text.slice(i + 1, close))
        if (set === undefined) return false
        tokens.push((one) => set.test(one))
        i = close
      }
    } else {
      tokens.push(exactly(char))
      i += char.length - 1
    }
  }
  return true
}

const classes: Record<string, string> = {
  alpha: 'A-Za-z',
  digit: '0-9',
  alnum: 'A-Za-z0-9',
  upper: 'A-Z',
  lower: 'a-z',
  space: '\\s',
  blank: ' \\t',
  punct: '!-\\/:-@\\[-`{-~',
  xdigit: '0-9A-Fa-f',
  word: '\\w',
}

/** One character of a set: an expression without repetition. */
function bracket(content: string): RegExp | undefined {
  const negated = content.startsWith('!') || content.startsWith('^')
  const body = (negated ? content.slice(1) : content)
    .replace(/[\\\]^&|~]/g, '\\$&')
    .replace(/\[:(\w+):\\\]/g, (whole, name: string) => classes[name] ?? whole)
    .replace(/\[/g, '\\[')
  try {
    return new RegExp(`^[${negated ? '^' : ''}${body}]$`, 'su')
  } catch {
    return undefined
  }
}
