import type { App } from '../../../src/app/app.ts'
import { readDependencies } from '../../../src/app/dependencies/dependencies.ts'
import type { DependencySet } from '../../../src/app/dependencies/model.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { memoryTree } from '../../../src/files/memory.ts'
import { readText } from '../../../src/files/tree.ts'
import { appIn } from '../../support/app.ts'

/** An app in memory. */
export const appOf = (files: Readonly<Record<string, string | Uint8Array>>): App => appIn(memoryTree(files))

/** The dependency set of files in memory. */
export const setOf = (files: Readonly<Record<string, string | Uint8Array>>): DependencySet =>
  readDependencies(appOf(files))

/** The text at a place. */
export function textAt(files: Readonly<Record<string, string>>, { file, span }: Place): string {
  return readText(memoryTree(files), file)?.text.slice(span.start, span.end) ?? ''
}
