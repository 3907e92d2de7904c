import type { App } from '../../../src/app/app.ts'
import { candidates, supports } from '../../../src/app/dependencies/candidates.ts'
import type { PythonProblem, Requirement } from '../../../src/app/dependencies/model.ts'
import { releaseOf } from '../../../src/app/dependencies/releases.ts'
import { packageHistory } from '../../../src/knowledge/packages/packages.ts'
import { lostModules, newestPython, withoutCgi } from '../../../src/knowledge/packages/pythons.ts'
import { formatSpecifiers, parseSpecifiers } from '../../../src/syntax/requirements/specifier.ts'
import { compareVersionTexts } from '../../../src/syntax/requirements/version.ts'

/** A listed package that no release allowed by its line runs on the dyno's Python, or says so. */
export interface PythonClash {
  /** `refused`: pip finds no release for this Python. `broken`: it installs and fails. `undeclared`: it does not claim to run. */
  readonly kind: 'refused' | 'broken' | 'undeclared'
  readonly requirement: Requirement
  readonly version: string
  /** What the release declares: `>=3.10`, or the newest Python it names: `3.12`. */
  readonly declares: string
  /** The module that it imports in vain (of its own: its copy of six makes it, and cannot any more), and the Python since which it is gone. */
  readonly lost?: { readonly module: string; readonly since: string } | undefined
}

/** Problems of the version itself that a build stops at: clashes with packages do not matter before they are mended. */
const FATAL = new Set<PythonProblem['kind']>([
  'malformed',
  'misspelt-file',
  'end-of-life',
  'unknown-version',
  'refused-file',
])

/** Clashes of the listed packages with the Python that the build installs; of a lock's packages too. */
export function pythonClashes(app: App): readonly PythonClash[] {
  const { python, requirements } = app.dependencies
  if (python.version === undefined || python.problems.some(({ kind }) => FATAL.has(kind))) return []
  const refused = requirements.flatMap((requirement) => refusal(requirement, python.version as string))
  const django = requirements.find(({ name, applies }) => name === 'django' && applies === true)
  const version = app.dependencies.installed('django').version
  const minor = Number(python.minor?.split('.')[1])
  const series = version?.split('.').slice(0, 2).join('.')
  const newest = series === undefined ? undefined : newestPython[series]
  if (
    django === undefined ||
    version === undefined ||
    newest === undefined ||
    minor <= newest ||
    refused.some(({ requirement }) => requirement === django)
  )
    return refused
  // setuptools brings a distutils of its own.
  const hasDistutils = app.dependencies.installed('setuptools').state === 'installed'
  const isLost = ({ below, module }: (typeof lostModules)[number]) =>
    compareVersionTexts(version, below) < 0 && !(module === 'distutils' && hasDistutils)
  const lost = minor < withoutCgi ? undefined : lostModules.find(isLost)
  const kind = lost === undefined ? 'undeclared' : 'broken'
  return [...refused, { kind, requirement: django, version, declares: `3.${newest}`, lost }]
}

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

const readable = (range: string): string => formatSpecifiers(parseSpecifiers(range) ?? []) || range
