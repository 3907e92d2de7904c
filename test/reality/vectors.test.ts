import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { agreementOf } from './agreement.ts'
import { loadCases } from './case.ts'
import { projectOf } from './tree.ts'
import { readVectors } from './vectors.ts'
import { verdictOf } from './verdict.ts'

const cases = loadCases(join(import.meta.dirname, 'cases'))
const vectors = readVectors()

describe('what reality showed', () => {
  it('belongs to a case that exists', () => {
    const names = new Set(cases.map(({ name }) => name))
    expect([...vectors.keys()].filter((name) => !names.has(name))).toEqual([])
  })

  for (const one of cases) {
    const vector = vectors.get(one.name)
    if (vector === undefined) continue

    it(`is what the linter says: ${one.name}`, async () => {
      const project = projectOf(one)
      expect(vector.hash, 'the case was changed: npm run reality -- --store').toBe(project.hash)
      const { said } = await verdictOf(one, project)
      const rules = said.map(({ rule }) => rule)
      const explained = `${vector.breaks}: ${vector.evidence}`
      expect(agreementOf(said, vector), explained).toBe(vector.agreement)
      expect(rules).toEqual(expect.arrayContaining(one.expect.rules))
      expect(one.expect.silent.filter((rule) => rules.includes(rule))).toEqual([])
    })
  }
})
