import type { App } from '../../../src/app/app.ts'
import { expressionAt, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { FunctionDef, ImportFrom, Module } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { isFunction, walk } from '../../../src/syntax/python/walk.ts'

/** A command that is written as one word in a line for a shell gets an option. */
export function withOption(app: App, { file, span }: Place, name: string, option: string): readonly Edit[] | undefined {
  return sourceText(app.tree, { file, span }) !== name || /\.(?:py|json|toml|ya?ml)$/.test(file)
    ? undefined
    : [{ file, span: { start: span.end, end: span.end }, text: ` ${option}` }]
}

/** The migration that `makemigrations --merge` writes: it follows all the last ones, and does nothing. */
export function mergeMigration(
  app: App,
  label: string,
  leaves: readonly string[],
  at: Place,
): readonly Edit[] | undefined {
  const numbers = leaves.map((leaf) => /^\d{4}(?=_)/.exec(leaf)?.[0])
  if (numbers.includes(undefined)) return undefined
  const next = String(Math.max(...numbers.map(Number)) + 1).padStart(4, '0')
  const file = `${at.file.slice(0, at.file.lastIndexOf('/'))}/${next}_merge_${leaves.join('_')}.py`
  if (app.tree.kind(file) !== undefined) return undefined
  const text = [
    'from django.db import migrations',
    '',
    '',
    'class Migration(migrations.Migration):',
    '    dependencies = [',
    ...leaves.map((leaf) => `        ('${label}', '${leaf}'),`),
    '    ]',
    '',
    '    operations = []',
    '',
  ].join('\n')
  return [{ file, span: { start: 0, end: 0 }, text, action: 'create' }]
}

/**
 * The function of a data migration takes the model from the state of then. Undefined where another place of the migration uses the model
 * of today, or the query stands in another file.
 */
export function modelOfThen(
  app: App,
  query: Place,
  migration: Place,
  label: string,
  model: string,
): readonly Edit[] | undefined {
  const { file, span } = query
  const source = file === migration.file ? parseFile(app.tree, file) : undefined
  const around = source?.module.body.find((one): one is FunctionDef => isFunction(one) && holds(one, span))
  if (source === undefined || around === undefined) return undefined
  const first = around.body[0]
  const apps = [...around.args.posonly, ...around.args.args][0]?.name
  const found = importsOf(source.module, around, model)
  if (first === undefined || apps === undefined || found.length !== 1) return undefined
  const [only] = found as [ImportFrom]
  if (
    only.names.length !== 1 ||
    only.names[0]?.asname !== undefined ||
    isUsedOutside(source.module, around, only, model)
  )
    return undefined
  const { text } = source
  const quote = text.split('"').length > text.split("'").length ? '"' : "'"
  const line = `${model} = ${apps}.get_model(${quote}${label}${quote}, ${quote}${model}${quote})`
  const put = (place: Span, written: string): Edit => ({
    file,
    span: { start: place.start, end: place.end },
    text: written,
  })
  if (holds(around, only)) return [put(only, line)]
  const indent = text.slice(text.lastIndexOf('\n', first.start - 1) + 1, first.start)
  if (indent.trim() !== '') return undefined
  const end = text.indexOf('\n', only.end) + 1
  const blank = /^\r?\n/.exec(text.slice(end))?.[0] ?? ''
  return [
    put({ start: only.start, end: end + blank.length }, ''),
    put({ start: first.start, end: first.start }, `${line}\n${indent}`),
  ]
}

/** `…objects.get(pk=…)` -> `…objects.get_or_create(pk=…)[0]`, where all that it is asked by can be written into a row. */
export function madeIfAbsent(app: App, at: Place): readonly Edit[] | undefined {
  const call = expressionAt(app.tree, at)
  if (call?.kind !== 'Call' || call.func.kind !== 'Attribute' || call.func.attr !== 'get') return undefined
  if (call.args.length > 0 || call.keywords.some(({ arg }) => arg === undefined || arg.includes('__'))) return undefined
  const { end } = call.func
  return [
    { file: at.file, span: { start: end - 3, end }, text: 'get_or_create' },
    { file: at.file, span: { start: call.end, end: call.end }, text: '[0]' },
  ]
}

function importsOf({ body }: Module, around: FunctionDef, model: string): ImportFrom[] {
  return [...body, ...around.body].filter(
    (one): one is ImportFrom =>
      one.kind === 'ImportFrom' && one.names.some(({ name, asname }) => (asname ?? name) === model),
  )
}

function isUsedOutside({ body }: Module, around: FunctionDef, bound: ImportFrom, model: string): boolean {
  let used = false
  for (const statement of body)
    if (statement !== around && statement !== bound)
      walk(statement, (node) => {
        if (node.kind === 'Name' && node.id === model) used = true
      })
  return used
}

const holds = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end
