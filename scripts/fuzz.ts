/**
 * `npm run fuzz -- [--seed S] [--cases N] [--target NAME] [--keep]`: hostile input for every reader, whole projects, corrections and
 * the language server, and what must hold of the answers whatever it is. Finds are printed small; `--keep` writes them to test/scripts/fuzz/finds.
 * `npm run fuzz -- --slow [--seconds N] [--bytes N]` looks for the slowest project of a size.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { repository } from '../test/support/trees.ts'
import { serialised } from './fuzz/finds.ts'
import { randomOf } from './fuzz/random.ts'
import { slowest } from './fuzz/slow.ts'
import { stepCounter } from './fuzz/steps.ts'
import { kindOf, shrunk, type Target, verdictOf } from './fuzz/target.ts'
import { allTargets } from './fuzz/targets.ts'
import { type Watchdog, watchdog } from './fuzz/watchdog.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    cases: { type: 'string', default: '20000' },
    target: { type: 'string', multiple: true },
    keep: { type: 'boolean', default: false },
    slow: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '120' },
    bytes: { type: 'string', default: '200000' },
  },
})
const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed)

/** How often a target is tried beside the others: a case of a reader takes a thousandth of the time of a whole project. */
const shares: Readonly<Record<string, number>> = { project: 2, fix: 1, editor: 0.2 }
const shareOf = ({ name }: Target<unknown>): number => shares[name] ?? 10

if (values.slow) slowest({ seed, seconds: Number(values.seconds), bytes: Number(values.bytes) })
else await search()

async function search(): Promise<void> {
  const targets = allTargets().filter(({ name }) => values.target === undefined || values.target.includes(name))
  if (targets.length === 0) throw new Error(`no target is called ${values.target?.join(', ')}`)
  const total = targets.reduce((sum, one) => sum + shareOf(one), 0)
  console.log(`seed ${seed}, Node ${process.version}`)
  const watch = watchdog(
    120,
    targets.map(({ name }) => name),
  )
  let finds = 0
  for (const [stream, one] of targets.entries()) {
    finds += await tried(one, Math.ceil((Number(values.cases) * shareOf(one)) / total), stream, watch)
  }
  watch.stop()
  if (finds > 0) process.exitCode = 1
}

async function tried(one: Target<unknown>, cases: number, stream: number, watch: Watchdog): Promise<number> {
  const begun = process.cpuUsage()
  // Counting makes everything slower: the first cases stand for the others.
  const counted = one.steps === undefined ? 0 : Math.min(cases, Math.max(20, Math.ceil(cases / 50)))
  const counter = counted > 0 ? stepCounter() : undefined
  const kinds = new Set<string>()
  for (let index = 0; index < cases; index++) {
    const input = one.make(randomOf(seed, streamOf(one.name) + index))
    watch.begin(stream, index)
    if (index === counted) counter?.stop()
    if (index < counted) counter?.take()
    const verdict =
      (await verdictOf(one, input)) ?? (index < counted ? tooLong(one, input, counter?.take() ?? 0) : undefined)
    if (verdict === undefined || kinds.has(kindOf(verdict))) continue
    console.log(`\n${one.name}, case ${index}: ${verdict}`)
    watch.begin(stream, -1)
    const small = await shrunk(one, input, shares[one.name] === undefined ? 1_500 : 60)
    kinds.add(kindOf(verdict))
    tell(one, index, verdict, small)
  }
  if (counted === cases) counter?.stop()
  const { user, system } = process.cpuUsage(begun)
  console.log(
    `${one.name.padEnd(14)}${String(cases).padStart(9)} cases ${((user + system) / 1e6).toFixed(1).padStart(8)} s  ${kinds.size} finds`,
  )
  return kinds.size
}

function tooLong(one: Target<unknown>, input: unknown, steps: number): string | undefined {
  const most = one.steps?.(input) ?? Number.POSITIVE_INFINITY
  return steps > most ? `takes ${steps} steps, more than ${most}` : undefined
}

function tell(one: Target<unknown>, index: number, verdict: string, small: unknown): void {
  const text = serialised(one.name, verdict, small)
  console.log(text.slice(0, 3_000))
  if (!values.keep) return
  const folder = join(repository, 'test/scripts/fuzz/finds')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${one.name}-${seed}-${index}.json`), text)
}

/** The same cases for a target whichever others are tried. */
function streamOf(name: string): number {
  return [...name].reduce((sum, letter) => Math.imul(sum ^ letter.charCodeAt(0), 0x01000193), 7)
}
