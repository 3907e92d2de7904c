import type { Condition } from '../../evaluate/condition.ts'

interface Conditional {
  readonly when: readonly Condition[]
}

/** Both lists of conditions at once, each question once; undefined when they contradict each other. */
export function together(a: readonly Condition[], b: readonly Condition[]): readonly Condition[] | undefined {
  const merged = [...a]
  for (const condition of b) {
    const same = merged.find(({ id }) => id === condition.id)
    if (same === undefined) merged.push(condition)
    else if (same.holds !== condition.holds) return undefined
  }
  return merged
}

/** Every pair of alternatives that can hold at once, with the conditions of both. */
export function pairs<A extends Conditional, B extends Conditional>(
  as: readonly A[],
  bs: readonly B[],
): { readonly a: A; readonly b: B; readonly when: readonly Condition[] }[] {
  return as.flatMap((a) =>
    bs.flatMap((b) => {
      const when = together(a.when, b.when)
      return when === undefined ? [] : [{ a, b, when }]
    }),
  )
}

/** The alternatives for which a test surely holds, and what must be so for the first of them. */
export interface Verdict<T> {
  readonly where: readonly [T, ...T[]]
  /** Empty: on every path. */
  readonly when: readonly Condition[]
}

/**
 * One verdict for anything that has alternatives. Undefined when the test surely holds on no path, or only on paths that
 * rest on something we could not evaluate. `test` answers undefined when it cannot be told. Paths for which somebody would
 * have to turn a switch for development on are no paths of the dyno.
 */
export function verdict<T extends Conditional>(
  alternatives: readonly T[],
  test: (one: T) => boolean | undefined,
): Verdict<T> | undefined {
  const meant = alternatives.filter(({ when }) => !when.some(isDevelopmentSwitch))
  const answers = (meant.length === 0 ? alternatives : meant).map((one) => ({ one, answer: test(one) }))
  const bad = answers.filter(({ answer }) => answer === true).map(({ one }) => one)
  const [first] = bad
  if (first === undefined) return undefined
  if (bad.length === answers.length) return { where: [first, ...bad.slice(1)], when: [] }
  const clear = bad.find(({ when }) => when.every(({ opaque }) => !opaque))
  if (clear === undefined) return undefined
  const others = answers.filter(({ answer }) => answer !== true).map(({ one }) => one)
  return { where: [clear, ...bad.filter((one) => one !== clear)], when: decisive(clear.when, others) }
}

/** The conditions without those that decide nothing: leaving them out lets none of the other alternatives in. */
function decisive(when: readonly Condition[], others: readonly Conditional[]): readonly Condition[] {
  let kept = when
  for (const condition of when) {
    const fewer = kept.filter((one) => one !== condition)
    if (others.every((other) => together(fewer, other.when) === undefined)) kept = fewer
  }
  return kept
}

/** Things of one setting (or one call) together, in order of the first. */
export function bySetting<T extends { readonly setting: string; readonly group?: string }>(
  all: readonly T[],
): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>()
  for (const one of all) {
    const key = one.group ?? one.setting
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [one])
    else group.push(one)
  }
  return [...groups.values()]
}

const DEVELOPMENT = /(^|[._])(local|locals|dev|devel|develop|development|debug|test|tests|testing)(_settings)?$/

/** Whether a settings module is by its name one for development or tests. */
export function isDevelopment(module: string): boolean {
  return DEVELOPMENT.test(module)
}

/** A variable that somebody has to set to develop: what only holds then is not about the dyno. */
export function isDevelopmentSwitch({ id, variable, holds, opaque }: Condition): boolean {
  if (!holds || opaque || variable === undefined || id.endsWith(':set')) return false
  const text = id.slice(id.indexOf(variable) + variable.length + 1)
  return (
    /(^|_)(DEBUG|DEV|DEVELOPMENT|LOCAL|TEST|TESTING)(_|$)/i.test(variable) ||
    /^(dev|devel|develop|development|local|localhost|test|testing|debug|docker)$/i.test(text)
  )
}
