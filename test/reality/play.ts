import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Shown } from './agreement.ts'
import { type Case, hops } from './case.ts'
import { type ConfigVars, configVarsOf, dynoEnvironment } from './environment.ts'
import { hopRuns } from './hops/index.ts'
import { makeCertificate } from './network/certificates.ts'
import { postgresPrograms, startPostgres } from './network/postgres.ts'
import { startRedis } from './network/redis.ts'
import { type Project, projectOf, writeProject } from './tree.ts'
import type { Redis, Time, World } from './types.ts'
import { type Chain, type Said, verdictOf } from './verdict.ts'

/** The platform's 55 s and 60 s, scaled down; the silence is real. */
const usual: Time = { idleMs: 5500, bootMs: 30_000, silenceMs: 12_000 }

export interface Played {
  readonly shown: Shown
  readonly said: readonly Said[]
  readonly chain: Chain
  readonly ms: number
}

/** Runs one case: the linter over its tree, then hop after hop up to the first that breaks. Ends all it started. */
export async function play(
  one: Case,
  { keep = false, project = projectOf(one) }: { keep?: boolean; project?: Project } = {},
): Promise<Played> {
  const begin = Date.now()
  const { said, chain } = await verdictOf(one, project)
  const work = mkdtempSync(join(tmpdir(), 'reality-'))
  const root = join(work, 'app')
  mkdirSync(root)
  writeProject(project, root)
  const atEnd: World['atEnd'] = []
  try {
    const vars = configVarsOf(one, root)
    const redis = await redisFor(vars, work)
    if (redis !== undefined) atEnd.push(() => redis.stop())
    const config: Record<string, string> = { ...vars.vars }
    if (redis !== undefined && vars.redis !== undefined) config[vars.redis.name] = redis.url
    if (vars.sqlite) config.DATABASE_URL = `sqlite:///${join(work, 'database.sqlite3')}`
    if (vars.postgres.size > 0) {
      if (postgresPrograms() === undefined) throw new NotHere('no Postgres on this machine')
      const postgres = await startPostgres(work)
      atEnd.push(() => postgres.stop())
      for (const [name, part] of vars.postgres) config[name] = postgres.parts[part]
    }
    const time = { ...usual, ...Object.fromEntries(Object.entries(one.time).filter(([, ms]) => ms !== undefined)) }
    const world: World = {
      ...{ case: one, root, app: root, config, env: {}, venv: '', dynos: [], redis, router: undefined },
      ...{ host: vars.host, work, time, atEnd },
    }
    const shown = await walk(world)
    return { shown, said, chain, ms: Date.now() - begin }
  } finally {
    for (const end of atEnd.reverse()) await end()
    if (keep) process.stderr.write(`${one.name}: ${work}\n`)
    else rmSync(work, { recursive: true, force: true })
  }
}

async function walk(world: World): Promise<Shown> {
  const skipped: Shown['skipped'] = {}
  const skip = skipped as Record<string, string>
  const last = hops.indexOf(world.case.until ?? 'safety')
  for (const [hop, run] of hopRuns) {
    if (hops.indexOf(hop) > last) break
    const outcome = await run(world)
    if (outcome.state === 'breaks') return { breaks: hop, evidence: plain(outcome.evidence, world), skipped }
    if (outcome.state === 'skipped') skip[hop] = outcome.why
    if (hop === 'build') {
      // Without what the build installs, nothing after it can be seen.
      if (outcome.state === 'skipped') throw new NotHere(outcome.why)
      world.env = dynoEnvironment(world.root, world.venv, world.config)
    }
  }
  const run = new Set(hopRuns.map(([hop]) => hop))
  for (const hop of hops) if (!run.has(hop) || hops.indexOf(hop) > last) skip[hop] = 'not run'
  return { breaks: 'none', evidence: '', skipped }
}

/** This machine lacks what the case needs. */
export class NotHere extends Error {}

async function redisFor({ redis }: ConfigVars, work: string): Promise<Redis | undefined> {
  if (redis === undefined) return undefined
  const path = process.env.PATH ?? '/usr/bin:/bin'
  try {
    const certificate = redis.tls ? await makeCertificate(join(work, 'redis'), 'redis.example') : undefined
    return await startRedis({ certificate, password: 'p0f4a1c9e7b3d5', work, path })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new NotHere('no redis-server on this machine')
    throw error
  }
}

/** Evidence without this run's own folders and ports, so that it can be stored. */
function plain(evidence: string, world: World): string {
  const timeless = evidence.replace(/\d{4}-\d\d-\d\d[ T][\d:,.]+(?: [+-]\d{4})? ?/gu, '').replace(/\[\] \[\d+\] /gu, '')
  let out = timeless.replaceAll(world.root, '/app').replaceAll(world.work, '/work')
  // Where it was installed, before this run.
  out = out.replaceAll(new RegExp(`${tmpdir()}/reality-\\w+`, 'gu'), '/app')
  out = out.replace(/\/work\/dynos\/(?:web|release|run)\.\d+/gu, '/app')
  if (world.venv !== '') out = out.replaceAll(world.venv, '/app/.heroku/python')
  for (const { port } of world.dynos) out = out.replaceAll(String(port), '$PORT')
  return out
}
