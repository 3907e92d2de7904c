import type { App } from '../../../src/app/app.ts'
import { importEdit } from '../../../src/app/project/imports.ts'
import { openedByModule } from '../../../src/app/project/named-by-module.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { mergedWithEnvironment } from '../../../src/app/settings/env-files.ts'
import { expressionAt, sourceText } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Crash } from '../../../src/evaluate/python/evaluation.ts'
import type { Expression, Statement } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { literalText } from '../../../src/syntax/python/walk.ts'

/** A way to end a crash that asks nobody what was meant. */
export interface Mend {
  readonly kind: 'folder' | 'port' | 'case' | 'module' | 'merged'
  readonly edits: readonly Edit[]
}

/** What ends a crash, where the line that raises it says all that is needed. */
export function mendOf(app: App, crash: Crash): Mend | undefined {
  const found = [
    { kind: 'folder' as const, edits: folderMade(app, crash) },
    { kind: 'port' as const, edits: portByDefault(app, crash) },
    { kind: 'case' as const, edits: asItIsSpelled(app, crash) },
    { kind: 'module' as const, edits: byItsModule(app, crash) },
    { kind: 'merged' as const, edits: besideTheFile(app, crash) },
  ].find(({ edits }) => edits !== undefined)
  return found?.edits && { kind: found.kind, edits: found.edits }
}

/** Whether the file that is missing would stand outside of what is pushed, as on a server of one's own. */
export function isElsewhere({ exception, message }: Crash): boolean {
  return exception === 'FileNotFoundError' && /: '\/(?!app\/)[^']*'$/.test(message)
}

/** A handler of LOGGING opens a file in a folder that nobody makes: it is made before the statement that names it. */
function folderMade(app: App, { exception, message, at }: Crash): readonly Edit[] | undefined {
  if (exception !== 'ValueError' || !/Unable to configure handler .*\[Errno 2\]/.test(message)) return undefined
  const node = expressionAt(app.tree, at)
  const made = node && making(app, at.file, node)
  const before = made === undefined ? undefined : lineOf(app, at)
  if (made === undefined || before === undefined) return undefined
  const { file } = at
  const line: Edit = { file, span: { start: before.start, end: before.start }, text: `${made}\n${before.indent}` }
  const imported = made.startsWith('os.') ? importEdit(app, file, 'os') : undefined
  return imported === undefined ? [line] : [imported, line]
}

/** The call that makes the folder of a path, in the way the path is written. */
function making(app: App, file: string, node: Expression): string | undefined {
  const written = (span: Span): string => sourceText(app.tree, { file, span }) ?? ''
  if (node.kind === 'BinOp' && node.op === '/') {
    const folder = written(node.left)
    return folder.includes('\n') ? undefined : `(${folder}).mkdir(parents=True, exist_ok=True)`
  }
  if (node.kind === 'Call' && dottedName(node.func) === 'os.path.join' && node.args.length > 1) {
    const [first, last] = [node.args[0], node.args.at(-2)]
    if (first === undefined || last === undefined || node.args.some(({ kind }) => kind === 'Starred')) return undefined
    const parts = written({ start: first.start, end: last.end })
    return parts.includes('\n') ? undefined : `os.makedirs(os.path.join(${parts}), exist_ok=True)`
  }
  const [, quote, folder] = /^(["'])([\w./-]+)\/[\w.-]+\1$/.exec(written(node)) ?? []
  return literalText(node) === undefined || folder === undefined
    ? undefined
    : `os.makedirs(${quote}${folder}${quote}, exist_ok=True)`
}

/** Where the innermost statement around a place begins, alone on its line so far, and its indentation. */
function lineOf(app: App, { file, span }: Place): { start: number; indent: string } | undefined {
  const source = parseFile(app.tree, file)
  let found: Statement | undefined
  eachNode(source?.module.body, (node) => {
    if (node.start > span.start || node.end < span.end) return false
    if (statements.has(node.kind)) found = node as Statement
    return true
  })
  if (source === undefined || found === undefined) return undefined
  const indent = source.text.slice(source.text.lastIndexOf('\n', found.start - 1) + 1, found.start)
  return /^[ \t]*$/.test(indent) ? { start: found.start, indent } : undefined
}

const statements = new Set(['Assign', 'AnnAssign', 'AugAssign', 'Expr', 'Return'])

/** The build and the release have no PORT: Heroku gives it to `web` when it starts. */
function portByDefault(app: App, { exception, message, at }: Crash): readonly Edit[] | undefined {
  if (exception !== 'KeyError' || message !== "'PORT'") return undefined
  const node = expressionAt(app.tree, at)
  if (node?.kind !== 'Subscript' || literalText(node.slice) !== 'PORT') return undefined
  const [from, name] = [node.value, node.slice].map((span) => sourceText(app.tree, { file: at.file, span }) ?? '')
  if (!/(?:^|\.)environ$/.test(from ?? '') || name === undefined) return undefined
  return [{ ...at, text: `${from}.get(${name}, ${name[0]}8000${name[0]})` }]
}

/** A module whose file has another case than the import, which Linux tells apart. */
function asItIsSpelled(app: App, { exception, message, at }: Crash): readonly Edit[] | undefined {
  const module = exception === 'ModuleNotFoundError' ? /^No module named '([\w.]+)'$/.exec(message)?.[1] : undefined
  const statement = sourceText(app.tree, at)
  if (module === undefined || statement === undefined) return undefined
  const path = `${module.replaceAll('.', '/')}.py`
  const ends = `/${path.toLowerCase()}`
  const files = app.project.python.filter((one) => `/${one.toLowerCase()}`.endsWith(ends))
  const [file] = files
  const last = module.slice(module.lastIndexOf('.') + 1)
  const spelled = file?.slice(file.lastIndexOf('/') + 1, -3)
  const places = [...statement.matchAll(new RegExp(`(?<![\\w])${last}(?![\\w])`, 'g'))]
  const [place] = places
  if (files.length !== 1 || spelled === undefined || places.length !== 1 || place === undefined) return undefined
  if (!statement.startsWith('from ') || place.index > statement.indexOf(' import ')) return undefined
  const start = at.span.start + place.index
  return [{ file: at.file, span: { start, end: start + last.length }, text: spelled }]
}

/** A file that is opened by a name which counts from where the process stands. */
function byItsModule(app: App, { exception, message, at }: Crash): readonly Edit[] | undefined {
  return exception === 'FileNotFoundError' ? openedByModule(app, at, message) : undefined
}

/** `config['SECRET_KEY']` of a file that is not on the dyno: the config vars are read beside it. */
function besideTheFile(app: App, { exception, at }: Crash): readonly Edit[] | undefined {
  const node = exception === 'KeyError' ? expressionAt(app.tree, at) : undefined
  if (node?.kind !== 'Subscript' || node.value.kind !== 'Name') return undefined
  return mergedWithEnvironment(app, at.file, node.value.id)
}
