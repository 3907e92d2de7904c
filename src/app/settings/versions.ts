import type { Untold } from '../../contracts/untold.ts'
import { parseSpecifiers } from '../../syntax/requirements/specifier.ts'
import { compareVersionTexts } from '../../syntax/requirements/version.ts'
import type { App } from '../app.ts'
import type { DependencySet } from '../dependencies/model.ts'

/**
 * Whether the build installs `name` in a version of at least `version`. A version that is not exact is the one that pip chooses
 * beside the other requirements, else the newest its range allows; so `version` must have been released. Undefined: not
 * installed, or unknown.
 */
export function atLeast(dependencies: DependencySet, name: string, version: string): boolean | undefined {
  const installed = dependencies.installed(name)
  const exact = installed.version ?? installed.expected
  if (exact !== undefined) return compareVersionTexts(exact, version) >= 0
  if (installed.state !== 'installed' || installed.versionless === true) return undefined
  const specifiers = parseSpecifiers(installed.range)
  if (specifiers === undefined) return undefined
  for (const specifier of specifiers) {
    const bound = ceiling(specifier.operator, specifier.version)
    if (bound === undefined) continue
    const order = compareVersionTexts(bound.version, version)
    if (order < 0 || (order === 0 && !bound.inclusive)) return false
  }
  return true
}

/** The version a specifier does not let pass. */
function ceiling(operator: string, version: string): { version: string; inclusive: boolean } | undefined {
  if (operator === '<') return { version, inclusive: false }
  if (operator === '<=') return { version, inclusive: true }
  if (operator === '==' && version.endsWith('.*')) return { version: next(version.slice(0, -2)), inclusive: false }
  if (operator === '==' || operator === '===') return { version, inclusive: true }
  if (operator === '~=') return { version: next(version.split('.').slice(0, -1).join('.')), inclusive: false }
  return undefined
}

/** `4.2` -> `4.3`: the first release that a prefix does not cover. */
function next(prefix: string): string {
  const numbers = prefix.split('.')
  const last = Number.parseInt(numbers.at(-1) ?? '0', 10)
  return [...numbers.slice(0, -1), String(last + 1)].join('.')
}

/** Why the version of a distribution is not known. */
export function unknownVersion(app: Pick<App, 'dependencies'>, name: string): Untold {
  const { via, state } = app.dependencies.installed(name)
  const why =
    state === 'absent'
      ? { en: 'nothing installs it', fr: 'rien ne l’installe' }
      : { en: 'no line that the build installs from says it', fr: 'aucune ligne lue par le build ne la dit' }
  return {
    what: { en: `the version of ${name}`, fr: `la version de ${name}` },
    why,
    at: via,
    remedy: { by: 'pin', name },
  }
}
