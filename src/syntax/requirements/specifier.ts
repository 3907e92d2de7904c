import {
  comparePublic,
  compareReleases,
  compareVersions,
  isPrerelease,
  PYTHON_SPACE,
  parseVersion,
  successor,
  type Version,
} from './version.ts'

export type Operator = '==' | '!=' | '<=' | '>=' | '<' | '>' | '~=' | '==='

/** One clause: `>=4.1`. `version` is as written, `.*` included. */
export interface Specifier {
  readonly operator: Operator
  readonly version: string
}

const S = PYTHON_SPACE
const RELEASE = 'v?(?:[0-9]+!)?[0-9]+(?:\\.[0-9]+)*'
const PRE = '(?:[-_.]?(?:alpha|beta|preview|pre|a|b|c|rc)[-_.]?[0-9]*)?'
const POST = '(?:-[0-9]+|[-_.]?(?:post|rev|r)[-_.]?[0-9]*)?'
const DEV = '(?:[-_.]?dev[-_.]?[0-9]*)?'
const LOCAL = '(?:\\+[a-z0-9]+(?:[-_.][a-z0-9]+)*)?'

/** Source of a regular expression for one clause, case to be ignored; PEP 440 by way of `packaging`. */
export const SPECIFIER_SOURCE =
  `(?:===${S}*(?:(?!${S})[^;)])*` +
  `|(?:==|!=)${S}*${RELEASE}(?:\\.\\*|${PRE}${POST}${DEV}${LOCAL})?` +
  `|~=${S}*v?(?:[0-9]+!)?[0-9]+(?:\\.[0-9]+)+${PRE}${POST}${DEV}` +
  `|(?:<=|>=|<|>)${S}*${RELEASE}${PRE}${POST}${DEV})`

const WHOLE = new RegExp(`^${S}*${SPECIFIER_SOURCE}${S}*$`, 'i')
const PARTS = new RegExp(`^${S}*(===|~=|==|!=|<=|>=|<|>)${S}*(.*?)${S}*$`, 's')

/** Most clauses; the two above are slow to make. */
const PLAIN = /^(==|!=|>=|<=|<|>)([0-9]+(?:\.[0-9]+)*)$/

/** One clause, or undefined when it is none. */
export function parseSpecifier(text: string): Specifier | undefined {
  const plain = PLAIN.exec(text)
  if (plain !== null) return { operator: plain[1] as Operator, version: plain[2] as string }
  const parts = WHOLE.test(text) ? PARTS.exec(text) : null
  return parts === null ? undefined : { operator: parts[1] as Operator, version: parts[2] as string }
}

/** Clauses between commas; empty ones are skipped as pip does. Undefined when one is malformed. */
export function parseSpecifiers(text: string): readonly Specifier[] | undefined {
  const out: Specifier[] = []
  for (const part of text.split(',')) {
    if (part.trim() === '') continue
    const specifier = parseSpecifier(part)
    if (specifier === undefined) return undefined
    out.push(specifier)
  }
  return out
}

export const formatSpecifiers = (specifiers: readonly Specifier[]): string =>
  specifiers.map(({ operator, version }) => operator + version).join(',')

/** Whether one clause admits a version; pre-releases are judged by the bounds alone. */
export function matches(specifier: Specifier, version: string | Version): boolean {
  const candidate = typeof version === 'string' ? parseVersion(version) : version
  if (specifier.operator === '===') {
    const text = typeof version === 'string' ? version : version.text
    return text.toLowerCase() === specifier.version.toLowerCase()
  }
  const isSeries = specifier.version.endsWith('.*')
  const bound = parseVersion(isSeries ? specifier.version.slice(0, -2) : specifier.version)
  if (candidate === undefined || bound === undefined) return false
  if (isSeries) return inSeries(candidate, bound) === (specifier.operator === '==')
  switch (specifier.operator) {
    case '==':
      return equals(candidate, bound)
    case '!=':
      return !equals(candidate, bound)
    case '>=':
      return compareVersions(candidate, bound) >= 0
    case '<=':
      return comparePublic(candidate, bound) <= 0
    case '<':
      return comparePublic(candidate, isPrerelease(bound) ? bound : { ...bound, dev: 0 }) < 0
    case '>':
      return isAfter(candidate, bound)
    case '~=':
      return (
        compareVersions(candidate, bound) >= 0 &&
        comparePublic(candidate, nextSeries({ ...bound, release: bound.release.slice(0, -1) })) < 0
      )
  }
}

/** A bound without local part also means its local versions. */
const equals = (candidate: Version, bound: Version): boolean =>
  bound.local === undefined ? comparePublic(candidate, bound) === 0 : compareVersions(candidate, bound) === 0

const final = (version: Version): Version => ({
  ...version,
  pre: undefined,
  post: undefined,
  dev: undefined,
  local: undefined,
})

/** `1.2` -> `1.3.dev0`: the first version after the series. */
function nextSeries(version: Version): Version {
  const release = [...version.release]
  const last = release.pop() ?? 0
  return { ...final(version), release: [...release, successor(last)], dev: 0 }
}

const inSeries = (candidate: Version, series: Version): boolean =>
  comparePublic(candidate, { ...final(series), dev: 0 }) >= 0 && comparePublic(candidate, nextSeries(series)) < 0

/** `>V` leaves out V's own post-releases and local versions. */
function isAfter(candidate: Version, bound: Version): boolean {
  if (bound.dev !== undefined) return comparePublic(candidate, { ...bound, dev: successor(bound.dev) }) >= 0
  if (bound.post !== undefined) return comparePublic(candidate, { ...bound, post: successor(bound.post), dev: 0 }) >= 0
  if (compareVersions(candidate, bound) <= 0) return false
  const samePre = candidate.pre?.[0] === bound.pre?.[0] && candidate.pre?.[1] === bound.pre?.[1]
  return !(candidate.epoch === bound.epoch && compareReleases(candidate.release, bound.release) === 0 && samePre)
}

/** Whether all clauses admit the version. Without `prereleases` they are judged by the bounds alone. */
export function contains(specifiers: readonly Specifier[], version: string, prereleases = true): boolean {
  const parsed = parseVersion(version)
  if (!prereleases && parsed !== undefined && isPrerelease(parsed)) return false
  // `===` compares the text as it is given.
  return specifiers.every((one) => matches(one, one.operator === '===' ? version : (parsed ?? version)))
}

/** Whether a clause asks for pre-releases itself, as `>=2.0b1` does. */
function wantsPrereleases({ operator, version }: Specifier): boolean {
  if (operator === '!=' || (operator === '==' && version.endsWith('.*'))) return false
  const parsed = parseVersion(version)
  return parsed !== undefined && isPrerelease(parsed)
}

/**
 * The versions an installer may choose from: pre-releases only when a clause asks for one or nothing else is left.
 * Of the versions it is known already that they fulfil the clauses which are not `asked`.
 */
export function admitted(
  specifiers: readonly Specifier[],
  versions: readonly string[],
  isAsked: (specifier: Specifier) => boolean = () => true,
): string[] {
  const asked = specifiers.filter(isAsked)
  const all = asked.length === 0 ? [...versions] : versions.filter((version) => contains(asked, version))
  if (specifiers.some(wantsPrereleases)) return all
  const finals = all.filter((version) => {
    const parsed = parseVersion(version)
    return parsed === undefined || !isPrerelease(parsed)
  })
  return finals.length > 0 ? finals : all
}

/** Whether a range as it is written (`>=4.0,<5`) takes in a version; one that cannot be read takes in all. */
export const isInRange = (range: string, version: string): boolean => contains(parseSpecifiers(range) ?? [], version)
