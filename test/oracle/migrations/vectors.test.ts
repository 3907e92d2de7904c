import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compare, type Heads, type Vector } from './ours.ts'

const { heads, vectors } = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/migrations.json'), 'utf8')) as {
  readonly heads: Heads
  readonly vectors: readonly Vector[]
}
const releases = [...new Set(vectors.map(({ django }) => django))]

test.each(releases)(
  'what is missing from migrations is what `makemigrations --check` of Django %s lists',
  (release) => {
    const compared = compare(
      heads,
      vectors.filter(({ django }) => django === release),
    )
    expect(compared.filter(({ wrong }) => wrong.length > 0)).toEqual([])
    // Nothing but what rests on validators, messages, relations and the like is left open.
    const missed = compared.flatMap((one) => one.missed).length
    const listed = compared.flatMap(({ vector }) => vector.listed).length
    expect(missed).toBeLessThan(listed / 4)
  },
)
