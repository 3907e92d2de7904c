import { existsSync, lstatSync, mkdirSync, realpathSync, type Stats } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join, resolve, sep } from 'node:path'
import type { Io } from './io.ts'
import { keepProgram } from './kept-program.ts'

interface Keeping {
  readonly enableCompileCache: (folder: string) => unknown
}

/** What ends at once. */
export const isBrief = (argument: string): boolean => /^(-V|-h|(--)?help|--version)$/.test(argument)

/** Of `v20.19.0`. */
export const nodeMajor = Number(process.version.slice(1, 3))

/**
 * Keeps the compiled program for the next run: by Node's own means (22.1 and later; it holds what it reads back against the source
 * and a checksum, and compiles anew when either differs), on Node 20 by ours. What is kept is executed, so it must lie where nobody
 * but the user can have put it: below the home folder that the user database names, never where an environment variable points,
 * which may be the project under check, and never inside a folder that is checked.
 * @param program the folder of the tool's own files; undefined where they are loaded from somewhere else
 */
export function useCompileCache(
  cwd: string,
  args: readonly string[],
  env: Io['env'],
  program: string | undefined,
): void {
  if (env.DYNOLINT_NO_CACHE || args.some((argument) => argument === '--no-cache' || isBrief(argument))) return
  try {
    const folder = privateFolder()
    const checked = [cwd, ...args.filter((argument) => !argument.startsWith('-'))]
    if (folder === undefined || checked.some((path) => holds(resolve(cwd, path), folder))) return
    if (nodeMajor >= 22) (process.getBuiltinModule('node:module') as unknown as Keeping).enableCompileCache(folder)
    else if (program) keepProgram(folder, program)
  } catch {
    // A user without a home, or with one that cannot be written: every run compiles anew.
  }
}

/**
 * `~/.cache/dynolint` (macOS: `~/Library/Caches/dynolint`), made when it is missing. Undefined when a folder on the way is
 * a link, belongs to another user, or can be written by others; when a repository holds it; and where such rights cannot be
 * told (Windows).
 */
export function privateFolder(home: string = userInfo().homedir): string | undefined {
  const user = process.getuid?.()
  const parts = process.platform === 'darwin' ? ['Library', 'Caches', 'dynolint'] : ['.cache', 'dynolint']
  let folder = realpathSync(home)
  for (const part of ['', ...parts]) {
    folder = join(folder, part)
    const stats = lstatSync(folder, { throwIfNoEntry: false }) ?? made(folder)
    if (!stats.isDirectory() || stats.uid !== user || (stats.mode & 0o022) !== 0) return undefined
  }
  return inRepository(folder) ? undefined : folder
}

/** A repository brings files with it. */
function inRepository(folder: string): boolean {
  const above = dirname(folder)
  return existsSync(join(folder, '.git')) || (above !== folder && inRepository(above))
}

function made(folder: string): Stats {
  mkdirSync(folder, { mode: 0o700 })
  return lstatSync(folder)
}

/** Whether the folder lies in what a path names; a path that leads nowhere (a value of an option) holds nothing. */
function holds(path: string, folder: string): boolean {
  try {
    const real = realpathSync(path)
    return folder === real || folder.startsWith(real.endsWith(sep) ? real : real + sep)
  } catch {
    return false
  }
}
