import { packageHistory, type Release } from '../../knowledge/packages/packages.ts'
import { type Marker, normaliseName } from '../../syntax/requirements/marker.ts'
import { isError, parseRequirement } from '../../syntax/requirements/requirement.ts'
import { admitted, contains, parseSpecifiers, type Specifier } from '../../syntax/requirements/specifier.ts'
import { dynoAnswers } from './dyno-marker.ts'

/** Something a solution must respect: a line of the project, or one a release declares. */
export interface Demand {
  readonly name: string
  readonly specifiers: readonly Specifier[]
  readonly extras: readonly string[]
  /** Constraints restrain a version if something else asks for the package. */
  readonly constraint: boolean
}

/** Version by package; `undecided` when the search was cut short. */
export type Solution = ReadonlyMap<string, string> | 'unsatisfiable' | 'undecided'

interface Needed {
  readonly name: string
  readonly specifiers: readonly Specifier[]
  readonly extras: readonly string[]
  readonly marker: Marker | undefined
}

const parsedRequirements = new Map<string, Needed | undefined>()

function needed(text: string): Needed | undefined {
  if (!parsedRequirements.has(text)) {
    const parsed = parseRequirement(text)
    const value = isError(parsed)
      ? undefined
      : {
          name: normaliseName(parsed.name),
          specifiers: parsed.specifiers,
          extras: parsed.extras.map(normaliseName),
          marker: parsed.marker,
        }
    parsedRequirements.set(text, value)
  }
  return parsedRequirements.get(text)
}

/** What a release requires on the dyno with these extras: packages within and outside the knowledge base. */
export function requiredBy(release: Release, extras: readonly string[], python: string | undefined): readonly Needed[] {
  return (release.requires ?? []).flatMap((text) => {
    const one = needed(text)
    if (one === undefined) return []
    const holds =
      one.marker === undefined ||
      ['', ...extras].some((extra) => dynoAnswers(one.marker as Marker, python, extra) !== false)
    return holds ? [one] : []
  })
}

/** Releases an installer would consider, newest first: Python, yanks and pre-releases as pip treats them. */
export function candidates(
  name: string,
  specifiers: readonly Specifier[],
  python: string | undefined,
): readonly Release[] {
  const releases = packageHistory(name)?.releases ?? []
  const pinned = specifiers.some(
    ({ operator, version }) => operator === '===' || (operator === '==' && !version.endsWith('.*')),
  )
  const usable = releases.filter((release) => (pinned || !release.yanked) && supports(release, python))
  const allowed = new Set(
    admitted(
      specifiers,
      usable.map(({ version }) => version),
    ),
  )
  return usable.filter(({ version }) => allowed.has(version)).reverse()
}

/** Whether a release's Requires-Python admits the version; a minor version means its newest patch. */
export function supports({ requiresPython }: Release, python: string | undefined): boolean {
  if (python === undefined || requiresPython === '') return true
  const specifiers = parseSpecifiers(requiresPython)
  const full = python.split('.').length === 2 ? `${python}.99` : python
  return specifiers === undefined || contains(specifiers, full)
}

const MOST_STEPS = 4000

interface State {
  readonly chosen: ReadonlyMap<string, string>
  readonly specifiers: ReadonlyMap<string, readonly Specifier[]>
  readonly extras: ReadonlyMap<string, readonly string[]>
  /** Packages of the knowledge base that must be installed. */
  readonly wanted: ReadonlySet<string>
}

/**
 * Versions of the known packages that satisfy all demands and what the chosen releases require, each as new as possible;
 * packages outside the knowledge base are taken to fit. `python` undefined: any.
 */
export function resolve(demands: readonly Demand[], python: string | undefined): Solution {
  let steps = 0
  const domains = new Map<string, readonly Release[]>()

  function domain(name: string, specifiers: readonly Specifier[]): readonly Release[] {
    const key = `${name} ${specifiers.map(({ operator, version }) => operator + version).join()}`
    const known = domains.get(key)
    if (known !== undefined) return known
    const found = candidates(name, specifiers, python)
    domains.set(key, found)
    return found
  }

  function search(state: State): State | 'unsatisfiable' | 'undecided' {
    if (++steps > MOST_STEPS) return 'undecided'
    let best: { name: string; releases: readonly Release[] } | undefined
    for (const name of state.wanted) {
      if (state.chosen.has(name)) continue
      const releases = domain(name, state.specifiers.get(name) ?? [])
      if (releases.length === 0) return 'unsatisfiable'
      if (best === undefined || releases.length < best.releases.length) best = { name, releases }
    }
    if (best === undefined) return state
    let cut = false
    for (const release of best.releases) {
      const next = choose(state, best.name, release)
      const answer = next === undefined ? 'unsatisfiable' : search(next)
      if (typeof answer !== 'string') return answer
      if (answer === 'undecided') cut = true
      if (steps > MOST_STEPS) return 'undecided'
    }
    return cut ? 'undecided' : 'unsatisfiable'
  }

  function choose(state: State, name: string, release: Release): State | undefined {
    const chosen = new Map(state.chosen).set(name, release.version)
    const required = requiredBy(release, state.extras.get(name) ?? [], python)
    return absorb(
      { ...state, chosen },
      required.map((one) => ({ ...one, constraint: false })),
    )
  }

  /** Adds demands; undefined when a chosen version contradicts one. */
  function absorb(state: State, added: readonly Demand[]): State | undefined {
    const specifiers = new Map(state.specifiers)
    const extras = new Map(state.extras)
    const wanted = new Set(state.wanted)
    const again: { name: string; version: string }[] = []
    for (const { name, specifiers: more, extras: asked, constraint } of added) {
      if (packageHistory(name) === undefined) continue
      if (more.length > 0) specifiers.set(name, [...(specifiers.get(name) ?? []), ...more])
      if (!constraint) wanted.add(name)
      const before = extras.get(name) ?? []
      const fresh = asked.filter((extra) => !before.includes(extra))
      if (fresh.length > 0) extras.set(name, [...before, ...fresh])
      const version = state.chosen.get(name)
      if (version === undefined) continue
      if (!contains(more, version)) return undefined
      if (fresh.length > 0) again.push({ name, version })
    }
    const next: State = { ...state, specifiers, extras, wanted }
    if (again.length === 0) return next
    const late = again.flatMap(({ name, version }) => {
      const release = packageHistory(name)?.releases.find((one) => one.version === version)
      return release === undefined ? [] : requiredBy(release, extras.get(name) ?? [], python)
    })
    return absorb(
      next,
      late.map((one) => ({ ...one, constraint: false })),
    )
  }

  const empty: State = { chosen: new Map(), specifiers: new Map(), extras: new Map(), wanted: new Set() }
  const start = absorb(empty, demands)
  const answer = start === undefined ? 'unsatisfiable' : search(start)
  return typeof answer === 'string' ? answer : answer.chosen
}
