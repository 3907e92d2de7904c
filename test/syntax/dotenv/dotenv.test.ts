import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDotenv } from '../../../src/syntax/dotenv/dotenv.ts'

const pairs = (text: string) => parseDotenv(text).map(({ name, value }) => [name, value])

test('what cannot be parsed is passed over', () => {
  expect(pairs('A=1\n?? =\n="x"\nB="open\nC=2')).toEqual([
    ['A', '1'],
    ['??', ''],
    ['C', '2'],
  ])
})

test('names and values stand where they say, without quotes and comments', () => {
  const text = "export A = one two # why\r\n'B'='x # y'\nC=\"p\\nq\"\nD\nE=\nF='open"
  expect(
    parseDotenv(text).map(({ value, nameAt, valueAt }) => [
      text.slice(nameAt.start, nameAt.end),
      text.slice(valueAt.start, valueAt.end),
      value,
    ]),
  ).toEqual([
    ['A', 'one two', 'one two'],
    ['B', 'x # y', 'x # y'],
    ['C', 'p\\nq', 'p\nq'],
    ['D', '', undefined],
    ['E', '', ''],
  ])
})

test('no place ends before it starts, nor behind the text', () => {
  const chars = fc.constantFrom(...'A=\'"#\\ \n\r\texport')
  fc.assert(
    fc.property(
      fc.array(chars).map((all) => all.join('')),
      (text) => {
        for (const { nameAt, valueAt } of parseDotenv(text))
          for (const { start, end } of [nameAt, valueAt]) expect(start <= end && end <= text.length).toBe(true)
      },
    ),
    { numRuns: 1000 },
  )
})
