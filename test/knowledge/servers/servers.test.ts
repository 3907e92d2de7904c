import { describe, expect, it } from 'vitest'
import { compareReleases, factsAt, versionsWith } from '../../../src/app/processes/servers/facts.ts'

const servers = ['daphne', 'uvicorn', 'gunicorn', 'hypercorn', 'granian', 'waitress']

describe('server facts', () => {
  for (const name of servers) {
    it(`give ${name} each option once per release, in releases that were read`, () => {
      const { facts } = factsAt(name, undefined) ?? {}
      expect(facts).toBeDefined()
      for (const release of facts?.releases ?? []) {
        const spellings =
          factsAt(name, release)?.options.flatMap((option) => [...option.names, ...(option.negations ?? [])]) ?? []
        expect(new Set(spellings).size).toBe(spellings.length)
        expect(spellings.length).toBeGreaterThan(5)
      }
      for (const { since, until } of facts?.options ?? []) {
        for (const bound of [since, until]) if (bound !== undefined) expect(facts?.releases).toContain(bound)
      }
      expect(facts?.releases).toEqual([...(facts?.releases ?? [])].sort(compareReleases))
    })
  }

  it('say which releases have an option', () => {
    const facts = factsAt('daphne', undefined)?.facts
    expect(facts && versionsWith(facts, '--websocket-max-frame-size')).toBe('>=4.2.2')
    expect(facts && versionsWith(facts, '--ws-protocol')).toBe('<4.0.0')
    expect(facts && versionsWith(facts, '--asgi-protocol')).toBe('>=2.3.0,<3.0.0')
    expect(facts && versionsWith(facts, '--port')).toBe('')
    expect(facts && versionsWith(facts, '--workers')).toBeUndefined()
  })

  it('know the defaults the rules rest on', () => {
    const option = (name: string, dest: string) =>
      factsAt(name, undefined)?.options.find((fact) => fact.dest === dest)?.default
    expect(option('daphne', 'ping_interval')).toBe(20)
    expect(option('uvicorn', 'host')).toBe('127.0.0.1')
    expect(option('uvicorn', 'ws_ping_interval')).toBe(20)
    expect(option('hypercorn', 'websocket_ping_interval')).toBeUndefined()
    expect(option('granian', 'interface')).toBe('rsgi')
  })
})

describe('compareReleases', () => {
  it('compares numbers', () => {
    expect(compareReleases('4.10', '4.9')).toBeGreaterThan(0)
    expect(compareReleases('4.0', '4.0.0')).toBe(0)
    expect(compareReleases('3.0.0b1', '3.0.0')).toBe(0)
  })
})
