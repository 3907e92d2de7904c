import { alwaysPresent, type Presence } from './present.ts'
import { type Entry, type FileTree, normalise, type SourceFile } from './tree.ts'

/** What became of some paths: their file, or undefined for one that is gone. */
export type Changed = ReadonlyMap<string, SourceFile | undefined>

/** The same tree after changes. */
export function changedTree(tree: FileTree, changes: Changed): FileTree {
  const folders = new Map<string, Map<string, Entry>>()
  const gone = new Set<string>()
  for (const [path, file] of changes) {
    if (file === undefined) gone.add(path)
    else addAbove(folders, path)
  }
  const named = (path: string): string => normalise(path) ?? path
  return {
    root: tree.root,
    kind(path) {
      const name = named(path)
      if (changes.has(name)) return changes.get(name) === undefined ? undefined : 'file'
      return folders.has(name) ? 'directory' : tree.kind(path)
    },
    read(path) {
      const name = named(path)
      return changes.has(name) ? (changes.get(name) ?? 'absent') : tree.read(path)
    },
    list(folder) {
      const name = named(folder)
      const own = folders.get(name) ?? new Map<string, Entry>()
      const prefix = name === '' ? '' : `${name}/`
      const kept = tree.list(folder).filter((entry) => !own.has(entry.name) && !gone.has(prefix + entry.name))
      return [...kept, ...own.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    },
  }
}

function addAbove(folders: Map<string, Map<string, Entry>>, path: string): void {
  const parts = path.split('/')
  for (const [depth, name] of parts.entries()) {
    const folder = parts.slice(0, depth).join('/')
    const entries = folders.get(folder) ?? new Map<string, Entry>()
    folders.set(folder, entries.set(name, { name, kind: depth === parts.length - 1 ? 'file' : 'directory' }))
  }
}

/** What a push carries once the new files are committed, as their author will: all but those that git is told to ignore. */
export function changedPresence(presence: Presence | undefined, changes: Changed): Presence {
  const before = presence ?? alwaysPresent
  if (!before.known) return before
  const made = [...changes].flatMap(([path, file]) => (file === undefined ? [] : [path]))
  const isMade = (path: string): boolean => {
    const name = normalise(path)
    return before.why(path) === 'untracked' && made.some((one) => one === name || one.startsWith(`${name}/`))
  }
  return {
    known: true,
    isPresent: (path) => before.isPresent(path) || isMade(path),
    why: (path) => (isMade(path) ? undefined : before.why(path)),
    ignoredBy: (path) => before.ignoredBy(path),
    isExecutable: (path) => before.isExecutable(path) ?? (isMade(path) ? false : undefined),
    recorded: (path) => before.recorded(path),
  }
}
