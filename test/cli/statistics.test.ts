import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { stopwatch } from '../../src/stopwatch.ts'
import { today } from '../support/app.ts'
import { dynolint } from '../support/cli.ts'
import { repository } from '../support/trees.ts'

const guide = join(repository, 'fixtures/guide')

/** A run whose clock goes on by a millisecond each time it is looked at. */
async function run(...argv: string[]): Promise<{ out: string; err: string; code: number; told: number }> {
  let [out, err, told] = ['', '', 0]
  const io = {
    cwd: guide,
    today,
    env: { NO_COLOR: '1' },
    terminal: false,
    now: () => ++told,
    out: (text: string) => {
      out += text
    },
    err: (text: string) => {
      err += text
    },
  } as const
  return { code: await main(argv, io), out, err, told }
}

interface Told {
  readonly statistics: {
    readonly findings: Record<string, number>
    readonly files: { readonly read: number; readonly bytes: number }
    readonly milliseconds: Record<string, number>
  }
}

describe('--statistics', () => {
  it('counts the findings of the report by rule, and leaves the report and the exit code alone', async () => {
    const plain = await run('check', '--format', 'json')
    const counted = await run('check', '--format', 'json', '--statistics')
    expect(plain.err).toBe('')
    expect(plain.told).toBe(0)
    expect([counted.out, counted.code]).toEqual([plain.out, plain.code])
    const { statistics } = JSON.parse(counted.err) as Told
    const rules = (JSON.parse(plain.out) as { findings: { rule: string }[] }).findings.map(({ rule }) => rule)
    expect(statistics.findings).toEqual(
      Object.fromEntries([...new Set(rules)].map((rule) => [rule, rules.filter((one) => one === rule).length])),
    )
    const counts = Object.values(statistics.findings)
    expect(counts).toEqual(counts.toSorted((a, b) => b - a))
  })

  it('counts each file that was read once', async () => {
    const { statistics } = JSON.parse((await run('check', '--format', 'json', '--statistics')).err) as Told
    expect(statistics.files.read).toBeGreaterThan(5)
    expect(statistics.files.read).toBeLessThan(40)
    expect(statistics.files.bytes).toBeGreaterThan(1000)
  })

  it('charges each moment to one part', async () => {
    const { err, told } = await run('check', '--format', 'json', '--statistics')
    const { milliseconds } = (JSON.parse(err) as Told).statistics
    expect(Object.values(milliseconds).reduce((sum, time) => sum + time, 0)).toBe(told)
    for (const part of ['start', 'open', 'files', 'settings', 'dependencies', 'asgi', 'rules', 'report'])
      expect(milliseconds[part], part).toBeGreaterThan(0)
  })

  it('is a table in the reader’s language', async () => {
    const { err } = await run('check', '--statistics', '--lang', 'fr')
    expect(err).toMatch(/^\n\d+ constats de \d+ règles\n {5}\d {2}[a-z]+\//)
    expect(err).toMatch(/\n\d+ fichiers lus, \d+ octets\n\d+ ms\n/)
    expect(err).toMatch(/\n +\d+ {2}lecture des fichiers\n/)
    expect((await run('check', '--statistics')).err).toMatch(/\n +\d+ {2}reading files\n/)
  })

  it.each([['--diff'], ['--fix-only']])('does not go with %s, which tells no report', async (option) => {
    const { code, err } = await dynolint(['check', '--statistics', option], { cwd: guide })
    expect(code).toBe(2)
    expect(err).toContain(`--statistics and ${option} do not go together`)
  })
})

describe('a stopwatch', () => {
  it('counts what a part asks of another for the other alone, also when that throws', () => {
    let time = 0
    const watch = stopwatch(() => time)
    const wait = (ms: number): void => {
      time += ms
    }
    wait(1)
    watch.during('outer', () => {
      wait(10)
      expect(() =>
        watch.during('inner', () => {
          wait(100)
          throw new Error('broken')
        }),
      ).toThrow('broken')
      wait(1000)
    })
    expect(Object.fromEntries(watch.times())).toEqual({ start: 1, outer: 1010, inner: 100 })
  })
})
