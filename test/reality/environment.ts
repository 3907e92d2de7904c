import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Case } from './case.ts'
import type { PostgresParts } from './network/postgres.ts'

/** What the platform attaches to the app, and the config vars its owner set. */
export interface ConfigVars {
  /** Without the variables of add-ons the rig runs itself. */
  readonly vars: Readonly<Record<string, string>>
  /** Variables that a Redis of the rig fills. */
  readonly redis: { readonly name: string; readonly tls: boolean } | undefined
  /** Whether DATABASE_URL names a file of the rig. */
  readonly sqlite: boolean
  /** Variables that a Postgres of the rig fills, and with which part. */
  readonly postgres: ReadonlyMap<string, keyof PostgresParts>
  /** The app's domain. */
  readonly host: string
}

const postgresParts: ReadonlyMap<string, keyof PostgresParts> = new Map([
  ['rig-postgres', 'url'],
  ['rig-postgres-host', 'host'],
  ['rig-postgres-port', 'port'],
  ['rig-postgres-user', 'user'],
  ['rig-postgres-password', 'password'],
  ['rig-postgres-name', 'name'],
])

interface Manifest {
  readonly addons?: readonly (string | { readonly plan?: string })[]
  readonly env?: Readonly<Record<string, string | { readonly value?: string; readonly generator?: string }>>
}

/**
 * The config vars of the app a case describes, read from app.json and the case alone. An app whose add-ons nobody lists has
 * the guide's heroku-redis and a database.
 */
export function configVarsOf(one: Case, root: string): ConfigVars {
  const manifest = manifestOf(root)
  const addons = (manifest.addons ?? ['heroku-redis', 'heroku-postgresql'])
    .map((addon) => (typeof addon === 'string' ? addon : (addon.plan ?? '')))
    .map((plan) => plan.split(':')[0])
  const vars = new Map<string, string>()
  for (const [name, value] of Object.entries(manifest.env ?? {})) {
    if (typeof value === 'string') vars.set(name, value)
    else if (value.value !== undefined) vars.set(name, value.value)
    else if (value.generator === 'secret') vars.set(name, secret(`${one.name} ${name}`))
  }
  if (addons.includes('heroku-redis')) vars.set('REDIS_URL', 'rig-tls')
  if (addons.includes('rediscloud')) vars.set('REDISCLOUD_URL', 'rig-plain')
  // A public project may ask for what only Postgres understands: sslmode, a search path.
  const database = one.base === 'project' ? 'rig-postgres' : 'rig-sqlite'
  if (addons.includes('heroku-postgresql')) vars.set('DATABASE_URL', database)
  for (const [name, value] of Object.entries(one.env)) {
    if (value === false) vars.delete(name)
    else vars.set(name, value)
  }
  const redis = [...vars].find(([, value]) => value === 'rig-tls' || value === 'rig-plain')
  const sqlite = vars.get('DATABASE_URL') === 'rig-sqlite'
  return {
    vars: Object.fromEntries([...vars].filter(([, value]) => !value.startsWith('rig-'))),
    redis: redis === undefined ? undefined : { name: redis[0], tls: redis[1] === 'rig-tls' },
    sqlite,
    postgres: new Map(
      [...vars].flatMap(([name, value]): [string, keyof PostgresParts][] => {
        const part = postgresParts.get(value)
        return part === undefined ? [] : [[name, part]]
      }),
    ),
    host: /[\w-]+\.herokuapp\.com/u.exec([...vars.values()].join(' '))?.[0] ?? 'rig-1234567890ab.herokuapp.com',
  }
}

/** What a run of the buildpack adds at boot (.profile.d of v351, on a dyno with 512 MB), below the config vars. */
export function dynoEnvironment(
  root: string,
  venv: string,
  vars: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    PYTHONPATH: root,
    LANG: 'C.UTF-8',
    GUNICORN_CMD_ARGS: '--access-logfile -',
    ...(vars.WEB_CONCURRENCY === undefined ? { WEB_CONCURRENCY: '2', WEB_CONCURRENCY_SET_BY: 'heroku/python' } : {}),
    ...vars,
    DYNO_RAM: '512',
    FORWARDED_ALLOW_IPS: '*',
    PYTHONUNBUFFERED: 'true',
    PIP_DISABLE_PIP_VERSION_CHECK: '1',
    HOME: root,
    PATH: `${join(venv, 'bin')}:/usr/bin:/bin`,
  }
}

/** What commands of the build see: config vars, no dyno. */
export function buildEnvironment(
  root: string,
  venv: string,
  vars: Readonly<Record<string, string>>,
): Record<string, string> {
  return {
    PYTHONPATH: '.',
    LANG: 'C.UTF-8',
    ...vars,
    PYTHONUNBUFFERED: '1',
    HOME: root,
    PATH: `${join(venv, 'bin')}:/usr/bin:/bin`,
  }
}

function manifestOf(root: string): Manifest {
  const file = join(root, 'app.json')
  if (!existsSync(file)) return {}
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Manifest
  } catch {
    return {}
  }
}

/** A value as long and as mixed as the platform's own, the same in every run of the case. */
function secret(of: string): string {
  return createHash('sha256').update(of).digest('hex')
}
