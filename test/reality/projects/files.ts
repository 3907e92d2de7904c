import { spawnSync } from 'node:child_process'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { memoryTree } from '../../../src/files/memory.ts'
import { presenceIn } from '../../support/presence.ts'
import { hashOf, type Project, type ProjectFile } from '../tree.ts'

/** The plain files git tracks in a folder (its index), read from the disk. Throws when the folder is no working tree. */
export function trackedFiles(folder: string): Map<string, ProjectFile> {
  const listed = spawnSync('git', ['-C', folder, 'ls-files', '-s', '-z'], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (listed.status !== 0) throw new Error(`${folder}: ${listed.stderr.trim()}`)
  const files = new Map<string, ProjectFile>()
  for (const line of listed.stdout.split('\0')) {
    const [, mode, path] = /^(\d{6}) [0-9a-f]+ \d\t(.*)$/su.exec(line) ?? []
    // A symbolic link could lead out of the tree, and a submodule is another repository.
    if (path === undefined || !mode?.startsWith('100')) continue
    const stat = lstatSync(join(folder, path), { throwIfNoEntry: false })
    if (stat?.isFile() !== true) continue
    files.set(path, { bytes: readFileSync(join(folder, path)), executable: mode === '100755' })
  }
  return files
}

/** The files of a folder that the rig wrote itself. */
export function filesOf(folder: string): Map<string, ProjectFile> {
  const files = new Map<string, ProjectFile>()
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    const executable = (lstatSync(path).mode & 0o100) !== 0
    files.set(relative(folder, path).split(sep).join('/'), { bytes: readFileSync(path), executable })
  }
  return files
}

/** The project these files are, all of them tracked. */
export function projectWith(files: ReadonlyMap<string, ProjectFile>): Project {
  const tree = memoryTree(Object.fromEntries([...files].map(([path, file]) => [path, file.bytes])))
  return {
    files,
    tree,
    presence: presenceIn(tree, [...files.keys()], { untracked: [], ignored: [] }),
    hash: hashOf(files, []),
  }
}
