import { join, relative, resolve, sep } from 'node:path'
import { lstatSync, readFile, realpathSync } from './fs.ts'
import { openRepository, type Repository } from './git/repository.ts'
import { fromBytes, gitignoreRules, toBytes } from './ignore/gitignore.ts'
import { slugIgnore } from './ignore/slugignore.ts'
import { alwaysPresent, type IgnoreLine, type Presence, type WhyAbsent } from './present.ts'
import { normalise } from './tree.ts'

export interface PresenceOptions {
  /** Whether the platform removes what `.slugignore` lists: classic Heroku alone does. */
  readonly slugignore?: boolean
}

/**
 * What the push carries of an app on the disk: what the index of its repository tracks, less what `.slugignore`
 * removes. Reads git's files itself, on the first question. Never throws.
 */
export function presenceOf(root: string, { slugignore = true }: PresenceOptions = {}): Presence {
  let opened: Presence | undefined
  const presence = (): Presence => {
    opened ??= open(root, slugignore)
    return opened
  }
  return {
    get known() {
      return presence().known
    },
    isPresent: (path) => presence().isPresent(path),
    why: (path) => presence().why(path),
    ignoredBy: (path) => presence().ignoredBy(path),
    isExecutable: (path) => presence().isExecutable(path),
    recorded: (path) => presence().recorded(path),
  }
}

function open(root: string, slugignore: boolean): Presence {
  try {
    const realRoot = realpathSync(root)
    const repository = openRepository(realRoot)
    if (repository === undefined) return withoutIndex(realRoot, slugignore)
    const prefix = toBytes(relative(realpathSync(repository.workTree), realRoot).split(sep).join('/'))
    return inRepository(repository, realRoot, prefix === '' ? '' : `${prefix}/`, slugignore)
  } catch {
    return alwaysPresent
  }
}

/** Where git tracks nothing yet, everything is there but what `.slugignore` removes of each push. */
function withoutIndex(realRoot: string, slugignore: boolean): Presence {
  const content = slugignore ? contentOf(join(realRoot, '.slugignore'), realRoot) : undefined
  if (content === undefined) return alwaysPresent
  const slug = slugIgnore(content)
  const lineOf = (path: string): number | undefined => slug.removes(toBytes(normalise(path) ?? ''))
  return {
    ...alwaysPresent,
    isPresent: (path) => lineOf(path) === undefined,
    why: (path) => (lineOf(path) === undefined ? undefined : 'slugignored'),
    ignoredBy(path) {
      const line = lineOf(path)
      return line === undefined ? undefined : { file: '.slugignore', line }
    },
  }
}

/** Why a path is absent and which line says so. `path` is relative to the work tree, in bytes. */
interface Absence {
  readonly why: WhyAbsent
  readonly by: IgnoreLine | undefined
}

function inRepository(repository: Repository, realRoot: string, prefix: string, slugignore: boolean): Presence {
  const { names, links, executables, gitlinks, sparse } = repository.index
  const tracked = below(names, prefix)
  if (tracked.start === tracked.end && !sparse.some((folder) => folder.startsWith(prefix)))
    return withoutIndex(realRoot, slugignore)

  const slugFile = `${prefix}.slugignore`
  const slug =
    slugignore && has(names, slugFile)
      ? slugIgnore(contentOf(join(realRoot, '.slugignore'), realRoot) ?? '')
      : undefined
  const top = realpathSync(repository.workTree)
  const rules = gitignoreRules({
    gitignore: (folder) => contentOf(join(repository.workTree, fromBytes(folder), '.gitignore'), top),
    shared: repository.shared,
    foldsCase: repository.foldsCase,
  })
  const answers = new Map<string, Absence | undefined>()

  function absence(path: string): Absence | undefined {
    const name = normalise(path)
    if (name === undefined || name === '') return undefined
    if (!answers.has(name)) answers.set(name, find(prefix + toBytes(name)))
    return answers.get(name)
  }

  function find(path: string): Absence | undefined {
    if (has(names, path)) return links.has(path) ? ofTarget(path) : slugAbsence(path)
    const range = below(names, `${path}/`)
    if (range.start < range.end) return folderAbsence(range)
    if (sparse.some((folder) => path.startsWith(folder) || folder.startsWith(`${path}/`))) return undefined
    const gitlink = gitlinks.find((one) => path === one || path.startsWith(`${one}/`))
    if (gitlink !== undefined)
      return repository.submodules.has(gitlink) ? undefined : { why: 'submodule', by: undefined }
    if (folders(path).some((folder) => links.has(folder))) return ofTarget(path)
    const decision = rules.decide(path, isFolder(path))
    if (decision === undefined || decision.pattern.negated) return { why: 'untracked', by: undefined }
    return { why: 'ignored', by: { file: named(decision.list.file), line: decision.pattern.line } }
  }

  /** A link is in the push as a link: what counts is where it leads. */
  function ofTarget(path: string): Absence | undefined {
    let target: string
    try {
      target = relative(realRoot, realpathSync(join(repository.workTree, fromBytes(path))))
        .split(sep)
        .join('/')
    } catch {
      return undefined
    }
    const name = normalise(target)
    return name === undefined || prefix + toBytes(name) === path ? undefined : absence(name)
  }

  function slugAbsence(path: string): Absence | undefined {
    const line = slug?.removes(path.slice(prefix.length))
    return line === undefined ? undefined : { why: 'slugignored', by: { file: '.slugignore', line } }
  }

  /** A folder is there as long as one of its files is. */
  function folderAbsence({ start, end }: Range): Absence | undefined {
    let first: Absence | undefined
    for (let i = start; i < end; i++) {
      const gone = slugAbsence(names[i] as string)
      if (gone === undefined) return undefined
      first ??= gone
    }
    return first
  }

  function isFolder(path: string): boolean {
    return lstatSync(join(repository.workTree, fromBytes(path)), { throwIfNoEntry: false })?.isDirectory() === true
  }

  function named(file: string): string {
    const absolute = resolve(repository.workTree, fromBytes(file))
    return absolute.startsWith(repository.workTree + sep) ? relative(realRoot, absolute).split(sep).join('/') : absolute
  }

  return {
    known: true,
    isPresent: (path) => absence(path) === undefined,
    why: (path) => absence(path)?.why,
    ignoredBy: (path) => absence(path)?.by,
    isExecutable(path) {
      const name = normalise(path)
      const full = prefix + toBytes(name ?? '')
      return name === undefined || links.has(full) || !has(names, full) ? undefined : executables.has(full)
    },
    recorded(path) {
      const name = normalise(path)
      return name === undefined ? undefined : repository.index.recorded(prefix + toBytes(name))
    },
  }
}

interface Range {
  readonly start: number
  readonly end: number
}

/** Positions of the names below a folder (`''` or ending with `/`), in sorted names. */
function below(names: readonly string[], folder: string): Range {
  // `0` is the character after `/`.
  return {
    start: firstFrom(names, folder),
    end: folder === '' ? names.length : firstFrom(names, `${folder.slice(0, -1)}0`),
  }
}

function has(names: readonly string[], name: string): boolean {
  return names[firstFrom(names, name)] === name
}

function firstFrom(names: readonly string[], name: string): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((names[middle] as string) < name) low = middle + 1
    else high = middle
  }
  return low
}

function folders(path: string): string[] {
  return [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index))
}

/** Bytes of a file of its own; undefined for a link, which git does not follow here, and for what can't be read. */
function contentOf(file: string, inside: string): string | undefined {
  try {
    const bytes = lstatSync(file).isFile() ? readFile(file, inside) : undefined
    return typeof bytes === 'object' ? bytes.toString('latin1') : undefined
  } catch {
    return undefined
  }
}
