/**
 * Compares what expressions are worth with CPython 3.12: `npm run oracle:values`. `ORACLE_SEED` chooses other expressions;
 * `--write` stores them with the answers for `npm test`, `--open` lists what the evaluator leaves open.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPython } from '../environment.ts'
import { answers, type Vector } from './ours.ts'
import { questionsOf } from './questions.ts'

const here = import.meta.dirname
const questions = questionsOf(Number(process.env.ORACLE_SEED ?? '20261130'))
const input = JSON.stringify(questions.map(({ setup, expressions }) => [setup, expressions]))
const output = execFileSync(findPython(12, 12), ['-W', 'ignore', join(here, 'answer.py')], {
  input,
  maxBuffer: 1 << 30,
})
const theirs = JSON.parse(output.toString()) as (string | null)[][]

let asked = 0
let wrong = 0
let open = 0
const vectors = questions.map(({ about, setup, expressions }, at): Vector => {
  const known = expressions.flatMap((expression, i): [string, string][] => {
    const answer = theirs[at]?.[i]
    return typeof answer === 'string' ? [[expression, answer]] : []
  })
  const ours = answers(
    setup,
    known.map(([expression]) => expression),
  )
  asked += known.length
  return {
    about,
    setup,
    answers: known.map(([expression, answer], i) => {
      if (ours[i] === undefined) {
        open++
        if (process.argv.includes('--open')) console.log(`open   ${expression}  =>  ${answer}`)
        return [expression, answer, 'open']
      }
      if (ours[i] === answer) return [expression, answer]
      wrong++
      console.log(`WRONG  ${expression}  =>  ${answer}\n       ours  ${ours[i]}`)
      return [expression, answer]
    }),
  }
})
console.log(`${asked} expressions, ${wrong} wrong, ${open} open`)
if (process.argv.includes('--write')) {
  for (const { about, setup, answers } of vectors) {
    const rows = answers.map((one) => JSON.stringify(one)).join(',\n')
    const name = about.replaceAll(/\W+/g, '-')
    writeFileSync(
      join(here, `vectors/${name}.json`),
      `{"about": ${JSON.stringify(about)}, "setup": ${JSON.stringify(setup)}, "answers": [\n${rows}\n]}\n`,
    )
  }
}
process.exitCode = wrong === 0 ? 0 : 1
