/** Which mutants are tried: those of some paths, on lines changed since a revision, a random sample of them. */
import { execFileSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { filesOf } from './bundle.ts'
import type { Numbered } from './instrument.ts'
import { type Mutant, mutantsOf } from './mutants.ts'

export const FOLDERS = ['rules', 'src/engine', 'src/report', 'src/app', 'src/evaluate', 'src/files']

/** Mutants of the sources at `paths`, which are files or folders of the repository. */
export function mutantsAt(root: string, paths: readonly string[]): Mutant[] {
  return sourcesAt(root, paths).flatMap((file) => mutantsOf(file, readFileSync(join(root, file), 'utf8')))
}

function sourcesAt(root: string, paths: readonly string[]): string[] {
  const files = paths
    .map((path) => path.replace(/\/+$/, ''))
    .flatMap((path) => {
      if (statSync(join(root, path)).isFile()) return [path]
      return filesOf(root, path, '.ts').filter((file) => !file.endsWith('.generated.ts'))
    })
  return [...new Set(files)]
}

/** Those that begin on a line which differs from `revision` in the working tree. */
export function changedSince(root: string, revision: string, mutants: readonly Mutant[]): Mutant[] {
  const changed = changedLines(root, revision)
  return mutants.filter((one) =>
    changed.get(one.file)?.has(lineOf(readFileSync(join(root, one.file), 'utf8'), one.start)),
  )
}

function changedLines(root: string, revision: string): Map<string, Set<number>> {
  const diff = execFileSync('git', ['diff', '-U0', '--no-ext-diff', '--no-prefix', revision, '--'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  })
  const out = new Map<string, Set<number>>()
  let lines = new Set<number>()
  for (const line of diff.split('\n')) {
    if (line.startsWith('+++ ')) {
      lines = new Set()
      out.set(line.slice(4), lines)
    }
    const [, first, count = '1'] = /^@@ -\S+ \+(\d+)(?:,(\d+))? @@/.exec(line) ?? []
    for (let at = 0; first !== undefined && at < Number(count); at++) lines.add(Number(first) + at)
  }
  return out
}

/** The line of an offset, from 1. */
export function lineOf(source: string, offset: number): number {
  return source.slice(0, offset).split('\n').length
}

/** `count` of them at random, the same for the same seed, in random order: the first of them are a sample too. */
export function sampled(mutants: readonly Mutant[], count: number, seed: number): Mutant[] {
  const random = generator(seed)
  const keyed = mutants.map((mutant) => ({ mutant, key: random() }))
  const chosen = keyed.sort((a, b) => a.key - b.key).slice(0, count)
  return chosen.map(({ mutant }) => mutant)
}

/** mulberry32: numbers from 0 to 1, the same for the same seed. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

export const numbered = (mutants: readonly Mutant[]): Numbered[] => mutants.map((mutant, id) => ({ ...mutant, id }))
