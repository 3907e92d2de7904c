import { describe, expect, it } from 'vitest'
import { chainOf } from '../../src/engine/chain.ts'
import { findingOf } from '../../src/engine/finding.ts'
import { type Report, rule } from '../../src/engine/rule.ts'

const sample = rule({
  id: 'settings/debug',
  hop: 'safety',
  severity: 'error',
  fix: 'none',
  summary: { en: 's', fr: 's' },
  messages: { on: { en: '{name} is on', fr: '{name} est actif' } },
  mend: { en: 'turn {name} off', fr: 'désactivez {name}' },
  check() {},
})
const at = { file: 'f', span: { start: 0, end: 1 } }
const condition = (id: string, en: string, fr: string) => ({
  id,
  variable: id,
  opaque: false,
  holds: true,
  text: { en, fr },
  at,
})

function finding(report: Partial<Report> = {}) {
  return findingOf(sample, 'on', { at, data: { name: 'DEBUG' }, ...report })
}

describe('findingOf', () => {
  it('renders both languages', () => {
    expect(finding()).toMatchObject({
      message: { en: 'DEBUG is on', fr: 'DEBUG est actif' },
      mend: { en: 'turn DEBUG off', fr: 'désactivez DEBUG' },
      certainty: 'certain',
      severity: 'error',
    })
  })

  it('is possible and one step milder when it depends on something unknown', () => {
    const when = [condition('A', 'A is set', 'A est définie'), condition('B', 'B is unset', 'B est absente')]
    expect(finding({ when })).toMatchObject({
      certainty: 'possible',
      severity: 'warning',
      condition: { en: 'A is set and B is unset', fr: 'A est définie et que B est absente' },
    })
    expect(finding({ when, severity: 'info' }).severity).toBe('info')
    expect(finding({ when: [] }).certainty).toBe('certain')
  })
})

describe('chainOf', () => {
  const none = { notApplicable: new Set<never>(), undetermined: new Set<never>() }

  it('breaks where an error is certain and is undetermined where one is possible', () => {
    const chain = chainOf(
      [
        finding({ hop: 'boot' }),
        finding({ hop: 'message', when: { en: 'x', fr: 'x' } }),
        finding({ hop: 'http', severity: 'warning' }),
      ],
      none,
    )
    const state = Object.fromEntries(chain.map((link) => [link.hop, link.state]))
    expect(state).toMatchObject({ push: 'holds', boot: 'breaks', http: 'holds', message: 'undetermined' })
    expect(chain.find((link) => link.hop === 'boot')?.rules).toEqual(['settings/debug'])
  })

  it('says what does not apply', () => {
    const chain = chainOf([], { ...none, notApplicable: new Set(['release' as const]) })
    expect(chain.find((link) => link.hop === 'release')?.state).toBe('not-applicable')
  })
})
