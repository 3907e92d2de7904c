import { gitignoreRules, toBytes } from '../../src/files/ignore/gitignore.ts'
import { slugIgnore } from '../../src/files/ignore/slugignore.ts'
import { alwaysPresent, type IgnoreLine, type Presence, type WhyAbsent } from '../../src/files/present.ts'
import { type FileTree, readText } from '../../src/files/tree.ts'

/** What a page says git does not track: paths of files or folders. */
export interface Untracked {
  readonly untracked: readonly string[]
  readonly ignored: readonly string[]
  /** Folders that git records as a commit of another repository, which nothing fetches. */
  readonly submodules?: readonly string[]
  /** Files that git records as executable; undefined: nobody knows the modes. */
  readonly executable?: readonly string[] | undefined
}

/** The push of a tree in memory: everything but what is said to be untracked, less what the tree's `.slugignore` removes. */
export function presenceIn(
  tree: FileTree,
  paths: readonly string[],
  { untracked, ignored, submodules = [], executable }: Untracked,
): Presence {
  const slugFile = readText(tree, '.slugignore')?.text
  if ([...untracked, ...ignored, ...submodules].length === 0 && slugFile === undefined && executable === undefined)
    return alwaysPresent
  const slug = slugIgnore(toBytes(slugFile ?? ''))
  const rules = gitignoreRules({
    gitignore(folder) {
      const text = readText(tree, folder === '' ? '.gitignore' : `${folder}/.gitignore`)?.text
      return text === undefined ? undefined : toBytes(text)
    },
    shared: [],
    foldsCase: false,
  })

  function find(path: string): { why: WhyAbsent; by: IgnoreLine | undefined } | undefined {
    if (within(path, submodules)) return { why: 'submodule', by: undefined }
    const below = paths.filter((one) => one === path || one.startsWith(`${path}/`))
    const tracked = below.filter((one) => !within(one, untracked) && !within(one, ignored))
    const lines = tracked.map((one) => slug.removes(toBytes(one)))
    if (path === '' || lines.some((line) => line === undefined)) return undefined
    if (lines[0] !== undefined) return { why: 'slugignored', by: { file: '.slugignore', line: lines[0] } }
    const decision = rules.decide(toBytes(path), tree.kind(path) === 'directory')
    if (decision !== undefined && !decision.pattern.negated) {
      return { why: 'ignored', by: { file: decision.list.file, line: decision.pattern.line } }
    }
    return { why: within(path, ignored) ? 'ignored' : 'untracked', by: undefined }
  }

  return {
    known: true,
    isPresent: (path) => find(path) === undefined,
    why: (path) => find(path)?.why,
    ignoredBy: (path) => find(path)?.by,
    isExecutable: (path) =>
      executable === undefined || tree.kind(path) !== 'file' ? undefined : executable.includes(path),
    recorded: () => undefined,
  }
}

function within(path: string, names: readonly string[]): boolean {
  return names.some((name) => path === name || path.startsWith(`${name}/`))
}
