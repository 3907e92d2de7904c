import { join } from '../../../files/tree.ts'
import { addedIn, isStandard, removedIn } from '../stdlib.ts'
import { plain } from '../value.ts'
import type { FilePresence, Machine, Session } from './machine.ts'

/** Where a module of the project is. Folders and files are relative to the tree. */
export type ModuleLocation =
  | { readonly kind: 'file' | 'package'; readonly file: string; readonly folder: string }
  | { readonly kind: 'namespace'; readonly folders: readonly string[] }

const locations = new WeakMap<Session, Map<string, ModuleLocation | undefined>>()

/** Finds a module of the project on `sys.path`, or in its package once that is loaded; undefined when it has none. */
export function locate(m: Machine, name: string): ModuleLocation | undefined {
  const folders = foldersOf(m, name)
  if (folders === undefined) return undefined
  const last = name.slice(name.lastIndexOf('.') + 1)
  const found: string[] = []
  for (const folder of folders) {
    const location = locateIn(m.session, folder, last)
    if (location === undefined) continue
    if (location.kind !== 'namespace') return location
    found.push(...location.folders)
  }
  return found.length > 0 ? { kind: 'namespace', folders: found } : undefined
}

/** Folders in which a module is looked for: `sys.path`, or the folders of its package. */
export function foldersOf(m: Machine, name: string): readonly string[] | undefined {
  const dot = name.lastIndexOf('.')
  if (dot < 0) return treeFolders(m, m.sysPath.items.map(plain))
  const parentName = name.slice(0, dot)
  const parent = m.modules.get(parentName)
  if (parent === undefined) {
    const location = locate(m, parentName)
    if (location === undefined) return undefined
    return location.kind === 'namespace'
      ? location.folders
      : location.kind === 'package'
        ? [location.folder]
        : undefined
  }
  if (parent.type !== 'module') return undefined
  const path = parent.names.get('__path__')?.value
  return path?.type === 'list' ? treeFolders(m, path.items.map(plain)) : undefined
}

function treeFolders(m: Machine, paths: readonly (string | undefined)[]): string[] {
  const out: string[] = []
  for (const path of paths) {
    const folder = path === undefined ? undefined : treePath(m.session, path)
    if (folder !== undefined) out.push(folder)
  }
  return out
}

/** The path in the tree of a path on the dyno; undefined outside. Relative paths start at the working directory. */
export function treePath(session: Session, path: string): string | undefined {
  const { home } = session
  if (path === home) return ''
  if (path.startsWith(`${home}/`)) return join(path.slice(home.length + 1))
  if (path.startsWith('/')) return undefined
  return join(workingFolder(session), path)
}

/** The working directory, relative to the tree: it is only asked for where something depends on it. */
export function workingFolder(session: Session): string {
  session.asked.folder = true
  return session.environment.folder ?? session.searchPath[0] ?? ''
}

function locateIn(session: Session, folder: string, name: string): ModuleLocation | undefined {
  let known = locations.get(session)
  if (known === undefined) {
    known = new Map()
    locations.set(session, known)
  }
  const path = folder === '' ? name : `${folder}/${name}`
  if (known.has(path)) return known.get(path)
  const location = look(session, path)
  known.set(path, location)
  return location
}

function look(session: Session, path: string): ModuleLocation | undefined {
  const { tree } = session
  const isFile = (file: string): boolean => tree.kind(file) === 'file' && session.isPresent(file)
  if (tree.kind(path) === 'directory') {
    if (isFile(`${path}/__init__.py`)) return { kind: 'package', file: `${path}/__init__.py`, folder: path }
    if (!isFile(`${path}.py`) && hasFiles(session, path, 3)) return { kind: 'namespace', folders: [path] }
  }
  return isFile(`${path}.py`) ? { kind: 'file', file: `${path}.py`, folder: path } : undefined
}

/** Whether git would have anything of a folder: an empty one is not on the dyno. */
export function hasFiles(session: Session, folder: string, depth: number): boolean {
  for (const entry of session.tree.list(folder)) {
    const path = `${folder}/${entry.name}`
    if (entry.kind === 'file' ? session.isPresent(path) : depth > 0 && hasFiles(session, path, depth - 1)) return true
  }
  return false
}

/** Whether a top-level module is there without the project providing it. */
export function presence(m: Machine, name: string): FilePresence {
  const { python, packages } = m.session
  if (!isStandard(name)) return packages(name)
  const minor = Number(python.split('.')[1] ?? '12')
  const gone = removedIn(name)
  if (gone !== undefined && minor >= gone) {
    // setuptools brings distutils along; the classic buildpack installs it up to Python 3.12.
    if (name === 'distutils') return minor < 13 || packages('setuptools') !== 'absent' ? 'installed' : 'absent'
    return packages(name)
  }
  const since = addedIn(name)
  return since !== undefined && minor < since ? packages(name) : 'installed'
}
