/**
 * Stands for `vitest` while mutants are tried: tests are collected once and any of them can be run again at any time,
 * which vitest itself does not offer. Holds what the tests of this project use; anything else fails when it is collected.
 */
import { readFileSync } from 'node:fs'
import { format, isDeepStrictEqual } from 'node:util'
import { chai, GLOBAL_EXPECT, JestAsymmetricMatchers, JestChaiExpect, JestExtend, setState } from '@vitest/expect'

type Run = () => unknown

interface Suite {
  name: string
  parent: Suite | undefined
  beforeEach: Run[]
  afterEach: Run[]
  beforeAll: Run[]
  afterAll: Run[]
}

/** A collected test: `name` holds its file, its suites and its title. */
export interface Test {
  name: string
  file: string
  suite: Suite
  run: Run
  timeout: number
}

export const tests: Test[] = []
/** Around the tests of all files: what the setup of the tests asks before and after each. */
const everywhere = suiteIn('', undefined)
let suite = everywhere
let file = ''

function suiteIn(name: string, parent: Suite | undefined): Suite {
  return { name, parent, beforeEach: [], afterEach: [], beforeAll: [], afterAll: [] }
}

const waiting: { suite: Suite; run: Run }[] = []

/** Collects the tests of one file; `load` evaluates its module. */
export async function collect(path: string, load: () => Promise<unknown>): Promise<void> {
  file = path
  suite = suiteIn(path, everywhere)
  await load()
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    suite = next.suite
    await next.run()
  }
}

/** A suite runs after what is around it, since some wait for what they describe. */
function define(name: string, first: Run | object, second?: Run): void {
  const run = (typeof first === 'function' ? first : second) as Run
  waiting.push({ suite: suiteIn(`${suite.name} > ${name}`, suite), run })
}

function add(name: string, first: Run | number | object = () => {}, second?: Run | number | object): void {
  const run = [first, second].find((one) => typeof one === 'function') as Run
  const timeout = [first, second].find((one) => typeof one === 'number') as number | undefined
  tests.push({ name: `${suite.name} > ${name}`, file, suite, run, timeout: timeout ?? 20_000 })
}

type Define = (name: string, run: (...row: never[]) => unknown, ...more: unknown[]) => void

/** `it` or `describe` with the variants that tests use. */
function variants(plain: Define) {
  const nothing: Define = () => {}
  return Object.assign(plain, {
    skip: nothing,
    skipIf: (skip: unknown) => (skip ? nothing : plain),
    runIf: (run: unknown) => (run ? plain : nothing),
    each: (rows: readonly unknown[]) => (name: string, run: (...row: unknown[]) => unknown, more?: unknown) => {
      for (const one of rows) {
        const row = Array.isArray(one) ? one : [one]
        plain(titled(name, row), () => run(...row), more)
      }
    },
  })
}

function titled(name: string, row: readonly unknown[]): string {
  return format(name, ...row.slice(0, name.match(/%[sdifjoO]/g)?.length ?? 0))
}

export const describe = variants(define as Define)
export const it = variants(add as Define)
export const test = variants(add as Define)

export const beforeEach = (run: Run) => suite.beforeEach.push(run)
export const afterEach = (run: Run) => suite.afterEach.push(run)
export const beforeAll = (run: Run) => suite.beforeAll.push(run)
export const afterAll = (run: Run) => suite.afterAll.push(run)

/** Suites whose `beforeAll` has run, the outer first. */
let entered: Suite[] = []

function around({ suite }: Test): Suite[] {
  const out: Suite[] = []
  for (let one: Suite | undefined = suite; one !== undefined; one = one.parent) out.unshift(one)
  return out
}

/** Runs one test with its hooks, those of suites that it enters or leaves included. Throws what the test throws. */
export async function runTest(one: Test): Promise<void> {
  const suites = around(one)
  await leave((each) => !suites.includes(each))
  for (const each of suites) {
    if (entered.includes(each)) continue
    entered.push(each)
    for (const hook of each.beforeAll) await hook()
  }
  for (const hook of suites.flatMap((each) => each.beforeEach)) await hook()
  try {
    await within(one.timeout, one.run)
  } finally {
    for (const hook of suites.reverse().flatMap((each) => each.afterEach)) await hook()
  }
}

async function leave(which: (suite: Suite) => boolean): Promise<void> {
  const left = entered.filter(which).reverse()
  entered = entered.filter((each) => !which(each))
  for (const hook of left.flatMap((each) => each.afterAll)) await hook()
}

/** Undoes what `beforeAll` made, before the process ends. */
export const finish = (): Promise<void> => leave(() => true)

async function within(timeout: number, run: Run): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`longer than ${timeout} ms`)), timeout)
  })
  try {
    await Promise.race([run(), late])
  } finally {
    clearTimeout(timer)
  }
}

const RealDate = Date

/** The one thing that tests here ask of `vi`: a fixed day. */
export const vi = {
  useFakeTimers({ now }: { readonly toFake: readonly ['Date']; readonly now: Date }): void {
    vi.setSystemTime(now)
  },
  setSystemTime(time: string | number | Date): void {
    const now = new RealDate(time).getTime()
    globalThis.Date = class extends RealDate {
      constructor(...given: unknown[]) {
        super(...((given.length === 0 ? [now] : given) as [string]))
      }
      static override now(): number {
        return now
      }
    } as DateConstructor
  },
  useRealTimers(): void {
    globalThis.Date = RealDate
  },
}

/** Types are proven where they are checked, not where they run: whatever is said of one holds here. */
export const expectTypeOf = (): unknown => said
const said: unknown = new Proxy(() => said, { get: () => said })

chai.use(JestExtend)
chai.use(JestChaiExpect)
chai.use(JestAsymmetricMatchers)
chai.use(({ Assertion }, utils) => {
  utils.addMethod(Assertion.prototype, 'toMatchFileSnapshot', async function (this: object, path: string) {
    const actual = utils.flag(this, 'object') as unknown
    if (!isDeepStrictEqual(actual, readFileSync(path, 'utf8'))) throw new Error(`not the text of ${path}`)
  })
})

export const expect = Object.assign((value: unknown, message?: string) => chai.expect(value, message), chai.expect, {
  soft: (value: unknown, message?: string) => chai.expect(value, message),
}) as unknown as Parameters<typeof setState>[1]
Object.assign(globalThis, { [GLOBAL_EXPECT]: expect })
setState({ assertionCalls: 0, isExpectingAssertions: false, isExpectingAssertionsError: null }, expect)
