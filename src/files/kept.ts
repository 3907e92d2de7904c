import { type DiskOptions, diskTree } from './disk.ts'
import type { FileTree, SourceFile } from './tree.ts'

/** The files of one root that were read so far, by path. */
export type KeptFiles = Map<string, SourceFile>

/**
 * The disk below a root, read anew. A file whose bytes are what they were is the same object as before: what was learnt from it
 * alone is kept (`per-file.ts`).
 */
export function keptDisk(root: string, kept: KeptFiles, options: DiskOptions = {}): FileTree {
  const disk = diskTree(root, options)
  return {
    root: disk.root,
    kind: (path) => disk.kind(path),
    list: (folder) => disk.list(folder),
    read(path) {
      const file = disk.read(path)
      return typeof file === 'string' ? file : keep(kept, file)
    },
  }
}

function keep(kept: KeptFiles, file: SourceFile): SourceFile {
  const before = kept.get(file.path)
  if (before === file) return file
  if (before !== undefined && sameBytes(before.bytes, file.bytes)) return before
  kept.set(file.path, file)
  return file
}

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && Buffer.compare(a, b) === 0
