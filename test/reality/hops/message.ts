import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { platformIdleMs } from '../network/clock.ts'
import { type Drive, driveOf } from '../network/drives.ts'
import { logInOnce, oneOff } from '../network/one-off.ts'
import { toldBy } from '../network/probe.ts'
import { startRouter } from '../network/router.ts'
import { lastFault, layerFault, serverLog } from '../network/server-log.ts'
import { sessionOf } from '../network/session.ts'
import type { OpenSocket } from '../network/socket.ts'
import { storedCertificate } from '../network/stored-certificate.ts'
import type { Outcome, Router, World } from '../types.ts'
import { connectTo } from './handshake.ts'
import { idleWatchMs, watchIdle } from './stay.ts'

/** A message is across within this, or lost. */
const arrivalMs = 5000
/** What reached another dyno is at a neighbour's by then. */
const neighbourMs = 1500
/** A consumer that ends for lack of a layer does so within this. */
const settleMs = 300

/**
 * A message sent at dyno 1 arrives at a client of dyno 2 through the app's own Redis, and again after a silence in which
 * neither side speaks. The window of the router is the platform's here: pings are the stay hop's business.
 */
export async function message(world: World): Promise<Outcome> {
  const session = sessionOf(world)
  if (session.layer !== undefined) return { state: 'breaks', evidence: session.layer }
  const drive = driveOf(world.case, `rig-${randomUUID()}`)
  const path = session.open.find((one) => one === drive.path) ?? session.open[0]
  if (path === undefined) return { state: 'skipped', why: 'no socket could be opened' }
  if (world.dynos.length < 2) return { state: 'skipped', why: 'there is one dyno only' }
  const router = await startRouter({
    dynos: world.dynos.map(({ port }) => ({ host: '127.0.0.1', port })),
    certificate: storedCertificate,
    host: world.host,
    idleMs: platformIdleMs,
  })
  try {
    return await across(world, router, path, drive)
  } finally {
    await router.close()
  }
}

interface Clients {
  /** Opened before `first`, at the same dyno. */
  readonly neighbour: OpenSocket
  readonly first: OpenSocket
  readonly second: OpenSocket
}

async function across(world: World, router: Router, path: string, drive: Drive): Promise<Outcome> {
  if (drive.push !== undefined) await logInOnce(world)
  const log = serverLog(world)
  const clients = await open(world, router, path)
  if (typeof clients === 'string') return { state: 'breaks', evidence: clients }
  await sleep(settleMs)
  try {
    const delivered = await deliver(world, clients, path, drive, log)
    if (delivered.state === 'breaks') return delivered
    // Its watch must be over before the next message: that one would open the window again.
    if (world.router !== undefined && world.time.silenceMs > idleWatchMs(world))
      void watchIdle(world, world.router, path)
    const ended = await Promise.race([
      clients.first.outlives(world.time.silenceMs),
      clients.second.outlives(world.time.silenceMs),
    ])
    if (ended !== undefined) {
      const why = layerFault(log()) ?? lastFault(log()) ?? 'nothing in the log'
      return { state: 'breaks', evidence: `${path}: closed with ${ended.code} in silence (${why})` }
    }
    if (delivered.state === 'skipped') return delivered
    const again = driveOf(world.case, `rig-${randomUUID()}`)
    return await deliver(world, clients, path, again, log)
  } finally {
    for (const client of Object.values(clients)) client.close()
  }
}

async function open(world: World, router: Router, path: string): Promise<Clients | string> {
  const opened: OpenSocket[] = []
  for (const index of [0, 0, 1]) {
    router.pick(index)
    const socket = await connectTo(world, router, path)
    if (socket.state !== 'open') {
      const why = socket.state === 'failed' ? socket.error : String(socket.status)
      return `${path}: handshake ${opened.length + 1} of this hop was ${socket.state} (${why})`
    }
    opened.push(socket)
  }
  const [neighbour, first, second] = opened as [OpenSocket, OpenSocket, OpenSocket]
  return { neighbour, first, second }
}

async function deliver(
  world: World,
  { neighbour, first, second }: Clients,
  path: string,
  drive: Drive,
  log: () => string,
): Promise<Outcome> {
  // What came before is of an earlier delivery, which may have had the same text.
  const before = { neighbour: neighbour.messages.length, first: first.messages.length, second: second.messages.length }
  const calls = toldBy(world).layerCalls
  const fits = (text: string) => text.includes(drive.expect)
  const pushed = await speak(world, first, drive)
  if (pushed !== undefined) return { state: 'breaks', evidence: `${path}: ${pushed}` }
  if ((await second.next(fits, arrivalMs, before.second)) !== undefined) {
    const own = await neighbour.next(fits, neighbourMs, before.neighbour)
    if (own !== undefined || first.messages.slice(before.first).filter(fits).length < 2) return { state: 'holds' }
    return { state: 'breaks', evidence: `${path}: another client of dyno 1 got the message in its neighbour’s place` }
  }
  const fault = layerFault(log())
  const lost = fault === undefined ? '' : ` (${fault})`
  const asked = toldBy(world).layerCalls > calls || drive.push !== undefined
  if (first.messages.slice(before.first).some(fits)) {
    // Who only answers the sender sends nothing across.
    if (!asked && fault === undefined) return { state: 'holds' }
    return { state: 'breaks', evidence: `${path}: sent at dyno 1, it arrived there and not at dyno 2${lost}` }
  }
  const closed = first.closed() ?? second.closed()
  const known = drive.sure && (asked || closed !== undefined || world.case.drive !== undefined)
  if (fault === undefined && !known) {
    return { state: 'skipped', why: `${path}: how to make the app send is not known (drive)` }
  }
  const how = closed === undefined ? '' : `, the socket closed with ${closed.code}`
  const why = lost === '' && closed !== undefined ? ` (${lastFault(log()) ?? 'nothing in the log'})` : lost
  return { state: 'breaks', evidence: `${path}: sent, it arrived at neither dyno${how}${why}` }
}

/** Sends the message; what the one-off dyno said when it failed. */
async function speak(world: World, client: OpenSocket, drive: Drive): Promise<string | undefined> {
  if (drive.push === undefined) {
    client.send(drive.send ?? '')
    return undefined
  }
  const given = `USER = ${sessionOf(world).user ?? 'None'}\nTOKEN = ${JSON.stringify(drive.expect)}\n`
  const { printed, log } = await oneOff(world, given.replace('= null', '= None') + drive.push)
  return printed === undefined ? `the sending dyno failed: ${layerFault(log) ?? lastFault(log) ?? ''}` : undefined
}
