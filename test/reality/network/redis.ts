import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startProcess } from '../processes.ts'
import type { Redis } from '../types.ts'
import type { Certificate } from './certificates.ts'

export interface RedisOptions {
  /** With it, only TLS is spoken, as on every current plan of heroku-redis; without it, only plain text. */
  readonly certificate: Certificate | undefined
  readonly password: string
  /** A folder for its log (absolute). */
  readonly work: string
  /** PATH to look for redis-server in. */
  readonly path: string
}

/** Starts Debian's redis-server on a free port of 127.0.0.1, in memory only. Rejects when it does not come up. */
export async function startRedis(options: RedisOptions): Promise<Redis> {
  const port = await freePort()
  const { certificate, password, work } = options
  const files = certificate && ['--tls-cert-file', certificate.certFile, '--tls-key-file', certificate.keyFile]
  const speaks = files
    ? ['--port', '0', '--tls-port', String(port), ...files, '--tls-auth-clients', 'no']
    : ['--port', String(port)]
  const memory = ['--save', '', '--appendonly', 'no', '--dir', work]
  const running = await startProcess({
    argv: ['redis-server', '--bind', '127.0.0.1', ...speaks, '--requirepass', password, ...memory],
    cwd: work,
    env: { PATH: options.path },
    log: join(work, `redis-${port}.log`),
  })
  for (let waited = 0; !running.log().includes('Ready to accept connections'); waited += 20) {
    if (running.code() !== undefined || waited > 10_000) {
      await running.stop()
      throw new Error(`redis-server did not start:\n${running.log()}`)
    }
    await sleep(20)
  }
  const scheme = certificate === undefined ? 'redis' : 'rediss'
  return { url: `${scheme}://:${password}@127.0.0.1:${port}`, stop: () => running.stop() }
}

/** A port that nothing listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
