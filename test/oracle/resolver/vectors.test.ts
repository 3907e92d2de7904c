import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answer, type Question } from './questions.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/pip.json'), 'utf8')) as [
  Question,
  boolean | 'undecided',
][]

test('pin sets can be resolved, or not, as the resolver inside pip says', () => {
  const wrong = vectors.filter(([asked, theirs]) => theirs !== 'undecided' && answer(asked) !== theirs)
  expect(wrong).toEqual([])
  expect(vectors.length).toBeGreaterThan(300)
})

test('the four pins of the guide fit together, but not on Python 3.9', () => {
  expect(vectors.slice(0, 2).map(([{ python }, fits]) => [python, fits])).toEqual([
    ['3.9', false],
    ['3.12', true],
  ])
})
