import { basename, dirname, join, relative, sep } from 'node:path'
import { diskTree } from './disk.ts'
import { kindOf, readdirSync, realPlace } from './fs.ts'
import { memoryTree } from './memory.ts'
import { presenceOf } from './presence.ts'
import type { Presence } from './present.ts'
import { type FileTree, normalise, overlay } from './tree.ts'

/** What is asked of the folders of a repository before an app is read. Paths are absolute. */
export interface Folders {
  kindOf(path: string): 'file' | 'directory' | 'special' | undefined
  /** Names of the folders in a folder; throws when it cannot be listed. */
  foldersIn(folder: string): readonly string[]
  /** The path without links. @throws when there is nothing */
  real(path: string): string
}

/** Where apps are read from: the disk, or what git holds of it. */
export interface Source extends Folders {
  /** Whether it is the disk itself, so that files can be changed. */
  readonly isDisk: boolean
  tree(
    root: string,
    options?: {
      readonly excluded?: (path: string) => boolean
      readonly onTooLarge?: (path: string, bytes: number) => void
      readonly onUnreadable?: (path: string) => void
    },
  ): FileTree
  /** Where configuration files come from, when not from `tree`: an editor's open ones. */
  readonly configTree?: ((folder: string) => FileTree) | undefined
  presence(root: string, slugignore: boolean): Presence
}

export const disk: Source = {
  isDisk: true,
  kindOf: (path) => kindOf(path),
  foldersIn: (folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  real: (path) => realPlace(path),
  tree: (root, options) => diskTree(root, options),
  presence: (root, slugignore) => presenceOf(root, { slugignore }),
}

/** A source in which one file (absolute) holds other bytes: what an editor has not saved yet. */
export function withFile(source: Source, path: string, bytes: Uint8Array): Source {
  return {
    ...source,
    isDisk: false,
    kindOf: (asked) => (asked === path ? 'file' : source.kindOf(asked)),
    real: (asked) => (asked === path ? join(source.real(dirname(path)), basename(path)) : source.real(asked)),
    tree(root, options) {
      const tree = source.tree(root, options)
      const name = relative(root, join(source.real(dirname(path)), basename(path)))
        .split(sep)
        .join('/')
      if (name.startsWith('../') || options?.excluded?.(name) === true) return tree
      const file = memoryTree({ [name]: bytes }).read(name)
      return typeof file === 'string' ? tree : withEntry(overlay(tree, new Map([[name, file]])), name)
    },
  }
}

/** A tree whose folder lists a file that may not be saved yet. */
function withEntry(tree: FileTree, name: string): FileTree {
  const cut = name.lastIndexOf('/')
  const [folder, own] = [name.slice(0, Math.max(0, cut)), name.slice(cut + 1)]
  return {
    ...tree,
    list(asked) {
      const entries = tree.list(asked)
      if (normalise(asked) !== folder || entries.some((entry) => entry.name === own)) return entries
      return [...entries, { name: own, kind: 'file' as const }].sort((a, b) => (a.name < b.name ? -1 : 1))
    },
  }
}
