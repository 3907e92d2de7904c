import type { FileTree } from '../files/tree.ts'
import type { Finding } from './finding.ts'
import { identities } from './fingerprint.ts'

/** A finding that was there before, as it is written down: by what it is about, not by its line. */
export interface KnownFinding {
  /** Relative to the place that its list is about, with `/`. */
  readonly file: string
  readonly rule: string
  /** The thing it is about, for people who read the list. */
  readonly symbol: string
  /** See `identities`. */
  readonly identity: string
}

/** What of an app can be compared later. `named` says how a file of the app is written down. */
export function knownFindings(
  tree: FileTree,
  findings: readonly Finding[],
  named: (file: string) => string,
): readonly KnownFinding[] {
  const ids = identities(tree, findings)
  return findings.map(({ rule, symbol, at }, index) => ({
    file: named(at.file),
    rule,
    symbol,
    identity: ids[index] as string,
  }))
}

/** Order of a written list: by file, rule, identity. */
export function compareKnown(a: KnownFinding, b: KnownFinding): number {
  for (const key of ['file', 'rule', 'identity'] as const) if (a[key] !== b[key]) return a[key] < b[key] ? -1 : 1
  return 0
}

/**
 * Which of today’s findings were there before. One in the same file is the same one; else one of a file that is gone: it was
 * renamed.
 * @param exists whether a file of the list is still there
 */
export function matchKnown(
  known: readonly KnownFinding[],
  today: readonly KnownFinding[],
  exists: (file: string) => boolean,
): { readonly matched: ReadonlySet<KnownFinding>; readonly stale: readonly KnownFinding[] } {
  const open = new Map<string, KnownFinding[]>()
  const keep = (key: string, one: KnownFinding): void => {
    const list = open.get(key)
    if (list === undefined) open.set(key, [one])
    else list.push(one)
  }
  for (const one of known) keep(inFile(one), one)
  const matched = new Set<KnownFinding>()
  const used = new Set<KnownFinding>()
  const take = (key: string, one: KnownFinding): void => {
    const before = open.get(key)?.shift()
    if (before === undefined) return
    matched.add(one)
    used.add(before)
  }
  for (const one of today) take(inFile(one), one)
  for (const one of known) if (!used.has(one) && !exists(one.file)) keep(anywhere(one), one)
  for (const one of today) if (!matched.has(one)) take(anywhere(one), one)
  return { matched, stale: known.filter((one) => !used.has(one)) }
}

const inFile = ({ file, rule, identity }: KnownFinding): string => [file, rule, identity].join('\0')
const anywhere = ({ rule, identity }: KnownFinding): string => ['', rule, identity].join('\0')
