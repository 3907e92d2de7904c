import { existsSync } from '../files/fs.ts'
import { type Entry, type FileTree, normalise, type SourceFile } from '../files/tree.ts'
import { getOrInsert } from '../get-or-insert.ts'
import type { OpenDocument } from './buffers.ts'
import { below } from './paths.ts'

/**
 * Files as the editor has them: those of the disk, over which the open documents lie.
 */

/** The files of the open documents below a root, by path from it. A document that says what the disk says is the disk's file. */
export function openFiles(
  root: string,
  disk: FileTree,
  buffers: readonly OpenDocument[],
): ReadonlyMap<string, SourceFile> {
  const files = new Map<string, SourceFile>()
  for (const buffer of buffers) {
    const path = below(root, buffer.path)
    if (path === undefined) continue
    const saved = disk.read(path)
    // There, and not of the tree: the configuration excludes it.
    if (saved === 'absent' && existsSync(buffer.path)) continue
    if (typeof saved !== 'string' && saved.text === buffer.text) continue
    files.set(path, fileOf(buffer, path, typeof saved === 'string' ? undefined : saved))
  }
  return files
}

const made = new WeakMap<OpenDocument, Map<string, SourceFile>>()

/** What a document would be if it were saved now: in the encoding that its file has. */
function fileOf(buffer: OpenDocument, path: string, saved: SourceFile | undefined): SourceFile {
  const known = getOrInsert(made, buffer, () => new Map<string, SourceFile>())
  return getOrInsert(known, path, () => {
    const { encoding, bom } = saved ?? { encoding: 'utf-8', bom: false }
    const bytes = new TextEncoder().encode(buffer.text)
    // Bytes that the encoding did not have are the editor's to write or to refuse.
    return { path, text: buffer.text, encoding: encoding === 'latin-1' ? 'utf-8' : encoding, bom, bytes, problems: [] }
  })
}

/** A tree with open documents over it; one that is not saved yet stands in its folder. */
export function withOpenFiles(tree: FileTree, files: ReadonlyMap<string, SourceFile>): FileTree {
  if (files.size === 0) return tree
  const added = unsaved(tree, files)
  return {
    root: tree.root,
    kind(path) {
      const name = normalise(path)
      if (name === undefined) return undefined
      return files.has(name) ? 'file' : (tree.kind(name) ?? (added.has(name) ? 'directory' : undefined))
    },
    list(folder) {
      const name = normalise(folder)
      const more = name === undefined ? undefined : added.get(name)
      const there = tree.list(folder)
      if (more === undefined) return there
      const names = new Set(there.map((entry) => entry.name))
      return [...there, ...[...more.values()].filter((entry) => !names.has(entry.name))].sort((a, b) =>
        a.name < b.name ? -1 : 1,
      )
    },
    read(path) {
      const name = normalise(path)
      return (name === undefined ? undefined : files.get(name)) ?? tree.read(path)
    },
  }
}

/** By folder, what the disk does not have. */
function unsaved(tree: FileTree, files: ReadonlyMap<string, SourceFile>): Map<string, Map<string, Entry>> {
  const added = new Map<string, Map<string, Entry>>()
  for (const path of files.keys()) {
    const parts = path.split('/')
    for (let depth = parts.length - 1; depth >= 0; depth--) {
      const whole = parts.slice(0, depth + 1).join('/')
      if (tree.kind(whole) !== undefined) break
      const name = parts[depth] as string
      const entry: Entry = { name, kind: depth === parts.length - 1 ? 'file' : 'directory' }
      getOrInsert(added, parts.slice(0, depth).join('/'), () => new Map<string, Entry>()).set(name, entry)
    }
  }
  return added
}
