import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { loadCases } from './case.ts'
import { coverageOf, lacking, unobservable } from './coverage.ts'

const cases = loadCases(join(import.meta.dirname, 'cases'))
const ids = rules.map(({ id }) => id)
const coverage = coverageOf(ids, cases)

/** Rules about hops that break before the first page: build, release, boot, and what the push leaves behind. */
const early = new Set<string>(
  rules.filter(({ hop }) => ['push', 'build', 'release', 'boot'].includes(hop)).map(({ id }) => id),
)

/** What an early rule has too few cases for, and why. */
const short: Readonly<Record<string, string>> = {
  'deps/lock-stale': 'a lock that fits needs the addresses of a package index, which the project does not name',
}

describe('the cases', () => {
  it('name rules that exist', () => {
    const known = new Set<string>(ids)
    const named = cases.flatMap((one) => [...one.expect.rules, ...one.expect.silent].map((id) => `${one.name}: ${id}`))
    expect(named.filter((line) => !known.has(line.split(': ')[1] as string))).toEqual([])
    expect(Object.keys(unobservable).filter((id) => !known.has(id))).toEqual([])
  })

  it('show every rule of an early hop twice, and twice what it must not report', () => {
    const found = lacking(coverage).filter((line) => early.has(line.split(':')[0] as string))
    expect(found.filter((line) => !((line.split(':')[0] as string) in short))).toEqual([])
  })

  it('combine two or three faults in at least fifteen', () => {
    expect(cases.filter(({ name }) => name.includes('/combined')).length).toBeGreaterThanOrEqual(15)
  })

  // Every rule, once the cases of the later hops are complete.
  it.skip('show every rule that can be seen twice, and twice what it must not report', () => {
    expect(lacking(coverage)).toEqual([])
  })
})
