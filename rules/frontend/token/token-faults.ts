import type { App } from '../../../src/app/app.ts'
import type { CredentialSource, CustomMiddleware } from '../../../src/app/asgi/model.ts'
import { isOpaque, websocketStacks } from '../../../src/app/asgi/stacks.ts'
import { conditionsOf } from '../../../src/app/frontend/insecure-sockets.ts'
import type { Socket, SocketUrl, UrlPart } from '../../../src/app/frontend/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { servesAnybody } from './anonymous.ts'

/** A socket that lacks the token its backend looks for, or shows it in the URL. */
export interface TokenFault {
  /** `unasked`: it is missing, and nothing that runs for the socket needs it. */
  readonly kind: 'missing' | 'unasked' | 'logged'
  readonly socket: Socket
  readonly at: Place
  /** The parameter. */
  readonly name: string
  readonly from: CredentialSource['from']
  readonly middleware: CustomMiddleware | undefined
  readonly when: Text | undefined
}

/** Names under which a credential goes in a query string. */
const secret =
  /^(?:token|access|access[_-]?token|auth|auth[_-]?token|jwt|session[_-]?key|api[_-]?key|key|ticket|bearer)$/i

export function tokenFaults(app: App): TokenFault[] {
  const wanted = wantedToken(app)
  const asks = asksQuery(app)
  return app.frontend.sockets.flatMap((socket): TokenFault[] => {
    const own = socket.urls.filter(({ host }) => host.kind !== 'literal')
    const [url] = own
    if (url === undefined || own.length < socket.urls.length) return []
    // Behind an address that nobody can read, it is the app only where that looks for something in the query.
    const ours = own.filter(({ path }) => path !== undefined || asks)
    const logged = ours.flatMap((one) => parameters(one)).find(({ name, known }) => secret.test(name) && !known)
    if (logged !== undefined && logged.name.toLowerCase() !== 'ticket') {
      return [
        {
          kind: 'logged',
          socket,
          at: socket.argument ?? socket.at,
          name: logged.name,
          from: 'query',
          middleware: undefined,
          when: conditionsOf(socket, []),
        },
      ]
    }
    if (wanted === undefined || own.some((one) => sends(one, socket, wanted.source))) return []
    const name = wanted.source.name ?? 'token'
    return [
      {
        kind: wanted.needed ? 'missing' : 'unasked',
        socket,
        at: socket.at,
        name,
        from: wanted.source.from,
        middleware: wanted.middleware,
        when: conditionsOf(socket, url.when),
      },
    ]
  })
}

/** Whether what answers the sockets looks into the query string. */
function asksQuery(app: App): boolean {
  const wrappers = websocketStacks(app.asgi.application).flatMap(({ ends }) => ends.flatMap((end) => end.wrappers))
  return (
    app.asgi.consumers.some(({ scope }) => scope.has('query_string')) ||
    wrappers.some(({ custom }) => custom?.reads.some(({ from }) => from === 'query'))
  )
}

/** The one credential that the middleware of the whole stack looks for; undefined when cookies, or several ways, would do as well. */
function wantedToken(
  app: App,
): { source: CredentialSource; middleware: CustomMiddleware; needed: boolean } | undefined {
  const stacks = websocketStacks(app.asgi.application)
  const [stack] = stacks
  if (stack === undefined || stacks.length > 1 || stack.open || stack.ends.length === 0) return undefined
  const [first] = stack.ends
  const customs = (first?.wrappers ?? []).filter(({ custom }) => custom !== undefined && custom.reads.length > 0)
  const [only] = customs
  const custom = only?.custom
  if (custom === undefined || customs.length > 1) return undefined
  const elsewhere = stack.ends.some(
    ({ wrappers }) =>
      !wrappers.some((one) => one.custom?.at.span.start === custom.at.span.start) ||
      wrappers.some(
        (one) => one.role === 'auth' || one.role === 'session' || (isOpaque(one) && one.custom === undefined),
      ),
  )
  const [source] = custom.reads
  if (
    elsewhere ||
    source === undefined ||
    custom.reads.length > 1 ||
    custom.readsElsewhere ||
    (source.from !== 'query' && source.from !== 'subprotocol')
  )
    return undefined
  const consumers = stack.ends.map(({ consumer }) => consumer)
  return { source, middleware: custom, needed: !servesAnybody(app, custom, source, consumers) }
}

function sends(url: SocketUrl, socket: Socket, source: CredentialSource): boolean {
  if (source.from === 'subprotocol') return socket.subprotocols !== undefined
  if (url.path === undefined && url.query === undefined) return true
  if (source.name === undefined) return url.query !== undefined
  // A query that is one unknown value may hold anything.
  return parameters(url).some(({ name }) => name === source.name || name === '')
}

interface Parameter {
  /** Empty when the name itself is not known. */
  readonly name: string
  /** The whole value is written in the source. */
  readonly known: boolean
}

function parameters({ query }: SocketUrl): Parameter[] {
  if (query === undefined) return []
  let open: { name: string; parts: UrlPart[] } = { name: '', parts: [] }
  const all = [open]
  for (const part of query) {
    if (typeof part !== 'string') {
      open.parts.push(part)
      continue
    }
    for (const [index, piece] of part.split('&').entries()) {
      if (index > 0) {
        open = { name: '', parts: [] }
        all.push(open)
      }
      const cut = open.name === '' && open.parts.length === 0 ? piece.indexOf('=') : -1
      if (cut >= 0) open.name = piece.slice(0, cut)
      const value = piece.slice(cut + 1)
      if (value !== '') open.parts.push(value)
    }
  }
  return all.map(({ name, parts }) => ({ name, known: parts.every((part) => typeof part === 'string') }))
}
