import type { Place } from '../../contracts/place.ts'
import { broughtBy } from '../../knowledge/packages/brings.ts'
import { packageHistory, type Release } from '../../knowledge/packages/packages.ts'
import { formatSpecifiers, isInRange } from '../../syntax/requirements/specifier.ts'
import { candidates, requiredBy } from './candidates.ts'
import type { Requirement } from './model.ts'
import { releaseOf } from './releases.ts'
import { type Demand, resolve, type Solution } from './resolve.ts'

/** A distribution that the build installs, listed or brought along. */
export interface Reached {
  readonly name: string
  /** The line that brings it. */
  readonly via: Place
  /** The package that requires it, the first one met. */
  readonly by: string | undefined
  readonly transitive: boolean
  readonly ranges: string[]
  readonly extras: string[]
}

export interface RequirementClosure {
  readonly reached: ReadonlyMap<string, Reached>
  /** Packages whose own requirements are not known. */
  readonly opaque: readonly string[]
  /** An extra is asked for of which nobody here knows what it brings. */
  readonly unspelt: boolean
  /** What pip would choose for the known packages. */
  readonly solution: Solution
}

/** Requirements and constraints as demands on the known packages. Those that may not apply are left out. */
export const demandsOf = (requirements: readonly Requirement[], constraints: readonly Requirement[]): Demand[] => [
  ...requirements.filter(isPlain).map((one) => demand(one, false)),
  ...constraints.filter(isPlain).map((one) => demand(one, true)),
]

const isPlain = ({ applies, url, name }: Requirement): boolean => applies === true && url === undefined && name !== ''

const demand = ({ name, specifiers, extras }: Requirement, constraint: boolean): Demand => ({
  name,
  specifiers,
  extras,
  constraint,
})

/** Follows extras and known requirements from what is listed. */
export function closureOf(
  requirements: readonly Requirement[],
  constraints: readonly Requirement[],
  python: string | undefined,
): RequirementClosure {
  const solution = resolve(demandsOf(requirements, constraints), python)
  const reached = new Map<string, Reached>()
  const opaque: string[] = []
  let unspelt = false
  const queue: { name: string; via: Place }[] = []

  function reach(name: string, via: Place, by: string | undefined, range: string, extras: readonly string[]): void {
    const known = reached.get(name)
    if (known === undefined) {
      const transitive = by !== undefined
      reached.set(name, { name, via, by, transitive, ranges: range === '' ? [] : [range], extras: [...extras] })
      queue.push({ name, via })
      return
    }
    if (range !== '' && !known.ranges.includes(range)) known.ranges.push(range)
    const fresh = extras.filter((extra) => !known.extras.includes(extra))
    if (fresh.length === 0) return
    known.extras.push(...fresh)
    queue.push({ name, via: known.via })
  }

  for (const { name, applies, url, at, range, extras } of requirements)
    if (name !== '' && applies !== false) reach(name, at, undefined, url === undefined ? range : '', extras)
  for (let i = 0; i < queue.length; i++) {
    const { name, via } = queue[i] as (typeof queue)[number]
    const extras = reached.get(name)?.extras ?? []
    const ofExtras = extras.map((extra) => broughtBy(`${name}[${extra}]`))
    for (const one of ofExtras.flatMap((names) => names ?? [])) reach(one, via, name, '', [])
    const release = chosenRelease(name, solution, requirements, constraints, python)
    if (release?.requires !== undefined)
      for (const one of requiredBy(release, extras, python))
        reach(one.name, via, name, formatSpecifiers(one.specifiers), one.extras)
    else {
      const pin = pinOf(name, [...requirements, ...constraints])
      const isIn = (range: string) => pin !== undefined && isInRange(range, pin)
      const brought = broughtBy(name, isIn)
      if (brought === undefined && packageHistory(name) === undefined) opaque.push(name)
      unspelt ||= ofExtras.includes(undefined)
      for (const one of brought ?? []) reach(one, via, name, '', [])
    }
  }
  return { reached, opaque, unspelt, solution }
}

/** The release pip would install: the solution's, or the newest that the lines admit. */
function chosenRelease(
  name: string,
  solution: Solution,
  requirements: readonly Requirement[],
  constraints: readonly Requirement[],
  python: string | undefined,
): Release | undefined {
  const history = packageHistory(name)
  if (history === undefined) return undefined
  const chosen = typeof solution === 'string' ? undefined : solution.get(name)
  if (chosen !== undefined) return history.releases.find(({ version }) => version === chosen)
  const own = [...requirements, ...constraints].filter((one) => one.name === name && one.applies === true)
  const pin = pinOf(name, own)
  if (pin !== undefined) return releaseOf(history.releases, pin)
  return candidates(
    name,
    own.flatMap(({ specifiers }) => specifiers),
    python,
  )[0]
}

const pinOf = (name: string, lines: readonly Requirement[]): string | undefined =>
  lines.find((one) => one.name === name && one.applies === true && one.pin !== undefined)?.pin
