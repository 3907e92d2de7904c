import { relative, resolve, sep } from 'node:path'
import { rules } from '../../rules/index.generated.ts'
import { about, pageUrl } from '../about.generated.ts'
import type { AppMemo } from '../app/kept-app.ts'
import { type CheckInput, type CheckResult, check } from '../check.ts'
import { severities } from '../contracts/severity.ts'
import type { KnownFinding } from '../engine/baseline.ts'
import type { Finding } from '../engine/finding.ts'
import { isBelow, realpathSync } from '../files/fs.ts'
import { createMemo } from '../files/memo.ts'
import { gitRoot, looksLikeProject } from '../files/roots.ts'
import { disk, type Source, withFile } from '../files/source.ts'
import { getOrInsert } from '../get-or-insert.ts'
import { nearestOf } from '../nearest.ts'
import { comparable, without, withoutKnown } from '../open/accepted.ts'
import { type Baseline, namedFrom } from '../open/baseline.ts'
import { openApp, rootsOf } from '../open/open.ts'
import { formatOf } from '../report/formats.ts'
import { type AppReport, filteredBy, type RunReport } from '../report/report.ts'
import { overviewOf } from '../show/overview.ts'
import { type Stopwatch, stopwatch } from '../stopwatch.ts'
import { opensLinks } from '../terminal/link.ts'
import { type CommandLine, commands } from './args.ts'
import { selectedRules } from './filters.ts'
import { exit, type Io, problem, UsageError, widthOf } from './io.ts'
import { baselinesOf } from './named-baselines.ts'
import { writeOutputs } from './outputs.ts'
import { progressOf } from './progress.ts'
import { writeBaseline } from './write-baseline.ts'

/**
 * `dynolint check [paths…]`. The whole app is read whatever path was given; naming files only filters what is shown. With
 * `--fix` it is read again afterwards: the report, in whatever format, and the exit code tell what is left. With `--diff`
 * nothing is written, and they tell what would be.
 */
export async function checkCommand(args: CommandLine, io: Io): Promise<number> {
  if (!args.watch) return (await checkOnce(args, io, {})).code
  const { watched } = await import('./watch.ts')
  const memos = new Map<string, AppMemo>()
  const memoOf = (root: string): AppMemo => getOrInsert(memos, root, () => createMemo())
  return watched(args, io, (source, at) => checkOnce(args, at, { source, memoOf }))
}

/** What a run found and the app roots it checked. */
export interface Outcome {
  readonly code: number
  readonly roots: readonly string[]
}

/** What whoever checks again hands in. */
interface Again {
  /** Undefined: what the command line says. */
  readonly source?: Source
  /** What earlier checks of a root computed. */
  readonly memoOf?: (root: string) => AppMemo
}

async function checkOnce(args: CommandLine, io: Io, again: Again): Promise<Outcome> {
  // Asked only when there is something to ask: most runs load none of it.
  const selected = args.select.length + args.ignore.length > 0 ? selectedRules(args) : undefined
  const watch = args.statistics ? stopwatch(io.now ?? (() => 0)) : undefined
  const leaveOpen = watch?.enter('open')
  const run = await runOf(args, io, again)
  const baselines = await baselinesOf(run, args, io)
  const ended = (code: number): Outcome => ({ code, roots: run.roots })
  leaveOpen?.()
  const fixing = args.fix === 'none' ? undefined : await import('./fix.ts')
  if (fixing !== undefined && args.diff) {
    const { apps, trouble } = await fixing.printDiff(run.roots, run.files, args, io)
    return ended(trouble ? exit.trouble : fails(apps, args.failOn) ? exit.findings : exit.clean)
  }
  const corrections = await fixing?.fixAll(run.roots, run.files, args, io)
  const checked = args.fixOnly ? { apps: [], trouble: false } : await checkAll(run, args, io, watch)
  let apps: readonly AppReport[] = checked.apps
  if (selected !== undefined) apps = apps.map((app) => without(app, 'rules', ({ rule }) => !selected.has(rule)))
  if (args.since !== undefined) apps = await newSince(args.since, apps, run, args, io)
  const known = baselines.size === 0 ? undefined : acceptedIn(baselines, apps, run, args.updateBaseline)
  apps = (known?.apps ?? apps).map((app) => onlyIn(run.files, app))
  const report: RunReport = {
    version: about.version,
    apps,
    rules,
    fixed: corrections?.fixed,
    withheld: corrections?.withheld,
    ...(known !== undefined && { baseline: { file: known.file, stale: known.stale } }),
    ...(args.since !== undefined && { since: args.since }),
  }
  const leaveReport = watch?.enter('report')
  await writeOutputs(
    report,
    args,
    {
      language: args.language,
      width: widthOf(io),
      links: about.released && io.terminal && opensLinks(io.env),
      verbose: args.verbose,
      docs: (rule) => pageUrl(rule, args.language),
      prefix: repositoryPrefix(io.cwd),
    },
    io,
  )
  leaveReport?.()
  if (watch !== undefined) {
    const { statistics } = await import('./statistics.ts')
    io.err(statistics(apps, watch, args.format === 'json', args.language))
  }
  if (checked.trouble || corrections?.refused) return ended(exit.trouble)
  return ended(fails(apps, args.failOn) ? exit.findings : exit.clean)
}

/** Whether a path (absolute, real) is one of those named on the command line, or below one. */
export type Named = (path: string) => boolean

/** What is checked: from where, which apps, and the files that alone are shown. */
interface Run extends Again {
  readonly source: Source
  readonly roots: readonly string[]
  /** undefined: all. */
  readonly files: Named | undefined
}

async function runOf(args: CommandLine, io: Io, again: Again): Promise<Run> {
  const paths = pathsOf(args)
  const source = again.source ?? (await sourceOf(args, io))
  const { roots, files } = await collect(paths, args, io, source)
  if (args.updateBaseline && files !== undefined) {
    throw new UsageError({
      en: '--update-baseline takes a whole project: leave out the names of files and of folders in it',
      fr: '--update-baseline prend un projet entier\u00a0: ôtez les noms de fichiers et de dossiers qu’il contient',
    })
  }
  return { ...again, source, roots, files }
}

/** `-` is the file that standard input holds. */
function pathsOf({ rest, stdinFilename }: CommandLine): readonly string[] {
  if (rest.includes('-') !== (stdinFilename !== undefined)) {
    throw new UsageError({
      en: '- reads standard input, and --stdin-filename says which file of the project that is: give both',
      fr: '- lit l’entrée standard, et --stdin-filename dit de quel fichier du projet il s’agit\u00a0: donnez les deux',
    })
  }
  if (rest.length === 0) return ['.']
  return rest.map((path) => (path === '-' ? (stdinFilename ?? path) : path))
}

async function standardInput(io: Io): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of io.input ?? process.stdin) chunks.push(chunk)
  return Buffer.concat(chunks)
}

async function sourceOf(args: CommandLine, io: Io): Promise<Source> {
  if (args.stdinFilename !== undefined)
    return withFile(disk, resolve(io.cwd, args.stdinFilename), await standardInput(io))
  if (!args.staged && args.rev === undefined) return disk
  const { commitOf, gitSource, openGit } = await import('./git.ts')
  const git = openGit(io.cwd, io)
  return gitSource(git, args.rev === undefined ? 'index' : { commit: commitOf(git, args.rev) })
}

interface Checked {
  readonly apps: readonly AppReport[]
  /** A mistake in a configuration, or one of ours. */
  readonly trouble: boolean
}

async function checkAll(
  { source, roots, memoOf }: Run,
  args: CommandLine,
  io: Io,
  watch: Stopwatch | undefined,
): Promise<Checked> {
  const apps: AppReport[] = []
  const progress = progressOf(args, io)
  let trouble = false
  for (const root of roots) {
    const shown = fromWorkingDirectory(root, io.cwd)
    const leaveOpen = watch?.enter('open')
    const opened = await openApp(root, args, io, source)
    leaveOpen?.()
    const tree = progress?.watching(opened.tree, shown) ?? opened.tree
    const input = { ...opened, tree, memo: memoOf?.(root) }
    const result = watch === undefined ? check(input) : await measured(input, watch)
    progress?.clear()
    if (tellFailures(result, args, io)) trouble = true
    if (opened.configProblems.length > 0) trouble = true
    const overview = args.outputs.some(({ format }) => formatOf(format).needs === 'overview')
      ? { overview: overviewOf(result.app, shown) }
      : {}
    apps.push({ root: shown, ...result.report, ...overview })
  }
  return { apps, trouble }
}

async function measured(opened: CheckInput, { during }: Stopwatch): Promise<CheckResult> {
  const { timed } = await import('./statistics.ts')
  return during('rules', () => check({ ...opened, tree: timed(opened.tree, during), during }))
}

/** Says what failed inside dynolint itself; whether anything did. */
export function tellFailures({ app }: CheckResult, args: CommandLine, io: Io): boolean {
  for (const { part, error } of app.audit.failures) {
    const what = error instanceof Error ? error.message : String(error)
    const text = {
      en: `${part}: ${what} (${about.repository}/issues)`,
      fr: `${part} : ${what} (${about.repository}/issues)`,
    }
    io.err(problem({ text }, args.language))
    if ((args.debug || io.env.DYNOLINT_DEBUG !== undefined) && error instanceof Error) io.err(`${error.stack}\n`)
  }
  return app.audit.failures.length > 0
}

/** The apps without what they had already where the present branch left a revision’s. */
async function newSince(
  rev: string,
  apps: readonly AppReport[],
  { source, roots }: Run,
  args: CommandLine,
  io: Io,
): Promise<readonly AppReport[]> {
  const { commitOf, forkPoint, gitSource, openGit } = await import('./git.ts')
  const git = openGit(io.cwd, io)
  const before = gitSource(git, { commit: forkPoint(git, commitOf(git, rev)) })
  const out: AppReport[] = []
  for (const [index, app] of apps.entries()) {
    const root = roots[index] as string
    if (before.kindOf(root) !== 'directory') {
      out.push(app)
      continue
    }
    const then = check(await openApp(root, args, io, before)).report
    const named = (file: string): string => file
    const list = comparable({ root: app.root, ...then }, named).known
    out.push(withoutKnown(app, 'since', list, named, (file) => source.kindOf(resolve(root, file)) !== undefined).app)
  }
  return out
}

interface Accepted {
  readonly apps: readonly AppReport[]
  /** The names of the baselines. */
  readonly file: string
  readonly stale: readonly KnownFinding[]
}

/** The apps without what their baselines accept; what those hold of them that is no longer there. Writes them when they are to be. */
function acceptedIn(
  baselines: ReadonlyMap<string, Baseline>,
  apps: readonly AppReport[],
  { source, roots }: Run,
  update: boolean,
): Accepted {
  const out = [...apps]
  const stale: KnownFinding[] = []
  for (const baseline of new Set(baselines.values())) {
    const held = apps.flatMap((app, index) => {
      const root = roots[index] as string
      return baselines.get(root) === baseline ? [{ app, index, root }] : []
    })
    const named = (root: string) => namedFrom(baseline.folder, root)
    const within = (root: string) => (one: KnownFinding) => isBelow(root, resolve(baseline.folder, one.file))
    let { findings } = baseline
    if (update) {
      // What it holds of apps that were not checked stays.
      const others = findings.filter((one) => !held.some(({ root }) => within(root)(one)))
      findings = [...others, ...held.flatMap(({ app, root }) => comparable(app, named(root)).known)]
      writeBaseline(baseline, findings)
    }
    const exists = (file: string): boolean => source.kindOf(resolve(baseline.folder, file)) !== undefined
    for (const { app, index, root } of held) {
      const known = withoutKnown(app, 'baseline', findings.filter(within(root)), named(root), exists)
      stale.push(...known.stale)
      out[index] = known.app
    }
  }
  return { apps: out, file: [...new Set([...baselines.values()].map(({ name }) => name))].join(', '), stale }
}

/**
 * The app roots of all paths, each once, and what of them was named, unless it is all. A folder is its project when it holds one, looks
 * like one or is where the command runs; else it is a part of the project around it, as a file is.
 */
async function collect(
  paths: readonly string[],
  args: CommandLine,
  io: Io,
  source: Source,
): Promise<{ roots: string[]; files: Named | undefined }> {
  const roots = new Set<string>()
  const named = new Set<string>()
  const cwd = realpathSync(io.cwd)
  for (const path of paths) {
    const full = resolve(source.isDisk ? io.cwd : cwd, path)
    const kind = source.kindOf(full)
    if (kind === undefined) {
      throw noSuchPath(path)
    }
    const real = source.real(full)
    const isProject = (): boolean => kind === 'directory' && (real === cwd || looksLikeProject(real, source))
    for (const root of await rootsOf(full, args, io.cwd, source)) {
      roots.add(root)
      named.add(isBelow(real, root) || isProject() ? root : real)
    }
  }
  const isNamed: Named = (path) => [...named].some((one) => isBelow(one, path))
  return { roots: [...roots].sort(), files: [...roots].every(isNamed) ? undefined : isNamed }
}

/** A word that is no path may be a command that was mistyped. */
function noSuchPath(path: string): UsageError {
  const word = path.includes('/') || path.includes('.') ? '' : path
  const near = nearestOf(word, commands, String, word.length < 5 ? 1 : 2)
  return near === undefined
    ? new UsageError({ en: `no such file or folder: ${path}`, fr: `fichier ou dossier introuvable : ${path}` })
    : new UsageError({
        en: `no such command, file or folder: ${path}; did you mean dynolint ${near}?`,
        fr: `commande, fichier ou dossier introuvable : ${path} ; vouliez-vous dire dynolint ${near} ?`,
      })
}

function onlyIn(files: Named | undefined, app: AppReport): AppReport {
  if (files === undefined) return app
  return without(app, 'files', (finding) => !isIn(files, app.tree.root, finding))
}

/** Whether a finding stands where something was named, or something that explains it does. */
export function isIn(isNamed: Named, root: string, { at, related }: Finding): boolean {
  return [at, ...related.map((one) => one.at)].some(({ file }) => isNamed(resolve(root, file)))
}

export function fromWorkingDirectory(root: string, cwd: string): string {
  const path = relative(realpathSync(cwd), root).split(sep).join('/')
  return path === '' ? '.' : path
}

/** From the repository's root to the working directory. */
function repositoryPrefix(cwd: string): string {
  const real = realpathSync(cwd)
  const top = gitRoot(real)
  return top === undefined ? '' : relative(top, real).split(sep).join('/')
}

function fails(apps: readonly AppReport[], failOn: CommandLine['failOn']): boolean {
  if (failOn === 'never') return false
  const least = severities.indexOf(failOn)
  // What stands in files that were not named is as broken: only what was accepted or not asked for counts for nothing.
  const counted = [...apps.flatMap(({ findings }) => findings), ...filteredBy(apps, 'files')]
  return counted.some((finding) => severities.indexOf(finding.severity) <= least)
}
