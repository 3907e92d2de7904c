import type { Problem } from '../contracts/place.ts'

/** A decoded text file. `text` has no BOM; offsets count from its first character. */
export interface SourceFile {
  /** Path relative to the tree's root, with `/`. */
  readonly path: string
  readonly text: string
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1'
  /** Whether the bytes began with a byte order mark. */
  readonly bom: boolean
  /** The bytes as stored: fixes and hashes work on them. */
  readonly bytes: Uint8Array
  /** Undecodable bytes and the like; the text then holds U+FFFD there. */
  readonly problems: readonly Problem[]
}

/** Why a path could not be read as text. */
export type Unreadable = 'absent' | 'directory' | 'too-large' | 'binary' | 'unreadable' | 'outside'

export interface Entry {
  readonly name: string
  readonly kind: 'file' | 'directory'
}

/**
 * Where text comes from: a disk, a git index, memory. Paths are relative, with `/`, normalised
 * (`.` and `..` resolved); a path that leaves the root is `outside` and never read. Names are
 * case-sensitive, as on the dyno, whatever the host's file system thinks.
 */
export interface FileTree {
  /** How the root is named to a user, e.g. an absolute path or `memory:`. */
  readonly root: string
  /** The file decoded as UTF-8 unless a BOM says otherwise. Remembered: one read per path. */
  read(path: string): SourceFile | Unreadable
  /** Entries of a folder in name order; empty when it is no folder. `''` is the root. */
  list(folder: string): readonly Entry[]
  /** What a path is, without reading it. */
  kind(path: string): 'file' | 'directory' | undefined
}

/** `read` for callers to whom every reason for failure is the same. */
export function readText(tree: FileTree, path: string): SourceFile | undefined {
  const file = tree.read(path)
  return typeof file === 'string' ? undefined : file
}

/** `a/b/../c//d` -> `a/c/d`; undefined when it leaves the root. */
export function normalise(path: string): string | undefined {
  const out: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') {
      if (out.pop() === undefined) return undefined
    } else out.push(part)
  }
  return out.join('/')
}

/** Joins and normalises; undefined when the result leaves the root. */
export function join(...parts: readonly string[]): string | undefined {
  return normalise(parts.join('/'))
}

/** A tree in which some paths hold other files: a configuration above the root, a rule page's example over a base. */
export function overlay(tree: FileTree, files: ReadonlyMap<string, SourceFile>): FileTree {
  return {
    root: tree.root,
    kind: (path) => (files.has(path) ? 'file' : tree.kind(path)),
    list: (folder) => tree.list(folder),
    read: (path) => files.get(path) ?? tree.read(path),
  }
}

/** The same tree, which puts each file that is read into `read`. */
export function recording(tree: FileTree, read: Map<string, SourceFile>): FileTree {
  return {
    root: tree.root,
    kind: (path) => tree.kind(path),
    list: (folder) => tree.list(folder),
    read(path) {
      const file = tree.read(path)
      if (typeof file !== 'string') read.set(file.path, file)
      return file
    },
  }
}
