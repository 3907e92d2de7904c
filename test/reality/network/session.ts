import type { World } from '../types.ts'
import type { PageSocket, Visit } from './browser.ts'

/** What the hops of one case learn and the later ones use. */
export interface Session {
  /** Paths whose handshake was accepted, in the order of the routes. */
  readonly open: string[]
  /** `sessionid=…` of a user of the rig's; undefined until a route asks for one, or when the app has none. */
  cookie: string | undefined
  /** Primary key of that user, as JSON. */
  user: string | undefined
  /** How a handshake failed inside the channel layer: the message hop's business. */
  layer: string | undefined
  /** How a silent socket ends; undefined in it: it lives. The message hop begins to watch it in its own silence. */
  idle: Promise<string | undefined> | undefined
  /** The page with its socket in a browser; undefined when none has been opened. */
  visit: Visit | undefined
  /** Why no page was opened. */
  unseen: string | undefined
}

const sessions = new WeakMap<World, Session>()

/** The one of this run. */
export function sessionOf(world: World): Session {
  const known = sessions.get(world)
  if (known !== undefined) return known
  const made: Session = {
    open: [],
    cookie: undefined,
    user: undefined,
    layer: undefined,
    idle: undefined,
    visit: undefined,
    unseen: undefined,
  }
  sessions.set(world, made)
  return made
}

/** Sockets of the page that lead to the app, or to the machine of the visitor. */
export function ownSockets(world: World, visit: Visit): PageSocket[] {
  return visit.sockets.filter(({ url }) => {
    const { hostname } = new URL(url)
    return hostname === world.host || hostname === 'localhost' || hostname.startsWith('127.') || hostname === '0.0.0.0'
  })
}
