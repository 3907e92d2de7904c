import { expect, it } from 'vitest'
import { linesAt } from '../../src/syntax/insertions.ts'

it.each([
  ['between lines', 'a\nb\n', 2, 'x\n'],
  ['behind a last line with its end', 'a\n', 2, 'x\n'],
  ['behind a last line without one', 'a\nb', 3, '\nx\n'],
  ['in an empty text', '', 0, 'x\n'],
])('whole lines are inserted %s', (_, text, at, written) => {
  expect(linesAt(text, at, 'x\n')).toEqual({ start: at, end: at, text: written })
})
