/**
 * What becomes of each mutant. Most are tried in a process that stays: its tests are loaded already, and only those that
 * reach the mutant run. What a kept value could falsify is tried again in a fresh process, and so is what runs at load.
 */
import type { Bundle } from './bundle.ts'
import type { Numbered } from './instrument.ts'
import { startWorker, type Worker } from './process.ts'
import type { Types } from './types.ts'
import type { Covered, Reached } from './worker.ts'

export type Verdict =
  | { outcome: 'killed'; by: string }
  | { outcome: 'survived' }
  /** No test reaches it. */
  | { outcome: 'uncovered' }
  /** `npm run types` refuses it: nobody could run it, so no test is asked. */
  | { outcome: 'refused'; by: string }

export interface Judged {
  mutant: Numbered
  /** Reached while modules load: a table, a text beside functions. */
  isStatic: boolean
  verdict: Verdict
}

/** What tests do without a mutant, by place and by test. */
export interface Coverage {
  before: Reached
  tests: readonly Covered[]
}

export interface Judging {
  bundle: Bundle
  /** Where worker processes stand; what a mutant writes without meaning to lands here. */
  folder: string
  mutants: readonly Numbered[]
  coverage: Coverage
  types: Types
  told: (judged: Judged) => void
  /** Asked before each mutant: no more are begun. */
  stop: () => boolean
  /** Those that are still to be tried. */
  left: readonly Numbered[]
}

/** A process without a sign of life for this long hangs, whatever the machine is doing besides. */
const SILENCE = 20_000
/** Static mutants that passed their nearest tests run the others together: where all pass, all survive. */
const TOGETHER = 8
/** The tests nearest to a static mutant, in milliseconds of running time. */
const NEAREST = 4_000
/** Those that each dynamic mutant meets alone; what passes them meets the others in company, for most of them notice nothing. */
const ALONE = 1_500
const IN_COMPANY = 16

/** Every test once without a mutant. Throws when the process is lost. */
export async function cover(bundle: Bundle, folder: string, count: number): Promise<Coverage> {
  const worker = startWorker(bundle.entry, folder)
  try {
    const loaded = await worker.ask({ type: 'load', files: bundle.testFiles, count, active: [], most: 0 }, 120_000)
    if (loaded.type !== 'loaded' || loaded.failure !== undefined)
      throw new Error(`the tests do not load: ${reason(loaded)}`)
    const covered = await worker.ask({ type: 'cover' }, 300_000)
    if (covered.type !== 'covered') throw new Error(`the tests do not run: ${reason(covered)}`)
    return { before: loaded.reached, tests: covered.tests }
  } finally {
    await worker.end()
  }
}

const reason = (answer: object) =>
  'failure' in answer ? answer.failure : 'complaint' in answer ? answer.complaint : JSON.stringify(answer)

/** Tries every mutant in the given order; each is told when it is settled. */
export async function judge(judging: Judging): Promise<void> {
  const { before, tests } = judging.coverage
  const loading = new Set(before.loading)
  const usable = tests.filter(({ failure }) => failure === undefined)
  const warm = warmProcess(judging)
  let left: Numbered[] = []
  let unnoticed: Numbered[] = []
  const killers = new Map<string, number>()
  for (const mutant of judging.left) {
    if (judging.stop()) break
    const complaint = judging.types.complaint(mutant)
    if (complaint !== undefined) {
      judging.told({ mutant, isStatic: loading.has(mutant.id), verdict: { outcome: 'refused', by: complaint } })
      continue
    }
    const reaching = ordered(
      mutant,
      usable.filter(({ hits }) => hits.some(([id]) => id === mutant.id)),
      killers,
    )
    const files = before.collecting.flatMap(([file, ids]) => (ids.includes(mutant.id) ? [file] : []))
    const collected = ordered(
      mutant,
      usable.filter(({ file }) => files.includes(file)),
    )
    const isStatic = loading.has(mutant.id)
    const near = isStatic ? nearest(mutant, usable, judging.bundle) : []
    const by =
      (reaching.length > 0 ? await dynamic(judging, warm, [mutant], within(ALONE, reaching)) : undefined) ??
      (collected.length > 0 ? await fresh(judging, [mutant], collected) : undefined) ??
      (near.length > 0 ? await fresh(judging, [mutant], near) : undefined)
    if (by !== undefined) killers.set(by, (killers.get(by) ?? 0) + 1)
    if (by !== undefined) judging.told({ mutant, isStatic, verdict: { outcome: 'killed', by } })
    else if (isStatic) left.push(mutant)
    else if (within(ALONE, reaching).length < reaching.length) unnoticed.push(mutant)
    else
      judging.told({
        mutant,
        isStatic,
        verdict: { outcome: reaching.length + collected.length > 0 ? 'survived' : 'uncovered' },
      })
    if (unnoticed.length >= IN_COMPANY) {
      await inCompany(judging, warm, unnoticed, usable)
      unnoticed = []
    }
    if (left.length < TOGETHER) continue
    await together(judging, left, usable)
    left = []
  }
  await inCompany(judging, warm, unnoticed, usable)
  await warm.end()
  if (left.length > 0) await together(judging, left, usable)
}

/** The first of them that take so long in all, at least one. */
function within(milliseconds: number, tests: readonly Covered[]): readonly Covered[] {
  let time = 0
  return tests.filter((test, at) => {
    time += test.milliseconds
    return at === 0 || time < milliseconds
  })
}

/** Runs the tests that reach any of the mutants under all of them; where one fails, each that it reaches meets it alone. */
async function inCompany(
  judging: Judging,
  warm: ReturnType<typeof warmProcess>,
  mutants: readonly Numbered[],
  usable: readonly Covered[],
): Promise<void> {
  const reaches = ({ hits }: Covered, { id }: Numbered) => hits.some(([hit]) => hit === id)
  let tests = usable.filter((test) => mutants.some((mutant) => reaches(test, mutant)))
  let left = mutants
  while (left.length > 0 && tests.length > 0) {
    const by = await dynamic(judging, warm, left, tests)
    if (by === undefined) break
    const at = tests.findIndex(({ name }) => name === by)
    const killed: Numbered[] = []
    for (const mutant of left) {
      const alone = (at < 0 ? tests : tests.slice(at, at + 1)).filter((test) => reaches(test, mutant))
      const killer = alone.length === 0 ? undefined : await dynamic(judging, warm, [mutant], alone)
      if (killer === undefined) continue
      killed.push(mutant)
      judging.told({ mutant, isStatic: false, verdict: { outcome: 'killed', by: killer } })
    }
    left = left.filter((mutant) => !killed.includes(mutant))
    // Without a test to blame, each has met them all by itself.
    if (at < 0) break
    tests = tests.slice(at + 1).filter((test) => left.some((mutant) => reaches(test, mutant)))
  }
  for (const mutant of left) judging.told({ mutant, isStatic: false, verdict: { outcome: 'survived' } })
}

/** A process that stays, replaced when it is lost or spoilt. */
function warmProcess({ bundle, folder, mutants }: Judging) {
  let worker: Worker | undefined
  return {
    async ready(): Promise<Worker> {
      if (worker !== undefined) return worker
      worker = startWorker(bundle.entry, folder)
      const request = { type: 'load', files: bundle.testFiles, count: mutants.length, active: [], most: 0 } as const
      const loaded = await worker.ask(request, 300_000)
      if (loaded.type !== 'loaded' || loaded.failure !== undefined)
        throw new Error(`the tests do not load: ${reason(loaded)}`)
      return worker
    },
    async end(): Promise<void> {
      await worker?.end()
      worker = undefined
    },
  }
}

/** What notices any of the mutants among tests that reach them, if something does. */
async function dynamic(
  judging: Judging,
  warm: ReturnType<typeof warmProcess>,
  mutants: readonly Numbered[],
  reaching: readonly Covered[],
): Promise<string | undefined> {
  const worker = await warm.ready()
  const tests = reaching.map(({ name }) => ({ name, reaches: true }))
  const active = mutants.map(({ id }) => id)
  const limit = Math.max(...mutants.map((one) => most(one, reaching)))
  const answer = await worker.ask({ type: 'try', active, most: limit, tests }, silence(reaching))
  if (answer.type === 'lost') {
    await warm.end()
    return answer.how
  }
  if (answer.type !== 'tried') throw new Error(`unexpected answer: ${answer.type}`)
  if (answer.spoilt) {
    await warm.end()
    return fresh(judging, mutants, reaching)
  }
  if (answer.killer !== undefined || answer.hidden.length === 0) return answer.killer
  return fresh(
    judging,
    mutants,
    reaching.filter(({ name }) => answer.hidden.includes(name)),
  )
}

/** Tries mutants in a process that loads its modules under them: what notices any of them, if something does. */
async function fresh(
  judging: Judging,
  mutants: readonly Numbered[],
  tests: readonly Covered[],
): Promise<string | undefined> {
  const { bundle, folder } = judging
  const worker = startWorker(bundle.entry, folder)
  const active = mutants.map(({ id }) => id)
  const limit = Math.max(...mutants.map((one) => most(one, tests)))
  try {
    const files = [...new Set(tests.map(({ file }) => file))]
    const loaded = await worker.ask(
      { type: 'load', files, count: judging.mutants.length, active, most: limit },
      120_000,
    )
    if (loaded.type === 'lost') return loaded.how
    if (loaded.type === 'loaded' && loaded.failure !== undefined) return `loading: ${loaded.failure}`
    const named = tests.map(({ name }) => ({ name, reaches: false }))
    const answer = await worker.ask({ type: 'try', active, most: limit, tests: named }, silence(tests))
    if (answer.type === 'lost') return answer.how
    return answer.type === 'tried' ? answer.killer : undefined
  } finally {
    await worker.end()
  }
}

/**
 * Runs every test that can see one of the mutants under all of them. Where one fails, each mutant meets that test alone, and
 * the others go on from there. Tests that come by no mutant at all are left out: those start the built program or read files.
 */
async function together(judging: Judging, mutants: readonly Numbered[], usable: readonly Covered[]): Promise<void> {
  const files = new Set(mutants.flatMap(({ file }) => judging.bundle.testsOf(file)))
  let tests = usable.filter(({ file, hits }) => files.has(file) && hits.length > 0)
  let left = mutants
  while (left.length > 0 && tests.length > 0) {
    const by = await fresh(judging, left, tests)
    if (by === undefined) break
    const at = tests.findIndex(({ name }) => name === by)
    const alone = at < 0 ? tests : tests.slice(at, at + 1)
    const killed: Numbered[] = []
    for (const mutant of left) {
      const killer = left.length === 1 ? by : await fresh(judging, [mutant], alone)
      if (killer === undefined) continue
      killed.push(mutant)
      judging.told({ mutant, isStatic: true, verdict: { outcome: 'killed', by: killer } })
    }
    left = left.filter((mutant) => !killed.includes(mutant))
    // Without a test to blame, each has met them all by itself.
    if (at < 0) break
    tests = tests.slice(at + 1)
  }
  for (const mutant of left) judging.told({ mutant, isStatic: true, verdict: { outcome: 'survived' } })
}

/** Tests that bear the name of the mutant's file or rule first, then those that have noticed others, then the quick ones. */
function ordered(mutant: Numbered, tests: readonly Covered[], killers?: ReadonlyMap<string, number>): Covered[] {
  const killed = ({ name }: Covered) => killers?.get(name) ?? 0
  return [...tests].sort(
    (a, b) => kinship(mutant, b) - kinship(mutant, a) || killed(b) - killed(a) || a.milliseconds - b.milliseconds,
  )
}

/** How many of the folders and names of a source stand in the name of a test; a rule's own page has them all. */
function kinship({ file }: Numbered, { name }: Covered): number {
  const rule = /^rules\/([^/]+\/[^/]+)\//.exec(file)?.[1]
  if (rule !== undefined) return name.includes(` > ${rule} > `) ? 2 : 0
  const parts = file
    .replace(/^src\//, '')
    .replace(/\.ts$/, '')
    .split('/')
  let path = 'test'
  let shared = 0
  for (const part of parts) {
    path += `/${part}`
    if (name.startsWith(`${path}/`) || name.startsWith(`${path}.test.ts `)) shared++
  }
  return shared
}

function nearest(mutant: Numbered, usable: readonly Covered[], bundle: Bundle): Covered[] {
  const files = new Set(bundle.testsOf(mutant.file))
  let time = 0
  return ordered(
    mutant,
    usable.filter(({ file }) => files.has(file)),
  ).filter((test) => {
    time += test.milliseconds
    return kinship(mutant, test) > 0 && time < NEAREST
  })
}

/** Far above what any of the tests asks of this place: a loop without end is over soon. */
function most({ id }: Numbered, tests: readonly Covered[]): number {
  const counts = tests.flatMap(({ hits }) => hits.filter(([hit]) => hit === id).map(([, count]) => count))
  return Math.max(0, ...counts) * 50 + 1_000_000
}

const silence = (tests: readonly Covered[]) =>
  SILENCE + 10 * Math.max(0, ...tests.map(({ milliseconds }) => milliseconds))
