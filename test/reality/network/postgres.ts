import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { delay, runProcess, startProcess } from '../processes.ts'
import { makeCertificate } from './certificates.ts'

/** What a rig's Postgres is reached by; each part is what a config var can hold. */
export interface PostgresParts {
  /** `postgres://USER:PASSWORD@127.0.0.1:PORT/NAME` */
  readonly url: string
  readonly host: string
  readonly port: string
  readonly user: string
  readonly password: string
  readonly name: string
}

export interface Postgres {
  readonly parts: PostgresParts
  stop(): Promise<void>
}

/** Debian keeps one folder of programs per release. */
const releases = '/usr/lib/postgresql'

/** The folder of the newest Postgres of this machine; undefined: there is none. */
export function postgresPrograms(): string | undefined {
  if (!existsSync(releases)) return undefined
  const [newest] = readdirSync(releases).sort((a, b) => Number(b) - Number(a))
  const folder = newest === undefined ? undefined : join(releases, newest, 'bin')
  return folder !== undefined && existsSync(join(folder, 'initdb')) ? folder : undefined
}

/**
 * Starts a Postgres with an empty database on a free port of 127.0.0.1, its data in a folder of its own below `work`. It
 * asks for a password and offers TLS with a certificate of its own making, as heroku-postgresql does. Rejects when
 * it does not come up.
 */
export async function startPostgres(work: string): Promise<Postgres> {
  const programs = postgresPrograms()
  if (programs === undefined) throw new Error('no Postgres on this machine')
  const [user, password] = ['rig', 'p0f4a1c9e7b3d5']
  const env = { PATH: '/usr/bin:/bin', LANG: 'C.UTF-8', HOME: work }
  const data = join(work, 'postgres')
  const secret = join(work, 'postgres-password')
  writeFileSync(secret, password, { mode: 0o600 })
  const init = ['--pgdata', data, '--username', user, '--pwfile', secret, '--auth', 'scram-sha-256', '--no-sync']
  const log = join(work, 'postgres.log')
  const made = await runProcess(
    { argv: [...somebody(), join(programs, 'initdb'), ...init, '--encoding', 'UTF8'], cwd: work, env, log },
    60_000,
  )
  if (made.code !== 0) throw new Error(`initdb: ${made.log}`)
  const { certFile, keyFile } = await makeCertificate(join(work, 'postgres-tls'), 'postgres.example')
  const port = await freePort()
  const settings = [
    ...['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off'],
    ...['ssl=on', `ssl_cert_file=${certFile}`, `ssl_key_file=${keyFile}`],
  ]
  const running = await startProcess({
    argv: [...somebody(), join(programs, 'postgres'), '-D', data, ...settings.flatMap((setting) => ['-c', setting])],
    cwd: work,
    env,
    log,
  })
  for (let waited = 0; !running.log().includes('ready to accept connections'); waited += 50) {
    if (running.code() !== undefined || waited > 30_000) {
      await running.stop()
      throw new Error(`Postgres did not start:\n${running.log()}`)
    }
    await delay(50)
  }
  // The database that initdb makes for the superuser; one more would need a client.
  const name = 'postgres'
  const parts = { host: '127.0.0.1', port: String(port), user, password, name }
  return {
    parts: { ...parts, url: `postgres://${user}:${password}@127.0.0.1:${port}/${name}` },
    stop: () => running.stop(5000),
  }
}

/** Postgres refuses to run as root: to itself it is somebody else, in a user namespace of its own. */
function somebody(): string[] {
  return process.getuid?.() === 0 ? ['unshare', '--user', '--map-user=1000', '--map-group=1000', '--'] : []
}

/** A port that nothing listens on at this moment. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}
