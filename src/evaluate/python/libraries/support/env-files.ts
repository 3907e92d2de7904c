import { readText } from '../../../../files/tree.ts'
import type { Machine } from '../../interpreter/machine.ts'
import { treePath } from '../../interpreter/resolution.ts'
import type { PythonRun } from '../../library.ts'

/** Files that readers of environments look for: `.env`, `settings.ini` and the like count only when the dyno has them. */

/** The path in the tree of an absolute path or one relative to the working directory. */
export function pathInTree(run: PythonRun, path: string): string | undefined {
  return treePath((run as Machine).session, path)
}

/** Text of a file that is on the dyno; undefined when it is not there or cannot be read. */
export function readPresent(run: PythonRun, path: string): string | undefined {
  return run.isPresent(path) ? readText(run.tree, path)?.text : undefined
}

/** Absolute path of a file of the tree. */
export function absolutePath(run: PythonRun, path: string): string {
  return `${(run as Machine).session.home}/${path}`
}

/** Folder of the calling module's file, relative to the tree. */
export function callerFolder(run: PythonRun): string | undefined {
  const file = run.caller.file
  if (file === undefined) return undefined
  const at = file.lastIndexOf('/')
  return at === -1 ? '' : file.slice(0, at)
}

/** `name` in a folder of the tree. */
export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`
}

/** The folder itself, then each above it up to the tree's root. */
export function upwards(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/')
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).join('/'))
}
