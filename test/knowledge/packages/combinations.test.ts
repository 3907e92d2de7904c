import { describe, expect, it } from 'vitest'
import { combinations } from '../../../src/knowledge/packages/combinations.ts'
import { contains, parseSpecifiers } from '../../../src/syntax/requirements/specifier.ts'

describe('releases that fail together', () => {
  it('are given with ranges that can be read, a good release outside of them, what they end with, and where that is known from', () => {
    for (const {
      package: name,
      affected,
      beside,
      since,
      good,
      without,
      replaced,
      loadedBy,
      error,
      source,
    } of combinations) {
      const range = parseSpecifiers(affected)
      expect(range, `${name} ${affected}`).toBeDefined()
      if (without === undefined && replaced === undefined)
        expect(contains(range ?? [], good), `${name} ${affected}: ${good}`).toBe(false)
      if (beside !== undefined)
        expect(parseSpecifiers(beside.affected), `${name} beside ${beside.package}`).toBeDefined()
      // Each has a condition: a release that fails by itself is a known defect.
      const conditions = [beside, since, without, 'install' in loadedBy ? true : undefined]
      expect(
        conditions.some((one) => one !== undefined),
        name,
      ).toBe(true)
      expect(error, name).toMatch(/\w{3}/)
      expect(source).toMatch(/^https:\/\//)
    }
  })

  it('do not fail for one reason in two entries', () => {
    const keys = combinations.map(({ package: name, affected, beside, since }) =>
      [name, affected, beside?.package, beside?.affected, since].join(' '),
    )
    expect(new Set(keys).size).toBe(keys.length)
    expect(keys.length).toBeGreaterThanOrEqual(30)
  })
})
