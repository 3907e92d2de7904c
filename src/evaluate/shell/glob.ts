import type { Bit } from './expansion.ts'
import { hasPattern, matchesWhole, patternOf } from './pattern.ts'
import { absolutePath, type Shell, treePath } from './state.ts'

/** More are on no command line. */
const limit = 1000

/**
 * The files of the tree that a word with an unquoted pattern names, in name order; undefined when it names none (the word
 * then stays as it is) or when the folder is not the app's.
 */
export function matchFiles(shell: Shell, bits: readonly Bit[]): string[] | undefined {
  if (!hasPattern(bits) || bits.some(({ part }) => typeof part !== 'string')) return undefined
  let found = ['']
  const parts = segmentsOf(bits)
  for (const [index, part] of parts.entries()) {
    const isLast = index === parts.length - 1
    found = found.flatMap((folder) => inFolder(shell, folder, part, isLast)).slice(0, limit)
    if (!isLast) found = found.map((path) => `${path}/`)
  }
  return found.length > 0 ? found.sort() : undefined
}

/** A pattern between its slashes. */
function segmentsOf(bits: readonly Bit[]): Bit[][] {
  const segments: Bit[][] = [[]]
  for (const one of bits) {
    for (const [index, text] of String(one.part).split('/').entries()) {
      if (index > 0) segments.push([])
      if (text !== '') segments.at(-1)?.push({ ...one, part: text })
    }
  }
  return segments
}

/** What one part of a pattern names in a folder, which is written as in the word. */
function inFolder(shell: Shell, folder: string, part: readonly Bit[], isLast: boolean): string[] {
  const text = part.map((one) => one.part).join('')
  const kind = (path: string | undefined) =>
    path === undefined ? undefined : path === '' ? 'directory' : shell.context.tree.kind(path)
  if (!hasPattern(part)) {
    const path = folder + text
    const found = path === '' || kind(treePath(shell, absolutePath(shell, path))) !== undefined
    // Folders in front of the pattern are looked at with it.
    return found || !isLast ? [path] : []
  }
  const pattern = patternOf(part)
  const path = treePath(shell, absolutePath(shell, folder === '' ? '.' : folder))
  if (pattern === undefined || path === undefined || kind(path) !== 'directory') return []
  return shell.context.tree
    .list(path)
    .filter((entry) => isLast || entry.kind === 'directory')
    .filter(({ name }) => (text.startsWith('.') || !name.startsWith('.')) && matchesWhole(pattern, name))
    .map(({ name }) => folder + name)
}
