import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Defaults, wrongDefaults } from './defaults.ts'
import { releases } from './lines.ts'
import type { Outcome } from './observe.ts'
import { compare, predict } from './predict.ts'
import { type Age, ages, requirements } from './venvs.ts'

interface Vector {
  readonly server: string
  readonly release: Age
  readonly version: string
  readonly command: string
  readonly outcome: Outcome
}

const { vectors, pings } = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors/servers.json'), 'utf8')) as {
  vectors: readonly Vector[]
  pings: Readonly<Record<Age, Defaults>>
}

describe('what real servers did is what the process model says', () => {
  for (const [server, versions] of Object.entries(releases))
    for (const version of versions)
      it(`${server} ${version}`, () => {
        const own = vectors.filter((vector) => vector.server === server && vector.version === version)
        expect(own.length).toBeGreaterThanOrEqual(60)
        const wrong = own.flatMap(({ command, release, outcome }) =>
          compare(predict(command, requirements(release)), outcome).differences.map((text) => `${command}: ${text}`),
        )
        expect(wrong).toEqual([])
      }, 120_000)

  it('pings by default as their own code says', () => {
    expect(ages.flatMap((age) => wrongDefaults(age, pings[age]))).toEqual([])
  })
})
