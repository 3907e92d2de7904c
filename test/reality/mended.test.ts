import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCases } from './case.ts'
import { corrected, fateOf, mendedTable } from './mended.ts'
import { projectOf } from './tree.ts'
import { readVectors } from './vectors.ts'
import { verdictOf } from './verdict.ts'

describe('fateOf', () => {
  const none = { breaks: 'none' } as const
  const boot = { breaks: 'boot' } as const
  const message = { breaks: 'message' } as const

  it('tells what corrections did to a case', () => {
    expect(fateOf(boot, none, true)).toBe('whole way')
    expect(fateOf(boot, message, true)).toBe('mended')
    expect(fateOf(boot, boot, true)).toBe('not mended')
    expect(fateOf(boot, boot, false)).toBe('no fix')
    expect(fateOf(message, boot, true)).toBe('worse')
    expect(fateOf(boot, undefined, false)).toBe('no fix')
    expect(fateOf(none, none, true)).toBe('works')
    expect(fateOf(none, boot, true)).toBe('harmed')
    expect(fateOf(none, undefined, false)).toBe('untouched')
  })

  it('is summed up in a table', () => {
    const told = 'x'
    const table = mendedTable([
      { name: 'a', fate: 'whole way', before: 'boot', now: 'none', told, reason: 'nothing is found' },
      { name: 'b', fate: 'no fix', before: 'http', now: undefined, told, reason: 'nothing is found' },
      { name: 'c', fate: 'harmed', before: 'none', now: 'boot', told, reason: 'nothing is found' },
    ])
    expect(table).toContain('with a fix              1 of 2 (50 %)')
    expect(table).toContain('working cases           1, edited 1, harmed 1')
    expect(table).toContain('  1  nothing is found: b')
    expect(table).not.toContain('  a:')
  })
})

describe('corrections of cases that were seen to work', () => {
  const vectors = readVectors()
  const works = loadCases(join(import.meta.dirname, 'cases')).filter((one) => vectors.get(one.name)?.breaks === 'none')

  // Each seventh: all of them are the rig's business.
  it.each(works.filter((_, index) => index % 7 === 0).map((one) => [one.name, one] as const))(
    'bring no error: %s',
    async (_, one) => {
      const before = await verdictOf(one, projectOf(one))
      const { project } = await corrected(one)
      const after = await verdictOf(one, project)
      const errors = ({ said }: typeof before) =>
        said.filter(({ severity }) => severity === 'error').map(({ rule }) => rule)
      const known = errors(before)
      expect(errors(after).filter((rule) => !known.includes(rule))).toEqual([])
    },
  )
})
