import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answer, type Question } from './questions.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/packaging.json'), 'utf8')) as [
  Question,
  unknown,
][]

test('versions, specifiers and markers answer as packaging did', () => {
  const wrong = vectors.filter(([asked, theirs]) => JSON.stringify(answer(asked)) !== JSON.stringify(theirs))
  expect(wrong).toEqual([])
  expect(vectors.length).toBeGreaterThan(500)
})
