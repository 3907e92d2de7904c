import { setTimeout as sleep } from 'node:timers/promises'
import { chromium, visit } from '../network/browser.ts'
import { speedOf } from '../network/clock.ts'
import { declaredRoutes, logInOnce } from '../network/one-off.ts'
import { toldBy } from '../network/probe.ts'
import { request } from '../network/request.ts'
import { lastFault, layerFault, serverLog } from '../network/server-log.ts'
import { ownSockets, sessionOf } from '../network/session.ts'
import { type FailedSocket, type OpenSocket, openSocket, type RefusedSocket } from '../network/socket.ts'
import type { Outcome, Router, World } from '../types.ts'

/** A consumer whose start-up fails ends the accepted socket within this. */
const startMs = 600
/** A route no project has: who refuses it has not looked at routes yet. */
const noRoute = '/rig-no-such-route/'

/**
 * A WebSocket client with the app's own Origin on every route of the app that runs and of the case, and the sockets of its page in a
 * browser. A consumer that turns a visitor away by itself holds; a failure inside the channel layer is left to the message hop.
 */
export async function handshake(world: World): Promise<Outcome> {
  const { router } = world
  if (router === undefined) return { state: 'skipped', why: 'no router' }
  const paths = await pathsOf(world)
  for (const path of paths) {
    const evidence = await routeAccepts(world, router, path)
    if (evidence !== undefined) return { state: 'breaks', evidence }
  }
  const page = await pageConnects(world, router)
  if (page !== undefined) return { state: 'breaks', evidence: page }
  if (paths.length > 0 || sessionOf(world).visit !== undefined) return { state: 'holds' }
  return { state: 'skipped', why: 'the project declares no WebSocket route and its page opens none' }
}

/** What the case names, and a sample path of every route of the application that is served; where it has none, of those declared. */
async function pathsOf(world: World): Promise<string[]> {
  const { drive, routes } = world.case
  const named = [...(drive?.path === undefined ? [] : [drive.path]), ...routes]
  const paths = [...new Set([...named, ...toldBy(world).routes])]
  return paths.length > 0 ? paths : declaredRoutes(world)
}

type Tried = OpenSocket | RefusedSocket | FailedSocket

/** Opens a route's socket as the page would, with the rig's own session if there is one. */
export function connectTo(world: World, router: Router, path: string, origin?: string): Promise<Tried> {
  const { drive } = world.case
  return openSocket(`${router.origin.replace('https', 'wss')}${path}`, {
    port: router.port,
    origin: origin ?? drive?.origin ?? router.origin,
    cookie: drive?.cookie ?? sessionOf(world).cookie,
    protocols: drive?.protocols,
  })
}

/** Why the route is out of reach; undefined when it is not. */
async function routeAccepts(world: World, router: Router, path: string): Promise<string | undefined> {
  const session = sessionOf(world)
  const log = serverLog(world)
  let answer = await attempt(world, router, path)
  if (turnedAway(answer) && session.cookie === undefined) {
    await logInOnce(world)
    if (session.cookie !== undefined) answer = await attempt(world, router, path)
  }
  if (answer === 'open') {
    session.open.push(path)
    return undefined
  }
  await sleep(100)
  const layer = layerFault(log())
  if (layer !== undefined) {
    session.layer ??= `${path}: ${answer} (${layer})`
    return undefined
  }
  if (turnedAway(answer) && !(await refusesEveryRoute(world, router))) return undefined
  const fault = lastFault(log())
  return `${path}: ${answer}${fault === undefined ? '' : ` (${fault})`}`
}

/** `open`, the status of the refusal, or the code with which it was closed at once. */
async function attempt(world: World, router: Router, path: string): Promise<string> {
  const answer = await connectTo(world, router, path)
  if (answer.state === 'failed') return answer.error
  if (answer.state === 'refused') return `refused with ${answer.status}`
  const closed = await answer.outlives(startMs)
  answer.close()
  return closed === undefined ? 'open' : `closed at once with ${closed.code}`
}

/** Refused as an application does it by choice: 403 for close() before accept(), a normal or an own code after it. */
function turnedAway(answer: string): boolean {
  return answer === 'refused with 403' || /^closed at once with (1000|1008|[34]\d{3})$/u.test(answer)
}

/** A refusal that meets a route nobody has comes from the Origin check or a middleware, not from a consumer. */
async function refusesEveryRoute(world: World, router: Router): Promise<boolean> {
  return turnedAway(await attempt(world, router, noRoute))
}

/** Opens the page in a browser when it has a socket; how a socket of it fails, if one does. */
async function pageConnects(world: World, router: Router): Promise<string | undefined> {
  const session = sessionOf(world)
  const path = world.case.drive?.page ?? '/'
  if (!(await hasSocket(router, path, session.cookie))) {
    session.unseen = 'the page that is served opens no socket'
    return undefined
  }
  const executable = chromium()
  if (executable === undefined) {
    session.unseen = 'no Chromium on this machine'
    return undefined
  }
  const [name, ...value] = session.cookie?.split('=') ?? []
  const log = serverLog(world)
  router.pick(0)
  const opened = await visit(executable, {
    host: world.host,
    port: router.port,
    path,
    cookie: name === undefined ? undefined : { name, value: value.join('=') },
    speed: speedOf(world.time.idleMs),
    work: world.work,
  })
  world.atEnd.push(() => opened.close())
  await opened.until(() => settled(world, opened), 3000)
  router.pick(undefined)
  const blocked = opened.console.find((line) =>
    /insecure WebSocket|Failed to construct 'WebSocket'|'wss?:[^']*'.* violates the following Content Security Policy/u.test(
      line,
    ),
  )
  if (blocked !== undefined) return `the page ${path} in Chromium: ${blocked}`
  const sockets = ownSockets(world, opened)
  session.visit = opened
  if (sockets.some((socket) => socket.opened)) return undefined
  const failed = sockets.find((socket) => socket.error !== undefined)
  if (failed === undefined || session.layer !== undefined) return undefined
  const layer = layerFault(log())
  if (layer !== undefined) {
    session.layer = `the page ${path} in Chromium: ${failed.url}: ${failed.error} (${layer})`
    return undefined
  }
  // A route that turns visitors away does so here as well.
  if (failed.error?.includes('403') && session.cookie !== undefined && session.open.length === 0) return undefined
  const fault = lastFault(log())
  return `the page ${path} in Chromium: ${failed.url}: ${failed.error}${fault === undefined ? '' : ` (${fault})`}`
}

function settled(world: World, page: Awaited<ReturnType<typeof visit>>): boolean {
  const sockets = ownSockets(world, page)
  return sockets.length > 0 && sockets.some(({ opened, error }) => opened || error !== undefined)
}

/** Whether the page, or a script that it loads from the app, opens a WebSocket. */
async function hasSocket(router: Router, path: string, cookie: string | undefined): Promise<boolean> {
  const headers: Record<string, string> = cookie === undefined ? {} : { Cookie: cookie }
  const page = await request(router, path, { headers })
  if (page.status !== 200 || !page.type.includes('html')) return false
  if (page.body.includes('WebSocket')) return true
  const root = `${router.origin}${path}`
  const queue = [...page.body.matchAll(/<script[^>]*\ssrc=["']?([^"'\s>]+)/gu)].map(([, source]) => [source, root])
  const seen = new Set<string>()
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const url = new URL(next[0] as string, next[1])
    if (url.origin !== router.origin || seen.has(url.href)) continue
    seen.add(url.href)
    const script = await request(router, url.pathname + url.search, { headers })
    if (script.status !== 200) continue
    if (script.body.includes('WebSocket')) return true
    // A module may leave the socket to one that it imports.
    for (const [, source] of script.body.matchAll(/\b(?:from|import)\s*\(?\s*["'](\.{0,2}\/[^"']+)["']/gu)) {
      queue.push([source, url.href])
    }
  }
  return false
}
