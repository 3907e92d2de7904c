import { packageHistory } from '../../knowledge/packages/packages.ts'
import { contains } from '../../syntax/requirements/specifier.ts'
import { sameVersion } from '../../syntax/requirements/version.ts'
import type { App } from '../app.ts'
import type { Requirement } from './model.ts'

/** One package on two lines of what pip installs. */
export interface Duplicate {
  readonly first: Requirement
  readonly second: Requirement
  /** `clash`: no version satisfies both. `different`: both can be satisfied. `identical`: the second adds nothing. */
  readonly kind: 'clash' | 'different' | 'identical'
}

/** Later lines of a package that is already listed; extras asked for on a line of their own are no duplicate. */
export function duplicates(app: App): readonly Duplicate[] {
  const lines = app.dependencies.requirements.filter(
    ({ role, applies, name }) => role === 'install' && applies === true && name !== '',
  )
  const seen = new Map<string, Requirement>()
  return lines.flatMap((second) => {
    const first = seen.get(second.name)
    if (first === undefined) {
      seen.set(second.name, second)
      return []
    }
    const kind = kindOf(first, second)
    return kind === undefined ? [] : [{ first, second, kind }]
  })
}

function kindOf(first: Requirement, second: Requirement): Duplicate['kind'] | undefined {
  if (first.url !== undefined || second.url !== undefined) return first.url === second.url ? 'identical' : undefined
  if (clash(first, second))
    return first.at.file === second.at.file || first.pin === undefined || second.pin === undefined ? 'clash' : undefined
  const sameExtras = first.extras.join() === second.extras.join()
  const sameRange = first.range === second.range || (first.pin !== undefined && second.pin !== undefined)
  if (sameRange) return sameExtras ? 'identical' : undefined
  return sameExtras ? 'different' : undefined
}

function clash(first: Requirement, second: Requirement): boolean {
  if (first.pin !== undefined && second.pin !== undefined) return !sameVersion(first.pin, second.pin)
  if (first.pin !== undefined) return !contains(second.specifiers, first.pin)
  if (second.pin !== undefined) return !contains(first.specifiers, second.pin)
  const releases = packageHistory(first.name)?.releases ?? []
  return (
    releases.length > 0 &&
    !releases.some(({ version }) => contains(first.specifiers, version) && contains(second.specifiers, version))
  )
}
