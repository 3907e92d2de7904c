/** The process that runs tests: loads them once, then runs any of them under any mutant, as its parent asks. */
import { activate, clearHits, hits, prepare } from './switch.ts'
import { collect, finish, runTest, type Test, tests } from './vitest.ts'

/** What a worker is asked. Tests are named as `name` in the answer to `load`. */
export type Request =
  | { type: 'load'; files: readonly string[]; count: number; active: readonly number[]; most: number }
  | { type: 'cover' }
  | { type: 'try'; active: readonly number[]; most: number; tests: readonly { name: string; reaches: boolean }[] }
  | { type: 'end' }

/** What one test did without a mutant: how often it reached each place. */
export interface Covered {
  name: string
  file: string
  milliseconds: number
  failure: string | undefined
  hits: [id: number, count: number][]
}

/** Places reached before any test runs: while the sources load, and while the tests of each file are collected. */
export interface Reached {
  loading: number[]
  collecting: [file: string, ids: number[]][]
}

export type Answer =
  | { type: 'alive' }
  | { type: 'loaded'; failure: string | undefined; reached: Reached }
  | { type: 'covered'; tests: Covered[] }
  | {
      type: 'tried'
      /** The test that failed under the mutant. */
      killer: string | undefined
      /** Tests that passed and no longer came by the mutant: something they made earlier was kept. */
      hidden: string[]
      /** The test that failed fails without the mutant too: something that another mutant made was kept. */
      spoilt: boolean
    }

type Files = Readonly<Record<string, () => Promise<unknown>>>

export function serve(tests: Files, sources: Files, setup: () => Promise<unknown>): void {
  process.once('disconnect', () => process.exit())
  process.on('message', async (request: Request) => {
    if (request.type === 'load') send(await load(tests, sources, setup, request))
    if (request.type === 'cover') send({ type: 'covered', tests: await cover() })
    if (request.type === 'try') send(await attempt(request))
    if (request.type === 'end') {
      await finish()
      process.exit(0)
    }
  })
}

const send = (answer: Answer) => process.send?.(answer)

async function load(
  files: Files,
  sources: Files,
  setup: () => Promise<unknown>,
  request: Extract<Request, { type: 'load' }>,
): Promise<Answer> {
  prepare(request.count)
  activate(request.active, request.most)
  const before: Reached = { loading: [], collecting: [] }
  try {
    // Before the tests, so that what loading reaches is told from what collecting reaches.
    for (const source of Object.values(sources)) await source()
    await setup()
    before.loading = ids()
    for (const file of request.files) {
      clearHits()
      await collect(file, files[file]!)
      before.collecting.push([file, ids()])
    }
    return { type: 'loaded', failure: undefined, reached: before }
  } catch (error) {
    return { type: 'loaded', failure: String(error), reached: before }
  }
}

const ids = () => reached().map(([id]) => id)

function reached(): [id: number, count: number][] {
  return [...hits.entries()].filter(([, count]) => count > 0)
}

async function cover(): Promise<Covered[]> {
  const out: Covered[] = []
  for (const test of tests) {
    send({ type: 'alive' })
    clearHits()
    const start = performance.now()
    const failure = await failureOf(test)
    const milliseconds = performance.now() - start
    out.push({ name: test.name, file: test.file, milliseconds, failure, hits: reached() })
  }
  return out
}

async function failureOf(test: Test): Promise<string | undefined> {
  try {
    await runTest(test)
    return undefined
  } catch (error) {
    return String(error instanceof Error ? error.message : error)
  }
}

async function attempt(request: Extract<Request, { type: 'try' }>): Promise<Answer> {
  const byName = new Map(tests.map((test) => [test.name, test]))
  const hidden: string[] = []
  for (const { name, reaches } of request.tests) {
    send({ type: 'alive' })
    const test = byName.get(name)
    // A title may be made from what a mutant changes.
    if (test === undefined) return { type: 'tried', killer: name, hidden, spoilt: false }
    activate(request.active, request.most)
    const failure = await failureOf(test)
    const passedBy = request.active.every((id) => hits[id] === 0)
    activate([])
    if (failure === undefined && reaches && passedBy) hidden.push(name)
    if (failure !== undefined)
      return { type: 'tried', killer: name, hidden, spoilt: (await failureOf(test)) !== undefined }
  }
  return { type: 'tried', killer: undefined, hidden, spoilt: false }
}
