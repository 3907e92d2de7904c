/** All tests and instrumented sources as one program that a fresh process loads in about a second. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { type Plugin, rolldown } from 'rolldown'
import { instrument, type Numbered } from './instrument.ts'

export interface Bundle {
  /** The module that a worker starts. */
  entry: string
  /** Same program, same pages, fixtures and vectors: same hash. */
  hash: string
  testFiles: readonly string[]
  /** The test files that import a source, directly or through others. */
  testsOf(source: string): readonly string[]
}

const START = '\0start'
const SETUP = 'test/setup.ts'

/**
 * Tests of what the sources are made into: they start processes on a bundle, a package or a page built from the sources as they
 * stand, where no mutant is. They can notice none, and took half of the time.
 */
const OF_BUILT_PROGRAMS = [
  'test/action/',
  'test/built/',
  'test/docs/ci.test.ts',
  'test/editors/',
  'test/playground/browser.test.ts',
  'test/scripts/release.test.ts',
  'test/scripts/sbom.test.ts',
]

/** Writes the program into `folder`. `mutants` carry the numbers that switch them on. */
export async function bundle(root: string, folder: string, mutants: readonly Numbered[]): Promise<Bundle> {
  const testFiles = filesOf(root, 'test', '.test.ts').filter(
    (file) => !OF_BUILT_PROGRAMS.some((start) => file.startsWith(start)),
  )
  const imports = new Map<string, readonly string[]>()
  const byFile = grouped(mutants)
  const plugin: Plugin = {
    name: 'mutants',
    resolveId(id) {
      if (id === START) return id
      if (id === 'vitest') return join(root, 'scripts/mutate/vitest.ts')
      return undefined
    },
    load(id) {
      if (id === START) return entryOf(root, testFiles, [...byFile.keys()])
      if (!id.endsWith('.ts')) return undefined
      const file = relative(root, id).split(sep).join('/')
      const code = instrument(readFileSync(id, 'utf8'), byFile.get(file) ?? [])
      return { code: placed(code, id), moduleType: 'ts' }
    },
    buildEnd() {
      for (const id of this.getModuleIds()) imports.set(id, this.getModuleInfo(id)?.importedIds ?? [])
    },
  }
  const build = await rolldown({
    input: START,
    platform: 'node',
    treeshake: false,
    external: (id) => id !== 'vitest' && /^(node:|@?[a-z])/.test(id),
    plugins: [plugin],
  })
  const { output } = await build.write({
    dir: folder,
    format: 'esm',
    entryFileNames: 'start.mjs',
    chunkFileNames: '[name]-[hash].mjs',
  })
  await build.close()
  const hash = createHash('sha256')
  for (const one of output) if (one.type === 'chunk') hash.update(one.code.replaceAll(folder, ''))
  for (const file of inputs(root)) hash.update(file).update(readFileSync(join(root, file)))
  return {
    entry: join(folder, 'start.mjs'),
    hash: hash.digest('hex').slice(0, 16),
    testFiles,
    testsOf: importers(root, testFiles, imports),
  }
}

function entryOf(root: string, testFiles: readonly string[], sources: readonly string[]): string {
  const load = (file: string) => `${JSON.stringify(file)}: () => import(${JSON.stringify(join(root, file))}),`
  const table = (files: readonly string[]) => `{\n${files.map(load).join('\n')}\n}`
  const worker = JSON.stringify(join(root, 'scripts/mutate/worker.ts'))
  const setup = JSON.stringify(join(root, SETUP))
  return `import { serve } from ${worker}\nserve(${table(testFiles)}, ${table(sources)}, () => import(${setup}))\n`
}

/** A module in a bundle still says where it stood. */
function placed(code: string, id: string): string {
  return code
    .replaceAll('import.meta.dirname', JSON.stringify(join(id, '..')))
    .replaceAll('import.meta.url', JSON.stringify(`file://${encodeURI(id)}`))
}

function importers(root: string, testFiles: readonly string[], imports: ReadonlyMap<string, readonly string[]>) {
  const reached = new Map<string, string[]>()
  for (const file of testFiles) {
    const seen = new Set<string>()
    const waiting = [join(root, file)]
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      if (seen.has(id)) continue
      seen.add(id)
      waiting.push(...(imports.get(id) ?? []))
    }
    for (const id of seen) {
      const source = relative(root, id).split(sep).join('/')
      reached.set(source, [...(reached.get(source) ?? []), file])
    }
  }
  return (source: string) => reached.get(source) ?? []
}

/** Files that tests read besides their modules. */
function inputs(root: string): string[] {
  return ['test', 'fixtures', 'rules', 'docs'].flatMap((folder) => filesOf(root, folder, ''))
}

export function filesOf(root: string, folder: string, suffix: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(suffix))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
}

function grouped(mutants: readonly Numbered[]): Map<string, Numbered[]> {
  const out = new Map<string, Numbered[]>()
  for (const one of mutants) out.set(one.file, [...(out.get(one.file) ?? []), one])
  return out
}
