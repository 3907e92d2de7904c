import { describe, expect, it } from 'vitest'
import { type Condition, decisive, together } from '../../src/evaluate/condition.ts'

const at = { file: '', span: { start: 0, end: 0 } }

function condition(variable: string, holds: boolean): Condition {
  const text = `${variable} ${holds}`
  return { id: `env:${variable}:set`, variable, opaque: false, holds, text: { en: text, fr: text }, at }
}

/** Every way to answer some of the questions. */
function answersTo(variables: readonly string[]): Condition[][] {
  const [first, ...others] = variables
  if (first === undefined) return [[]]
  return answersTo(others).flatMap((rest) => [
    rest,
    [condition(first, true), ...rest],
    [condition(first, false), ...rest],
  ])
}

describe('the conditions that decide', () => {
  const paths = answersTo(['A', 'B', 'C'])
  const keepsOut = (when: readonly Condition[], { when: other }: { when: Condition[] }) =>
    together(when, other) === undefined
  const cases = paths.flatMap((when, start) =>
    paths.map((_, step) => ({
      when,
      others: [0, 1, 2].map((index) => ({ when: paths[(start + index * (step + 1)) % paths.length] ?? [] })),
    })),
  )

  it('keep the other paths out, as all of them do, and none of them is one too many', () => {
    for (const { when, others } of cases.filter((one) => one.others.every((other) => keepsOut(one.when, other)))) {
      const kept = decisive(when, others)
      expect(others.every((other) => keepsOut(kept, other))).toBe(true)
      for (const one of kept) {
        const fewer = kept.filter((condition) => condition !== one)
        expect(others.every((other) => keepsOut(fewer, other))).toBe(false)
      }
    }
  })

  it('are all of them where another path can be taken under them', () => {
    for (const { when, others } of cases.filter((one) => one.others.some((other) => !keepsOut(one.when, other))))
      expect(decisive(when, others)).toEqual(when)
  })

  it('are looked at a few times each, however many there are', () => {
    let looks = 0
    const counted = (variable: string, holds: boolean): Condition =>
      Object.defineProperty(condition(variable, holds), 'id', {
        get: () => {
          looks++
          return `env:${variable}:set`
        },
      })
    const when = Array.from({ length: 500 }, (_, index) => counted(`V${index}`, true))
    expect(decisive(when, [{ when: [counted('V499', false)] }])).toHaveLength(1)
    expect(looks).toBeLessThan(5 * when.length)
  })
})
