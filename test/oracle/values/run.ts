/**
 * Compares what expressions are worth with CPython 3.12: `npm run oracle:values`. `ORACLE_SEED` chooses other expressions;
 * `--write` stores them with the answers for `npm test`, `--open` lists what the evaluator leaves open.
 */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findPython } from '../environment.ts'
import { answers, type Program, programAnswer, type Vector } from './ours.ts'
import { openProgramsOf, programsOf } from './programs.ts'
import { questionsOf } from './questions.ts'
import { missed, type OpenProgram, openEvaluation, told, worlds } from './worlds.ts'

const here = import.meta.dirname
const seed = Number(process.env.ORACLE_SEED ?? '20261130')
const questions = questionsOf(seed)
const theirs = ask<(string | null)[][]>(
  'answer.py',
  questions.map(({ setup, expressions }) => [setup, expressions]),
)

function ask<Answer>(script: string, input: unknown): Answer {
  const python = findPython(12, 12)
  const options = { input: JSON.stringify(input), maxBuffer: 1 << 30 }
  return JSON.parse(execFileSync(python, ['-W', 'ignore', join(here, script)], options).toString()) as Answer
}

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

const sources = programsOf(seed, Number(process.env.ORACLE_COUNT ?? '800'))
const results = ask<(Program['answer'] | null)[]>('answer_programs.py', sources)
let wrongPrograms = 0
let openNames = 0
const programs = sources.flatMap((source, at): Program[] => {
  const given = results[at]
  if (given === null || given === undefined) return []
  const answer = known(given)
  const ours = programAnswer(source)
  const keys = typeof answer === 'string' ? ['!'] : Object.keys(answer)
  const open = keys.filter(
    (key) => ours === undefined || (key !== '!' && typeof ours !== 'string' && ours[key] === undefined),
  )
  const compared = keys.filter((key) => !open.includes(key))
  const side = (one: Program['answer'] | undefined, key: string) => (typeof one === 'object' ? one[key] : one)
  const differs = compared.filter((key) => side(ours, key) !== side(answer, key))
  openNames += open.length
  if (differs.length > 0) {
    wrongPrograms++
    const shown = differs.map((key) => `${key}: ${side(answer, key)}, ours ${side(ours, key)}`)
    console.log(`WRONG\n${source}\n=> ${shown.join('; ')}`)
    return []
  }
  return [{ source, answer, ...(open.length > 0 ? { open } : {}) }]
})
console.log(`${programs.length} programs, ${wrongPrograms} wrong, ${openNames} names open`)

const openSources = openProgramsOf(seed, Number(process.env.ORACLE_COUNT ?? '500'))
const openResults = ask<(Program['answer'] | null)[][]>('answer_worlds.py', [openSources, worlds])
let wrongWorlds = 0
const openPrograms = openSources.flatMap((source, at): OpenProgram[] => {
  const given = openResults[at] ?? []
  const answers = given.flatMap((one) => (one === null ? [] : [known(one)]))
  const evaluation = openEvaluation(source)
  const differs = answers.flatMap((answer, i) => missed(evaluation, answer).map((one) => `${i}: ${one}`))
  if (differs.length > 0) {
    wrongWorlds++
    console.log(`WRONG\n${source}\n=> ${differs.join('; ')}\n   ours ${told(evaluation).join('\n        ')}`)
    return []
  }
  return answers.length < worlds.length ? [] : [{ source, answers, ours: told(evaluation) }]
})
console.log(`${openPrograms.length} programs in ${worlds.length} environments, ${wrongWorlds} wrong`)

/** Without the names whose values are none that could be compared. */
function known(answer: Program['answer']): Program['answer'] {
  if (typeof answer === 'string') return answer
  return Object.fromEntries(Object.entries(answer).filter(([, one]) => one !== null))
}

if (process.argv.includes('--write')) {
  writeFileSync(
    join(here, 'open-programs.json'),
    `[\n${openPrograms.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`,
  )
  const lines = programs.map((one) => JSON.stringify(one))
  writeFileSync(join(here, 'programs.json'), `[\n${lines.join(',\n')}\n]\n`)
  for (const { about, setup, answers } of vectors) {
    const rows = answers.map((one) => JSON.stringify(one)).join(',\n')
    const name = about.replaceAll(/\W+/g, '-')
    writeFileSync(
      join(here, `vectors/${name}.json`),
      `{"about": ${JSON.stringify(about)}, "setup": ${JSON.stringify(setup)}, "answers": [\n${rows}\n]}\n`,
    )
  }
}
process.exitCode = wrong + wrongPrograms === 0 ? 0 : 1
