import fc from 'fast-check'
import { expect, test } from 'vitest'
import { at, entriesOf, itemsOf, textOf } from '../../../src/syntax/data.ts'
import { parseJson } from '../../../src/syntax/json/json.ts'
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
      for (const { problems: found } of [parseToml(text), parseJson(text)])
        for (const { span } of found) expect(span.end).toBeLessThanOrEqual(text.length)
    }),
  )
})

test('JSON is read around what is broken; of a repeated key the last value counts', () => {
  const { root, problems } = parseJson('{"a": 1 "b": "x", "b": "y"}')
  expect(textOf(at(root, 'b'))).toBe('y')
  expect(problems).toHaveLength(1)
})
