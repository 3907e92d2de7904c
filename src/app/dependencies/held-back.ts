import type { Defect } from '../../knowledge/packages/defects.ts'
import { contains, isInRange } from '../../syntax/requirements/specifier.ts'
import { compareVersionTexts, sameVersion } from '../../syntax/requirements/version.ts'
import { candidates, supports } from './candidates.ts'
import { type Reason, reasonsOf } from './conflict.ts'
import type { Requirement } from './model.ts'
import { type Demand, resolve, type Solution } from './resolve.ts'

/** A demand on the set and where it comes from; without a mark: that the package be installed at all. */
export interface Posed {
  readonly demand: Demand
  /** A line of the project about a package outside the stack. */
  readonly line?: Requirement
  /** The Django series stays. */
  readonly series?: true
  /** The present policy about a package outside the stack. */
  readonly policy?: true
}

/** Why a release that is newer than the chosen one is not it. */
export type Held =
  | { readonly kind: 'series'; readonly version: string; readonly series: string }
  | { readonly kind: 'python'; readonly version: string; readonly requires: string }
  | { readonly kind: 'defect'; readonly version: string; readonly defect: Defect }
  | {
      readonly kind: 'conflict'
      readonly version: string
      /** None of these can be left out. */
      readonly beside: readonly Posed[]
      /** What its releases and theirs require of each other. */
      readonly reasons: readonly Reason<Demand>[]
    }

/** Reasons from the newest release down to the one after `chosen`; one per kind, a conflict last. `feared`: the defects that count. */
export function heldBack(
  name: string,
  chosen: string,
  posed: readonly Posed[],
  python: string | undefined,
  feared: readonly Defect[],
): readonly Held[] {
  const held: Held[] = []
  let newer = candidates(name, [], undefined).filter(({ version }) => compareVersionTexts(version, chosen) > 0)
  const series = posed.find((one) => one.series === true && one.demand.name === name)?.demand.specifiers
  const sound = defectOf(name, chosen, feared) === undefined
  for (let target = newer[0]; target !== undefined; target = newer[0]) {
    const { version } = target
    const defect = sound ? defectOf(name, version, feared) : undefined
    if (series !== undefined && !contains(series, version)) {
      held.push({ kind: 'series', version, series: series[0]?.version.replace('.*', '') ?? '' })
      newer = newer.filter((one) => contains(series, one.version))
    } else if (!supports(target, python)) {
      held.push({ kind: 'python', version, requires: target.requiresPython })
      newer = newer.filter((one) => supports(one, python))
    } else if (defect !== undefined) {
      held.push({ kind: 'defect', version, defect })
      newer = newer.filter((one) => defectOf(name, one.version, feared) === undefined)
    } else {
      held.push(conflictWith(name, version, posed, python))
      break
    }
  }
  return held
}

/** The most telling known defect of a release. */
export const defectOf = (name: string, version: string, feared: readonly Defect[]): Defect | undefined =>
  feared.find((one) => one.package === name && isInRange(one.affected, version))

function conflictWith(name: string, version: string, posed: readonly Posed[], python: string | undefined): Held {
  const target: Posed = { demand: { name, specifiers: [{ operator: '==', version }], extras: [], constraint: false } }
  const beside = minimal([...posed, target], python).filter((one) => one !== target && one.demand.name !== name)
  const reasons = reasonsOf([target, ...beside].map(({ demand }) => demand)).filter(
    (reason) => reason.line.name !== name || sameVersion(reason.version, version),
  )
  return { kind: 'conflict', version, beside, reasons }
}

/** A solution of all demands. */
export const solve = (posed: readonly Posed[], python: string | undefined): Solution =>
  resolve(
    posed.map(({ demand }) => demand),
    python,
  )

/** Leaves out every demand without which the rest still cannot be satisfied. */
export function minimal(posed: readonly Posed[], python: string | undefined): readonly Posed[] {
  let rest = posed
  for (const one of posed) {
    const without = rest.filter((other) => other !== one)
    if (solve(without, python) === 'unsatisfiable') rest = without
  }
  return rest
}
