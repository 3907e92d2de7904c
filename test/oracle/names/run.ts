/**
 * Compares which names functions look for in their module with CPython's `symtable`: `npm run oracle:names -- [FILE…]`. `ORACLE_SEED` and
 * `ORACLE_COUNT` choose the generated modules; `--write` stores a sample with the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { findPython } from '../environment.ts'
import { answer, type Vector } from './ours.ts'

const here = import.meta.dirname
const files = process.argv.slice(2).filter((one) => one !== '--write')
const seed = process.env.ORACLE_SEED ?? '20261130'
const count = process.env.ORACLE_COUNT ?? '2000'
// `match` came with 3.10; from 3.12 on a comprehension is part of the function around it.
const output = execFileSync(findPython(10, 11), [join(here, 'names.py'), seed, count, ...files], { maxBuffer: 1 << 30 })
const vectors = output
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector)

let functions = 0
let differences = 0
for (const vector of vectors) {
  const ours = answer(vector)
  for (const [index, theirs] of vector.functions.entries()) {
    functions++
    if (isDeepStrictEqual(ours[index], theirs)) continue
    differences++
    if (differences <= 10)
      console.log(`${vector.source}\n  CPython: ${JSON.stringify(theirs)}\n  ours: ${JSON.stringify(ours[index])}`)
  }
}
console.log(`${vectors.length} modules, ${functions} functions, ${differences} differences`)
if (process.argv.includes('--write')) {
  const sample = vectors.filter(({ source }) => source.length < 2000).slice(0, 300)
  writeFileSync(join(here, 'vectors/names.json'), `[\n${sample.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)
}
process.exitCode = differences === 0 ? 0 : 1
