import { expect, it } from 'vitest'
import { expectation } from '../../src/config/expectation.ts'

it.each([
  ['Array', '"x"', 'it takes a list, not "x"', 'il faut une liste, et non "x"'],
  ['(string | false)', '3', 'it takes a text or false, not 3', 'il faut un texte ou false, et non 3'],
  [
    '("off" | "info" | "error")',
    'Object',
    'it takes "off", "info" or "error", not a table',
    'il faut "off", "info" ou "error", et non une table',
  ],
  ['(Object | undefined)', 'Array', 'it takes a table, not a list', 'il faut une table, et non une liste'],
])('says that %s is expected where %s stands', (expected, received, en, fr) => {
  expect(expectation(expected, received)).toEqual({ en, fr })
})
