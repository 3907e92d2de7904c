import { describe, expect, it } from 'vitest'
import type { Hop } from '../../src/contracts/hop.ts'
import type { Untold } from '../../src/contracts/untold.ts'
import { chainOf } from '../../src/engine/chain.ts'
import { findingOf } from '../../src/engine/finding.ts'
import { type AnyReport, rule } from '../../src/engine/rule.ts'

const sample = rule({
  id: 'settings/debug',
  hop: 'safety',
  severity: 'error',
  summary: { en: 's', fr: 's' },
  messages: {
    on: {
      text: { en: '{name} is on', fr: '{name} est actif' },
      help: { en: 'turn {name} off', fr: 'désactivez {name}' },
      fix: { safety: 'unsafe', en: 'Turn {name} off', fr: 'Désactiver {name}' },
    },
    shown: {
      severity: 'info',
      hop: 'stay',
      text: { en: '{what}', fr: '{what}' },
      help: { en: 'h', fr: 'h' },
    },
  },
  check() {},
})
const at = { file: 'f', span: { start: 0, end: 1 } }
const when = { en: 'A is set', fr: 'A est définie' }

function finding(report: Partial<AnyReport> = {}, condition?: typeof when) {
  return findingOf(sample, 'on', { at, data: { name: 'DEBUG' }, ...report }, condition)
}

describe('findingOf', () => {
  it('renders both languages, a text of the data in each', () => {
    expect(finding()).toMatchObject({
      message: { en: 'DEBUG is on', fr: 'DEBUG est actif' },
      help: { en: 'turn DEBUG off', fr: 'désactivez DEBUG' },
      certainty: 'certain',
      severity: 'error',
      hop: 'safety',
      fixes: [],
    })
    const both = findingOf(sample, 'shown', { at, data: { what: { en: 'one', fr: 'un' } } })
    expect(both.message).toEqual({ en: 'one', fr: 'un' })
  })

  it('takes severity and hop from the message before the rule, and a hop that the project decides before both', () => {
    const data = { what: 'x' }
    expect(findingOf(sample, 'shown', { at, data })).toMatchObject({ severity: 'info', hop: 'stay' })
    expect(findingOf(sample, 'shown', { at, data, hop: 'boot' })).toMatchObject({ severity: 'info', hop: 'boot' })
  })

  it('is possible and one step milder when it depends on something unknown', () => {
    expect(finding({}, when)).toMatchObject({ certainty: 'possible', severity: 'warning', condition: when })
    expect(findingOf(sample, 'shown', { at, data: { what: 'x' } }, when).severity).toBe('info')
  })

  it('is a remark where nothing uses the file', () => {
    expect(finding({ unused: true }, when).severity).toBe('info')
    expect(finding({ unused: false }, when).severity).toBe('warning')
  })

  it('offers the edits under the title of the message', () => {
    const edits = [{ file: 'f', span: { start: 0, end: 1 }, text: 'x' }]
    expect(finding({ edits }).fixes).toEqual([
      { title: { en: 'Turn DEBUG off', fr: 'Désactiver DEBUG' }, safety: 'unsafe', edits },
    ])
    expect(finding({ edits: [] }).fixes).toEqual([])
    expect(() => findingOf(sample, 'shown', { at, data: { what: 'x' }, edits })).toThrow('shown, which has no fix')
    expect(() => findingOf(sample, 'other', { at })).toThrow('settings/debug has no message other')
  })
})

describe('chainOf', () => {
  const none = { notApplicable: new Set<never>(), unknowns: new Map<Hop, Untold[]>() }

  it('breaks where an error is certain and is undetermined where one is possible', () => {
    const chain = chainOf(
      [
        finding({ hop: 'boot' }),
        finding({ hop: 'message' }, when),
        { ...finding({ hop: 'http' }), severity: 'warning' },
      ],
      none,
    )
    const state = Object.fromEntries(chain.map((link) => [link.hop, link.state]))
    // What comes after the first break is not reached, but for what is known to break as well.
    expect(state).toMatchObject({ push: 'holds', boot: 'breaks', http: 'not-reached', message: 'not-reached' })
    expect(state.safety).toBe('holds')
    expect(chain.find((link) => link.hop === 'boot')?.rules).toEqual(['settings/debug'])
  })

  it('is warned where a warning is certain, and undetermined where an error is possible or something is not known', () => {
    const untold = { what: { en: 'x', fr: 'x' }, why: { en: 'y', fr: 'y' }, at: undefined }
    const chain = chainOf([{ ...finding({ hop: 'http' }), severity: 'warning' }, finding({ hop: 'message' }, when)], {
      ...none,
      unknowns: new Map([['handshake' as const, [untold]]]),
    })
    const state = Object.fromEntries(chain.map((link) => [link.hop, link.state]))
    expect(state).toMatchObject({ boot: 'holds', http: 'warned', handshake: 'undetermined', message: 'undetermined' })
    expect(chain.find(({ hop }) => hop === 'handshake')?.unknowns).toEqual([untold])
    expect(chain.find(({ hop }) => hop === 'message')?.possible.map(({ condition }) => condition)).toEqual([when])
  })

  it('says what does not apply', () => {
    const chain = chainOf([], { ...none, notApplicable: new Set(['release' as const]) })
    expect(chain.find((link) => link.hop === 'release')?.state).toBe('not-applicable')
  })
})
