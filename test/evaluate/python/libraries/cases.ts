import { expect, it } from 'vitest'
import type { Part } from '../../../../src/evaluate/parts.ts'
import type { Options } from '../../../../src/evaluate/python/evaluate.ts'
import { hole, redisUrl, run, type Setting, show } from '../run.ts'

/** DATABASE_URL as Heroku Postgres sets it. */
export const databaseUrl: readonly Part[] = [
  'postgres://',
  hole('DATABASE_URL.user', 'word'),
  ':',
  hole('DATABASE_URL.password', 'word'),
  '@',
  hole('DATABASE_URL.host', 'host'),
  ':',
  hole('DATABASE_URL.port', 'digits'),
  '/',
  hole('DATABASE_URL.name', 'word'),
]

export interface Case {
  readonly name: string
  readonly source: string
  /** Variables beside REDIS_URL and DATABASE_URL, which are as the add-ons set them. */
  readonly env?: Readonly<Record<string, Setting>>
  readonly files?: Readonly<Record<string, string>>
  readonly versions?: Readonly<Record<string, string>>
  readonly python?: string
  readonly isPresent?: (path: string) => boolean
  /** Names and what they are worth, as `show` writes it. */
  readonly gives?: Readonly<Record<string, string>>
  /** `KeyError: 'X'`: what the module certainly raises. */
  readonly raises?: string
  readonly requires?: readonly string[]
}

/** One test per case. Every package is installed. */
export function check(cases: readonly Case[]): void {
  for (const c of cases) {
    it(c.name, () => {
      const options: Partial<Options> = {
        packages: () => 'installed',
        ...(c.versions === undefined ? {} : { versions: (name: string) => c.versions?.[name] }),
        ...(c.python === undefined ? {} : { python: c.python }),
        ...(c.isPresent === undefined ? {} : { isPresent: c.isPresent }),
      }
      const evaluation = run(
        { 'settings.py': c.source, ...c.files },
        { env: { REDIS_URL: redisUrl, DATABASE_URL: databaseUrl, ...c.env }, ...options },
      )
      const crash = evaluation.certainCrash
      expect(crash === undefined ? undefined : `${crash.exception}: ${crash.message}`).toBe(c.raises)
      for (const [name, shown] of Object.entries(c.gives ?? {})) expect(show(evaluation, name), name).toBe(shown)
      if (c.requires !== undefined) expect(evaluation.required.map(({ name }) => name)).toEqual(c.requires)
    })
  }
}

/** The Redis URL of the add-on as `show` writes it, without quotes. */
export const redis = 'rediss://:<REDIS_URL.password>@<REDIS_URL.host>:<REDIS_URL.port>'
