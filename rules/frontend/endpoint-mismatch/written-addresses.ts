import type { App } from '../../../src/app/app.ts'
import type { Socket } from '../../../src/app/frontend/model.ts'
import type { Place } from '../../../src/contracts/place.ts'

/** An address that is not what its author means once the server has written it into the script. */
export interface WrittenAddress {
  readonly kind: 'escaped' | 'hostless'
  readonly socket: Socket
  readonly at: Place
}

/**
 * Addresses with `&amp;` in their query: a script has no entities, so the next parameter is called `amp;…`; and such that begin with
 * `wss:///`, where the browser takes the first part of the path for the host.
 */
export function writtenAddresses(app: App): WrittenAddress[] {
  if (!app.isDjango) return []
  return app.frontend.sockets.flatMap((socket): WrittenAddress[] => {
    const { urls, argument, at, library } = socket
    // An attribute of HTML is decoded before anybody reads it.
    if (urls.length === 0 || library === 'htmx') return []
    const place = argument ?? at
    if (urls.every(({ query }) => query?.some((part) => typeof part === 'string' && part.includes('&amp;'))))
      return [{ kind: 'escaped', socket, at: place }]
    const bare = urls.every(({ parts: [first] }) => typeof first === 'string' && /^wss?:\/\/\/[^/]/.test(first))
    return bare ? [{ kind: 'hostless', socket, at: place }] : []
  })
}
