import { type Condition, decisive } from '../../evaluate/condition.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { Process, ProcessRun } from './model.ts'

/** Something of a process's usual run. */
export interface OfUsualRun<T> {
  readonly one: T
  /** What must be so for it to be there; some of it may be opaque. Empty: always. */
  readonly when: readonly Condition[]
}

/**
 * What `find` sees on the run that a process takes when nobody sets the config vars it asks for, each thing once, with the
 * conditions that keep it from the other runs. Left out is what another run does not have though nothing tells the two apart.
 */
export function ofUsualRun<T>(
  process: Process | undefined,
  find: (run: ProcessRun) => readonly T[],
  identity: (one: T) => string,
): OfUsualRun<T>[] {
  const [usual, ...others] = process?.runs ?? []
  if (usual === undefined) return []
  const elsewhere = others.map((run) => ({ run, keys: new Set(find(run).map(identity)) }))
  return uniqueBy(find(usual), identity).flatMap((one): OfUsualRun<T>[] => {
    const without = elsewhere.filter(({ keys }) => !keys.has(identity(one))).map(({ run }) => run)
    const when = without.length === 0 ? [] : decisive(usual.when, without)
    // Two runs that nothing tells apart: nobody knows which one goes.
    return without.length > 0 && when.length === 0 ? [] : [{ one, when }]
  })
}
