import { uniqueBy } from '../../unique-by.ts'
import type { Requirement } from './model.ts'
import { chosenVersion, failingOn, newestPythonOf, pythonClashes } from './python-clashes.ts'
import { pythonSupport } from './python-version.ts'

/** The Python that a project is best given. */
export interface FittingPython {
  /** `3.12` */
  readonly minor: string
  /** Listed packages that pip does not install on it or that fail there: as few as on any. */
  readonly against: readonly Against[]
  /** Those that the build has to compile on it. */
  readonly compiled: readonly Against[]
}

export interface Against {
  readonly requirement: Requirement
  readonly version: string
  /** A release that is known not to fail. */
  readonly good?: string
}

/**
 * A minor version that the buildpack keeps and every listed package runs on: the newest but one, of which every package has wheels, or
 * the nearest to it that the project's Django knows. Where there is none, the one on which the fewest fail, and of several the one on which
 * the fewest have to be compiled.
 */
export function fittingPython(requirements: readonly Requirement[]): FittingPython {
  const { oldest, newest, removals } = pythonSupport
  const lasting = Array.from({ length: newest - oldest + 1 }, (_, index) => oldest + index).filter(
    (minor) => removals[minor] === undefined,
  )
  const django = requirements.find(({ name, applies }) => name === 'django' && applies === true)
  const known = newestPythonOf(django && chosenVersion(django)) ?? newest
  const usual = Math.max(lasting[0] ?? oldest, Math.min(newest - 1, known))
  const older = lasting.filter((minor) => minor <= usual).reverse()
  let best: FittingPython | undefined
  for (const number of [...older, ...lasting.filter((minor) => minor > usual)]) {
    const one = judged(requirements, `3.${number}`)
    if (best === undefined || isBetter(one, best)) best = one
    if (one.against.length + one.compiled.length === 0) break
  }
  return best ?? { minor: `3.${usual}`, against: [], compiled: [] }
}

function judged(requirements: readonly Requirement[], minor: string): FittingPython {
  const clashes = pythonClashes(requirements, minor).filter(({ kind }) => kind !== 'undeclared')
  const against = uniqueBy(
    [...failingOn(requirements, minor), ...clashes.filter(({ kind }) => kind !== 'compiled')],
    ({ requirement }) => requirement.name,
  )
  const isAgainst = (name: string) => against.some(({ requirement }) => requirement.name === name)
  const compiled = clashes.filter(({ kind, requirement }) => kind === 'compiled' && !isAgainst(requirement.name))
  return { minor, against, compiled }
}

const isBetter = (one: FittingPython, other: FittingPython): boolean =>
  one.against.length === other.against.length
    ? one.compiled.length < other.compiled.length
    : one.against.length < other.against.length
