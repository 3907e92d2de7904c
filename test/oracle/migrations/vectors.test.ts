import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compare, type Heads, type Vector } from './ours.ts'

const { heads, vectors } = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/migrations.json'), 'utf8')) as {
  readonly heads: Heads
  readonly vectors: readonly Vector[]
}
/** Listed changes that are left open, by release: what rests on validators, messages, relations and the like. */
const open = { '3.2.25': 111, '4.2.16': 1, '5.2.8': 6, '6.0.10': 118 }
const releases = Object.entries(open)

test.each(releases)(
  'what is missing from migrations is what `makemigrations --check` of Django %s lists',
  (release, left) => {
    const compared = compare(
      heads,
      vectors.filter(({ django }) => django === release),
    )
    expect(compared.filter(({ wrong }) => wrong.length > 0)).toEqual([])
    expect(compared.flatMap((one) => one.missed)).toHaveLength(left)
  },
)
