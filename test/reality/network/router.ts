import { randomUUID } from 'node:crypto'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Router, RouterLine } from '../types.ts'
import type { Certificate } from './certificates.ts'

/**
 * What the rig's router keeps of Heroku's (Dev Center: HTTP routing, Heroku error codes, WebSockets): TLS ends here, the dyno
 * gets plain HTTP with the request's own Host, X-Forwarded-For/-Proto/-Port, X-Request-Id, X-Request-Start and Via; a request for
 * another host is nobody's (404); the first byte of the answer is due in 30 s (H12); from then on every byte in
 * either direction opens the window of 55 s again, and its end closes both ends (H15).
 */
export interface RouterOptions {
  readonly dynos: readonly { readonly host: string; readonly port: number; readonly crashed?: () => boolean }[]
  readonly certificate: Pick<Certificate, 'key' | 'cert'>
  /** The app's domain. */
  readonly host: string
  /** The rolling window: 55 s on the platform. */
  readonly idleMs: number
  /** The bound for the first byte: 30 s on the platform. Default 15 s: a busy machine is slow to answer, not broken. */
  readonly firstByteMs?: number
}

type Code = NonNullable<RouterLine['code']>

const descriptions: Readonly<Record<Code, { readonly status: number; readonly text: string }>> = {
  H10: { status: 503, text: 'App crashed' },
  H12: { status: 503, text: 'Request timeout' },
  H13: { status: 503, text: 'Connection closed without response' },
  H15: { status: 503, text: 'Idle connection' },
  H21: { status: 503, text: 'Backend connection refused' },
}

/** Headers that are about one connection, not about the message. */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'upgrade',
  'transfer-encoding',
])
/** What only the router may say. */
const ours = new Set(['x-forwarded-proto', 'x-forwarded-port', 'x-request-start', 'x-request-id', 'via'])

/** Starts the router on a free port of 127.0.0.1. */
export async function startRouter(options: RouterOptions): Promise<Router> {
  const { dynos, idleMs } = options
  const firstByteMs = options.firstByteMs ?? 15_000
  const lines: RouterLine[] = []
  const sockets = new Set<Duplex>()
  let chosen: number | undefined

  const choose = () => chosen ?? Math.floor(Math.random() * dynos.length)
  const note = (request: http.IncomingMessage, status: number, dyno: number | undefined, code?: Code) =>
    lines.push({ code, status, path: request.url ?? '', dyno })
  const elsewhere = (request: http.IncomingMessage) =>
    (request.headers.host ?? '').replace(/:\d+$/u, '').toLowerCase() !== options.host

  function refused(dyno: number, error: Error): Code {
    if ('code' in error && error.code === 'ECONNREFUSED') return dynos[dyno]?.crashed?.() ? 'H10' : 'H21'
    return 'H13'
  }

  function forward(request: http.IncomingMessage, dyno: number, upgrade: boolean): http.ClientRequest {
    const { host, port } = dynos[dyno] ?? { host: '127.0.0.1', port: 0 }
    const outgoing = http.request({
      host,
      port,
      method: request.method,
      path: request.url,
      setHost: false,
      agent: false,
      headers: forwardedHeaders(request, upgrade),
    })
    // The kernel would keep a byte back for its neighbours; a router does not.
    outgoing.setNoDelay(true)
    return outgoing
  }

  function serve(request: http.IncomingMessage, response: http.ServerResponse): void {
    if (elsewhere(request)) {
      note(request, 404, undefined)
      response.writeHead(404, { 'content-type': 'text/plain' }).end('No such app')
      return
    }
    const dyno = choose()
    const outgoing = forward(request, dyno, false)
    let over: Code | undefined
    const fail = (code: Code) => {
      if (over !== undefined) return
      over = code
      note(request, descriptions[code].status, dyno, code)
      if (response.headersSent) response.destroy()
      else response.writeHead(descriptions[code].status, { 'content-type': 'text/html' }).end(errorPage(code))
      outgoing.destroy()
    }
    const clock = window(firstByteMs, () => fail(response.headersSent ? 'H15' : 'H12'))
    outgoing.on('error', (error) => {
      clock.stop()
      if (!response.writableEnded) fail(refused(dyno, error))
    })
    outgoing.on('response', (incoming) => {
      note(request, incoming.statusCode ?? 0, dyno)
      clock.set(idleMs)
      response.writeHead(incoming.statusCode ?? 502, withoutHopByHop(incoming.rawHeaders))
      incoming.on('data', clock.touch)
      incoming.on('error', () => response.destroy())
      incoming.pipe(response)
    })
    request.on('data', clock.touch)
    response.on('close', () => {
      clock.stop()
      outgoing.destroy()
    })
    request.pipe(outgoing)
  }

  function switchProtocols(request: http.IncomingMessage, client: Duplex, head: Buffer): void {
    client.on('error', () => client.destroy())
    if (elsewhere(request)) {
      note(request, 404, undefined)
      answer(client, 404, 'No such app')
      return
    }
    const dyno = choose()
    const outgoing = forward(request, dyno, true)
    let server: Duplex | undefined
    let over = false
    const end = () => {
      over = true
      clock.stop()
      server?.destroy()
      outgoing.destroy()
      client.destroy()
    }
    const fail = (code: Code) => {
      if (over) return
      note(request, descriptions[code].status, dyno, code)
      over = true
      clock.stop()
      if (server === undefined) answer(client, descriptions[code].status, errorPage(code))
      else client.destroy()
      server?.destroy()
      outgoing.destroy()
    }
    const clock = window(firstByteMs, () => fail(server === undefined ? 'H12' : 'H15'))
    outgoing.on('error', (error) => {
      if (server === undefined) fail(refused(dyno, error))
    })
    outgoing.on('response', (incoming) => {
      clock.stop()
      note(request, incoming.statusCode ?? 0, dyno)
      const body: Buffer[] = []
      incoming.on('data', (chunk: Buffer) => body.push(chunk))
      incoming.on('error', end)
      incoming.on('end', () => answer(client, incoming.statusCode ?? 502, Buffer.concat(body).toString(), incoming))
    })
    outgoing.on('upgrade', (incoming, socket, first) => {
      server = socket
      sockets.add(socket)
      note(request, 101, dyno)
      clock.set(idleMs)
      client.write(`HTTP/1.1 101 Switching Protocols\r\n${rawLines(incoming.rawHeaders)}\r\n`)
      if (first.length > 0) client.write(first)
      if (head.length > 0) socket.write(head)
      for (const [from, to] of [
        [client, socket],
        [socket, client],
      ] as const) {
        from.on('data', clock.touch)
        from.on('error', end)
        from.on('close', end)
        from.pipe(to)
      }
      socket.on('close', () => sockets.delete(socket))
    })
    client.on('close', () => {
      if (server === undefined) end()
    })
    outgoing.end()
  }

  const server = https.createServer({ key: options.certificate.key, cert: options.certificate.cert }, serve)
  server.on('upgrade', switchProtocols)
  server.on('tlsClientError', () => undefined)
  server.on('secureConnection', (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    origin: `https://${options.host}`,
    pick(index) {
      chosen = index
    },
    log: () => lines,
    close: () =>
      new Promise<void>((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Calls `end` once `ms` have passed without a touch. */
function window(ms: number, end: () => void): { touch(): void; set(ms: number): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined = setTimeout(end, ms)
  return {
    touch: () => timer?.refresh(),
    set(next) {
      if (timer === undefined) return
      clearTimeout(timer)
      timer = setTimeout(end, next)
    },
    stop() {
      clearTimeout(timer)
      timer = undefined
    },
  }
}

/** The request's headers as the dyno gets them: names keep their case, repeated ones stay apart. */
function forwardedHeaders(request: http.IncomingMessage, upgrade: boolean): http.OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = {}
  const address = request.socket.remoteAddress ?? '127.0.0.1'
  const requestId = request.headers['x-request-id']
  let client = address
  for (const [name, value] of pairs(request.rawHeaders)) {
    const key = name.toLowerCase()
    if (hopByHop.has(key) || ours.has(key)) continue
    if (key === 'x-forwarded-for') {
      client = `${value}, ${address}`
      continue
    }
    const before = headers[name]
    headers[name] = before === undefined ? value : [before, value].flat()
  }
  headers.Connection = upgrade ? 'Upgrade' : 'close'
  if (upgrade) headers.Upgrade = request.headers.upgrade ?? 'websocket'
  headers['X-Request-Id'] = typeof requestId === 'string' ? requestId : randomUUID()
  headers['X-Forwarded-For'] = client
  headers['X-Forwarded-Proto'] = 'https'
  headers['X-Forwarded-Port'] = '443'
  headers.Via = '1.1 heroku-router'
  headers['X-Request-Start'] = String(Date.now())
  return headers
}

function* pairs(raw: readonly string[]): Generator<readonly [string, string]> {
  for (let index = 0; index + 1 < raw.length; index += 2) yield [raw[index] as string, raw[index + 1] as string]
}

function withoutHopByHop(raw: readonly string[]): http.OutgoingHttpHeaders {
  const headers: Record<string, string | string[]> = {}
  for (const [name, value] of pairs(raw)) {
    if (hopByHop.has(name.toLowerCase())) continue
    const before = headers[name]
    headers[name] = before === undefined ? value : [before, value].flat()
  }
  return headers
}

function rawLines(raw: readonly string[]): string {
  return [...pairs(raw)].map(([name, value]) => `${name}: ${value}\r\n`).join('')
}

/** A whole answer on a connection that asked for an upgrade and gets none. */
function answer(client: Duplex, status: number, body: string, from?: http.IncomingMessage): void {
  const headers = [...pairs(from?.rawHeaders ?? [])]
    .filter(([name]) => !hopByHop.has(name.toLowerCase()) && name.toLowerCase() !== 'content-length')
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  const length = `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n`
  client.end(`HTTP/1.1 ${status} ${http.STATUS_CODES[status] ?? ''}\r\n${headers}${length}\r\n${body}`)
}

/** Heroku's "Application error" page, with the code that its log names. */
function errorPage(code: Code): string {
  return `<!doctype html><title>Application error</title><p>Application error (${code} ${descriptions[code].text})</p>\n`
}
