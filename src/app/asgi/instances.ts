import type { Call, ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { bindingsOf, type NameBinding, onlyAssignment } from '../../syntax/python/bindings.ts'
import { isFunction, literalText, walk } from '../../syntax/python/walk.ts'
import { filesOf } from './brought-along.ts'
import { boundToSelf, calledFunction } from './called-function.ts'
import { lookUpOf } from './look-up.ts'
import { bodyOf, type ProjectFunction, selfOf } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'
import { isDjangoModel, modelBehind } from './query-sets.ts'
import { isThreadBridge } from './thread-bridge.ts'

/** An instance of a model that a coroutine holds: the user of the scope, or one that a query gave alone. */
export type Instance =
  | { readonly kind: 'user' }
  | {
      readonly kind: 'fetched'
      readonly model: ClassDef
      readonly file: CodeFile
      /** It may just have been made with what this call names. */
      readonly made: Call | undefined
    }

/** Which instance an expression holds in a coroutine, when just one thing is ever assigned to it. */
export function instanceOf(code: Code, node: Expression, from: ProjectFunction, depth = 0): Instance | undefined {
  if (depth > 4) return undefined
  if (from.model !== undefined && node.kind === 'Name' && isFirstParameter(node.id, from.node)) return from.model.self
  if (isScopeUser(code, node, from)) return { kind: 'user' }
  if (node.kind === 'Await') return awaitedInstance(code, node.value, from, depth)
  if (node.kind === 'Subscript' && isZero(node.slice)) return firstOf(code, node.value, from)
  if (node.kind === 'Name') return heldBy(code, bindingsOf(from.node).get(node.id) ?? [], from, depth)
  const self = selfOf(from)
  if (!isSelf(node) || self === undefined || from.model !== undefined) return undefined
  const [only, ...more] = boundToSelf(code, self, node.attr)
  return only === undefined || only.how === 'each' ? undefined : heldBy(code, [only, ...more], only.method, depth)
}

/** The instance that a name holds of which these are all bindings. */
function heldBy(
  code: Code,
  [only, ...more]: readonly NameBinding[],
  from: ProjectFunction,
  depth: number,
): Instance | undefined {
  if (only?.value === undefined || more.length > 0) return undefined
  // What a plain loop goes through is no query set here: that is told itself.
  if (only.how === 'each') return only.by.kind === 'AsyncFor' ? eachOf(code, only.value, from.file) : undefined
  return only.how === 'first' ? firstOf(code, only.value, from) : instanceOf(code, only.value, from, depth + 1)
}

const isFirstParameter = (name: string, { args }: FunctionDef): boolean =>
  [...args.posonly, ...args.args][0]?.name === name

const isZero = (node: Expression): boolean =>
  node.kind === 'Constant' && node.value.type === 'int' && Number(node.value.value) === 0

type SelfAttribute = Extract<Expression, { kind: 'Attribute' }>

function isSelf(node: Expression): node is SelfAttribute {
  return node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === 'self'
}

/** `self.scope["user"]`, `scope["user"]` and `.get("user")`, in files that put nothing else there. */
const isScopeUser = (code: Code, node: Expression, from: ProjectFunction): boolean =>
  isOfScope(node, 'user') && ![...filesOf(code, from)].some(setsScopeUser)

/** `self.scope["session"]`, and a name that holds nothing else. */
export function isScopeSession(node: Expression, { node: around }: ProjectFunction): boolean {
  const held = node.kind === 'Name' ? onlyAssignment(around, node.id) : node
  return held !== undefined && isOfScope(held, 'session')
}

function isOfScope(node: Expression, key: string): boolean {
  const asked = lookUpOf(node)
  if (asked === undefined || literalText(asked.key) !== key) return false
  const { holder } = asked
  return (holder.kind === 'Name' && holder.id === 'scope') || (isSelf(holder) && holder.attr === 'scope')
}

function setsScopeUser({ tree }: CodeFile): boolean {
  let sets = false
  walk(tree, (node) => {
    if (node.kind === 'Assign')
      sets ||= node.targets.some(
        (target) =>
          target.kind === 'Subscript' &&
          target.slice.kind === 'Constant' &&
          target.slice.value.type === 'str' &&
          target.slice.value.value === 'user',
      )
    // `login(self.scope, user)`
    if (node.kind === 'Name' && node.id === 'login') sets = true
  })
  return sets
}

const one = /^a?(?:get|first|last|latest|earliest)$/
const pair = /^a?(?:get_or_create|update_or_create)$/
const shortcut = /^django\.shortcuts\.a?get_object_or_404$/

/** `await Room.objects.aget(…)`, `await database_sync_to_async(Room.objects.get)(…)`, `await self.find_room(…)`, `await find_room(…)`. */
function awaitedInstance(code: Code, node: Expression, from: ProjectFunction, depth: number): Instance | undefined {
  if (node.kind !== 'Call') return undefined
  const { func } = node
  const bridged = func.kind === 'Call' && isThreadBridge(func.func, from.file) ? func.args[0] : undefined
  if (bridged !== undefined) {
    if (bridged.kind === 'Attribute' && one.test(bridged.attr)) return queried(code, bridged.value, from.file)
    if (shortcut.test(dottedOf(bridged, from.file) ?? '')) return named(code, node.args[0], from.file)
    const called = calledFunction(code, { func: bridged }, bodyOf(from), depth + 1)
    return called?.node.kind === 'FunctionDef' && called.node.decorators.length === 0
      ? returned(code, called, depth)
      : undefined
  }
  if (shortcut.test(dottedOf(func, from.file) ?? '')) return named(code, node.args[0], from.file)
  if (func.kind === 'Attribute' && func.attr.startsWith('a') && one.test(func.attr))
    return queried(code, func.value, from.file)
  const called = calledFunction(code, node, bodyOf(from), depth + 1)
  const [decorator, ...more] = called?.node.decorators ?? []
  if (called === undefined || more.length > 0) return undefined
  const isBridged = decorator !== undefined && isThreadBridge(decorator, called.file)
  const isCoroutine = decorator === undefined && called.node.kind === 'AsyncFunctionDef'
  return isBridged || isCoroutine ? returned(code, called, depth) : undefined
}

/** The instance of `room, created = …get_or_create(…)`. */
function firstOf(code: Code, node: Expression, from: ProjectFunction): Instance | undefined {
  const call = node.kind === 'Await' ? node.value : node
  if (call.kind !== 'Call') return undefined
  const { func } = call
  const isBridged = func.kind === 'Call' && isThreadBridge(func.func, from.file)
  const query = isBridged ? func.args[0] : func
  if (query?.kind !== 'Attribute' || !pair.test(query.attr)) return undefined
  const found = queried(code, query.value, from.file)
  return found?.kind === 'fetched' ? { ...found, made: call } : undefined
}

/** What a function returns, where all that it returns but None is an instance of one model. */
function returned(code: Code, called: ProjectFunction, depth: number): Instance | undefined {
  const values: Expression[] = []
  for (const statement of called.node.body)
    walk(statement, (inner) => {
      if (isFunction(inner) || inner.kind === 'Lambda') return false
      const value = inner.kind === 'Return' ? inner.value : undefined
      if (value !== undefined && !(value.kind === 'Constant' && value.value.type === 'none')) values.push(value)
      return true
    })
  const found = values.map((value) => fetched(code, value, called) ?? instanceOf(code, value, called, depth + 1))
  const [first] = found
  if (first?.kind !== 'fetched') return undefined
  return found.every((other) => other?.kind === 'fetched' && other.model === first.model && other.made === first.made)
    ? first
    : undefined
}

/** `Room.objects.get(…)`, `get_object_or_404(Room, …)` or a name for that, in a function that runs in a thread. */
function fetched(code: Code, node: Expression, from: ProjectFunction): Instance | undefined {
  if (node.kind === 'Name') {
    const [only, ...more] = bindingsOf(from.node).get(node.id) ?? []
    return only?.how === 'whole' && more.length === 0 && only.value?.kind === 'Call'
      ? fetched(code, only.value, from)
      : undefined
  }
  if (node.kind !== 'Call') return undefined
  const { func } = node
  if (shortcut.test(dottedOf(func, from.file) ?? '')) return named(code, node.args[0], from.file)
  const isQuery = func.kind === 'Attribute' && one.test(func.attr) && !func.attr.startsWith('a')
  return isQuery ? queried(code, func.value, from.file) : undefined
}

/** `async for message in Message.objects.filter(…)` */
function eachOf(code: Code, node: Expression, file: CodeFile): Instance | undefined {
  return node.kind === 'Call' ? queried(code, node, file) : undefined
}

/** The model of a query that gives instances and follows no relation ahead. */
function queried(code: Code, query: Expression, file: CodeFile): Instance | undefined {
  let ahead = false
  for (
    let inner = query;
    inner.kind === 'Call' || inner.kind === 'Attribute';
    inner = inner.kind === 'Call' ? inner.func : inner.value
  )
    if (
      inner.kind === 'Attribute' &&
      !/^(?:objects|all|filter|exclude|order_by|distinct|reverse)$/.test(inner.attr) &&
      !/^[A-Z]/.test(inner.attr)
    )
      ahead = true
  const model = modelBehind(query)
  return ahead ? undefined : named(code, model, file)
}

/** An instance of the model of the project that an expression names. */
function named(code: Code, model: Expression | undefined, file: CodeFile): Instance | undefined {
  if (model === undefined || !isDjangoModel(code, model, file)) return undefined
  const found = findClass(code, dottedOf(model, file) ?? '') ?? local(model, file)
  return found && { kind: 'fetched', model: found.node, file: found.file, made: undefined }
}

function local(model: Expression, file: CodeFile): { readonly node: ClassDef; readonly file: CodeFile } | undefined {
  const node = model.kind === 'Name' ? file.classes.get(model.id) : undefined
  return node && { node, file }
}
