import { lastFault, serverLog } from '../network/server-log.ts'
import { ownSockets, sessionOf } from '../network/session.ts'
import type { Outcome, Router, World } from '../types.ts'
import { connectTo } from './handshake.ts'

/** How much longer than the router's window a socket must live. */
const beyond = 1.3
/** A page opens its socket again within this; its own delays are shortened like the window. */
const reopenMs = 10_000

/**
 * A silent socket outlives the router's window, by the server's pings or by what the page sends; and when the dyno
 * restarts, the page's own JavaScript opens the socket again.
 */
export async function stay(world: World): Promise<Outcome> {
  const session = sessionOf(world)
  const { router } = world
  const path = session.open[0]
  if (router === undefined || path === undefined) return { state: 'skipped', why: 'no socket could be opened' }
  const silent = await watchIdle(world, router, path)
  if (silent !== undefined && !(await pageOutlives(world))) return { state: 'breaks', evidence: silent }
  if (session.visit === undefined) return { state: 'holds' }
  return reopens(world, router)
}

/** For how long a silent socket is watched, in milliseconds. */
export function idleWatchMs({ time }: World): number {
  return time.idleMs * beyond
}

/** Opens the silent socket whose end the stay hop judges; only the first call does. */
export function watchIdle(world: World, router: Router, path: string): Promise<string | undefined> {
  const session = sessionOf(world)
  session.idle ??= outlives(world, router, path)
  return session.idle
}

/** How the socket of a client that only answers pings ended; undefined when it lives. */
async function outlives(world: World, router: Router, path: string): Promise<string | undefined> {
  const log = serverLog(world)
  const lines = router.log().length
  const socket = await connectTo(world, router, path)
  if (socket.state !== 'open') return `${path}: the handshake was ${socket.state}`
  const closed = await socket.outlives(idleWatchMs(world))
  socket.close()
  if (closed === undefined) return undefined
  const idle = router
    .log()
    .slice(lines)
    .some(({ code }) => code === 'H15')
  if (idle) return `${path}: H15, idle for the whole window of the router, ${socket.pings.length} pings seen`
  // The consumer may end the conversation itself.
  if (closed.code === 1000 || closed.code >= 3000) return undefined
  return `${path}: closed with ${closed.code} (${lastFault(log()) ?? 'nothing in the log'})`
}

/** Whether the page's socket lives on: a heartbeat of its own script. The handshake hop has opened it. */
async function pageOutlives(world: World): Promise<boolean> {
  const { visit } = sessionOf(world)
  if (visit === undefined) return false
  const before = ownSockets(world, visit).filter(({ state }) => state === 'open')
  await visit.until(() => before.every(({ state }) => state === 'closed'), idleWatchMs(world))
  return before.some(({ state }) => state === 'open')
}

async function reopens(world: World, router: Router): Promise<Outcome> {
  const { visit } = sessionOf(world)
  const [dyno] = world.dynos
  if (visit === undefined || dyno === undefined) return { state: 'holds' }
  const before = ownSockets(world, visit).length
  const living = ownSockets(world, visit).some(({ state }) => state === 'open')
  if (!living) {
    return { state: 'breaks', evidence: 'the page’s socket was closed before the restart and not opened again' }
  }
  // Both dynos restart on the platform; the page is on this one, and comes back to it.
  router.pick(0)
  await dyno.restart()
  const again = () =>
    ownSockets(world, visit)
      .slice(before)
      .some(({ state }) => state === 'open')
  const reopened = await visit.until(again, reopenMs)
  router.pick(undefined)
  if (reopened) return { state: 'holds' }
  const tried = ownSockets(world, visit).length - before
  const evidence = `after the restart of its dyno the page had no socket for ${reopenMs / 1000} s (${tried} attempts)`
  return { state: 'breaks', evidence }
}
