import type { App } from '../../../src/app/app.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { ImportFrom } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import type { LostName } from './lost-names.ts'

/** Names that take what the old ones took and give back the same, as the release notes say. */
const alike = new Set([
  'django.urls.re_path',
  'django.utils.encoding.force_str',
  'django.utils.encoding.smart_str',
  'django.utils.http.url_has_allowed_host_and_scheme',
  'django.utils.translation.gettext',
  'django.utils.translation.gettext_lazy',
  'django.utils.translation.gettext_noop',
  'django.utils.translation.ngettext',
  'django.utils.translation.ngettext_lazy',
  'datetime.timezone.utc',
  'urllib.parse.quote',
  'django.db.models.JSONField',
])

/**
 * Each import of a removed name takes its successor under the old name, so that nothing else has to change. Undefined where the two are
 * not alike, or one of the imports is not written as `from … import …`.
 */
export function underOldName(app: App, all: readonly LostName[], successor: string): readonly Edit[] | undefined {
  if (!alike.has(successor)) return undefined
  const edits = all.map(({ at, name }) => renamed(app, at, name.slice(name.lastIndexOf('.') + 1), successor))
  return edits.includes(undefined) ? undefined : edits.flatMap((one) => one ?? [])
}

function renamed(app: App, { file, span }: Place, name: string, successor: string): readonly Edit[] | undefined {
  const source = parseFile(app.tree, file)
  const statement = source?.module.body.find(
    (one): one is ImportFrom => one.kind === 'ImportFrom' && one.start <= span.start && span.end <= one.end,
  )
  const index = statement?.names.findIndex((one) => one.name === name) ?? -1
  const found = statement?.names[index]
  if (source === undefined || statement === undefined || found === undefined) return undefined
  const cut = successor.lastIndexOf('.')
  const old = found.asname ?? name
  const own = successor.slice(cut + 1)
  const line = `from ${successor.slice(0, cut)} import ${own === old ? own : `${own} as ${old}`}`
  const put = (start: number, end: number, text: string): Edit => ({ file, span: { start, end }, text })
  if (statement.names.length === 1) return [put(statement.start, statement.end, line)]
  const next = statement.names[index + 1]
  const before = statement.names[index - 1]
  const gone = next === undefined ? put(before?.end ?? found.start, found.end, '') : put(found.start, next.start, '')
  const from = source.text.lastIndexOf('\n', statement.start - 1) + 1
  return source.text.slice(from, statement.start).trim() === ''
    ? [put(statement.start, statement.start, `${line}\n${source.text.slice(from, statement.start)}`), gone]
    : undefined
}
