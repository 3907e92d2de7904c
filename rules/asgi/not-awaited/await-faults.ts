import type { App } from '../../../src/app/app.ts'
import {
  type ConsumerCode,
  type ConsumerMethod,
  calledMethods,
  eachOwn,
  givesCoroutine,
  isCoroutineMethod,
  isInheritedCoroutine,
  type Moment,
  memberName,
  returnedBy,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import { type CodeFile, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { touchesManager } from '../../../src/app/asgi/query-sets.ts'
import { isThreadBridge } from '../../../src/app/asgi/thread-bridge.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { isFunction, type PythonNode } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { whatFollows } from './what-follows.ts'

/** A coroutine that is made and not awaited, or awaited and none. */
export interface AwaitFault {
  /**
   * `accept`, `sent`: a method of Channels is called as a statement. `own`: one of the project is. `refused`: close() is, and
   * the method goes on. `used`: the coroutine is used in place of its result. `sync-…`: Channels awaits what the method returns, which is None. `async-…`: Channels calls it and awaits
   * nothing. `codec-…`: the same of encode_json and decode_json. `called`: sync_to_async is given what a function returns.
   */
  readonly kind:
    | 'accept'
    | 'sent'
    | 'own'
    | 'refused'
    | 'used'
    | 'called'
    | `sync-${Moment}`
    | `async-${Moment}`
    | 'codec-sync'
    | 'codec-async'
  readonly consumer: string
  /** The method it stands in, or the method itself. */
  readonly method: string
  /** What is called, as written without arguments. */
  readonly name: string
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

/** Every coroutine that the served consumers do not await, and every method of another colour than their class. */
export function awaitFaults(app: App): AwaitFault[] {
  const found = servedConsumers(app).flatMap((code) => [
    ...colourFaults(app, code),
    ...codecFaults(code),
    ...code.functions.flatMap((method) => callFaults(code, method)),
  ])
  return uniqueBy(found, ({ at }) => placeKey(at))
}

/** Methods that Channels calls in the colour of the class. */
function colourFaults(app: App, code: ConsumerCode): AwaitFault[] {
  return calledMethods(app, code).flatMap(({ name, moment, node, file }): AwaitFault[] => {
    const fault = (kind: AwaitFault['kind']): AwaitFault[] => [
      { kind, consumer: code.consumer.name, method: name, name, at: placeIn(file, node.nameSpan), edits: undefined },
    ]
    if (node.decorators.length > 0 || givesCoroutine(node, file) === undefined) return []
    if (!code.async) return node.kind === 'AsyncFunctionDef' ? fault(`async-${moment}`) : []
    // What it returns may be a coroutine: `return self.accept()`.
    return node.kind === 'FunctionDef' && !returnsSomething(node) ? fault(`sync-${moment}`) : []
  })
}

/** What the JSON classes call: `await self.encode_json(…)` in the asynchronous one, without await in the other. */
const codecs = ['encode_json', 'decode_json']

/** An encode_json or decode_json of another colour than its class, as far as Channels or the project calls it. */
function codecFaults(code: ConsumerCode): AwaitFault[] {
  return codecs.flatMap((name): AwaitFault[] => {
    const method = code.methods.get(name)
    if (!code.json || method === undefined || !isReached(code, name)) return []
    const { node, file } = method
    const fault = (kind: AwaitFault['kind']): AwaitFault[] => [
      {
        kind,
        consumer: code.consumer.name,
        method: name,
        name,
        at: placeIn(file, node.nameSpan),
        edits: kind === 'codec-sync' ? coroutineOf(node, file) : undefined,
      },
    ]
    const coroutine = givesCoroutine(node, file)
    if (!code.async) return coroutine === true ? fault('codec-async') : []
    return coroutine === false && returnsJson(node, file) ? fault('codec-sync') : []
  })
}

/** send_json() encodes; the generic receive() decodes each text. */
function isReached(code: ConsumerCode, name: string): boolean {
  const replaced = name === 'encode_json' ? ['send_json'] : ['receive', 'websocket_receive', 'dispatch']
  if (replaced.some((one) => code.methods.has(one))) return false
  if (name === 'decode_json') return true
  return code.functions.some(({ node }) => {
    let calls = false
    eachOwn(node, (inner) => {
      if (inner.kind === 'Attribute' && inner.attr === 'send_json') calls = true
    })
    return calls
  })
}

const jsonModules = /^(?:json|orjson|ujson|rapidjson|simplejson|msgspec\.json)\.(?:dumps|loads|encode|decode)$/

/** Every `return` gives a text or what a JSON library returns, which nobody can await. */
function returnsJson(node: FunctionDef, file: CodeFile): boolean {
  const values = returnedBy(node)
  return values.length > 0 && values.every((value) => value !== undefined && isPlainResult(value, node, file))
}

function isPlainResult(value: Expression, node: FunctionDef, file: CodeFile): boolean {
  if (value.kind === 'Constant' || value.kind === 'JoinedStr' || value.kind === 'Dict') return true
  if (value.kind === 'Name') {
    const assigned = onlyAssignment(node, value.id)
    return assigned !== undefined && assigned.kind !== 'Name' && isPlainResult(assigned, node, file)
  }
  if (value.kind !== 'Call') return false
  if (value.func.kind === 'Attribute' && value.func.attr === 'decode')
    return isPlainResult(value.func.value, node, file)
  return jsonModules.test(dottedOf(value.func, file) ?? '')
}

/** It may return something else than None, or never returns to be awaited. */
function returnsSomething(node: FunctionDef): boolean {
  let found = node.body.at(-1)?.kind === 'Raise'
  eachOwn(node, (inner) => {
    if (inner.kind === 'Return' && inner.value !== undefined) found = true
  })
  return found
}

function callFaults(code: ConsumerCode, method: ConsumerMethod): AwaitFault[] {
  const { node, file } = method
  const found: AwaitFault[] = []
  const insideCoroutine = node.kind === 'AsyncFunctionDef'
  const add = (kind: AwaitFault['kind'], call: Call, awaits: boolean, parent?: PythonNode): void => {
    const at = placeIn(file, call)
    const edits =
      kind === 'called'
        ? handedOver(call, parent, file)
        : awaits && insideCoroutine
          ? [awaiting(call, file)]
          : undefined
    found.push({ kind, consumer: code.consumer.name, method: node.name, name: written(call.func, file), at, edits })
  }
  eachOwn(node, (inner, parents) => {
    if (inner.kind !== 'Call') return
    const parent = parents.at(-1)
    if (insideCoroutine && bridgesResult(inner, code, file)) add('called', inner, false, parent)
    if (!isCoroutineCall(inner, code, method)) return
    if (parent?.kind === 'Expr')
      refusesInVain(inner, node, code) ? add('refused', inner, false) : add(dropped(inner, code), inner, true)
    else if (isUse(inner, parent)) add('used', inner, false)
    else if (parent?.kind === 'Assign' && parent.targets.length === 1 && parent.targets[0]?.kind === 'Name') {
      if (onlyUsed(parent.targets[0].id, node)) add('used', inner, true)
    }
  })
  return found
}

/**
 * `self.close()` with more of the method behind it: it was not awaited, and awaited it closes before `accept()` and all the rest run, as
 * if nobody had been refused. What is meant is to leave there.
 */
function refusesInVain(call: Call, node: FunctionDef, code: ConsumerCode): boolean {
  const { name } = memberName(call.func) ?? { name: '' }
  return name === 'close' && !code.methods.has(name) && whatFollows(node.body, call) === 'followed'
}

/** `def` -> `async def`. */
const coroutineOf = (node: FunctionDef, file: CodeFile): Edit[] => [
  { file: file.path, span: { start: node.start, end: node.start }, text: 'async ' },
]

/** `sync_to_async(f(x))()` -> `sync_to_async(f)(x)`. */
function handedOver(call: Call, parent: PythonNode | undefined, file: CodeFile): Edit[] | undefined {
  const outer = parent?.kind === 'Call' && parent.func === call ? parent : call
  const [inner, ...others] = call.args
  if (inner?.kind !== 'Call' || others.length > 0 || (outer !== call && outer.args.length + outer.keywords.length > 0))
    return undefined
  const given = file.text.slice(inner.func.end, inner.end)
  return [{ file: file.path, span: { start: inner.func.end, end: outer.end }, text: `)${given}` }]
}

function awaiting(call: Call, file: CodeFile): Edit {
  return { file: file.path, span: { start: call.start, end: call.start }, text: 'await ' }
}

/** What a coroutine that nobody runs would have done. */
function dropped(call: Call, code: ConsumerCode): AwaitFault['kind'] {
  const { name, of } = memberName(call.func) ?? { name: '', of: 'self' }
  if (of === 'self' && code.methods.has(name)) return 'own'
  if (name === 'accept' || name === 'connect' || name === 'websocket_connect') return 'accept'
  return name === 'send' || name === 'send_json' ? 'sent' : 'own'
}

function isCoroutineCall(call: Call, code: ConsumerCode, { file, node }: ConsumerMethod): boolean {
  const member = memberName(call.func)
  if (member !== undefined) {
    if (member.of === 'self') return isCoroutineMethod(code, member.name) === true
    // Of several classes of the project that define it, the next one is meant.
    const others = code.functions.filter((one) => one.node.name === member.name && one.node !== node)
    return others.length === 0 && isInheritedCoroutine(code, member.name)
  }
  if (call.func.kind !== 'Name') return false
  const { id } = call.func
  const definitions = file.tree.body.filter(
    (statement): statement is FunctionDef => isFunction(statement) && statement.name === id,
  )
  const [only] = definitions
  return only !== undefined && definitions.length === 1 && !file.imports.has(id) && givesCoroutine(only, file) === true
}

/** Attributes that a coroutine has. */
const coroutineAttributes = new Set(['send', 'throw', 'close', '__await__', '__name__', '__qualname__'])

/** A place where a coroutine is of no use: its attribute, its item, its truth. */
function isUse(node: Expression, parent: PythonNode | undefined): boolean {
  switch (parent?.kind) {
    case 'Attribute':
      return parent.value === node && !coroutineAttributes.has(parent.attr) && !parent.attr.startsWith('cr_')
    case 'Subscript':
      return parent.value === node
    case 'If':
    case 'While':
    case 'IfExp':
      return parent.test === node
    case 'For':
      return parent.iter === node
    case 'UnaryOp':
    case 'BinOp':
    case 'Compare':
    case 'FormattedValue':
      return true
    default:
      return false
  }
}

/** A local name that holds a coroutine is used, and every time as if it were the result. */
function onlyUsed(name: string, node: FunctionDef): boolean {
  let bound = 0
  let used = 0
  let other = 0
  eachOwn(node, (inner, parents) => {
    const parent = parents.at(-1)
    if (isFunction(inner) || inner.kind === 'Lambda') other++
    if (inner.kind !== 'Name' || inner.id !== name) return
    if (parent?.kind === 'Assign' && parent.targets.includes(inner)) bound++
    else if (isUse(inner, parent)) used++
    else other++
  })
  return bound === 1 && used > 0 && other === 0
}

/** `database_sync_to_async(self.find())`: a function of the consumer that returns no function is called where it should be handed over. */
function bridgesResult(call: Call, code: ConsumerCode, file: CodeFile): boolean {
  const [given, ...more] = call.args
  if (given?.kind !== 'Call' || more.length > 0 || call.keywords.length > 0 || !isThreadBridge(call.func, file))
    return false
  const member = memberName(given.func)
  if (member === undefined) return false
  const method = code.methods.get(member.name)
  return method !== undefined && method.node.decorators.length === 0 && !mayReturnFunction(method.node)
}

/** What a call of it gives may be a function after all: only what is surely none is a fault. */
function mayReturnFunction(node: FunctionDef): boolean {
  if (node.kind === 'AsyncFunctionDef') return false
  let found = false
  eachOwn(node, (inner) => {
    if (inner.kind !== 'Return' || inner.value === undefined) return
    const value = inner.value.kind === 'Name' ? onlyAssignment(node, inner.value.id) : inner.value
    if (value === undefined || !isNoFunction(value)) found = true
  })
  return found
}

function isNoFunction(node: Expression): boolean {
  // A text's own methods, and whatever is asked of a manager, give data.
  if (node.kind === 'Call' && node.func.kind === 'Attribute')
    return textMethods.has(node.func.attr) || touchesManager(node.func.value)
  return noFunctions.has(node.kind)
}

const textMethods = new Set([
  'split',
  'splitlines',
  'strip',
  'join',
  'lower',
  'upper',
  'title',
  'replace',
  'encode',
  'decode',
])
const noFunctions = new Set<Expression['kind']>([
  'Constant',
  'Compare',
  'List',
  'Dict',
  'Set',
  'Tuple',
  'JoinedStr',
  'ListComp',
  'DictComp',
  'BinOp',
])

function written(node: Expression, file: CodeFile): string {
  return file.text.slice(node.start, node.end).replace(/\s+/g, ' ').slice(0, 60)
}
