import type { App } from '../../../src/app/app.ts'
import { importEdit } from '../../../src/app/project/imports.ts'
import { heldStatement } from '../../../src/app/project/statement-edits.ts'
import { lineAfter, usualQuote } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'

/** Edits by which the database of the add-on takes the place of the file, where there is one. */
export function addonInstead(app: App, { file, span }: Place): readonly Edit[] | undefined {
  const held = heldStatement(app.tree, { file, span })
  const { statement } = held ?? {}
  const [target, ...others] = statement?.kind === 'Assign' ? statement.targets : []
  if (statement === undefined || held?.holder !== undefined || others.length > 0) return undefined
  if (target?.kind !== 'Name' || target.id !== 'DATABASES') return undefined
  const line = lineAfter(app.tree, file, statement.end)
  const q = usualQuote(app.tree, file)
  const text = `if ${q}DATABASE_URL${q} in os.environ:\n    DATABASES[${q}default${q}] = dj_database_url.config()\n`
  return line && [...imports(app, file, ['os', 'dj_database_url']), line.insert(text)]
}

/** Edits that name the database of the add-on, behind a line that every project has. */
export function addonNamed(app: App): readonly Edit[] | undefined {
  const [only, ...more] = app.settings.get('ROOT_URLCONF')?.alternatives ?? []
  if (only === undefined || more.length > 0 || only.when.length > 0) return undefined
  const { file, span } = only.at
  const line = lineAfter(app.tree, file, span.end)
  const q = usualQuote(app.tree, file)
  const text = `${line?.indent ?? ''}DATABASES = {${q}default${q}: dj_database_url.config()}\n`
  return line && [...imports(app, file, ['dj_database_url']), line.insert(text)]
}

const imports = (app: App, file: string, modules: readonly string[]): readonly Edit[] =>
  modules.flatMap((module) => importEdit(app, file, module) ?? [])
