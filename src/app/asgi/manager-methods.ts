import type { Call, Expression } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import { lineageOf, methodOf } from './called-function.ts'
import type { OwnClass, ProjectFunction } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'
import { isDjangoModel, lazy, modelBehind, queryMethods } from './query-sets.ts'

/** The method of a manager or query set of the project that a call runs: `Room.objects.open_by_slug(slug)`. */
export function managerMethod(code: Code, { func }: Call, file: CodeFile): ProjectFunction | undefined {
  if (func.kind !== 'Attribute' || queryMethods.has(func.attr) || lazy.has(func.attr)) return undefined
  const model = modelBehind(func.value)
  const dotted = model === undefined ? undefined : dottedOf(model, file)
  const found = dotted === undefined ? undefined : findClass(code, dotted)
  const name = managerName(func.value)
  const manager = found === undefined || name === undefined ? undefined : managerOf(code, found, name)
  const method = manager && model && isDjangoModel(code, model, file) ? methodOf(code, manager, func.attr) : undefined
  return method?.node.kind === 'FunctionDef' && method.node.decorators.length === 0 ? method : undefined
}

/** `objects` of `Room.objects` and of `Room.objects.filter(…)`. */
function managerName(node: Expression): string | undefined {
  if (node.kind === 'Attribute') return node.attr
  return node.kind === 'Call' && node.func.kind === 'Attribute' ? managerName(node.func.value) : undefined
}

/** The class of the project whose methods a manager has: of `Rooms()`, `RoomQuerySet.as_manager()`, `Manager.from_queryset(RoomQuerySet)()`. */
function managerOf(code: Code, model: OwnClass, name: string): OwnClass | undefined {
  const holder = lineageOf(code, model).own.find(({ node }) => bindingsOf(node).has(name))
  const [only, ...more] = (holder && bindingsOf(holder.node).get(name)) ?? []
  if (holder === undefined || only?.value?.kind !== 'Call' || more.length > 0) return undefined
  const { func } = only.value
  const isFrom = (call: Expression): call is Call =>
    call.kind === 'Call' && call.func.kind === 'Attribute' && call.func.attr === 'from_queryset'
  const made = func.kind === 'Attribute' && func.attr === 'as_manager' ? func.value : isFrom(func) ? func.args[0] : func
  const dotted = made && dottedOf(made, holder.file)
  return dotted === undefined ? undefined : findClass(code, dotted)
}

/** Whether a call in a method of a manager asks the database through `self`: `self.get(…)`, `self.filter(…).exists()`. */
export const asksOfSelf = ({ func }: Call): boolean =>
  func.kind === 'Attribute' && queryMethods.has(func.attr) && isSelfSet(func.value)

function isSelfSet(node: Expression): boolean {
  if (node.kind === 'Name') return node.id === 'self'
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return false
  const { attr, value } = node.func
  return (lazy.has(attr) || attr === 'get_queryset') && isSelfSet(value)
}
