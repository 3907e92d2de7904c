import { describe, expect, it } from 'vitest'
import { bindingsOf, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'

/** The value that a function surely has under `x`: its source; undefined: something else may be there. */
function valueIn(body: string, parameters = 'self'): string | undefined {
  const source = `def f(${parameters}):\n${body.replace(/^/gm, '    ')}\n`
  const [node] = parsePython(source).body
  const found = node?.kind === 'FunctionDef' ? onlyAssignment(node, 'x') : undefined
  return found && source.slice(found.start, found.end)
}

describe('the one value of a local name', () => {
  it.each(['x = 1', 'x: int = 1', 'x: int\nx = 1', 'y = x = 1', 'x = 1\nx.y = 2\nx["a"] = 3', 'x = 1\nprint(x)'])(
    '%s',
    (body) => expect(valueIn(body)).toBe('1'),
  )

  it.each([
    'x, errors = clean(1)',
    'x = 1\nx = 2',
    'x = 1\nx, errors = clean(x)',
    'x = 1\n[*x, last] = clean()',
    'x = 1\nx: int = 2',
    'x = 1\nwith lock as x:\n    pass',
    'x = 1\nwith lock as (y, x):\n    pass',
    'x = 1\ntry:\n    pass\nexcept OSError as x:\n    pass',
    'x = 1\nfrom other import x',
    'x = 1\nimport other as x',
    'x = 1\nimport x.y',
    'x = 1\nif (x := later()):\n    pass',
    'x = 1\nfor x in rows:\n    pass',
    'x = 1\nfor key, x in rows:\n    pass',
    'x = 1\nx += 1',
    'x = 1\ndel x',
    'x = 1\nmatch a:\n    case [x, *_]:\n        pass',
    'x = 1\nmatch a:\n    case {"b": 2, **x}:\n        pass',
    'x = 1\nclass x:\n    pass',
    'global x\nx = 1',
  ])('%s', (body) => expect(valueIn(body)).toBeUndefined())

  it('is that of a parameter only where no branch gives it another one', () => {
    expect(valueIn('x = 1', 'self, x=None')).toBe('1')
    expect(valueIn('if x is None:\n    x = 1', 'self, x=None')).toBeUndefined()
  })
})

describe('what a scope binds', () => {
  const boundIn = (source: string, name: string): string[] =>
    (bindingsOf(parsePython(source)).get(name) ?? []).map(({ how, branch }) => (branch ? `${how}?` : how))

  it.each([
    ['x = 1', ['whole']],
    ['x, y = 1, 2', ['first']],
    ['y, x = 1, 2', ['other']],
    ['if y:\n    x = 1', ['whole?']],
    ['for x in y: pass', ['each']],
    ['[x for x in y]', ['each?']],
    ['import x.y', ['other']],
    ['from y import z as x', ['other']],
    ['def f():\n    x = 1', []],
    ['class A:\n    x = 1', []],
    ['def f():\n    global x\n    x = 1', ['other?']],
    ['def f():\n    x = 1\n    def g():\n        nonlocal x\n        x = 2', []],
    ['type x = int', ['other']],
    ['x.y = 1', []],
  ] as const)('%s', (source, expected) => expect(boundIn(source, 'x')).toEqual(expected))

  it('of a function: its parameters, what inner ones declare as its own, and the attributes of objects', () => {
    const [node] = parsePython('def f(a):\n    self.b = 1\n    def g():\n        nonlocal c\n        self.b = 2\n').body
    const all = node?.kind === 'FunctionDef' ? bindingsOf(node) : new Map()
    expect([...all].map(([name, found]) => [name, found.length])).toEqual([
      ['a', 1],
      ['self.b', 2],
      ['g', 1],
      ['c', 1],
    ])
  })
})
