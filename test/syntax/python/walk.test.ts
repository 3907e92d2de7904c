import { describe, expect, it } from 'vitest'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { children, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { SETTINGS } from './settings.ts'

function kinds(text: string): string[] {
  const found: string[] = []
  walk(parsePython(text), (node) => found.push(node.kind))
  return found
}

describe('walking a tree', () => {
  it('visits parents first, in source order', () => {
    expect(kinds('@d\ndef f(a: b = c, *d) -> e:\n    return [x for x in y if z]\n')).toEqual(
      'Module FunctionDef Name arg Name Name arg Name Return ListComp Name Name Name Name'.split(' '),
    )
    expect(kinds('with a as b: pass\n')).toEqual(['Module', 'With', 'Name', 'Name', 'Pass'])
    expect(kinds('match a:\n  case {1: b} if c: pass\n')).toEqual(
      'Module Match Name MatchMapping Constant MatchAs Name Pass'.split(' '),
    )
    expect(kinds('f(a, k=b)\n')).toEqual(['Module', 'Expr', 'Call', 'Name', 'Name', 'keyword', 'Name'])
    expect(kinds("x = f'{a:{b}}' + {**c, d: e}\n").slice(2)).toEqual(
      'Name BinOp JoinedStr FormattedValue Name JoinedStr FormattedValue Name Dict Name Name Name'.split(' '),
    )
  })

  it('skips what is under a node where the visitor says so', () => {
    const found: string[] = []
    walk(parsePython('def f():\n    x\ny\n'), (node) => {
      found.push(node.kind)
      return node.kind !== 'FunctionDef'
    })
    expect(found).toEqual(['Module', 'FunctionDef', 'Expr', 'Name'])
  })

  it('is safe for trees of any depth', () => {
    let names = 0
    walk(parsePython('x = ' + 'a + '.repeat(2500) + 'a'), (node) => {
      if (node.kind === 'Name') names++
    })
    expect(names).toBe(2502)
  })

  it('reaches every node of real files', () => {
    for (const text of SETTINGS.values()) {
      const module = parsePython(text)
      const reached = new Set<object>()
      walk(module, (node) => reached.add(node))
      expect(reached.size).toBe(countNodes(module))
    }
  })
})

/** Every object with a kind, found without knowing the fields. */
function countNodes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  const self = 'kind' in value ? 1 : 0
  return Object.values(value).reduce((sum: number, part) => sum + countNodes(part), self)
}

describe('dotted names', () => {
  const value = (text: string): PythonNode | undefined => children(children(parsePython(text))[0] as PythonNode)[0]

  it.each([
    ['a', 'a'],
    ['a.b.c', 'a.b.c'],
    ['(a.b).c', 'a.b.c'],
    ['a.b()', undefined],
    ['a().b', undefined],
    ['a[0].b', undefined],
  ])('%s', (text, name) => {
    expect(dottedName(value(text) as never)).toBe(name)
  })
})
