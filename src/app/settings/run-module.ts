import type { Environment } from '../../evaluate/environment.ts'
import type { Options } from '../../evaluate/python/evaluate.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import { platforms } from '../../knowledge/platforms.ts'
import { decodePython } from '../../syntax/python/encoding.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { evaluateAsPushed } from '../project/evaluate-pushed.ts'
import { isRemoved } from './removed.ts'

const runs = new WeakMap<App, Map<Environment, Map<string, Evaluation>>>()
const reported = new WeakMap<App, Set<string>>()

/**
 * Runs a module of the project as the dyno would import it, once however often it is asked for. What cannot be parsed in
 * the files it loads is added to the app's parse problems. `after`: what the process does once it is loaded.
 */
export function runModule(
  app: App,
  module: string,
  searchPath: readonly string[],
  environment: Environment,
  after?: { readonly key: string; readonly run: Options['after'] },
): Evaluation {
  const byEnvironment = fetch(runs, app, () => new Map<Environment, Map<string, Evaluation>>())
  const known = fetch(byEnvironment, environment, () => new Map<string, Evaluation>())
  return fetch(known, `${module} ${searchPath.join(':')} ${after?.key ?? ''}`, () => {
    const evaluation = runWith(app, app.tree, module, searchPath, environment, after?.run)
    reportProblems(app, evaluation.files)
    return evaluation
  })
}

/** The same with another tree: some files of it hold other text. Nothing of the run is kept. */
export function runWith(
  app: App,
  tree: FileTree,
  module: string,
  searchPath: readonly string[],
  environment: Environment,
  after?: Options['after'],
): Evaluation {
  const { dependencies, manifest } = app
  return evaluateAsPushed(app, {
    tree,
    module,
    environment,
    searchPath,
    after,
    packages: (name) => dependencies.moduleState(name),
    versions: (name) => dependencies.installed(name).version,
    lacks: (name, member) => isRemoved(dependencies, name, member),
    watched: app.watched,
    python: dependencies.python.minor,
    isPresent: (path) => tree.kind(path) === 'file' && app.presence.isPresent(path),
    home: platforms[manifest.platform].home,
  })
}

function fetch<K, V>(map: { get(key: K): V | undefined; set(key: K, value: V): unknown }, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

function reportProblems(app: App, files: readonly string[]): void {
  const done = fetch(reported, app, () => new Set<string>())
  for (const file of files) {
    if (done.has(file)) continue
    done.add(file)
    const source = readText(app.tree, file)
    // Python takes the bytes as its cookie says, else as UTF-8: anything else is a SyntaxError.
    const undecodable = source?.encoding === 'latin-1' ? decodePython(source.bytes).problems : []
    for (const { message } of undecodable)
      app.parseProblems.push({ span: source?.problems[0]?.span ?? { start: 0, end: 0 }, message, file })
    for (const problem of parseFile(app.tree, file)?.module.problems ?? []) app.parseProblems.push({ ...problem, file })
  }
}
