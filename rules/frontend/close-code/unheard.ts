import type { App } from '../../../src/app/app.ts'
import { type ConsumerCode, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { type CompiledRoute, compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { holdsUnknown, nodesOf, websocketApps } from '../../../src/app/asgi/routes.ts'
import { isOpaque } from '../../../src/app/asgi/stacks.ts'
import type { CloseCode } from '../../../src/app/frontend/close-codes.ts'
import type { Socket, SocketUrl, UrlPart } from '../../../src/app/frontend/model.ts'
import { asksForOwnRoute, routesReachedBy } from '../../../src/app/frontend/reached-routes.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import { getOrInsert } from '../../../src/get-or-insert.ts'
import { type Closes, closesElsewhere, closesOf } from './closes.ts'

/** A code that a page looks for in vain: the consumer closes with it only while it refuses the handshake. */
export interface Unheard {
  readonly socket: Socket
  readonly test: CloseCode
  readonly consumer: string
  /** Where it closes with the code. */
  readonly closes: readonly Place[]
}

export function unheardCodes(app: App): Unheard[] {
  const asking = app.frontend.sockets.filter(({ codes }) => codes.length > 0)
  const served = websocketApps(app.asgi.application)
  if (asking.length === 0 || served.length === 0 || served.some(holdsUnknown) || mayAnswer(app)) return []
  const routes = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket').map(compileRoute)
  const consumers = servedConsumers(app)
  const read = new Map<ConsumerCode, Closes | undefined>()
  const elsewhere = closesElsewhere(app)
  const answers = asking.flatMap((socket) => {
    const behind = consumersBehind(socket, routes, consumers)
    const closes = behind.map((one) => one && getOrInsert(read, one, () => closesOf(app, one)))
    return socket.codes.map((test) => ({
      test,
      found: elsewhere.has(test.code) || elsewhere.has(undefined) ? undefined : unheard(socket, test, behind, closes),
    }))
  })
  // A handler that several sockets share is of use as soon as one of them closes with the code.
  const inVain = answers.filter(({ test }) =>
    answers.every((other) => placeKey(other.test.at) !== placeKey(test.at) || other.found !== undefined),
  )
  const told = new Set<string>()
  return inVain.flatMap(({ test, found }) => {
    const key = `${test.at.file} ${found?.consumer} ${test.code}`
    if (found === undefined || told.has(key)) return []
    told.add(key)
    return [found]
  })
}

function unheard(
  socket: Socket,
  test: CloseCode,
  behind: readonly (ConsumerCode | undefined)[],
  all: readonly (Closes | undefined)[],
): Unheard | undefined {
  const isHeard = all.some((one) => one === undefined || one.after.has(test.code) || one.after.has(undefined))
  const index = all.findIndex((one) => one?.before.has(test.code))
  const consumer = behind[index]?.consumer.name
  if (isHeard || consumer === undefined) return undefined
  return { socket, test, consumer, closes: all[index]?.before.get(test.code) ?? [] }
}

/** The consumers that a socket may reach; one that cannot be read is undefined. */
function consumersBehind(
  socket: Socket,
  routes: readonly CompiledRoute[],
  consumers: readonly ConsumerCode[],
): readonly (ConsumerCode | undefined)[] {
  const urls = socket.urls.map(asOwn)
  const isOwn = socket.urls.every(({ host }, index) => {
    const url = urls[index]
    return host.kind === 'page' || host.kind === 'own' || (url !== undefined && asksForOwnRoute(url, routes))
  })
  if (!isOwn) return []
  return routesReachedBy({ ...socket, urls }, routes).map(({ app: routed }) => {
    const node = nodesOf(routed).find(({ kind }) => kind === 'consumer')
    return node?.kind === 'consumer' ? consumers.find(({ consumer }) => consumer.at === node.consumer?.at) : undefined
  })
}

/** The address at the app itself; where nothing is known of a text but what stands behind it, that is the path: `${base}/ws/chat/`. */
function asOwn(url: SocketUrl): SocketUrl {
  const [base, next] = url.parts
  const isBehind =
    url.path === undefined && typeof base === 'object' && typeof next === 'string' && next.startsWith('/')
  const path = isBehind ? withoutQuery(url.parts.slice(1)) : url.path
  return { ...url, path, host: { ...url.host, kind: 'own' } }
}

function withoutQuery(parts: readonly UrlPart[]): readonly UrlPart[] {
  const end = parts.findIndex((part) => typeof part === 'string' && part.includes('?'))
  if (end < 0) return parts
  const last = parts[end]
  return [...parts.slice(0, end), typeof last === 'string' ? (last.split('?')[0] ?? '') : '']
}

/** A middleware around the consumers may accept the socket itself, to close it with a code. */
function mayAnswer(app: App): boolean {
  return app.asgi.application.some(({ root }) =>
    nodesOf(root).some((node) => node.kind === 'wrapper' && (isOpaque(node) || node.custom?.answers === true)),
  )
}
