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

/** How often the model does not say something, for each release of a server. */
const left: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  daphne: { start: 2 },
  uvicorn: { start: 1, 'scheme over HTTP': 2, 'scheme over WebSocket': 2, pings: 1 },
  gunicorn: { start: 6, 'scheme over HTTP': 1, 'scheme over WebSocket': 1 },
  hypercorn: { start: 3 },
  granian: { start: 1 },
  waitress: { start: 3 },
}

describe('what real servers did is what the process model says', () => {
  for (const [server, versions] of Object.entries(releases))
    for (const version of versions)
      it(`${server} ${version}`, () => {
        const own = vectors.filter((vector) => vector.server === server && vector.version === version)
        expect(own.length).toBeGreaterThanOrEqual(60)
        const compared = own.map(({ command, release, outcome }) => ({
          command,
          ...compare(predict(command, requirements(release)), outcome),
        }))
        const wrong = compared.flatMap(({ command, differences }) => differences.map((text) => `${command}: ${text}`))
        expect(wrong).toEqual([])
        const silent: Record<string, number> = {}
        for (const what of compared.flatMap((one) => one.silent)) silent[what] = (silent[what] ?? 0) + 1
        expect(silent).toEqual(left[server])
      }, 120_000)

  it('pings by default as their own code says', () => {
    expect(ages.flatMap((age) => wrongDefaults(age, pings[age]))).toEqual([])
  })
})
