import { describe, expect, test } from 'vitest'
import { isSettled, narrowed, releaseAfter, releaseOf } from '../../../src/app/dependencies/releases.ts'
import { firstWhere } from '../../../src/first-where.ts'
import { knownPackages, packageHistory, type Release } from '../../../src/knowledge/packages/packages.ts'
import { matches, type Operator } from '../../../src/syntax/requirements/specifier.ts'
import { compareVersionTexts, parseVersion, sameVersion } from '../../../src/syntax/requirements/version.ts'

/** A search that halves finds what looking at every release finds. */

const operators: readonly Operator[] = ['>=', '>', '<=', '<', '!=']
const packages = knownPackages().map((name) => packageHistory(name)?.releases ?? [])

/** Versions of the package, spelt otherwise too, and what stands between, before and behind them. */
function boundsOf(releases: readonly Release[]): string[] {
  const some = releases
    .filter((_, index) => index % Math.ceil(releases.length / 12) === 0)
    .map(({ version }) => version)
  return [...some.flatMap((one) => [one, `${one}.0`, `${one}.post1`, `v${one}`]), '0', '0.dev1', '9999', '1!0']
}

describe('the releases of every known package', () => {
  test('between bounds are those that the clauses admit', () => {
    for (const releases of packages)
      for (const version of boundsOf(releases))
        for (const operator of operators) {
          const clause = { operator, version }
          expect(isSettled(clause)).toBe(operator !== '!=' || parseVersion(version) !== undefined)
          if (!isSettled(clause)) continue
          const each = releases.filter((one) => matches(clause, one.version)).map((one) => one.version)
          expect(
            narrowed(releases, [clause]).map((one) => one.version),
            `${operator}${version}`,
          ).toEqual(each)
        }
  })

  test('are found by a version, and by what comes after it', () => {
    for (const releases of packages)
      for (const version of boundsOf(releases)) {
        expect(releaseOf(releases, version)).toBe(releases.find((one) => sameVersion(one.version, version)))
        expect(releaseAfter(releases, version)).toBe(
          releases.find((one) => compareVersionTexts(one.version, version) > 0),
        )
      }
  })

  test('are not narrowed by clauses that are no bounds', () => {
    const [releases = []] = packages
    for (const operator of ['==', '~=', '==='] as const) {
      expect(isSettled({ operator, version: '4.2' })).toBe(false)
      expect(narrowed(releases, [{ operator, version: '4.2' }])).toEqual(releases)
    }
    for (const version of ['4.2.*', '4.2+local']) {
      expect(isSettled({ operator: '!=', version })).toBe(false)
      expect(narrowed(releases, [{ operator: '!=', version }])).toEqual(releases)
    }
    expect(releaseOf(releases, 'no version')).toBeUndefined()
  })
})

test('a search that halves says the length when nothing fits', () => {
  expect(firstWhere([1, 3, 5], (one) => one > 2)).toBe(1)
  expect(firstWhere([1, 3, 5], () => true)).toBe(0)
  expect(firstWhere([1, 3, 5], () => false)).toBe(3)
  expect(firstWhere([], () => true)).toBe(0)
})
