import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, contentOf, type DataNode, entriesOf, itemsOf, plainOf, textOf } from '../../../src/syntax/data.ts'
import { parseToml } from '../../../src/syntax/toml/toml.ts'

test('tables, dotted keys, lists of tables and inline tables, with spans', () => {
  const text = '[a.b]\nc.d = "x"\n[[list]]\nn = 1\n[[list]]\nn = 2\n[list.sub]\nk = {z = true}\n'
  const { root } = parseToml(text)
  const d = at(root, 'a', 'b', 'c', 'd')
  expect(textOf(d)).toBe('x')
  expect(text.slice(d?.span.start, d?.span.end)).toBe('"x"')
  expect(itemsOf(at(root, 'list')).map((item) => at(item, 'n'))).toMatchObject([{ text: '1' }, { text: '2' }])
  expect(at(itemsOf(at(root, 'list'))[1], 'sub', 'k', 'z')).toMatchObject({ kind: 'boolean', value: true })
  expect(entriesOf(root).map(([name]) => name)).toEqual(['a', 'list'])
})

test('an error has a place, and nothing is thrown for any text', () => {
  const { root, problems } = parseToml('a = 1\nb = = 2\n')
  expect(root).toBeUndefined()
  expect(problems[0]?.span.start).toBe(10)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const { span } of parseToml(text).problems) expect(span.end).toBeLessThanOrEqual(text.length)
    }),
  )
})

test('what is nested thousands of levels deep is a problem', () => {
  expect(parseToml(`a = ${'['.repeat(4000)}`).problems).toHaveLength(1)
  const { root, problems } = parseToml(`a = ${'['.repeat(300)}${']'.repeat(300)}`)
  expect([root, problems.map(({ message }) => message.en)]).toEqual([
    undefined,
    ['TOML: more than 200 levels in each other are not read'],
  ])
})

test('the inside of quotes, numbers and dates', () => {
  const text = "a = \"b\"\nc = '''\nd'''\ne = 1_000\nf = 2020-01-02\n"
  const { root } = parseToml(text)
  const inside = (key: string) => {
    const { start, end } = contentOf(at(root, key) as DataNode)
    return text.slice(start, end)
  }
  expect(['a', 'c', 'e', 'f'].map(inside)).toEqual(['b', '\nd', '1_000', '2020-01-02'])
  expect(root && plainOf(root)).toEqual({ a: 'b', c: 'd', e: 1000, f: new Date('2020-01-02') })
})
