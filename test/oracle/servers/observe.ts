import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server as Listener } from 'node:net'
import WebSocket from 'ws'

/** What a command line did in reality. */
export interface Outcome {
  /** Exit code when it ended by itself; undefined: it stayed. */
  readonly exit: number | undefined
  /** `0.0.0.0:5151`, `[::]:5151`, `unix:/tmp/x`, `fd:3`: what it listens on, sorted. Empty when it ended. */
  readonly listens: readonly string[]
  readonly webSocket: 'accepted' | 'refused' | undefined
  /** Seconds from the handshake to each of the first pings within {@link watched} seconds; undefined: not watched. */
  readonly pings: readonly number[] | undefined
  /** Scheme the application sees of a request with `X-Forwarded-Proto: https` from another machine. */
  readonly http: string | undefined
  readonly ws: string | undefined
}

/** Seconds during which pings are waited for. */
export const watched = 5
const patience = 20_000
const router = { 4: '10.77.0.1', 6: 'fd77::1' } as const
const forwarded = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-For': '203.0.113.9' }
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** TCP sockets in LISTEN state of this network namespace. */
function tcpListeners(): string[] {
  return ['tcp', 'tcp6'].flatMap((table) =>
    readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .slice(1)
      .flatMap((row) => {
        const [, local = '', , state] = row.trim().split(/\s+/)
        if (state !== '0A') return []
        const [address = '', port = ''] = local.split(':')
        return [`${table === 'tcp' ? dotted(address) : colons(address)}:${Number.parseInt(port, 16)}`]
      }),
  )
}

/** The kernel prints addresses in words of the machine's byte order. */
function dotted(hex: string): string {
  return (hex.match(/../g) ?? [])
    .map((byte) => Number.parseInt(byte, 16))
    .reverse()
    .join('.')
}

function colons(hex: string): string {
  const bytes = (hex.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse())
  const text = bytes.join('')
  if (/^0+$/.test(text)) return '[::]'
  if (/^0+1$/.test(text)) return '[::1]'
  return `[${text.match(/.{4}/g)?.join(':')}]`
}

function unixListeners(): string[] {
  return readFileSync('/proc/net/unix', 'utf8')
    .split('\n')
    .flatMap((row) => {
      const [, , , flags, , , , path] = row.trim().split(/\s+/)
      return flags === '00010000' && path?.includes('dynolint') === true ? [`unix:${path}`] : []
    })
}

/**
 * Starts a command as a dyno would and looks at it from outside. It must run where nothing else listens (a network
 * namespace of its own, with the addresses of {@link router} on `lo`). All its processes are gone when this returns.
 */
export async function observe(
  command: string,
  options: { readonly home: string; readonly environment: Readonly<Record<string, string>> },
): Promise<Outcome> {
  rmSync('/tmp/dynolint.sock', { force: true })
  const fd = /--fd[ =]3|fd:\/\/3/.test(command) ? await inherited() : undefined
  const child = spawn('bash', ['-c', command], {
    cwd: options.home,
    env: { ...options.environment },
    detached: true,
    stdio: fd === undefined ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'pipe', 'pipe', fd.handle],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (data) => (output += String(data)))
  fd?.listener.close()
  try {
    const outcome = await look(child, command)
    if (process.env.ORACLE_SHOW !== undefined) console.error(`$ ${command}\n${output}`)
    return outcome
  } finally {
    await end(child)
  }
}

async function inherited(): Promise<{ listener: Listener; handle: number }> {
  const listener = createServer()
  await new Promise<void>((resolve) => listener.listen(5777, '127.0.0.1', resolve))
  const { _handle } = listener as unknown as { _handle: { fd: number } }
  return { listener, handle: _handle.fd }
}

async function look(child: ChildProcess, command: string): Promise<Outcome> {
  let exit: number | undefined
  child.once('exit', (code) => (exit = code ?? 255))
  const over = () => exit !== undefined
  const listens = await settled(over)
  const seen = over() ? undefined : await http(listens, over, 4)
  const version = seen === undefined && listens.some((one) => one.startsWith('[::]')) ? 6 : 4
  const reached = version === 6 && !over() ? await http(listens, over, 6) : seen
  const ended = {
    exit: exit ?? -1,
    listens: [],
    webSocket: undefined,
    pings: undefined,
    http: undefined,
    ws: undefined,
  }
  if (over() || listens.length === 0) return { ...ended, exit: exit ?? -1 }
  const socket = await webSocket(listens, /ping/i.test(command), over, version)
  if (over()) return { ...ended, exit: exit as number }
  return { exit: undefined, listens: await settled(over), http: reached, ...socket }
}

/** What listens once it no longer changes. */
async function settled(over: () => boolean): Promise<string[]> {
  const deadline = Date.now() + patience
  let before = ''
  let since = Date.now()
  while (!over() && Date.now() < deadline) {
    const now = [...new Set([...tcpListeners(), ...unixListeners()])].sort()
    const text = now.join(' ')
    if (text !== before) {
      before = text
      since = Date.now()
    } else if (text !== '' && Date.now() - since > 250) return now
    await sleep(40)
  }
  return []
}

/**
 * Where to knock: the dyno's port if it is there, else the first socket. asyncio gives a socket on `::` to IPv6 alone
 * (`uvicorn --host ::`), other servers to both.
 */
function door(listens: readonly string[], version: 4 | 6 = 4): { host: string; port: number; from: string } | string {
  const tcp = listens.find((one) => one.endsWith(':5151')) ?? listens.find((one) => !one.startsWith('unix:'))
  if (tcp === undefined) return (listens[0] as string).slice(5)
  const colon = tcp.lastIndexOf(':')
  const host = tcp.slice(0, colon).replace(/^\[|\]$/g, '')
  const six = host === '::' ? version === 6 : host.includes(':')
  const target = host === '0.0.0.0' ? router[4] : host === '::' ? router[version] : host
  return { host: target, port: Number(tcp.slice(colon + 1)), from: six ? router[6] : router[4] }
}

async function http(listens: readonly string[], over: () => boolean, version: 4 | 6): Promise<string | undefined> {
  if (listens.length === 0) return undefined
  const where = door(listens, version)
  const address =
    typeof where === 'string' ? { socketPath: where } : { host: where.host, port: where.port, localAddress: where.from }
  // A process that listens first and imports its application later may still fail.
  await sleep(150)
  for (let tries = 0; tries < 3 && !over(); tries++) {
    const answer = await new Promise<string | undefined>((resolve) => {
      const asked = request(
        { ...address, path: '/', headers: { ...forwarded, Host: 'example.org', Connection: 'close' }, timeout: 8000 },
        (response) => {
          let body = ''
          response.on('data', (data) => (body += String(data)))
          response.on('end', () => resolve(response.statusCode === 200 ? body : undefined))
        },
      )
      asked.on('timeout', () => asked.destroy())
      asked.on('error', () => resolve(undefined))
      asked.end()
    })
    if (answer !== undefined) return /^https?$/.test(answer) ? answer : undefined
    await sleep(300)
  }
  return undefined
}

async function webSocket(
  listens: readonly string[],
  watch: boolean,
  over: () => boolean,
  version: 4 | 6,
): Promise<Pick<Outcome, 'webSocket' | 'pings' | 'ws'>> {
  const where = door(listens, version)
  const url =
    typeof where === 'string'
      ? `ws+unix://${where}:/`
      : `ws://${where.host.includes(':') ? `[${where.host}]` : where.host}:${where.port}/`
  const from = typeof where === 'string' ? {} : { localAddress: where.from }
  const headers = { ...forwarded, Host: 'example.org' }
  const client = new WebSocket(url, { headers, handshakeTimeout: 6000, ...from })
  const refused = { webSocket: 'refused', pings: undefined, ws: undefined } as const
  return await new Promise((resolve) => {
    let opened = 0
    let scheme: string | undefined
    const close = (result: Pick<Outcome, 'webSocket' | 'pings' | 'ws'>) => {
      client.removeAllListeners()
      client.on('error', () => undefined)
      client.terminate()
      resolve(result)
    }
    const pings: number[] = []
    const finish = () =>
      opened === 0 ? close(refused) : close({ webSocket: 'accepted', ws: scheme, pings: watch ? pings : undefined })
    client.on('open', () => {
      opened = Date.now()
      setTimeout(finish, watched * 1000)
    })
    client.on('message', (data) => {
      scheme = String(data)
      if (!watch) finish()
    })
    client.on('ping', () => {
      if (pings.length < 5) pings.push(Math.round((Date.now() - opened) / 100) / 10)
    })
    client.on('error', finish)
    client.on('close', finish)
    if (over()) close(refused)
  })
}

/** Ends the process group, and in a process namespace of our own also what left it. */
async function end(child: ChildProcess): Promise<void> {
  const signal = (pid: number, name: NodeJS.Signals) => {
    try {
      process.kill(pid, name)
    } catch {
      // It is gone.
    }
  }
  if (child.pid !== undefined) signal(-child.pid, 'SIGKILL')
  if (process.env.ORACLE_NAMESPACE === 'own') {
    for (const name of readdirSync('/proc')) {
      if (/^\d+$/.test(name) && startedBelow(Number(name))) signal(Number(name), 'SIGKILL')
    }
  }
  const deadline = Date.now() + 3000
  while ([...tcpListeners(), ...unixListeners()].length > 0 && Date.now() < deadline) await sleep(20)
}

/** A server that became a daemon keeps the mark in its environment. */
function startedBelow(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes('DYNOLINT_ORACLE=server')
  } catch {
    return false
  }
}
