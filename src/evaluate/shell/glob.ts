import type { Bit } from './expansion.ts'
import { hasPattern, matchesWhole, patternOf } from './pattern.ts'
import { absolutePath, type Shell, treePath } from './state.ts'

/**
 * The files of the tree that a word with an unquoted pattern names, in name order; undefined when it names none (the word
 * then stays as it is) or when the folder is not the app's.
 */
export function matchFiles(shell: Shell, bits: readonly Bit[]): string[] | undefined {
  if (!hasPattern(bits)) return undefined
  const text = bits.map(({ part }) => (typeof part === 'string' ? part : '\0')).join('')
  if (text.includes('\0')) return undefined
  const slash = text.lastIndexOf('/')
  const folder = text.slice(0, slash + 1)
  if (/[*?[]/.test(folder)) return undefined
  const pattern = patternOf(bits)
  const path = treePath(shell, absolutePath(shell, folder === '' ? '.' : folder))
  if (pattern === undefined || path === undefined) return undefined
  const hidden = text.slice(slash + 1).startsWith('.')
  const names = shell.context.tree
    .list(path)
    .filter(({ name }) => (hidden || !name.startsWith('.')) && matchesWhole(pattern, folder + name))
    .map(({ name }) => folder + name)
  return names.length > 0 ? names : undefined
}
