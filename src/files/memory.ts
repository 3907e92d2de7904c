import { getOrInsert } from '../get-or-insert.ts'
import { decodeFile } from './decode.ts'
import { type Entry, type FileTree, normalise, type SourceFile, type Unreadable } from './tree.ts'

/** A tree held in memory: tests, rule pages, editor buffers. A text is stored as UTF-8. */
export function memoryTree(files: Readonly<Record<string, string | Uint8Array>>, root = 'memory:'): FileTree {
  const contents = new Map<string, Uint8Array>()
  const folders = new Map<string, Map<string, Entry>>([['', new Map()]])
  for (const [path, content] of Object.entries(files)) {
    const name = normalise(path)
    if (name === undefined || name === '')
      throw new Error(`memoryTree: a file cannot be called ${JSON.stringify(path)}`)
    contents.set(name, typeof content === 'string' ? new TextEncoder().encode(content) : content)
    addEntries(folders, name)
  }
  const decoded = new Map<string, SourceFile | Unreadable>()

  function kind(path: string): 'file' | 'directory' | undefined {
    const name = normalise(path)
    if (name === undefined) return undefined
    if (contents.has(name)) return 'file'
    return folders.has(name) ? 'directory' : undefined
  }

  function load(path: string): SourceFile | Unreadable {
    const name = normalise(path)
    if (name === undefined) return 'outside'
    const bytes = contents.get(name)
    if (bytes === undefined) return folders.has(name) ? 'directory' : 'absent'
    return decodeFile(name, bytes)
  }

  return {
    root,
    kind,
    read(path) {
      return getOrInsert(decoded, path, () => load(path))
    },
    list(folder) {
      const entries = folders.get(normalise(folder) ?? '\0')
      return entries === undefined ? [] : [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
    },
  }
}

function addEntries(folders: Map<string, Map<string, Entry>>, path: string): void {
  const parts = path.split('/')
  for (let depth = 0; depth < parts.length; depth++) {
    const folder = parts.slice(0, depth).join('/')
    const name = parts[depth] as string
    const entries = getOrInsert(folders, folder, () => new Map<string, Entry>())
    entries.set(name, { name, kind: depth === parts.length - 1 ? 'file' : 'directory' })
  }
}
