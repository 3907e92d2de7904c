import type { Expression } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { lineageOf } from './called-function.ts'
import { managerModel } from './managers.ts'
import { type OwnClass, type Standing, selfOf, surelyDotted } from './project-functions.ts'
import { type Code, dottedOf, findClass, homeOf } from './python-code.ts'
import { modelOfApp, relationsOf } from './relations.ts'

const modelBase =
  /^(?:django\.(?:contrib\.gis\.)?db\.models\.(?:base\.)?Model|django\.contrib\.\w+\.(?:models|base_user)\.\w+|(?:model_utils|django_extensions\.db)\.models\.\w+Model)$/

/** Whether a class of the project is a model of Django’s. */
export const isModelClass = (code: Code, of: OwnClass): boolean =>
  lineageOf(code, of).bases.some((base) => modelBase.test(base))

/** The model of the project that an expression names: `Room`, `models.Room`, `cls`, `type(self)`, `self.model` of a manager, `get_user_model()`, `'chat.Room'`. */
export function namedModel(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const found = bySelf(code, node, standing) ?? byName(code, node, standing)
  return found !== undefined && isModelClass(code, found) ? found : undefined
}

function byName(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  if (isUserModel(node, standing)) return relationsOf(code).userModel
  const text = literalText(node)
  if (text !== undefined) return text.includes('.') ? modelOfApp(code, text) : undefined
  const dotted = surelyDotted(node, standing)
  const found = dotted === undefined ? undefined : findClass(code, dotted)
  if (found !== undefined || dotted === undefined) return found
  // `User = get_user_model()`
  const home = homeOf(code, dotted)
  const [only, ...more] = (home && bindingsOf(home.file.tree).get(home.name)) ?? []
  const inside = home && { file: home.file, functions: [], owner: undefined }
  return only?.value !== undefined && more.length === 0 && inside && isUserModel(only.value, inside)
    ? relationsOf(code).userModel
    : undefined
}

const isUserModel = (node: Expression, { file }: Standing): boolean =>
  node.kind === 'Call' && dottedOf(node.func, file) === 'django.contrib.auth.get_user_model'

/** The class of a method, by what stands for it there, and the model of a manager. */
function bySelf(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  const self = selfOf(standing)
  const [method] = standing.functions
  if (self === undefined || method === undefined) return undefined
  const first = [...method.args.posonly, ...method.args.args][0]?.name
  const isFirst = (one: Expression | undefined): boolean => one?.kind === 'Name' && one.id === first
  const isClassMethod = method.decorators.some((one) => one.kind === 'Name' && one.id === 'classmethod')
  if (isFirst(node)) return isClassMethod ? self : undefined
  if (node.kind === 'Attribute' && isFirst(node.value) && !isClassMethod)
    return node.attr === '__class__' ? self : node.attr === 'model' ? managerModel(code, self) : undefined
  const isType = node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'type'
  return isType && isFirst(node.args[0]) && !isClassMethod ? self : undefined
}
