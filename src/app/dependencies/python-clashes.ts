import { combinations } from '../../knowledge/packages/combinations.ts'
import { packageHistory } from '../../knowledge/packages/packages.ts'
import { lostModules, newestPython, withoutCgi } from '../../knowledge/packages/pythons.ts'
import { compiledReleases } from '../../knowledge/packages/wheels.ts'
import { contains, formatSpecifiers, isInRange, parseSpecifiers } from '../../syntax/requirements/specifier.ts'
import { compareVersionTexts, sameVersion } from '../../syntax/requirements/version.ts'
import { candidates, supports } from './candidates.ts'
import type { Requirement } from './model.ts'
import { releaseOf } from './releases.ts'

/** A listed package that no release allowed by its line runs on a Python, or says so. */
export interface PythonClash {
  /**
   * `refused`: pip finds no release for this Python. `no-file`: it finds neither a wheel for it nor a source. `compiled`: it finds no wheel, and
   * builds a large package from its source. `broken`: it installs and fails. `undeclared`: it does not claim to run.
   */
  readonly kind: 'refused' | 'no-file' | 'compiled' | 'broken' | 'undeclared'
  readonly requirement: Requirement
  readonly version: string
  /** What the release declares: `>=3.10`, or the newest Python it names: `3.12`. */
  readonly declares: string
  /** The module that it imports in vain (of its own: its copy of six makes it, and cannot any more), and the Python since which it is gone. */
  readonly lost?: { readonly module: string; readonly since: string } | undefined
}

/** Clashes of the listed packages with a Python (`3.12`, `3.12.4`); of a lock's packages too. Others may bring a setuptools. */
export function pythonClashes(
  requirements: readonly Requirement[],
  python: string,
  bringsSetuptools = false,
): readonly PythonClash[] {
  const refused = requirements.flatMap((requirement) => [
    ...refusal(requirement, python),
    ...withoutWheel(requirement, python),
  ])
  const django = requirements.find(({ name, applies }) => name === 'django' && applies === true)
  const version = django && chosenVersion(django)
  const minor = minorOf(python)
  const newest = newestPythonOf(version)
  if (
    django === undefined ||
    version === undefined ||
    newest === undefined ||
    minor <= newest ||
    refused.some(({ requirement }) => requirement === django)
  )
    return refused
  // setuptools brings a distutils of its own.
  const hasDistutils =
    bringsSetuptools || requirements.some(({ name, applies }) => name === 'setuptools' && applies === true)
  const isLost = ({ below, module }: (typeof lostModules)[number]) =>
    compareVersionTexts(version, below) < 0 && !(module === 'distutils' && hasDistutils)
  const lost = minor < withoutCgi ? undefined : lostModules.find(isLost)
  const kind = lost === undefined ? 'undeclared' : 'broken'
  return [...refused, { kind, requirement: django, version, declares: `3.${newest}`, lost }]
}

/** Pinned releases that pip installs on a Python and that are known to fail there, whatever loads them; `good`: one that does not. */
export function failingOn(
  requirements: readonly Requirement[],
  python: string,
): { readonly requirement: Requirement; readonly version: string; readonly good: string }[] {
  const isListed = (name: string) => requirements.some((one) => one.name === name && one.applies !== false)
  const pinned = new Map(
    requirements.filter(({ pin, applies }) => pin !== undefined && applies === true).map((one) => [one.name, one]),
  )
  const found = new Map<Requirement, { requirement: Requirement; version: string; good: string }>()
  // Each Python that may be proposed asks this: the table is gone through once, and not for each requirement.
  for (const { package: name, since, affected, beside, without, lacks, good } of combinations) {
    const requirement = pinned.get(name)
    const version = requirement?.pin
    if (requirement === undefined || version === undefined || found.has(requirement)) continue
    if (since === undefined || beside !== undefined || lacks !== undefined || minorOf(python) < since) continue
    if (without !== undefined && isListed(without)) continue
    if (isInRange(affected, version)) found.set(requirement, { requirement, version, good })
  }
  return requirements.flatMap((requirement) => found.get(requirement) ?? [])
}

/** The newest minor version of Python 3 that a release of Django names. */
export function newestPythonOf(django: string | undefined): number | undefined {
  const series = /^\d+\.\d+/.exec(django ?? '')?.[0]
  return series === undefined ? undefined : newestPython[series]
}

/** The release of a line: its pin, or the newest that it admits. */
export const chosenVersion = ({ name, pin, specifiers, url }: Requirement): string | undefined =>
  pin ?? (url === undefined ? candidates(name, specifiers, undefined)[0]?.version : undefined)

const minorOf = (python: string): number => Number(python.split('.')[1])

function refusal(requirement: Requirement, python: string): PythonClash[] {
  const { name, pin, specifiers, applies, url } = requirement
  const history = packageHistory(name)
  if (history === undefined || applies !== true || url !== undefined) return []
  if (pin !== undefined) {
    const release = releaseOf(history.releases, pin)
    if (release === undefined || supports(release, python)) return []
    return [{ kind: 'refused', requirement, version: pin, declares: readable(release.requiresPython) }]
  }
  if (specifiers.length === 0 || candidates(name, specifiers, python).length > 0) return []
  const best = candidates(name, specifiers, undefined)[0]
  return best === undefined
    ? []
    : [{ kind: 'refused', requirement, version: best.version, declares: readable(best.requiresPython) }]
}

/** Of a pinned package with compiled code: what the index has for a dyno of the Common Runtime. */
function withoutWheel(requirement: Requirement, python: string): PythonClash[] {
  const { name, pin, applies, url } = requirement
  if (pin === undefined || applies !== true || url !== undefined) return []
  const releases = compiledReleases(name)
  const release = releases?.get(pin) ?? [...(releases ?? [])].find(([version]) => sameVersion(version, pin))?.[1]
  if (release === undefined) return []
  const { newest, source, requiresPython } = release
  const declared = parseSpecifiers(requiresPython)
  if (declared !== undefined && !contains(declared, python))
    return [{ kind: 'refused', requirement, version: pin, declares: readable(requiresPython) }]
  // What never has a wheel is known to be compiled.
  if (newest >= minorOf(python) || (newest === 0 && source)) return []
  return [{ kind: source ? 'compiled' : 'no-file', requirement, version: pin, declares: `3.${newest}` }]
}

const readable = (range: string): string => formatSpecifiers(parseSpecifiers(range) ?? []) || range
