import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { isBelow, kindOf, readFile, realpathSync } from '../fs.ts'
import { toBytes } from '../ignore/gitignore.ts'
import { gitRoot } from '../roots.ts'
import { isTrue, lastSetting, parseGitConfig } from './config.ts'
import { type GitIndex, readIndex } from './index.ts'

/** A git repository with a work tree, as far as what it tracks and ignores is concerned. */
export interface Repository {
  /** Absolute folder of the work tree. */
  readonly workTree: string
  readonly index: GitIndex
  /** core.ignorecase. */
  readonly foldsCase: boolean
  /** Ignore files that hold for the whole work tree, in order of increasing precedence. One byte per character, names absolute. */
  readonly shared: readonly { readonly file: string; readonly content: string }[]
  /** Paths of the submodules that `.gitmodules` knows, so that they can be fetched. */
  readonly submodules: ReadonlySet<string>
}

/** The repository of a folder, found as git finds it; undefined when there is none or it can't be read. No subprocess. */
export function openRepository(folder: string): Repository | undefined {
  const workTree = gitRoot(folder)
  const gitFolder = workTree === undefined ? undefined : gitFolderOf(workTree)
  if (workTree === undefined || gitFolder === undefined) return undefined
  const common = commonFolder(gitFolder)
  const settings = parseGitConfig(readBytes(join(common, 'config'))?.toString('utf8') ?? '')
  const elsewhere = lastSetting(settings, 'core', 'worktree')
  if (elsewhere !== undefined && !sameFolder(resolve(gitFolder, elsewhere), workTree)) return undefined
  const hashBytes = lastSetting(settings, 'extensions', 'objectformat')?.toLowerCase() === 'sha256' ? 32 : 20
  const bytes = readBytes(join(gitFolder, 'index'))
  const index = bytes && readIndex(bytes, hashBytes, (hash) => readBytes(join(gitFolder, `sharedindex.${hash}`)))
  if (index === undefined) return undefined
  const shared = excludeFiles(workTree, common, settings).flatMap((file) => {
    // A list of the repository, or one of the user's own: nothing else is opened because a repository names it.
    const content = isOwn(file, workTree, common) ? readBytes(file)?.toString('latin1') : undefined
    return content === undefined ? [] : [{ file: toBytes(file), content }]
  })
  const modules =
    index.gitlinks.length === 0
      ? []
      : parseGitConfig(readBytes(join(workTree, '.gitmodules'))?.toString('latin1') ?? '')
  return {
    workTree,
    index,
    foldsCase: isTrue(lastSetting(settings, 'core', 'ignorecase')),
    shared,
    submodules: new Set(
      modules.flatMap(({ section, key, value }) =>
        section === 'submodule' && key === 'path' && value !== undefined ? [value] : [],
      ),
    ),
  }
}

/** Lists of what the whole work tree ignores, in order of increasing precedence. */
function excludeFiles(workTree: string, common: string, settings: ReturnType<typeof parseGitConfig>): string[] {
  const named = lastSetting(settings, 'core', 'excludesfile')
  const own = named === undefined ? [] : [resolve(workTree, named.replace(/^~(?=\/)/, homedir()))]
  return [...own, join(common, 'info/exclude')]
}

const isOwn = (file: string, workTree: string, common: string): boolean =>
  [workTree, common, homedir()].some((folder) => isBelow(folder, file))

/**
 * The files beside the folder itself and those below it that say what git tracks and ignores there, whether or not they exist: what is
 * staged, the repository's settings and lists, and .gitignore of the folders above. Empty without a repository.
 */
export function gitFiles(folder: string): string[] {
  const workTree = gitRoot(folder)
  const gitFolder = workTree === undefined ? undefined : gitFolderOf(workTree)
  if (workTree === undefined || gitFolder === undefined) return []
  const common = commonFolder(gitFolder)
  const config = join(common, 'config')
  const settings = parseGitConfig(readBytes(config)?.toString('utf8') ?? '')
  const lists = excludeFiles(workTree, common, settings).filter((file) => isOwn(file, workTree, common))
  const above = foldersBetween(folder, workTree).map((one) => join(one, '.gitignore'))
  return [join(gitFolder, 'index'), config, join(workTree, '.gitmodules'), ...lists, ...above]
}

/** The folders above one, up to another above it. */
function foldersBetween(folder: string, top: string): string[] {
  const folders: string[] = []
  for (let at = folder; at !== top && dirname(at) !== at; ) {
    at = dirname(at)
    folders.push(at)
  }
  return folders
}

/**
 * `.git` itself, or the folder that the `.git` file of a worktree or submodule names: one that git keeps for those, inside
 * another repository's folder. Another place is not opened.
 */
function gitFolderOf(workTree: string): string | undefined {
  const path = join(workTree, '.git')
  if (kindOf(path) === 'directory') return path
  const named = /^gitdir: ([^\n\r]+)/.exec(readBytes(path)?.toString('utf8') ?? '')?.[1]
  if (named === undefined) return undefined
  const folder = resolve(workTree, named)
  return /[\\/](?:worktrees|modules)[\\/]/.test(folder) ? folder : undefined
}

/** Where a worktree's folder keeps what all worktrees share: the folder that holds its `worktrees`. */
function commonFolder(gitFolder: string): string {
  const named = readBytes(join(gitFolder, 'commondir'))?.toString('utf8').trim()
  const common = named === undefined || named === '' ? gitFolder : resolve(gitFolder, named)
  return common === dirname(dirname(gitFolder)) ? common : gitFolder
}

function sameFolder(a: string, b: string): boolean {
  try {
    return realpathSync(a) === realpathSync(b)
  } catch {
    return false
  }
}

function readBytes(path: string): Buffer | undefined {
  const bytes = readFile(path)
  return typeof bytes === 'string' ? undefined : bytes
}
