import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import fc from 'fast-check'

/** How a repository is made: formats, then what is put into its index in two steps. */
export interface IndexCase {
  readonly version: 2 | 3 | 4
  readonly sha256: boolean
  /** The second step goes into a file of its own that builds on the first. */
  readonly split: boolean
  readonly first: readonly IndexEntry[]
  readonly second: readonly IndexEntry[]
  readonly removed: readonly string[]
  readonly skipped: readonly string[]
  /** Announced with `git add --intent-to-add`: no content yet. */
  readonly announced: readonly string[]
}

export interface IndexEntry {
  readonly path: string
  readonly kind: 'file' | 'program' | 'link' | 'gitlink' | 'conflict'
}

/** What the index files of a case are, and what git says is tracked. Names hold one byte per character. */
export interface IndexVector {
  readonly hashBytes: 20 | 32
  readonly index: string
  readonly shared: Readonly<Record<string, string>>
  readonly names: readonly string[]
  readonly links: readonly string[]
  readonly gitlinks: readonly string[]
  readonly sparse: readonly string[]
}

const path = fc
  .array(
    fc.constantFrom(
      'a',
      'app',
      'chat',
      'é',
      'settings.py',
      'x y',
      'static',
      'long-name-of-a-folder-that-goes-on',
      '日本',
    ),
    { minLength: 1, maxLength: 4 },
  )
  .map((names) => names.join('/'))
const entry = fc.record({
  path,
  kind: fc.oneof(
    { weight: 12, arbitrary: fc.constant('file' as const) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('program' as const, 'link' as const, 'gitlink' as const, 'conflict' as const),
    },
  ),
})

/** `size`: how many paths at most. */
export const indexCase = (size: number): fc.Arbitrary<IndexCase> =>
  fc
    .record({
      version: fc.constantFrom(2 as const, 3 as const, 4 as const),
      sha256: fc.boolean(),
      split: fc.boolean(),
      first: fc.uniqueArray(entry, { minLength: 1, maxLength: size, selector: ({ path }) => path }),
      second: fc.uniqueArray(entry, { maxLength: 20, selector: ({ path }) => path }),
      dropped: fc.array(fc.nat(size), { maxLength: size / 6 }),
      skipping: fc.array(fc.nat(size), { maxLength: 4 }),
      announced: fc.uniqueArray(
        path.map((one) => `new/${one}`),
        { maxLength: 3 },
      ),
    })
    .map(({ dropped, skipping, first, announced, ...rest }) => {
      const plain = first.filter(({ kind }) => kind === 'file').map(({ path }) => path)
      const pick = (numbers: readonly number[]): string[] => [
        ...new Set(numbers.map((n) => plain[n]).filter((one) => one !== undefined)),
      ]
      return {
        ...rest,
        first,
        removed: pick(dropped),
        skipped: pick(skipping),
        announced: announced.filter((one) => !announced.some((other) => other.startsWith(`${one}/`))),
      }
    })

const modes = { file: '100644', program: '100755', link: '120000', gitlink: '160000', conflict: '100644' }

/** Makes the repository of a case with the real git in `folder`, which must not exist. */
export function makeRepository(folder: string, example: IndexCase): IndexVector {
  mkdirSync(folder, { recursive: true })
  const git = (args: readonly string[], input = ''): Buffer =>
    execFileSync('git', args, {
      cwd: folder,
      input,
      env: environment(folder),
      stdio: ['pipe', 'pipe', 'pipe'],
    })
  git(['init', '-q', `--object-format=${example.sha256 ? 'sha256' : 'sha1'}`])
  git(['config', 'splitIndex.maxPercentChange', '100'])
  const digits = example.sha256 ? 64 : 40
  const info = (entries: readonly IndexEntry[], digit: string): string =>
    entries
      .flatMap(({ path, kind }) =>
        (kind === 'conflict' ? [1, 2, 3] : [0]).map(
          (stage) => `${modes[kind]} ${digit.repeat(digits)} ${stage}\t${path}\0`,
        ),
      )
      .join('')
  git(['update-index', '-z', '--index-info'], info(example.first, '1'))
  git(['update-index', '--index-version', String(example.version)])
  const kept = trackedBy(git)
  const skipped = example.skipped.filter((one) => kept.includes(one))
  git(['update-index', '-z', '--skip-worktree', '--stdin'], skipped.map((one) => `${one}\0`).join(''))
  if (example.split) git(['update-index', '--split-index'])
  const removal = example.removed.map((one) => `0 ${'0'.repeat(digits)}\t${one}\0`).join('')
  git(['update-index', '-z', '--index-info'], removal + info(example.second, '2'))
  for (const one of example.announced) {
    mkdirSync(dirname(join(folder, one)), { recursive: true })
    writeFileSync(join(folder, one), '')
    git(['add', '--intent-to-add', '--', one])
  }
  return vectorOf(folder, example.sha256, new Set(example.announced.map(bytesOf)))
}

/** A repository whose index lists the folders outside the checked-out cone as one entry each. */
export function makeSparseRepository(folder: string): IndexVector {
  mkdirSync(folder, { recursive: true })
  const git = (...args: string[]): Buffer =>
    execFileSync('git', args, { cwd: folder, env: environment(folder), stdio: 'pipe' })
  git('init', '-q')
  for (const path of ['Procfile', 'app/settings.py', 'docs/a/b.md', 'docs/c.md', 'web/x.js']) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), path)
  }
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '-q', '-m', 'all')
  git('sparse-checkout', 'set', '--cone', '--sparse-index', 'app')
  return vectorOf(folder, false, new Set())
}

function environment(folder: string): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', GIT_CEILING_DIRECTORIES: dirname(folder) }
}

function trackedBy(git: (args: readonly string[]) => Buffer): string[] {
  return git(['ls-files', '-z']).toString('utf8').split('\0').filter(Boolean)
}

/** The index files of a repository and what `git ls-files` says of them. */
export function vectorOf(folder: string, sha256: boolean, announced: ReadonlySet<string>): IndexVector {
  const listed = execFileSync('git', ['ls-files', '-z', '--stage', '--sparse'], {
    cwd: folder,
    env: environment(folder),
  }).toString('latin1')
  const names = new Map<string, string>()
  for (const line of listed.split('\0').filter(Boolean)) {
    const [mode, name] = [line.slice(0, 6), line.slice(line.indexOf('\t') + 1)]
    names.set(name, mode)
  }
  const of = (...wanted: string[]): string[] =>
    [...names].filter(([name, mode]) => wanted.includes(mode) && !announced.has(name)).map(([name]) => name)
  const read = (file: string): string => readFileSync(join(folder, '.git', file)).toString('base64')
  return {
    hashBytes: sha256 ? 32 : 20,
    index: read('index'),
    shared: Object.fromEntries(
      readdirSync(join(folder, '.git'))
        .filter((file) => file.startsWith('sharedindex.'))
        .map((file) => [file.slice('sharedindex.'.length), read(file)]),
    ),
    names: of('100644', '100755', '120000'),
    links: of('120000'),
    gitlinks: of('160000'),
    sparse: of('040000'),
  }
}

function bytesOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}
