import type { App } from '../../../src/app/app.ts'
import {
  type ConsumerCode,
  eachOwn,
  memberName,
  methodOfConsumer,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import { isGivenSelf, mayAskOfIt } from '../../../src/app/asgi/handed-consumer.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { type Code, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
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
    const answers = reached.map((route) => answerOf(app, consumers, route, socket.offers ?? []))
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
  app: App,
  consumers: readonly ConsumerCode[],
  { app: routed }: Route,
  offers: readonly (string | undefined)[],
): Answer | undefined {
  const node = nodesOf(routed).find(({ kind }) => kind === 'consumer')
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
  const elsewhere = answeredElsewhere(codeOf(app), code)
  if (elsewhere !== undefined) {
    const what = { en: `the subprotocol of ${consumer.name}`, fr: `le sous-protocole de ${consumer.name}` }
    const why = { en: 'other code may accept the socket', fr: 'un autre code accepte peut-être le socket' }
    app.inquiry.cannotTell({ what, why, at: elsewhere })
    return undefined
  }
  return {
    consumer: consumer.name,
    consumerAt: consumer.at,
    chosen: answers.find((one) => one !== null) ?? undefined,
    accept: accepts.length === 1 ? accepts[0] : undefined,
  }
}

const accepting: ReadonlySet<string> = new Set(['accept', 'base_send'])

/** Where other code may call accept(): a decorator of connect(), or what a method hands the consumer to. */
function answeredElsewhere(all: Code, code: ConsumerCode): Place | undefined {
  const connect = code.methods.get('connect')
  const [decorator] = connect?.node.decorators ?? []
  if (connect !== undefined && decorator !== undefined) return placeIn(connect.file, decorator)
  for (const method of code.functions) {
    let found: Call | undefined
    eachOwn(method.node, (inner) => {
      if (
        inner.kind === 'Call' &&
        isGivenSelf(inner) &&
        mayAskOfIt(all, inner, methodOfConsumer(code, method), accepting)
      )
        found ??= inner
    })
    if (found !== undefined) return placeIn(method.file, found)
  }
  return undefined
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
