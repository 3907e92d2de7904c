import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, contentOf, type DataNode, plainOf, textOf } from '../../../src/syntax/data.ts'
import { parseJson } from '../../../src/syntax/json/json.ts'

test('whatever JSON.stringify writes has the values that JSON.parse gives it', () => {
  fc.assert(
    fc.property(fc.json(), fc.constantFrom(undefined, 2), (text, indent) => {
      const written = JSON.stringify(JSON.parse(text), undefined, indent)
      const { root, problems } = parseJson(written)
      expect(problems).toEqual([])
      expect(root && plainOf(root)).toEqual(JSON.parse(written))
    }),
  )
})

test('what is broken is read around; of a repeated key the last value counts', () => {
  const { root, problems } = parseJson('{"a": 1 "b": "x", "b": "y"}')
  expect(textOf(at(root, 'b'))).toBe('y')
  expect(problems.map(({ message }) => message.en)).toEqual(['a comma is missing'])
})

describe('places', () => {
  const inside = (text: string) => {
    const { start, end } = contentOf(at(parseJson(text).root, 'a') as DataNode)
    return text.slice(start, end)
  }

  test('are inside of the quotes, closed or not', () => {
    expect(inside('{"a": "b c"}')).toBe('b c')
    expect(inside('{"a": "')).toBe('')
    expect(inside('{"a": "b')).toBe('b')
    expect(inside('{"a": "b\\"')).toBe('b\\"')
    expect(inside('{"a": [1, 2]}')).toBe('[1, 2]')
    expect(inside('{"a": {/*')).toBe('{/*')
  })

  test('never end before they start, nor behind the text', () => {
    const chars = fc.constantFrom(...'{}[]":,\\a1-. \n/*tn', '"a"', 'null', 'true')
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(chars).map((all) => all.join('')),
        ),
        (text) => {
          const { root, problems } = parseJson(text)
          const spans = problems.map(({ span }) => span)
          const visit = (node: DataNode): void => {
            spans.push(node.span, contentOf(node))
            if (node.kind === 'list') node.items.forEach(visit)
            if (node.kind === 'table') for (const { value } of node.entries.values()) visit(value)
          }
          if (root !== undefined) visit(root)
          for (const { start, end } of spans) expect(start <= end && end <= text.length).toBe(true)
        },
      ),
      { numRuns: 1000 },
    )
  })
})

test('what is nested too deeply is a problem at the bracket that goes too far', () => {
  const deep = (levels: number) => parseJson(`${'['.repeat(levels)}${']'.repeat(levels)}`)
  expect(deep(200).problems).toEqual([])
  for (const { root, problems } of [deep(201), deep(4000), parseJson('{"a":'.repeat(4000))]) {
    expect(root).toBeUndefined()
    expect(problems.map(({ message }) => message.en)).toEqual(['more than 200 levels in each other are not read'])
  }
  expect(parseJson('{"a":'.repeat(201)).problems[0]?.span).toEqual({ start: 1000, end: 1001 })
  expect(parseJson(JSON.stringify('['.repeat(4000))).problems).toEqual([])
})
