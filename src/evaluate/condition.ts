import type { Place } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'

/**
 * Something on which a path depends and that the dyno alone can tell. `opaque`: it rests on a value we could not evaluate
 * (not on a config var): rules treat what depends on it as undetermined.
 */
export interface Condition {
  /** Identity: equal ids are the same question. `env:USE_REDIS:set`, `env:USE_REDIS=true`, `opaque:settings.py:120`. */
  readonly id: string
  readonly variable: string | undefined
  readonly opaque: boolean
  /** The answer on this path. */
  readonly holds: boolean
  /** Reads after "when": "USE_REDIS is unset", « USE_REDIS n'est pas définie ». Already includes `holds`. */
  readonly text: Text
  /** Where the question was asked first. */
  readonly at: Place
  /** Its words are about the text of the variable, for either answer: that it is set goes without saying. */
  readonly ofText?: boolean | undefined
}

/** Something that the dyno alone can tell, with the words for both answers. */
export interface Question {
  readonly id: string
  readonly variable: string | undefined
  readonly opaque: boolean
  readonly yes: Text
  readonly no: Text
  readonly ofText?: boolean | undefined
}

/** A question with an answer. */
export function answered(question: Question, holds: boolean, at: Place): Condition {
  const { id, variable, opaque, yes, no, ofText } = question
  const condition: Condition = { id, variable, opaque, holds, text: holds ? yes : no, at }
  return ofText === true ? { ...condition, ofText } : condition
}

/** Conditions as they are told: "X reads as false" says that X is set. */
export function toldOf(when: readonly Condition[]): readonly Condition[] {
  return when.filter(
    ({ id, variable, holds }) =>
      !holds || id !== `env:${variable}:set` || !when.some((other) => other.ofText && other.variable === variable),
  )
}

/** Anything that is so on some paths only. */
export interface Contingent {
  readonly when: readonly Condition[]
}

/** Both lists of conditions at once, each question once; undefined when they contradict each other. */
export function together(a: readonly Condition[], b: readonly Condition[]): readonly Condition[] | undefined {
  if (b.length === 0) return a
  const merged = [...a]
  for (const condition of b) {
    const same = merged.find(({ id }) => id === condition.id)
    if (same === undefined) merged.push(condition)
    else if (same.holds !== condition.holds) return undefined
  }
  return merged
}

/** Every pair of alternatives that can hold at once, with the conditions of both. */
export function pairs<A extends Contingent, B extends Contingent>(
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

/** Always, sometimes or never: one verdict for anything that has alternatives. `test` answers undefined when it cannot be told. */
export function judge<T extends Contingent>(
  alternatives: readonly T[],
  test: (one: T) => boolean | undefined,
): Verdict<T> {
  const answers = alternatives.map((one) => ({ one, answer: test(one) }))
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
    when: anyOf(bad, clear, others),
  }
}

/** The conditions without those that decide nothing: leaving them out lets none of the other alternatives in. */
export function decisive(when: readonly Condition[], others: readonly Contingent[]): readonly Condition[] {
  const answers = new Map(when.map(({ id, holds }) => [id, holds]))
  const contradicted = others.map((other) => {
    const against = other.when.filter(({ id, holds }) => answers.get(id) === !holds)
    return new Set(against.map(({ id }) => id))
  })
  // One that is let in by all of them together: none of them may go.
  if (contradicted.some(({ size }) => size === 0)) return when
  return when.filter(({ id }) => {
    const keptOut = contradicted.filter((ids) => ids.has(id))
    if (keptOut.some(({ size }) => size === 1)) return true
    for (const ids of keptOut) ids.delete(id)
    return false
  })
}

/**
 * What decides for `clear`. Where it is one variable that is set, and other paths come to the same by another one, any of
 * them would do: then it is one condition that says so.
 */
function anyOf(bad: readonly Contingent[], clear: Contingent, others: readonly Contingent[]): readonly Condition[] {
  const own = decisive(clear.when, others)
  const alike = bad.map(({ when }) => decisive(when, others))
  const shared = own.filter((one) => alike.every((when) => when.some((other) => isSame(one, other))))
  const choices = alike.map((when) => when.filter((one) => !shared.some((other) => isSame(one, other))))
  const single = choices.flatMap(([one, ...more]) => (one === undefined || more.length > 0 || !one.holds ? [] : [one]))
  const distinct = single.filter((one, index) => single.findIndex((other) => isSame(one, other)) === index)
  const [first, second] = distinct
  if (first === undefined || second === undefined || single.length < choices.length) return own
  if (distinct.some(({ variable, opaque }) => variable === undefined || opaque)) return own
  // Many paths differ by the text of one variable: that is one variable still.
  if (new Set(distinct.map(({ variable }) => variable)).size < distinct.length) return own
  const any: Condition = {
    ...first,
    id: distinct.map(({ id }) => id).join(' or '),
    text: {
      en: `(${distinct.map(({ text }) => text.en).join(' or ')})`,
      fr: `(${distinct.map(({ text }) => text.fr).join(' ou ')})`,
    },
  }
  return [...shared, any]
}

function isSame(a: Condition, b: Condition): boolean {
  return a.id === b.id && a.holds === b.holds
}
