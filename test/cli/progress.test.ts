import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { today } from '../support/app.ts'
import { repository } from '../support/trees.ts'

/** A check of the guide’s project by a clock that goes on by so many milliseconds each time it is asked. */
async function told(step: number, options: { language?: string; looked?: boolean; argv?: string[] } = {}) {
  let time = 0
  const events: string[] = []
  await main(['fixtures/guide', '--lang', options.language ?? 'en', ...(options.argv ?? [])], {
    cwd: repository,
    today,
    env: {},
    terminal: true,
    now: () => {
      time += step
      return time
    },
    out: () => events.push('report'),
    err: (text) => events.push(text),
    ...(options.looked === false ? {} : { status: (text: string | undefined) => events.push(text ?? 'cleared') }),
  })
  return events
}

describe('progress', () => {
  it('is told after a second, file by file, and cleared before the report', async () => {
    const events = await told(50)
    expect(events[0]).toMatch(/^checking, 1 s: fixtures\/guide\/\S+$/)
    expect(events.slice(-2)).toEqual(['cleared', 'report'])
    expect(events.filter((event) => event === 'cleared')).toHaveLength(1)
  })

  it('is told while corrections are looked for, and cleared before what they are', async () => {
    const patch = await told(50, { argv: ['--fix', '--diff', '--unsafe-fixes'] })
    expect(patch[0]).toMatch(/^checking, 1 s: fixtures\/guide\/\S+$/)
    const cleared = patch.indexOf('cleared')
    expect(patch.slice(cleared + 1, cleared + 2)).toEqual(['report'])
    // Nothing in it is corrected without --unsafe-fixes.
    const fixed = await told(50, { argv: ['--fix', '--fix-only'] })
    expect(fixed[0]).toMatch(/^checking, 1 s: /)
    expect(fixed.at(-2)).toBe('cleared')
  })

  it('is told ten times a second at most', async () => {
    const seldom = await told(50)
    const often = await told(500)
    expect(seldom.length).toBeGreaterThan(3)
    expect(seldom.length).toBeLessThan(often.length)
  })

  it('speaks French', async () => {
    const [first] = await told(600, { language: 'fr' })
    expect(first).toMatch(/^vérification, 1\u00a0s\u00a0: fixtures\/guide\//)
  })

  it('is not told by a run that takes less, nor where nobody looks', async () => {
    expect(await told(0)).toEqual(['report'])
    expect(await told(500, { looked: false })).toEqual(['report'])
  })
})
