import { dirname, join } from 'node:path'
import { existsSync } from './fs.ts'
import type { Folders } from './source.ts'

/** What makes a folder an app root by itself. */
const manifests = ['Procfile', 'heroku.yml', 'app.json']
/** app.json is also a React Native file, so below the folder that was asked for it proves nothing. */
const manifestsBelow = ['Procfile', 'heroku.yml']
/** A folder with one of these is installed by the Python buildpack: it is the root even when its Procfile is elsewhere. */
const installed = ['requirements.txt', 'Pipfile', 'Pipfile.lock', 'poetry.lock', 'uv.lock', 'pyproject.toml']
const skipped = new Set([
  'node_modules',
  '.git',
  '.venv',
  'venv',
  'env',
  'site-packages',
  '__pycache__',
  'dist',
  'build',
])
const maxDepth = 3
const maxFolders = 2000

/**
 * The app roots that a path stands for, as absolute paths in name order:
 * the folder itself when it has a Procfile, heroku.yml or app.json; else folders below that have one (below a folder that
 * installs dependencies only those that are whole by themselves: any other misplaced Procfile is the finding); else the
 * nearest such folder above, up to the git root; else the git root; else the folder. A file stands for its folder.
 */
export function findRoots(path: string, folders: Folders): string[] {
  const real = folders.real(path)
  const folder = folders.kindOf(real) === 'directory' ? real : dirname(real)
  if (has(folders, folder, manifests)) return [folder]
  const below = rootsBelow(folders, folder)
  const own = has(folders, folder, installed)
  // Where the folder is whole but for its Procfile, the Procfile below is the one that was misplaced.
  const roots = isWhole(folders, folder) ? [] : own ? below.filter((one) => isWhole(folders, one)) : below
  return roots.length > 0 ? roots : [rootAbove(folders, folder)]
}

/** Whether something in the folder says that it is a project: what Heroku starts or installs, or Django's own file. */
export function looksLikeProject(folder: string, folders: Folders): boolean {
  return has(folders, folder, [...manifests, ...installed, 'manage.py'])
}

/** Pushed alone, it installs its own dependencies and has a Django project to run: that is what it is there for. */
function isWhole(folders: Folders, folder: string): boolean {
  return has(folders, folder, installed) && has(folders, folder, ['manage.py'])
}

function has(folders: Folders, folder: string, names: readonly string[]): boolean {
  return names.some((name) => folders.kindOf(join(folder, name)) === 'file')
}

function rootsBelow(folders: Folders, folder: string): string[] {
  const found: string[] = []
  let seen = 0
  let level = [folder]
  for (let depth = 0; depth < maxDepth && level.length > 0; depth++) {
    const next: string[] = []
    for (const parent of level) {
      for (const child of childFolders(folders, parent)) {
        if (++seen > maxFolders) return found
        if (has(folders, child, manifestsBelow)) found.push(child)
        else next.push(child)
      }
    }
    level = next
  }
  return found.sort()
}

function childFolders(folders: Folders, folder: string): string[] {
  try {
    return folders
      .foldersIn(folder)
      .filter((name) => !name.startsWith('.') && !skipped.has(name))
      .map((name) => join(folder, name))
  } catch {
    return []
  }
}

function rootAbove(folders: Folders, folder: string): string {
  const top = gitRoot(folder)
  if (top === undefined) return folder
  for (let at = folder; ; at = dirname(at)) {
    if (has(folders, at, manifests)) return at
    if (at === top) return top
  }
}

/** The nearest folder at or above with a `.git` (a folder, or a file in worktrees and submodules). */
export function gitRoot(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at
    if (dirname(at) === at) return undefined
  }
}
