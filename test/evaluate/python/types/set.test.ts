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

/** An item of which nobody knows whether it is there is neither surely in nor surely out. */
describe('sets of which something is not known', () => {
  const given = "import os\nN = os.environ['NAME']\nO = set(N.split(','))\nA = {'a', 'b'}\n"
  const shown = (source: string) => show(run(given + source, { env: { NAME: [hole('NAME')] } }), 'Y')
  const maybe = (of: string) => `False when \`${of}\` is false | True when \`${of}\` is true`

  it.each([
    ['A - O', 'X'],
    ['A - {N}', 'X'],
    ['A & O', 'X'],
    ['A & {N}', 'X'],
    ['A ^ O', 'X'],
    ['O ^ A', 'X'],
    ['A ^ {N}', 'X'],
    ['O & A', 'X'],
    ['A.difference(O)', 'X'],
    ['A.difference({"c"}, O)', 'X'],
    ['A.intersection(O)', 'X'],
    ['A.symmetric_difference(O)', 'X'],
  ])('%s', (made, of) => {
    expect(shown(`X = ${made}\nY = 'a' in X`)).toBe(maybe(`'a' in ${of}`))
  })

  it.each([
    'A.discard(N)',
    'A.remove(N)',
    'A.pop()',
    'A.difference_update(O)',
    'A.intersection_update(O)',
    'A.symmetric_difference_update(O)',
    'A -= O',
    'A &= O',
    'A ^= {N}',
    "for n in N.split(','):\n    A.discard(n)",
    "for n in N.split(','):\n    A.discard('a')",
    "for n in N.split(','):\n    A.clear()",
    "for n in N.split(','):\n    A.pop()",
    "for n in N.split(','):\n    A.intersection_update({'b'})",
  ])('%s', (change) => {
    expect(shown(`${change}\nY = 'a' in A`)).toBe(maybe("'a' in A"))
  })

  it.each([
    ["Y = 'b' in A - {'a'}", 'True'],
    ["Y = 'a' in A - {'a'}", 'False'],
    ["Y = 'a' in A | O", 'True'],
    ["Y = 'a' in {'a'} & A", 'True'],
    ['Y = len(A.symmetric_difference({"a"}))', '1'],
    ['Y = len(A - O)', '<?>'],
    ["for n in N.split(','):\n    A.discard('a')\nY = 'b' in A", 'True'],
    ["A.difference_update({'a'}, {'c'})\nY = A", "{'b'}"],
  ])('%s: what is known stays so', (source, expected) => {
    expect(shown(source)).toBe(expected)
  })

  it.each([
    ['A.discard([1])', `"unhashable type: 'list'"`],
    ['A.remove({})', `"unhashable type: 'dict'"`],
    ['A.discard({1})', "'none'"],
  ])('%s', (change, expected) => {
    expect(shown(`Y = 'none'\ntry:\n    ${change}\nexcept TypeError as error:\n    Y = str(error)`)).toBe(expected)
  })
})
