import type { AppNode, Route, RoutePattern } from '../../../src/app/asgi/model.ts'
import { compileRoute, matchesPath } from '../../../src/app/asgi/pattern/match.ts'
import { compilePattern } from '../../../src/app/asgi/pattern/route.ts'

export interface OracleRoute {
  readonly type: 'path' | 're_path'
  readonly text: string
  readonly to: string | { readonly routes: readonly OracleRoute[] } | { readonly wrapped: readonly OracleRoute[] }
}

/** A question and the answer of the real URLRouter. */
export interface Vector {
  readonly routes: readonly OracleRoute[]
  readonly path: string
  readonly found: string | null | { readonly error: string }
}

const at = { file: 'chat/routing.py', span: { start: 0, end: 0 } }
const nothing: AppNode = { kind: 'unknown', why: { en: '', fr: '' }, at }

interface Flat {
  readonly name: string
  readonly patterns: readonly RoutePattern[]
  readonly closed: readonly boolean[]
}

/** Endpoints in the order in which URLRouter tries them. */
function flatten(
  routes: readonly OracleRoute[],
  patterns: readonly RoutePattern[] = [],
  closed: readonly boolean[] = [],
): Flat[] {
  return routes.flatMap(({ type, text, to }) => {
    const here = [...patterns, { type, text, extra: [], at }]
    if (typeof to === 'string') return [{ name: to, patterns: here, closed: [...closed, true] }]
    return 'routes' in to ? flatten(to.routes, here, [...closed, false]) : flatten(to.wrapped, here, [...closed, true])
  })
}

/** What our matching says: the endpoint, null, an error, or `unknown` when it does not decide. */
export function answer({ routes, path }: Pick<Vector, 'routes' | 'path'>): string | null {
  const flat = flatten(routes)
  const broken = flat.some(({ patterns, closed }) =>
    patterns.some(
      (pattern, index) =>
        compilePattern(pattern, closed[index] as boolean, index === patterns.length - 1)?.problem !== undefined,
    ),
  )
  if (broken) return 'error'
  for (const { name, patterns, closed } of flat) {
    const route: Route = { protocol: 'websocket', patterns, closed, app: nothing, at, when: [] }
    const matches = matchesPath(compileRoute(route), path)
    if (matches === undefined) return 'unknown'
    if (matches) return name
  }
  return null
}

/** The URLRouter's answer in the same words. */
export function theirs({ found }: Vector): string | null {
  return typeof found === 'object' && found !== null ? 'error' : found
}
