import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { loadCases } from './case.ts'
import { coverageOf, lacking, unobservable } from './coverage.ts'

const cases = loadCases(join(import.meta.dirname, 'cases'))
const ids = rules.map(({ id }) => id)
const coverage = coverageOf(ids, cases)

describe('the cases', () => {
  it('name rules that exist', () => {
    const known = new Set<string>(ids)
    const named = cases.flatMap((one) => [...one.expect.rules, ...one.expect.silent].map((id) => `${one.name}: ${id}`))
    expect(named.filter((line) => !known.has(line.split(': ')[1] as string))).toEqual([])
    expect(Object.keys(unobservable).filter((id) => !known.has(id))).toEqual([])
  })

  it('combine two or three faults in at least forty', () => {
    expect(cases.filter(({ name }) => name.includes('combined')).length).toBeGreaterThanOrEqual(40)
  })

  it('show every rule that can be seen twice, and twice what it must not report', () => {
    expect(lacking(coverage)).toEqual([])
  })
})
