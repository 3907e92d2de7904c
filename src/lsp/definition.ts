import type { App } from '../app/app.ts'
import { worldsOf } from '../app/settings/worlds.ts'
import { type Place, placeKey } from '../contracts/place.ts'
import { uniqueBy } from '../unique-by.ts'
import { connectedSockets } from './connected-sockets.ts'
import { nameAt } from './python-names.ts'

const holds = ({ span }: Place, offset: number): boolean => span.start <= offset && offset <= span.end

/**
 * Where the thing at an offset is made: the object that a process loads, the route of a socket, the sockets of a route, the
 * assignments of a setting.
 */
export function definitionsAt(app: App, file: string, offset: number): readonly Place[] {
  const here = (place: Place | undefined): boolean => place?.file === file && holds(place, offset)
  for (const { target } of app.processes.all.flatMap(({ servers }) => servers)) {
    if (target === undefined || !here(target.at)) continue
    if (target.definedAt !== undefined) return [target.definedAt]
    return target.file === undefined ? [] : [{ file: target.file, span: { start: 0, end: 0 } }]
  }
  const connected = connectedSockets(app.frontend.sockets, app.asgi.routes)
  const socket = connected.find((one) => here(one.socket.at))
  if (socket !== undefined) return socket.routes.map(({ at }) => at)
  const setting = nameAt(app, file, offset)
  if (setting?.kind === 'setting') return assignmentsOf(app, setting.name)
  const route = app.asgi.routes.find(({ at, protocol }) => protocol === 'websocket' && here(at))
  if (route === undefined) return []
  return connected.filter(({ routes }) => routes.includes(route)).map((one) => one.socket.at)
}

function assignmentsOf(app: App, name: string): Place[] {
  const places = worldsOf(app).flatMap(({ settings }) => settings.get(name)?.alternatives.map(({ at }) => at) ?? [])
  return uniqueBy(places, placeKey)
}
