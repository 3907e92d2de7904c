/**
 * Compares routing with Channels' own URLRouter: `tsx test/oracle/routes/run.ts`. Needs a Python with channels and Django
 * (`CHANNELS_PYTHON`, default `.cache/channels-venv/bin/python`). `--write` stores a sample with the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answer, theirs, type Vector } from './ours.ts'

const here = import.meta.dirname
const python = process.env.CHANNELS_PYTHON ?? join(here, '../../../.cache/channels-venv/bin/python')
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
