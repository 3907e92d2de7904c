/**
 * Compares routing with Channels' own URLRouter: `npm run oracle:routes`. `CHANNELS_PYTHON`: a Python
 * with other releases of channels and Django than those of the environment it makes. `--write` stores a sample with the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { environment, findPython, needPrograms } from '../environment.ts'
import { answer, theirs, type Vector } from './ours.ts'

const here = import.meta.dirname
const given = process.env.CHANNELS_PYTHON
if (given !== undefined) needPrograms(given)
const python =
  given ??
  environment({
    folder: 'channels-venv',
    packages: ['Django==5.2.19', 'channels==4.3.2'],
    python: () => findPython(10, 14),
  })
const seed = process.env.ORACLE_SEED ?? '20261122'
const count = process.env.ORACLE_PAIRS ?? '5000'
const output = execFileSync(python, [join(here, 'router.py'), seed, count], { maxBuffer: 1 << 30 }).toString()
const vectors = output
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector)

let differences = 0
let undecided = 0
for (const vector of vectors) {
  const ours = answer(vector)
  if (ours === 'unknown') undecided++
  if (ours === 'unknown' || ours === theirs(vector)) continue
  differences++
  if (differences <= 20) console.log(`${JSON.stringify(vector)}\n  ours: ${ours}`)
}
console.log(`${vectors.length} pairs, ${differences} differences, ${undecided} undecided`)
if (process.argv.includes('--write')) {
  writeFileSync(
    join(here, 'vectors/routes.json'),
    `[\n${vectors
      .slice(0, 600)
      .map((one) => JSON.stringify(one))
      .join(',\n')}\n]\n`,
  )
}
process.exitCode = differences === 0 ? 0 : 1
