import { isOftenTransitive, isUmbrella } from '../../knowledge/packages/brings.ts'
import { mayCarry } from '../../knowledge/packages/carried.ts'
import { modulesOf, providersOf } from '../../knowledge/packages/modules.ts'
import { normaliseName } from '../../syntax/requirements/marker.ts'
import type { RequirementClosure } from './closure.ts'
import type { DependencySet, Installed, Requirement } from './model.ts'
import { versionOfUrl } from './url-version.ts'

interface Facts {
  readonly requirements: readonly Requirement[]
  readonly constraints: readonly Requirement[]
  readonly locked: boolean
  readonly complete: boolean
  closure(): RequirementClosure
}

type Questions = Pick<DependencySet, 'installed' | 'moduleState' | 'distributionsOf' | 'declared' | 'mayBring'>

/** The questions a dependency set answers about single distributions and modules. */
export function answering(facts: Facts): Questions {
  const remembered = new Map<string, Installed>()
  const installed = (name: string): Installed => {
    const wanted = normaliseName(name)
    const known = remembered.get(wanted) ?? installedState(wanted, facts)
    remembered.set(wanted, known)
    return known
  }
  const distributionsOf = (module: string) => providersOf(module.split('.')[0] ?? '')
  return {
    installed,
    distributionsOf,
    mayBring: (name) => mayBring(normaliseName(name), facts),
    moduleState: (module) => moduleState(module.split('.')[0] ?? '', facts, installed),
    declared(name) {
      const wanted = normaliseName(name)
      return [...facts.requirements, ...facts.constraints].filter((one) => one.name === wanted)
    },
  }
}

function installedState(name: string, facts: Facts): Installed {
  const own = facts.requirements.filter((one) => one.name === name && one.applies !== false)
  const sure = own.find(({ applies }) => applies === true)
  const constraints = facts.constraints.filter((one) => one.name === name && one.applies === true)
  const { reached: all, solution, opaque } = facts.closure()
  const reached = all.get(name)
  const pins = [...own.filter(({ applies }) => applies === true), ...constraints].flatMap(({ pin }) => pin ?? [])
  const ranges = [...(reached?.ranges ?? []), ...constraints.map(({ range }) => range)].filter((range) => range !== '')
  const known = { range: [...new Set(ranges)].join(','), extras: reached?.extras ?? [] }
  const url = own.find((one) => one.url !== undefined)?.url
  const named = url === undefined ? undefined : versionOfUrl(url)
  const chosen = url !== undefined || typeof solution === 'string' ? undefined : solution.get(name)
  if (sure !== undefined)
    return {
      ...known,
      state: 'installed',
      via: sure.at,
      transitive: false,
      version: pins[0] ?? named,
      expected: pins[0] ?? named ?? chosen,
      ...(url !== undefined && (pins[0] ?? named) === undefined && { versionless: true }),
    }
  if (own.length > 0)
    return { ...known, state: 'unknown', via: own[0]?.at, transitive: false, version: undefined, expected: undefined }
  if (reached !== undefined) {
    const exact = /^===?(?!.*[,*])(.+)$/.exec(known.range)?.[1]
    const version = pins[0] ?? exact
    const loose = version === undefined && opaque.length > 0
    return {
      ...known,
      state: 'installed',
      via: reached.via,
      transitive: true,
      version,
      expected: version ?? chosen,
      loose,
    }
  }
  const state = mayHide(name, facts) ? 'unknown' : 'absent'
  return { ...known, state, via: undefined, transitive: false, version: undefined, expected: undefined }
}

/** Whether something that is installed may bring a package that nothing known brings. */
function mayHide(name: string, facts: Facts): boolean {
  if (!facts.complete || facts.requirements.some((one) => one.name === '' && one.applies !== false)) return true
  if (facts.locked) return false
  return facts.closure().unspelt || mayBring(name, facts).length > 0
}

/** The packages that may bring another, though nothing known says so. */
function mayBring(name: string, facts: Facts): readonly string[] {
  const { opaque, reached } = facts.closure()
  if (opaque.length === 0) return []
  const frozen = isFrozen(facts)
  return opaque.filter((one) => {
    const carried = carriedBy(one, reached)
    if (carried !== undefined) return !frozen && carried.includes(name)
    return isUmbrella(one) || sharesToken(one, name) || (!frozen && isOftenTransitive(name))
  })
}

/** What a package may carry; of one that nobody looked up, what the package may that brings it. */
function carriedBy(one: string, reached: RequirementClosure['reached']): readonly string[] | undefined {
  for (let name: string | undefined = one; name !== undefined; name = reached.get(name)?.by) {
    const carried = mayCarry(name)
    if (carried !== undefined) return carried
  }
  return undefined
}

/** `django-environ-docker` may well bring `django-environ`, or be a fork of it. */
function sharesToken(one: string, other: string): boolean {
  const tokens = (name: string) =>
    name.split('-').filter((token) => token.length > 2 && !/^(?:django|python|rest|api|auth|the)$/.test(token))
  const wanted = tokens(other)
  return wanted.length > 0 && wanted.every((token) => one.includes(token))
}

/** The output of `pip freeze`: every line is pinned, and what the known ones require is listed too. */
function isFrozen({ requirements, closure }: Facts): boolean {
  if (requirements.length < 6 || requirements.some(({ pin, url }) => pin === undefined && url === undefined))
    return false
  return [...closure().reached.values()].every(({ transitive }) => !transitive)
}

function moduleState(
  module: string,
  facts: Facts,
  installed: (name: string) => Installed,
): 'installed' | 'absent' | 'unknown' {
  const providers = providersOf(module)
  const wanted = normaliseName(module)
  // Whose modules are known does not provide another: the folder `Django` is not the package django.
  const alike = [wanted, `django-${wanted}`, `python-${wanted}`, `py${wanted}`].filter(
    (name) => modulesOf(name).length === 0,
  )
  const names = providers.length > 0 ? providers : alike
  const states = names.map((name) => installed(name).state)
  if (states.includes('installed')) return 'installed'
  if (providers.length === 0 || states.includes('unknown')) return 'unknown'
  // A listed package nobody knows the modules of may be a fork or a bundle that holds this one.
  const similar = facts.requirements.some(
    ({ name, applies }) =>
      applies !== false && modulesOf(name).length === 0 && (name === wanted || sharesToken(name, wanted)),
  )
  return similar ? 'unknown' : 'absent'
}
