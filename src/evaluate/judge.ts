import type { Alternative, Condition, Resolved } from './evaluation.ts'

/**
 * What a predicate says of a value that may have several alternatives.
 * - `always`: true on every path. `never`: false on every path.
 * - `sometimes`: true on some, false on others; `when` are the conditions of the first true path.
 * - `undetermined`: no path is surely true, and some cannot be decided (or rests on something opaque).
 */
export type Judgement =
  | { readonly verdict: 'always'; readonly where: readonly Alternative[] }
  | { readonly verdict: 'sometimes'; readonly where: readonly Alternative[]; readonly when: readonly Condition[] }
  | { readonly verdict: 'never' | 'undetermined' }

/** Applies `test` (undefined = cannot be decided) to every alternative. Unbound paths count as `absent` (default: false). */
export function judge(
  resolved: Resolved,
  test: (alternative: Alternative) => boolean | undefined,
  absent: boolean | undefined = false,
): Judgement {
  const answers = resolved.alternatives.map((alternative) => ({ alternative, answer: test(alternative) }))
  const where = answers.filter(({ answer }) => answer === true).map(({ alternative }) => alternative)
  const others = [...answers.map(({ answer }) => answer), ...resolved.absent.map(() => absent)].filter(
    (a) => a !== true,
  )
  if (where.length > 0) {
    if (others.length === 0) return { verdict: 'always', where }
    const clear = where.find(({ when }) => when.every((condition) => !condition.opaque))
    if (clear === undefined) return { verdict: 'undetermined' }
    return { verdict: 'sometimes', where: [clear, ...where.filter((w) => w !== clear)], when: clear.when }
  }
  return { verdict: others.some((answer) => answer === undefined) ? 'undetermined' : 'never' }
}

/** The value when it is the same on every path and always bound; undefined otherwise. */
export function certain(resolved: Resolved | undefined): Alternative | undefined {
  if (resolved === undefined || resolved.absent.length > 0 || resolved.alternatives.length !== 1) return undefined
  return resolved.alternatives[0]
}
