import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../support/trees.ts'

it('names folders and files that are there', () => {
  const text = readFileSync(join(repository, 'CONTRIBUTING.md'), 'utf8')
  const named = [...text.matchAll(/`((?:src|rules|scripts|test|bench|docs|fixtures)\/[\w./-]*)`/g)].map(
    ([, path = '']) => path,
  )
  expect(named.length).toBeGreaterThan(30)
  expect(named.filter((path) => !existsSync(join(repository, path)))).toEqual([])
})
