import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judge, surprises } from './agreement.ts'
import { loadCases } from './case.ts'
import { projectOf } from './tree.ts'
import { readVectors, worse } from './vectors.ts'
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

    it(`is told no worse than then: ${one.name}`, async () => {
      const project = projectOf(one)
      expect(vector.hash, 'the case was changed: npm run reality -- --store').toBe(project.hash)
      const { said, chain } = await verdictOf(one, project)
      const now = judge(said, chain, vector, one.expect)
      expect(worse(vector, now, surprises(one, said, vector)), `${vector.breaks}: ${vector.evidence}`).toEqual([])
    })
  }
})
