import type { Edit } from '../../contracts/edit.ts'
import type { Place, Span } from '../../contracts/place.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { Import, ImportFrom, Module, Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import type { BootPath } from './model.ts'

/** Edits that move imports of the served module below the call that sets Django up; undefined when that is not plain. */
export function movedBelow(
  app: App,
  places: readonly Place[],
  setup: NonNullable<BootPath['setup']>,
): readonly Edit[] | undefined {
  const file = setup.at.file
  if (setup.chain.some((place) => place.file === file) || places.some((place) => place.file !== file)) return undefined
  const source = parseFile(app.tree, file)
  if (source === undefined) return undefined
  const { module, text } = source
  const statements = places.map((place) => topImport(module, place.span))
  const target = module.body.find((statement) => holds(statement, setup.at.span))
  if (target === undefined || statements.includes(undefined)) return undefined
  const moved = (statements as (Import | ImportFrom)[]).sort((a, b) => a.start - b.start)
  if (
    moved.some((one) => one.start > target.start || !aloneOnItsLines(text, one)) ||
    usedBetween(module, moved, target)
  )
    return undefined
  const lines = moved.map((one) => guarded(app.tree, text.slice(one.start, lineEnd(text, one.end)).trimEnd()))
  const removals = moved.map(
    (one): Edit => ({ file, span: { start: one.start, end: afterBlank(text, one) }, text: '' }),
  )
  const plain =
    (target.kind === 'Assign' || target.kind === 'Expr') &&
    target.value.start === setup.at.span.start &&
    target.value.end === setup.at.span.end
  const block = lines.join('\n')
  if (plain) {
    const end = lineEnd(text, target.end)
    return [...removals, { file, span: { start: end, end }, text: `\n\n${block}` }]
  }
  if (setup.call !== 'django.core.asgi.get_asgi_application' || text.includes('django_asgi_app')) return undefined
  const call = text.slice(setup.at.span.start, setup.at.span.end)
  return [
    ...removals,
    { file, span: { start: target.start, end: target.start }, text: `django_asgi_app = ${call}\n\n${block}\n\n` },
    { file, span: setup.at.span, text: 'django_asgi_app' },
  ]
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

function topImport(module: Module, span: Span): Import | ImportFrom | undefined {
  const found = module.body.find((statement) => holds(statement, span))
  return found?.kind === 'Import' || found?.kind === 'ImportFrom' ? found : undefined
}

function aloneOnItsLines(text: string, statement: Statement): boolean {
  const before = text.slice(text.lastIndexOf('\n', statement.start - 1) + 1, statement.start)
  const after = text.slice(statement.end, lineEnd(text, statement.end))
  return before.trim() === '' && /^[ \t]*(?:#.*)?$/.test(after)
}

/** A statement that stays above the call uses a name that would move below it. */
function usedBetween(module: Module, moved: readonly (Import | ImportFrom)[], target: Statement): boolean {
  const names = new Set(moved.flatMap((one) => one.names.map(({ name, asname }) => asname ?? name.split('.')[0])))
  if (names.has('*')) return true
  let used = false
  for (const statement of module.body) {
    if (statement.start >= target.start || moved.includes(statement as Import)) continue
    walk(statement, (node) => {
      if (node.kind === 'Name' && names.has(node.id)) used = true
    })
  }
  // The call itself may stand in a statement that uses them: they then have to come before it.
  return used
}

export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  if (end < 0) return text.length
  return text[end - 1] === '\r' ? end - 1 : end
}

/** Behind the statement's line, and behind the blank one that follows when another stands before it. */
function afterBlank(text: string, statement: Statement): number {
  const end = afterLine(text, statement.end)
  const lonely = /(?:^|\n)[ \t]*\r?\n$/.test(text.slice(0, statement.start)) && /^[ \t]*\r?\n/.test(text.slice(end))
  return lonely ? afterLine(text, end) : end
}

/** The start of the next line. */
function afterLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}

const sorters = [
  'pyproject.toml',
  'setup.cfg',
  'tox.ini',
  '.isort.cfg',
  'ruff.toml',
  '.ruff.toml',
  '.pre-commit-config.yaml',
]

/** Where a sorter of imports is at work, the line asks to be left where it is. */
function guarded(tree: FileTree, line: string): string {
  if (line.includes('#') || line.includes('\n')) return line
  const sorted = sorters.some((name) => /\bisort\b|\bruff\b/.test(readText(tree, name)?.text ?? ''))
  return sorted ? `${line}  # noqa: E402 isort:skip` : line
}

/** Moves the line that names the settings above the first statement that needs them. */
export function settingsMoved(app: App, named: Place, needed: Place): readonly Edit[] | undefined {
  if (named.file !== needed.file) return undefined
  const source = parseFile(app.tree, named.file)
  if (source === undefined) return undefined
  const { text, module } = source
  const line = module.body.find((one) => one.start <= named.span.start && named.span.end <= one.end)
  const target = module.body.find((one) => one.start <= needed.span.start && needed.span.end <= one.end)
  if (line?.kind !== 'Expr' && line?.kind !== 'Assign') return undefined
  if (target === undefined || target.start >= line.start) return undefined
  const imports = module.body.find((one) => one.kind === 'Import' && one.names.some(({ name }) => name === 'os'))
  let usesOs = false
  walk(line, (node) => {
    if (node.kind === 'Name' && node.id === 'os') usesOs = true
  })
  if (usesOs && (imports === undefined || imports.start > target.start)) return undefined
  const end = lineEnd(text, line.end)
  const next = text.indexOf('\n', line.end)
  const written = text.slice(line.start, end)
  if (text.slice(text.lastIndexOf('\n', line.start - 1) + 1, line.start).trim() !== '') return undefined
  return [
    { file: named.file, span: { start: target.start, end: target.start }, text: `${written}\n\n` },
    { file: named.file, span: { start: line.start, end: next < 0 ? text.length : next + 1 }, text: '' },
  ]
}

/** Puts the call that sets Django up in front of the first statement that needs it. */
export function setupInserted(app: App, path: string, needs: Place): readonly Edit[] | undefined {
  const source = parseFile(app.tree, path)
  if (source === undefined || needs.file !== path) return undefined
  const { text, module } = source
  const target = module.body.find((one) => one.start <= needs.span.start && needs.span.end <= one.end)
  const named = app.project.defaults.find((one) => one.file === path)
  if (target === undefined || (named !== undefined && named.at.span.start > target.start)) return undefined
  const imported = /^import django$/m.test(text)
  return [
    {
      file: path,
      span: { start: target.start, end: target.start },
      text: `${imported ? '' : 'import django\n\n'}django.setup()\n\n`,
    },
  ]
}
