import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { type Shown, surprises } from './agreement.ts'
import { type Case, CaseError, loadCases } from './case.ts'
import { planOf } from './hops/build.ts'
import { type Correction, corrected, type Fated, fateOf, mendedTable, reasonsOf } from './mended.ts'
import { listedFolders, runProjects } from './projects/run.ts'
import { judgementOf, marksOf, type NotRun, type Row, rowLine, tableOf } from './table.ts'
import { type Project, projectOf, writeProject } from './tree.ts'
import { readVectors, storeVectors, type Vector, worse } from './vectors.ts'
import { install } from './venvs.ts'
import { verdictOf } from './verdict.ts'
import type { Reply } from './worker.ts'

const folder = join(import.meta.dirname, 'cases')
/** A network namespace with nothing but loopback, and a process namespace whose processes all end with the first. */
const isolation = ['unshare', '--net', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc']
const usage =
  'npm run reality -- [--fast] [--again] [--keep] [--jobs N] [--store] [--share 0.5 --seed N] [--stored] [cases or folders…]\n       npm run reality -- --mended [--sample N --seed N] [--stored] [--keep] [--jobs N] [cases or folders…]\n       npm run reality -- [--keep] [--jobs N] [--store] --project FOLDER… | --projects FOLDER\n'

process.exitCode = await main()

/** Exit code: 0 when nothing is worse than what is stored, 1 when something is, 2 for a wrong case or option. */
async function main(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        fast: { type: 'boolean', default: false },
        keep: { type: 'boolean', default: false },
        store: { type: 'boolean', default: false },
        again: { type: 'boolean', default: false },
        jobs: { type: 'string', default: String(availableParallelism()) },
        project: { type: 'string', multiple: true, default: [] },
        projects: { type: 'string' },
        share: { type: 'string' },
        seed: { type: 'string', default: '1' },
        stored: { type: 'boolean', default: false },
        mended: { type: 'boolean', default: false },
        sample: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
    if (values.help) {
      process.stdout.write(usage)
      return 0
    }
    const jobs = Math.max(1, Number.parseInt(values.jobs, 10) || 1)
    const below = values.projects === undefined ? [] : listedFolders(resolve(values.projects))
    const folders = [...values.project.map((one) => resolve(one)), ...below]
    if (folders.length > 0) return await runProjects(folders, { ...values, jobs })
    const named = loadCases(folder, positionals).filter((one) => !values.fast || one.fast)
    const cases = values.share === undefined ? named : drawn(named, Number(values.share), values.seed)
    if (values.mended) return await runMended(sampled(named, values.sample, values.seed), { ...values, jobs })
    return values.stored ? await compareStored(cases, values.store) : await runAll(cases, { ...values, jobs })
  } catch (error) {
    if (!(error instanceof CaseError) && !(error instanceof TypeError)) throw error
    process.stderr.write(`${error.message}\n`)
    return 2
  }
}

/**
 * The table of what is stored, with what the linter says today: nothing is played. With `store` that becomes what the linter is
 * held to. Exit code: 1 when something is worse.
 */
async function compareStored(cases: readonly Case[], store: boolean): Promise<number> {
  const vectors = readVectors()
  const rows: Row[] = []
  const notRun: NotRun[] = []
  for (const one of cases) {
    const [project, vector] = [projectOf(one), vectors.get(one.name)]
    if (vector?.hash === project.hash)
      rows.push({ case: one, shown: vector, ...(await verdictOf(one, project)), ms: 0 })
    else notRun.push({ name: one.name, why: vector === undefined ? 'nothing is stored' : 'changed since' })
  }
  process.stdout.write(tableOf(rows, notRun))
  if (store) storeVectors(rows, loadCases(folder), false)
  return rows.some((row) => isBad(row, vectors)) ? 1 : 0
}

/** A part of the cases, the same for the same seed. */
function drawn(cases: readonly Case[], share: number, seed: string): Case[] {
  process.stdout.write(`A share of ${share}, drawn with the seed ${seed}.\n`)
  return shuffled(cases, seed).slice(0, Math.round(cases.length * share))
}

function shuffled(cases: readonly Case[], seed: string): Case[] {
  return cases
    .map((one) => ({ one, key: createHash('sha256').update(`${seed} ${one.name}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ one }) => one)
}

/** `sample` cases that break and a third as many that work; all without a sample. */
function sampled(cases: readonly Case[], sample: string | undefined, seed: string): Case[] {
  if (sample === undefined) return [...cases]
  const size = Number(sample)
  const vectors = readVectors()
  const order = shuffled(cases, seed).filter((one) => vectors.has(one.name))
  const breaks = (one: Case): boolean => vectors.get(one.name)?.breaks !== 'none'
  process.stdout.write(`A sample of ${sample}, drawn with the seed ${seed}.\n`)
  return [...order.filter(breaks).slice(0, size), ...order.filter((one) => !breaks(one)).slice(0, Math.round(size / 3))]
}

/**
 * Corrects the cases and plays what was changed, against what is stored of them before. With `stored` nothing is played: only what
 * would be corrected is told. Exit code: 1 when a case is worse or harmed.
 */
async function runMended(
  cases: readonly Case[],
  options: { keep: boolean; stored: boolean; jobs: number },
): Promise<number> {
  const vectors = readVectors()
  const notRun: NotRun[] = []
  const fates: Fated[] = []
  const corrections = new Map<string, Correction>()
  for (const one of cases) {
    const vector = vectors.get(one.name)
    if (vector?.hash !== projectOf(one).hash) notRun.push({ name: one.name, why: 'nothing is stored of it as it is' })
    else corrections.set(one.name, await corrected(one, vector.breaks))
  }
  const take = (name: string, shown: Shown | undefined, correction: Correction): void => {
    const before = vectors.get(name) as Vector
    const told =
      shown === undefined
        ? correction.reason
        : `by ${correction.by.join(', ')}${shown.evidence === '' ? '' : `: ${shown.evidence}`}`
    fates.push({
      name,
      fate: fateOf(before, shown, correction.isMeant),
      before: before.breaks,
      now: shown?.breaks,
      told,
      reason: correction.reason,
    })
    const fated = fates.at(-1) as Fated
    process.stdout.write(`${fated.fate.padEnd(10)} ${name}: ${fated.before} -> ${fated.now ?? '='}; ${told}\n`)
  }
  const changed = cases.filter((one) => corrections.get(one.name)?.isChanged)
  for (const [name, correction] of corrections) if (!correction.isChanged) take(name, undefined, correction)
  if (options.stored) {
    for (const one of changed)
      process.stdout.write(`corrected  ${one.name}: by ${corrections.get(one.name)?.by.join(', ')}\n`)
    const stored = [...corrections].map(([name, { isMeant, reason }]) => {
      const breaks = (vectors.get(name) as Vector).breaks
      return {
        name,
        breaks,
        reason,
        fate: breaks !== 'none' && !isMeant ? ('no fix' as const) : ('untouched' as const),
      }
    })
    const breaking = stored.filter(({ breaks }) => breaks !== 'none')
    const offered = breaking.filter(({ fate }) => fate !== 'no fix').length
    process.stdout.write(
      [
        `${changed.length} of ${cases.length} are corrected; of ${breaking.length} that break, ${offered} have a fix for what breaks`,
        '',
        'No fix, by reason:',
        ...reasonsOf(stored),
        '',
      ].join('\n'),
    )
    return 0
  }
  const ready = await prepare(changed, options.jobs, notRun, (one) => (corrections.get(one.name) as Correction).project)
  const queue = [...ready]
  const isolated = canIsolate()
  const played = (row: Row): void => take(row.case.name, row.shown, corrections.get(row.case.name) as Correction)
  await Promise.all(
    Array.from({ length: isolated ? Math.min(options.jobs, queue.length) : 1 }, () =>
      work(queue, isolated, options.keep, played, notRun, true),
    ),
  )
  fates.sort((a, b) => (a.name < b.name ? -1 : 1))
  process.stdout.write(`\n${mendedTable(fates)}`)
  for (const { name, why } of notRun) process.stdout.write(`  not run: ${name}: ${why}\n`)
  return fates.some(({ fate }) => fate === 'worse' || fate === 'harmed') ? 1 : 0
}

async function runAll(
  cases: readonly Case[],
  options: { keep: boolean; store: boolean; again: boolean; jobs: number },
): Promise<number> {
  const notRun: NotRun[] = []
  const ready = await prepare(cases, options.jobs, notRun)
  const rows: Row[] = []
  const vectors = readVectors()
  const queue = [...ready]
  const isolated = canIsolate()
  if (!isolated) process.stderr.write('No network namespaces here: one case at a time, on 127.0.0.1 of this machine.\n')
  const jobs = isolated ? Math.min(options.jobs, queue.length) : 1
  const all = loadCases(folder)
  const take = (row: Row): void => {
    rows.push(row)
    process.stdout.write(`${marksOf(judgementOf(row)).padEnd(16)} ${rowLine(row)}\n`)
    // At once, so that a run that is broken off keeps what it saw.
    if (options.store) storeVectors([row], all)
  }
  await Promise.all(Array.from({ length: jobs }, () => work(queue, isolated, options.keep, take, notRun)))
  // Clocks run in every case: what a busy machine made late is seen once more, alone. The second answer counts.
  const late = options.again ? rows.filter((row) => isBad(row, vectors)) : []
  for (const row of late) {
    process.stdout.write(`once more: ${row.case.name}\n`)
    rows.splice(rows.indexOf(row), 1)
    await work([row.case], isolated, options.keep, take, notRun)
  }
  rows.sort((a, b) => (a.case.name < b.case.name ? -1 : 1))
  process.stdout.write(`\n${tableOf(rows, notRun)}`)
  return rows.some((row) => isBad(row, vectors)) || notRun.some(({ why }) => why.startsWith('rig:')) ? 1 : 0
}

/**
 * Something is worse than what is stored of this case, or reality was another. Of a case whose result nobody has stored: linter
 * and reality disagree, or the author expected something else.
 */
function isBad(row: Row, vectors: ReadonlyMap<string, Vector>): boolean {
  const { case: one, said, shown } = row
  const [vector, now, odd] = [vectors.get(one.name), judgementOf(row), surprises(one, said, shown)]
  if (vector === undefined || vector.hash !== projectOf(one).hash) {
    return !['agrees', 'not seen'].includes(now.agreement) || now.falseTick || odd.length > 0
  }
  return vector.breaks !== shown.breaks || worse(vector, now, odd).length > 0
}

/** Installs what the cases need while the network is still there. */
async function prepare(
  cases: readonly Case[],
  jobs: number,
  notRun: NotRun[],
  project: (one: Case) => Project = projectOf,
): Promise<Case[]> {
  const ready: Case[] = []
  const queue = [...cases]
  const next = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const work = mkdtempSync(join(tmpdir(), 'reality-'))
      try {
        writeProject(project(one), work)
        const plan = planOf(work)
        if (plan.state === 'skipped') notRun.push({ name: one.name, why: plan.why })
        if (plan.state === 'install') await install(plan.python, work, plan.manager)
        if (plan.state !== 'skipped') ready.push(one)
      } catch (error) {
        if (error instanceof CaseError) throw error
        notRun.push({ name: one.name, why: `rig: ${(error as Error).message}` })
      } finally {
        rmSync(work, { recursive: true, force: true })
      }
    }
  }
  await Promise.all(Array.from({ length: jobs }, next))
  return ready.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Plays cases from the queue in a program of its own, inside a network namespace with nothing but loopback and a process
 * namespace whose processes all end with it.
 */
async function work(
  queue: Case[],
  isolated: boolean,
  keep: boolean,
  take: (row: Row) => void,
  notRun: NotRun[],
  mended = false,
): Promise<void> {
  const node = [process.execPath, ...process.execArgv, join(import.meta.dirname, 'worker.ts')]
  const [program, ...args] = isolated
    ? [...isolation, 'sh', '-c', 'ip link set lo up && "$@"; exit $?', 'sh', ...node]
    : node
  const child = spawn(program as string, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const end = (): boolean => child.kill('SIGKILL')
  process.once('exit', end)
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
    child.stdin.write(`${JSON.stringify({ name: one.name, source: one.source, keep, mended })}\n`)
    const answer = await answers.next()
    if (answer.done === true) {
      notRun.push({ name: one.name, why: 'rig: the worker ended' })
      break
    }
    const reply = JSON.parse(answer.value) as Reply
    if ('why' in reply) notRun.push({ name: one.name, why: reply.why })
    else {
      take({ case: one, ...reply })
    }
  }
  child.stdin.end()
  process.off('exit', end)
}

function canIsolate(): boolean {
  const [program, ...args] = [...isolation, 'sh', '-c', 'ip link set lo up']
  return spawnSync(program as string, args, { stdio: 'ignore' }).status === 0
}
