import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { claims, judged, type Vector } from './ours.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/unbound.json'), 'utf8')) as Vector[]

test('what is said to have no value raises UnboundLocalError in CPython', () => {
  const seen = { early: 0, handler: 0, branch: 0 }
  for (const vector of vectors)
    for (const claim of claims(vector)) {
      const answers = vector.runs.map((run) => judged(claim, run))
      expect({ source: vector.source, claim, answers }).not.toMatchObject({
        answers: expect.arrayContaining(['wrong']),
      })
      if (answers.includes('right')) seen[claim.kind]++
    }
  for (const count of Object.values(seen)) expect(count).toBeGreaterThan(15)
})
