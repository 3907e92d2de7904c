import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answer, type Vector } from './ours.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/names.json'), 'utf8')) as Vector[]

test('functions look for the names in their module that CPython looks for there', () => {
  expect(vectors.length).toBeGreaterThan(250)
  for (const vector of vectors) expect({ ...vector, functions: answer(vector) }).toEqual(vector)
})
