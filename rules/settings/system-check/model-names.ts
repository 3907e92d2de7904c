import type { App } from '../../../src/app/app.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass } from '../../../src/app/asgi/python-code.ts'
import type { ClassDef, Expression, Statement } from '../../../src/syntax/python/ast.ts'
import { walk } from '../../../src/syntax/python/walk.ts'

/** The names that a model of the project surely has, and that is all it can have besides Django's own. */
export interface ModelNames {
  /** `journal.Message`-like, for messages: the class's name. */
  readonly name: string
  has(name: string): boolean
}

/** The attributes of `django.db.models.Model` that have no underscore in front, of 3.2 to 6.0. */
const inherited = new Set(
  `pk objects id adelete arefresh_from_db asave check clean clean_fields date_error_message delete from_db full_clean
  get_constraints get_deferred_fields prepare_database_save refresh_from_db save save_base serializable_value
  unique_error_message validate_constraints validate_unique DoesNotExist MultipleObjectsReturned NotUpdated Meta`.split(
    /\s+/,
  ),
)

/**
 * Reads a model by its class alone. Undefined where it may have more than its body says: a base that is none of the
 * project's and not Model itself, a decorator, a metaclass, a statement that is no definition.
 */
export function modelNames(app: App, dotted: string): ModelNames | undefined {
  const code = codeOf(app)
  const found = findClass(code, dotted)
  if (found === undefined) return undefined
  const names = new Set<string>()
  if (!collect(code, found.file, found.node, names, 0)) return undefined
  const reverse = reverseNames(app)
  const lower = found.node.name.toLowerCase()
  return {
    name: found.node.name,
    has: (name) =>
      names.has(name) ||
      inherited.has(name) ||
      name.startsWith('_') ||
      // get_status_display(), get_next_by_sent()
      name.startsWith('get_') ||
      names.has(name.replace(/_id$/, '')) ||
      // What other models that point at it give it.
      reverse.has(name) ||
      reverse.has(anyName) ||
      name.endsWith('_set') ||
      name === `${lower}_ptr`,
  }
}

function collect(code: Code, file: CodeFile, node: ClassDef, names: Set<string>, depth: number): boolean {
  // A mixin without bases is all that it says.
  if (depth > 6 || node.keywords.length > 0 || node.decorators.length > 0) return false
  if (node.bases.length === 0) return depth > 0 && node.body.every((statement) => bind(statement, names))
  for (const base of node.bases) {
    const dotted = dottedOf(base, file)
    if (dotted === 'django.db.models.Model' || dotted === 'django.db.models.base.Model') continue
    const found = dotted === undefined ? undefined : findClass(code, dotted)
    if (found === undefined || !collect(code, found.file, found.node, names, depth + 1)) return false
  }
  return node.body.every((statement) => bind(statement, names))
}

/** Adds what a statement of a class's body binds; false: it may bind anything. */
function bind(statement: Statement, names: Set<string>): boolean {
  switch (statement.kind) {
    case 'Assign':
      return statement.targets.every((target) => {
        if (target.kind !== 'Name') return false
        names.add(target.id)
        return true
      })
    case 'AnnAssign':
      if (statement.target.kind !== 'Name') return false
      names.add(statement.target.id)
      return true
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      names.add(statement.name)
      return true
    case 'Pass':
      return true
    case 'Expr':
      return statement.value.kind === 'Constant'
    default:
      return false
  }
}

const anyName = '*'

const reverses = new WeakMap<App, ReadonlySet<string>>()

/** Every `related_name` and `related_query_name` of the project, and the names of its models in small letters. */
function reverseNames(app: App): ReadonlySet<string> {
  const known = reverses.get(app)
  if (known !== undefined) return known
  const code = codeOf(app)
  const names = new Set<string>()
  for (const path of code.files) {
    const file = code.source(path)?.text.includes('models') === true ? code.file(path) : undefined
    if (file === undefined) continue
    for (const name of file.classes.keys()) names.add(name.toLowerCase())
    walk(file.tree, (node) => {
      if (node.kind !== 'Call') return
      // Names that are added from outside may be any.
      if (node.func.kind === 'Attribute' && node.func.attr === 'add_to_class') names.add(anyName)
      for (const { arg: name, value } of node.keywords)
        if (name === 'related_name' || name === 'related_query_name') names.add(textOf(value) ?? '')
    })
  }
  reverses.set(app, names)
  return names
}

export function textOf(node: Expression | undefined): string | undefined {
  return node?.kind === 'Constant' && node.value.type === 'str' ? node.value.value : undefined
}
