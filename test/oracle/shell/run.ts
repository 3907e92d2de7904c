/**
 * Proves the process model against bash: each command runs in a sandbox where every program is a stub that records how
 * it was called, and the static answer must be the same. Writes the vectors that `npm test` replays without bash.
 *
 * usage: npm run oracle:shell [-- PROCFILE…]   (further Procfiles whose web lines are tried in an empty folder)
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseProcfile } from '../../../src/syntax/procfile/procfile.ts'
import { needPaths, needPrograms } from '../environment.ts'
import { knownVariables, type Sample, samples, usualFiles } from './generate.ts'
import { type Sandbox, type Started, sandbox } from './observe.ts'
import { compare, predict, programsOf } from './predict.ts'
import { systematic } from './systematic.ts'

export interface Vector extends Sample {
  readonly home: string
  readonly started: readonly Started[]
  /** The model does not claim to know what it starts. */
  readonly open?: true
}

const procfiles = process.argv.slice(2).filter((argument) => argument !== '--write')
needPrograms('bash', 'dash')
needPaths(procfiles)

const seed = 20_261_101
const count = Number(process.env.ORACLE_COUNT ?? 2000)
const kept = 400

const counts = { same: 0, different: 0, undetermined: 0 }
const reasons = new Map<string, number>()
const vectors: Vector[] = []
/** Other people's lines name programs that the sandbox does not have: they get stubs where the line looks for them. */
const outside = 'a program outside the folder'

function tryOne(sample: Sample, files: Readonly<Record<string, string>>, isForeign = false): Vector | undefined {
  const box: Sandbox = sandbox(files)
  try {
    const predicted = predict(sample.command, files, box.home)
    if (isForeign && !programsOf(predicted).every(({ program, folder }) => box.provide(program, folder))) {
      counts.undetermined++
      reasons.set(outside, (reasons.get(outside) ?? 0) + 1)
      return undefined
    }
    const started = box.run(sample.command, sample.environment)
    if (started === undefined) return undefined
    const { verdict, why } = compare(predicted, started, sample.environment)
    counts[verdict]++
    if (verdict === 'undetermined' && process.env.ORACLE_SHOW !== undefined)
      console.log(`UNDETERMINED ${why} ${JSON.stringify(sample.command)}`)
    if (verdict === 'undetermined') reasons.set(why, (reasons.get(why) ?? 0) + 1)
    if (verdict === 'different') {
      console.log(
        `DIFFERENT ${JSON.stringify(sample.command)} ${JSON.stringify(sample.files)} ${JSON.stringify(sample.environment)}\n  ${why}`,
      )
    }
    return { ...sample, home: box.home, started, ...(verdict === 'undetermined' ? { open: true } : {}) }
  } finally {
    box.remove()
  }
}

for (const sample of samples(seed, count)) {
  const vector = tryOne(sample, { ...usualFiles, ...sample.files })
  if (vector !== undefined && vectors.length < kept) vectors.push(vector)
}
const each = systematic().flatMap((sample) => {
  const before = counts.different
  const vector = tryOne(sample, usualFiles)
  return vector === undefined || counts.different > before ? [] : [vector]
})
for (const path of procfiles) {
  for (const line of parseProcfile(readFileSync(path, 'utf8')).lines) {
    const reading = line.readings.classic
    // A login shell would read /etc/profile and find real programs.
    if (reading?.type !== 'web' || /sh\s+(?:-\w*l|--login)/.test(reading.command)) continue
    tryOne({ command: reading.command, files: {}, environment: { ...knownVariables } }, {}, true)
  }
}

const total = counts.same + counts.different + counts.undetermined
console.log(
  `${total} commands: ${counts.same} same, ${counts.different} different, ${counts.undetermined} undetermined (${((100 * counts.same) / total).toFixed(2)} % determined)`,
)
for (const [why, times] of [...reasons].sort((a, b) => b[1] - a[1])) console.log(`  ${times} ${why}`)
const relevant = (environment: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(environment).filter(([name]) =>
      /^(?:A|B|M|N|X|Y|FOO|PORT|NAME|MODE|USE_X|EXTRA|LIST|HOST|ARGS)$/.test(name),
    ),
  )
function store(name: string, all: readonly Vector[]): void {
  const lines = all.map((vector) => {
    const started = vector.started.map((one) => ({ ...one, environment: relevant(one.environment) }))
    return JSON.stringify({ ...vector, started })
  })
  writeFileSync(join(import.meta.dirname, 'vectors', name), `[\n${lines.join(',\n')}\n]\n`)
}
if (process.argv.includes('--write')) {
  store('commands.json', vectors)
  store('systematic.json', each)
}
if (counts.different > 0) process.exitCode = 1
