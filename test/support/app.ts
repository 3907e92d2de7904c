import type { App } from '../../src/app/app.ts'
import { readApp } from '../../src/app/read-app.ts'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import type { Place } from '../../src/contracts/place.ts'
import { memoryTree } from '../../src/files/memory.ts'
import { readText, type SourceFile } from '../../src/files/tree.ts'
import type { SnapshotDocument } from '../../src/snapshot/model.ts'
import { readSnapshot } from '../../src/snapshot/read.ts'

/** An app over files in memory. */
export function appOf(files: Readonly<Record<string, string>>, config: Partial<Config> = {}): App {
  return readApp(memoryTree(files), { ...defaultConfig, ...config }, { configProblems: [], tooLarge: [] })
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
  return readApp(tree, { ...defaultConfig, ...config }, { configProblems: [], tooLarge: [] }, undefined, read)
}

/** The text that stands at a place. */
export function textAt(app: App, { file, span }: Place): string {
  const found = app.tree.read(file)
  return typeof found === 'string' ? `(${found})` : found.text.slice(span.start, span.end)
}
