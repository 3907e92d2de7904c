/**
 * Compares what is read as missing from the migrations with what Django lists: `npm run oracle:migrations`, `makemigrations
 * --check --dry-run` on generated pairs of models and migrations with four releases. `--write` stores a sample with the answers
 * for `npm test`, `--missed` prints what is left open.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, findPython } from '../environment.ts'
import { type Comparison, compare, type Heads, type Vector } from './ours.ts'

const here = import.meta.dirname
const seed = process.env.ORACLE_SEED ?? '20261130'
const count = Number(process.env.ORACLE_PAIRS ?? 400)

/** Releases of Django and the Pythons each takes. */
const releases = [
  { django: '3.2.25', python: () => findPython(8, 10) },
  { django: '4.2.16', python: () => findPython(8, 12) },
  { django: '5.2.8', python: () => findPython(10, 13) },
  { django: '6.0.10', python: () => findPython(12, 14) },
]

const stored: Vector[] = []
let heads: Heads | undefined
let wrong = 0
for (const { django, python } of releases) {
  const program = environment({ folder: `migrations-venv-${django}`, packages: [`Django==${django}`], python })
  const output = execFileSync(program, [join(here, 'migrations.py'), seed, `${count}`], {
    maxBuffer: 1 << 30,
  }).toString()
  const [first = '', ...lines] = output.trim().split('\n')
  heads = JSON.parse(first) as Heads
  const vectors = lines.map((line): Vector => ({ django, ...(JSON.parse(line) as Omit<Vector, 'django'>) }))
  const compared = compare(heads, vectors)
  const faults = compared.filter((one) => one.wrong.length > 0)
  wrong += faults.length
  for (const one of faults.slice(0, 10)) show(one, one.wrong)
  if (process.argv.includes('--missed')) for (const one of compared) if (one.missed.length > 0) show(one, one.missed)
  const listed = compared.filter((one) => one.vector.listed.some((text) => !text.startsWith('Change Meta options')))
  const open = listed.filter((one) => one.missed.length > 0)
  console.log(
    `Django ${django}: ${vectors.length} pairs, ${faults.length} with a change that is none; of ${listed.length} with a change ${open.length} left open`,
  )
  // The systematic pairs of the oldest and the newest, and some random ones of each.
  const systematic = vectors.length - count
  const isEnd = [releases[0], releases.at(-1)].some((one) => one?.django === django)
  stored.push(...vectors.slice(isEnd ? 0 : systematic, systematic + 30))
}
if (process.argv.includes('--write')) {
  const lines = stored.map((one) => JSON.stringify(one)).join(',\n')
  writeFileSync(
    join(here, 'vectors/migrations.json'),
    `{\n"heads": ${JSON.stringify(heads)},\n"vectors": [\n${lines}\n]}\n`,
  )
}
process.exitCode = wrong === 0 ? 0 : 1

function show({ vector }: Comparison, texts: readonly string[]): void {
  console.log([vector.django, ...texts].join(' | '))
  console.log(vector.models)
  for (const text of Object.values(vector.migrations)) console.log(text.slice(text.indexOf('operations')))
}
