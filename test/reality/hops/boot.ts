import { connect, createServer } from 'node:net'
import { join } from 'node:path'
import { diskOf } from '../disk.ts'
import { lastLine } from '../evidence.ts'
import { isOpen, type Listening, listeningOf } from '../listening.ts'
import { withClock } from '../network/clock.ts'
import { withProbe } from '../network/inside.ts'
import { probeFile } from '../network/probe.ts'
import { delay, type Running, startProcess } from '../processes.ts'
import { commandsOf } from '../procfile.ts'
import type { Dyno, Outcome, World } from '../types.ts'

const dynoCount = 2
/** A server that listens somewhere else will not come to $PORT later. */
const elsewhereMs = 2500

/** The web command on two dynos: each has to listen on $PORT, on all interfaces, and to stay alive until it answers. */
export async function boot(world: World): Promise<Outcome> {
  const commands = commandsOf(world.app)
  if (commands === undefined) return { state: 'breaks', evidence: 'no Procfile: no process types' }
  const command = commands.get('web')
  if (command === undefined) {
    const names = [...commands.keys()].join(', ')
    return { state: 'breaks', evidence: `no web process type (there are: ${names === '' ? 'none' : names})` }
  }
  if (command === '') return { state: 'breaks', evidence: 'the web process type has no command' }
  const started = await Promise.all(
    Array.from({ length: dynoCount }, async (_, index) => startDyno(world, command, index + 1, await freePort())),
  )
  world.dynos = started
  const end = { at: Date.now() + world.time.bootMs }
  const outcomes = await Promise.all(
    started.map(async (dyno) => {
      const outcome = await ready(dyno, end)
      // One dyno that fails is enough: the other gets a moment more.
      if (outcome.state === 'breaks') end.at = Math.min(end.at, Date.now() + elsewhereMs)
      return outcome
    }),
  )
  const broken = outcomes.filter((outcome) => outcome.state === 'breaks')
  // Two dynos share one machine here: that a literal port is taken says less than where the first one listens.
  return broken.find(({ evidence }) => !/already in use|^R10/u.test(evidence)) ?? broken[0] ?? { state: 'holds' }
}

async function startDyno(world: World, command: string, number: number, port: number): Promise<Dyno> {
  const start = (): Promise<Running> => {
    const { root, env } = diskOf(world, `web.${number}`)
    return startProcess({
      command,
      cwd: root,
      env: withProbe(withClock({ ...env, PORT: String(port) }, world.time.idleMs), probeFile(world, number)),
      log: join(world.work, `web.${number}.log`),
    })
  }
  const dyno: Dyno = {
    port,
    process: await start(),
    async restart() {
      await dyno.process.stop()
      dyno.process = await start()
      const outcome = await ready(dyno, { at: Date.now() + world.time.bootMs })
      if (outcome.state === 'breaks') throw new Error(`web.${number} did not come back: ${outcome.evidence}`)
    },
  }
  world.atEnd.push(() => dyno.process.stop(1500))
  return dyno
}

async function ready(dyno: Dyno, end: { readonly at: number }): Promise<Outcome> {
  let elsewhereSince: number | undefined
  for (;;) {
    const code = dyno.process.code()
    if (code !== undefined) return { state: 'breaks', evidence: `exit ${code}: ${lastLine(dyno.process.log())}` }
    const places = listeningOf(dyno.process.members())
    const there = places.filter(({ port }) => port === dyno.port)
    if (there.some(isOpen)) break
    if (places.length > 0) elsewhereSince ??= Date.now()
    const late = Date.now() > end.at
    if (late || (elsewhereSince !== undefined && Date.now() - elsewhereSince > elsewhereMs)) {
      return { state: 'breaks', evidence: unreachable(places, there, dyno) }
    }
    await delay(100)
  }
  return answers(dyno, end)
}

function unreachable(places: readonly Listening[], there: readonly Listening[], dyno: Dyno): string {
  const names = (list: readonly Listening[]): string => list.map(({ address, port }) => `${address}:${port}`).join(', ')
  if (there.length > 0) return `listens on ${names(there).replaceAll(String(dyno.port), '$PORT')} only`
  if (places.length > 0) return `listens on ${names(places)}, not on $PORT`
  return `R10: nothing listens on $PORT: ${lastLine(dyno.process.log())}`
}

/**
 * Waits for the first byte of an answer to one request, or for the end of the process: a server that listens before its
 * workers have loaded the application can still fall over. What the answer is, is the next hop's business.
 */
async function answers(dyno: Dyno, end: { readonly at: number }): Promise<Outcome> {
  while (Date.now() < end.at) {
    const answered = await firstByte(dyno.port, 3000)
    await delay(answered ? 0 : 200)
    const code = dyno.process.code()
    if (code !== undefined) return { state: 'breaks', evidence: `exit ${code}: ${lastLine(dyno.process.log())}` }
    if (answered) return { state: 'holds' }
  }
  return { state: 'holds' }
}

function firstByte(port: number, limitMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    const done = (answered: boolean): void => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(limitMs, () => done(false))
    socket.once('error', () => done(false))
    socket.once('close', () => done(false))
    socket.once('data', () => done(true))
    socket.write('GET /-/alive HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-Proto: https\r\nConnection: close\r\n\r\n')
  })
}

/** A port nobody listens on, below those the kernel gives to outgoing connections. */
async function freePort(): Promise<number> {
  for (;;) {
    const port = 10_000 + Math.floor(Math.random() * 20_000)
    const server = createServer()
    const free = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false))
      server.listen(port, '127.0.0.1', () => resolve(true))
    })
    if (!free) continue
    await new Promise((resolve) => {
      server.close(resolve)
    })
    return port
  }
}
