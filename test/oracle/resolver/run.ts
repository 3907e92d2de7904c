/**
 * Compares our resolver with the one inside pip over the same metadata: `npm run oracle:resolver`. `PIP_PYTHON`: a Python
 * with another pip than that of the environment it makes. `--write` stores the answers for `npm test`.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { knownPackages, packageHistory } from '../../../src/knowledge/packages/packages.ts'
import { pipPython } from '../environment.ts'
import { answer, guide, question } from './questions.ts'

const here = import.meta.dirname
const python = pipPython()
const count = Number(process.env.ORACLE_SETS ?? 300)
const questions = [...guide, ...fc.sample(question, { numRuns: count, seed: 20_261_122 })]
const packages = Object.fromEntries(
  knownPackages().map((name) => [
    name,
    (packageHistory(name)?.releases ?? []).map(({ version, yanked, requiresPython, requires }) => ({
      version,
      yanked,
      python: requiresPython,
      requires: requires ?? [],
    })),
  ]),
)
const output = execFileSync(python, [join(here, 'resolvelib_reader.py')], {
  input: JSON.stringify({ packages, questions }),
  maxBuffer: 1 << 28,
})
const answers = JSON.parse(output.toString()) as (boolean | 'undecided')[]

let differences = 0
let undecided = 0
for (const [index, asked] of questions.entries()) {
  const [theirs, ours] = [answers[index], answer(asked)]
  if (ours === 'undecided') undecided++
  else if (theirs !== 'undecided' && ours !== theirs) {
    differences++
    console.log(`${JSON.stringify(asked)}\n  pip: ${theirs}  ours: ${ours}`)
  }
}
const satisfiable = answers.filter((one) => one === true).length
console.log(`${questions.length} sets (${satisfiable} satisfiable), ${differences} differences, ${undecided} undecided`)
if (process.argv.includes('--write')) {
  const rows = questions.map((asked, index) => JSON.stringify([asked, answers[index]]))
  writeFileSync(join(here, 'vectors/pip.json'), `[\n${rows.join(',\n')}\n]\n`)
}
process.exitCode = differences === 0 ? 0 : 1
