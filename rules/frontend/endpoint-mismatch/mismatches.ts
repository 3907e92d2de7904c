import type { App } from '../../../src/app/app.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { type CompiledRoute, canMatch, compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { holdsUnknown, websocketApps } from '../../../src/app/asgi/routes.ts'
import { conditionsOf } from '../../../src/app/frontend/insecure-sockets.ts'
import type { Socket, SocketUrl, UrlPart } from '../../../src/app/frontend/model.ts'
import { isSegment, narrow, reaches, wide } from '../../../src/app/frontend/socket-paths.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Untold } from '../../../src/contracts/untold.ts'
import type { ValueHole } from '../../../src/evaluate/javascript/values.ts'

/** A socket whose path no route of the project takes. */
export interface Mismatch {
  readonly socket: Socket
  readonly at: Place
  /** The path as a user would write it. */
  readonly path: string
  readonly parts: readonly UrlPart[]
  /** The route that was meant, as far as that can be told, and its pattern. */
  readonly nearest: Route | undefined
  readonly pattern: string
  /** The path would match with a slash behind it. */
  readonly missingSlash: boolean
  readonly edit: Edit | undefined
  readonly when: Text | undefined
}

/** Sockets to the app itself whose path surely matches no route. Silent when a router may hold routes that nobody can name. */
export function mismatches(app: App): Mismatch[] {
  const served = websocketApps(app.asgi.application)
  const routes = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket')
  if (routes.length === 0 || served.length === 0 || served.some(holdsUnknown)) return []
  const compiled = routes.map(compileRoute)
  // A pattern that cannot match as it stands is a finding of its own, and the cause of this one.
  if (compiled.some(({ patterns }) => patterns.some((one) => one === undefined || one.problem !== undefined))) return []
  if (
    routes.some(({ patterns }) =>
      patterns.some(({ text, type }) => /^(?:\^|\\A)?\//.test(text ?? '') && type !== 'unknown'),
    )
  )
    return []
  return app.frontend.sockets.flatMap((socket) => {
    if (socket.referenced && socket.urls.every(isGiven)) app.inquiry.cannotTell(unreadable(socket))
    const own = socket.urls.filter(
      ({ host, path }) => path !== undefined && ['page', 'own', 'unknown', 'env'].includes(host.kind),
    )
    if (own.length === 0 || own.length < socket.urls.length) return []
    const answers = own.map((url) => ({ url, answer: judge(url.path as readonly UrlPart[], compiled) }))
    const bad = answers.find(({ answer }) => answer !== 'matches')
    // Another alternative that matches: the address depends on something nobody can tell.
    if (bad === undefined || answers.some(({ answer }) => answer === 'matches') || bad.answer === 'matches') return []
    return [describe(socket, bad.url, bad.answer, compiled)]
  })
}

/** Nothing of it stands in the files: it is what the server puts into the page. */
const isGiven = ({ parts: [first, ...others] }: SocketUrl): boolean =>
  typeof first === 'object' && first.kind === 'server' && others.length === 0

/** Why nobody can tell which route a socket asks for. */
function unreadable({ opener, argument, at }: Socket): Untold {
  return {
    what: { en: `the address of \`${opener}\``, fr: `l’adresse de \`${opener}\`` },
    why: { en: 'it cannot be read in the page’s code', fr: 'elle ne peut pas être lue dans le code de la page' },
    at: argument ?? at,
  }
}

/** `never`: no value of the holes matches. Else the holes that would have to hold a slash for it to match. */
function judge(path: readonly UrlPart[], routes: readonly CompiledRoute[]): 'matches' | 'never' | readonly ValueHole[] {
  if (routes.some((route) => reaches(route, path) !== false)) return 'matches'
  if (path.every((part) => typeof part === 'string')) return 'never'
  // Of an address that is not known at all, nothing is said.
  if (path.every((part) => part === '/' || (typeof part !== 'string' && !isSegment(part)))) return 'matches'
  const loose = path.filter((part): part is ValueHole => typeof part !== 'string' && !isSegment(part))
  if (loose.length === 0 || routes.every((route) => canMatch(route, path, wide) === false)) return 'never'
  return loose
}

function describe(
  socket: Socket,
  url: SocketUrl,
  answer: 'never' | readonly ValueHole[],
  routes: readonly CompiledRoute[],
): Mismatch {
  const path = url.path as readonly UrlPart[]
  const withSlash = [...path, '/']
  const slashed = routes.find((route) => canMatch(route, withSlash, narrow) === true)
  const nearest = slashed ?? closest(path, routes)
  const loose: readonly Text[] =
    answer === 'never'
      ? []
      : answer.map(({ name }) => ({ en: `${name} holds no slash`, fr: `${name} ne contient pas de barre oblique` }))
  return {
    socket,
    at: url.pathAt ?? socket.argument ?? socket.at,
    path: path.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join(''),
    parts: path,
    nearest: nearest?.route,
    pattern: nearest?.route.patterns.map(({ text }) => text ?? '').join('') ?? '',
    missingSlash: slashed !== undefined,
    edit: slashed === undefined ? undefined : url.slashed,
    when: conditionsOf(socket, [...url.when, ...loose]),
  }
}

/** The route that shares most of its known words with the path; undefined when none shares any. */
function closest(path: readonly UrlPart[], routes: readonly CompiledRoute[]): CompiledRoute | undefined {
  const words = new Set(path.flatMap((part) => (typeof part === 'string' ? wordsOf(part) : [])))
  let best: { route: CompiledRoute; score: number } | undefined
  for (const route of routes) {
    const own = route.route.patterns.flatMap(({ text }) =>
      wordsOf((text ?? '').replace(/<[^>]*>|\(\?P[^)]*\)|\\[A-Za-z]/g, '/')),
    )
    const score = own.filter((word) => words.has(word)).length - Math.abs(own.length - words.size) / 10
    if (own.some((word) => words.has(word)) && (best === undefined || score > best.score)) best = { route, score }
  }
  return best?.route ?? (routes.length === 1 ? routes[0] : undefined)
}

function wordsOf(text: string): string[] {
  return text.split(/[^\p{L}\p{N}_-]+/u).filter((word) => word !== '')
}
