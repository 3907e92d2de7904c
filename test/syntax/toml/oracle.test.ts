import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from '@iarna/toml'
import fc from 'fast-check'
import { parse } from 'toml'
import { expect, test } from 'vitest'
import type { DataNode } from '../../../src/syntax/data.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'
import { repository } from '../../support/trees.ts'

/** The strict reader `toml` is the oracle for values; ours adds where they stand. */
function plainOf(node: DataNode | undefined): unknown {
  switch (node?.kind) {
    case 'table':
      return Object.fromEntries([...node.entries].map(([key, { value }]) => [key, plainOf(value)]))
    case 'list':
      return node.items.map(plainOf)
    case 'text':
      return node.text
    case 'boolean':
      return node.value
    default:
      return '(other)'
  }
}

/** Numbers and dates are not read by ours. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable)
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Date) return '(other)'
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, comparable(item)]))
}

const text = fc.string({ unit: 'grapheme-ascii' })
const { tree } = fc.letrec((tie) => ({
  tree: fc.dictionary(text, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  value: fc.oneof({ maxDepth: 3 }, text, fc.boolean(), fc.integer(), fc.array(text, { maxLength: 3 }), tie('tree')),
}))

test('generated documents have the values that the strict reader gives them', () => {
  fc.assert(
    fc.property(tree, (document) => {
      const written = stringify(document as Record<string, never>)
      expect(plainOf(parseToml(written).root)).toEqual(comparable(parse(written)))
    }),
    { numRuns: 300 },
  )
})

test('so has the configuration of a fixture', () => {
  const written = readFileSync(join(repository, 'fixtures/guide/dynolint.toml'), 'utf8')
  expect(plainOf(parseToml(written).root)).toEqual(comparable(parse(written)))
})
