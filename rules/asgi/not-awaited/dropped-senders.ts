import type { App } from '../../../src/app/app.ts'
import { givesCoroutine } from '../../../src/app/asgi/consumer-code.ts'
import type { LayerUse } from '../../../src/app/asgi/model.ts'
import {
  eachStanding,
  functionAt,
  type ProjectFunction,
  type Standing,
  surelyDotted,
} from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass, placeIn } from '../../../src/app/asgi/python-code.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, ClassDef, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { bindingsOf, type NamingScope, onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A call that makes a coroutine which was to send something, and which nothing runs. */
export interface DroppedSender {
  /** `sender`: in a coroutine, which can await it. `sender-sync`: where nothing can be awaited. `sender-later`: it is handed to what calls functions. */
  readonly kind: 'sender' | 'sender-sync' | 'sender-later'
  readonly name: string
  /** The function it stands in; empty at the top of a module. */
  readonly within: string
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

/**
 * Calls, as statements, of the project's own coroutine functions that send through the channel layer: a helper that became
 * `async def`, and callers that did not follow. And such a function, or the layer's own, where it is handed to what calls functions.
 */
export function droppedSenders(app: App): DroppedSender[] {
  const code = codeOf(app)
  const senders = sendersOf(app, code)
  const files = new Set([
    ...mentioning(code, senders),
    ...app.asgi.usesLayer.flatMap(({ kind, at }) => (sending(kind) ? (code.file(at.file) ?? []) : [])),
  ])
  return [...files].flatMap((file) => droppedIn(app, file, senders, code))
}

const sending = (kind: LayerUse['kind']): boolean => kind === 'group_send' || kind === 'send'

/** Files in which the name of one of the functions stands. */
function mentioning(code: Code, senders: readonly ProjectFunction[]): CodeFile[] {
  return code.files.flatMap((path) => {
    const text = code.source(path)?.text ?? ''
    return senders.some(({ node }) => text.includes(node.name)) ? (code.file(path) ?? []) : []
  })
}

/** Functions that await a send of the layer, and those that await one of these. */
function sendersOf(app: App, code: Code): ProjectFunction[] {
  const sends = app.asgi.usesLayer.filter(({ kind, drive }) => sending(kind) && drive === 'await')
  const found = [...new Set(sends.map(({ at }) => at.file))].flatMap((path) => {
    const file = code.file(path)
    return file === undefined
      ? []
      : coroutineFunctions(app, file).filter(({ node }) =>
          sends.some(({ at }) => at.file === path && node.start <= at.span.start && at.span.end <= node.end),
        )
  })
  for (let wanted = found; wanted.length > 0; ) {
    const next = mentioning(code, wanted).flatMap((file) =>
      coroutineFunctions(app, file).filter(
        (one) => !found.some(({ node }) => node === one.node) && awaitsOne(one, wanted, code),
      ),
    )
    found.push(...next)
    wanted = next
  }
  return found
}

/** The coroutine functions of a module and of its classes, consumers left out, whose names nothing else binds there. */
function coroutineFunctions(app: App, file: CodeFile): ProjectFunction[] {
  const isConsumer = (node: ClassDef) =>
    app.asgi.consumers.some(({ at }) => at.file === file.path && at.span.start === node.nameSpan.start)
  const isCoroutine = (node: FunctionDef) => givesCoroutine(node, file) === true && node.kind === 'AsyncFunctionDef'
  return file.tree.body.flatMap((node): ProjectFunction[] => {
    if (node.kind === 'AsyncFunctionDef')
      return isCoroutine(node) && isOnly(node, file.tree) ? [{ node, file, owner: undefined }] : []
    if (node.kind !== 'ClassDef' || node.decorators.length > 0 || isConsumer(node)) return []
    return node.body.flatMap((one) =>
      one.kind === 'AsyncFunctionDef' && isCoroutine(one) && isOnly(one, node)
        ? [{ node: one, file, owner: node }]
        : [],
    )
  })
}

const isOnly = ({ name }: FunctionDef, scope: NamingScope): boolean => bindingsOf(scope).get(name)?.length === 1

function awaitsOne({ node, file, owner }: ProjectFunction, senders: readonly ProjectFunction[], code: Code): boolean {
  let found = false
  walk(node, (inner) => {
    if (inner.kind === 'Await' && inner.value.kind === 'Call')
      found ||= senderOf(inner.value.func, { functions: [node], file, owner }, senders, code) !== undefined
  })
  return found
}

function droppedIn(app: App, file: CodeFile, senders: readonly ProjectFunction[], code: Code): DroppedSender[] {
  const found: DroppedSender[] = []
  const ofLayer = app.asgi.usesLayer.filter(({ kind, at }) => sending(kind) && at.file === file.path)
  const isLayers = ({ start, end }: Expression) =>
    ofLayer.some(({ at }) => at.span.start === start && at.span.end === end)
  eachStanding(file, (node, standing, parents) => {
    if (node.kind !== 'Call') return
    const handed = handedOver(node, standing)
    const func = handed ?? (isDropped(node, parents, file) ? node.func : undefined)
    if (func === undefined) return
    // A statement of the layer's own is told of all uses of a layer.
    const isSender =
      senderOf(func, standing, senders, code) !== undefined ||
      (isLayers(func) && (handed !== undefined || parents.at(-1)?.kind !== 'Expr')) ||
      (handed !== undefined && sendsInside(handed, standing, ofLayer))
    if (!isSender) return
    const around = standing.functions.at(-1)
    const awaits = parents.at(-1)?.kind !== 'Lambda' && around?.kind === 'AsyncFunctionDef'
    const kind = handed !== undefined ? 'sender-later' : awaits ? 'sender' : 'sender-sync'
    const edits = kind === 'sender' ? [awaiting(node, file)] : bridged(app, func, file)
    const name = file.text.slice(func.start, func.end)
    found.push({ kind, name, within: around?.name ?? '', at: placeIn(file, handed ?? node), edits })
  })
  return found
}

/** A statement of its own, an item of a list that is thrown away, or all that a lambda does which is called when the transaction ends. */
function isDropped(node: Call, parents: readonly PythonNode[], file: CodeFile): boolean {
  const [outer, parent] = parents.slice(-2)
  if (parent?.kind === 'Expr') return true
  if (parent?.kind === 'ListComp') return parent.elt === node && outer?.kind === 'Expr'
  return (
    parent?.kind === 'Lambda' &&
    parent.body === node &&
    outer?.kind === 'Call' &&
    onCommit.test(dottedOf(outer.func, file) ?? '')
  )
}

/** What has a function called when the transaction ends. */
export const onCommit = /^django\.db\.(?:transaction|connection)\.on_commit$/

/** The function that `on_commit(notify)`, `on_commit(partial(notify, pk))` and `Thread(target=notify)` call, and await nothing. */
function handedOver({ func, args, keywords }: Call, { file, functions }: Standing): Expression | undefined {
  const by = dottedOf(func, file) ?? ''
  const named = onCommit.test(by)
    ? (args[0] ?? keywords.find(({ arg }) => arg === 'func')?.value)
    : by === 'threading.Thread' || by === 'threading.Timer'
      ? keywords.find(({ arg }) => arg === 'target' || arg === 'function')?.value
      : undefined
  const around = functions.at(-1)
  // `notify = partial(…)`
  const given = (named?.kind === 'Name' && around && onlyAssignment(around, named.id)) || named
  if (given?.kind !== 'Call') return named
  return dottedOf(given.func, file) === 'functools.partial' ? given.args[0] : undefined
}

/** `async def notify(): await layer.group_send(…)` inside the function that hands it over. */
function sendsInside(handed: Expression, { functions }: Standing, sends: readonly LayerUse[]): boolean {
  const around = functions.at(-1)
  const [only, ...more] = (handed.kind === 'Name' && around && bindingsOf(around).get(handed.id)) || []
  const inner = only?.by
  if (inner?.kind !== 'AsyncFunctionDef' || more.length > 0 || inner.decorators.length > 0) return false
  return sends.some(({ at, drive }) => drive === 'await' && inner.start <= at.span.start && at.span.end <= inner.end)
}

function awaiting(node: Call, file: CodeFile): Edit {
  return { file: file.path, span: { start: node.start, end: node.start }, text: 'await ' }
}

/** `notify(pk)` -> `async_to_sync(notify)(pk)` */
function bridged(app: App, func: Expression, file: CodeFile): Edit[] | undefined {
  const imported = fromImported(app, file.path, 'asgiref.sync', 'async_to_sync')
  if (imported === undefined) return undefined
  const at = (offset: number, text: string): Edit => ({ file: file.path, span: { start: offset, end: offset }, text })
  return [at(func.start, 'async_to_sync('), at(func.end, ')'), ...imported]
}

function senderOf(
  func: Expression,
  standing: Standing,
  senders: readonly ProjectFunction[],
  code: Code,
): ProjectFunction | undefined {
  const { owner } = standing
  if (func.kind === 'Attribute' && func.value.kind === 'Name' && (func.value.id === 'self' || func.value.id === 'cls'))
    return owner && senders.find((one) => one.owner === owner && one.node.name === func.attr)
  const dotted = surelyDotted(func, standing)
  return dotted === undefined ? undefined : senderAt(dotted, senders, code)
}

function senderAt(dotted: string, senders: readonly ProjectFunction[], code: Code): ProjectFunction | undefined {
  const cut = dotted.lastIndexOf('.')
  const owner = findClass(code, dotted.slice(0, Math.max(0, cut)))?.node
  const name = dotted.slice(cut + 1)
  if (owner !== undefined)
    return senders.find((one) => one.owner === owner && one.node.name === name && one.node.decorators.length > 0)
  const found = functionAt(code, dotted)
  return found && senders.find(({ node }) => node === found.node)
}
