/**
 * Compares what scripts of a page leave in a variable with Node.js: `npm run oracle:script-values`. `ORACLE_SEED` and
 * `ORACLE_COUNT` choose other scripts; `--write` stores them with both answers for `npm test`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { answersOf } from './node.ts'
import { covers, outcomesOf, told, type Vector } from './ours.ts'
import { programsOf } from './programs.ts'

const scripts = programsOf(Number(process.env.ORACLE_SEED ?? '20261130'), Number(process.env.ORACLE_COUNT ?? '2000'))
const vectors: Vector[] = []
let wrong = 0
let open = 0
for (const script of new Set(scripts)) {
  const answers = answersOf(script)
  if (answers === undefined) continue
  const outcomes = outcomesOf(script)
  const missed = answers.filter((answer) => !covers(outcomes, answer))
  if (outcomes.every(({ value }) => value.type === 'unknown')) open++
  if (missed.length > 0) {
    wrong++
    console.log(`WRONG  ${missed.join(' and ')}\n       ours  ${outcomes.map(told).join(' | ')}\n${script}\n`)
  }
  vectors.push({ script, answers, ours: outcomes.map(told) })
}
console.log(`${vectors.length} scripts, ${wrong} wrong, ${open} open`)
if (wrong > 0) process.exitCode = 1
else if (process.argv.includes('--write'))
  writeFileSync(join(import.meta.dirname, 'vectors.json'), `${JSON.stringify(vectors, undefined, 1)}\n`)
