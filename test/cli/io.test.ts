import { expect, it } from 'vitest'
import { widthOf } from '../../src/cli/io.ts'

it.each([
  ['COLUMNS first', { COLUMNS: '100' }, 60, 100],
  ['then the terminal’s', {}, 60, 60],
  ['80 where a terminal says none, as the one that pre-commit gives to hooks', {}, 0, 80],
  ['80 without a terminal', {}, undefined, 80],
  ['never less than can be read', {}, 10, 40],
  ['never more than can be read', { COLUMNS: '500' }, undefined, 120],
])('writes in columns: %s', (_, env, columns, expected) => {
  expect(widthOf({ env, columns })).toBe(expected)
})
