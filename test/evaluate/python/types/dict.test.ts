import { describe, expect, it } from 'vitest'
import { run, show } from '../run.ts'

const shown = (source: string): string => show(run(`import ext\n${source}`, { packages: () => 'installed' }), 'X')

/** `D` holds each number below 200 twice: as a number and as a text. */
const filled = 'D = {}\nfor i in range(200):\n    D[str(i)] = i\n    D[i] = str(i)\n'

describe('a dict of many keys', () => {
  it.each([
    ['a text and the number it shows are two keys', "X = (len(D), D['7'], D[7])", "(400, 7, '7')"],
    [
      'numbers of any type are one key',
      'D[True] = 0\nD[2.0] = 0\nX = (len(D), D[1], D[2], D.get(2.5))',
      '(400, 0, 0, None)',
    ],
    [
      'what was deleted is gone, and what follows is not',
      "del D['150']\nX = ('150' in D, D['151'], D[150], len(D))",
      "(False, 151, '150', 399)",
    ],
    [
      'what was popped is gone',
      "D.pop('3')\nD.popitem()\nX = ('3' in D, 199 in D, '199' in D)",
      '(False, False, True)',
    ],
    [
      'a key that comes back stands at the end',
      "del D['0']\nD['0'] = 5\nX = (list(D)[0], list(D)[-1], D['0'])",
      "(0, '0', 5)",
    ],
    ['cleared and filled again', "D.clear()\nD['a'] = 1\nX = D", "{'a': 1}"],
    ['a copy goes its own way', "C = D.copy()\nC['1'] = 9\ndel C['2']\nX = (D['1'], D['2'], C['1'])", '(1, 2, 9)'],
    ['a tuple as a key', 'D[(1, 2)] = 5\nX = (D[(1, 2)], D[1], (2, 1) in D)', "(5, '1', False)"],
    ['what is not a number equals nothing', "D[float('nan')] = 1\nX = (float('nan') in D, len(D))", '(False, 401)'],
    ['a key that nobody knows may be any', "D[ext.key()] = 1\nX = D.get('none')", '<?>'],
  ])('%s', (_, source, expected) => {
    expect(shown(filled + source)).toBe(expected)
  })

  it('may have 20,000 of them', () => {
    const pairs = Array.from({ length: 20_000 }, (_, i) => `'k${i}': ${i}`).join(', ')
    expect(shown(`D = {${pairs}}\nX = (len(D), D['k0'], D['k19999'])`)).toBe('(20000, 0, 19999)')
  })
})

it('finds the member of an enumeration of texts by the text', () => {
  const members = 'from enum import Enum\nclass C(str, Enum):\n    A = "a"\n'
  expect(shown(`${members}X = {C.A: 1}['a']`)).toBe('1')
  expect(shown(`${members}X = {'a': 1}[C.A]`)).toBe('1')
})
