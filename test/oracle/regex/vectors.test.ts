import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answer, type Vector } from './ours.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/regex.json'), 'utf8')) as Vector[]

test('patterns find what they found in CPython', () => {
  const decided = vectors.filter((vector) => answer(vector) !== 'unknown')
  for (const vector of decided) expect({ ...vector, found: answer(vector) }).toEqual(vector)
  expect(vectors.length - decided.length, 'patterns that are left open').toBe(67)
})
