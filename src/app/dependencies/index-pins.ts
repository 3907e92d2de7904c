import { packageHistory } from '../../knowledge/packages/packages.ts'
import { compiledReleases } from '../../knowledge/packages/wheels.ts'
import {
  compareVersionTexts,
  isPinVersion,
  isPrerelease,
  parseVersion,
  sameVersion,
} from '../../syntax/requirements/version.ts'
import type { App } from '../app.ts'
import type { Requirement } from './model.ts'
import { releaseAfter, releaseOf } from './releases.ts'

/** A pin to a version the package index does not have. */
export interface UnknownPin {
  readonly requirement: Requirement
  readonly pin: string
  /** The release that comes next after it. */
  readonly nearest: string
}

/** Whether pip looks elsewhere than in the package index alone: as a file says that it installs from, or a config var. */
export const hasOtherIndex = ({ dependencies, environment }: App): boolean =>
  dependencies.installFiles.some(({ otherIndex }) => otherIndex === true) ||
  environment
    .names()
    .some((name) => /^(?:PIP|UV)_(?:(?:DEFAULT_|EXTRA_)?INDEX(?:_URL)?|FIND_LINKS|CONFIG_FILE)$/.test(name))

/** Pins older than the newest known release that are not among the releases. Silent when another index may have them. */
export function unknownPins(app: App): readonly UnknownPin[] {
  const { dependencies } = app
  if (hasOtherIndex(app)) return []
  return [...dependencies.requirements, ...dependencies.constraints].flatMap((requirement) => {
    const { pin, name, applies, url } = requirement
    if (pin === undefined || applies === false || url !== undefined) return []
    const releases = packageHistory(name)?.releases
    if (releases === undefined) return withoutFiles(requirement, pin)
    if (!isPinVersion(pin) || pin.includes('+') || releaseOf(releases, pin) !== undefined) return []
    const nearest = releaseAfter(releases, pin)?.version
    return nearest === undefined ? [] : [{ requirement, pin, nearest }]
  })
}

/** Of a package with compiled code, whose releases on trial are not known. */
function withoutFiles(requirement: Requirement, pin: string): readonly UnknownPin[] {
  const versions = [...(compiledReleases(requirement.name)?.keys() ?? [])]
  const parsed = parseVersion(pin)
  if (parsed === undefined || isPrerelease(parsed) || pin.includes('+')) return []
  if (versions.some((version) => sameVersion(version, pin))) return []
  const nearest = versions.find((version) => compareVersionTexts(version, pin) > 0)
  return nearest === undefined ? [] : [{ requirement, pin, nearest }]
}

/**
 * Lines that `pip freeze` writes in a virtual environment of Debian or Ubuntu, whose pip called the vendored pkg_resources a
 * distribution; no index has it (https://bugs.launchpad.net/ubuntu/+source/python-pip/+bug/1635463).
 */
export function phantomPins(app: App): readonly Requirement[] {
  const { dependencies } = app
  if (hasOtherIndex(app)) return []
  return dependencies.requirements.filter(
    ({ name, pin, applies, url }) =>
      name === 'pkg-resources' && pin === '0.0.0' && applies !== false && url === undefined,
  )
}
