/**
 * `npm run mutate -- [--sample N] [--seed S] [--since REV] [--minutes M] [paths]`: changes the sources a little, one place at a time, and
 * tells which changes no test notices. Without paths: rules and the folders of `src` that decide what is reported.
 */
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Bundle, bundle } from './mutate/bundle.ts'
import { changedSince, FOLDERS, mutantsAt, numbered, sampled } from './mutate/choose.ts'
import { type Coverage, cover, type Judged, judge, type Verdict } from './mutate/judge.ts'
import { described, scores } from './mutate/print.ts'
import { openTypes } from './mutate/types.ts'

const root = join(import.meta.dirname, '..')
const cache = join(root, '.cache/mutate')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: 'string' },
    seed: { type: 'string' },
    since: { type: 'string' },
    minutes: { type: 'string' },
    verbose: { type: 'boolean' },
  },
})
const begun = Date.now()
const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed)

const everywhere = mutantsAt(root, positionals.length > 0 ? positionals : FOLDERS)
const wanted = values.since === undefined ? everywhere : changedSince(root, values.since, everywhere)
const chosen = values.sample === undefined ? wanted : sampled(wanted, Number(values.sample), seed)
const mutants = numbered(chosen)
console.log(`${mutants.length} of ${wanted.length} mutants, seed ${seed}`)

mkdirSync(cache, { recursive: true })
const program = mkdtempSync(join(cache, 'program-'))
const folder = mkdtempSync(join(tmpdir(), 'mutate-'))
const judged: Judged[] = []
let journal = ''
process.once('exit', () => {
  rmSync(program, { recursive: true, force: true })
  rmSync(folder, { recursive: true, force: true })
})
// What was tried until then is a sample too, once those are settled that have passed their first tests: most of them survive.
let stopping = false
process.on('SIGINT', () => {
  if (stopping) process.exit(130)
  stopping = true
  console.log('settles what it has begun; a second interrupt ends it at once')
})
const until = values.minutes === undefined ? Number.POSITIVE_INFINITY : begun + Number(values.minutes) * 60_000
if (mutants.length > 0) await run()

async function run(): Promise<void> {
  const built = await bundle(root, program, mutants)
  const coverage = await covered(built)
  for (const { name, failure } of coverage.tests)
    if (failure !== undefined) console.log(`not used, fails here: ${name}: ${failure.split('\n')[0]}`)
  console.log(`${coverage.tests.length} tests loaded and run once: ${seconds(begun)}`)
  journal = join(cache, `verdicts-${built.hash}.jsonl`)
  const before = verdictsIn(journal)
  judged.push(...before)
  const settled = new Set(before.map(({ mutant }) => mutant.id))
  if (settled.size > 0) console.log(`${settled.size} were tried before`)
  const types = openTypes(root)
  const left = mutants.filter(({ id }) => !settled.has(id))
  const stop = () => stopping || Date.now() > until
  await judge({ bundle: built, folder, mutants, coverage, types, told, left, stop })
  types.close()
  report()
}

/** What an interrupted run of the same sample on the same sources and tests has found. */
function verdictsIn(file: string): Judged[] {
  if (!existsSync(file)) return []
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.endsWith('}'))
  return lines.flatMap((line) => {
    const { id, isStatic, verdict } = JSON.parse(line) as { id: number; isStatic: boolean; verdict: Verdict }
    const mutant = mutants[id]
    return mutant === undefined ? [] : [{ mutant, isStatic, verdict }]
  })
}

function report(): void {
  const survivors = judged.filter(({ verdict }) => ['survived', 'uncovered'].includes(verdict.outcome))
  console.log(`\n${survivors.map(line).sort().join('\n')}\n\n${scores(judged)}\n${seconds(begun)}`)
}

/** What tests do without a mutant, kept for the same program and the same inputs. */
async function covered(built: Bundle): Promise<Coverage> {
  const kept = join(cache, `coverage-${built.hash}.json`)
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, 'utf8'))
  const coverage = await cover(built, folder, mutants.length)
  writeFileSync(kept, JSON.stringify(coverage))
  return coverage
}

function told(one: Judged): void {
  judged.push(one)
  appendFileSync(journal, `${JSON.stringify({ id: one.mutant.id, isStatic: one.isStatic, verdict: one.verdict })}\n`)
  const done = `${judged.length}/${mutants.length} ${seconds(begun)}`
  if (values.verbose === true) console.log(`${done} ${line(one)}`)
  else if (judged.length % 50 === 0) console.log(done)
}

function line({ mutant, verdict, isStatic }: Judged): string {
  const end = 'by' in verdict ? `${verdict.outcome} by ${verdict.by.split('\n')[0]}` : verdict.outcome
  return `${described(mutant, readFileSync(join(root, mutant.file), 'utf8'))}  (${isStatic ? 'static, ' : ''}${end})`
}

function seconds(since: number): string {
  return `${Math.round((Date.now() - since) / 1000)} s`
}
