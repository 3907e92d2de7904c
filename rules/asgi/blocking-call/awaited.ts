import type { App } from '../../../src/app/app.ts'
import type { BlockingCall } from '../../../src/app/asgi/model.ts'
import { aroundOf, nodesAround } from '../../../src/app/project/around.ts'
import { fromImported, importEdit } from '../../../src/app/project/imports.ts'
import type { AnyNode } from '../../../src/app/project/nodes.ts'
import { expressionAt } from '../../../src/app/settings/source-text.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Comprehension, DictComp, GeneratorExp, ListComp, SetComp } from '../../../src/syntax/python/ast.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** Methods of a QuerySet or a manager with an asynchronous twin since Django 4.1 (docs: QuerySet API, "Asynchronous queries"). */
const queries = new Set([
  ...['get', 'create', 'get_or_create', 'update_or_create', 'bulk_create', 'bulk_update', 'count', 'in_bulk', 'latest'],
  ...['earliest', 'first', 'last', 'aggregate', 'exists', 'contains', 'update', 'delete'],
])

/** Methods of an instance, or of a session, that ask at once and have no such twin in every Django that has those. */
const saving = new Set(['save', 'refresh_from_db', 'flush', 'cycle_key'])

/** All blocking calls of a coroutine as ones that are awaited, and what the first becomes: half of them would leave the rest. */
export function allAwaited(app: App, calls: readonly BlockingCall[]): { instead: string; edits: Edit[] } | undefined {
  const ways = calls.map((call) => awaited(app, call))
  const [first] = ways
  if (first === undefined || ways.includes(undefined)) return undefined
  const edits = ways.flatMap((way) => way?.edits ?? [])
  return { instead: first.instead, edits: uniqueBy(edits, (edit) => `${edit.file} ${edit.span.start} ${edit.text}`) }
}

/**
 * Whether an `await` may be put in front of an expression, with the same meaning. A generator expression becomes an asynchronous
 * one by it, which nothing that takes iterables can read; a comprehension in another one does so too, which Python refuses before
 * 3.11. What they iterate over first is evaluated outside of them. A default belongs to the function around.
 */
function takesAwait(app: App, place: Place): boolean {
  const around = nodesAround(app.tree, place)
  const own = around.findLastIndex(
    ({ kind }) => kind === 'AsyncFunctionDef' || kind === 'FunctionDef' || kind === 'Lambda',
  )
  const home = around[own]
  if (home?.kind !== 'AsyncFunctionDef' || !home.body.some((one) => holds(one, place.span))) return false
  const within = around.slice(own + 1)
  if (within.some(({ kind }) => kind === 'TemplateStr' || kind === 'ClassDef')) return false
  const comprehensions = within
    .filter(isComprehension)
    .filter(({ generators: [first] }) => !holds(first?.iter, place.span))
  const [outer, inner] = comprehensions
  if (outer === undefined) return true
  return (
    inner === undefined && outer.kind !== 'GeneratorExp' && !outer.generators.some((one) => holdsAny(one, place.span))
  )
}

const holds = (node: Span | undefined, { start, end }: Span): boolean =>
  node !== undefined && node.start <= start && end <= node.end

const holdsAny = ({ target, iter, ifs }: Comprehension, span: Span): boolean =>
  [target, iter, ...ifs].some((one) => holds(one, span))

function isComprehension(node: AnyNode): node is ListComp | SetComp | DictComp | GeneratorExp {
  return 'generators' in node
}

/** A blocking call as one that is awaited, and what is called then. Undefined where there is none by another name. */
function awaited(app: App, { at, what, name, inside }: BlockingCall): { instead: string; edits: Edit[] } | undefined {
  if (what === 'orm' && expressionAt(app.tree, at)?.kind === 'Attribute') return readInThread(app, at)
  if (inside !== undefined) return what === 'orm' ? calledInThread(app, at) : undefined
  const call = aroundOf(app.tree, at, 'Call')
  if (call === undefined || !takesAwait(app, { file: at.file, span: { start: call.start, end: call.end } }))
    return undefined
  const { file } = at
  const parent = nodesAround(app.tree, { file, span: { start: call.start, end: call.end } }).at(-2)
  const isInner = parent !== undefined && ['Attribute', 'Subscript', 'Call', 'BinOp', 'Compare'].includes(parent.kind)
  const insert = (offset: number, text: string): Edit => ({ file, span: { start: offset, end: offset }, text })
  const around = [insert(call.start, isInner ? '(await ' : 'await '), ...(isInner ? [insert(call.end, ')')] : [])]
  if (what === 'sleep' && name === 'time.sleep') {
    const imported = importEdit(app, file, 'asyncio')
    const span = { start: call.func.start, end: call.func.end }
    const edits = [{ file, span, text: 'await asyncio.sleep' }, ...(imported === undefined ? [] : [imported])]
    return isInner ? undefined : { instead: 'asyncio.sleep', edits }
  }
  if (what !== 'orm' || call.func.kind !== 'Attribute') return undefined
  if (saving.has(call.func.attr)) return calledInThread(app, at)
  if (!queries.has(call.func.attr)) return undefined
  if (atLeast(app.dependencies, 'Django', '4.1') !== true) return undefined
  const twin = `a${call.func.attr}`
  const end = call.func.end
  return { instead: twin, edits: [...around, { file, span: { start: end - call.func.attr.length, end }, text: twin }] }
}

/** `user.profile` -> `await database_sync_to_async(lambda: user.profile)()`: reading it asks the database, in a thread then. */
function readInThread(app: App, at: Place): { instead: string; edits: Edit[] } | undefined {
  const imported = fromImported(app, at.file, 'channels.db', 'database_sync_to_async')
  const parent = nodesAround(app.tree, at).at(-2)
  const isTarget = parent?.kind === 'Assign' && parent.targets.some((one) => holds(one, at.span))
  if (imported === undefined || parent === undefined || isTarget || !takesAwait(app, at)) return undefined
  const isInner = ['Attribute', 'Subscript', 'Call', 'BinOp', 'Compare'].includes(parent.kind)
  const { file, span } = at
  const insert = (offset: number, text: string): Edit => ({ file, span: { start: offset, end: offset }, text })
  return {
    instead: 'database_sync_to_async',
    edits: [
      insert(span.start, `${isInner ? '(' : ''}await database_sync_to_async(lambda: `),
      insert(span.end, `)()${isInner ? ')' : ''}`),
      ...imported,
    ],
  }
}

/** `self.display_name()` -> `await database_sync_to_async(self.display_name)()`, where a function of the project asks the database. */
function calledInThread(app: App, at: Place): { instead: string; edits: Edit[] } | undefined {
  const call = expressionAt(app.tree, at)
  const isNamed = call?.kind === 'Call' && (call.func.kind === 'Attribute' || call.func.kind === 'Name')
  if (!isNamed || !takesAwait(app, at)) return undefined
  const imported = fromImported(app, at.file, 'channels.db', 'database_sync_to_async')
  const parent = nodesAround(app.tree, at).at(-2)
  if (imported === undefined || parent === undefined) return undefined
  const isInner = ['Attribute', 'Subscript', 'Call', 'BinOp', 'Compare'].includes(parent.kind)
  const insert = (offset: number, text: string): Edit => ({
    file: at.file,
    span: { start: offset, end: offset },
    text,
  })
  return {
    instead: 'database_sync_to_async',
    edits: [
      insert(call.start, `${isInner ? '(' : ''}await database_sync_to_async(`),
      insert(call.func.end, ')'),
      ...(isInner ? [insert(call.end, ')')] : []),
      ...imported,
    ],
  }
}
