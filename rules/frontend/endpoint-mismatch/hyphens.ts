import type { App } from '../../../src/app/app.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { type CompiledRoute, compileRoute, matchesPath } from '../../../src/app/asgi/pattern/match.ts'
import { holdsUnknown, websocketApps } from '../../../src/app/asgi/routes.ts'
import { conditionsOf } from '../../../src/app/frontend/insecure-sockets.ts'
import type { Socket, UrlPart } from '../../../src/app/frontend/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { ValueHole } from '../../../src/evaluate/javascript/values.ts'
import { readText } from '../../../src/files/tree.ts'
import { hyphenedField } from './hyphened-field.ts'
import { takesRowId } from './row-id.ts'
import { type UrlParameter, urlParameter } from './url-parameter.ts'

/** A socket whose path holds a text that may have a hyphen, which no route takes. */
export interface Hyphened {
  readonly socket: Socket
  readonly at: Place
  /** What the template writes: `room.slug`. */
  readonly name: string
  /** Of the model, or the filter that makes the text; or the route of the page by which it comes. */
  readonly kind: string | UrlParameter
  readonly route: Route
  readonly when: Text | undefined
}

/** What a slug and a UUID look like. */
const samples: Readonly<Record<string, string>> = { UUIDField: '3f2b8c1e-7d4a-4e8b-9a6f-1c2d3e4f5a6b' }

/** Paths that a route takes as long as what the template writes into them is one word. Silent where a router may hold other routes. */
export function hyphens(app: App): Hyphened[] {
  const served = websocketApps(app.asgi.application)
  const routes = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket')
  if (served.some(holdsUnknown)) return []
  const compiled = routes.map(compileRoute)
  return app.frontend.sockets.flatMap((socket) => {
    const [url, ...others] = socket.urls
    const path = url?.path
    if (url === undefined || path === undefined || others.length > 0 || url.host.kind === 'literal') return []
    return path.flatMap((part): Hyphened[] => {
      const kind = typeof part === 'string' ? undefined : kindOf(app, part)
      if (typeof part === 'string' || kind === undefined) return []
      const route = takes(compiled, path, part, 'word')
      if (
        route === undefined ||
        mayTake(compiled, path, part, (typeof kind === 'string' ? samples[kind] : undefined) ?? 'two-words')
      )
        return []
      if (typeof kind !== 'string' && takesRowId(app, route.route)) return []
      const holds = { en: `\`${part.name}\` has a hyphen`, fr: `\`${part.name}\` contient un tiret` }
      const when = conditionsOf(socket, [...url.when, holds])
      return [{ socket, at: url.pathAt ?? socket.at, name: part.name, kind, route: route.route, when }]
    })
  })
}

/** Why what a template writes may hold a hyphen: the field of a model, the filter `slugify`, or a parameter of the page's address. */
function kindOf(app: App, { kind, name, at }: ValueHole): string | UrlParameter | undefined {
  if (kind !== 'server') return undefined
  const written = readText(app.tree, at.file)?.text.slice(at.span.start, at.span.end) ?? ''
  if (/\|\s*slugify\s*(?:\}\}|$)/.test(written)) return 'slugify'
  if (/^\w+$/.test(name))
    return /\|(?!\s*(?:safe|escapejs|json_script)\b)/.test(written) ? undefined : urlParameter(app, at.file, name)
  const [, attribute] = /^\w+(?:\.\w+)*\.(\w+)$/.exec(name) ?? []
  // Every model has an id, and few of them a UUID.
  if (attribute === undefined || attribute === 'id' || attribute === 'pk' || written.includes('|')) return undefined
  return hyphenedField(app, attribute)
}

function filled(path: readonly UrlPart[], hole: ValueHole, text: string, others: string): string {
  return path.map((part) => (typeof part === 'string' ? part : part === hole ? text : others)).join('')
}

const stands = ['1', 'word']

/** The first route that takes a path with this text in the place of a hole. */
export function takes(routes: readonly CompiledRoute[], path: readonly UrlPart[], hole: ValueHole, text: string) {
  return routes.find((route) => stands.some((other) => matchesPath(route, filled(path, hole, text, other)) === true))
}

/** Whether some route takes it, or nobody can tell. */
export function mayTake(
  routes: readonly CompiledRoute[],
  path: readonly UrlPart[],
  hole: ValueHole,
  text: string,
): boolean {
  return routes.some((route) => stands.some((other) => matchesPath(route, filled(path, hole, text, other)) !== false))
}
