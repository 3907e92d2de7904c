import { type MissingDistribution, rank } from '../../../src/app/dependencies/missing-distributions.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { isBeside } from '../../../src/app/hops.ts'

/** A distribution that is needed, and that only groups or extras have which the build leaves out. */
export interface LeftOutPackage {
  readonly needs: readonly [MissingDistribution, ...MissingDistribution[]]
  /** Where the manifest and the lock list it. */
  readonly listed: readonly Requirement[]
}

/** What one group or extra would bring. The first decides the finding. */
export interface LeftOutGroup {
  /** As the manifest calls it; undefined: only the lock knows. */
  readonly group: string | undefined
  readonly packages: readonly [LeftOutPackage, ...LeftOutPackage[]]
}

/**
 * The groups that are left out, each with what it would bring: a package that several have counts for the one that most have.
 * What only the lock lists came with one of the others: with the one group there is, if there is but one.
 */
export function leftOutGroups(all: readonly LeftOutPackage[]): readonly LeftOutGroup[] {
  const found: { readonly group: string | undefined; readonly packages: LeftOutPackage[] }[] = []
  let rest = [...all]
  for (let group = commonest(rest); group !== undefined; group = commonest(rest)) {
    const name = group
    found.push({ group, packages: rest.filter((one) => groupNames(one).includes(name)) })
    rest = rest.filter((one) => !groupNames(one).includes(name))
  }
  const [only, another] = found
  if (only !== undefined && another === undefined) only.packages.push(...rest)
  else found.push(...rest.map((one) => ({ group: undefined, packages: [one] })))
  return found.flatMap(({ group, packages }) => together(packages).map((some) => ({ group, packages: some })))
}

const groupNames = ({ listed }: LeftOutPackage): readonly string[] => [
  ...new Set(listed.flatMap(({ role, group }) => (role === 'manifest' && group !== undefined ? [group] : []))),
]

function commonest(all: readonly LeftOutPackage[]): string | undefined {
  const counts = new Map<string, number>()
  for (const group of all.flatMap(groupNames)) counts.set(group, (counts.get(group) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0]
}

/** What is surely needed, and first on the way, speaks for the rest; of what depends on something, those that depend on the same are one. */
function together(packages: readonly LeftOutPackage[]): (readonly [LeftOutPackage, ...LeftOutPackage[]])[] {
  const order = (one: LeftOutPackage) => [
    conditions(one).length,
    Number(isBeside(one.needs[0].process)),
    rank(one.needs[0]),
  ]
  const [first, ...others] = packages.toSorted((a, b) => {
    const [left, right] = [order(a), order(b)]
    return left.map((value, index) => value - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0
  })
  if (first === undefined) return []
  const isCovered = (one: LeftOutPackage) => conditions(first).length === 0 || conditions(first) === conditions(one)
  return [[first, ...others.filter(isCovered)], ...together(others.filter((one) => !isCovered(one)))]
}

const conditions = ({ needs: [{ when }] }: LeftOutPackage): string =>
  when.map((one) => ('text' in one ? one.text.en : one.en)).join(' and ')
