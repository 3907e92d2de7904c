import type { Condition } from '../../evaluate/evaluation.ts'
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

/** The conditions that tell this path from those on which the test fails; the others do not matter. */
function deciding(
  path: BootPath,
  answered: readonly { readonly path: BootPath; readonly answer: boolean | undefined }[],
): readonly Condition[] {
  const good = answered.filter(({ answer }) => answer === false).map((one) => one.path)
  const telling = path.when.filter((condition) =>
    good.some((other) => other.when.some(({ id, holds }) => id === condition.id && holds !== condition.holds)),
  )
  return telling.length > 0 ? telling : path.when
}
