import type { App } from '../../../src/app/app.ts'
import { givesCoroutine } from '../../../src/app/asgi/consumer-code.ts'
import { isLocal } from '../../../src/app/asgi/module-constants.ts'
import {
  type Code,
  type CodeFile,
  codeOf,
  dottedOf,
  findClass,
  importedModule,
  placeIn,
} from '../../../src/app/asgi/python-code.ts'
import { fromImportEdit } from '../../../src/app/project/imports.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, ClassDef, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { children, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

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

/** A coroutine function of a module, or one of a class that needs no instance. */
interface Sender {
  readonly node: FunctionDef
  readonly file: CodeFile
  readonly owner: ClassDef | undefined
}

/** Where something stands: the functions around it, innermost last, and the classes. */
interface Around {
  readonly file: CodeFile
  readonly functions: readonly FunctionDef[]
  readonly owner: ClassDef | undefined
}

/**
 * Calls, as statements, of the project's own coroutine functions that send through the channel layer: a helper that became
 * `async def`, and callers that did not follow.
 */
export function droppedSenders(app: App): DroppedSender[] {
  const code = codeOf(app)
  const senders = sendersOf(app, code)
  return senders.length === 0 ? [] : mentioning(code, senders).flatMap((file) => droppedIn(app, file, senders, code))
}

/** Files in which the name of one of the functions stands. */
function mentioning(code: Code, senders: readonly Sender[]): CodeFile[] {
  return code.files.flatMap((path) => {
    const text = code.source(path)?.text ?? ''
    return senders.some(({ node }) => text.includes(node.name)) ? (code.file(path) ?? []) : []
  })
}

/** Functions that await a send of the layer, and those that await one of these. */
function sendersOf(app: App, code: Code): Sender[] {
  const sends = app.asgi.usesLayer.filter(
    ({ kind, drive }) => (kind === 'group_send' || kind === 'send') && drive === 'await',
  )
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
function coroutineFunctions(app: App, file: CodeFile): Sender[] {
  const isConsumer = (node: ClassDef) =>
    app.asgi.consumers.some(({ at }) => at.file === file.path && at.span.start === node.nameSpan.start)
  const isCoroutine = (node: FunctionDef) => givesCoroutine(node, file) === true && node.kind === 'AsyncFunctionDef'
  return file.tree.body.flatMap((node): Sender[] => {
    if (node.kind === 'AsyncFunctionDef')
      return isCoroutine(node) && bindingsOf(node.name, file.tree.body) === 1 ? [{ node, file, owner: undefined }] : []
    if (node.kind !== 'ClassDef' || node.decorators.length > 0 || isConsumer(node)) return []
    return node.body.flatMap((one) =>
      one.kind === 'AsyncFunctionDef' && isCoroutine(one) && bindingsOf(one.name, node.body) === 1
        ? [{ node: one, file, owner: node }]
        : [],
    )
  })
}

function awaitsOne({ node, file, owner }: Sender, senders: readonly Sender[], code: Code): boolean {
  let found = false
  walk(node, (inner) => {
    if (inner.kind === 'Await' && inner.value.kind === 'Call')
      found ||= senderOf(inner.value.func, { functions: [node], file, owner }, senders, code) !== undefined
  })
  return found
}

function droppedIn(app: App, file: CodeFile, senders: readonly Sender[], code: Code): DroppedSender[] {
  const found: DroppedSender[] = []
  const visit = (node: PythonNode, parents: readonly PythonNode[], around: Around): void => {
    if (node.kind === 'Call') {
      const handed = handedOver(node, file)
      const func = handed ?? (isDropped(node, parents, file) ? node.func : undefined)
      const sender = func && senderOf(func, around, senders, code)
      if (func !== undefined && sender !== undefined) {
        const awaits = parents.at(-1)?.kind !== 'Lambda' && around.functions.at(-1)?.kind === 'AsyncFunctionDef'
        const kind = handed !== undefined ? 'sender-later' : awaits ? 'sender' : 'sender-sync'
        const edits = kind === 'sender' ? [awaiting(node, file)] : bridged(app, func, file)
        const name = file.text.slice(func.start, func.end)
        const within = around.functions.at(-1)?.name ?? ''
        found.push({ kind, name, within, at: placeIn(file, handed ?? node), edits })
      }
    }
    const below = [...parents, node]
    const inside = entered(node, around)
    for (const child of children(node)) visit(child, below, inside)
  }
  visit(file.tree, [], { file, functions: [], owner: undefined })
  return found
}

function entered(node: PythonNode, around: Around): Around {
  if (node.kind === 'ClassDef') return { ...around, owner: node, functions: [] }
  return node.kind === 'FunctionDef' || node.kind === 'AsyncFunctionDef'
    ? { ...around, functions: [...around.functions, node] }
    : around
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
    dottedOf(outer.func, file) === onCommit
  )
}

const onCommit = 'django.db.transaction.on_commit'

/** The function that `on_commit(notify)`, `on_commit(partial(notify, pk))` and `Thread(target=notify)` call, and await nothing. */
function handedOver({ func, args, keywords }: Call, file: CodeFile): Expression | undefined {
  const by = dottedOf(func, file)
  const given =
    by === onCommit
      ? (args[0] ?? keywords.find(({ arg }) => arg === 'func')?.value)
      : by === 'threading.Thread' || by === 'threading.Timer'
        ? keywords.find(({ arg }) => arg === 'target' || arg === 'function')?.value
        : undefined
  if (given?.kind !== 'Call') return given
  return dottedOf(given.func, file) === 'functools.partial' ? given.args[0] : undefined
}

function awaiting(node: Call, file: CodeFile): Edit {
  return { file: file.path, span: { start: node.start, end: node.start }, text: 'await ' }
}

/** `notify(pk)` -> `async_to_sync(notify)(pk)` */
function bridged(app: App, func: Expression, file: CodeFile): Edit[] | undefined {
  const isImported = file.imports.get('async_to_sync') === 'asgiref.sync.async_to_sync'
  const imported = isImported ? undefined : fromImportEdit(app, file.path, 'asgiref.sync', 'async_to_sync')
  if (!isImported && imported === undefined) return undefined
  const at = (offset: number, text: string): Edit => ({ file: file.path, span: { start: offset, end: offset }, text })
  return [at(func.start, 'async_to_sync('), at(func.end, ')'), ...(imported === undefined ? [] : [imported])]
}

/** The function that a call means, where no function around it and nothing else in the file gives the name another meaning. */
function senderOf(func: Expression, around: Around, senders: readonly Sender[], code: Code): Sender | undefined {
  const { file, functions, owner } = around
  const root = rootOf(func)
  if (root === undefined) return undefined
  if (func.kind === 'Attribute' && (root === 'self' || root === 'cls') && func.value.kind === 'Name')
    return owner && senders.find((one) => one.owner === owner && one.node.name === func.attr)
  if (functions.some((one) => isLocal(root, one))) return undefined
  if (file.imports.has(root) && (bindingsOf(root, file.tree.body) > 0 || sourcesOf(root, file) > 1)) return undefined
  const dotted = dottedOf(func, file)
  if (dotted === undefined) return undefined
  return senderAt(dotted.includes('.') ? dotted : `${file.module}.${dotted}`, senders, code)
}

function senderAt(dotted: string, senders: readonly Sender[], code: Code, depth = 0): Sender | undefined {
  const cut = dotted.lastIndexOf('.')
  const [above, name] = [dotted.slice(0, Math.max(0, cut)), dotted.slice(cut + 1)]
  const owner = findClass(code, above)?.node
  if (owner !== undefined)
    return senders.find((one) => one.owner === owner && one.node.name === name && one.node.decorators.length > 0)
  const file = code.module(above)
  const found = senders.find((one) => one.file === file && one.owner === undefined && one.node.name === name)
  const again = file?.imports.get(name)
  return found !== undefined || again === undefined || again === dotted || depth > 4
    ? found
    : senderAt(again, senders, code, depth + 1)
}

function rootOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id
  return node.kind === 'Attribute' ? rootOf(node.value) : undefined
}

/** How often a block binds a name itself, in whatever branch: `notify = async_to_sync(notify)` is one. */
function bindingsOf(name: string, body: ClassDef['body']): number {
  let count = 0
  for (const statement of body) {
    walk(statement, (inner) => {
      const isDefinition =
        inner.kind === 'FunctionDef' || inner.kind === 'AsyncFunctionDef' || inner.kind === 'ClassDef'
      if (isDefinition && inner.name === name) count++
      if (inner.kind === 'Assign' && inner.targets.some((one) => one.kind === 'Name' && one.id === name)) count++
      return !isDefinition
    })
  }
  return count
}

/** From how many modules a file imports a name: `except ImportError` may bring another one. */
function sourcesOf(name: string, file: CodeFile): number {
  const sources = new Set<string | undefined>()
  walk(file.tree, (inner) => {
    if (inner.kind === 'ImportFrom' && inner.names.some((one) => (one.asname ?? one.name) === name))
      sources.add(importedModule(inner, file.module, file.path.endsWith('__init__.py')))
  })
  return sources.size
}
