import { sha256Hex } from '../digest.ts'
import { type FileTree, readText } from '../files/tree.ts'
import type { Finding } from './finding.ts'

/**
 * Identities of findings, in their order: rule, file, symbol and the text they stand on, with white space folded, and a
 * count for equal ones. No line number: a fingerprint survives edits elsewhere in the file. 20 hexadecimal digits.
 * @param named how files are named, where not from the app's root
 */
export function fingerprints(
  tree: FileTree,
  findings: readonly Finding[],
  named: (file: string) => string = (file) => file,
): string[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const key = [finding.rule, named(finding.at.file), finding.symbol, standsOn(tree, finding)].join('\0')
    return hashed(`${key}\0${count(seen, key)}`)
  })
}

/** The same without the file, equal ones counted by file: what stays of a finding when its file is renamed. */
export function identities(tree: FileTree, findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const key = [finding.rule, finding.symbol, standsOn(tree, finding)].join('\0')
    return hashed(`${key}\0${count(seen, `${finding.at.file}\0${key}`)}`)
  })
}

function standsOn(tree: FileTree, { at }: Finding): string {
  const text = readText(tree, at.file)?.text ?? ''
  return text
    .slice(at.span.start, Math.min(at.span.end, at.span.start + 400))
    .replace(/\s+/g, ' ')
    .trim()
}

/** How many equal ones came before. */
function count(seen: Map<string, number>, key: string): number {
  const before = seen.get(key) ?? 0
  seen.set(key, before + 1)
  return before
}

function hashed(text: string): string {
  return sha256Hex(text).slice(0, 20)
}
