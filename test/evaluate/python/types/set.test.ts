import { describe, expect, it } from 'vitest'
import { hole, run, show } from '../run.ts'

/** Sets with more items than are gone through one by one: what was surely equal before is so with an index. */
describe('sets of many items', () => {
  const many = 'X = set()\nfor i in range(40):\n    X.add(str(i))\n    X.add(i)\n'

  it.each([
    ['len(X)', '80'],
    ["X.add('7'); Y = len(X)", '80'],
    ['X.add(7.0); Y = len(X)', '80'],
    ['X.add(True); Y = len(X)', '80'],
    ['X.add(7.5); Y = len(X)', '81'],
    ['X.add((1, 2)); X.add((1, 2)); Y = len(X)', '81'],
    ["X.discard('7'); Y = '7' in X", 'False'],
    ["X.discard('7'); X.add('7'); Y = (len(X), '7' in X)", '(80, True)'],
    ["Y = ('39' in X, 39.0 in X, '40' in X)", '(True, True, False)'],
    ['Y = len(X | set(range(50)))', '90'],
    ['Y = len(X & set(range(50)))', '40'],
    ['Y = len(X - set(range(50)))', '40'],
    ['Y = set(range(30)) <= X', 'True'],
    ["Y = X.isdisjoint(['a', '3'])", 'False'],
    ['X.clear(); X.add(1); Y = len(X)', '1'],
    ['X.update(range(45)); Y = len(X)', '85'],
  ])('%s', (source, expected) => {
    expect(show(run(many + (source.includes('Y =') ? source : `Y = ${source}`)), 'Y')).toBe(expected)
  })

  it('an item of which a part is unknown may be any of them', () => {
    const shown = show(run(`${many}import os\nY = os.environ['NAME'] in X`, { env: { NAME: [hole('NAME')] } }), 'Y')
    expect(shown).toContain('True when')
    expect(shown).toContain('False when')
  })
})
