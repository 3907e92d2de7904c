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
}

export interface Against {
  readonly requirement: Requirement
  readonly version: string
  /** A release that is known not to fail. */
  readonly good?: string
}

/**
 * A minor version that the buildpack keeps and every listed package runs on: the newest but one, of which every package has wheels, or
 * the nearest to it that the project's Django knows. Where there is none, the one on which the fewest fail.
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
    const minor = `3.${number}`
    const one = { minor, against: against(requirements, minor) }
    if (best === undefined || one.against.length < best.against.length) best = one
    if (one.against.length === 0) break
  }
  return best ?? { minor: `3.${usual}`, against: [] }
}

function against(requirements: readonly Requirement[], python: string): readonly Against[] {
  const clashing = pythonClashes(requirements, python).filter(({ kind }) => kind !== 'undeclared')
  return uniqueBy([...failingOn(requirements, python), ...clashing], ({ requirement }) => requirement.name)
}
