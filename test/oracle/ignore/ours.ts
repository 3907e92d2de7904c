import { readIndex } from '../../../src/files/git/index.ts'
import { gitignoreRules, toBytes } from '../../../src/files/ignore/gitignore.ts'
import { parsePatterns } from '../../../src/files/ignore/patterns.ts'
import { removedAsDocumented } from '../../../src/files/ignore/slugignore.ts'
import { foldersOf, type IgnoreCase } from './generate.ts'
import type { Decision } from './git.ts'
import type { IndexVector } from './repositories.ts'

/** Our answer in the words of `git check-ignore -v`. */
export function answer(example: IgnoreCase): (Decision | undefined)[] {
  const { ignores, foldsCase, paths } = example
  const exclude = '.git/info/exclude'
  const rules = gitignoreRules({
    gitignore(folder) {
      const content = ignores[folder === '' ? '.gitignore' : `${folder}/.gitignore`]
      return content === undefined ? undefined : toBytes(content)
    },
    shared: exclude in ignores ? [{ file: exclude, content: toBytes(ignores[exclude] as string) }] : [],
    foldsCase,
  })
  const decided = (path: string, isFolder: boolean): Decision | undefined => {
    const decision = rules.decide(toBytes(path), isFolder)
    return decision && { source: decision.list.file, line: decision.pattern.line }
  }
  return [...paths.map((path) => decided(path, false)), ...foldersOf(example).map((path) => decided(path, true))]
}

/** The line of a `.slugignore` that removes a file, read as documented. */
export function documentedLine(content: string, path: string): number | undefined {
  const patterns = parsePatterns(toBytes(content)).filter(({ negated }) => !negated)
  return removedAsDocumented(patterns, toBytes(path))?.line
}

/** What we read of index files, in the form of what git says; undefined when we read nothing. */
export function tracked({
  hashBytes,
  index,
  shared,
}: IndexVector): Omit<IndexVector, 'hashBytes' | 'index' | 'shared'> | undefined {
  const read = readIndex(Buffer.from(index, 'base64'), hashBytes, (hash) =>
    shared[hash] === undefined ? undefined : Buffer.from(shared[hash], 'base64'),
  )
  return read && { names: read.names, links: [...read.links], gitlinks: read.gitlinks, sparse: read.sparse }
}
