import { describe, expect, it } from 'vitest'
import { rules } from '../../rules/index.generated.ts'
import { maskerOf } from '../../src/privacy/masker.ts'

const { mask } = maskerOf(() => [])

describe('the messages of the rules', () => {
  it('name what they are about: none of their own words makes a name behind them a secret', () => {
    const texts = rules.flatMap(({ messages }) =>
      Object.values(messages).flatMap(({ text, help }) => [text, help].flatMap((one) => Object.values(one ?? {}))),
    )
    const filled = texts.map((text) => text.replace(/\{\w+\}/g, 'room_name'))
    expect(filled.length).toBeGreaterThan(1000)
    expect(filled.filter((text) => mask(text) !== text)).toEqual([])
  })
})
