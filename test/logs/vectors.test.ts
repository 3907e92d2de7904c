import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { reading } from './support.ts'

interface Recording {
  readonly python: string
  readonly records: readonly {
    readonly scenario: string
    /** The programs that wrote the lines, with their versions. */
    readonly program: string
    readonly lines: readonly string[]
    /** All groups of the log, sorted. */
    readonly expected: readonly string[]
    /** Groups that may be there or not. */
    readonly noise: readonly string[]
    /** Servers that announce themselves. */
    readonly servers: readonly string[]
  }[]
}

const folder = new URL('vectors/', import.meta.url)

/** What real programs print (vectors/record.py), read as the output of a web dyno. */
describe.each(readdirSync(folder).filter((name) => name.endsWith('.json')))('%s', (name) => {
  const { records } = JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recording
  it.each(records.map((record) => [record.scenario, record] as const))(
    '%s',
    (_, { lines, expected, noise, servers }) => {
      const log = lines.map((line) => `2026-11-22T10:00:00.000000+00:00 app[web.1]: ${line}\n`).join('')
      const summary = reading(log)
      const ids = summary.groups.map(({ meaning }) => meaning.id)
      expect(ids.filter((id) => !noise.includes(id)).sort()).toEqual(expected)
      expect([...new Set(summary.servers.map((server) => server.name))].sort()).toEqual([...servers].sort())
    },
  )
})
