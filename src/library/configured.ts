import type { Config, ConfigProblem } from '../config/config.ts'
import { globMatcher } from '../config/glob-matcher.ts'
import type { FileTree } from '../files/tree.ts'
import { join, readText } from '../files/tree.ts'
import type { Snapshot } from '../snapshot/model.ts'
import { readSnapshot } from '../snapshot/read.ts'

/** What a configuration says of the files in memory. */

/** The paths that its globs leave in: relative, with `/`, as on the disk. */
export function included(paths: readonly string[], exclude: readonly string[]): readonly string[] {
  if (exclude.length === 0) return paths
  const matchers = exclude.map(globMatcher)
  return paths.filter((path) => !matchers.some((matches) => matches(path)))
}

/** The snapshot that it names, or why it cannot be used. */
export function snapshotOf(
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
