import { sha256Hex } from '../digest.ts'
import { type FileTree, readText } from '../files/tree.ts'
import type { Finding } from './finding.ts'

/**
 * Identities of findings, in their order: rule, file, symbol and the text they stand on, with white space folded, and a
 * count for equal ones. No line number: a fingerprint survives edits elsewhere in the file. 20 hexadecimal digits.
 */
export function fingerprints(tree: FileTree, findings: readonly Finding[]): string[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const text = readText(tree, finding.at.file)?.text ?? ''
    const { start, end } = finding.at.span
    const stands = text
      .slice(start, Math.min(end, start + 400))
      .replace(/\s+/g, ' ')
      .trim()
    const key = [finding.rule, finding.at.file, finding.symbol, stands].join('\0')
    const occurrence = seen.get(key) ?? 0
    seen.set(key, occurrence + 1)
    return sha256Hex(`${key}\0${occurrence}`).slice(0, 20)
  })
}
