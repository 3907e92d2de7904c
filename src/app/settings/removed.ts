import { removedName } from '../../knowledge/packages/removed-names.ts'
import type { DependencySet } from '../dependencies/model.ts'
import { atLeast } from './versions.ts'

/** Whether the version in force has no such name in a module of its own any more, or no such module (`*`). */
export function isRemoved(dependencies: DependencySet, module: string, name: string): boolean {
  const removed = removedName(module, name)
  return removed !== undefined && atLeast(dependencies, removed.distribution, removed.release) === true
}
