import { packageHistory, type Release } from '../../knowledge/packages/packages.ts'
import { type Marker, normaliseName } from '../../syntax/requirements/marker.ts'
import { isError, parseRequirement } from '../../syntax/requirements/requirement.ts'
import { admitted, contains, parseSpecifiers, type Specifier } from '../../syntax/requirements/specifier.ts'
import { dynoAnswers } from './dyno-marker.ts'
import { isSettled, narrowed } from './releases.ts'

/** One entry of a release's `Requires-Dist`. */
export interface NeededRelease {
  readonly name: string
  readonly specifiers: readonly Specifier[]
  readonly extras: readonly string[]
  readonly marker: Marker | undefined
}

const parsedRequirements = new Map<string, NeededRelease | undefined>()

function needed(text: string): NeededRelease | undefined {
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
export function requiredBy(
  release: Release,
  extras: readonly string[],
  python: string | undefined,
): readonly NeededRelease[] {
  return (release.requires ?? []).flatMap((text) => {
    const one = needed(text)
    if (one === undefined) return []
    const { marker } = one
    const holds = marker === undefined || ['', ...extras].some((extra) => dynoAnswers(marker, python, extra) !== false)
    return holds ? [one] : []
  })
}

const remembered = new Map<string, readonly Release[]>()

/** Releases an installer would consider, newest first: Python, yanks and pre-releases as pip treats them. */
export function candidates(
  name: string,
  specifiers: readonly Specifier[],
  python: string | undefined,
): readonly Release[] {
  const written = [...new Set(specifiers.map(({ operator, version }) => operator + version))].sort()
  const key = `${name} ${written.join()} ${python}`
  const known = remembered.get(key)
  if (known !== undefined) return known
  const found = select(name, specifiers, python)
  if (remembered.size < 5000) remembered.set(key, found)
  return found
}

function select(name: string, specifiers: readonly Specifier[], python: string | undefined): readonly Release[] {
  const pinned = specifiers.some(
    ({ operator, version }) => operator === '===' || (operator === '==' && !version.endsWith('.*')),
  )
  const releases = packageHistory(name)?.releases ?? []
  const exact = specifiers.find(({ operator, version }) => operator === '==' && !version.endsWith('.*'))
  const named = exact && releases.find(({ version }) => version === exact.version)
  // One pin decides, and where it is written as the index writes it no other version need be read.
  if (named !== undefined && specifiers.length === 1) return supports(named, python) ? [named] : []
  const usable = narrowed(releases, specifiers).filter(
    (release) => (pinned || !release.yanked) && supports(release, python),
  )
  const versions = usable.map(({ version }) => version)
  const allowed = new Set(admitted(specifiers, versions, (one) => !isSettled(one)))
  return usable.filter(({ version }) => allowed.has(version)).reverse()
}

const supported = new Map<string, boolean>()

/** Whether a release's Requires-Python admits the version; a minor version means its newest patch. */
export function supports({ requiresPython }: Release, python: string | undefined): boolean {
  if (python === undefined || requiresPython === '') return true
  const key = `${requiresPython} ${python}`
  const known = supported.get(key)
  if (known !== undefined) return known
  const specifiers = parseSpecifiers(requiresPython)
  const full = python.split('.').length === 2 ? `${python}.99` : python
  const answer = specifiers === undefined || contains(specifiers, full)
  supported.set(key, answer)
  return answer
}
