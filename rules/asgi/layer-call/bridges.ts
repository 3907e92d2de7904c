import type { App } from '../../../src/app/app.ts'
import type { LayerUse } from '../../../src/app/asgi/model.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import { expressionAt, usualQuote } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Call, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { isFunction, walk } from '../../../src/syntax/python/walk.ts'

/** `notify(…)` -> `await sync_to_async(notify)(…)`, where the call is all that a statement does or keeps. */
export function inThread(app: App, at: Place): readonly Edit[] | undefined {
  const call = expressionAt(app.tree, at)
  if (call?.kind !== 'Call' || dottedName(call.func) === undefined || !isWholeValue(app, at)) return undefined
  const imported = fromImported(app, at.file, 'asgiref.sync', 'sync_to_async')
  const insert = (offset: number, text: string): Edit => ({
    file: at.file,
    span: { start: offset, end: offset },
    text,
  })
  return imported && [insert(call.start, 'await sync_to_async('), insert(call.func.end, ')'), ...imported]
}

/** `await` binds less than what may stand behind a call. */
function isWholeValue({ tree }: App, { file, span }: Place): boolean {
  let found = false
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (node.start > span.start || node.end < span.end) return false
    if (node.kind === 'Expr' || node.kind === 'Assign' || node.kind === 'Return')
      found ||= node.value?.start === span.start && node.value.end === span.end
    return !found
  })
  return found
}

/** `get_channel_layer()` -> `get_channel_layer("live")`, where a function asks for one layer and sends one message through it. */
export function throughLayer(app: App, { at }: LayerUse, alias: string): readonly Edit[] | undefined {
  const around = functionAround(app, at)
  const asked: Call[] = []
  let sent = 0
  if (around === undefined) return undefined
  walk(around, (node) => {
    if (node.kind === 'Call' && /(?:^|\.)get_channel_layer$/.test(dottedName(node.func) ?? '')) asked.push(node)
    if (node.kind === 'Attribute' && /^(?:group_(?:send|add|discard)|send|receive)$/.test(node.attr)) sent++
  })
  const [only, ...more] = asked
  if (only === undefined || more.length > 0 || sent !== 1 || only.args.length + only.keywords.length > 0)
    return undefined
  const quote = usualQuote(app.tree, at.file)
  const end = only.end - 1
  return [{ file: at.file, span: { start: end, end }, text: `${quote}${alias}${quote}` }]
}

function functionAround({ tree }: App, { file, span }: Place): FunctionDef | undefined {
  let found: FunctionDef | undefined
  const holds = (node: Span): boolean => node.start <= span.start && span.end <= node.end
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (!holds(node)) return false
    if (isFunction(node)) found = node
    return true
  })
  return found
}
