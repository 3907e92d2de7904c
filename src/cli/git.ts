import { spawnSync } from 'node:child_process'
import { extname, relative, sep } from 'node:path'
import { realpathSync } from '../files/fs.ts'
import { type GitEntry, type GitFolder, gitPresence, gitTree } from '../files/git/objects-tree.ts'
import { maxFileBytes } from '../files/limits.ts'
import { gitRoot } from '../files/roots.ts'
import { disk, type Source } from '../files/source.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { type Io, UsageError } from './io.ts'

/**
 * What git holds, asked of the user's own `git` and only for `--staged`, `--rev` and `--since`. Every command only reads
 * objects by name; nothing that a repository's configuration names is run: no hook, filter, pager, monitor, external diff or
 * transport (a partial clone fetches nothing).
 */

/** The index, or a commit. */
export type GitState = 'index' | { readonly commit: string }

/** Commands on a repository that is as large as it gets end in seconds; a file system may hang. */
const seconds = 60
const maxOutput = 1024 * 1024 * 1024

const settings = [
  'core.fsmonitor=false',
  'core.hooksPath=/dev/null',
  'core.sshCommand=false',
  'core.pager=cat',
  'core.askPass=',
  'credential.helper=',
  'protocol.allow=never',
]

/** What git may see of the environment: nothing that redirects it (`GIT_DIR`, `GIT_CONFIG_*`, `GIT_TRACE`, …). */
const kept = ['PATH', 'HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'SYSTEMROOT', 'SystemRoot', 'TMPDIR', 'TEMP', 'TMP']

/** A repository, asked through its work tree. */
export interface Git {
  readonly top: string
  run(args: readonly string[], input?: string): { readonly code: number; readonly out: Buffer; readonly err: string }
}

/**
 * The repository of a folder.
 * @throws UsageError outside a repository, and when there is no git to ask
 */
export function openGit(folder: string, io: Pick<Io, 'env'>): Git {
  const top = gitRoot(realpathSync(folder))
  if (top === undefined) {
    throw new UsageError({
      en: '--staged, --rev and --since need a git repository, and this is not one',
      fr: '--staged, --rev et --since demandent un dépôt git, et ceci n’en est pas un',
    })
  }
  const env = {
    ...Object.fromEntries(kept.flatMap((name) => (io.env[name] === undefined ? [] : [[name, io.env[name]]]))),
    // A hook of `git commit FILE` is told by it which index is about to be committed.
    ...(io.env.GIT_INDEX_FILE !== undefined && { GIT_INDEX_FILE: io.env.GIT_INDEX_FILE }),
    LC_ALL: 'C',
    GIT_ALLOW_PROTOCOL: '',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
  }
  const before = ['--no-pager', '--literal-pathspecs', ...settings.flatMap((setting) => ['-c', setting])]
  return {
    top,
    run(args, input) {
      const { status, stdout, stderr, error } = spawnSync('git', [...before, ...args], {
        cwd: top,
        env,
        input: input ?? '',
        timeout: seconds * 1000,
        maxBuffer: maxOutput,
        windowsHide: true,
      })
      if (error !== undefined) throw notRun((error as NodeJS.ErrnoException).code ?? error.message)
      return { code: status ?? 1, out: stdout, err: stderr.toString('utf8') }
    },
  }
}

/**
 * The commit that a name stands for.
 * @throws UsageError when there is none
 */
export function commitOf(git: Git, rev: string): string {
  const { code, out } = git.run(['rev-parse', '--verify', '--quiet', '--end-of-options', `${rev}^{commit}`])
  const hash = out.toString('utf8').trim().split('\n').at(-1) ?? ''
  if (code === 0 && /^[0-9a-f]{40,64}$/.test(hash)) return hash
  const shallow = git.run(['rev-parse', '--is-shallow-repository']).out.toString('utf8').trim() === 'true'
  throw new UsageError({
    en: `git knows no commit “${rev}”${shallow ? ': this clone is shallow (actions/checkout: fetch-depth: 0)' : ''}`,
    fr: `git ne connaît pas de commit « ${rev} »${shallow ? ' : l’historique de ce clone est incomplet (actions/checkout : fetch-depth: 0)' : ''}`,
  })
}

/** Where the present branch left a commit's: what came to the other since is none of this one's doing. */
export function forkPoint(git: Git, commit: string): string {
  const { code, out } = git.run(['merge-base', commit, 'HEAD'])
  const hash = out.toString('utf8').trim()
  return code === 0 && /^[0-9a-f]{40,64}$/.test(hash) ? hash : commit
}

/** Apps as the index or a commit of a repository holds them. */
export function gitSource(git: Git, state: GitState): Source {
  const { top } = git
  const all = state === 'index' ? stagedEntries(git) : committedEntries(git, state.commit)
  const content = contents(git, all)
  const folders = new Map<string, GitFolder>()
  const folder = (root: string): GitFolder =>
    getOrInsert(folders, root, () => {
      const prefix = root === top ? '' : `${nameIn(top, root)}/`
      const below = [...all].flatMap(([name, entry]) =>
        name.startsWith(prefix) ? [[name.slice(prefix.length), entry] as const] : [],
      )
      return {
        root,
        entries: new Map(below),
        content,
        disk: disk.kindOf(root) === 'directory' ? disk.tree(root) : empty(root),
      }
    })
  const whole = gitTree(folder(top))
  const kindOf: Source['kindOf'] = (path) => {
    const name = nameIn(top, path)
    return name === undefined ? undefined : whole.kind(name)
  }
  return {
    isDisk: false,
    kindOf,
    foldersIn: (path) =>
      whole.list(nameIn(top, path) ?? '').flatMap(({ name, kind }) => (kind === 'directory' ? [name] : [])),
    real: (path) => path,
    tree: (root, options) => gitTree(folder(root), options),
    presence: (root, slugignore) => gitPresence(folder(root), slugignore),
  }
}

const empty = (root: string): GitFolder['disk'] => ({
  root,
  kind: () => undefined,
  read: () => 'absent',
  list: () => [],
})

/** The path from a folder, with `/`; undefined outside of it. */
function nameIn(top: string, path: string): string | undefined {
  const name = relative(top, path).split(sep).join('/')
  return name === '..' || name.startsWith('../') ? undefined : name
}

type Entries = ReadonlyMap<string, GitEntry>

/** `100644 HASH STAGE\tNAME`, each ended by a zero. Of a path in conflict the first version counts. */
function stagedEntries(git: Git): Entries {
  const entries = new Map<string, GitEntry>()
  for (const [, mode = '', hash = '', name = ''] of records(
    git,
    ['ls-files', '--stage', '-z'],
    /^(\d{6}) ([0-9a-f]+) \d\t(.*)$/s,
  )) {
    if (!entries.has(name)) entries.set(name, { mode, hash })
  }
  return entries
}

/** `100644 blob HASH\tNAME`, each ended by a zero. */
function committedEntries(git: Git, commit: string): Entries {
  const listed = records(git, ['ls-tree', '-r', '-z', '--full-tree', commit], /^(\d{6}) \w+ ([0-9a-f]+)\t(.*)$/s)
  return new Map(listed.map(([, mode = '', hash = '', name = '']) => [name, { mode, hash }]))
}

function records(git: Git, args: readonly string[], form: RegExp): RegExpExecArray[] {
  const { code, out, err } = git.run(args)
  if (code !== 0) throw notRun(err.trim().split('\n')[0] ?? String(code))
  return out
    .toString('utf8')
    .split('\0')
    .flatMap((record) => {
      const match = form.exec(record)
      return match === null ? [] : [match]
    })
}

/**
 * Contents by hash. The first file of a kind (`.py`) brings all of that kind, in one command: a project is read by kinds, and
 * a command for each file would take longer than the check. What is too large to be read is not asked for.
 */
function contents(git: Git, all: Entries): GitFolder['content'] {
  const known = new Map<string, ReturnType<GitFolder['content']>>()
  return ({ hash }, path) => {
    if (!known.has(hash)) {
      const kind = extname(path)
      const wanted = new Set([hash])
      for (const [name, entry] of all) if (entry.mode !== '160000' && extname(name) === kind) wanted.add(entry.hash)
      const hashes = [...wanted].filter((one) => !known.has(one))
      const sizes = sizesOf(git, hashes)
      const small = hashes.filter((one) => (sizes.get(one) ?? Number.POSITIVE_INFINITY) <= maxFileBytes)
      for (const one of hashes) known.set(one, sizes.has(one) ? 'too-large' : 'unreadable')
      for (const [one, bytes] of blobs(git, small)) known.set(one, bytes)
    }
    return known.get(hash) ?? 'unreadable'
  }
}

/** Sizes of the objects that are here: `HASH blob SIZE` a line, `HASH missing` for others. */
function sizesOf(git: Git, hashes: readonly string[]): ReadonlyMap<string, number> {
  const { out } = git.run(['cat-file', '--batch-check', '--buffer'], hashes.map((hash) => `${hash}\n`).join(''))
  const lines = out.toString('utf8').split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [hash = '', kind, size] = line.split(' ')
      return kind === 'blob' ? [[hash, Number(size)] as const] : []
    }),
  )
}

/** `HASH blob SIZE`, a line end, that many bytes, a line end. */
function blobs(git: Git, hashes: readonly string[]): [hash: string, bytes: Uint8Array][] {
  if (hashes.length === 0) return []
  const { out } = git.run(['cat-file', '--batch', '--buffer'], hashes.map((hash) => `${hash}\n`).join(''))
  const found: [string, Uint8Array][] = []
  for (let at = 0; at < out.length; ) {
    const end = out.indexOf(10, at)
    const [hash = '', kind, size] = out.toString('latin1', at, end).split(' ')
    at = end + 1
    if (kind !== 'blob') continue
    // A copy of its own: the buffer of all of them need not stay.
    found.push([hash, Uint8Array.from(out.subarray(at, at + Number(size)))])
    at += Number(size) + 1
  }
  return found
}

function notRun(why: string): UsageError {
  return why === 'ENOENT'
    ? new UsageError({
        en: '--staged, --rev and --since ask git, which is not on PATH',
        fr: '--staged, --rev et --since interrogent git, qui n’est pas dans le PATH',
      })
    : new UsageError({ en: `git could not answer: ${why}`, fr: `git n’a pas pu répondre : ${why}` })
}
