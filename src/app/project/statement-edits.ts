import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import { type FileTree, readText } from '../../files/tree.ts'
import type { ClassDef, FunctionDef, Module, Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { isFunction, walk } from '../../syntax/python/walk.ts'
import { nodesAround } from './around.ts'

/** A statement directly in the body of a module, a class or a function. */
export interface HeldStatement {
  readonly statement: Statement
  /** Undefined: the module. */
  readonly holder: ClassDef | FunctionDef | undefined
  readonly indent: string
}

/** The statement around a place that stands directly in the innermost module, class or function; undefined where it shares its line. */
export function heldStatement(tree: FileTree, place: Place): HeldStatement | undefined {
  const text = readText(tree, place.file)?.text
  const around = nodesAround(tree, place)
  const holder = around.findLast(
    (node): node is ClassDef | FunctionDef => node.kind === 'ClassDef' || isFunction(node as Statement),
  )
  const body: Module['body'] | undefined = holder?.body ?? parseFile(tree, place.file)?.module.body
  const statement = body?.find(({ start, end }) => start <= place.span.start && place.span.end <= end)
  if (text === undefined || statement === undefined) return undefined
  const indent = text.slice(text.lastIndexOf('\n', statement.start - 1) + 1, statement.start)
  const behind = /^[ \t]*(?:#[^\n]*)?\r?(?:\n|$)/.test(text.slice(statement.end))
  return /^[ \t]*$/.test(indent) && behind ? { statement, holder, indent } : undefined
}

/** Takes a statement out with its line; where it is all that its block has, `pass` takes its place. */
export function withoutStatement(tree: FileTree, file: string, held: HeldStatement): Edit | undefined {
  const text = readText(tree, file)?.text
  if (text === undefined) return undefined
  const { statement, holder, indent } = held
  if (holder !== undefined && holder.body.length === 1)
    return { file, span: { start: statement.start, end: statement.end }, text: 'pass' }
  const start = statement.start - indent.length
  const line = text.indexOf('\n', statement.end)
  let end = line < 0 ? text.length : line + 1
  // Of the blank lines before and behind it those before stay.
  const isBlankBefore = start === 0 || /\n\r?\n$/.test(text.slice(0, start))
  while (isBlankBefore && /^[ \t]*\r?\n/.test(text.slice(end))) end = text.indexOf('\n', end) + 1
  return { file, span: { start, end }, text: '' }
}

/**
 * Puts a statement of a function into `try`, with a handler behind it. Undefined where it binds a name, which what follows may use, or has
 * a text over several lines, which an indentation would change.
 */
export function tried(tree: FileTree, file: string, held: HeldStatement, handler: readonly string[]): Edit | undefined {
  const text = readText(tree, file)?.text
  const { statement, indent } = held
  const written = text?.slice(statement.start, statement.end)
  if (written === undefined || /"""|'''|\\\r?\n/.test(written) || bindsName(statement)) return undefined
  const unit = indent.includes('\t') ? '\t' : '    '
  const inner = written.replaceAll(/\n(?=[^\r\n])/g, `\n${unit}`)
  const lines = ['try:', `${indent}${unit}${inner}`, ...handler.map((one) => `${indent}${one.replace(/^\t/, unit)}`)]
  return { file, span: { start: statement.start, end: statement.end }, text: lines.join('\n') }
}

function bindsName(statement: Statement): boolean {
  let binds = false
  walk(statement, (node) => {
    const targets = node.kind === 'Assign' ? node.targets : node.kind === 'For' ? [node.target] : []
    binds ||= targets.some((one) => one.kind !== 'Attribute' && one.kind !== 'Subscript')
    binds ||= ['AnnAssign', 'AugAssign', 'Import', 'ImportFrom', 'Return', 'With', 'NamedExpr'].includes(node.kind)
    return !binds
  })
  return binds
}
