import { rules as allRules } from '../../rules/index.generated.ts'
import type { CheckInput } from '../check.ts'
import { type Config, type ConfigProblem, defaultConfig } from '../config/config.ts'
import { globMatcher } from '../config/glob-matcher.ts'
import { loadConfig } from '../config/load.ts'
import type { FileTree } from '../files/tree.ts'
import { join, readText } from '../files/tree.ts'
import type { Snapshot } from '../snapshot/model.ts'
import { readSnapshot } from '../snapshot/read.ts'

/** What a configuration says of the files in memory. */

/** What the caller says besides; it wins over the configuration. */
export interface Given {
  readonly today: string
  readonly env: Readonly<Record<string, string | false>>
  /** Rules that are not asked. */
  readonly without?: readonly string[] | undefined
  /** Add-ons of the app, as `service:plan`. */
  readonly addons?: readonly string[] | undefined
}

/**
 * What a check of files in memory is asked with: their configuration, and the files that it leaves in.
 * @param treeOf makes the tree of some of the paths
 */
export async function configured(
  paths: readonly string[],
  treeOf: (paths: readonly string[]) => FileTree,
  { today, env, without = [], addons }: Given,
): Promise<CheckInput> {
  const all = treeOf(paths)
  const loaded = await loadConfig(
    all,
    allRules.map(({ id }) => id),
  )
  const config = loaded.file === undefined ? defaultConfig : loaded.config
  const { snapshot, problems } = snapshotOf(all, config)
  return {
    tree: config.exclude.length === 0 ? all : treeOf(included(paths, config.exclude)),
    today,
    snapshot,
    configProblems: [...loaded.problems, ...problems],
    config: {
      ...config,
      env: { ...config.env, ...env },
      envAt: new Map([...config.envAt].filter(([name]) => !Object.hasOwn(env, name))),
      rules: { ...config.rules, ...Object.fromEntries(without.map((id) => [id, 'off' as const])) },
      addons: addons ?? config.addons,
    },
  }
}

/** The paths that its globs leave in: relative, with `/`, as on the disk. */
function included(paths: readonly string[], exclude: readonly string[]): readonly string[] {
  if (exclude.length === 0) return paths
  const matchers = exclude.map(globMatcher)
  return paths.filter((path) => !matchers.some((matches) => matches(path)))
}

/** The snapshot that it names, or why it cannot be used. */
function snapshotOf(
  tree: FileTree,
  { snapshot }: Config,
): { readonly snapshot?: Snapshot; readonly problems: readonly ConfigProblem[] } {
  if (snapshot === undefined) return { problems: [] }
  const source = readText(tree, join(snapshot.file) ?? '')
  const read =
    source === undefined ? { message: { en: 'no such file', fr: 'fichier introuvable' } } : readSnapshot(source)
  if (!('message' in read)) return { snapshot: read, problems: [] }
  const { en, fr } = read.message
  const message = { en: `${snapshot.file}: ${en}`, fr: `${snapshot.file}\u00a0: ${fr}` }
  return { problems: [{ at: snapshot.at, message }] }
}
