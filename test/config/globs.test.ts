import { describe, expect, test } from 'vitest'
import { globFault } from '../../src/config/globs.ts'

const faults = (globs: readonly string[]) => globs.map((glob) => globFault(glob)?.en.replace(/[;:].*/, ''))

describe('globs that can be followed', () => {
  test.each([
    'legacy/**',
    'legacy/',
    './legacy/*.py',
    '**/*.{js,ts,jsx}',
    '!(a|b)/*.py',
    'docs/{1..100}/x',
    '{a..z}{1..9}',
    'a..b/x',
    '[a-z]*/**/test_*.py',
    '\\{a,b}',
    'é/**',
  ])('%s', (glob) => expect(globFault(glob)).toBeUndefined())
})

describe('globs that cannot', () => {
  test('leave the root', () => {
    const globs = ['/**', '/etc/*', '!/etc', '../x', 'a/../..', 'a/{..,b}/c', '{/etc,x}/**', 'C:/x', '@(/a|b)']
    expect(new Set(faults(globs))).toEqual(new Set(['globs are relative to the app’s root and stay below it']))
  })

  test('stand for too many paths', () => {
    const globs = [
      '{1..100000000}',
      '{a,b}'.repeat(25),
      '{a,{b,{c,d}}}'.repeat(8),
      '{x,{1..5000}}',
      '*a'.repeat(9),
      '**/a/'.repeat(9),
      '+(a|aa)b',
      'x'.repeat(1001),
    ]
    expect(new Set(faults(globs))).toEqual(new Set(['this glob stands for too many paths']))
  })

  test('are empty', () =>
    expect(faults(['', ' '])).toEqual(['an empty glob names no file', 'an empty glob names no file']))
})
