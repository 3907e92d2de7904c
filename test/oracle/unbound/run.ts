/**
 * Compares which reads of local names we say have no value with what CPython does when generated functions run: `npm run oracle:unbound`.
 * `ORACLE_SEED` and `ORACLE_COUNT` choose the functions; `--write` stores a sample with the runs for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPython } from '../environment.ts'
import { claims, judged, type Vector } from './ours.ts'

const here = import.meta.dirname
const seed = process.env.ORACLE_SEED ?? '20261130'
const count = process.env.ORACLE_COUNT ?? '4000'
// `match` came with 3.10.
const output = execFileSync(findPython(10, 14), [join(here, 'unbound.py'), seed, count], { maxBuffer: 1 << 30 })
const vectors = output
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Vector)

const none = () => ({ said: 0, seen: 0, wrong: 0 })
const tally = { early: none(), handler: none(), branch: none() }
let wrong = 0
for (const vector of vectors)
  for (const claim of claims(vector)) {
    const answers = vector.runs.map((run) => judged(claim, run))
    tally[claim.kind].said++
    if (answers.includes('right')) tally[claim.kind].seen++
    if (!answers.includes('wrong')) continue
    tally[claim.kind].wrong++
    wrong++
    if (wrong <= 8)
      console.log(
        `${vector.source}\n  ${claim.kind}: ${claim.name} at ${claim.line}`,
        JSON.stringify(vector.runs[answers.indexOf('wrong')]),
      )
  }
for (const [kind, { said, seen, wrong: bad }] of Object.entries(tally))
  console.log(`${kind}: ${said} said, ${seen} seen to raise, ${bad} wrong`)
if (process.argv.includes('--write')) {
  const short = vectors.filter((one) => one.source.length < 900)
  const has = (one: Vector, kind: string) => claims(one).some((claim) => claim.kind === kind)
  const sample = ['handler', 'branch', 'early'].flatMap((kind) => short.filter((one) => has(one, kind)).slice(0, 60))
  const stored = [...new Set(sample)].map(({ source, runs }) => ({ source, runs: runs.slice(0, 20) }))
  writeFileSync(join(here, 'vectors/unbound.json'), `[\n${stored.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)
}
process.exitCode = wrong === 0 ? 0 : 1
