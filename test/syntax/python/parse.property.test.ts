import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Module, Statement } from '../../../src/syntax/python/ast.ts'
import { parsePython } from '../../../src/syntax/python/parse.ts'
import { children, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { VALID } from './cases.ts'
import { SETTINGS } from './settings.ts'

/** What any tree must be, whatever the text was. */
function checkTree(module: Module, text: string): void {
  expect([module.start, module.end]).toEqual([0, text.length])
  let damaged = 0
  walk(module, (node) => {
    if (node.kind === 'Damaged') damaged++
    if (node.start < 0 || node.end < node.start || node.end > text.length) throw new Error(`${node.kind} out of bounds`)
    // As in CPython, decorators stand before their function, and a default is no part of its parameter.
    const outside: readonly (PythonNode | undefined)[] =
      'decorators' in node ? node.decorators : node.kind === 'arg' ? [node.default] : []
    for (const child of children(node)) {
      const inside = child.start >= node.start && child.end <= node.end
      if (!inside && !outside.includes(child)) throw new Error(`${child.kind} outside of ${node.kind}`)
    }
    for (const field of ['body', 'orelse', 'finalbody', 'handlers'] as const) {
      if (field in node && node.kind !== 'Lambda' && node.kind !== 'IfExp') checkSorted((node as never)[field])
    }
  })
  if (damaged > 0 && module.problems.length === 0) throw new Error('damage without a problem')
  checkSorted(module.comments)
  for (const { start, end } of module.comments) {
    if (text[start] !== '#' || /[\r\n]/.test(text.slice(start, end))) throw new Error('no comment')
  }
  for (const [i, { span }] of module.problems.entries()) {
    if (span.start < 0 || span.end < span.start || span.end > text.length) throw new Error('problem out of bounds')
    if (span.start < (module.problems[i - 1]?.span.start ?? 0)) throw new Error('problems out of order')
  }
}

function checkSorted(list: readonly Pick<Statement, 'start' | 'end'>[]): void {
  for (let i = 1; i < list.length; i++) {
    const [before, after] = [list[i - 1], list[i]]
    if (before !== undefined && after !== undefined && after.start < before.end) {
      throw new Error(`[${after.start}, ${after.end}) overlaps [${before.start}, ${before.end})`)
    }
  }
}

const FRAGMENTS = (
  '( ) [ ] { } , : ; . = == := * ** @ -> ... ! ~ - < << <> | \\ $ ? é 变 \u00a0 0 1_0 0x1 1e5 1j 07 x y _ ' +
  'None True and as assert async await break class continue def del elif else except finally for from global if ' +
  'import in is lambda nonlocal not or pass raise return try while with yield match case type print ' +
  "' \" ''' \"\"\" f' f\"{ t'{x!r:>{y}}' rb' '\\N{DASH}' '\\x4' {x!r} {x=} }} {{ #c <<<<<<< ======= >>>>>>>"
).split(' ')
const fragment = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...FRAGMENTS) },
  { weight: 2, arbitrary: fc.constantFrom(' ', ' ', '\n', '\n    ', '\n        ', '\n\t', '\r\n', '\r', '\f', '\\\n') },
)

/** Fragments of Python in any order. */
const soup = fc.array(fragment, { maxLength: 60 }).map((parts) => parts.join(''))
const valid = fc.constantFrom(...SETTINGS.values(), ...Object.values(VALID))
/** Valid code with up to four pieces replaced. */
const mutated = fc
  .tuple(
    valid,
    fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(30), soup), { minLength: 1, maxLength: 4 }),
  )
  .map(([text, edits]) =>
    edits.reduce((result, [place, length, piece]) => {
      const at = Math.floor(place * result.length)
      return result.slice(0, at) + piece + result.slice(at + length)
    }, text),
  )

describe('whatever the text', () => {
  it('text of any characters gives a sound tree', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => checkTree(parsePython(text), text)))
    fc.assert(fc.property(fc.string({ maxLength: 80 }), (text) => checkTree(parsePython(text), text)))
  })

  it('fragments of Python in any order give a sound tree', () => {
    fc.assert(
      fc.property(soup, (text) => checkTree(parsePython(text), text)),
      { numRuns: 1000 },
    )
  })

  it('valid code with pieces replaced gives a sound tree', () => {
    fc.assert(fc.property(mutated, (text) => checkTree(parsePython(text), text)))
  })
})
