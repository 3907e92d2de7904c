import { decodeFile } from '../decode.ts'
import { slugIgnore } from '../ignore/slugignore.ts'
import { maxFileBytes } from '../limits.ts'
import type { Presence } from '../present.ts'
import { type Entry, type FileTree, normalise, type SourceFile, type Unreadable } from '../tree.ts'

/** A file, a link or a submodule as git holds it. */
export interface GitEntry {
  /** `100644`, `100755`, `120000` (a link), `160000` (a submodule). */
  readonly mode: string
  readonly hash: string
}

/** What git holds below a folder: an index or a commit. Names are relative to the folder, with `/`. */
export interface GitFolder {
  readonly root: string
  readonly entries: ReadonlyMap<string, GitEntry>
  /** The content of an object. A partial clone lacks some: they are `unreadable`. */
  readonly content: (entry: GitEntry, name: string) => Uint8Array | 'too-large' | 'unreadable'
  /** The same folder on the disk: git knows of a submodule only its commit, what it holds is looked up there. */
  readonly disk: FileTree
}

interface TreeOptions {
  readonly excluded?: ((path: string) => boolean) | undefined
  readonly onTooLarge?: (path: string, bytes: number) => void
  readonly onUnreadable?: (path: string) => void
}

/** The tree of an index or a commit, byte for byte as git keeps it: no filter, no conversion of line ends. Links are followed below the root. */
export function gitTree(
  folder: GitFolder,
  { excluded = () => false, onTooLarge, onUnreadable }: TreeOptions = {},
): FileTree {
  const { entries, disk } = folder
  const listings = listingsOf(entries, excluded)
  const files = new Map<string, SourceFile | Unreadable>()

  function place(path: string): Place {
    const name = normalise(path)
    return name === undefined ? 'outside' : placeOf(folder, name)
  }

  function kind(path: string): 'file' | 'directory' | undefined {
    const at = place(path)
    if (typeof at === 'string') return undefined
    if (at.submodule) return disk.kind(at.name)
    if (listings.has(at.name)) return 'directory'
    return entries.has(at.name) && !excluded(normalise(path) ?? '') ? 'file' : undefined
  }

  function load(path: string): SourceFile | Unreadable {
    const at = place(path)
    if (typeof at === 'string') return at
    if (at.submodule) return disk.read(path)
    if (kind(path) === 'directory') return 'directory'
    const entry = entries.get(at.name)
    if (entry === undefined || kind(path) === undefined) return 'absent'
    const bytes = folder.content(entry, at.name)
    if (bytes === 'too-large') onTooLarge?.(path, maxFileBytes)
    if (bytes === 'unreadable') onUnreadable?.(path)
    if (typeof bytes === 'string') return bytes
    return decodeFile(path, Buffer.from(bytes))
  }

  return {
    root: folder.root,
    kind,
    read(path) {
      const name = normalise(path)
      if (name === undefined) return 'outside'
      const known = files.get(name)
      if (known !== undefined) return known
      const file = load(name)
      files.set(name, file)
      return file
    },
    list(path) {
      const at = place(path)
      if (typeof at === 'string') return []
      if (at.submodule) return disk.list(at.name)
      const name = normalise(path) ?? ''
      return (listings.get(at.name) ?? []).flatMap((entry) => {
        const what = kind(name === '' ? entry.name : `${name}/${entry.name}`)
        return what === undefined ? [] : [{ name: entry.name, kind: what }]
      })
    },
  }
}

type Place = { readonly name: string; readonly submodule: boolean } | 'outside' | 'absent'

/** Links that lead to links: no repository has a longer chain of them. */
const maxLinks = 20

/** Where a path leads when the links on its way are followed. */
function placeOf({ entries, content }: GitFolder, path: string): Place {
  let name = path
  for (let links = 0; links <= maxLinks; links++) {
    const link = ahead(name).find((part) => entries.get(part)?.mode === '120000')
    if (link === undefined) {
      return { name, submodule: ahead(name).some((part) => entries.get(part)?.mode === '160000') }
    }
    const target = textOf(content(entries.get(link) as GitEntry, link), 'utf8')
    const folder = link.slice(0, Math.max(0, link.lastIndexOf('/')))
    const next =
      target === '' || target.startsWith('/') ? undefined : normalise(`${folder}/${target}/${name.slice(link.length)}`)
    if (next === undefined) return 'outside'
    name = next
  }
  return 'absent'
}

const textOf = (bytes: ReturnType<GitFolder['content']>, encoding: 'utf8' | 'latin1'): string =>
  typeof bytes === 'string' ? '' : Buffer.from(bytes).toString(encoding)

/** `a/b/c` -> `a`, `a/b`, `a/b/c`. */
function ahead(name: string): string[] {
  return [...[...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index)), name]
}

/** What stands in each folder, in name order. */
function listingsOf(
  entries: GitFolder['entries'],
  excluded: (path: string) => boolean,
): ReadonlyMap<string, readonly Pick<Entry, 'name'>[]> {
  const folders = new Map<string, Set<string>>([['', new Set()]])
  for (const path of entries.keys()) {
    const parts = ahead(path)
    if (parts.some(excluded)) continue
    for (const part of parts) {
      const cut = part.lastIndexOf('/')
      const folder = part.slice(0, Math.max(0, cut))
      const names = folders.get(folder) ?? new Set()
      folders.set(folder, names.add(part.slice(cut + 1)))
    }
  }
  return new Map([...folders].map(([folder, names]) => [folder, [...names].sort().map((name) => ({ name }))]))
}

/** What a push of an index or a commit carries: all of it, less what `.slugignore` removes. */
export function gitPresence({ entries, content }: GitFolder, slugignore: boolean): Presence {
  const names = [...entries.keys()]
  const list = slugignore ? entries.get('.slugignore') : undefined
  const slug = list === undefined ? undefined : slugIgnore(textOf(content(list, '.slugignore'), 'latin1'))
  const bytes = (path: string): string => Buffer.from(path, 'utf8').toString('latin1')
  const removedBy = (name: string): number | undefined => slug?.removes(bytes(name))

  function filesOf(path: string): readonly string[] {
    const name = normalise(path)
    if (name === undefined || name === '') return names
    return entries.has(name) ? [name] : names.filter((one) => one.startsWith(`${name}/`))
  }

  function why(path: string): ReturnType<Presence['why']> {
    const name = normalise(path)
    // Outside, or inside a submodule: nobody can tell.
    if (name === undefined || ahead(name).some((part) => entries.get(part)?.mode === '160000')) return undefined
    const files = filesOf(name)
    if (files.length === 0) {
      return ahead(name).some((part) => entries.get(part)?.mode === '120000') ? undefined : 'untracked'
    }
    return files.every((file) => removedBy(file) !== undefined) ? 'slugignored' : undefined
  }

  return {
    known: true,
    isPresent: (path) => why(path) === undefined,
    why,
    ignoredBy(path) {
      const [first] = why(path) === 'slugignored' ? filesOf(path) : []
      const line = first === undefined ? undefined : removedBy(first)
      return line === undefined ? undefined : { file: '.slugignore', line }
    },
    isExecutable(path) {
      const mode = entries.get(normalise(path) ?? '')?.mode
      return mode === '100644' || mode === '100755' ? mode === '100755' : undefined
    },
    recorded(path) {
      const entry = entries.get(normalise(path) ?? '')
      return entry?.mode.startsWith('100') === true ? { hash: entry.hash, size: undefined } : undefined
    },
  }
}
