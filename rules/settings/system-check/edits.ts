import type { App } from '../../../src/app/app.ts'
import type { DjangoCommand } from '../../../src/app/processes/model.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { withEntry } from '../../../src/app/settings/dict-edits.ts'
import { elementPlaces, expressionAt, quoteAt, sourceText } from '../../../src/app/settings/source-text.ts'
import type { RaisedCheck } from '../../../src/app/settings/system-checks/raised.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { readText } from '../../../src/files/tree.ts'
import { languages } from '../../../src/knowledge/languages.ts'
import type { Expression } from '../../../src/syntax/python/ast.ts'
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
  if (check.id === 'admin.E409') return withMessages(app, at)
  if (check.id === 'staticfiles.E002') return anotherRoot(app)
  if (check.id === 'translation.E004' || check.id === 'translation.E001') return codeOfDjango(app)
  const isWritten = value !== undefined && literalText(node) === value
  // Before the quote that ends it.
  const end = at.span.end - 1
  return check.id === 'urls.E006' && isWritten ? [{ file: at.file, span: { start: end, end }, text: '/' }] : undefined
}

/** The middleware of messages asks for a session before it: the end of the list has all before it. */
function withMessages(app: App, list: Place): readonly Edit[] | undefined {
  const last = elementPlaces(app.tree, list)?.at(-1)
  const text = readText(app.tree, list.file)?.text
  const written = last && sourceText(app.tree, last)
  const quote = written?.[0]
  if (last === undefined || text === undefined || (quote !== '"' && quote !== "'")) return undefined
  const before = text.slice(text.lastIndexOf('\n', last.span.start - 1) + 1, last.span.start)
  const { end } = last.span
  const joined = /^[ \t]*$/.test(before) ? `,\n${before}` : ', '
  const name = `${quote}django.contrib.messages.middleware.MessageMiddleware${quote}`
  return [{ file: list.file, span: { start: end, end }, text: `${joined}${name}` }]
}

/** `--fail-level WARNING` on the command line of the process. */
export function withoutLevel(app: App, { args, at }: DjangoCommand, level: string): readonly Edit[] | undefined {
  const index = args.findIndex(({ parts }) => /^--fail-level(?:=|$)/.test(known(parts) ?? ''))
  const [option, value] = args.slice(index, index + 2)
  if (index < 0 || option === undefined || /\.(?:py|json|toml|ya?ml)$/.test(at.file)) return undefined
  const last = known(option.parts) === '--fail-level' ? value : option
  const text = readText(app.tree, at.file)?.text.slice(0, option.at.span.start)
  if (last === undefined || text === undefined || option.at.file !== at.file || last.at.file !== at.file)
    return undefined
  if (!known(last.parts)?.endsWith(level)) return undefined
  const start = text.length - (/[ \t]*$/.exec(text)?.[0].length ?? 0)
  return [{ file: at.file, span: { start, end: last.at.span.end }, text: '' }]
}

/** A file by which git keeps a folder. */
export function keptFolder({ tree }: App, folder: string): readonly Edit[] | undefined {
  const file = `${folder}/.gitkeep`
  return tree.kind(file) === undefined ? [{ file, span: { start: 0, end: 0 }, text: '', action: 'create' }] : undefined
}

/** `us-en` and `en_US` are `en-us` for Django. */
function codeOfDjango(app: App): readonly Edit[] | undefined {
  const [only, ...others] = app.settings.get('LANGUAGE_CODE')?.alternatives ?? []
  const code = only && plain(only.value)
  const node = only && expressionAt(app.tree, only.value.at)
  if (only === undefined || others.length > 0 || code === undefined || literalText(node) !== code) return undefined
  const parts = code.toLowerCase().split(/[-_]/)
  const meant = [parts.join('-'), parts.toReversed().join('-')].find(
    (one) => one !== code && (languages.has(one) || languages.has(one.split('-')[0] ?? '')),
  )
  const quote = quoteAt(app.tree, only.value.at)
  return meant === undefined ? undefined : [{ ...only.value.at, text: `${quote}${meant}${quote}` }]
}

/** STATIC_ROOT becomes a folder that is not there yet: collectstatic makes it. */
function anotherRoot(app: App): readonly Edit[] | undefined {
  const [only, ...others] = app.settings.get('STATIC_ROOT')?.alternatives ?? []
  if (only === undefined || others.length > 0 || app.tree.kind('staticfiles') !== undefined) return undefined
  const texts: Expression[] = []
  eachNode(expressionAt(app.tree, only.value.at) ?? expressionAt(app.tree, only.at), (node) => {
    if (node.kind === 'Constant' && literalText(node) !== undefined) texts.push(node)
    return true
  })
  const last = texts.at(-1)
  if (last === undefined || !/^[\w-]+$/.test(literalText(last) ?? '')) return undefined
  const at = { file: only.value.at.file, span: { start: last.start, end: last.end } }
  const quote = quoteAt(app.tree, at)
  return [{ ...at, text: `${quote}staticfiles${quote}` }]
}
