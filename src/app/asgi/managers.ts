import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ClassDef, Expression } from '../../syntax/python/ast.ts'
import { bindingsOf, onlyAssignment } from '../../syntax/python/bindings.ts'
import { walk } from '../../syntax/python/walk.ts'
import { classOf, lineageOf } from './called-function.ts'
import { isModelClass, namedModel } from './model-classes.ts'
import { type OwnClass, type Standing, selfOf } from './project-functions.ts'
import { type Code, dottedOf, findClass } from './python-code.ts'
import { lazy } from './query-sets.ts'
import { relationsOf } from './relations.ts'

/** What a manager or a query set gives one after the other. */
export interface Managed {
  readonly model: OwnClass
  /** `rows`: instances; `dicts`: what `values()` gives; `tuples`: what `values_list()` and its like give. */
  readonly of: 'rows' | 'dicts' | 'tuples'
  /** The call of `values()` or `values_list()`. */
  readonly by?: Call
}

const more = new Set([
  'iterator',
  'get_queryset',
  'select_for_update',
  'using',
  'alias',
  'union',
  'difference',
  'intersection',
])
const plainly = new Set(['list', 'tuple', 'sorted', 'reversed'])

/** What a manager, or a query that begins with one, is asked for: `cls.objects`, `room.messages.filter(…)`, `self` in a manager. */
export function managedBy(code: Code, node: Expression, standing: Standing, depth = 0, steps = 0): Managed | undefined {
  if (steps > 12) return undefined
  const inner = (one: Expression) => managedBy(code, one, standing, depth, steps + 1)
  switch (node.kind) {
    case 'Attribute':
      return rowsOf(managerOf(code, node, standing, depth))
    case 'Name': {
      const around = standing.functions.at(-1)
      const value = around && onlyAssignment(around, node.id)
      return value === undefined ? rowsOf(ownManager(code, node, standing)) : inner(value)
    }
    case 'Call':
      return ofCall(node, standing, inner) ?? (isSuper(node) ? rowsOf(ownManager(code, node, standing)) : undefined)
    case 'Subscript':
      return node.slice.kind === 'Slice' ? inner(node.value) : undefined
    default:
      return undefined
  }
}

const rowsOf = (model: OwnClass | undefined): Managed | undefined => model && { model, of: 'rows' }

function ofCall(call: Call, { file }: Standing, inner: (node: Expression) => Managed | undefined): Managed | undefined {
  const { func, args } = call
  if (func.kind === 'Name')
    return plainly.has(func.id) && !file.imports.has(func.id) && args[0] !== undefined ? inner(args[0]) : undefined
  if (func.kind !== 'Attribute' || (!lazy.has(func.attr) && !more.has(func.attr))) return undefined
  const found = inner(func.value)
  if (found === undefined || !func.attr.startsWith('values')) return found
  return { model: found.model, of: func.attr === 'values' ? 'dicts' : 'tuples', by: call }
}

/** The model that a manager is of: `Room.objects`, `room.messages`, another manager that its class binds. */
function managerOf(
  code: Code,
  node: Extract<Expression, { kind: 'Attribute' }>,
  standing: Standing,
  depth: number,
): OwnClass | undefined {
  const model = namedModel(code, node.value, standing)
  if (model !== undefined) return isManager(code, model, node.attr) ? model : undefined
  const owner = classOf(code, node.value, standing, depth + 1)
  return owner && relationsOf(code).behind(owner.node, node.attr)
}

const usual = new Set(['objects', '_default_manager', '_base_manager'])

function isManager(code: Code, model: OwnClass, name: string): boolean {
  if (usual.has(name)) return true
  const holder = lineageOf(code, model).own.find(({ node }) => bindingsOf(node).has(name))
  const value = holder && bindingsOf(holder.node).get(name)?.[0]?.value
  if (value?.kind !== 'Call') return false
  if (value.func.kind === 'Attribute' && value.func.attr === 'as_manager') return true
  const dotted = dottedOf(value.func, (holder as OwnClass).file)
  const found = dotted === undefined ? undefined : findClass(code, dotted)
  return dotted === 'django.db.models.Manager' || (found !== undefined && isManagerClass(code, found))
}

const managerBase =
  /^django\.(?:db\.models\.(?:manager\.|query\.)?(?:Manager|QuerySet)|contrib\.auth\.(?:models|base_user)\.(?:BaseUserManager|UserManager))$/

const isManagerClass = (code: Code, of: OwnClass): boolean => {
  const { bases, own } = lineageOf(code, of)
  // `models.Manager.from_queryset(RoomQuerySet)`
  const made = own.some(({ node }) =>
    node.bases.some(
      (base) => base.kind === 'Call' && base.func.kind === 'Attribute' && base.func.attr === 'from_queryset',
    ),
  )
  return made || bases.some((base) => managerBase.test(base))
}

const isSuper = ({ func }: Extract<Expression, { kind: 'Call' }>): boolean =>
  func.kind === 'Name' && func.id === 'super'

/** The model of the manager or query set in whose method an expression stands that means it: `self`, `super()`. */
function ownManager(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const self = selfOf(standing)
  const [method] = standing.functions
  if (self === undefined || method === undefined) return undefined
  const first = [...method.args.posonly, ...method.args.args][0]?.name
  return node.kind === 'Call' || (node.kind === 'Name' && node.id === first) ? managerModel(code, self) : undefined
}

const known = new WeakMap<Code, Map<ClassDef, OwnClass | undefined>>()

/** The one model whose class binds a manager of a class of the project, or of a query set of it. */
export function managerModel(code: Code, manager: OwnClass): OwnClass | undefined {
  const models = getOrInsert(known, code, () => new Map<ClassDef, OwnClass | undefined>())
  if (!models.has(manager.node))
    models.set(manager.node, isManagerClass(code, manager) ? findModel(code, manager) : undefined)
  return models.get(manager.node)
}

function findModel(code: Code, manager: OwnClass): OwnClass | undefined {
  const found: OwnClass[] = []
  for (const path of code.files) {
    if (code.source(path)?.text.includes(manager.node.name) !== true) continue
    const file = code.file(path)
    for (const node of file?.classes.values() ?? [])
      if (file !== undefined && makesOne(code, { node, file }, manager) && isModelClass(code, { node, file }))
        found.push({ node, file })
  }
  return found.length === 1 ? found[0] : undefined
}

/** `objects = RoomManager()`, `RoomQuerySet.as_manager()`, `RoomManager.from_queryset(RoomQuerySet)()` */
function makesOne(code: Code, { node, file }: OwnClass, manager: OwnClass): boolean {
  let makes = false
  for (const statement of node.body)
    if ((statement.kind === 'Assign' || statement.kind === 'AnnAssign') && statement.value?.kind === 'Call')
      walk(statement.value, (inner) => {
        if (inner.kind !== 'Name' && inner.kind !== 'Attribute') return
        const dotted = dottedOf(inner, file)
        if (dotted?.endsWith(manager.node.name) === true) makes ||= findClass(code, dotted)?.node === manager.node
      })
  return makes
}
