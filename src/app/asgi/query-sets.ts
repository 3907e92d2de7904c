import type { Expression } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'
import { type Code, type CodeFile, dottedOf, findClass, homeOf } from './python-code.ts'

/** Methods of a manager or query set that ask the database at once. */
export const queryMethods: ReadonlySet<string> = new Set([
  'get',
  'create',
  'get_or_create',
  'update_or_create',
  'bulk_create',
  'bulk_update',
  'count',
  'exists',
  'first',
  'last',
  'latest',
  'earliest',
  'aggregate',
  'in_bulk',
  'delete',
  'update',
  'explain',
  'contains',
  'create_user',
  'create_superuser',
])

/** Methods that give a query set, and ask nothing yet. */
export const lazy: ReadonlySet<string> = new Set([
  'all',
  'filter',
  'exclude',
  'order_by',
  'values',
  'values_list',
  'distinct',
  'select_related',
  'prefetch_related',
  'annotate',
  'only',
  'defer',
  'reverse',
  'using',
])

/** Functions that go through what they are given. */
const through = new Set(['list', 'tuple', 'set', 'len', 'bool', 'sorted', 'sum', 'max', 'min', 'any', 'all', 'dict'])

/** What a statement or an expression runs if it is a query set, and what does so: a loop, a test, a function that goes through it. */
export function evaluatedQuery(
  node: PythonNode,
  file: CodeFile,
): { readonly query: Expression; readonly at: Expression } | undefined {
  const whole = (query: Expression | undefined, at: Expression | undefined = query) =>
    query !== undefined && at !== undefined ? { query, at } : undefined
  switch (node.kind) {
    case 'For':
      return whole(node.iter)
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp': {
      // Python takes the iterator of the first loop at once, also for a generator.
      const [first] = node.generators
      return first === undefined || first.isAsync ? undefined : whole(first.iter)
    }
    case 'If':
    case 'While':
    case 'IfExp':
      return whole(node.test)
    case 'Subscript':
      return node.slice.kind === 'Slice' ? undefined : whole(node.value, node)
    case 'Call':
      return node.func.kind === 'Name' && through.has(node.func.id) && !file.imports.has(node.func.id)
        ? whole(node.args[0], node)
        : undefined
    default:
      return undefined
  }
}

/** `Room.objects`, `Room.objects.filter(…)`, `Room._default_manager`: what follows a manager. */
export function touchesManager(node: Expression): boolean {
  return modelBehind(node) !== undefined
}

/** The expression of the model whose manager a chain of calls begins with. Nothing that is asked of `none()` comes to the database. */
export function modelBehind(node: Expression): Expression | undefined {
  if (node.kind === 'Attribute') {
    const manager = node.attr === 'objects' || node.attr === '_default_manager' || node.attr === '_base_manager'
    return manager && isModelName(node.value) ? node.value : undefined
  }
  return node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr !== 'none'
    ? modelBehind(node.func.value)
    : undefined
}

/** The expression of the model whose instances a query set gives one after the other: `Room.objects.filter(…)`, not `….values()`. */
export function modelOfEach(node: Expression): Expression | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return undefined
  const { attr, value } = node.func
  if (!lazy.has(attr) && attr !== 'iterator') return undefined
  return attr.startsWith('values')
    ? undefined
    : (modelOfEach(value) ?? (value.kind === 'Call' ? undefined : modelBehind(value)))
}

function isModelName(node: Expression): boolean {
  if (node.kind === 'Name') return /^[A-Z]/.test(node.id) || node.id === 'model'
  if (node.kind === 'Attribute') return /^[A-Z]/.test(node.attr) || node.attr === 'model'
  return node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'get_user_model'
}

/** Whether a class is surely a model of Django: of the project and derived from one, or one that Django brings. */
export function isDjangoModel(code: Code, node: Expression, file: CodeFile, depth = 0): boolean {
  if (node.kind === 'Call') return dottedOf(node.func, file) === 'django.contrib.auth.get_user_model'
  const dotted = dottedOf(node, file)
  if (dotted === undefined || depth > 6) return false
  if (dotted === 'django.db.models.Model' || /^django\.contrib\..*\.models\.\w+$/.test(dotted)) return true
  const found = findClass(code, dotted)
  if (found !== undefined) return found.node.bases.some((base) => isDjangoModel(code, base, found.file, depth + 1))
  const home = dotted.includes('.') ? homeOf(code, dotted) : { file, name: dotted }
  const [only, ...more] = (home && bindingsOf(home.file.tree).get(home.name)) ?? []
  // `User = get_user_model()`
  const isMade = more.length === 0 && only?.value?.kind === 'Call'
  return home !== undefined && isMade && isDjangoModel(code, only.value, home.file, depth + 1)
}

/** Packages whose classes have `objects` too, and ask another database than Django's. */
const otherModels =
  /^(?:mongoengine|django_mongoengine|pymodm|neomodel|elasticsearch_dsl|redis_om|pynamodb|ormar|peewee)\./

/** Whether a class of the project is surely no model of Django: it and all it derives from are plain classes, or of such a package. */
export function isOtherClass(code: Code, node: Expression, file: CodeFile, depth = 0): boolean {
  const dotted = dottedOf(node, file)
  if (dotted === undefined || depth > 6) return false
  if (dotted === 'object' || otherModels.test(dotted)) return true
  const found = findClass(code, dotted)
  if (found === undefined || found.node.keywords.length > 0 || found.node.decorators.length > 0) return false
  return found.node.bases.every((base) => isOtherClass(code, base, found.file, depth + 1))
}
