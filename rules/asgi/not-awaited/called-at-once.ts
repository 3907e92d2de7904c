import type { App } from '../../../src/app/app.ts'
import { returnedBy } from '../../../src/app/asgi/consumer-code.ts'
import type { LayerUse } from '../../../src/app/asgi/model.ts'
import { eachStanding, functionAt, type Standing, surelyDotted } from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place, Span } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { walk } from '../../../src/syntax/python/walk.ts'
import { onCommit } from './dropped-senders.ts'

/** `on_commit(notify(pk))`: what was to be called when the transaction ends was called, and its result is handed over. */
export interface CalledAtOnce {
  /** What is called, as written without arguments. */
  readonly name: string
  /** The function it stands in; empty at the top of a module. */
  readonly within: string
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

/**
 * Calls of `on_commit` that are given None by what sends through the channel layer: a function of the project that returns nothing, a
 * task of Celery that is one (its `delay()` gives an AsyncResult, which nobody can call either), or `async_to_sync(layer.group_send)(…)`.
 */
export function calledAtOnce(app: App): CalledAtOnce[] {
  const code = codeOf(app)
  const sends = app.asgi.usesLayer.filter(({ kind }) => kind === 'group_send' || kind === 'send')
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes('on_commit') === true ? code.file(path) : undefined
    return file === undefined || sends.length === 0 ? [] : calledIn(app, code, file, sends)
  })
}

function calledIn(app: App, code: Code, file: CodeFile, sends: readonly LayerUse[]): CalledAtOnce[] {
  const found: CalledAtOnce[] = []
  eachStanding(file, (node, standing) => {
    if (node.kind !== 'Call' || !onCommit.test(dottedOf(node.func, file) ?? '')) return
    const given = node.args[0] ?? node.keywords.find(({ arg }) => arg === 'func')?.value
    if (given?.kind !== 'Call' || !givesNoFunction(given, standing, code, sends)) return
    found.push({
      name: file.text.slice(given.func.start, given.func.end),
      within: standing.functions.at(-1)?.name ?? '',
      at: placeIn(file, given),
      edits: handedOver(app, file, given),
    })
  })
  return found
}

function givesNoFunction({ func }: Call, standing: Standing, code: Code, sends: readonly LayerUse[]): boolean {
  const { file } = standing
  const sendsIn = (path: string, node: Expression | FunctionDef) =>
    sends.some(({ at }) => at.file === path && holds(node, at.span))
  if (func.kind === 'Call') return isBridge(func, file) && sendsIn(file.path, func)
  const isTask = func.kind === 'Attribute' && (func.attr === 'delay' || func.attr === 'apply_async')
  const dotted = surelyDotted(isTask ? func.value : func, standing)
  const called = dotted === undefined ? undefined : functionAt(code, dotted)
  if (called === undefined || !sendsIn(called.file.path, called.node)) return false
  const { node } = called
  return isTask ? node.decorators.length > 0 : node.decorators.length === 0 && returnsNothing(node)
}

const holds = ({ start, end }: Span, inner: Span): boolean => start <= inner.start && inner.end <= end

/** No `return` of it gives anything, and it is no generator. */
function returnsNothing(node: FunctionDef): boolean {
  let isPlain = node.kind === 'FunctionDef'
  walk(node, (inner) => {
    if (inner.kind === 'Yield' || inner.kind === 'YieldFrom') isPlain = false
  })
  return isPlain && returnedBy(node).every((value) => value === undefined || isNone(value))
}

const isNone = (value: Expression): boolean => value.kind === 'Constant' && value.value.type === 'none'

const isBridge = ({ func }: Call, file: CodeFile): boolean =>
  /^asgiref\.sync\.(?:async_to_sync|AsyncToSync)$/.test(dottedOf(func, file) ?? '')

/** `notify(pk)` -> `partial(notify, pk)`: the arguments are worked out where they were. */
function handedOver(app: App, file: CodeFile, { func, args, keywords, end }: Call): Edit[] | undefined {
  const given = (start: number, stop: number, text: string): Edit => ({
    file: file.path,
    span: { start, end: stop },
    text,
  })
  if (args.length + keywords.length === 0) return [given(func.end, end, '')]
  const imported = fromImported(app, file.path, 'functools', 'partial')
  const open = file.text.indexOf('(', func.end)
  return imported && [given(func.start, func.start, 'partial('), given(func.end, open + 1, ', '), ...imported]
}
