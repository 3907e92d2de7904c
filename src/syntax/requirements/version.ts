/**
 * Versions as PEP 440 orders them. Our own module, because `@renovatebot/pep440` 4.2.4 answers wrongly for `>1.0.post1`
 * and `<1.0.post1` (post-releases of the bound's release), reads no bounds one could intersect, and gives no way to mend
 * that from outside. `packaging` is the oracle: test/oracle/versions.
 */

/** Numbers too great for a double are kept exactly. */
type Int = number | bigint

export interface Version {
  /** As written, without surrounding white space. */
  readonly text: string
  readonly epoch: Int
  readonly release: readonly Int[]
  readonly pre: readonly ['a' | 'b' | 'rc', Int] | undefined
  readonly post: Int | undefined
  readonly dev: Int | undefined
  readonly local: readonly (Int | string)[] | undefined
}

/** The white space Python's `str.strip` and `\s` know (JavaScript's differs in a few code points). */
export const PYTHON_SPACE = '[\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'

const OUTER_SPACE = new RegExp(`^${PYTHON_SPACE}+|${PYTHON_SPACE}+$`, 'g')

const VERSION = new RegExp(
  `^${PYTHON_SPACE}*v?(?:([0-9]+)!)?([0-9]+(?:\\.[0-9]+)*)` +
    '(?:[._-]?(alpha|a|beta|b|preview|pre|c|rc)[._-]?([0-9]+)?)?' +
    '(?:-([0-9]+)|[._-]?(post|rev|r)[._-]?([0-9]+)?)?' +
    '(?:[._-]?(dev)[._-]?([0-9]+)?)?' +
    `(?:\\+([a-z0-9]+(?:[._-][a-z0-9]+)*))?${PYTHON_SPACE}*$`,
  'i',
)

const PRE: Readonly<Record<string, 'a' | 'b' | 'rc'>> = {
  a: 'a',
  alpha: 'a',
  b: 'b',
  beta: 'b',
  c: 'rc',
  rc: 'rc',
  pre: 'rc',
  preview: 'rc',
}

const int = (digits: string | undefined): Int => {
  const number = Number(digits ?? 0)
  return Number.isSafeInteger(number) ? number : BigInt(digits ?? 0)
}

const remembered = new Map<string, Version | undefined>()

/** The version, or undefined when PEP 440 does not know it as one. */
export function parseVersion(text: string): Version | undefined {
  const known = remembered.get(text)
  if (known !== undefined || remembered.has(text)) return known
  const version = readVersion(text)
  if (remembered.size < 20_000) remembered.set(text, version)
  return version
}

/** Most versions; the whole of PEP 440 takes a regular expression that is slow to make. */
const PLAIN = /^[0-9]+(?:\.[0-9]+)*$/

const nothingElse = { pre: undefined, post: undefined, dev: undefined, local: undefined } as const

function readVersion(text: string): Version | undefined {
  if (PLAIN.test(text)) return { text, epoch: 0, release: text.split('.').map(int), ...nothingElse }
  const match = VERSION.exec(text)
  if (match === null) return undefined
  const [, epoch, release, pre, preNumber, postShort, post, postNumber, dev, devNumber, local] = match
  return {
    text: text.replace(OUTER_SPACE, ''),
    epoch: int(epoch),
    release: (release as string).split('.').map(int),
    pre: pre === undefined ? undefined : [PRE[pre.toLowerCase()] ?? 'rc', int(preNumber)],
    post: postShort !== undefined ? int(postShort) : post !== undefined ? int(postNumber) : undefined,
    dev: dev === undefined ? undefined : int(devNumber),
    local: local
      ?.toLowerCase()
      .split(/[._-]/)
      .map((part) => (/^[0-9]+$/.test(part) ? int(part) : part)),
  }
}

export const isPrerelease = (version: Version): boolean => version.pre !== undefined || version.dev !== undefined

const order = (a: Int | string, b: Int | string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Compares release numbers; missing trailing parts count as zero. */
export function compareReleases(a: readonly Int[], b: readonly Int[]): number {
  const length = Math.max(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const [x, y] = [a[i] ?? 0, b[i] ?? 0]
    if (x !== y) return order(x, y)
  }
  return 0
}

const hasNoSuffix = ({ pre, post, dev }: Version): boolean =>
  pre === undefined && post === undefined && dev === undefined

/** `[pre rank, pre number, post rank, post number, dev rank, dev number]`, after `packaging`'s comparison key. */
function suffix(version: Version): readonly Int[] {
  const { pre, post, dev } = version
  const rank = pre !== undefined ? ['a', 'b', 'rc'].indexOf(pre[0]) : post === undefined && dev !== undefined ? -1 : 3
  return [rank, pre?.[1] ?? 0, post === undefined ? 0 : 1, post ?? 0, dev === undefined ? 1 : 0, dev ?? 0]
}

function compareLocals(a: Version['local'], b: Version['local']): number {
  if (a === undefined || b === undefined) return order(a === undefined ? 0 : 1, b === undefined ? 0 : 1)
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const [x, y] = [a[i] as Int | string, b[i] as Int | string]
    const kinds = order(typeof x === 'string' ? 0 : 1, typeof y === 'string' ? 0 : 1)
    const answer = kinds !== 0 ? kinds : order(x, y)
    if (answer !== 0) return answer
  }
  return order(a.length, b.length)
}

/** Negative, zero or positive, the local part ignored. */
export function comparePublic(a: Version, b: Version): number {
  const coarse = order(a.epoch, b.epoch) || compareReleases(a.release, b.release)
  if (coarse !== 0 || (hasNoSuffix(a) && hasNoSuffix(b))) return coarse
  const [x, y] = [suffix(a), suffix(b)]
  for (let i = 0; i < 6; i++) {
    const answer = order(x[i] as Int, y[i] as Int)
    if (answer !== 0) return answer
  }
  return 0
}

/** Negative, zero or positive: the order of PEP 440. */
export function compareVersions(a: Version, b: Version): number {
  return comparePublic(a, b) || compareLocals(a.local, b.local)
}

/** {@link compareVersions} for texts; texts that are no versions come first, in text order. */
export function compareVersionTexts(a: string, b: string): number {
  const [x, y] = [parseVersion(a), parseVersion(b)]
  if (x === undefined || y === undefined) return order(x === undefined ? 0 : 1, y === undefined ? 0 : 1) || order(a, b)
  return compareVersions(x, y)
}

/** Whether two texts name one version: `4.2` and `4.2.0`. Texts that are no versions are equal when alike. */
export const sameVersion = (a: string, b: string): boolean =>
  a === b || (parseVersion(a) !== undefined && parseVersion(b) !== undefined && compareVersionTexts(a, b) === 0)

/** The normal form: `v1.0-ALPHA1` -> `1.0a1`. */
export function formatVersion(version: Version): string {
  const { epoch, release, pre, post, dev, local } = version
  return (
    (epoch ? `${epoch}!` : '') +
    release.join('.') +
    (pre === undefined ? '' : pre[0] + pre[1]) +
    (post === undefined ? '' : `.post${post}`) +
    (dev === undefined ? '' : `.dev${dev}`) +
    (local === undefined ? '' : `+${local.join('.')}`)
  )
}

/** One more than the number. */
export const successor = (value: Int): Int => int(String(BigInt(value) + 1n))

/** Whether `==` with this text allows one version only: no `.*` at its end. */
export const isPinVersion = (text: string): boolean => parseVersion(text) !== undefined
