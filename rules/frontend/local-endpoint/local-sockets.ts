import { conditionsOf, usedFirst } from '../../../src/app/frontend/insecure-sockets.ts'
import type { FrontendModel, Socket, SocketUrl } from '../../../src/app/frontend/model.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A socket whose address is good on the developer's machine only. */
export interface LocalSocket {
  readonly socket: Socket
  readonly url: SocketUrl
  readonly at: Place
  readonly when: Text | undefined
}

/** Sockets that surely connect to a local host or a port of their own; one that a test or a variable switches is left alone. */
export function localSockets({ sockets }: FrontendModel): LocalSocket[] {
  const found = sockets.flatMap((socket) => {
    const url = socket.urls.find((one) => one.when.length === 0 && (one.host.kind === 'local' || hasOwnPort(one)))
    if (url === undefined) return []
    const at = url.host.at ?? socket.argument ?? socket.at
    return [{ socket, url, at, when: conditionsOf(socket, []) }]
  })
  return uniqueBy(usedFirst(found), ({ at }) => placeKey(at))
}

/** `location.hostname + ':8000'`, `wss://chat.example.com:8000` */
function hasOwnPort({ host }: SocketUrl): boolean {
  return (
    (host.kind === 'page' || host.kind === 'own') &&
    host.port !== undefined &&
    host.port !== '443' &&
    host.port !== '80'
  )
}
