/**
 * Compares regular expressions with CPython's `re`: `npm run oracle:regex`. `ORACLE_SEED` and `ORACLE_COUNT` choose the
 * questions; `--write` stores a sample with the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findPython } from '../environment.ts'
import { answer, type Vector } from './ours.ts'

const here = import.meta.dirname
const seed = process.env.ORACLE_SEED ?? '20261129'
const count = process.env.ORACLE_COUNT ?? '20000'
const output = execFileSync(findPython(11, 13), [join(here, 'matcher.py'), seed, count], { maxBuffer: 1 << 30 })
const vectors = output
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector)

let differences = 0
let undecided = 0
for (const vector of vectors) {
  const ours = answer(vector)
  if (ours === 'unknown') undecided++
  if (ours === 'unknown' || isDeepStrictEqual(ours, vector.found)) continue
  differences++
  if (differences <= 20) console.log(`${JSON.stringify(vector)}\n  ours: ${JSON.stringify(ours)}`)
}
console.log(`${vectors.length} questions, ${differences} differences, ${undecided} undecided`)
if (process.argv.includes('--write')) {
  const sample = vectors.slice(0, 800).map((one) => JSON.stringify(one))
  writeFileSync(join(here, 'vectors/regex.json'), `[\n${sample.join(',\n')}\n]\n`)
}
process.exitCode = differences === 0 ? 0 : 1
