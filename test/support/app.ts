import type { App } from '../../src/app/app.ts'
import { type AppInput, readApp } from '../../src/app/read-app.ts'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import type { Place } from '../../src/contracts/place.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { type FileTree, readText, type SourceFile } from '../../src/files/tree.ts'
import type { SnapshotDocument } from '../../src/snapshot/model.ts'
import { readSnapshot } from '../../src/snapshot/read.ts'

/** The day of all tests. Expectations that rest on a date are written for this one, whenever the tests run. */
export const today = '2026-11-22'

/** An app over a tree, on the tests' day. */
export function appIn(tree: FileTree, more: Partial<AppInput> = {}): App {
  return readApp({ tree, config: defaultConfig, today, ...more })
}

/** An app over files in memory. */
export function appOf(files: Readonly<Record<string, string>>, config: Partial<Config> = {}): App {
  return appIn(memoryTree(files), { config: { ...defaultConfig, ...config } })
}

/** An app over files in memory, with a snapshot of what is deployed. */
export function deployedApp(
  files: Readonly<Record<string, string>>,
  document: Omit<SnapshotDocument, 'snapshot'>,
  config: Partial<Config> = {},
): App {
  const name = 'dynolint.snapshot.json'
  const tree = memoryTree({ ...files, [name]: JSON.stringify({ snapshot: 1, ...document }, undefined, 2) })
  const read = readSnapshot(readText(tree, name) as SourceFile)
  if ('message' in read) throw new Error(read.message.en)
  return appIn(tree, { config: { ...defaultConfig, ...config }, snapshot: read })
}

/** The text that stands at a place. */
export function textAt(app: App, { file, span }: Place): string {
  const found = app.tree.read(file)
  return typeof found === 'string' ? `(${found})` : found.text.slice(span.start, span.end)
}
