import type { Edit } from '../contracts/edit.ts'
import { arrange } from '../engine/edits.ts'
import { decode } from '../files/decode.ts'
import { splice, utf8 } from '../files/encode.ts'
import { type FileTree, join, readText, type SourceFile } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'

/** A file as it is to be; `file` undefined: it is to go. `from`: it is the one that stood there, moved. */
export interface Change {
  readonly file: SourceFile | undefined
  readonly from?: string
}

/** Changes by path from the tree's root. */
export type Changes = ReadonlyMap<string, Change>

/**
 * The changes with those of some edits added. What no edit touches keeps its bytes. Undefined when it cannot be done whole: a
 * file is not there (or is, and should be made), two edits overlap, or its encoding has no place for the new text.
 * @param tree with the changes so far
 */
export function withEdits(tree: FileTree, changes: Changes, edits: readonly Edit[]): Changes | undefined {
  const out = new Map(changes)
  const byFile = new Map<string, Edit[]>()
  for (const edit of edits) getOrInsert(byFile, edit.file, (): Edit[] => []).push(edit)
  for (const [path, own] of byFile) {
    const [whole] = own.filter(({ action }) => action !== undefined)
    if (whole !== undefined) {
      if (own.length > 1 || !applyWhole(tree, out, whole)) return undefined
      continue
    }
    const source = readText(tree, path)
    const after = source && edited(source, own)
    if (after === undefined) return undefined
    out.set(path, { ...out.get(path), file: after })
  }
  return out
}

/** A new file, as it would be read. */
export function newFile(path: string, text: string): SourceFile {
  return decode(path, utf8(text))
}

function applyWhole(tree: FileTree, out: Map<string, Change>, { file, text, action }: Edit): boolean {
  if (action === 'create') {
    if (tree.kind(file) !== undefined) return false
    out.set(file, { file: newFile(file, text) })
    return true
  }
  const source = readText(tree, file)
  if (source === undefined) return false
  const from = out.get(file)?.from ?? file
  out.set(file, { file: undefined })
  if (action === 'delete') return true
  const to = join(text)
  if (to === undefined || tree.kind(to) !== undefined) return false
  out.set(to, { file: { ...source, path: to }, from })
  return true
}

function edited(source: SourceFile, edits: readonly Edit[]): SourceFile | undefined {
  const { edits: fitting, skipped } = arrange(source.text, edits)
  if (skipped.length > 0) return undefined
  const asked = edits.some(({ encoding }) => encoding === 'utf-8')
  const bytes = splice(asked ? asUtf8(source) : source, fitting)
  return bytes && decode(source.path, bytes)
}

/** The same text, as a file in UTF-8 without a byte order mark would hold it. */
function asUtf8(source: SourceFile): SourceFile {
  return { ...source, encoding: 'utf-8', bom: false, bytes: utf8(source.text) }
}
