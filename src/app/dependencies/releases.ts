import { firstWhere } from '../../first-where.ts'
import type { Release } from '../../knowledge/packages/packages.ts'
import { matches, type Specifier } from '../../syntax/requirements/specifier.ts'
import { compareVersionTexts, parseVersion, sameVersion } from '../../syntax/requirements/version.ts'

/**
 * Questions to the releases of a package, which stand in the order of their versions: hundreds of them, of which a search
 * that halves compares a few.
 */

/** The release of a version, however it is written: `4.2.0` for 4.2. */
export function releaseOf(releases: readonly Release[], version: string): Release | undefined {
  if (parseVersion(version) === undefined) return undefined
  const found = releases[firstWhere(releases, (one) => compareVersionTexts(one.version, version) >= 0)]
  return found !== undefined && sameVersion(found.version, version) ? found : undefined
}

/** The release that comes next after a version. */
export const releaseAfter = (releases: readonly Release[], version: string): Release | undefined =>
  releases[firstWhere(releases, (one) => compareVersionTexts(one.version, version) > 0)]

/**
 * The releases between the bounds that clauses set, without the single ones that `!=` leaves out. What the other clauses
 * (`==`, `~=`, `===`) leave of them is still to be asked: {@link isSettled} tells which are not.
 */
export function narrowed(releases: readonly Release[], specifiers: readonly Specifier[]): readonly Release[] {
  const first = (operator: '>=' | '>', version: string): number =>
    firstWhere(releases, (one) => matches({ operator, version }, one.version))
  const end = (operator: '<=' | '<', version: string): number =>
    firstWhere(releases, (one) => !matches({ operator, version }, one.version))
  let [from, to] = [0, releases.length]
  const without = new Set<Release>()
  for (const clause of specifiers) {
    const { operator, version } = clause
    if (operator === '>=' || operator === '>') from = Math.max(from, first(operator, version))
    if (operator === '<=' || operator === '<') to = Math.min(to, end(operator, version))
    if (operator === '!=' && isSettled(clause))
      for (const one of releases.slice(first('>=', version), end('<=', version))) without.add(one)
  }
  const left = releases.slice(from, to)
  return without.size === 0 ? left : left.filter((one) => !without.has(one))
}

/** Whether {@link narrowed} leaves nothing of a clause to ask. */
export function isSettled({ operator, version }: Specifier): boolean {
  if (operator === '!=') {
    const bound = parseVersion(version)
    return bound !== undefined && bound.local === undefined
  }
  return operator === '>=' || operator === '>' || operator === '<=' || operator === '<'
}
