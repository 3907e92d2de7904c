import type { App } from '../../../src/app/app.ts'
import { type ConsumerCode, eachOwn, memberName, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { placeIn } from '../../../src/app/asgi/python-code.ts'
import { holdsUnknown, nodesOf, websocketApps } from '../../../src/app/asgi/routes.ts'
import { isOpaque } from '../../../src/app/asgi/stacks.ts'
import type { Socket } from '../../../src/app/frontend/model.ts'
import { routesReachedBy } from '../../../src/app/frontend/reached-routes.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call } from '../../../src/syntax/python/ast.ts'

/** A socket that offers subprotocols to a consumer that takes none of them. */
export interface Unchosen {
  readonly socket: Socket
  readonly at: Place
  readonly consumer: string
  readonly consumerAt: Place
  /** What accept() answers instead; undefined: nothing. */
  readonly chosen: string | undefined
  /** The only call of accept(); undefined: there are several. */
  readonly accept: Place | undefined
}

export function unchosenSubprotocols(app: App): Unchosen[] {
  const offering = app.frontend.sockets.filter(
    ({ offers, referenced, library }) => offers !== undefined && referenced && library === undefined,
  )
  const served = websocketApps(app.asgi.application)
  if (offering.length === 0 || served.length === 0 || served.some(holdsUnknown) || mayChoose(app)) return []
  const routes = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket').map(compileRoute)
  const consumers = servedConsumers(app)
  return offering.flatMap((socket) => {
    const reached = routesReachedBy(socket, routes)
    const answers = reached.map((route) => answerOf(consumers, route, socket.offers ?? []))
    const [first] = answers
    const { subprotocols } = socket
    if (first === undefined || subprotocols === undefined || answers.includes(undefined)) return []
    return [{ socket, at: subprotocols, ...first }]
  })
}

/** A middleware around the consumers may put a subprotocol into the answer. */
function mayChoose(app: App): boolean {
  return app.asgi.application.some(({ root }) =>
    nodesOf(root).some((node) => node.kind === 'wrapper' && (isOpaque(node) || node.custom?.answers === true)),
  )
}

type Answer = Pick<Unchosen, 'consumer' | 'consumerAt' | 'chosen' | 'accept'>

/** The consumer of a route, if it surely takes none of what is offered. */
function answerOf(
  consumers: readonly ConsumerCode[],
  { app }: Route,
  offers: readonly (string | undefined)[],
): Answer | undefined {
  const node = nodesOf(app).find(({ kind }) => kind === 'consumer')
  const code =
    node?.kind === 'consumer' ? consumers.find(({ consumer }) => consumer.at === node.consumer?.at) : undefined
  if (code === undefined || ['accept', 'dispatch', 'websocket_connect'].some((name) => code.methods.has(name)))
    return undefined
  const accepts: Place[] = []
  const answers = code.functions.flatMap(({ node: method, file }) => {
    const found: Call[] = []
    let raw = false
    eachOwn(method, (inner) => {
      if (inner.kind === 'Call' && memberName(inner.func)?.name === 'accept') found.push(inner)
      // `async_to_sync(self.accept)(…)`, a message of one's own.
      if (inner.kind === 'Attribute' && (inner.attr === 'accept' || inner.attr === 'base_send'))
        raw ||= !isCalled(inner, found)
    })
    accepts.push(...found.map((call) => placeIn(file, call)))
    return raw ? [undefined] : found.map(subprotocolOf)
  })
  const fits = answers.some(
    (one) => one === undefined || (one !== null && (offers.includes(one) || offers.includes(undefined))),
  )
  if (fits) return undefined
  const { consumer } = code
  return {
    consumer: consumer.name,
    consumerAt: consumer.at,
    chosen: answers.find((one) => one !== null) ?? undefined,
    accept: accepts.length === 1 ? accepts[0] : undefined,
  }
}

function isCalled(node: object, calls: readonly Call[]): boolean {
  return calls.some(({ func }) => func === node)
}

/** The subprotocol of accept(): null for none, undefined when it cannot be read. */
function subprotocolOf({ args, keywords }: Call): string | null | undefined {
  const given = args[0] ?? keywords.find(({ arg }) => arg === 'subprotocol')?.value
  if (args.some(({ kind }) => kind === 'Starred') || keywords.some(({ arg }) => arg === undefined)) return undefined
  if (given === undefined) return null
  if (given.kind !== 'Constant') return undefined
  return given.value.type === 'none' ? null : given.value.type === 'str' ? given.value.value : undefined
}
