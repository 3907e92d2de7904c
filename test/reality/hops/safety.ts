import { nodesOf, websocketApps } from '../../../src/app/asgi/routes.ts'
import { request } from '../network/request.ts'
import { sessionOf } from '../network/session.ts'
import type { Outcome, Router, World } from '../types.ts'
import { connectTo } from './handshake.ts'

const foreign = 'https://foreign.example'
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
  if (!actsAsVisitor(world)) return { state: 'holds' }
  const socket = await connectTo(world, router, path, foreign)
  if (socket.state !== 'open') return { state: 'holds' }
  socket.close()
  return { state: 'breaks', evidence: `${path}: a page of ${foreign} gets the visitor’s socket (101)` }
}

/** The socket knows who the visitor is by a cookie, and the consumer looks at it: what makes a foreign page dangerous. */
function actsAsVisitor(world: World): boolean {
  const nodes = websocketApps(world.model.asgi.application).flatMap(nodesOf)
  const byCookie = nodes.some(
    (node) =>
      node.kind === 'wrapper' &&
      (node.role === 'auth' || node.role === 'session' || node.custom?.reads.some(({ from }) => from === 'cookie')),
  )
  const consumers = world.model.asgi.consumers.filter(({ routed }) => routed)
  return byCookie && consumers.some(({ scope }) => ['user', 'session', 'cookies'].some((key) => scope.has(key)))
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
