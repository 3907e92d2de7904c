import type { App } from '../../../src/app/app.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass } from '../../../src/app/asgi/python-code.ts'
import type { ClassDef, Expression, Statement } from '../../../src/syntax/python/ast.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

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
 * project's and not Model itself, a decorator, a metaclass, a statement that is no definition, a field of a package, code
 * that adds names from outside.
 */
export function modelNames(app: App, dotted: string): ModelNames | undefined {
  const code = codeOf(app)
  const added = addedNames(app)
  if (added === undefined) return undefined
  const found = findClass(code, dotted)
  if (found === undefined) return undefined
  const names = new Set<string>()
  if (!collect(code, found.file, found.node, names, 0)) return undefined
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
      added.has(name) ||
      name.endsWith('_set') ||
      name === `${lower}_ptr`,
  }
}

function collect(code: Code, file: CodeFile, node: ClassDef, names: Set<string>, depth: number): boolean {
  // A mixin without bases is all that it says.
  if (depth > 6 || node.keywords.length > 0 || node.decorators.length > 0) return false
  if (node.bases.length === 0) return depth > 0 && node.body.every((one) => bind(one, names, code, file))
  for (const base of node.bases) {
    const dotted = dottedOf(base, file)
    if (dotted === 'django.db.models.Model' || dotted === 'django.db.models.base.Model') continue
    const found = dotted === undefined ? undefined : findClass(code, dotted)
    if (found === undefined || !collect(code, found.file, found.node, names, depth + 1)) return false
  }
  return node.body.every((one) => bind(one, names, code, file))
}

/** Adds what a statement of a class's body binds; false: it may bind anything. */
function bind(statement: Statement, names: Set<string>, code: Code, file: CodeFile): boolean {
  switch (statement.kind) {
    case 'Assign':
      if (!bindsAlone(statement.value, code, file)) return false
      return statement.targets.every((target) => {
        if (target.kind !== 'Name') return false
        names.add(target.id)
        return true
      })
    case 'AnnAssign':
      if (statement.target.kind !== 'Name') return false
      if (statement.value !== undefined && !bindsAlone(statement.value, code, file)) return false
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

/**
 * Whether a value of a class's body adds no further names to the model (`contribute_to_class`): what Django makes adds none,
 * a field of a package may add any (`price_currency` of django-money's MoneyField).
 */
function bindsAlone(value: Expression, code: Code, file: CodeFile): boolean {
  if (value.kind !== 'Call') return true
  const { func } = value
  const made = func.kind === 'Attribute' && func.attr === 'as_manager' ? func.value : func
  return isPlain(dottedOf(made, file), code, 0)
}

const builtins = new Set([
  'property',
  'dict',
  'list',
  'set',
  'tuple',
  'frozenset',
  'str',
  'int',
  'range',
  'staticmethod',
])

/** Django's own, or a class of the project that is made of Django's and adds nothing to where it stands. */
function isPlain(dotted: string | undefined, code: Code, depth: number): boolean {
  if (dotted === undefined || depth > 6) return false
  if (dotted.startsWith('django.') || builtins.has(dotted)) return true
  const found = findClass(code, dotted)
  return (
    found !== undefined &&
    found.node.keywords.length === 0 &&
    found.node.decorators.length === 0 &&
    found.node.bases.every((base) => isPlain(dottedOf(base, found.file), code, depth + 1)) &&
    !found.node.body.some((one) => one.kind === 'FunctionDef' && one.name === 'contribute_to_class')
  )
}

const added = new WeakMap<App, { readonly names: ReadonlySet<string> | undefined }>()

/** Words without which a file gives no model a name. */
const mayAdd = /models|register|setattr|add_to_class|contribute_to_class|class_prepared/

/**
 * Names that a model may have from outside its class: every `related_name` and `related_query_name` of the project, its
 * models in small letters, attributes that are set. Undefined: some code may add any.
 */
function addedNames(app: App): ReadonlySet<string> | undefined {
  const known = added.get(app)
  if (known !== undefined) return known.names
  const code = codeOf(app)
  const names = new Set<string>()
  const readable = code.files.flatMap((path) =>
    mayAdd.test(code.source(path)?.text ?? '') ? (code.file(path) ?? []) : [],
  )
  const result = readable.every((file) => addNames(code, file, names)) ? names : undefined
  added.set(app, { names: result })
  return result
}

/** Adds what a file gives to models; false: it may give them anything. */
function addNames(code: Code, file: CodeFile, names: Set<string>): boolean {
  let any = false
  for (const name of file.classes.keys()) names.add(name.toLowerCase())
  walk(file.tree, (node) => {
    if (node.kind === 'Assign') {
      for (const target of node.targets) if (target.kind === 'Attribute') names.add(target.attr)
    }
    if (node.kind === 'Attribute' && /^(?:add_to_class|contribute_to_class|class_prepared)$/.test(node.attr)) any = true
    if (node.kind === 'Name' && file.imports.get(node.id)?.endsWith('.class_prepared') === true) any = true
    if (node.kind !== 'Call') return
    if (registersElsewhere(node.func, code, file)) any = true
    if (node.func.kind === 'Name' && node.func.id === 'setattr') {
      const name = literalText(node.args[1])
      if (name === undefined) any = true
      else names.add(name)
    }
    for (const { arg: name, value } of node.keywords) {
      if (name !== 'related_name' && name !== 'related_query_name') continue
      const text = literalText(value)
      // `%(class)s_set` is another one for each subclass.
      if (text === undefined || text.includes('%')) any = true
      else names.add(text)
    }
  })
  return !any
}

/**
 * `register(Room)` of a package, which may add what it likes to the model (`name_fr` of django-modeltranslation, `history` of
 * django-simple-history).
 */
function registersElsewhere(func: Expression, code: Code, file: CodeFile): boolean {
  const dotted = dottedOf(func, file)
  if (dotted === undefined || !/\.register$/.test(dotted)) return false
  const [top = ''] = dotted.split('.')
  const isImported = [...file.imports.values()].some((one) => dotted === one || dotted.startsWith(`${one}.`))
  return isImported && top !== 'django' && code.module(dotted.replace(/\.[^.]*$/, '')) === undefined
}
