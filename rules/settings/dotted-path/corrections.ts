import type { App } from '../../../src/app/app.ts'
import { nodesAround } from '../../../src/app/project/around.ts'
import { boundNames } from '../../../src/app/project/nodes.ts'
import { heldStatement, withoutStatement } from '../../../src/app/project/statement-edits.ts'
import { withoutElement } from '../../../src/app/settings/list-edits.ts'
import { expressionAt, quoteAt } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { nearest } from '../../../src/nearest.ts'
import type { Module } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { isFunction, literalText } from '../../../src/syntax/python/walk.ts'

/** A path that leads somewhere, like the one that is written, and the edit that writes it. */
export interface Meant {
  readonly path: string
  readonly edits: readonly Edit[]
}

/** What the path may mean: another name of its module, or its name in a module beside it. */
export function meantBy(app: App, path: string, at: Place): Meant | undefined {
  const [, module, name] = /^([\w.]+)\.(\w+)$/.exec(path) ?? []
  if (module === undefined || name === undefined || literalText(expressionAt(app.tree, at)) !== path) return undefined
  const meant = inModule(app, module, name) ?? inSibling(app, module, name)
  const quote = quoteAt(app.tree, at)
  return meant === undefined ? undefined : { path: meant, edits: [{ ...at, text: `${quote}${meant}${quote}` }] }
}

const moduleAt = (app: App, module: string): Module | undefined => {
  const found = app.project.resolve(module, app.settings.searchPath)
  return found && parseFile(app.tree, found.file)?.module
}

/** Among the classes and functions of the module the one most like the name, or the only one whose name is a part of it. */
function inModule(app: App, module: string, name: string): string | undefined {
  const names = (moduleAt(app, module)?.body ?? []).flatMap((one) =>
    (one.kind === 'ClassDef' || isFunction(one)) && !one.name.startsWith('_') ? [one.name] : [],
  )
  const like = names.filter((one) => one.length > 2 && (name.includes(one) || one.includes(name)))
  const meant = nearest(name, names) ?? (like.length === 1 ? like[0] : undefined)
  return meant === undefined ? undefined : `${module}.${meant}`
}

/** A module with a name like it, beside it, that has the name. */
function inSibling(app: App, module: string, name: string): string | undefined {
  const [, parent, last] = /^([\w.]+)\.(\w+)$/.exec(module) ?? []
  const found = parent === undefined ? undefined : app.project.resolve(parent, app.settings.searchPath)
  if (found === undefined || last === undefined || !/(?:^|\/)__init__\.py$/.test(found.file)) return undefined
  const folder = found.file.slice(0, -'/__init__.py'.length)
  const modules = app.tree.list(folder).flatMap((entry) => /^(\w+)\.py$/.exec(entry.name)?.[1] ?? [])
  const like = nearest(last, modules)
  const body = like === undefined ? undefined : moduleAt(app, `${parent}.${like}`)
  return body !== undefined && boundNames(body)?.has(name) === true ? `${parent}.${like}.${name}` : undefined
}

/** What asks for nothing when it is left out: a middleware, a context processor, a view for errors. */
const spare = /^(?:MIDDLEWARE|TEMPLATES|handler\d{3})$/

/** Takes the path out of the list that names it, or the handler that it is given to with its line. */
export function leftOut(app: App, by: string, at: Place): readonly Edit[] | undefined {
  if (!spare.test(by)) return undefined
  const around = nodesAround(app.tree, at)
  const list = around.findLast(({ kind }) => kind === 'List' || kind === 'Tuple')
  if (list !== undefined) {
    const edit = withoutElement(app, { file: at.file, span: { start: list.start, end: list.end } }, at)
    return edit && [edit]
  }
  const held = heldStatement(app.tree, at)
  const edit = held?.statement.kind === 'Assign' ? withoutStatement(app.tree, at.file, held) : undefined
  return edit && [edit]
}
