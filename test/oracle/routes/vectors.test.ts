import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { answer, theirs, type Vector } from './ours.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/routes.json'), 'utf8')) as Vector[]

test('paths reach the endpoint that the real URLRouter gave them', () => {
  const decided = vectors.filter((vector) => answer(vector) !== 'unknown')
  expect(decided.filter((vector) => answer(vector) !== theirs(vector))).toEqual([])
  expect(vectors.length - decided.length, 'paths that are left open').toBe(27)
})
