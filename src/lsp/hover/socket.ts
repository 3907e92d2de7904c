import type { Route } from '../../app/asgi/model.ts'
import { unwrapped } from '../../app/asgi/routes.ts'
import type { Place } from '../../contracts/place.ts'
import { connectedSockets } from '../connected-sockets.ts'
import { type HoverContext, holds, labelled, type Told } from './words.ts'

/** On `new WebSocket(…)`: the route it reaches. On a route: the sockets that reach it. */
export function socketHover(file: string, offset: number, context: HoverContext): Told | undefined {
  const { app } = context.checked
  const here = ({ file: where, span }: Place): boolean => where === file && holds(span, offset)
  const connected = connectedSockets(app.frontend.sockets, app.asgi.routes)
  const found = connected.find(({ socket }) => here(socket.at))
  if (found !== undefined) return { lines: routeLines(found.routes, context), span: found.socket.at.span }
  const route = app.asgi.routes.find(({ at, protocol }) => protocol === 'websocket' && here(at))
  if (route === undefined) return undefined
  const sockets = connected.filter(({ routes }) => routes.includes(route)).map(({ socket }) => socket)
  const fr = context.language === 'fr'
  const lines = [context.strong(routeText(route, context))]
  if (sockets.length === 0) lines.push(fr ? 'Aucun socket lu n’y mène.' : 'No socket that was read leads here.')
  for (const { at, opener } of sockets)
    lines.push(
      labelled(
        fr ? 'Ouvert par' : 'Opened by',
        `${context.code(opener)} (${at.file}:${lineOf(at, context)})`,
        context.language,
      ),
    )
  return { lines, span: route.at.span }
}

function routeLines(routes: readonly Route[], context: HoverContext): string[] {
  const fr = context.language === 'fr'
  if (routes.length === 0)
    return [fr ? 'Aucune route connue ne le prend à coup sûr.' : 'No known route takes it for certain.']
  return routes.map((route) =>
    labelled(
      fr ? 'Atteint' : 'Reaches',
      `${routeText(route, context)} (${route.at.file}:${lineOf(route.at, context)})`,
      context.language,
    ),
  )
}

/** The pattern and what stands behind it. */
function routeText(route: Route, { code }: HoverContext): string {
  const pattern = route.patterns.map(({ text }) => text ?? '?').join('')
  const end = unwrapped(route.app)
  const name = end.kind === 'consumer' || end.kind === 'function' ? ` → ${code(end.name)}` : ''
  return `${code(pattern)}${name}`
}

function lineOf({ file, span }: Place, { checked }: HoverContext): number {
  const source = checked.app.tree.read(file)
  return typeof source === 'string' ? 1 : source.text.slice(0, span.start).split('\n').length
}
