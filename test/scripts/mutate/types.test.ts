import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { mutantsOf } from '../../../scripts/mutate/mutants.ts'
import { openTypes } from '../../../scripts/mutate/types.ts'
import { repository } from '../../support/trees.ts'

const types = openTypes(repository)
afterAll(() => types.close())

const file = 'src/get-or-insert.ts'

it('tells which mutants are refused, each by itself', () => {
  const source = readFileSync(join(repository, file), 'utf8')
  const told = mutantsOf(file, source).map((mutant) => [
    `${source.slice(mutant.start, mutant.end)} => ${mutant.replacement}`,
    types.complaint(mutant),
  ])
  expect(told).toMatchInlineSnapshot(`
    [
      [
        "known !== undefined => true",
        "Type 'V | undefined' is not assignable to type 'V'.",
      ],
      [
        "known !== undefined => false",
        "Type 'V | undefined' is not assignable to type 'V'.",
      ],
      [
        "known !== undefined => (known) === (undefined)",
        "Type 'V | undefined' is not assignable to type 'V'.",
      ],
      [
        "known => undefined",
        "Type 'undefined' is not assignable to type 'V'.",
      ],
      [
        "map.set(key, made) => undefined",
        undefined,
      ],
      [
        "made => undefined",
        "Type 'undefined' is not assignable to type 'V'.",
      ],
    ]
  `)
})
