import type { Text } from '../contracts/text.ts'
import { knownPackages, packageHistory } from '../knowledge/packages/packages.ts'
import { nearest } from '../nearest.ts'
import { compareVersionTexts, isPinVersion, sameVersion } from '../syntax/requirements/version.ts'
import type { Config, ConfigProblem } from './config.ts'

/** Pins that no package can have. They stay in the policy, so that nothing is judged by another one. */
export function faultyPins({ pins }: Pick<Config, 'pins'>): ConfigProblem[] {
  return [...pins].flatMap(([name, { version, at }]) => {
    const message = at && pinFault(name, version)
    return message === undefined ? [] : [{ at, message }]
  })
}

/**
 * A name that is nearly that of a package of the stack, a text that is no version, or a version that was never released.
 * Of other packages nobody here knows which exist.
 */
function pinFault(name: string, version: string): Text | undefined {
  const history = packageHistory(name)
  if (history === undefined) {
    const near = nearest(name, knownPackages())
    if (near !== undefined) {
      return {
        en: `pins: unknown package “${name}”; did you mean “${near}”?`,
        fr: `pins : paquet inconnu « ${name} » ; vouliez-vous dire « ${near} » ?`,
      }
    }
  }
  if (!isPinVersion(version)) {
    return {
      en: `pins: “${version}” is no version; write one release, such as “${newestOf(name) ?? '4.2.0'}”`,
      fr: `pins : « ${version} » n’est pas une version ; écrivez-en une seule, comme « ${newestOf(name) ?? '4.2.0'} »`,
    }
  }
  if (history === undefined || history.releases.some((one) => sameVersion(one.version, version))) return undefined
  // What was released after this tool was: nobody here knows it.
  const newest = newestOf(name)
  if (newest === undefined || compareVersionTexts(version, newest) > 0) return undefined
  const near = history.releases.filter((one) => one.version.startsWith(`${version}.`) && !one.yanked).at(-1)?.version
  return {
    en: `pins: ${name} has no release ${version}; did you mean “${near ?? newest}”?`,
    fr: `pins : ${name} n’a pas de version ${version} ; vouliez-vous dire « ${near ?? newest} » ?`,
  }
}

const newestOf = (name: string): string | undefined =>
  packageHistory(name)?.releases.findLast(({ yanked, version }) => !yanked && /^[\d.]+$/.test(version))?.version
