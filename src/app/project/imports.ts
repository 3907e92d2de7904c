import type { Edit } from '../../contracts/edit.ts'
import { isStandard } from '../../evaluate/python/stdlib.ts'
import { linesAt } from '../../syntax/insertions.ts'
import type { Import, ImportFrom, Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'

type AnyImport = Import | ImportFrom

/**
 * An edit that imports a module, in the group it belongs to: the standard library first, then what is installed. Undefined where
 * the name is imported already, or the file cannot be read.
 */
export function importEdit(app: App, file: string, module: string): Edit | undefined {
  const source = parseFile(app.tree, file)
  if (source === undefined) return undefined
  const { text, module: tree } = source
  const imports = tree.body.filter(isImport)
  if (imports.some((one) => one.kind === 'Import' && one.names.some(({ name, asname }) => name === module && !asname)))
    return undefined
  const plain = imports.filter((one) => moduleOf(one) !== '__future__' && isLeading(tree.body, one))
  const group = plain.filter((one) => isStandard(topOf(moduleOf(one))) === isStandard(topOf(module)))
  const at = (offset: number, line: string): Edit => lineEdit(file, text, offset, line)
  const [first] = group
  // `import x` stands before `from x import y`, and both by name.
  const after = group.findLast((one) => one.kind === 'Import' && moduleOf(one) < module)
  if (after !== undefined) return at(lineAfter(text, after.end), `import ${module}\n`)
  if (first !== undefined) return at(first.start, `import ${module}\n`)
  const last = isStandard(topOf(module)) ? undefined : plain.at(-1)
  if (last !== undefined) return at(lineAfter(text, last.end), `\nimport ${module}\n`)
  const [other] = plain
  if (other !== undefined) return at(other.start, `import ${module}\n\n`)
  const start = tree.body.find((one) => !isDocstring(one, tree.body) && !isFuture(one))
  return at(start?.start ?? text.length, `import ${module}\n\n`)
}

/**
 * An edit that adds `from module import name` among those of its package, by name: what may be imported only once Django is set
 * up stands where they do. Undefined when nothing of its package is imported.
 */
export function fromImportEdit(app: App, file: string, module: string, name: string): Edit | undefined {
  const source = parseFile(app.tree, file)
  const beside = source?.module.body.filter(isImport).filter((one) => topOf(moduleOf(one)) === topOf(module)) ?? []
  const [first] = beside
  if (source === undefined || first === undefined) return undefined
  const same = beside.find((one) => one.kind === 'ImportFrom' && moduleOf(one) === module)
  const last = same?.names.at(-1)
  if (last !== undefined && last.name !== '*')
    return { file, span: { start: last.end, end: last.end }, text: `, ${name}` }
  const before = beside.findLast((one) => moduleOf(one) < module)
  const offset = before === undefined ? first.start : lineAfter(source.text, before.end)
  return lineEdit(file, source.text, offset, `from ${module} import ${name}\n`)
}

/**
 * Edits that bind a name of an installed package that may be imported at any time, such as asgiref: none where the file binds it so
 * already, undefined where it binds the name to something else or cannot be read.
 */
export function fromImported(app: App, file: string, module: string, name: string): readonly Edit[] | undefined {
  const source = parseFile(app.tree, file)
  if (source === undefined) return undefined
  const imports = source.module.body.filter(isImport)
  const binding = imports.find(({ names }) => names.some((one) => (one.asname ?? one.name) === name))
  if (binding !== undefined) return binding.kind === 'ImportFrom' && moduleOf(binding) === module ? [] : undefined
  const beside = fromImportEdit(app, file, module, name)
  if (beside !== undefined) return [beside]
  const { text, module: tree } = source
  const line = `from ${module} import ${name}\n`
  const at = (offset: number, written: string): Edit[] => [lineEdit(file, text, offset, written)]
  const plain = imports.filter((one) => moduleOf(one) !== '__future__' && isLeading(tree.body, one))
  const [relative] = plain.filter((one) => moduleOf(one).startsWith('.'))
  const installed = plain.filter((one) => !moduleOf(one).startsWith('.') && !isStandard(topOf(moduleOf(one))))
  const next = installed.find((one) => one.kind === 'ImportFrom' && moduleOf(one) > module)
  const last = installed.at(-1) ?? plain.at(-1)
  if (next !== undefined) return at(next.start, line)
  if (installed.length === 0 && relative !== undefined) return at(relative.start, `${line}\n`)
  if (last !== undefined) return at(lineAfter(text, last.end), installed.length > 0 ? line : `\n${line}`)
  const start = tree.body.find((one) => !isDocstring(one, tree.body) && !isFuture(one))
  return at(start?.start ?? text.length, `${line}\n\n`)
}

const isImport = (one: Statement): one is AnyImport => one.kind === 'Import' || one.kind === 'ImportFrom'
const isFuture = (one: Statement): boolean => isImport(one) && moduleOf(one) === '__future__'

/** Among the imports at the top, before any other statement. */
function isLeading(body: readonly Statement[], one: Statement): boolean {
  return body.slice(0, body.indexOf(one)).every((before) => isImport(before) || isDocstring(before, body))
}

const isDocstring = (one: Statement, body: readonly Statement[]): boolean =>
  one === body[0] && one.kind === 'Expr' && one.value.kind === 'Constant'

function moduleOf(one: AnyImport): string {
  if (one.kind === 'Import') return one.names[0]?.name ?? ''
  return `${'.'.repeat(one.level)}${one.module ?? ''}`
}

/** `a` of `a.b.c`; relative imports are the project's own. */
const topOf = (module: string): string => module.split('.')[0] ?? ''

function lineEdit(file: string, text: string, offset: number, line: string): Edit {
  const { start, end, text: written } = linesAt(text, offset, line)
  return { file, span: { start, end }, text: written }
}

function lineAfter(text: string, offset: number): number {
  const end = text.indexOf('\n', offset)
  return end < 0 ? text.length : end + 1
}
