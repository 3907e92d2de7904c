import { placeKey, type Span } from '../../contracts/place.ts'
import type { Environment, ProcessStart } from '../../evaluate/environment.ts'
import type { Options } from '../../evaluate/python/evaluate.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import { repr } from '../../evaluate/python/repr.ts'
import { type FileTree, readText, type SourceFile } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { platforms } from '../../knowledge/platforms.ts'
import { decodePython } from '../../syntax/python/encoding.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { keptApp } from '../kept-app.ts'
import { evaluateAsPushed, noteUnpushed, type PushedRun, type Unpushed } from '../project/evaluate-pushed.ts'
import { isRemoved } from './removed.ts'

/** Stand among the variables for how the process is started; no variables have such names. */
type StartKey = `=${keyof ProcessStart}`

const runs = new WeakMap<App, Map<string, Run[]>>()
const reported = new WeakMap<App, Set<string>>()

/** What a process does once a module is loaded, by a name of its own. */
export interface After {
  readonly key: string
  readonly run: Options['after']
}

/** A run, and what it was told of its environment: under another that says the same it would be the same. */
interface Run {
  readonly evaluation: Evaluation
  readonly unpushed: readonly Unpushed[]
  /** By variable, what is known of it. */
  readonly told: ReadonlyMap<string, string>
  /** It asked for all names. */
  readonly listed: boolean
  readonly environment: Environment
}

/**
 * Runs a module of the project as the dyno would import it, once however often it is asked for: also for another process whose
 * environment it cannot tell apart. What cannot be parsed in the files it loads is added to the app's parse problems. `after`:
 * what the process does once it is loaded.
 */
export function runModule(
  app: App,
  module: string,
  searchPath: readonly string[],
  environment: Environment,
  after?: After,
): Evaluation {
  const ofModule = getOrInsert(runs, app, () => new Map<string, Run[]>())
  const known = getOrInsert(ofModule, JSON.stringify([module, searchPath, after?.key]), (): Run[] => [])
  const same = known.find((run) => run.environment === environment || cannotTell(app, run, environment))
  if (same !== undefined) return same.evaluation
  const run = keptRun(app, module, searchPath, environment, after)
  known.push(run)
  for (const one of run.unpushed) noteUnpushed(app, one)
  reportProblems(app, run.evaluation.files)
  return run.evaluation
}

/** The run of a check before, when nothing that it asked is answered otherwise now. */
function keptRun(
  app: App,
  module: string,
  searchPath: readonly string[],
  environment: Environment,
  after: After | undefined,
): Run {
  const { memo } = app
  if (memo === undefined) return runIn(app, module, searchPath, environment, after)
  return memo.fitting(
    JSON.stringify(['run', module, searchPath, after?.key]),
    (run: Run) => cannotTell(app, run, environment),
    () => runIn(keptApp(memo), module, searchPath, environment, after),
  )
}

function runIn(
  app: RunInputs,
  module: string,
  searchPath: readonly string[],
  environment: Environment,
  after: After | undefined,
): Run {
  const told = new Map<string, string>()
  let listed = false
  const note = (key: StartKey) => told.set(key, worth(environment, key))
  const watching = (home: string | undefined): Environment => ({
    home,
    get(name) {
      const variable = environment.get(name)
      if (!told.has(name)) told.set(name, JSON.stringify(variable))
      return variable
    },
    names() {
      listed = true
      return environment.names()
    },
    get folder() {
      note('=folder')
      return environment.folder
    },
    get argv() {
      note('=argv')
      return environment.argv
    },
  })
  const usual = run(app, app.tree, module, searchPath, watching(undefined), after)
  const { home } = environment
  if (home === undefined || !namesHome(app, usual.evaluation)) return { ...usual, told, listed, environment }
  const moved = run(app, app.tree, module, searchPath, watching(home), after)
  const homes = [platforms[app.manifest.platform].home, home] as const
  const went = goesTheSameWay(usual.evaluation, moved.evaluation, homes) ? usual : moved
  return { ...went, told, listed, environment }
}

/** Whether a module that was run, or one it loaded, names the folder of the dyno: no other can ask whether it lies there. */
export function namesHome({ tree, manifest }: Pick<App, 'tree' | 'manifest'>, { files }: Evaluation): boolean {
  const { home } = platforms[manifest.platform]
  return files.some((file) => readText(tree, file)?.text.includes(home) === true)
}

/** Whether a run where the app lies elsewhere did the same and came to the same values, but for the paths below `home`. */
function goesTheSameWay(usual: Evaluation, moved: Evaluation, [usualHome, home]: readonly [string, string]): boolean {
  const did = ({ certainCrash, paths, names, get }: Evaluation) =>
    JSON.stringify([
      certainCrash && placeKey(certainCrash.at),
      paths.map(({ events }) => events.map(({ type, at }) => `${type} ${placeKey(at)}`)),
      names().map((name) => [name, get(name)?.alternatives.map(({ value }) => repr(value, longestValue))]),
    ])
  return did(usual) === did(moved).replaceAll(home, usualHome)
}

const longestValue = 10_000

/** Whether a run would have been told the same in another environment. */
function cannotTell(app: RunInputs, { told, listed, evaluation, environment }: Run, other: Environment): boolean {
  if (listed || [...told].some(([name, variable]) => worth(other, name) !== variable)) return false
  return environment.home === other.home || !namesHome(app, evaluation)
}

function worth(environment: Environment, name: string): string {
  if (!name.startsWith('=')) return JSON.stringify(environment.get(name))
  return JSON.stringify(environment[name.slice(1) as keyof ProcessStart] ?? null)
}

/** The same with another tree: some files of it hold other text. Nothing of the run is kept. */
export function runWith(
  app: App,
  tree: FileTree,
  module: string,
  searchPath: readonly string[],
  environment: Environment,
): Evaluation {
  const { evaluation, unpushed } = run(app, tree, module, searchPath, environment, undefined)
  for (const one of unpushed) noteUnpushed(app, one)
  return evaluation
}

/** What a run asks of an app. */
type RunInputs = Pick<App, 'tree' | 'presence' | 'dependencies' | 'manifest' | 'watched'>

function run(
  app: RunInputs,
  tree: FileTree,
  module: string,
  searchPath: readonly string[],
  environment: Environment,
  after: After | undefined,
): PushedRun {
  const { dependencies, manifest } = app
  return evaluateAsPushed(app, {
    tree,
    module,
    environment,
    searchPath,
    after: after?.run,
    packages: (name) => dependencies.moduleState(name),
    versions: (name) => dependencies.installed(name).version,
    lacks: (name, member) => isRemoved(dependencies, name, member),
    watched: app.watched,
    python: dependencies.python.minor,
    isPresent: (path) => tree.kind(path) === 'file' && app.presence.isPresent(path),
    home: environment.home ?? platforms[manifest.platform].home,
    stack: platforms[manifest.platform].stack,
  })
}

function reportProblems(app: App, files: readonly string[]): void {
  const done = getOrInsert(reported, app, () => new Set<string>())
  for (const file of files) {
    if (done.has(file)) continue
    done.add(file)
    const source = readText(app.tree, file)
    // Python takes the bytes as its cookie says, else as UTF-8: anything else is a SyntaxError.
    const isPlain = source?.encoding === 'utf-8' && !cookie.test(source.text)
    for (const { message, span } of source === undefined || isPlain ? [] : decodePython(source.bytes).problems)
      app.parseProblems.push({ message, span: source?.encoding === 'utf-8' ? span : refusedAt(source), file })
    for (const problem of parseFile(app.tree, file)?.module.problems ?? []) app.parseProblems.push({ ...problem, file })
  }
}

/** What may name an encoding: a comment in the first two lines (PEP 263). */
const cookie = /^(?:[^\r\n]*\r?\n)?[ \t\f]*#[^\r\n]*coding[:=]/

/** Where a text that is not UTF-8 stops to be: offsets of other encodings are none of the text that was read. */
function refusedAt(source: SourceFile | undefined): Span {
  return source?.problems[0]?.span ?? { start: 0, end: 0 }
}
