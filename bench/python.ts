import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { rolldown } from 'rolldown'

/**
 * How fast the Python reader is, beside @lezer/python where that is installed in .cache/bench/lezer
 * (`npm install --prefix .cache/bench/lezer @lezer/python`): `npx tsx bench/python.ts [FILE…] [--rounds N]`.
 * Cold: load and first parse of a settings file of 500 lines, each in a fresh process, the readers by turns.
 * Warm: one process for each reader, a text of 4 MB made of the files given, or of the settings of the tests.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '21' } },
})
const rounds = Number(values.rounds)
const folder = '.cache/bench'
const settings = 'test/syntax/python/settings'

interface Reader {
  readonly name: string
  readonly bundle: string
}

/** What the child process measures: wall and processor time in ms of the first parse, of the second, and MB/s. */
interface Cold {
  readonly load: number
  readonly first: number
  readonly firstCpu: number
  readonly second: number
}
interface Warm {
  readonly speed: number
  readonly speedCpu: number
}

mkdirSync(folder, { recursive: true })
const child = join(folder, 'child.mjs')
writeFileSync(
  child,
  `import { readFileSync } from 'node:fs'
const [bundle, mode, file] = process.argv.slice(2)
const text = readFileSync(file, 'utf8')
const now = () => [performance.now(), process.cpuUsage().user / 1000 + process.cpuUsage().system / 1000]
const since = ([wall, cpu]) => [performance.now() - wall, now()[1] - cpu]
const middle = (numbers) => numbers.sort((a, b) => a - b)[numbers.length >> 1]
const start = now()
const { parse } = await import(bundle)
const [load] = since(start)
const run = () => {
  const from = now()
  parse(text)
  return since(from)
}
if (mode === 'cold') {
  const [first, firstCpu] = run()
  console.log(JSON.stringify({ load, first, firstCpu, second: run()[0] }))
} else {
  const runs = Array.from({ length: 24 }, run).slice(8)
  const [speed, speedCpu] = [0, 1].map((i) => Buffer.byteLength(text) / 1000 / middle(runs.map((times) => times[i])))
  console.log(JSON.stringify({ speed, speedCpu }))
}
`,
)
const readers = [
  await bundleReader('dynolint', "export { parsePython as parse } from '../../src/syntax/python/parse.ts'\n"),
]
if (existsSync(join(folder, 'lezer/node_modules/@lezer/python'))) {
  const source =
    "import { parser } from './lezer/node_modules/@lezer/python/dist/index.js'\nexport const parse = (text) => parser.parse(text)\n"
  readers.push(await bundleReader('@lezer/python', source))
}

const settingsFile = join(settings, 'marketplace.py')
const large = join(folder, 'large.py')
const sources = positionals.length > 0 ? positionals : readdirSync(settings).map((name) => join(settings, name))
writeFileSync(large, repeatTo(4e6, sources.map((file) => readFileSync(file, 'utf8')).join('\n')))

const cold = readers.map((): Cold[] => [])
for (let round = 0; round < rounds; round++) {
  for (const [i, reader] of readers.entries()) cold[i]?.push(measure<Cold>(reader, 'cold', settingsFile))
}
console.log(
  `Node ${process.version}, ${rounds} rounds by turns, medians; warm: ${sources.length} files repeated to 4 MB`,
)
const columns = ['load', 'first', 'firstCpu', 'second'] as const
console.log('| reader | load ms | first parse ms | its CPU ms | second ms | warm MB/s | warm MB per CPU s |')
console.log('|---|---|---|---|---|---|---|')
for (const [i, reader] of readers.entries()) {
  const { speed, speedCpu } = measure<Warm>(reader, 'warm', large)
  const medians = columns.map((column) => median((cold[i] ?? []).map((run) => run[column])))
  const cells = [...medians, speed, speedCpu].map((value) => value.toFixed(1))
  console.log(`| ${[reader.name, ...cells].join(' | ')} |`)
}

async function bundleReader(name: string, source: string): Promise<Reader> {
  const entry = join(folder, `${name.replace(/\W/g, '')}-entry.ts`)
  writeFileSync(entry, source)
  const build = await rolldown({ input: resolve(entry), platform: 'node' })
  const file = `${name.replace(/\W/g, '')}.mjs`
  await build.write({ file: join(folder, file), format: 'esm', minify: true })
  await build.close()
  return { name, bundle: `./${file}` }
}

function measure<Result>(reader: Reader, mode: string, file: string): Result {
  const run = spawnSync(process.execPath, [child, reader.bundle, mode, file], { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  return JSON.parse(run.stdout) as Result
}

function repeatTo(size: number, text: string): string {
  return (text + '\n').repeat(Math.ceil(size / text.length))
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
