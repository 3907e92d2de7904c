import type { Route } from '../app/asgi/model.ts'
import { compileRoute } from '../app/asgi/pattern/match.ts'
import type { Socket } from '../app/frontend/model.ts'
import { reaches } from '../app/frontend/socket-paths.ts'

/** A socket of the project, with the first route that takes each of its addresses. */
export interface ConnectedSocket {
  readonly socket: Socket
  readonly routes: readonly Route[]
}

/** The sockets to the app itself, and the WebSocket routes that they reach in the order in which Channels tries them. */
export function connectedSockets(sockets: readonly Socket[], routes: readonly Route[]): ConnectedSocket[] {
  const compiled = routes.filter(({ protocol }) => protocol === 'websocket').map(compileRoute)
  return sockets.map((socket) => {
    const reached = socket.urls.flatMap(({ host, path }) => {
      if (path === undefined || host.kind === 'literal' || host.kind === 'local') return []
      const route = compiled.find((one) => reaches(one, path) === true)
      return route === undefined ? [] : [route.route]
    })
    return { socket, routes: [...new Set(reached)] }
  })
}
