import type { CharClass, CharSet, ParsedRegex, Regex } from '../../../syntax/regex/regex.ts'

/**
 * A nondeterministic automaton over characters. State 0 is the start. `never` marks what cannot be followed exactly: then
 * there is no automaton at all, and the caller must not conclude anything.
 */
export interface Automaton {
  readonly states: readonly State[]
  readonly accepting: ReadonlySet<number>
  /** Characters at which its sets begin and end, and their neighbours: what two automata tell apart is among these. */
  readonly points: readonly number[]
}
interface State {
  readonly free: number[]
  readonly on: { readonly set: Matcher; readonly to: number }[]
}
type Matcher = (point: number) => boolean

interface Builder {
  readonly states: State[]
  readonly parsed: ParsedRegex
  readonly points: Set<number>
}

/** Something in the pattern has no automaton. */
class Unsupported extends Error {}

const maxStates = 4000

/** What a pattern matches when it is searched for in a path: where it may begin and end. */
export interface Extent {
  /** The whole path must match (`fullmatch`). */
  readonly whole: boolean
  /** What follows the match is left to the next router. */
  readonly leaves: boolean
}

/** The automaton of every path in which the pattern is found; undefined when it uses something an automaton cannot do. */
export function automatonOf(parsed: ParsedRegex, extent: Extent): Automaton | undefined {
  if (parsed.multiline || parsed.ascii) return undefined
  const b: Builder = { states: [], parsed, points: new Set() }
  try {
    const start = state(b)
    const end = state(b)
    for (const option of topOptions(parsed.regex)) {
      const { body, fromStart, toEnd } = trim(option)
      const [first, last] = build(b, body)
      const before = state(b)
      const after = state(b)
      if (!fromStart && !extent.whole) loop(b, before)
      if (!toEnd && !extent.whole && !extent.leaves) loop(b, after)
      link(b, start, before)
      link(b, before, first)
      link(b, last, after)
      link(b, after, end)
    }
    return { states: b.states, accepting: new Set([end]), points: [...b.points] }
  } catch (error) {
    if (error instanceof Unsupported) return undefined
    throw error
  }
}

/** Paths that match one automaton and then, after any number of slashes, the next. */
export function chain(automata: readonly Automaton[]): Automaton {
  const states: State[] = []
  let accepting: readonly number[] = []
  for (const automaton of automata) {
    const shift = states.length
    for (const { free, on } of automaton.states)
      states.push({ free: free.map((to) => to + shift), on: on.map(({ set, to }) => ({ set, to: to + shift })) })
    if (shift > 0) {
      const slashes = states.length
      states.push({ free: [shift], on: [{ set: (point) => point === slash, to: slashes }] })
      for (const end of accepting) (states[end] as State).free.push(slashes)
    }
    accepting = [...automaton.accepting].map((end) => end + shift)
  }
  return { states, accepting: new Set(accepting), points: automata.flatMap(({ points }) => points) }
}

const slash = 0x2f

function state(b: Builder): number {
  if (b.states.length >= maxStates) throw new Unsupported()
  return b.states.push({ free: [], on: [] }) - 1
}

function link(b: Builder, from: number, to: number): void {
  ;(b.states[from] as State).free.push(to)
}

function loop(b: Builder, at: number): void {
  ;(b.states[at] as State).on.push({ set: () => true, to: at })
}

function topOptions(regex: Regex): readonly Regex[] {
  if (regex.kind === 'choice') return regex.options.flatMap(topOptions)
  if (regex.kind === 'group' && regex.inner.kind === 'choice') return [regex]
  return [regex]
}

/** Takes the anchors off both ends. */
function trim(regex: Regex): { body: Regex; fromStart: boolean; toEnd: boolean } {
  const items = regex.kind === 'sequence' ? [...regex.items] : [regex]
  let fromStart = false
  let toEnd = false
  while (items[0]?.kind === 'start' || items[0]?.kind === 'text-start') {
    items.shift()
    fromStart = true
  }
  while (items.at(-1)?.kind === 'end' || items.at(-1)?.kind === 'text-end') {
    items.pop()
    toEnd = true
  }
  return { body: { kind: 'sequence', items }, fromStart, toEnd }
}

function build(b: Builder, regex: Regex): [number, number] {
  switch (regex.kind) {
    case 'set':
    case 'any': {
      const start = state(b)
      const end = state(b)
      if (regex.kind === 'set')
        for (const [low, high] of regex.set.ranges)
          for (const point of [low - 1, low, high, high + 1]) if (point >= 0) b.points.add(point)
      ;(b.states[start] as State).on.push({
        set: regex.kind === 'any' ? anyBut(b.parsed.dotAll) : matcher(regex.set, b.parsed.ignoreCase),
        to: end,
      })
      return [start, end]
    }
    case 'sequence': {
      const start = state(b)
      let end = start
      for (const item of regex.items) {
        const [first, last] = build(b, item)
        link(b, end, first)
        end = last
      }
      return [start, end]
    }
    case 'choice': {
      const start = state(b)
      const end = state(b)
      for (const option of regex.options) {
        const [first, last] = build(b, option)
        link(b, start, first)
        link(b, last, end)
      }
      return [start, end]
    }
    case 'group':
      return build(b, regex.inner)
    case 'repeat':
      return buildRepeat(b, regex)
    default:
      // Anchors in the middle, lookaround, back references: exactness is worth more than a guess.
      throw new Unsupported()
  }
}

function buildRepeat(b: Builder, regex: Extract<Regex, { kind: 'repeat' }>): [number, number] {
  if (regex.possessive || regex.min > 200 || (regex.max !== Number.POSITIVE_INFINITY && regex.max > 200))
    throw new Unsupported()
  const start = state(b)
  let end = start
  const append = (): number => {
    const [first, last] = build(b, regex.inner)
    link(b, end, first)
    end = last
    return first
  }
  for (let count = 0; count < regex.min; count++) append()
  if (regex.max === Number.POSITIVE_INFINITY) {
    const before = end
    const first = append()
    const done = state(b)
    link(b, end, first)
    link(b, end, done)
    link(b, before, done)
    return [start, done]
  }
  const exits: number[] = []
  for (let count = regex.min; count < regex.max; count++) {
    exits.push(end)
    append()
  }
  const done = state(b)
  for (const exit of [...exits, end]) link(b, exit, done)
  return [start, done]
}

function anyBut(dotAll: boolean): Matcher {
  return (point) => dotAll || point !== 10
}

function matcher(set: CharSet, ignoreCase: boolean): Matcher {
  const plain = (point: number): boolean => {
    const found =
      set.ranges.some(([low, high]) => point >= low && point <= high) ||
      set.classes.some((name) => inClass(point, name))
    return found !== set.negated
  }
  if (!ignoreCase) return plain
  return (point) => {
    const char = String.fromCodePoint(point)
    return (
      plain(point) ||
      plain(char.toLowerCase().codePointAt(0) as number) ||
      plain(char.toUpperCase().codePointAt(0) as number)
    )
  }
}

/** Python's classes on str patterns: Unicode ones. */
function inClass(point: number, name: CharClass): boolean {
  const char = String.fromCodePoint(point)
  switch (name) {
    case 'd':
      return /\p{Nd}/u.test(char)
    case 'D':
      return !/\p{Nd}/u.test(char)
    case 'w':
      return /[\p{L}\p{N}_]/u.test(char)
    case 'W':
      return !/[\p{L}\p{N}_]/u.test(char)
    case 's':
      return isSpace(char)
    case 'S':
      return !isSpace(char)
  }
}

function isSpace(char: string): boolean {
  const point = char.codePointAt(0) as number
  // str.isspace() knows the separators of ASCII and NEL, and does not know the byte order mark.
  return (point >= 0x1c && point <= 0x1f) || point === 0x85 || (/\s/.test(char) && point !== 0xfeff)
}

/** One stretch of a path: a known character, or any text over some characters. */
export type LanguageStep = number | { readonly alphabet: Alphabet; readonly nonEmpty: boolean }
/** `segment`: no slash. `any`: everything. */
export type Alphabet = 'segment' | 'any'

/** Whether some text of this shape is accepted. Exact for known characters; for holes it looks for one text that fits. */
export function accepts(automaton: Automaton, steps: readonly LanguageStep[]): boolean {
  let current = closure(automaton, new Set([0]))
  for (const step of steps) {
    if (current.size === 0) return false
    if (typeof step === 'number')
      current = closure(
        automaton,
        move(automaton, current, (set) => set(step)),
      )
    else current = through(automaton, current, step.alphabet, step.nonEmpty)
  }
  return accepting(automaton, current)
}

function move(automaton: Automaton, from: ReadonlySet<number>, takes: (set: Matcher) => boolean): Set<number> {
  const next = new Set<number>()
  for (const one of from) for (const { set, to } of (automaton.states[one] as State).on) if (takes(set)) next.add(to)
  return next
}

function closure(automaton: Automaton, from: Set<number>): Set<number> {
  const pending = [...from]
  for (let one = pending.pop(); one !== undefined; one = pending.pop()) {
    for (const to of (automaton.states[one] as State).free) {
      if (from.has(to)) continue
      from.add(to)
      pending.push(to)
    }
  }
  return from
}

/** A shortest text over some characters that is accepted; undefined: none is. Of characters that do as well the first is taken. */
export function shortest(automaton: Automaton, characters: string): string | undefined {
  const points = [...characters, ...automaton.points.map((point) => String.fromCodePoint(point))]
  const seen = closure(automaton, new Set([0]))
  let frontier = new Map([...seen].map((one) => [one, '']))
  while (frontier.size > 0) {
    for (const [one, text] of frontier) if (automaton.accepting.has(one)) return text
    const next = new Map<number, string>()
    for (const [one, text] of frontier) {
      for (const { set, to } of (automaton.states[one] as State).on) {
        const char = points.find((candidate) => set(candidate.codePointAt(0) as number))
        if (char === undefined) continue
        for (const reached of closure(automaton, new Set([to]))) {
          if (seen.has(reached)) continue
          seen.add(reached)
          next.set(reached, text + char)
        }
      }
    }
    frontier = next
  }
  return undefined
}

/** Every state that some text over the alphabet leads to. */
function through(automaton: Automaton, from: Set<number>, alphabet: Alphabet, nonEmpty: boolean): Set<number> {
  const reached = nonEmpty ? new Set<number>() : new Set(from)
  let frontier = from
  while (frontier.size > 0) {
    const next = closure(
      automaton,
      move(automaton, frontier, (set) =>
        samples.some((point) => (alphabet === 'any' || point !== slash) && set(point)),
      ),
    )
    frontier = new Set([...next].filter((one) => !reached.has(one)))
    for (const one of frontier) reached.add(one)
  }
  return reached
}

/** One character of every kind that patterns tell apart. */
const samples = [
  ...'azAZmfgxbcdehijklnopqrstuvwyBCDEFGHIJKLMNOPQRSTUVWXY0123456789_-./~!$&\'()*+,;=:@% #?"<>[]{}|^`\\é漢\u00a0\n',
].map((char) => char.codePointAt(0) as number)

/** Whether every path of one automaton is a path of the other; undefined when that takes too long to tell. */
export function includes(outer: Automaton, inner: Automaton): boolean | undefined {
  const alphabet = [...new Set([...samples, ...outer.points, ...inner.points])]
  const start: [Set<number>, Set<number>] = [closure(inner, new Set([0])), closure(outer, new Set([0]))]
  const seen = new Set<string>()
  const pending = [start]
  for (let pair = pending.pop(); pair !== undefined; pair = pending.pop()) {
    const [one, other] = pair
    const key = `${[...one].sort((a, b) => a - b).join(',')}|${[...other].sort((a, b) => a - b).join(',')}`
    if (seen.has(key)) continue
    if (seen.size > 2000) return undefined
    seen.add(key)
    if (accepting(inner, one) && !accepting(outer, other)) return false
    for (const point of alphabet) {
      const next = closure(
        inner,
        move(inner, one, (set) => set(point)),
      )
      if (next.size > 0)
        pending.push([
          next,
          closure(
            outer,
            move(outer, other, (set) => set(point)),
          ),
        ])
    }
  }
  return true
}

function accepting(automaton: Automaton, states: ReadonlySet<number>): boolean {
  for (const end of automaton.accepting) if (states.has(end)) return true
  return false
}
