import { setTimeout as sleep } from 'node:timers/promises'
import { WebSocket } from 'ws'

export interface SocketOptions {
  /** Where the router listens; the URL's host goes into the Host header, as if DNS had led there. */
  readonly port: number
  readonly origin?: string | undefined
  readonly cookie?: string | undefined
  readonly protocols?: readonly string[] | undefined
  /** Bound for the handshake. Default 10 s. */
  readonly timeoutMs?: number
}

export interface Closed {
  /** The close code, 1006 when the connection ended without one. */
  readonly code: number
  readonly reason: string
}

/** A socket that was accepted. */
export interface OpenSocket {
  readonly state: 'open'
  readonly protocol: string
  /** Text of every message so far, binary ones as base64. */
  readonly messages: readonly string[]
  /** When pings of the server came: milliseconds since the socket opened. */
  readonly pings: readonly number[]
  send(text: string): void
  /** The first message that `fits`, of those from index `from` on (0: also of earlier ones); undefined when none comes in time or the socket closes. */
  next(fits: (message: string) => boolean, ms: number, from?: number): Promise<string | undefined>
  /** How it was closed by the other side, or undefined while it is open. */
  closed(): Closed | undefined
  /** Resolves with how it was closed, or undefined when it still lives after `ms`. */
  outlives(ms: number): Promise<Closed | undefined>
  close(): void
}

/** The handshake was answered, but not with 101. */
export interface RefusedSocket {
  readonly state: 'refused'
  readonly status: number
  readonly body: string
}

/** No answer that can be read as HTTP: the connection broke or nothing came in time. */
export interface FailedSocket {
  readonly state: 'failed'
  readonly error: string
}

/** Opens a WebSocket through the router as a browser would: its own pongs, Origin and cookies as told. Never rejects. */
export async function openSocket(
  url: string,
  options: SocketOptions,
): Promise<OpenSocket | RefusedSocket | FailedSocket> {
  const { host, pathname, search } = new URL(url)
  const socket = new WebSocket(`wss://127.0.0.1:${options.port}${pathname}${search}`, [...(options.protocols ?? [])], {
    headers: { Host: host, ...(options.cookie === undefined ? {} : { Cookie: options.cookie }) },
    ...(options.origin === undefined ? {} : { origin: options.origin }),
    rejectUnauthorized: false,
    handshakeTimeout: options.timeoutMs ?? 10_000,
  })
  const messages: string[] = []
  const pings: number[] = []
  const waiting = new Set<() => void>()
  let openedAt = 0
  let ended: Closed | undefined
  const wake = () => {
    for (const one of waiting) one()
  }
  socket.on('message', (data, binary) => {
    const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as Buffer)
    messages.push(bytes.toString(binary ? 'base64' : 'utf8'))
    wake()
  })
  socket.on('ping', () => pings.push(Date.now() - openedAt))
  socket.on('close', (code, reason) => {
    ended = { code, reason: reason.toString() }
    wake()
  })

  async function until(done: () => boolean, ms: number): Promise<void> {
    const limit = new AbortController()
    const { promise, resolve } = withResolvers()
    const look = () => {
      if (done() || ended !== undefined) resolve()
    }
    waiting.add(look)
    look()
    sleep(ms, undefined, { signal: limit.signal }).then(resolve, () => undefined)
    await promise
    limit.abort()
    waiting.delete(look)
  }

  const first = await new Promise<'open' | RefusedSocket | FailedSocket>((resolve) => {
    socket.once('open', () => resolve('open'))
    socket.on('error', (error) => resolve({ state: 'failed', error: error.message }))
    socket.once('unexpected-response', (request, response) => {
      let body = ''
      const done = () => {
        resolve({ state: 'refused', status: response.statusCode ?? 0, body })
        request.destroy()
      }
      response.on('data', (chunk: Buffer) => {
        if (body.length < 20_000) body += chunk.toString()
      })
      response.on('end', done)
      response.on('error', done)
    })
  })
  if (first !== 'open') return first
  openedAt = Date.now()
  return {
    state: 'open',
    protocol: socket.protocol,
    messages,
    pings,
    send: (text) => socket.send(text, () => undefined),
    async next(fits, ms, from = 0) {
      const found = () => messages.slice(from).find(fits)
      await until(() => found() !== undefined, ms)
      return found()
    },
    closed: () => ended,
    async outlives(ms) {
      await until(() => false, ms)
      return ended
    },
    close: () => socket.terminate(),
  }
}

/** A promise and what fulfils it. */
function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = () => {}
  const promise = new Promise<void>((fulfil) => {
    resolve = fulfil
  })
  return { promise, resolve }
}
