import { describe, expect, it } from 'vitest'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { type Condition, together } from '../../../src/evaluate/condition.ts'

function condition(id: string, holds: boolean, opaque = false): Condition {
  const text = `${id} ${holds}`
  return {
    id,
    variable: id.split(':')[1]?.split('=')[0],
    opaque,
    holds,
    text: { en: text, fr: text },
    at: { file: '', span: { start: 0, end: 0 } },
  }
}

const a = condition('env:A:set', true)
const notA = condition('env:A:set', false)
const b = condition('env:B:set', true)
const notB = condition('env:B:set', false)

describe('together', () => {
  it('merges conditions, each once, and knows contradictions', () => {
    expect(together([a], [a, b])).toEqual([a, b])
    expect(together([a], [notA])).toBeUndefined()
  })
})

describe('verdict', () => {
  const one = (when: Condition[], bad: boolean | undefined) => ({ when, bad })
  const judge = (...all: ReturnType<typeof one>[]) => verdict(all, ({ bad }) => bad)

  it('holds on every path, on some, or on none', () => {
    expect(judge(one([a], true), one([notA], true))).toMatchObject({ state: 'holds', when: [] })
    expect(judge(one([a], true), one([notA], false))).toMatchObject({ state: 'holds', when: [a] })
    expect(judge(one([a], false), one([notA], false))).toEqual({ state: 'fails' })
    expect(judge()).toEqual({ state: 'fails' })
  })

  it('says of which path it cannot be told', () => {
    const vague = one([a], undefined)
    expect(judge(vague, one([notA], false))).toEqual({ state: 'unknown', of: vague, because: undefined })
    // One path is enough to know.
    expect(judge(vague, one([notA], true))).toMatchObject({ state: 'holds', when: [notA] })
  })

  it('leaves out conditions that decide nothing', () => {
    const paths = [one([a, b], true), one([a, notB], true), one([notA, b], false), one([notA, notB], false)]
    expect(judge(...paths)).toMatchObject({ state: 'holds', when: [a] })
  })

  it('does not know what rests on something nobody could evaluate', () => {
    const opaque = condition('opaque:x', true, true)
    expect(judge(one([opaque], true), one([condition('opaque:x', false, true)], false))).toMatchObject({
      state: 'unknown',
      because: opaque,
    })
  })
})

describe('one of several variables', () => {
  it('is told where any of them would do', () => {
    const all = [
      { when: [a], bad: true },
      { when: [notA, b], bad: true },
      { when: [notA, notB], bad: false },
    ]
    const found = verdict(all, ({ bad }) => bad)
    expect(found.state === 'holds' && found.when.map(({ text }) => text.en)).toEqual([
      '(env:A:set true or env:B:set true)',
    ])
  })

  it('stays one condition where the paths differ otherwise', () => {
    const all = [
      { when: [a, b], bad: true },
      { when: [a, notB], bad: false },
      { when: [notA], bad: false },
    ]
    const found = verdict(all, ({ bad }) => bad)
    expect(found.state === 'holds' && found.when).toEqual([a, b])
  })
})
