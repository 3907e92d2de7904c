import type { App } from '../../../src/app/app.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Crash } from '../../../src/evaluate/python/evaluation.ts'
import type { ImportFrom, Statement } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/** A name that `from .base import *` does not bring, for it begins with an underscore, and the import that does. */
export interface LeftOut {
  readonly name: string
  readonly edits: readonly Edit[]
}

/** What a NameError lacks, where a module from which its file imports everything binds it. */
export function leftOut(app: App, { exception, message, at }: Crash): LeftOut | undefined {
  const name = exception === 'NameError' ? /^name '(_\w*)' is not defined/.exec(message)?.[1] : undefined
  const source = name === undefined ? undefined : parseFile(app.tree, at.file)
  if (name === undefined || source === undefined) return undefined
  const star = source.module.body.find(
    (one): one is ImportFrom => one.kind === 'ImportFrom' && isStar(one) && bindsIn(app, at.file, one, name),
  )
  if (star === undefined) return undefined
  const { text } = source
  // The statement as it is written, up to its star.
  const from = text.slice(star.start, star.end)
  if (!from.endsWith('*')) return undefined
  const end = text.slice(star.end).search(/\r?\n|$/) + star.end
  return { name, edits: [{ file: at.file, span: { start: end, end }, text: `\n${from.slice(0, -1)}${name}` }] }
}

const isStar = ({ names }: ImportFrom): boolean => names.some(({ name }) => name === '*')

function bindsIn(app: App, file: string, { module, level }: ImportFrom, name: string): boolean {
  const parts = file.split('/').slice(0, -1)
  const folder = parts.slice(0, parts.length - Math.max(0, level - 1)).join('/')
  const found = app.project.resolve(module ?? '', level === 0 ? app.settings.searchPath : [folder])
  const body = found === undefined ? undefined : parseFile(app.tree, found.file)?.module.body
  return body?.some((statement) => binds(statement, name)) === true
}

function binds(statement: Statement, name: string): boolean {
  if (statement.kind === 'FunctionDef' || statement.kind === 'ClassDef') return statement.name === name
  return statement.kind === 'Assign' && statement.targets.some((target) => target.kind === 'Name' && target.id === name)
}
