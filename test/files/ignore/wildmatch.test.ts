import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { wildmatch } from '../../../src/files/ignore/wildmatch.ts'

const paths = { paths: true, foldsCase: false }

describe('wildmatch', () => {
  it.each([
    ['*.py', 'a.py', true],
    ['*.py', 'a/b.py', false],
    ['**/b', 'b', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'a/x/y/b', true],
    ['a/**', 'a/x/y', true],
    ['a**/b', 'a/x/b', false],
    ['[!a]b', '/b', false],
    ['[]-a]', ']', true],
    ['[[:digit:]-]', '-', true],
    ['[[:nope:]]', 'n', false],
    ['[a', '[a', false],
    ['a\\*', 'a*', true],
    ['a\\', 'a\\', false],
  ])('%s on %s: %s', (pattern, text, expected) => {
    expect(wildmatch(pattern, text, paths)).toBe(expected)
  })

  it('folds ASCII letters, but never an escaped capital', () => {
    expect(wildmatch('A*', 'ab', { paths: true, foldsCase: true })).toBe(true)
    expect(wildmatch('[A-C]', 'b', { paths: true, foldsCase: true })).toBe(true)
    expect(wildmatch('\\A', 'A', { paths: true, foldsCase: true })).toBe(false)
  })

  it('needs no exponential time for many stars', () => {
    const [pattern, text] = [`${'*a'.repeat(40)}b`, 'a'.repeat(400)]
    expect(wildmatch(pattern, text, paths)).toBe(false)
    expect(wildmatch('**/*a'.repeat(20), 'a/'.repeat(200), paths)).toBe(false)
  })

  it('matches every text to itself when escaped', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(wildmatch(text.replace(/[*?[\\]/g, '\\$&'), text, paths)).toBe(true)
      }),
    )
  })
})
