import type { FileTree } from '../../files/tree.ts'

/** More files than any hand-written project has: a walk that meets this bound met something generated. */
const FILE_LIMIT = 6000
const FOLDER_LIMIT = 4000
const DEPTH_LIMIT = 12

/** Folders that hold other people's code, or what a build made. */
export const skippedFolders = new Set([
  '.git',
  '.hg',
  '.svn',
  '.heroku',
  '.tox',
  '.nox',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.eggs',
  '.idea',
  '.vscode',
  '__pycache__',
  'node_modules',
  'bower_components',
  'site-packages',
  'dist-packages',
  '__pypackages__',
  '.venv',
  'virtualenv',
  'vendor',
  'third_party',
  'staticfiles',
])

export interface PythonWalk {
  readonly files: readonly string[]
  readonly bounded: boolean
}

/** Every Python file of the project in path order, without vendored, generated and virtual-environment folders. */
export function pythonFiles(tree: FileTree): PythonWalk {
  const files: string[] = []
  let folders = 0
  let bounded = false

  function visit(folder: string, depth: number): void {
    if (++folders > FOLDER_LIMIT || depth > DEPTH_LIMIT) {
      bounded = true
      return
    }
    const entries = tree.list(folder)
    if (folder !== '' && isVirtualEnvironment(tree, folder)) return
    for (const entry of entries) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.kind === 'directory') {
        if (!skippedFolders.has(entry.name)) visit(path, depth + 1)
      } else if (entry.name.endsWith('.py')) {
        if (files.length >= FILE_LIMIT) bounded = true
        else files.push(path)
      }
      if (bounded) return
    }
  }

  visit('', 0)
  return { files, bounded }
}

/** A folder that `python -m venv` or virtualenv made, whatever its name. */
function isVirtualEnvironment(tree: FileTree, folder: string): boolean {
  return (
    tree.kind(`${folder}/pyvenv.cfg`) === 'file' ||
    tree.kind(`${folder}/bin/activate_this.py`) === 'file' ||
    tree.kind(`${folder}/Scripts/activate.bat`) === 'file' ||
    tree.kind(`${folder}/conda-meta`) === 'directory'
  )
}
