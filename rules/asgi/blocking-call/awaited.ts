import type { App } from '../../../src/app/app.ts'
import type { BlockingCall } from '../../../src/app/asgi/model.ts'
import { aroundOf, nodesAround } from '../../../src/app/project/around.ts'
import { importEdit } from '../../../src/app/project/imports.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** Methods of a QuerySet or a manager with an asynchronous twin since Django 4.1 (docs: QuerySet API, "Asynchronous queries"). */
const queries = new Set([
  ...['get', 'create', 'get_or_create', 'update_or_create', 'bulk_create', 'bulk_update', 'count', 'in_bulk', 'latest'],
  ...['earliest', 'first', 'last', 'aggregate', 'exists', 'contains', 'update', 'delete'],
])

/** All blocking calls of a coroutine as ones that are awaited, and what the first becomes: half of them would leave the rest. */
export function allAwaited(app: App, calls: readonly BlockingCall[]): { instead: string; edits: Edit[] } | undefined {
  const ways = calls.map((call) => awaited(app, call))
  const [first] = ways
  if (first === undefined || ways.includes(undefined)) return undefined
  const edits = ways.flatMap((way) => way?.edits ?? [])
  return { instead: first.instead, edits: uniqueBy(edits, (edit) => `${edit.file} ${edit.span.start} ${edit.text}`) }
}

/** A blocking call as one that is awaited, and what is called then. Undefined where there is none by another name. */
function awaited(app: App, { at, what, name, inside }: BlockingCall): { instead: string; edits: Edit[] } | undefined {
  if (inside !== undefined) return undefined
  const call = aroundOf(app.tree, at, 'Call')
  if (call === undefined || nodesAround(app.tree, at).some(({ kind }) => kind === 'Lambda')) return undefined
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
  if (what !== 'orm' || call.func.kind !== 'Attribute' || !queries.has(call.func.attr)) return undefined
  if (atLeast(app.dependencies, 'Django', '4.1') !== true) return undefined
  const twin = `a${call.func.attr}`
  const end = call.func.end
  return { instead: twin, edits: [...around, { file, span: { start: end - call.func.attr.length, end }, text: twin }] }
}
