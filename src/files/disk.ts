import { sep } from 'node:path'
import { getOrInsert } from '../get-or-insert.ts'
import { decode, looksBinary } from './decode.ts'
import { readdirSync, readFileSync, realpathSync, statSync } from './fs.ts'
import { type Entry, type FileTree, normalise, type SourceFile, type Unreadable } from './tree.ts'

/** A lock file of a large project has a few megabytes; nothing the deploy needs is larger than this. */
export const maxFileBytes = 12 * 1024 * 1024

export interface DiskOptions {
  /** Paths (files or folders, relative, with `/`) that are to be treated as absent. */
  readonly excluded?: (path: string) => boolean
  /** Called once for each file that was skipped because of its size. */
  readonly onTooLarge?: (path: string, bytes: number) => void
}

/**
 * The tree below a folder of the disk. Links are followed as long as they stay below the root; a link that leaves it is
 * `outside` and never read. Names are compared exactly, also on file systems that fold case.
 */
export function diskTree(root: string, options: DiskOptions = {}): FileTree {
  const realRoot = realpathSync(root)
  const excluded = options.excluded ?? (() => false)
  const listings = new Map<string, readonly Entry[]>()
  const files = new Map<string, SourceFile | Unreadable>()

  /** The real path of a name inside the root, or why there is none. */
  function locate(path: string): { real: string } | Unreadable {
    let real: string
    try {
      real = realpathSync(`${realRoot}${sep}${path}`)
    } catch {
      return 'absent'
    }
    return real === realRoot || real.startsWith(realRoot + sep) ? { real } : 'outside'
  }

  function listFolder(name: string): readonly Entry[] {
    const place = locate(name)
    if (typeof place === 'string') return []
    try {
      const entries: Entry[] = []
      for (const entry of readdirSync(place.real, { withFileTypes: true })) {
        const path = name === '' ? entry.name : `${name}/${entry.name}`
        const what = entry.isSymbolicLink()
          ? linkKind(path)
          : entry.isDirectory()
            ? 'directory'
            : entry.isFile()
              ? 'file'
              : undefined
        if (what !== undefined && !excluded(path)) entries.push({ name: entry.name, kind: what })
      }
      return entries.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
    } catch {
      return []
    }
  }

  function linkKind(path: string): 'file' | 'directory' | undefined {
    const place = locate(path)
    if (typeof place === 'string') return undefined
    const stats = statSync(place.real, { throwIfNoEntry: false })
    // A folder reached through a link is walked once: not below another link, and never above itself.
    if (stats?.isDirectory() === true && loops(path, place.real)) return undefined
    return stats?.isDirectory() ? 'directory' : stats?.isFile() ? 'file' : undefined
  }

  function loops(path: string, real: string): boolean {
    const cut = path.lastIndexOf('/')
    const parent = cut < 0 ? '' : path.slice(0, cut)
    const above = locate(parent)
    const own = parent === '' ? realRoot : `${realRoot}${sep}${parent.split('/').join(sep)}`
    return typeof above === 'string' || above.real !== own || `${own}${sep}`.startsWith(`${real}${sep}`)
  }

  function list(folder: string): readonly Entry[] {
    const name = normalise(folder)
    if (name === undefined) return []
    return getOrInsert(listings, name, () => listFolder(name))
  }

  function kind(path: string): 'file' | 'directory' | undefined {
    const name = normalise(path)
    if (name === undefined) return undefined
    if (name === '') return 'directory'
    const cut = name.lastIndexOf('/')
    const folder = cut < 0 ? '' : name.slice(0, cut)
    // Through the listings, so that case counts and exclusion of a parent folder holds.
    if (folder !== '' && kind(folder) !== 'directory') return undefined
    return list(folder).find((entry) => entry.name === name.slice(cut + 1))?.kind
  }

  function load(name: string): SourceFile | Unreadable {
    const what = kind(name)
    if (what === 'directory') return 'directory'
    const place = locate(name)
    if (what === undefined) return place === 'outside' ? 'outside' : 'absent'
    if (typeof place === 'string') return place
    try {
      const size = statSync(place.real).size
      if (size > maxFileBytes) {
        options.onTooLarge?.(name, size)
        return 'too-large'
      }
      const bytes = readFileSync(place.real)
      return looksBinary(bytes) ? 'binary' : decode(name, bytes)
    } catch {
      return 'unreadable'
    }
  }

  return {
    root: realRoot,
    kind,
    list,
    read(path) {
      const name = normalise(path)
      if (name === undefined) return 'outside'
      return getOrInsert(files, name, () => load(name))
    },
  }
}
