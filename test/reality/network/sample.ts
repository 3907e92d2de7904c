import type { Route, RoutePattern } from '../../../src/app/asgi/model.ts'
import { type CharSet, isProblem, parseRegex, type Regex } from '../../../src/app/asgi/pattern/regex.ts'

/** What stands for a parameter of each of Django's converters. */
const converters: Readonly<Record<string, string>> = {
  int: '1',
  str: 'lobby',
  slug: 'lobby',
  uuid: '6f0d2c9e-1a2b-4c3d-8e4f-5a6b7c8d9e0f',
  path: 'lobby',
}

/** A path that a user of the route would open, with its leading slash; undefined when its patterns cannot be read. */
export function samplePath(route: Pick<Route, 'patterns'>): string | undefined {
  let path = ''
  for (const pattern of route.patterns) {
    const part = samplePattern(pattern)
    if (part === undefined) return undefined
    path += part
  }
  return `/${path.replace(/^\/+/u, '')}`
}

function samplePattern({ type, text }: RoutePattern): string | undefined {
  if (text === undefined || type === 'include' || type === 'unknown') return undefined
  if (type === 'path') {
    return text.replace(/<(?:([^>:]+):)?[^>]+>/gu, (_, kind: string | undefined) => converters[kind ?? 'str'] ?? '1')
  }
  const parsed = parseRegex(text)
  return isProblem(parsed) ? undefined : sample(parsed.regex)
}

/** A short text that the expression matches; undefined for what it does not follow. */
function sample(regex: Regex): string | undefined {
  switch (regex.kind) {
    case 'set':
      return character(regex.set)
    case 'any':
      return 'a'
    case 'sequence':
      return join(regex.items.map(sample))
    case 'choice':
      return regex.options.map(sample).find((option) => option !== undefined)
    case 'group':
      return sample(regex.inner)
    case 'repeat': {
      const one = sample(regex.inner)
      return one?.repeat(Math.max(regex.min, regex.max === 1 && regex.min === 0 ? 1 : Math.min(1, regex.max)))
    }
    case 'start':
    case 'end':
    case 'word-boundary':
    case 'not-word-boundary':
      return ''
    case 'look':
      return regex.negative ? '' : undefined
    default:
      return undefined
  }
}

function join(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join('')
}

/** Digits before letters: what is meant to be a number must be one. */
function character(set: CharSet): string | undefined {
  return [...'1a/-_.A ?=&'].find((char) => holds(set, char)) ?? firstOf(set)
}

function firstOf(set: CharSet): string | undefined {
  const first = set.ranges[0]?.[0]
  return set.negated || first === undefined ? undefined : String.fromCodePoint(first)
}

function holds(set: CharSet, char: string): boolean {
  const code = char.codePointAt(0) as number
  const ranged = set.ranges.some(([from, to]) => from <= code && code <= to)
  return (ranged || set.classes.some((name) => inClass(name, char))) !== set.negated
}

function inClass(name: string, char: string): boolean {
  const is = { d: /\d/u, w: /\w/u, s: /\s/u }[name.toLowerCase()]?.test(char) ?? false
  return name === name.toLowerCase() ? is : !is
}
