import type { Text } from '../../contracts/text.ts'
import type { Untold } from '../../contracts/untold.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Inquiry } from '../inquiry.ts'

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
export interface Holding<T> {
  readonly where: readonly [T, ...T[]]
  /** Empty: on every path. */
  readonly when: readonly Condition[]
}

/**
 * The three answers to a question about something that has alternatives. `unknown`: for `of` it cannot be told, or it holds
 * there, and nobody can tell whether `because` does.
 */
export type Verdict<T> =
  | (Holding<T> & { readonly state: 'holds' })
  | { readonly state: 'fails' }
  | { readonly state: 'unknown'; readonly of: T; readonly because: Condition | undefined }

/**
 * One verdict for anything that has alternatives. `test` answers undefined when it cannot be told. Paths for which somebody
 * would have to turn a switch for development on are no paths of the dyno.
 */
export function verdict<T extends Conditional>(
  alternatives: readonly T[],
  test: (one: T) => boolean | undefined,
): Verdict<T> {
  const meant = alternatives.filter(({ when }) => !when.some(isDevelopmentSwitch))
  const answers = (meant.length === 0 ? alternatives : meant).map((one) => ({ one, answer: test(one) }))
  const bad = answers.filter(({ answer }) => answer === true).map(({ one }) => one)
  const [first] = bad
  if (first === undefined) {
    const vague = answers.find(({ answer }) => answer === undefined)
    return vague === undefined ? { state: 'fails' } : { state: 'unknown', of: vague.one, because: undefined }
  }
  if (bad.length === answers.length) return { state: 'holds', where: [first, ...bad.slice(1)], when: [] }
  const clear = bad.find(({ when }) => when.every(({ opaque }) => !opaque))
  if (clear === undefined) {
    return { state: 'unknown', of: first, because: first.when.find(({ opaque }) => opaque) }
  }
  const others = answers.filter(({ answer }) => answer !== true).map(({ one }) => one)
  return {
    state: 'holds',
    where: [clear, ...bad.filter((one) => one !== clear)],
    when: decisive(clear.when, others),
  }
}

/** What a verdict says for sure. What cannot be told goes on record: `unknown` says what that is and why. */
export function told<T>(
  inquiry: Inquiry,
  answer: Verdict<T>,
  unknown: (one: T) => Untold | undefined,
): Holding<T> | undefined {
  if (answer.state === 'holds') return answer
  if (answer.state === 'fails') return undefined
  const vague = unknown(answer.of)
  if (vague !== undefined) {
    const { because } = answer
    inquiry.cannotTell(because === undefined ? vague : { ...vague, why: undecided(because), at: because.at })
  }
  return undefined
}

/** Why what rests on this condition is not known. */
export function undecided({ text }: Condition): Text {
  return {
    en: `nobody can tell whether ${text.en}`,
    fr: `nul ne peut dire si ${text.fr}`,
  }
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
