import type { Edit } from '../../contracts/edit.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { DependencyFile } from './model.ts'

/** Adds a line at the end of the first requirements file that is installed; not to a file of hashes, nor to a lock. */
export function addition(tree: FileTree, files: readonly DependencyFile[], requirement: string): Edit | undefined {
  const file = files.find(({ role, format }) => role === 'install' && format === 'requirements')
  if (file === undefined || file.requirements.some(({ hashes }) => hashes.length > 0)) return undefined
  const source = readText(tree, file.path)
  if (source === undefined || source.problems.length > 0) return undefined
  const { text } = source
  const newline = text.includes('\r\n') ? '\r\n' : '\n'
  // A pure insertion at the end, so that several additions do not overlap.
  const gap = text === '' || /[\r\n]$/.test(text) ? '' : newline
  return { file: file.path, span: { start: text.length, end: text.length }, text: `${gap}${requirement}${newline}` }
}
