import { expect, it } from 'vitest'
import { topLevelNames } from '../../../../src/app/processes/servers/module-names.ts'
import { parsePython } from '../../../../src/syntax/python/parse.ts'

const namesOf = (code: string) => topLevelNames(parsePython(code))

/** A server that is given `asgi:NAME` finds the name wherever the module binds it. */
it.each([
  ['a = b = 1', ['a', 'b']],
  ['a, (b, *c) = d = [1, 2]', ['a', 'b', 'c', 'd']],
  ['[a, b] = 1, 2', ['a', 'b']],
  ['a: int = 1\nb: int', ['a']],
  ['a += 1', ['a']],
  ['def a(b): c = 1', ['a']],
  ['async def a(): pass', ['a']],
  ['class A:\n    b = 1', ['A']],
  ['import a.b, c.d as e', ['a', 'e']],
  ['from a import b, c as d', ['b', 'd']],
  ['if x:\n    a = 1\nelif y:\n    b = 1\nelse:\n    c = 1', ['a', 'b', 'c']],
  ['for a in x:\n    b = 1\nelse:\n    c = 1', ['a', 'b', 'c']],
  ['while x:\n    a = 1\nelse:\n    b = 1', ['a', 'b']],
  ['with x as a, y as (b, c), z:\n    d = 1', ['a', 'b', 'c', 'd']],
  [
    'try:\n    a = 1\nexcept E:\n    b = 1\nexcept F:\n    c = 1\nelse:\n    d = 1\nfinally:\n    e = 1',
    ['a', 'b', 'c', 'd', 'e'],
  ],
  ['match x:\n    case 1:\n        a = 1\n    case _:\n        b = 1', ['a', 'b']],
  ['x.a = 1\nx[0] = 2\nprint(b)', []],
])('%s', (code, names) => {
  expect([...namesOf(code).names.keys()]).toEqual(names)
  expect(namesOf(code).open).toBe(false)
})

it('is not sure of a module that may bind names nobody can see', () => {
  const open = [
    "globals()['a'] = 1",
    "vars()['a'] = 1",
    "locals()['a'] = 1",
    'globals().update(a=1)',
    "exec('a = 1')",
    "if x:\n    exec('a = 1')",
    'def __getattr__(name): return 1',
    'a = = 1',
  ]
  const sure = ["settings()['a'] = 1", 'evaluate("a = 1")', 'd.update(a=1)', 'app.exec("a")']
  expect(open.filter((code) => !namesOf(code).open)).toEqual([])
  expect(sure.filter((code) => namesOf(code).open)).toEqual([])
})

it('keeps what is star-imported, and where a name is bound last', () => {
  expect(namesOf('from a import *\nfrom ..b import *\nfrom . import *').stars).toEqual([
    { module: 'a', level: 0 },
    { module: 'b', level: 2 },
    { module: '', level: 1 },
  ])
  expect(namesOf('a = 1\na = 2').names.get('a')).toEqual({ start: 6, end: 7 })
})
