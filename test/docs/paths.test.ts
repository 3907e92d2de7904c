import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { repository } from '../support/trees.ts'

const documents = ['CONTRIBUTING.md', ...readdirSync(join(repository, 'docs')).map((name) => `docs/${name}`)]

it.each(documents.filter((path) => path.endsWith('.md')))('%s names folders and files that are there', (document) => {
  const text = readFileSync(join(repository, document), 'utf8')
  const named = text.matchAll(/`((?:src|rules|scripts|test|bench|docs|fixtures)\/[\w./-]*)`/g)
  expect([...named].map(([, path = '']) => path).filter((path) => !existsSync(join(repository, path)))).toEqual([])
})
