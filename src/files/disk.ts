import { sep } from 'node:path'
import { getOrInsert } from '../get-or-insert.ts'
import { decodeFile } from './decode.ts'
import { isBelow, kindOf, readdirSync, readFile, realpathSync, statSync } from './fs.ts'
import { type Entry, type FileTree, normalise, type SourceFile, type Unreadable } from './tree.ts'

export interface DiskOptions {
  /** Paths (files or folders, relative, with `/`) that are to be treated as absent. */
  readonly excluded?: (path: string) => boolean
  /** Called once for each file that was skipped because of its size. */
  readonly onTooLarge?: (path: string, bytes: number) => void
  /** Called once for each file or folder that is there and that the system does not let be read. */
  readonly onUnreadable?: (path: string) => void
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
    const full = `${realRoot}${sep}${path}`
    let real: string
    try {
      real = realpathSync(full)
    } catch {
      return kindOf(full) === undefined ? 'absent' : 'unreadable'
    }
    return isBelow(realRoot, real) ? { real } : 'outside'
  }

  function listFolder(name: string): readonly Entry[] {
    const place = locate(name)
    if (typeof place === 'string') return unlisted(name, place)
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
    } catch (error) {
      // Somebody asks what a file holds as a folder: nothing.
      return unlisted(name, (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'absent' : 'unreadable')
    }
  }

  function unlisted(name: string, why: Unreadable): readonly Entry[] {
    if (why === 'unreadable') options.onUnreadable?.(name)
    return []
  }

  function linkKind(path: string): 'file' | 'directory' | undefined {
    const place = locate(path)
    // In a circle, or behind a folder that may not be entered: there is something, and reading it will say what is wrong.
    if (place === 'unreadable') return 'file'
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
    const bytes = typeof place === 'string' ? place : readFile(place.real)
    if (bytes === 'too-large' && typeof place !== 'string')
      options.onTooLarge?.(name, statSync(place.real, { throwIfNoEntry: false })?.size ?? 0)
    if (bytes === 'unreadable') options.onUnreadable?.(name)
    if (bytes === 'special') return 'absent'
    if (typeof bytes === 'string') return bytes
    return decodeFile(name, bytes)
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
