import type { App } from '../../../src/app/app.ts'
import type { Route, RoutePattern } from '../../../src/app/asgi/model.ts'
import { chain, includes } from '../../../src/app/asgi/pattern/language.ts'
import { type CompiledRoute, compileRoute, matchesPath } from '../../../src/app/asgi/pattern/match.ts'
import { parametersIn } from '../../../src/app/asgi/pattern/parameters.ts'
import { nodesOf } from '../../../src/app/asgi/routes.ts'
import { reaches } from '../../../src/app/frontend/socket-paths.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { nestedRouter } from './nested-router.ts'

/** A pattern of a URLRouter that can never do what it says. */
export interface PatternFault {
  readonly kind: 'slash' | 'include' | 'invalid' | 'shadowed' | 'ended' | 'repeated'
  readonly at: Place
  readonly pattern: string
  /** Python's words about an invalid pattern, the pattern that takes everything first, or the path that a route answers to. */
  readonly detail: string
  readonly earlier: Place | undefined
  readonly edits: readonly Edit[] | undefined
  readonly when?: Text
}

export function patternFaults(app: App): PatternFault[] {
  const routes = app.asgi.routes
  const compiled = routes.map(compileRoute)
  const found = [
    ...includes_(app),
    ...compiled.flatMap((one) => ownFaults(app, one)),
    ...ended(app, compiled),
    ...repeated(app, compiled),
    ...shadowed(app, compiled),
  ]
  return uniqueBy(found, ({ at, kind }) => `${placeKey(at)}:${kind}`)
}

function includes_(app: App): PatternFault[] {
  return app.asgi.application.flatMap(({ root }) =>
    nodesOf(root).flatMap((node) =>
      node.kind !== 'routes'
        ? []
        : node.routes.flatMap(({ pattern, at }): PatternFault[] =>
            pattern.type === 'include'
              ? [
                  {
                    kind: 'include',
                    at,
                    pattern: pattern.text ?? '',
                    detail: '',
                    earlier: undefined,
                    edits: nestedRouter(app, at),
                  },
                ]
              : [],
          ),
    ),
  )
}

function ownFaults(app: App, { route, patterns }: CompiledRoute): PatternFault[] {
  return route.patterns.flatMap((pattern, index): PatternFault[] => {
    const text = pattern.text
    if (text === undefined || pattern.type === 'include' || pattern.type === 'unknown') return []
    const base = { at: pattern.at, pattern: text, earlier: undefined }
    const problem = patterns[index]?.problem
    if (problem !== undefined) return [{ ...base, kind: 'invalid', detail: problem.message, edits: undefined }]
    const lead = pattern.type === 'path' ? /^\//.exec(text) : /^(\^|\\A)?\//.exec(text)
    return lead === null
      ? []
      : [{ ...base, kind: 'slash', detail: '', edits: withoutSlash(app, pattern, lead[0].length - 1) }]
  })
}

/** Patterns of outer routers that end the path, where the router behind them wants more of it. */
function ended(app: App, routes: readonly CompiledRoute[]): PatternFault[] {
  const places = new Map<string, { readonly fault: PatternFault; all: boolean }>()
  for (const { route, patterns } of routes) {
    for (const [index, pattern] of route.patterns.slice(0, -1).entries()) {
      const text = pattern.text ?? ''
      if ((pattern.type !== 're_path' && pattern.type !== 'url') || !/(?:(?<!\\)(?:\\\\)*\$|\\Z)$/.test(text)) continue
      const inner = { route, patterns: patterns.slice(index + 1) }
      const fails = matchesPath(inner, '') === false
      const edits = withoutEnd(app, pattern)
      const fault: PatternFault = {
        kind: 'ended',
        at: pattern.at,
        pattern: text,
        detail: '',
        earlier: undefined,
        edits,
      }
      const known = places.get(placeKey(pattern.at))
      if (known === undefined) places.set(placeKey(pattern.at), { fault, all: fails })
      else known.all &&= fails
    }
  }
  return [...places.values()].flatMap(({ fault, all }) => (all ? [fault] : []))
}

/** Patterns of inner routers that begin with all that the outer ones have taken off the path; silent where a page opens such a path. */
function repeated(app: App, routes: readonly CompiledRoute[]): PatternFault[] {
  return routes.flatMap((one): PatternFault[] => {
    const { patterns } = one.route
    const last = patterns.at(-1)
    const outer = patterns.slice(0, -1)
    const texts = outer.map(literalOf)
    const prefix = texts.includes(undefined) ? '' : texts.join('')
    const own = last?.text?.replace(last.type === 'path' ? '' : /^(?:\^|\\A)/, '') ?? ''
    if (last === undefined || !/[a-z].*\/$/i.test(prefix) || !own.startsWith(prefix)) return []
    const isOpened = app.frontend.sockets.some(({ urls }) =>
      urls.some(({ path }) => path !== undefined && reaches(one, path) !== false),
    )
    if (isOpened) return []
    const detail = `/${prefix}${own.replace(/(?:\$|\\Z)$/, '')}`
    const when = { en: `no client asks for ${detail}`, fr: `aucun client ne demande ${detail}` }
    const base = {
      kind: 'repeated',
      at: last.at,
      pattern: prefix,
      detail,
      edits: withoutPrefix(app, last, prefix),
      when,
    } as const
    return [{ ...base, earlier: outer.at(-1)?.at }]
  })
}

/** Takes the prefix out of a pattern that is written as one text. */
function withoutPrefix(app: App, { at, text = '' }: RoutePattern, prefix: string): readonly Edit[] | undefined {
  const source = parseFile(app.tree, at.file)?.text.slice(at.span.start, at.span.end) ?? ''
  const lead = /^[rR]?["']/.exec(source)?.[0].length
  if (lead === undefined || source.slice(lead, -1) !== text) return undefined
  const start = at.span.start + lead + text.indexOf(prefix)
  return [{ file: at.file, span: { start, end: start + prefix.length }, text: '' }]
}

/** The text that a pattern matches, when it is one. */
function literalOf({ type, text }: RoutePattern): string | undefined {
  const plain = type === 'path' || type === 're_path' || type === 'url' ? text : undefined
  return /^\^?([\w/-]+)$/.exec(plain ?? '')?.[1]
}

/** Takes the `$` out of the literal; undefined when the pattern is not written as one plain literal that ends with it. */
function withoutEnd(app: App, { at, text = '' }: RoutePattern): readonly Edit[] | undefined {
  const source = parseFile(app.tree, at.file)?.text.slice(at.span.start, at.span.end) ?? ''
  const quoted = /^[rRuU]?(?<quote>'|")(?<inside>.*)\k<quote>$/s.exec(source)
  if (quoted?.groups?.inside !== text || !text.endsWith('$')) return undefined
  return [{ file: at.file, span: { start: at.span.end - 2, end: at.span.end - 1 }, text: '' }]
}

/** Takes the slash out of the literal; undefined when the pattern is not written as one plain literal. */
function withoutSlash(app: App, { at, text }: RoutePattern, offset: number): readonly Edit[] | undefined {
  const source = parseFile(app.tree, at.file)?.text.slice(at.span.start, at.span.end)
  const quote = source === undefined ? undefined : /^[rRuU]?(?:'''|"""|'|")/.exec(source)?.[0].length
  if (
    source === undefined ||
    quote === undefined ||
    text === undefined ||
    source.slice(quote, quote + text.length) !== text
  )
    return undefined
  const start = at.span.start + quote + offset
  return [{ file: at.file, span: { start, end: start + 1 }, text: '' }]
}

/** Routes of one router that an earlier route, to another application, takes every path of. */
function shadowed(app: App, routes: readonly CompiledRoute[]): PatternFault[] {
  const found: PatternFault[] = []
  for (const [index, later] of routes.entries()) {
    const before = routes
      .slice(0, index)
      .filter(
        ({ route }) =>
          route.protocol === later.route.protocol && comparable(route, later.route) && !sameEnd(route, later.route),
      )
    const own = before.length === 0 ? undefined : automatonOf(later)
    if (own === undefined) continue
    const earlier = before.find((one) => {
      const other = automatonOf(one)
      return other !== undefined && includes(other, own) === true
    })
    const last = later.route.patterns.at(-1)
    if (earlier === undefined || last?.text === undefined) continue
    const takes = earlier.route.patterns.at(-1)
    found.push({
      kind: 'shadowed',
      at: last.at,
      pattern: last.text,
      detail: earlier.route.patterns.map(({ text }) => text ?? '').join(''),
      earlier: takes?.at ?? earlier.route.at,
      // Of one consumer, the shorter path would still lack what the longer one gives.
      edits: takes && !sameConsumer(earlier.route, later.route) ? endedThere(app, takes) : undefined,
    })
  }
  return found
}

function automatonOf({ patterns }: CompiledRoute) {
  const automata = patterns.map((pattern) => (pattern?.problem === undefined ? pattern?.automaton() : undefined))
  return automata.includes(undefined) ? undefined : chain(automata.filter((one) => one !== undefined))
}

/** Both hold on one path of the settings, and the first is an endpoint that surely takes what it matches. */
function comparable(a: Route, b: Route): boolean {
  return a.when === b.when && a.patterns.length === 1 && a.app.kind !== 'unknown'
}

/** Two patterns for one consumer do no harm, unless the first leaves out a parameter of the second. */
function sameEnd(a: Route, b: Route): boolean {
  const given = new Set(parameters(a))
  return (
    parameters(b).every((name) => given.has(name)) &&
    a.app.kind === 'consumer' &&
    b.app.kind === 'consumer' &&
    a.app.name === b.app.name &&
    a.app.consumer === b.app.consumer
  )
}

const parameters = ({ patterns }: Route): string[] => patterns.flatMap((one) => parametersIn(one) ?? [])

/** A regular expression that is written as one text gets its end. */
function endedThere(app: App, { type, at, text }: RoutePattern): readonly Edit[] | undefined {
  const source = parseFile(app.tree, at.file)?.text.slice(at.span.start, at.span.end) ?? ''
  if (type === 'path' || text === undefined || !/^r(["'])[^"'\n]*\1$/.test(source)) return undefined
  const end = at.span.end - 1
  return [{ file: at.file, span: { start: end, end }, text: '$' }]
}

function sameConsumer(one: Route, other: Route): boolean {
  const [own, its] = [one, other].map(({ app }) => nodesOf(app).find((node) => node.kind === 'consumer'))
  return own?.kind === 'consumer' && its?.kind === 'consumer' && own.consumer?.at === its.consumer?.at
}
