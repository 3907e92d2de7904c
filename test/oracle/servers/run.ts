/**
 * Holds the process model to real servers: every command line of `lines/` is started in a network namespace of its own
 * with a probe application, and what it listens on, whether it takes WebSockets, how it pings and which scheme it hands
 * on must be what dynolint says. Needs Linux with `unshare` and Python 3.12 (PYTHON) with its package index.
 *
 * usage: npm run oracle:servers [-- [--write] [--only=SERVER] [--release=new|old] [--match=TEXT]]
 */
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { missing, needPrograms } from '../environment.ts'
import { type Defaults, wrongDefaults } from './defaults.ts'
import { linesOf, projectFiles, releases, variables } from './lines.ts'
import { type Outcome, observe } from './observe.ts'
import { compare, predict } from './predict.ts'
import { type Age, ages, programs, requirements } from './venvs.ts'

export interface Vector {
  readonly server: string
  readonly release: Age
  readonly version: string
  readonly command: string
  readonly outcome: Outcome
}
type Question = Omit<Vector, 'outcome'>

const store = process.env.ORACLE_STORE ?? join(import.meta.dirname, 'vectors/servers.json')
const argument = (name: string) => process.argv.find((one) => one.startsWith(`--${name}=`))?.slice(name.length + 3)
const shards = Number(process.env.ORACLE_SHARDS ?? 3)

function questions(): Question[] {
  const [only, release, match] = [argument('only'), argument('release'), argument('match')]
  return ages.flatMap((age, index) =>
    Object.entries(releases).flatMap(([server, versions]) =>
      linesOf(server)
        .filter((command) => match === undefined || command.includes(match))
        .filter(() => (only === undefined || only === server) && (release === undefined || release === age))
        .map((command) => ({ server, release: age, version: versions[index] as string, command })),
    ),
  )
}

/** Inside a namespace: every question handed over on standard input is answered with one line of JSON. */
async function work(): Promise<void> {
  const home = '/tmp/app'
  for (const [path, text] of Object.entries(projectFiles())) {
    mkdirSync(dirname(join(home, path)), { recursive: true })
    writeFileSync(join(home, path), text)
  }
  for (const question of JSON.parse(readFileSync(0, 'utf8')) as Question[]) {
    const environment = {
      ...variables,
      PATH: `${programs(question.release)}:/usr/bin:/bin`,
      HOME: home,
      PYTHONPATH: home,
      PYTHONUNBUFFERED: 'true',
      PYTHONDONTWRITEBYTECODE: '1',
      LANG: 'C.UTF-8',
      DYNOLINT_ORACLE: 'server',
    }
    const outcome = await observe(question.command, { home, environment })
    process.stdout.write(`${JSON.stringify({ ...question, outcome })}\n`)
  }
  process.exit(0)
}

/**
 * Network, processes and /tmp of its own; the addresses on `lo` let the client come from another machine. The checkout is
 * kept in sight, as it may itself lie below /tmp.
 */
const surroundings = `mount -t tmpfs tmpfs /mnt && mkdir /mnt/checkout && mount --bind "$CHECKOUT" /mnt/checkout &&
mount -t tmpfs tmpfs /tmp && mkdir -p "$CHECKOUT" && mount --bind /mnt/checkout "$CHECKOUT" && cd "$CHECKOUT" &&
ip link set lo up && ip addr add 10.77.0.1/32 dev lo && ip addr add fd77::1/128 dev lo nodad && exec "$@"`
const checkout = join(import.meta.dirname, '../../..')

function ask(part: readonly Question[]): Promise<Vector[]> {
  const self = [process.execPath, ...process.execArgv, process.argv[1] as string, '--work']
  const namespace = ['-rnpf', '--mount-proc', '--kill-child', 'sh', '-c', surroundings, 'sh', ...self]
  const env = { ...process.env, ORACLE_NAMESPACE: 'own', CHECKOUT: checkout }
  const child = spawn('unshare', namespace, { env, stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(JSON.stringify(part))
  let output = ''
  child.stdout.on('data', (data) => (output += String(data)))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', () => {
      const rows = output.split('\n').filter((row) => row !== '')
      if (rows.length < part.length) reject(new Error(`only ${rows.length} of ${part.length} lines were answered`))
      else resolve(rows.map((row) => JSON.parse(row) as Vector))
    })
  })
}

function judge(vectors: readonly Vector[]): number {
  const table = new Map<string, { lines: number; exits: number; differences: number; silent: number }>()
  for (const vector of vectors) {
    const { server, release, version, command, outcome } = vector
    const verdict = compare(predict(command, requirements(release)), outcome)
    const row = table.get(`${server} ${version}`) ?? { lines: 0, exits: 0, differences: 0, silent: 0 }
    table.set(`${server} ${version}`, row)
    row.lines++
    if (outcome.exit !== undefined) row.exits++
    if (verdict.differences.length > 0) row.differences++
    else if (verdict.silent.length > 0) row.silent++
    for (const text of verdict.differences) console.log(`DIFFERENT ${server} ${version}: ${command}\n  ${text}`)
    if (process.env.ORACLE_SHOW !== undefined)
      for (const text of verdict.silent) console.log(`SILENT ${server} ${version}: ${command}: ${text}`)
  }
  console.log('| server | lines | end at once | differences | not said |\n|---|---|---|---|---|')
  for (const [name, { lines, exits, differences, silent }] of table)
    console.log(`| ${name} | ${lines} | ${exits} | ${differences} | ${silent} |`)
  return [...table.values()].reduce((sum, { differences }) => sum + differences, 0)
}

function defaultsOf(age: Age): Defaults {
  const script = join(import.meta.dirname, 'defaults.py')
  const env = { PATH: process.env.PATH ?? '', PYTHONDONTWRITEBYTECODE: '1', PYTHONWARNINGS: 'ignore' }
  return JSON.parse(execFileSync(join(programs(age), 'python'), [script], { env, encoding: 'utf8' })) as Defaults
}

/** The answers of a part of the lines take the place of the stored ones. */
function merged(vectors: readonly Vector[]): readonly Vector[] {
  const whole = ['only', 'release', 'match'].every((name) => argument(name) === undefined)
  if (whole) return vectors
  const { vectors: stored } = JSON.parse(readFileSync(store, 'utf8')) as { vectors: Vector[] }
  const key = ({ release, server, command }: Vector) => `${release} ${server} ${command}`
  const fresh = new Map(vectors.map((vector) => [key(vector), vector]))
  const kept = stored.map((vector) => fresh.get(key(vector)) ?? vector)
  const known = new Set(kept.map(key))
  return [...kept, ...vectors.filter((vector) => !known.has(key(vector)))]
}

function needNamespaces(): void {
  needPrograms('bash', 'unshare', 'mount', 'ip')
  const { status } = spawnSync('unshare', ['-rnpf', '--mount-proc', 'true'], { stdio: 'ignore' })
  if (status !== 0)
    missing('the right to make namespaces (unshare -rnpf --mount-proc): servers are started in one of their own')
}

async function main(): Promise<void> {
  if (process.argv.includes('--work')) return await work()
  if (process.argv.includes('--stored')) {
    process.exitCode = judge((JSON.parse(readFileSync(store, 'utf8')) as { vectors: Vector[] }).vectors) === 0 ? 0 : 1
    return
  }
  needNamespaces()
  for (const age of ages) programs(age)
  const all = questions()
  const parts = Array.from({ length: shards }, (_, shard) => all.filter((_question, index) => index % shards === shard))
  const answered = (await Promise.all(parts.map(ask))).flat()
  const order = new Map(all.map(({ release, command, server }, index) => [`${release} ${server} ${command}`, index]))
  const place = ({ release, command, server }: Vector) => order.get(`${release} ${server} ${command}`) ?? 0
  const vectors = answered.sort((a, b) => place(a) - place(b))
  const differences = judge(vectors)
  const defaults = Object.fromEntries(ages.map((age) => [age, defaultsOf(age)])) as Record<Age, Defaults>
  const wrong = ages.flatMap((age) => wrongDefaults(age, defaults[age]))
  if (process.argv.includes('--write')) {
    const date = new Date().toISOString().slice(0, 10)
    const python = execFileSync(join(programs('new'), 'python'), ['--version'], { encoding: 'utf8' }).trim()
    const rows = merged(vectors)
      .map((vector) => JSON.stringify(vector))
      .join(',\n')
    writeFileSync(
      store,
      `{"date": "${date}", "python": "${python}", "pings": ${JSON.stringify(defaults)}, "vectors": [\n${rows}\n]}\n`,
    )
  }
  for (const text of wrong) console.log(`DIFFERENT ${text}`)
  process.exitCode = differences + wrong.length === 0 ? 0 : 1
}

await main()
