import type { App } from '../../src/app/app.ts'
import { buildApp } from '../../src/app/build.ts'
import { type Config, defaultConfig } from '../../src/config/config.ts'
import { memoryTree } from '../../src/files/memory.ts'
import type { Place } from '../../src/text.ts'

/** An app over files in memory. */
export function appOf(files: Readonly<Record<string, string>>, config: Partial<Config> = {}): App {
  return buildApp(memoryTree(files), { ...defaultConfig, ...config }, { configProblems: [], tooLarge: [] })
}

/** The text that stands at a place. */
export function textAt(app: App, { file, span }: Place): string {
  const found = app.tree.read(file)
  return typeof found === 'string' ? `(${found})` : found.text.slice(span.start, span.end)
}
