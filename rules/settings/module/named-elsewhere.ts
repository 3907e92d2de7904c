import type { App } from '../../../src/app/app.ts'
import { sourceText } from '../../../src/app/settings/source-text.ts'
import { isDevelopment } from '../../../src/app/settings/verdict.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'

/** The settings that the project's other entry points name, and the edits that name them here too. */
export interface NamedElsewhere {
  readonly module: string
  /** The file that names them. */
  readonly file: string
  /** At each of the places. */
  readonly edits: readonly Edit[]
}

/**
 * The one module that exists and that other entry points name, where `missing` is named at these places; undefined where none does, or where
 * they disagree. Settings of development do not count: whoever named another module did not mean those.
 */
export function namedElsewhere(app: App, places: readonly Place[], missing: string): NamedElsewhere | undefined {
  const folders = [...app.settings.searchPath, ...app.project.manage.map(({ folder }) => folder)]
  const there = app.project.defaults.filter(({ module }) => {
    const found = app.project.resolve(module, folders)
    return found !== undefined && found.kind !== 'namespace' && !isDevelopment(module)
  })
  const [first] = there
  if (first === undefined || there.some(({ module }) => module !== first.module)) return undefined
  const edits = places.flatMap((at): Edit[] => {
    const start = sourceText(app.tree, at)?.indexOf(missing) ?? -1
    if (start < 0) return []
    const span = { start: at.span.start + start, end: at.span.start + start + missing.length }
    return [{ file: at.file, span, text: first.module }]
  })
  if (edits.length < places.length) return undefined
  return { module: first.module, file: first.file, edits }
}
