import type { App } from '../../../src/app/app.ts'
import { withEntry } from '../../../src/app/settings/dict-edits.ts'
import { expressionAt } from '../../../src/app/settings/source-text.ts'
import type { RaisedCheck } from '../../../src/app/settings/system-checks/raised.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { literalText } from '../../../src/syntax/python/walk.ts'

/** What Django sets where STORAGES is left out (django/conf/global_settings.py since 4.2). */
const staticStorage = "{'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}"

/** What ends a check that has one answer. */
export function checkEdits(app: App, { check, at, value }: RaisedCheck): readonly Edit[] | undefined {
  const node = expressionAt(app.tree, at)
  if (check.id === 'staticfiles.E005') {
    const edit = node?.kind === 'Dict' ? withEntry(app.tree, at, 'staticfiles', staticStorage) : undefined
    return edit && [edit]
  }
  const isWritten = value !== undefined && literalText(node) === value
  // Before the quote that ends it.
  const end = at.span.end - 1
  return check.id === 'urls.E006' && isWritten ? [{ file: at.file, span: { start: end, end }, text: '/' }] : undefined
}
