import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { surprises } from './agreement.ts'
import { type Case, CaseError, loadCases } from './case.ts'
import { planOf } from './hops/build.ts'
import { listedFolders, runProjects } from './projects/run.ts'
import { judgementOf, marksOf, type NotRun, type Row, rowLine, tableOf } from './table.ts'
import { projectOf, writeProject } from './tree.ts'
import { readVectors, storeVectors, type Vector, worse } from './vectors.ts'
import { install } from './venvs.ts'
import { verdictOf } from './verdict.ts'
import type { Reply } from './worker.ts'

const folder = join(import.meta.dirname, 'cases')
/** A network namespace with nothing but loopback, and a process namespace whose processes all end with the first. */
const isolation = ['unshare', '--net', '--map-root-user', '--pid', '--fork', '--kill-child', '--mount-proc']
const usage =
  'npm run reality -- [--fast] [--again] [--keep] [--jobs N] [--store] [--share 0.5 --seed N] [--stored] [cases or folders…]\n       npm run reality -- [--keep] [--jobs N] [--store] --project FOLDER… | --projects FOLDER\n'

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
  const order = cases
    .map((one) => ({ one, key: createHash('sha256').update(`${seed} ${one.name}`).digest('hex') }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
  process.stdout.write(`A share of ${share}, drawn with the seed ${seed}.\n`)
  return order.slice(0, Math.round(cases.length * share)).map(({ one }) => one)
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
async function prepare(cases: readonly Case[], jobs: number, notRun: NotRun[]): Promise<Case[]> {
  const ready: Case[] = []
  const queue = [...cases]
  const next = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift()) {
      const work = mkdtempSync(join(tmpdir(), 'reality-'))
      try {
        writeProject(projectOf(one), work)
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
    child.stdin.write(`${JSON.stringify({ name: one.name, source: one.source, keep })}\n`)
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
