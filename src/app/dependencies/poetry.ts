import { parseSpecifiers, type Specifier } from '../../syntax/requirements/specifier.ts'
import { parseVersion, type Version } from '../../syntax/requirements/version.ts'

/**
 * Poetry's version constraints as PEP 440 clauses: `^4.1` -> `>=4.1,<5`, `~4.1` -> `>=4.1,<4.2`, `4.*`, `4.1` (exact), `*`.
 * Undefined for what PEP 440 cannot say (`||`) or what Poetry itself would reject.
 */
export function poetrySpecifiers(constraint: string): readonly Specifier[] | undefined {
  if (constraint.includes('||') || constraint.includes(' | ')) return undefined
  const out: Specifier[] = []
  for (const part of constraint.split(/\s*,\s*|(?<=[\w*])\s+(?=[<>=!~^\d])/)) {
    const clauses = clause(part.trim())
    if (clauses === undefined) return undefined
    out.push(...clauses)
  }
  return out
}

function clause(text: string): readonly Specifier[] | undefined {
  if (text === '*' || text === '') return []
  const caret = /^\^\s*(.+)$/.exec(text)
  if (caret !== null) return upTo(caret[1] as string, firstNonZero)
  const tilde = /^~(?!=)\s*(.+)$/.exec(text)
  if (tilde !== null) return upTo(tilde[1] as string, ({ release }) => Math.min(1, release.length - 1))
  if (/^[=]\s*[\dv]/.test(text)) return parseSpecifiers(`=${text}`)
  if (/^[\dv]/.test(text)) return parseSpecifiers(`==${text.replace(/\.x$/i, '.*')}`)
  return parseSpecifiers(text)
}

/** `>=version,<next`, where the part at `position` counts up. */
function upTo(text: string, position: (version: Version) => number): readonly Specifier[] | undefined {
  const version = parseVersion(text)
  if (version === undefined) return undefined
  const at = position(version)
  const next = version.release.slice(0, at + 1).map(Number)
  next[at] = (next[at] ?? 0) + 1
  return [
    { operator: '>=', version: version.text },
    { operator: '<', version: next.join('.') },
  ]
}

/** Index of the first part that is not zero, or of the last one written: `^0.0.3` -> `<0.0.4`, `^0.0` -> `<0.1`. */
function firstNonZero({ release }: Version): number {
  const at = release.findIndex((part) => Number(part) !== 0)
  return at < 0 ? release.length - 1 : at
}
