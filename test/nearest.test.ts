import { expect, test } from 'vitest'
import { nearest, nearestOf } from '../src/nearest.ts'

test('a word is taken for another up to a third of its letters away', () => {
  expect(nearest('exlude', ['env', 'exclude', 'root'])).toBe('exclude')
  expect(nearest('ab', ['ac'])).toBe('ac')
  expect(nearest('abc', ['axy'])).toBeUndefined()
  expect(nearest('word', [])).toBeUndefined()
})

test('of items equally far the first counts, and none beyond the limit', () => {
  const items = [{ name: 'abcd' }, { name: 'abce' }, { name: 'abc' }]
  expect(nearestOf('abcx', items, ({ name }) => name, 2)).toBe(items[0])
  expect(nearestOf('abc', items, ({ name }) => name, 2)).toBe(items[2])
  expect(nearestOf('xyz', items, ({ name }) => name, 2)).toBeUndefined()
  expect(nearestOf('abxy', items, ({ name }) => name, 2)).toBe(items[0])
})
