/**
 * Compares our reading of a repository with the real git: `npm run oracle:ignore`. Ignore files against `git check-ignore`
 * (which file and line decides), index files of all versions against `git ls-files`, each case in a repository of its own
 * in a temporary folder. `--write` stores a sample with git's answers for `npm test`.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { needPrograms } from '../environment.ts'
import { foldersOf, ignoreCase } from './generate.ts'
import { askGit } from './git.ts'
import { answer, documentedLine, tracked } from './ours.ts'
import { type IndexVector, indexCase, makeRepository, makeSparseRepository } from './repositories.ts'

const count = Number(process.env.ORACLE_CASES ?? 2000)
const seed = Number(process.env.ORACLE_SEED ?? 20_261_123)
needPrograms('git')
const folder = mkdtempSync(join(tmpdir(), 'dynolint-ignore-'))
const differences = { ignore: 0, slugignore: 0, index: 0 }
try {
  const ignores = compareIgnores()
  compareSlugignores()
  const indexes = compareIndexes()
  if (process.argv.includes('--write')) {
    store('check-ignore.json', ignores)
    store('ls-files.json', indexes)
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
process.exitCode = differences.ignore + differences.slugignore + differences.index === 0 ? 0 : 1

function compareIgnores(): unknown[] {
  const sample: unknown[] = []
  let paths = 0
  let decided = 0
  for (const [index, example] of fc.sample(ignoreCase, { numRuns: count, seed }).entries()) {
    const home = join(folder, String(index))
    const theirs = askGit(home, example)
    rmSync(home, { recursive: true })
    if (index < 400) sample.push([example, theirs])
    const ours = answer(example)
    for (const [i, path] of [...example.paths, ...foldersOf(example)].entries()) {
      paths++
      if (theirs[i] !== undefined) decided++
      const [git, own] = [JSON.stringify(theirs[i] ?? null), JSON.stringify(ours[i] ?? null)]
      if (git === own) continue
      differences.ignore++
      if (differences.ignore > 20) continue
      console.log(`${JSON.stringify({ ...example, paths: [path] })}\n  git:  ${git}\n  ours: ${own}`)
    }
  }
  console.log(`${count} cases, ${paths} paths, ${decided} decided by a pattern, ${differences.ignore} differences`)
  return sample
}

/** The documented reading of `.slugignore`: `.gitignore` without negation. */
function compareSlugignores(): void {
  const cases = fc.sample(ignoreCase, { numRuns: Math.round(count / 4), seed: seed + 1 })
  let paths = 0
  for (const [index, { ignores, paths: asked }] of cases.entries()) {
    const content = ignores['.gitignore'] as string
    const home = join(folder, `slug-${index}`)
    const theirs = askGit(home, { ignores: { '.gitignore': withoutNegation(content) }, foldsCase: false, paths: asked })
    rmSync(home, { recursive: true })
    for (const [i, path] of asked.entries()) {
      paths++
      const own = documentedLine(content, path)
      if (theirs[i]?.line === own) continue
      differences.slugignore++
      if (differences.slugignore > 20) continue
      console.log(`${JSON.stringify({ content, path })}\n  git:  ${theirs[i]?.line}\n  ours: ${own}`)
    }
  }
  console.log(`${cases.length} .slugignore files, ${paths} paths, ${differences.slugignore} differences`)
}

/** Lines that begin with `!` made empty, so that the others keep their numbers. */
function withoutNegation(content: string): string {
  return content.replace(/^(\uFEFF?)!.*$/gm, '$1')
}

function compareIndexes(): unknown[] {
  const small = fc.sample(indexCase(12), { numRuns: 36, seed })
  const large = fc.sample(indexCase(200), { numRuns: Math.round(count / 40), seed })
  const formats = new Set<string>()
  const vectors: IndexVector[] = [makeSparseRepository(join(folder, 'sparse'))]
  for (const [index, example] of [...small, ...large].entries()) {
    const home = join(folder, `index-${index}`)
    vectors.push(makeRepository(home, example))
    rmSync(home, { recursive: true })
  }
  for (const vector of vectors) {
    const version = Buffer.from(vector.index, 'base64').readUInt32BE(4)
    const split = Object.keys(vector.shared).length > 0 ? ' split' : ''
    formats.add(`v${version} ${vector.hashBytes === 32 ? 'sha256' : 'sha1'}${split}`)
    const { names, links, gitlinks, sparse } = vector
    const [git, own] = [JSON.stringify({ names, links, gitlinks, sparse }), JSON.stringify(tracked(vector))]
    if (git === own) continue
    differences.index++
    if (differences.index <= 5) console.log(`git:  ${git}\nours: ${own}`)
  }
  console.log(`${vectors.length} index files (${[...formats].sort().join(', ')}), ${differences.index} differences`)
  return vectors.slice(0, small.length + 1)
}

function store(file: string, vectors: readonly unknown[]): void {
  const lines = vectors.map((one) => JSON.stringify(one, (_, value) => value ?? null)).join(',\n')
  writeFileSync(join(import.meta.dirname, 'vectors', file), `[\n${lines}\n]\n`)
}
