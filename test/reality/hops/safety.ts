import { setTimeout as sleep } from 'node:timers/promises'
import { driveOf } from '../network/drives.ts'
import { logInOnce } from '../network/one-off.ts'
import { toldBy } from '../network/probe.ts'
import { request } from '../network/request.ts'
import { sessionOf } from '../network/session.ts'
import type { Outcome, Router, World } from '../types.ts'
import { connectTo } from './handshake.ts'

/** A page of another site, where the case names none. */
const otherSite = 'https://foreign.example'
/** A consumer that looks at its visitor does so within this. */
const lookMs = 700
/** Names of variables whose values are nobody else's business. */
const secretName = /SECRET|PASSWORD|TOKEN|API_KEY|PRIVATE/u

/**
 * A page of another site gets no socket that acts as the visitor logged in here; error pages show no settings; no secret
 * of the environment stands in the logs of the dynos.
 */
export async function safety(world: World): Promise<Outcome> {
  const { router } = world
  const leak = leaked(world)
  if (leak !== undefined) return { state: 'breaks', evidence: leak }
  if (router === undefined) return { state: 'skipped', why: 'no router' }
  const shown = await debugPage(router)
  if (shown !== undefined) return { state: 'breaks', evidence: shown }
  const path = sessionOf(world).open[0]
  if (path === undefined) return { state: 'holds' }
  return foreignPage(world, router, path)
}

/**
 * A page of another site opens the socket in the browser of a visitor who is logged in. What makes it dangerous is seen in
 * the app itself: its consumer looks at the visitor, and knows them by their cookies. The case can say so of other sockets.
 */
async function foreignPage(world: World, router: Router, path: string): Promise<Outcome> {
  const origin = world.case.foreign?.origin ?? otherSite
  const stranger = await connectTo(world, router, path, origin)
  // With the same cookie, or none, the app's own page was let in.
  if (stranger.state !== 'open') return { state: 'holds' }
  stranger.close()
  await logInOnce(world)
  const before = toldBy(world).visitors.length
  const socket = await connectTo(world, router, path, origin)
  if (socket.state !== 'open') return { state: 'holds' }
  const { send } = driveOf(world.case, 'rig-foreign')
  if (send !== undefined) socket.send(send)
  await sleep(lookMs)
  socket.close()
  const looked = toldBy(world).visitors[before]
  if (looked === undefined && world.case.foreign?.visitor !== true) return { state: 'holds' }
  return { state: 'breaks', evidence: `${path}: a page of ${origin} gets the visitor’s socket (101)` }
}

async function debugPage(router: Router): Promise<string | undefined> {
  const path = '/rig-no-such-page/'
  const { body } = await request(router, path)
  return body.includes('DEBUG = True') ? `GET ${path}: Django’s debug page, DEBUG is on` : undefined
}

/** The first secret that a dyno wrote to its log: named, never shown. */
function leaked(world: World): string | undefined {
  for (const [name, value] of Object.entries(world.env)) {
    const secret = secretName.test(name) ? value : passwordOf(value)
    if (secret === undefined || secret.length < 8) continue
    const index = world.dynos.findIndex(({ process }) => process.log().includes(secret))
    if (index !== -1) return `the log of web.${index + 1} holds the value of ${name}`
  }
  return undefined
}

function passwordOf(value: string): string | undefined {
  const password = /^[a-z][a-z0-9+.-]*:\/\/[^:/@\s]*:([^@/\s]+)@/u.exec(value)?.[1]
  return password === undefined ? undefined : decodeURIComponent(password)
}
