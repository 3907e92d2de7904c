import { describe, expect, it } from 'vitest'
import { onlyAssignment } from '../../../src/app/asgi/text-parts.ts'
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
