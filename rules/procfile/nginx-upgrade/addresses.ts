import { type Automaton, accepts, chain, type LanguageStep, shortest } from '../../../src/app/asgi/pattern/language.ts'
import type { CompiledRoute } from '../../../src/app/asgi/pattern/match.ts'

/** A route as addresses: some that it takes, and whether it takes others. */
export interface Addresses {
  /** With their leading slash: the shortest ones over letters, and over digits where letters are not all that it takes. */
  readonly examples: readonly string[]
  /** Whether it takes an address that begins so. */
  mayBeginWith(start: string): boolean
}

/** What addresses a route takes; undefined: its patterns cannot be followed. */
export function addressesOf({ patterns }: CompiledRoute): Addresses | undefined {
  const automata = patterns.map((pattern) => pattern?.automaton()).filter((one) => one !== undefined)
  if (automata.length < patterns.length || automata.length === 0) return undefined
  const whole = chain(automata)
  const examples = new Set(alphabets.flatMap((alphabet) => exampleOf(whole, alphabet)))
  if (examples.size === 0) return undefined
  return {
    examples: [...examples],
    mayBeginWith(start) {
      const steps: LanguageStep[] = [...start.replace(/^\/+/, '')].map((char) => char.codePointAt(0) as number)
      return accepts(whole, [...steps, { alphabet: 'any', nonEmpty: false }])
    },
  }
}

const letters = 'abcdefghijklmnopqrstuvwxyz'
const alphabets = [`${letters}/0123456789-_`, `0123456789/${letters}-_`]

/** Slashes in front are dropped before each router: the text begins with something else, or is nothing. */
function exampleOf(whole: Automaton, alphabet: string): readonly string[] {
  const found = shortest(whole, alphabet)
  return found === undefined ? [] : [`/${found.replace(/^\/+/, '')}`]
}
