/**
 * Compares the reader of requirements files with pip's own, line by line: `npm run oracle:requirements`.
 * `PIP_PYTHON`: a Python with another pip than that of the environment it makes. Arguments: folders whose
 * requirements files are read too. `--write` stores the torture set with pip's answers as vectors for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import fc from 'fast-check'
import { decode } from '../../../src/files/decode.ts'
import { decodeRequirements } from '../../../src/syntax/requirements/encoding.ts'
import { needPaths, pipPython } from '../environment.ts'
import { generatedFile } from './generate.ts'
import { ourLines } from './ours.ts'
import { torture } from './torture.ts'

const here = import.meta.dirname
const python = pipPython()

interface Case {
  readonly name: string
  readonly directory: string
  readonly path: string
}

const scratch = mkdtempSync(join(tmpdir(), 'requirements-oracle-'))
const projects = join(scratch, 'tree')
mkdirSync(join(projects, 'local'), { recursive: true })
mkdirSync(join(projects, 'empty'), { recursive: true })
writeFileSync(join(projects, 'local/setup.py'), '')
writeFileSync(join(projects, 'local.tar.gz'), '')

function stored(name: string, bytes: Uint8Array): Case {
  const path = join(projects, name)
  writeFileSync(path, bytes)
  return { name, directory: projects, path }
}

function requirementFiles(folder: string): string[] {
  const found: string[] = []
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory() && !['node_modules', '.git'].includes(entry.name)) found.push(...requirementFiles(path))
    const wanted = /requirement|constraint/i.test(entry.name) || basename(folder) === 'requirements'
    if (entry.isFile() && wanted && /\.(?:txt|in|pip)$/.test(entry.name)) found.push(path)
  }
  return found
}

const folders = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
needPaths(folders)
const count = Number(process.env.ORACLE_FILES ?? 5000)
const cases: Case[] = [
  ...torture.map(({ name, bytes }) => stored(`torture-${name}.txt`, bytes)),
  ...fc
    .sample(generatedFile, { numRuns: count, seed: 20_261_122 })
    .map((text, index) => stored(`generated-${index}.txt`, new TextEncoder().encode(text))),
  ...folders
    .flatMap((folder) => requirementFiles(resolve(folder)))
    .map((path) => ({ name: path, directory: resolve(path, '..'), path })),
]

const input = JSON.stringify(cases.map(({ directory, path }) => [directory, path]))
const output = execFileSync(python, [join(here, 'pip_reader.py')], {
  input,
  maxBuffer: 1 << 30,
  env: { PATH: process.env.PATH ?? '', KNOWN_TOKEN: 's3cret', LC_ALL: 'C.UTF-8' },
})
const answers = output.toString().trimEnd().split('\n')

const kind = (directory: string) => (path: string) => {
  const stats = statSync(resolve(directory, path), { throwIfNoEntry: false })
  return stats?.isDirectory() ? ('directory' as const) : stats?.isFile() ? ('file' as const) : undefined
}

const sourceLine = (text: string, line: object) =>
  'line' in line ? text.split(/\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/)[Number(line.line) - 1] : ''

let lines = 0
let requirements = 0
let differences = 0
for (const [index, { name, directory, path }] of cases.entries()) {
  const decoded = decodeRequirements(decode(name, readFileSync(path)))
  const theirs = JSON.parse(answers[index] as string) as unknown[] | string
  const ours = decoded.state === 'undecodable' ? 'undecodable' : ourLines(decoded.text, kind(directory))
  if (typeof theirs === 'string' && ours === 'undecodable') continue
  const [a, b] = [theirs, ours].map((list) => (typeof list === 'string' ? [list] : list))
  for (let i = 0; i < Math.max(a?.length ?? 0, b?.length ?? 0); i++) {
    lines++
    const [x, y] = [JSON.stringify(a?.[i]), JSON.stringify(b?.[i])]
    if (x?.includes('"requirement"')) requirements++
    if (x === y) continue
    differences++
    if (differences <= 20)
      console.log(`${name}: ${sourceLine(decoded.text, (a?.[i] ?? b?.[i]) as object)}\n  pip:  ${x}\n  ours: ${y}`)
  }
}
console.log(`${cases.length} files, ${lines} lines, ${requirements} requirements, ${differences} differences`)

if (process.argv.includes('--write')) {
  const vectors = torture.map(({ name, bytes }, index) => ({
    name,
    bytes: Buffer.from(bytes).toString('base64'),
    pip: JSON.parse(answers[index] as string),
  }))
  writeFileSync(join(here, 'vectors/torture.json'), `${JSON.stringify(vectors, undefined, 1)}\n`)
}
process.exitCode = differences === 0 ? 0 : 1
