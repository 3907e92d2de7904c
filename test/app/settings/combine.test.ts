import { describe, expect, it } from 'vitest'
import { together, verdict } from '../../../src/app/settings/combine.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'

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
    expect(judge(one([a], true), one([notA], true))?.when).toEqual([])
    expect(judge(one([a], true), one([notA], false))?.when).toEqual([a])
    expect(judge(one([a], undefined), one([notA], false))).toBeUndefined()
    expect(judge()).toBeUndefined()
  })

  it('leaves out conditions that decide nothing', () => {
    const paths = [one([a, b], true), one([a, notB], true), one([notA, b], false), one([notA, notB], false)]
    expect(judge(...paths)?.when).toEqual([a])
  })

  it('is silent about what rests on something nobody could evaluate', () => {
    expect(
      judge(one([condition('opaque:x', true, true)], true), one([condition('opaque:x', false, true)], false)),
    ).toBeUndefined()
  })
})
