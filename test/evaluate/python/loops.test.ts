import { describe, expect, it } from 'vitest'
import { run, show } from './run.ts'

describe('a loop over what its body changes', () => {
  it('passes over the item behind one that is removed', () => {
    const evaluation = run(
      "APPS = ['a', 'b', 'c', 'd']\nfor app in APPS:\n    if app in ('b', 'c'):\n        APPS.remove(app)\n",
    )
    expect(show(evaluation, 'APPS')).toBe("['a', 'c', 'd']")
  })

  it('sees what is appended', () => {
    const evaluation = run('X = [1]\nfor x in X:\n    if x < 4:\n        X.append(x + 1)\n')
    expect(show(evaluation, 'X')).toBe('[1, 2, 3, 4]')
  })

  it.each([
    ['for k in D:\n    del D[k]\n', 'RuntimeError: dictionary changed size during iteration'],
    ['for k in S:\n    S.discard(k)\n', 'RuntimeError: Set changed size during iteration'],
    ['for k in list(D):\n    del D[k]\n', undefined],
    ['for k in D:\n    D[k] = 2\n', undefined],
    ['for k in D:\n    del D[k]\n    break\n', undefined],
  ])('%s', (loop, raised) => {
    const { certainCrash } = run(`D = {'a': 1, 'b': 2}\nS = {1, 2}\n${loop}`)
    expect(certainCrash && `${certainCrash.exception}: ${certainCrash.message}`).toBe(raised)
  })
})

describe('a generator', () => {
  it.each([
    ['yield', "yield os.environ.get('V', 'u')", "['u'] when V is unset | ['<V>'] when V is set"],
    ['yield from', "yield from [os.environ.get('V', 'u')]", "['u'] when V is unset | ['<V>'] when V is set"],
    [
      'a value before a return',
      "yield os.environ.get('V', 'u')\n    return",
      "['u'] when V is unset | ['<V>'] when V is set",
    ],
  ])('gives what rests on the questions of each of its values: %s', (_, body, expected) => {
    const source = `import os\ndef f():\n    ${body}\nX = list(f())`
    expect(show(run(source, { others: 'unknown' }), 'X')).toBe(expected)
  })
})
