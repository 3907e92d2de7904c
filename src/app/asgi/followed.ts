import type { Call, Expression } from '../../syntax/python/ast.ts'
import { type PythonNode, walk } from '../../syntax/python/walk.ts'
import { mayBeThere, mayKnowPermissions } from './brought-along.ts'
import { methodOf } from './called-function.ts'
import { instanceOf } from './instances.ts'
import type { ProjectFunction } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf } from './python-code.ts'
import { evaluatedQuery, lazy, queryMethods } from './query-sets.ts'
import { relationsOf } from './relations.ts'

/** What of an instance is asked for in the database. */
export interface Followed {
  readonly node: Expression
  readonly shown: Expression
  /** The instance is the user of the scope, as Channels' middleware puts it there. */
  readonly visitor: boolean
  /** False: a foreign key that may be null asks nothing then. */
  readonly sure: boolean
  /** The authentication backends are asked what the user may do: what they answer superusers, nobody asks the database for. */
  readonly permission?: boolean
}

/** What every user says of itself without a field (django/contrib/auth/base_user.py, models.py: AnonymousUser), and the key of a row. */
const plain = new Set(['is_authenticated', 'is_anonymous', 'pk'])

/** Methods of an instance that ask the database, whatever the model. */
const asking = new Set(['save', 'delete', 'refresh_from_db'])

/** Methods of a user that ask the backends, of which ModelBackend keeps the answer with the user (django/contrib/auth/backends.py). */
const permissions = new Set([
  'has_perm',
  'has_perms',
  'has_module_perms',
  'get_all_permissions',
  'get_user_permissions',
  'get_group_permissions',
])

/**
 * Where an expression follows a relation from an instance: `self.scope["user"].profile`, `room.owner` of
 * `room = await Room.objects.aget(…)`, `user.groups.filter(…).exists()`, or saves it. Undefined where it may be there already.
 */
export function followedRelation(code: Code, node: PythonNode, from: ProjectFunction): Followed | undefined {
  const reading = readingOf(node, from.file)
  if (reading === undefined || plain.has(reading.name)) return undefined
  const { read, shown, name, of, at } = reading
  const instance = instanceOf(code, of, from)
  if (instance === undefined) return undefined
  const visitor = instance.kind === 'user'
  if (read === 'saved') return { node: at, shown, visitor, sure: true }
  const relations = relationsOf(code)
  if (read === 'permissions') {
    const { userModel } = relations
    const isUser = visitor || instance.model === userModel?.node
    const isOwn = userModel !== undefined && methodOf(code, userModel, name) !== undefined
    const reader = from.model?.reader ?? from
    return isUser && !isOwn && !mayKnowPermissions(code, permissions, { from: reader, visitor })
      ? { node: at, shown, visitor, sure: false, permission: true }
      : undefined
  }
  const relation = (visitor ? relations.user : relations.of(instance.model))?.get(name)
  if (relation === undefined || (relation === 'many') !== (read === 'many')) return undefined
  if (instance.kind === 'fetched' && instance.made !== undefined && names(instance.made, name)) return undefined
  const reader = from.model?.reader ?? from
  const through = from.model?.through ?? []
  if (mayBeThere(code, name, { from: reader, visitor, many: read === 'many', through })) return undefined
  return { node: at, shown, visitor, sure: relation !== 'perhaps' }
}

/** A call says a name: as a keyword, or as a text. */
function names(call: Call, name: string): boolean {
  let says = false
  walk(call, (node) => {
    if (node.kind === 'Call') says ||= node.keywords.some(({ arg }) => arg === name)
    if (node.kind === 'Constant') says ||= node.value.type === 'str' && node.value.value === name
    return !says
  })
  return says
}

/** A decorator that makes a property of a method: who reads the attribute gets what the method returns. */
export const isProperty = (decorator: Expression, file: CodeFile): boolean =>
  properties.test(dottedOf(decorator, file) ?? '')

const properties = /^(?:property|(?:django\.utils\.functional|functools)\.cached_property)$/

/** The method or property of a model of the project that an expression runs: `room.is_full`, `self.scope["user"].rooms_now()`. */
export function modelCode(
  code: Code,
  node: Extract<Expression, { kind: 'Call' | 'Attribute' }>,
  from: ProjectFunction,
): ProjectFunction | undefined {
  const read = node.kind === 'Call' ? node.func : node
  if (read.kind !== 'Attribute' || plain.has(read.attr)) return undefined
  const self = instanceOf(code, read.value, from)
  const home = self?.kind === 'user' ? relationsOf(code).userModel : self && { node: self.model, file: self.file }
  if (self === undefined || home === undefined) return undefined
  const found = methodOf(code, home, read.attr)
  if (found === undefined) return undefined
  const [decorator, ...more] = found.node.decorators
  const isRead =
    node.kind === 'Call' ? decorator === undefined : decorator !== undefined && isProperty(decorator, found.file)
  if (!isRead || more.length > 0 || from.model?.through.includes(found.node) === true) return undefined
  const reader = from.model?.reader ?? from
  return { ...found, model: { self, reader, through: [...(from.model?.through ?? []), found.node] } }
}

interface Reading {
  readonly read: 'one' | 'many' | 'saved' | 'permissions'
  readonly shown: Expression
  /** The attribute that is read. */
  readonly name: string
  readonly of: Expression
  /** What asks. */
  readonly at: Expression
}

function readingOf(node: PythonNode, file: CodeFile): Reading | undefined {
  const gone = evaluatedQuery(node, file)
  const held = gone === undefined ? undefined : lazyManager(gone.query)
  if (gone !== undefined && held !== undefined)
    return { read: 'many', shown: gone.query, name: held.attr, of: held.value, at: gone.at }
  if (node.kind === 'Attribute') return { read: 'one', shown: node, name: node.attr, of: node.value, at: node }
  if (node.kind !== 'Call') return undefined
  const { func, args } = node
  if (func.kind === 'Name' && (func.id === 'hasattr' || func.id === 'getattr')) {
    const [of, name] = args
    return of !== undefined && name?.kind === 'Constant' && name.value.type === 'str'
      ? { read: 'one', shown: node, name: name.value.value, of, at: node }
      : undefined
  }
  if (func.kind !== 'Attribute') return undefined
  if (asking.has(func.attr) && !isManager(func.value))
    return { read: 'saved', shown: func, name: func.attr, of: func.value, at: node }
  // ModelBackend asks nothing about a single object.
  if (permissions.has(func.attr) && !asksOfObject(node))
    return { read: 'permissions', shown: func, name: func.attr, of: func.value, at: node }
  const manager = queryMethods.has(func.attr) ? managerOf(func.value) : undefined
  return manager && { read: 'many', shown: func, name: manager.attr, of: manager.value, at: node }
}

/** `user.has_perm("shop.buy", order)`, `user.get_all_permissions(order)` */
const asksOfObject = ({ func, args, keywords }: Call): boolean =>
  func.kind === 'Attribute' && (keywords.length > 0 || args.length > (func.attr.startsWith('has_') ? 1 : 0))

/** `room.members` of `room.members.all()`, which is a query set. */
function lazyManager(node: Expression): Extract<Expression, { kind: 'Attribute' }> | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || !lazy.has(node.func.attr)) return undefined
  const { value } = node.func
  return value.kind === 'Attribute' ? value : lazyManager(value)
}

const isManager = (node: Expression): boolean =>
  node.kind === 'Call' || (node.kind === 'Attribute' && node.attr === 'objects')

/** `user.groups` of `user.groups.filter(…)` */
function managerOf(node: Expression): Extract<Expression, { kind: 'Attribute' }> | undefined {
  if (node.kind === 'Attribute') return node
  return node.kind === 'Call' && node.func.kind === 'Attribute' ? managerOf(node.func.value) : undefined
}
