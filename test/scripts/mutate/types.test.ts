import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { mutantsOf } from '../../../scripts/mutate/mutants.ts'
import { openTypes } from '../../../scripts/mutate/types.ts'
import { repository } from '../../support/trees.ts'

const types = openTypes(repository)
afterAll(() => types.close())

/** The mutants of a source, each with what the compiler says against it. */
function told(file: string): [change: string, complaint: string | undefined][] {
  const source = readFileSync(join(repository, file), 'utf8')
  return mutantsOf(file, source).map((mutant) => [
    `${source.slice(mutant.start, mutant.end)} => ${mutant.replacement}`,
    types.complaint(mutant),
  ])
}

it('tells which mutants are refused, each by itself', () => {
  const open = "Type 'V | undefined' is not assignable to type 'V'."
  const expected = [
    ['known !== undefined => true', open],
    ['known !== undefined => false', open],
    ['known !== undefined => (known) === (undefined)', open],
    ['known => undefined', "Type 'undefined' is not assignable to type 'V'."],
    ['map.set(key, made) => undefined', undefined],
    ['made => undefined', "Type 'undefined' is not assignable to type 'V'."],
  ]
  expect(told('src/get-or-insert.ts')).toEqual(expected)
  // The last mutant of another file is out of the program again.
  expect(told('src/evaluate/parts.ts').length).toBeGreaterThan(0)
  expect(told('src/get-or-insert.ts')).toEqual(expected)
})
