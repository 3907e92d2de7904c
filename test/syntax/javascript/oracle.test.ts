import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type Call, callsOfOurs } from '../../oracle/javascript/ours.ts'
import { repository } from '../../support/trees.ts'

/** What Babel found, as `npm run oracle:javascript -- --write` stored it. */
const vectors: readonly { readonly name: string; readonly text: string; readonly calls: readonly Call[] }[] =
  JSON.parse(readFileSync(join(repository, 'test/oracle/javascript/vectors/calls.json'), 'utf8'))

test.each(vectors)('finds the calls of $name that Babel finds', ({ name, text, calls }) => {
  expect(callsOfOurs(name, text)).toEqual(calls)
})
