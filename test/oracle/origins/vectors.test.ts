import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { entryFault } from '../../../src/app/settings/trusted-origin.ts'
import { differences, entries, type Vector } from './ours.ts'

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/origins.json'), 'utf8')) as Vector[]

test('entries trust the origins that Django trusts', () => {
  expect(vectors.length).toBe(entries.length * 4)
  expect(vectors.flatMap((vector) => differences(vector))).toEqual([])
})

test('what is to be written instead is trusted by Django itself', () => {
  const known = new Map(vectors.map(({ entry, trusts }) => [entry, trusts]))
  const meant = entries.flatMap((entry) => entryFault(entry)?.meant ?? [])
  expect(meant.filter((entry) => known.get(entry)?.length === 0)).toEqual([])
  expect(meant.filter((entry) => known.has(entry)).length).toBeGreaterThan(10)
})
