import { spawn, spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { decodePython } from '../../../src/syntax/python/encoding.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { missing, needPaths, needPrograms } from '../environment.ts'
import { dumpModule } from './dump.ts'
import { storeVectors } from './vectors.ts'

/**
 * Compares the reader with CPython's own parser on whole folders: `npm run oracle:python -- [PATH…]
 * [--python PATH] [--show N]`. Without a path it reads the standard library of that Python. Exits with 1 if
 * any statement or expression differs in kind, span or content. `--store` renews the stored vectors instead.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    show: { type: 'string', default: '10' },
    store: { type: 'boolean', default: false },
  },
})
const python = values.python
const shown = Number(values.show)
needPrograms(python)
needPaths(positionals)

interface Tally {
  files: number
  bytes: number
  nodes: number
  different: number
  refused: Map<string, number>
  unnoticed: string[]
  differences: string[]
}
const tally: Tally = { files: 0, bytes: 0, nodes: 0, different: 0, refused: new Map(), unnoticed: [], differences: [] }

if (values.store) storeVectors(python)
else {
  const roots = positionals.length > 0 ? positionals : [standardLibrary()]
  await compareAll(roots.flatMap((root) => [...pythonFiles(root)]))
  report()
  process.exitCode = tally.different > 0 ? 1 : 0
}

function standardLibrary(): string {
  const asked = spawnSync(python, ['-c', 'import sysconfig; print(sysconfig.get_path("stdlib"))'], { encoding: 'utf8' })
  if (asked.status !== 0) missing(`a Python: ${python} does not run (--python names another)`)
  return asked.stdout.trim()
}

function* pythonFiles(path: string): Generator<string> {
  if (!statSync(path).isDirectory()) {
    yield path
    return
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const below = join(path, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== '.git' && entry.name !== 'node_modules') yield* pythonFiles(below)
    } else if (entry.isFile() && /\.pyi?$/.test(entry.name) && !/[\r\n]/.test(below)) yield below
  }
}

/** Feeds the paths to CPython and compares each answer as it comes. */
async function compareAll(files: readonly string[]): Promise<void> {
  const script = fileURLToPath(new URL('dump_ast.py', import.meta.url))
  const child = spawn(python, ['-I', script], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(files.map((file) => file + '\n').join(''))
  let header: RegExpExecArray | null = null
  let lines: string[] = []
  let missing = 0
  for await (const line of createInterface({ input: child.stdout })) {
    if (missing === 0) {
      header = /^= (\S+) (\d+) (.*)$/.exec(line)
      missing = Number(header?.[2])
      lines = []
    } else {
      lines.push(line)
      missing--
    }
    if (missing === 0 && header !== null) compare(header[3] as string, header[1] as string, lines)
  }
}

function compare(path: string, status: string, expected: readonly string[]): void {
  const bytes = readFileSync(path)
  const source = decodePython(bytes)
  const module = parsePython(source.text)
  const problems = [...source.problems, ...module.problems]
  if (status !== 'ok') {
    tally.refused.set(status, (tally.refused.get(status) ?? 0) + 1)
    if (problems.length === 0) tally.unnoticed.push(`${path} (${status})`)
    return
  }
  tally.files++
  tally.bytes += bytes.length
  tally.nodes += expected.length
  const dumped = dumpModule(module, source.text)
  const actual = dumped === '' ? [] : dumped.split('\n')
  const at = firstDifference(expected, actual)
  const problem = problems[0]
  if (at < 0 && problem === undefined) return
  tally.different++
  if (tally.differences.length >= shown) return
  const why = problem === undefined ? '' : `\n  problem at ${problem.span.start}: ${problem.message.en}`
  const lines = at < 0 ? '' : `\n  CPython  ${expected[at] ?? 'nothing'}\n  dynolint ${actual[at] ?? 'nothing'}`
  tally.differences.push(path + why + lines)
}

/** Index of the first line that differs, -1 if none; `?` on CPython's side stands for anything. */
function firstDifference(expected: readonly string[], actual: readonly string[]): number {
  const length = Math.max(expected.length, actual.length)
  for (let i = 0; i < length; i++) {
    if (expected[i] !== actual[i] && !matches(expected[i], actual[i])) return i
  }
  return -1
}

function matches(expected: string | undefined, actual: string | undefined): boolean {
  if (expected === undefined || actual === undefined) return false
  let wanted = expected
  if (expected.includes(' ? ?')) {
    const [, start, end] = actual.split(' ')
    wanted = expected.replace(' ? ?', ` ${start} ${end}`)
  }
  const text = wanted.indexOf(' str ?')
  if (text < 0) return wanted === actual
  return actual.startsWith(wanted.slice(0, text + 5)) && actual.endsWith(wanted.slice(text + 6))
}

function report(): void {
  const version = spawnSync(python, ['-c', 'import sys; print(sys.version.split()[0])'], { encoding: 'utf8' })
  const refused = [...tally.refused].map(([name, count]) => `${count} ${name}`).join(', ')
  for (const difference of tally.differences) console.log(difference)
  for (const path of tally.unnoticed.slice(0, shown)) console.log(`refused by CPython only: ${path}`)
  console.log(
    `CPython ${version.stdout.trim()}: ${tally.files} files, ${(tally.bytes / 1e6).toFixed(1)} MB, ` +
      `${tally.nodes} nodes, ${tally.different} files with a difference; ` +
      `refused by CPython: ${refused || 'none'}, of these without a problem here: ${tally.unnoticed.length}`,
  )
}
