import type { Condition } from '../../evaluate/condition.ts'
import type { BootPath } from './model.ts'

/** What a test says of the paths of boot. */
export interface PathVerdict {
  /** The first path for which it surely holds. */
  readonly path: BootPath
  /** Empty: it holds on every path that gets far enough to tell. */
  readonly when: readonly Condition[]
}

/**
 * Judges boot path by path. A path for which the test answers undefined (it ends in another crash first) says nothing.
 * Undefined when the test holds on no path, or only where something rests on a value that could not be evaluated.
 */
export function judgeAll(
  paths: readonly BootPath[],
  test: (path: BootPath) => boolean | undefined,
): PathVerdict | undefined {
  const answered = paths.map((path) => ({ path, answer: test(path) })).filter(({ answer }) => answer !== undefined)
  const bad = answered.filter(({ answer }) => answer === true)
  const [first] = bad
  if (first === undefined) return undefined
  if (bad.length === answered.length) return { path: first.path, when: [] }
  const clear = bad
    .map(({ path }) => ({ path, when: deciding(path, answered) }))
    .find(({ when }) => when.every(({ opaque }) => !opaque))
  return clear
}

/** As few of the path's conditions as it takes: every path on which they hold fails the test too. */
function deciding(
  path: BootPath,
  answered: readonly { readonly path: BootPath; readonly answer: boolean | undefined }[],
): readonly Condition[] {
  const good = answered.filter(({ answer }) => answer === false).map((one) => one.path)
  const excluded = (kept: readonly Condition[]): boolean =>
    good.every((other) => kept.some((condition) => contradicts(other, condition)))
  let kept = path.when
  for (const condition of path.when) {
    const fewer = kept.filter((one) => one !== condition)
    if (excluded(fewer)) kept = fewer
  }
  return kept.length > 0 ? kept : path.when
}

function contradicts(path: BootPath, condition: Condition): boolean {
  return path.when.some(({ id, holds }) => id === condition.id && holds !== condition.holds)
}
