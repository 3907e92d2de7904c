import type { ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { type PythonNode, walk } from '../../syntax/python/walk.ts'
import { filesOf, mayBeThere } from './brought-along.ts'
import type { FunctionCode } from './called-function.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'
import { isDjangoModel, modelBehind, queryMethods } from './query-sets.ts'
import { relationsOf } from './relations.ts'
import { isThreadBridge } from './thread-bridge.ts'

/** An instance of a model that a coroutine holds. */
type Instance = 'user' | ClassDef

/** What of an instance is asked for in the database. */
export interface Followed {
  readonly node: Expression
  readonly shown: Expression
  /** The instance is the user of the scope, as Channels' middleware puts it there. */
  readonly visitor: boolean
  /** False: a foreign key that may be null asks nothing then. */
  readonly sure: boolean
}

/** Methods of an instance that ask the database, whatever the model. */
const asking = new Set(['save', 'delete', 'refresh_from_db'])

/**
 * Where an expression follows a relation from an instance: `self.scope["user"].profile`, `room.owner` of
 * `room = await Room.objects.aget(…)`, `user.groups.filter(…).exists()`, or saves it. Undefined where it may be there already.
 */
export function followedRelation(code: Code, node: PythonNode, from: FunctionCode): Followed | undefined {
  const { read, shown, name, of } = readingOf(node) ?? {}
  if (read === undefined || shown === undefined || name === undefined || of === undefined) return undefined
  const instance = instanceOf(code, of, from)
  if (instance === undefined) return undefined
  const visitor = instance === 'user'
  if (node.kind === 'Call' && read === 'saved') return { node, shown, visitor, sure: true }
  const relation = (visitor ? relationsOf(code).user : relationsOf(code).of(instance))?.get(name)
  if (relation === undefined || (relation === 'many') !== (read === 'many') || mayBeThere(code, name, from, visitor))
    return undefined
  return { node: node as Expression, shown, visitor, sure: relation !== 'perhaps' }
}

interface Reading {
  readonly read: 'one' | 'many' | 'saved'
  readonly shown: Expression
  /** The attribute that is read. */
  readonly name: string
  readonly of: Expression
}

function readingOf(node: PythonNode): Reading | undefined {
  if (node.kind === 'Attribute') return { read: 'one', shown: node, name: node.attr, of: node.value }
  if (node.kind !== 'Call') return undefined
  const { func, args } = node
  if (func.kind === 'Name' && (func.id === 'hasattr' || func.id === 'getattr')) {
    const [of, name] = args
    return of !== undefined && name?.kind === 'Constant' && name.value.type === 'str'
      ? { read: 'one', shown: node, name: name.value.value, of }
      : undefined
  }
  if (func.kind !== 'Attribute') return undefined
  if (asking.has(func.attr) && !isManager(func.value))
    return { read: 'saved', shown: func, name: func.attr, of: func.value }
  const manager = queryMethods.has(func.attr) ? managerOf(func.value) : undefined
  return manager === undefined ? undefined : { read: 'many', shown: func, name: manager.attr, of: manager.value }
}

const isManager = (node: Expression): boolean =>
  node.kind === 'Call' || (node.kind === 'Attribute' && node.attr === 'objects')

/** `user.groups` of `user.groups.filter(…)` */
function managerOf(node: Expression): Extract<Expression, { kind: 'Attribute' }> | undefined {
  if (node.kind === 'Attribute') return node
  return node.kind === 'Call' && node.func.kind === 'Attribute' ? managerOf(node.func.value) : undefined
}

/** Which instance an expression holds in a coroutine, when just one thing is ever assigned to it. */
function instanceOf(code: Code, node: Expression, from: FunctionCode, depth = 0): Instance | undefined {
  if (depth > 4) return undefined
  if (isScopeUser(node, from)) return 'user'
  if (node.kind === 'Await') return awaitedInstance(code, node.value, from)
  if (node.kind === 'Name') {
    const [only, ...more] = assignedTo(from.node, (target) => target.kind === 'Name' && target.id === node.id)
    if (only === undefined || more.length > 0) return undefined
    return only.each ? eachOf(code, only.value, from.file) : instanceOf(code, only.value, from, depth + 1)
  }
  if (!isSelf(node) || from.class === undefined) return undefined
  const { attr } = node
  const all = [...from.class.methods.values()].flatMap((method) =>
    assignedTo(method.node, (target) => isSelf(target) && target.attr === attr).map((one) => ({ ...one, method })),
  )
  const held = all.filter(({ value }) => !(value.kind === 'Constant' && value.value.type === 'none'))
  const [only, ...more] = held
  if (only === undefined || more.length > 0 || only.each) return undefined
  return instanceOf(code, only.value, { ...only.method, class: from.class }, depth + 1)
}

type SelfAttribute = Extract<Expression, { kind: 'Attribute' }>

function isSelf(node: Expression): node is SelfAttribute {
  return node.kind === 'Attribute' && node.value.kind === 'Name' && node.value.id === 'self'
}

interface Assigned {
  readonly value: Expression
  /** The items of it are what is assigned, one after the other. */
  readonly each: boolean
}

function assignedTo(node: FunctionDef, isTarget: (target: Expression) => boolean): Assigned[] {
  const found: Assigned[] = []
  const unknown = (value: Expression): void => {
    found.push({ value, each: false }, { value, each: false })
  }
  for (const statement of node.body)
    walk(statement, (inner) => {
      if (inner.kind === 'Assign' && inner.targets.some(isTarget)) found.push({ value: inner.value, each: false })
      else if (inner.kind === 'Assign')
        for (const target of inner.targets) if (target.kind === 'Tuple' && target.elts.some(isTarget)) unknown(target)
      if (inner.kind === 'AsyncFor' && isTarget(inner.target)) found.push({ value: inner.iter, each: true })
      if ((inner.kind === 'For' || inner.kind === 'AugAssign' || inner.kind === 'NamedExpr') && isTarget(inner.target))
        unknown(inner.target)
      if (inner.kind === 'AnnAssign' && inner.value !== undefined && isTarget(inner.target))
        found.push({ value: inner.value, each: false })
      return true
    })
  const isParameter = [...node.args.posonly, ...node.args.args, ...node.args.kwonly].some(({ name, start, end }) =>
    isTarget({ kind: 'Name', id: name, start, end } as Expression),
  )
  return isParameter ? [] : found
}

/** `self.scope["user"]`, `scope["user"]` and `.get("user")`, in files that put nothing else there. */
function isScopeUser(node: Expression, from: FunctionCode): boolean {
  const key =
    node.kind === 'Subscript'
      ? node.slice
      : node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'get'
        ? node.args[0]
        : undefined
  const holder =
    node.kind === 'Subscript'
      ? node.value
      : node.kind === 'Call' && node.func.kind === 'Attribute'
        ? node.func.value
        : undefined
  if (key?.kind !== 'Constant' || key.value.type !== 'str' || key.value.value !== 'user' || holder === undefined)
    return false
  const isScope = (holder.kind === 'Name' && holder.id === 'scope') || (isSelf(holder) && holder.attr === 'scope')
  return isScope && ![...filesOf(from)].some(setsScopeUser)
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

/** `await Room.objects.aget(…)`, `await database_sync_to_async(Room.objects.get)(…)`, `await self.find_room(…)` in a thread. */
function awaitedInstance(code: Code, node: Expression, from: FunctionCode): ClassDef | undefined {
  if (node.kind !== 'Call') return undefined
  const { func } = node
  if (func.kind === 'Call' && isThreadBridge(func.func, from.file)) {
    const [given] = func.args
    return given?.kind === 'Attribute' && one.test(given.attr) ? queried(code, given.value, from.file) : undefined
  }
  if (func.kind !== 'Attribute') return undefined
  if (func.attr.startsWith('a') && one.test(func.attr)) return queried(code, func.value, from.file)
  const method = isSelf(func) ? from.class?.methods.get(func.attr) : undefined
  const [decorator, ...more] = method?.node.decorators ?? []
  if (method === undefined || decorator === undefined || more.length > 0 || !isThreadBridge(decorator, method.file))
    return undefined
  return returned(code, method.node, method.file)
}

/** What a function returns that does nothing but ask for one instance. */
function returned(code: Code, { body }: FunctionDef, file: CodeFile): ClassDef | undefined {
  const [only, ...more] = body.filter(({ kind }) => kind !== 'Pass')
  const value = only?.kind === 'Return' && more.length === 0 ? only.value : undefined
  return value?.kind === 'Call' &&
    value.func.kind === 'Attribute' &&
    one.test(value.func.attr) &&
    !value.func.attr.startsWith('a')
    ? queried(code, value.func.value, file)
    : undefined
}

/** `async for message in Message.objects.filter(…)` */
function eachOf(code: Code, node: Expression, file: CodeFile): ClassDef | undefined {
  return node.kind === 'Call' ? queried(code, node, file) : undefined
}

/** The model of a query that gives instances and follows no relation ahead. */
function queried(code: Code, query: Expression, file: CodeFile): ClassDef | undefined {
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
  if (ahead || model === undefined || !isDjangoModel(code, model, file)) return undefined
  return findClass(code, dottedOf(model, file) ?? '')?.node
}
