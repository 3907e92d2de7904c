import { once } from '../../../files/lazily.ts'
import { isTame } from '../../../syntax/regex/backtracking.ts'
import { parseRegex } from '../../../syntax/regex/parse.ts'
import { isProblem, noFlags, type ParsedRegex, type Regex, type RegexProblem } from '../../../syntax/regex/regex.ts'
import { toJavaScript } from '../../../syntax/regex/to-javascript.ts'
import type { RoutePattern } from '../model.ts'
import { type Automaton, accepts, automatonOf } from './language.ts'

/** A pattern ready to be matched as Django does. */
export interface CompiledPattern {
  /** Why `re.compile` or `path()` raises. */
  readonly problem: RegexProblem | undefined
  /** Every path in which it is found; undefined when that cannot be said exactly. Made when it is first asked for. */
  automaton(): Automaton | undefined
  /** What is left of a path after the first match; undefined when nothing matches, `unknown` when it cannot be told. */
  rest(path: string): string | undefined | 'unknown'
}

/** Expressions of the converters that Django brings along. */
const converters: Readonly<Record<string, string>> = {
  int: '[0-9]+',
  str: '[^/]+',
  slug: '[-a-zA-Z0-9_]+',
  uuid: '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}',
  path: '.+',
}

/** Compiles a pattern of a URLRouter. `endpoint` is false when a URLRouter stands directly behind it; `last`: no router follows. */
export function compilePattern(pattern: RoutePattern, endpoint: boolean, last: boolean): CompiledPattern | undefined {
  if (pattern.text === undefined || pattern.type === 'include' || pattern.type === 'unknown') return undefined
  if (pattern.type === 'path') return compileRoute(pattern.text, endpoint, last)
  const parsed = parseRegex(pattern.text)
  if (isProblem(parsed)) return failing(parsed)
  return compiled(parsed, endpoint && pattern.text.endsWith('$'), last)
}

function failing(problem: RegexProblem): CompiledPattern {
  return { problem, automaton: () => undefined, rest: () => 'unknown' }
}

function compiled(parsed: ParsedRegex, whole: boolean, last: boolean): CompiledPattern {
  const automaton = once('automaton', () => automatonOf(parsed, { whole, leaves: !last }))
  const expression = once('expression', () => {
    const script = toJavaScript(parsed)
    return script && new RegExp(whole ? `^(?:${script.source})$` : script.source, script.flags)
  })
  const tame = once('tame', () => isTame(parsed.regex))
  return {
    problem: undefined,
    automaton,
    rest(path) {
      if (!tame()) {
        // The automaton says in linear time whether it is found, and not what is left of the path.
        const exactly = automaton()
        if (exactly === undefined) return 'unknown'
        const found = accepts(
          exactly,
          [...path].map((char) => char.codePointAt(0) as number),
        )
        return !found ? undefined : last ? '' : 'unknown'
      }
      const exact = expression()
      if (exact === undefined) return 'unknown'
      const match = exact.exec(path)
      return match === null ? undefined : path.slice(match.index + match[0].length)
    },
  }
}

/** `path('room/<int:id>/')` as the expression that Django makes of it. */
function compileRoute(route: string, endpoint: boolean, last: boolean): CompiledPattern {
  const items: Regex[] = [{ kind: 'start' }]
  const names = new Set<string>()
  let position = 0
  let open = false
  for (const match of route.matchAll(/<(?:([^>:]+):)?([^>]+)>/g)) {
    const name = match[2] as string
    if (/\s/.test(match[0]))
      return failing({ offset: match.index, message: 'cannot contain whitespace in angle brackets <…>' })
    if (!/^[^\d\W]\w*$/u.test(name))
      return failing({
        offset: match.index,
        message: `uses parameter name '${name}' which isn't a valid Python identifier`,
      })
    if (names.has(name)) return failing({ offset: match.index, message: `uses the parameter name '${name}' twice` })
    names.add(name)
    items.push(...literals(route.slice(position, match.index)))
    const converter = Object.hasOwn(converters, match[1] ?? 'str') ? converters[match[1] ?? 'str'] : undefined
    // A converter of the project: it can match anything.
    if (converter === undefined) open = true
    const inner = parseRegex(converter ?? '(?s).*') as ParsedRegex
    items.push({ kind: 'group', name: undefined, capturing: false, inner: inner.regex })
    position = match.index + match[0].length
  }
  items.push(...literals(route.slice(position)))
  if (endpoint) items.push({ kind: 'end' })
  const made = compiled({ regex: { kind: 'sequence', items }, ...noFlags }, false, last)
  if (open) return { ...made, rest: () => 'unknown' }
  return names.size > 0 ? made : { ...made, rest: (path) => restBehind(route, path, endpoint) }
}

/** A route without converters is compared as it is written (django/urls/resolvers.py since 5.1; what the expression would match). */
function restBehind(route: string, path: string, endpoint: boolean): string | undefined {
  if (endpoint) return path === route ? '' : undefined
  return path.startsWith(route) ? path.slice(route.length) : undefined
}

function literals(text: string): Regex[] {
  return [...text].map((char) => {
    const code = char.codePointAt(0) as number
    return { kind: 'set', set: { negated: false, ranges: [[code, code]], classes: [] } }
  })
}
