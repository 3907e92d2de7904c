import type { FileTree } from '../../files/tree.ts'
import type { ResolvedModule } from './model.ts'

/** What `importlib.import_module` takes for a name: not an identifier only, `my-site.settings` works too. */
const NAME = /^[^/\\\s.]+$/

/**
 * Finds a module as Python's import system does: in each folder of the path a package, then a module file; folders
 * without `__init__.py` count (as namespaces) only when nothing else is found. Parents are found first, and a child is
 * looked for in its parent alone.
 */
export function resolveModule(
  tree: FileTree,
  module: string,
  searchPath: readonly string[],
): ResolvedModule | undefined {
  const names = module.split('.')
  if (names.some((name) => !NAME.test(name))) return undefined
  let roots: readonly string[] = searchPath
  let found: (ResolvedModule & { readonly folders: readonly string[] }) | undefined
  let origin: string | undefined
  for (const name of names) {
    found = findIn(tree, name, roots)
    if (found === undefined) return undefined
    origin ??= found.root
    roots = found.folders
  }
  return found && { kind: found.kind, file: found.file, root: origin as string }
}

function findIn(
  tree: FileTree,
  name: string,
  roots: readonly string[],
): (ResolvedModule & { readonly folders: readonly string[] }) | undefined {
  const namespaces: { folder: string; root: string }[] = []
  for (const root of roots) {
    const base = root === '' ? name : `${root}/${name}`
    if (tree.kind(`${base}/__init__.py`) === 'file') {
      return { kind: 'package', file: `${base}/__init__.py`, root, folders: [base] }
    }
    if (tree.kind(`${base}.py`) === 'file') return { kind: 'module', file: `${base}.py`, root, folders: [] }
    if (tree.kind(base) === 'directory') namespaces.push({ folder: base, root })
  }
  const [first] = namespaces
  if (first === undefined) return undefined
  return {
    kind: 'namespace',
    file: first.folder,
    root: first.root,
    folders: namespaces.map(({ folder }) => folder),
  }
}
