/**
 * Compares versions, specifiers and markers with `packaging`: `npm run oracle:versions`. `PIP_PYTHON`: a Python with
 * another `packaging` than that of the environment it makes. `--write` stores a sample with the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { pipPython } from '../environment.ts'
import { answer, question } from './questions.ts'

const here = import.meta.dirname
const python = pipPython()
const count = Number(process.env.ORACLE_PAIRS ?? 20_000)
const questions = fc.sample(question, { numRuns: count, seed: 20_261_122 })
const output = execFileSync(python, [join(here, 'packaging_reader.py')], {
  input: JSON.stringify(questions),
  maxBuffer: 1 << 30,
})
const answers = JSON.parse(output.toString()) as unknown[]

let differences = 0
for (const [index, asked] of questions.entries()) {
  const [theirs, ours] = [JSON.stringify(answers[index]), JSON.stringify(answer(asked))]
  if (theirs === ours) continue
  differences++
  if (differences <= 20) console.log(`${JSON.stringify(asked)}\n  packaging: ${theirs}\n  ours:      ${ours}`)
}
console.log(`${count} questions, ${differences} differences`)
if (process.argv.includes('--write')) {
  const sample = questions.slice(0, 600).map((asked, index) => [asked, answers[index]])
  writeFileSync(join(here, 'vectors/packaging.json'), `[\n${sample.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`)
}
process.exitCode = differences === 0 ? 0 : 1
