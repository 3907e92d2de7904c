import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import type { Router } from '../types.ts'
import { type RouterOptions, startRouter } from './router.ts'
import { openSocket } from './socket.ts'
import { storedCertificate } from './stored-certificate.ts'

const host = 'app-1a2b3c4d5e6f.herokuapp.com'
const ends: (() => unknown)[] = []

afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function listening(server: net.Server): Promise<number> {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  ends.push(() => server.close())
  return (server.address() as AddressInfo).port
}

async function dyno(
  handle: http.RequestListener,
  sockets?: (server: WebSocketServer) => void,
): Promise<{ host: string; port: number }> {
  const server = http.createServer(handle)
  if (sockets !== undefined) sockets(new WebSocketServer({ server }))
  ends.push(() => server.closeAllConnections())
  return { host: '127.0.0.1', port: await listening(server) }
}

async function router(dynos: RouterOptions['dynos'], idleMs = 5000, firstByteMs = 5000): Promise<Router> {
  const started = await startRouter({ dynos, certificate: storedCertificate, host, idleMs, firstByteMs })
  ends.push(() => started.close())
  return started
}

interface Answer {
  status: number
  headers: http.IncomingHttpHeaders
  body: string
  broken: boolean
}

function request(port: number, path: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method: body === undefined ? 'GET' : 'POST', rejectUnauthorized: false, agent: false } as const
    const outgoing = https.request(
      { host: '127.0.0.1', port, path, headers: { Host: host, ...headers }, ...options },
      (incoming) => {
        let text = ''
        const end = (broken: boolean) =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text, broken })
        incoming.on('data', (chunk) => {
          text += chunk
        })
        incoming.on('end', () => end(false))
        incoming.on('error', () => end(true))
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

describe('a request through the router', () => {
  test('arrives in plain HTTP with the host it was for and the headers of the platform', async () => {
    const { port } = await router([
      await dyno((incoming, response) => response.end(JSON.stringify({ ...incoming.headers, url: incoming.url }))),
    ])
    const answer = await request(port, '/a/?b=c', { 'X-Forwarded-For': '203.0.113.9', 'X-Forwarded-Proto': 'http' })
    const seen = JSON.parse(answer.body)
    expect(seen).toMatchObject({
      host,
      url: '/a/?b=c',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
      'x-forwarded-for': '203.0.113.9, 127.0.0.1',
      via: '1.1 heroku-router',
    })
    expect(seen['x-request-id']).toMatch(/^[0-9a-f-]{36}$/u)
    expect(seen['x-request-start']).toMatch(/^\d{13}$/u)
  })

  test('carries its body there and the answer back, repeated headers apart', async () => {
    const { port, log } = await router([
      await dyno((incoming, response) => {
        response.writeHead(302, { Location: '/next/', 'Set-Cookie': ['a=1', 'b=2'] })
        incoming.pipe(response)
      }),
    ])
    const answer = await request(port, '/', {}, 'x'.repeat(100_000))
    expect(answer).toMatchObject({ status: 302, headers: { location: '/next/', 'set-cookie': ['a=1', 'b=2'] } })
    expect(answer.body).toHaveLength(100_000)
    expect(log()).toEqual([{ code: undefined, status: 302, path: '/', dyno: 0 }])
  })

  test('for another host is nobody’s', async () => {
    const { port } = await router([await dyno((_, response) => response.end('here'))])
    expect(await request(port, '/', { Host: 'evil.example' })).toMatchObject({ status: 404, body: 'No such app' })
    expect(await request(port, '/', { Host: `${host}:443` })).toMatchObject({ status: 200 })
  })

  test('reaches the dyno that was picked', async () => {
    const { port, pick } = await router([
      await dyno((_, response) => response.end('first')),
      await dyno((_, response) => response.end('second')),
    ])
    for (const [index, body] of ['first', 'second'].entries()) {
      pick(index)
      expect((await request(port, '/')).body).toBe(body)
    }
  })
})

describe('errors of the router', () => {
  const silent = () => undefined

  test('H21 when the dyno refuses, H10 when it has crashed', async () => {
    const server = net.createServer()
    const free = await listening(server)
    server.close()
    await once(server, 'close')
    const refusing = await router([{ host: '127.0.0.1', port: free }])
    expect((await request(refusing.port, '/')).status).toBe(503)
    expect(refusing.log()[0]?.code).toBe('H21')
    const crashed = await router([{ host: '127.0.0.1', port: free, crashed: () => true }])
    expect((await request(crashed.port, '/')).body).toContain('H10')
    expect(await openSocket(`wss://${host}/ws/`, { port: crashed.port })).toMatchObject({
      state: 'refused',
      status: 503,
    })
  })

  test('H13 when the dyno hangs up without an answer', async () => {
    const port = await listening(net.createServer((socket) => socket.destroy()))
    const { log, port: front } = await router([{ host: '127.0.0.1', port }])
    expect((await request(front, '/')).status).toBe(503)
    expect(log()[0]?.code).toBe('H13')
  })

  test('H12 when no first byte comes in time', async () => {
    const { port, log } = await router([await dyno(silent)], 5000, 60)
    expect((await request(port, '/')).status).toBe(503)
    expect((await openSocket(`wss://${host}/ws/`, { port })).state).toBe('refused')
    expect(log().map(({ code }) => code)).toContain('H12')
  })

  test('H15 when an answer stops in the middle', async () => {
    const { port, log } = await router([await dyno((_, response) => response.write('half'))], 110)
    expect(await request(port, '/')).toMatchObject({ status: 200, body: 'half', broken: true })
    expect(log().at(-1)?.code).toBe('H15')
  })
})

describe('a WebSocket through the router', () => {
  const notHere: http.RequestListener = (_, response) => response.writeHead(404).end('no socket here')

  test('opens, echoes, tells protocol, Origin and cookie on, and closes with the server’s code', async () => {
    const { port } = await router([
      await dyno(notHere, (server) => {
        server.on('connection', (socket, incoming) => {
          const { origin, cookie, host: named, connection } = incoming.headers
          socket.send(JSON.stringify({ origin, cookie, named, connection }))
          socket.on('message', (data) => {
            if (String(data) === 'end') socket.close(4001, 'enough')
            else socket.send(String(data))
          })
        })
      }),
    ])
    const socket = await openSocket(`wss://${host}/ws/`, {
      port,
      origin: `https://${host}`,
      cookie: 'sessionid=abc',
      protocols: ['chat'],
    })
    if (socket.state !== 'open') throw new Error(JSON.stringify(socket))
    expect(socket.protocol).toBe('chat')
    expect(JSON.parse((await socket.next(() => true, 2000)) ?? '')).toEqual({
      origin: `https://${host}`,
      cookie: 'sessionid=abc',
      named: host,
      connection: 'Upgrade',
    })
    socket.send('hello')
    expect(await socket.next((message) => message === 'hello', 2000)).toBe('hello')
    expect(await socket.next((message) => message === 'never', 20)).toBeUndefined()
    // An equal text that came before is not the next one.
    const before = socket.messages.length
    expect(await socket.next((message) => message === 'hello', 20, before)).toBeUndefined()
    socket.send('hello')
    expect(await socket.next((message) => message === 'hello', 2000, before)).toBe('hello')
    socket.send('end')
    expect(await socket.outlives(2000)).toEqual({ code: 4001, reason: 'enough' })
  })

  test('that is refused gives the status and the text of the refusal', async () => {
    const { port } = await router([await dyno(notHere)])
    expect(await openSocket(`wss://${host}/ws/`, { port })).toEqual({
      state: 'refused',
      status: 404,
      body: 'no socket here',
    })
  })

  test('that is silent ends with the window, H15 in the log', async () => {
    const { port, log } = await router([await dyno(notHere, () => undefined)], 150)
    const socket = await openSocket(`wss://${host}/ws/`, { port })
    if (socket.state !== 'open') throw new Error(JSON.stringify(socket))
    expect(await socket.outlives(3000)).toMatchObject({ code: 1006 })
    expect(log().at(-1)).toMatchObject({ code: 'H15', path: '/ws/', dyno: 0 })
  })

  test('lives on pings of the server alone', async () => {
    const { port } = await router(
      [
        await dyno(notHere, (server) => {
          server.on('connection', (socket) => {
            const timer = setInterval(() => socket.ping(), 60)
            socket.on('close', () => clearInterval(timer))
          })
        }),
      ],
      400,
    )
    const socket = await openSocket(`wss://${host}/ws/`, { port })
    if (socket.state !== 'open') throw new Error(JSON.stringify(socket))
    expect(await socket.outlives(900)).toBeUndefined()
    expect(socket.pings.length).toBeGreaterThan(2)
    socket.close()
  })

  test('ends when its dyno ends', async () => {
    let end = () => {}
    const { port } = await router([
      await dyno(notHere, (server) => {
        end = () => {
          for (const socket of server.clients) socket.terminate()
        }
      }),
    ])
    const socket = await openSocket(`wss://${host}/ws/`, { port })
    if (socket.state !== 'open') throw new Error(JSON.stringify(socket))
    end()
    expect(await socket.outlives(2000)).toMatchObject({ code: 1006 })
  })
})
