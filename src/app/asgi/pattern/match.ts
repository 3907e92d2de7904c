import type { ValueHole } from '../../../evaluate/javascript/values.ts'
import type { UrlPart } from '../../frontend/model.ts'
import type { Route } from '../model.ts'
import { type Alphabet, accepts, chain, type LanguageStep } from './language.ts'
import { type CompiledPattern, compilePattern } from './route.ts'

/** A route ready to be matched: its patterns from the outermost router to the endpoint. */
export interface CompiledRoute {
  readonly route: Route
  readonly patterns: readonly (CompiledPattern | undefined)[]
}

export function compileRoute(route: Route): CompiledRoute {
  const last = route.patterns.length - 1
  return {
    route,
    patterns: route.patterns.map((pattern, index) =>
      compilePattern(pattern, index === last || route.closed[index] === true, index === last),
    ),
  }
}

/**
 * Whether the outermost URLRouter hands a path to this route, when no earlier one takes it. Leading slashes are dropped before
 * each router, as URLRouter does. Undefined when a pattern cannot be followed.
 */
export function matchesPath(compiled: CompiledRoute, path: string): boolean | undefined {
  let rest = path
  for (const pattern of compiled.patterns) {
    if (pattern === undefined || pattern.problem !== undefined) return undefined
    const next = pattern.rest(rest.replace(/^\/+/, ''))
    if (next === 'unknown') return undefined
    if (next === undefined) return false
    rest = next
  }
  return true
}

/**
 * Whether some value of the holes makes a path of this shape match; `holes` says what each can hold. Undefined when it cannot
 * be told; false is sure.
 */
export function canMatch(
  compiled: CompiledRoute,
  path: readonly UrlPart[],
  holes: (hole: ValueHole) => Alphabet,
): boolean | undefined {
  const automata = compiled.patterns.map((pattern) => pattern?.automaton())
  if (automata.includes(undefined)) return undefined
  return accepts(chain(automata.filter((one) => one !== undefined)), steps(path, holes))
}

/** The path without its leading slashes, character by character. */
function steps(path: readonly UrlPart[], holes: (hole: ValueHole) => Alphabet): LanguageStep[] {
  const found: LanguageStep[] = []
  let leading = true
  for (const part of path) {
    if (typeof part !== 'string') {
      found.push({ alphabet: holes(part), nonEmpty: false })
      leading = false
      continue
    }
    for (const char of decode(part)) {
      if (leading && char === '/') continue
      leading = false
      found.push(char.codePointAt(0) as number)
    }
  }
  return found
}

/** The server decodes percent escapes before it routes. */
export function decode(text: string): string {
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes)
    } catch {
      return escapes
    }
  })
}
