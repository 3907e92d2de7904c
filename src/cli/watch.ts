import { dirname, join, relative, resolve } from 'node:path'
import { configNames } from '../config/names.ts'
import type { Language } from '../contracts/text.ts'
import { gitFiles } from '../files/git/repository.ts'
import { type KeptFiles, keptDisk } from '../files/kept.ts'
import { gitRoot } from '../files/roots.ts'
import { disk, type Source } from '../files/source.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { nearestConfig } from '../open/open.ts'
import type { CommandLine } from './args.ts'
import type { Outcome } from './check.ts'
import { exit, type Io, problem, UsageError } from './io.ts'
import { type WatchedSet, watchedPlaces } from './watched-places.ts'

type Check = (source: Source, io: Io) => Promise<Outcome>

/**
 * `check --watch`: checks, and again whenever a file changes that a check may read, until Ctrl-C or until nobody reads what is
 * printed. Files that did not change are not read anew by the parsers. Standard output holds reports alone, and only those that
 * differ from the one before; standard error says what is going on.
 * @throws UsageError when the first check does
 */
export async function watched(args: CommandLine, io: Io, check: Check): Promise<number> {
  const kept = new Map<string, KeptFiles>()
  // A new one each time: what an app was opened with is remembered with its source.
  const source = (): Source => ({
    ...disk,
    tree: (root, options) => {
      const files = getOrInsert(kept, root, () => new Map())
      return keptDisk(root, files, options)
    },
  })
  const shown = reports(io)
  let { roots } = await shown.next(source(), check)
  const changes = watchedPlaces()
  try {
    // What changed before all was watched.
    await again(undefined)
    io.err(`${words.begin[args.language]}\n`)
    while (io.closed?.() !== true) {
      const files = await changes.next()
      if (files === undefined) break
      await again(files)
    }
  } finally {
    changes.end()
  }
  return exit.clean

  async function again(files: readonly string[] | undefined): Promise<void> {
    const start = io.now?.() ?? 0
    try {
      // First, so that what changes meanwhile is checked next.
      changes.watch(await placesOf(roots, args, io, source()))
      const outcome = await shown.next(source(), check)
      if (outcome.roots.join('\n') !== roots.join('\n')) {
        roots = outcome.roots
        changes.watch(await placesOf(roots, args, io, source()))
      }
      // Where standard error goes into a file of the project, the line would be the next change.
      if (files === undefined || (!outcome.isNew && io.status === undefined)) return
      io.err(`${told(files, (io.now?.() ?? 0) - start, outcome.isNew, args.language, io)}\n`)
    } catch (error) {
      // What is wrong now may be mended in a moment.
      if (!(error instanceof UsageError)) throw error
      shown.forget()
      io.err(problem(error, args.language))
    }
  }
}

const words = {
  begin: { en: 'watching the files; Ctrl-C ends it', fr: 'les fichiers sont surveillés\u202f; Ctrl-C y met fin' },
}

/** `backend/settings.py changed: checked in 12 ms, the same as before`. */
function told(files: readonly string[], time: number, isNew: boolean, language: Language, { cwd }: Io): string {
  const [first = ''] = files
  const name = relative(cwd, first)
  const took = time.toFixed(0)
  if (language === 'fr') {
    const what = files.length === 1 ? `${name} a changé` : `${files.length} fichiers ont changé`
    return `${what}\u00a0: vérifié en ${took}\u00a0ms${isNew ? '' : ', rien de nouveau'}`
  }
  const what = files.length === 1 ? `${name} changed` : `${files.length} files changed`
  return `${what}: checked in ${took} ms${isNew ? '' : ', nothing new'}`
}

/** Reports one after the other: each is written when it is another than the one before, on a terminal on a screen of its own. */
function reports(io: Io) {
  let last: string | undefined
  return {
    /** The next report is written whatever it says. */
    forget(): void {
      last = ''
    },
    async next(source: Source, check: Check): Promise<Outcome & { readonly isNew: boolean }> {
      let text = ''
      const outcome = await check(source, {
        ...io,
        today: io.clock?.() ?? io.today,
        out(part) {
          text += part
        },
      })
      const isNew = text !== last
      if (isNew) {
        if (last !== undefined) io.out(io.terminal ? freshScreen(io.rows ?? 0) : '\n')
        io.out(text)
      }
      last = text
      return { ...outcome, isNew }
    },
  }
}

/** Empties the screen. What stood there can be scrolled back to. */
const freshScreen = (rows: number): string => `${'\n'.repeat(rows)}\x1b[H\x1b[J`

/**
 * What a check of some app roots may read: all below them, configurations above and what they name, what the command line names, and what
 * says what git tracks and ignores.
 */
async function placesOf(roots: readonly string[], args: CommandLine, { cwd }: Io, source: Source): Promise<WatchedSet> {
  const { snapshot, configVars, addons, ps } = args.facts
  const named = [args.config, args.baseline, snapshot, configVars, addons, ps].filter((file) => file !== undefined)
  const around: string[] = []
  for (const root of roots) {
    const above = foldersAbove(root).flatMap((folder) => configNames.map((name) => join(folder, name)))
    around.push(...above, ...(await namedByConfig(root, args, cwd, source)), ...gitFiles(root))
  }
  return { trees: roots, files: [...around, ...named.map((file) => resolve(cwd, file))] }
}

/** The snapshot and the baseline of a root's configuration; none where it cannot be read, which the check tells. */
async function namedByConfig(root: string, args: CommandLine, cwd: string, source: Source): Promise<string[]> {
  try {
    const configured = await nearestConfig(root, args, cwd, source)
    if (configured === undefined) return []
    const { baseline, snapshot } = configured.config
    return [baseline, snapshot].flatMap((one) => (one === undefined ? [] : [resolve(configured.folder, one.file)]))
  } catch (error) {
    if (error instanceof UsageError) return []
    throw error
  }
}

function foldersAbove(root: string): string[] {
  const top = gitRoot(root)
  const folders: string[] = []
  for (let at = root; top !== undefined && at !== top && dirname(at) !== at; ) {
    at = dirname(at)
    folders.push(at)
  }
  return folders
}
