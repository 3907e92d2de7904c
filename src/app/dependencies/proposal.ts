import { broughtBy } from '../../knowledge/packages/brings.ts'
import { combinations } from '../../knowledge/packages/combinations.ts'
import { defects } from '../../knowledge/packages/defects.ts'
import { packageHistory } from '../../knowledge/packages/packages.ts'
import { contains, isInRange, parseSpecifiers, type Specifier } from '../../syntax/requirements/specifier.ts'
import type { App } from '../app.ts'
import { demandsOf } from './closure.ts'
import { type Demand, resolve, type Solution } from './resolve.ts'

const defectiveRanges = (name: string): (readonly Specifier[])[] =>
  defects.filter((defect) => defect.package === name).map(({ affected }) => parseSpecifiers(affected) ?? [])

const isDefective = (name: string, version: string): boolean =>
  defectiveRanges(name).some((range) => contains(range, version))

/** Versions a proposal keeps away from: every release with a known defect, whatever its condition. */
function avoided(name: string): Demand[] {
  const ranges = defectiveRanges(name)
  const specifiers = (packageHistory(name)?.releases ?? [])
    .filter(({ version }) => ranges.some((range) => contains(range, version)))
    .map(({ version }) => ({ operator: '!=' as const, version }))
  return specifiers.length === 0 ? [] : [{ name, specifiers, extras: [], constraint: true }]
}

/**
 * A version of a known package that fits everything the project asks for: the policy's pin, else the newest without a
 * known defect, else the newest. Undefined outside the knowledge base, or when nothing fits.
 */
export function proposedVersion(app: App, name: string): string | undefined {
  const policy = app.config.pins.get(name)?.version
  if (policy !== undefined) return policy
  if (packageHistory(name) === undefined) return undefined
  const { requirements, constraints, python } = app.dependencies
  const asked: Demand = { name, specifiers: [], extras: [], constraint: false }
  const demands = [...demandsOf(requirements, constraints), asked]
  const versionIn = (solution: Solution) => (typeof solution === 'string' ? undefined : solution.get(name))
  return (
    versionIn(resolve([...demands, ...avoided(name)], python.version)) ?? versionIn(resolve(demands, python.version))
  )
}

/**
 * A version for a line that may change: `wanted`, the nearest that is known to do, where it goes with the other lines; else as
 * `replacementVersion`. Of a package outside the knowledge base `wanted` itself.
 */
export function nearVersion(app: App, name: string, wanted: string): string | undefined {
  if (packageHistory(name) === undefined) return wanted
  const { requirements, constraints, python } = app.dependencies
  const others = requirements.filter((one) => one.name !== name)
  const demands = demandsOf(
    others,
    constraints.filter((one) => one.name !== name),
  )
  const asked: Demand = { name, specifiers: [{ operator: '==', version: wanted }], extras: [], constraint: false }
  return typeof resolve([...demands, asked], python.version) === 'string' ? replacementVersion(app, name) : wanted
}

/**
 * A version without a known defect for a line whose own specifiers may change: the policy's, else the newest that fits the
 * other lines. Undefined when none does.
 */
export function replacementVersion(app: App, name: string): string | undefined {
  const policy = app.config.pins.get(name)?.version
  if (policy !== undefined && !isDefective(name, policy)) return policy
  if (packageHistory(name) === undefined) return undefined
  const { requirements, constraints, python } = app.dependencies
  const others = requirements.filter((one) => one.name !== name)
  const freed = demandsOf(
    others,
    constraints.filter((one) => one.name !== name),
  )
  const asked: Demand = { name, specifiers: [], extras: [], constraint: false }
  const solution = resolve([...freed, asked, ...avoided(name)], python.version)
  return typeof solution === 'string' ? undefined : solution.get(name)
}

/**
 * Whether a listed package whose requirements are not known may keep a package below its newest release: django-celery-beat
 * requires Django<6.1 today. Nobody knows what those packages ask of Django; of any other package, only that some require it.
 */
export function mayBeHeldBack(app: App, name: string): boolean {
  if (app.config.pins.has(name)) return false
  return app.dependencies.requirements.some(
    (one) =>
      one.name !== name &&
      one.applies !== false &&
      packageHistory(one.name) === undefined &&
      (name === 'django' || broughtBy(one.name)?.includes(name) === true),
  )
}

/**
 * Whether the other lines are known to go with another release of a package. Over a major release of Django, on which most of them are
 * built, only what the knowledge base has is known to.
 */
export function goesWithOthers(app: App, name: string, version: string): boolean {
  const { dependencies } = app
  const before = dependencies.installed(name).version
  if (name !== 'django' || before === undefined || before.split('.')[0] === version.split('.')[0]) return true
  const others = dependencies.requirements.filter((one) => one.name !== name && one.applies !== false)
  const fails = (other: string) =>
    combinations.some(({ package: affectedOne, affected, beside }) => {
      const installed = dependencies.installed(other).version
      if (affectedOne !== other || beside?.package !== name || installed === undefined) return false
      return isInRange(beside.affected, version) && isInRange(affected, installed)
    })
  return others.every((other) => packageHistory(other.name) !== undefined && !fails(other.name))
}
