import type { App } from '../../../src/app/app.ts'
import { calledFunction, methodsOf } from '../../../src/app/asgi/called-function.ts'
import { eachOwn, givesCoroutine } from '../../../src/app/asgi/consumer-code.ts'
import { lookUpOf } from '../../../src/app/asgi/look-up.ts'
import type { Consumer, WrapperNode } from '../../../src/app/asgi/model.ts'
import { bodyOf, type ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { websocketStacks } from '../../../src/app/asgi/stacks.ts'
import { isThreadBridge } from '../../../src/app/asgi/thread-bridge.ts'
import { nodesAround } from '../../../src/app/project/around.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Call, Expression } from '../../../src/syntax/python/ast.ts'
import { isFunction, literalText } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A middleware of the project puts a coroutine into the scope, and a consumer takes it for what it would have returned. */
export interface ScopeCoroutine {
  readonly key: string
  readonly name: string
  readonly middleware: string
  readonly consumer: Consumer
  readonly readAt: Place
  /** The consumer reads it when the socket is about to be accepted. */
  readonly isConnecting: boolean
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

/** `scope["user"] = user_of(token)`, where that is a coroutine function, in the middleware around consumers that read the key. */
export function scopeCoroutines(app: App): ScopeCoroutine[] {
  const code = codeOf(app)
  const found = websocketStacks(app.asgi.application).flatMap(({ ends }) =>
    ends.flatMap(({ consumer, wrappers }) =>
      consumer === undefined ? [] : wrappers.flatMap((wrapper) => putBy(app, code, wrapper, consumer)),
    ),
  )
  return uniqueBy(found, ({ at }) => placeKey(at))
}

function putBy(app: App, code: Code, { custom }: WrapperNode, consumer: Consumer): ScopeCoroutine[] {
  const file = custom && code.file(custom.at.file)
  const node = custom && file?.classes.get(custom.name)
  if (custom === undefined || file === undefined || node === undefined) return []
  const methods = methodsOf(code, { node, file })
  const awaited = methods.flatMap(awaitedKeys)
  return methods.flatMap((method) =>
    coroutinesPut(code, method).flatMap(({ key, call }): ScopeCoroutine[] => {
      const readAt = consumer.requires.get(key) ?? consumer.scope.get(key)
      if (readAt === undefined || awaited.includes(key) || isAwaited(app, readAt)) return []
      const at = placeIn(method.file, call)
      const name = method.file.text.slice(call.func.start, call.func.end)
      const insert = { file: method.file.path, span: { start: call.start, end: call.start }, text: 'await ' }
      const edits = method.node.kind === 'AsyncFunctionDef' ? [insert] : undefined
      const isConnecting = nodesAround(app.tree, readAt).some((one) => isFunction(one) && connects.test(one.name))
      return [{ key, name, middleware: custom.name, consumer, readAt, isConnecting, at, edits }]
    }),
  )
}

const connects = /^(?:websocket_)?connect$/

/** The parent of a read is what awaits it. */
const isAwaited = (app: App, at: Place): boolean => nodesAround(app.tree, at).at(-2)?.kind === 'Await'

interface Put {
  readonly key: string
  readonly call: Call
}

/** The calls of coroutine functions whose results are put into the scope as they are. */
function coroutinesPut(code: Code, method: ProjectFunction): Put[] {
  const found: Put[] = []
  eachOwn(method.node, (inner) => {
    if (inner.kind !== 'Assign' || inner.value.kind !== 'Call' || !isCoroutine(code, inner.value, method)) return
    for (const target of inner.targets) {
      const key = scopeKeyOf(target)
      if (key !== undefined) found.push({ key, call: inner.value })
    }
  })
  return found
}

function awaitedKeys({ node }: ProjectFunction): string[] {
  const found: string[] = []
  eachOwn(node, (inner) => {
    const key = inner.kind === 'Await' ? scopeKeyOf(inner.value) : undefined
    if (key !== undefined) found.push(key)
  })
  return found
}

function scopeKeyOf(node: Expression): string | undefined {
  const asked = lookUpOf(node)
  const isScope =
    (asked?.holder.kind === 'Name' && asked.holder.id === 'scope') ||
    (asked?.holder.kind === 'Attribute' && asked.holder.attr === 'scope')
  return asked !== undefined && isScope ? literalText(asked.key) : undefined
}

/** `user_of(token)` of a coroutine function of the project, `database_sync_to_async(user_of)(token)`. */
function isCoroutine(code: Code, call: Call, method: ProjectFunction): boolean {
  if (call.func.kind === 'Call' && call.func.args.length > 0) return isThreadBridge(call.func.func, method.file)
  const called = calledFunction(code, call, bodyOf(method))
  return called !== undefined && givesCoroutine(called.node, called.file) === true
}
