import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ClassDef, Expression } from '../../syntax/python/ast.ts'
import { isFunction, literalText } from '../../syntax/python/walk.ts'
import type { OwnClass } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'
import { isDjangoModel } from './query-sets.ts'

/** What an attribute of a model's instance asks the database for: `one` at once, `perhaps` unless it is null, `many` gives a manager. */
export type Relation = 'one' | 'perhaps' | 'many'

/** The models of the project, as far as their fields are written in their class. */
export interface Relations {
  /** Of whoever is logged in, by attribute: its own fields and what refers to it. */
  readonly user: ReadonlyMap<string, Relation>
  /** Of a model of the project, by attribute; undefined: it is none, or may bring along what it refers to. */
  of(model: ClassDef): ReadonlyMap<string, Relation> | undefined
  /** The model of the project that refers to another one, by the attribute that this one has of it: `poll.options`. */
  behind(model: ClassDef, attribute: string): { readonly node: ClassDef; readonly file: CodeFile } | undefined
  /** The user model, where the project has one of its own. */
  readonly userModel: { readonly node: ClassDef; readonly file: CodeFile } | undefined
}

const kinds: Readonly<Record<string, Relation>> = { ForeignKey: 'one', OneToOneField: 'one', ManyToManyField: 'many' }

const known = new WeakMap<Code, Relations>()

/** The relations between the project's models (django/db/models/fields/related_descriptors.py). */
export function relationsOf(code: Code): Relations {
  return getOrInsert(known, code, () => readRelations(code))
}

function readRelations(code: Code): Relations {
  const own = new Map<ClassDef, Map<string, Relation>>()
  const references: { from: ClassDef; call: Call; file: CodeFile }[] = []
  const users: { node: ClassDef; file: CodeFile }[] = []
  // The groups and permissions of django.contrib.auth.
  const user = new Map<string, Relation>([
    ['groups', 'many'],
    ['user_permissions', 'many'],
  ])
  let bringsAlong = false
  for (const path of code.files) {
    if (code.source(path)?.text.includes('models') !== true) continue
    const file = code.file(path)
    for (const model of file?.classes.values() ?? []) {
      if (file === undefined || !isModel(code, model, file)) continue
      const fields = new Map<string, Relation>()
      for (const { name, relation, call } of fieldsOf(model, file)) {
        fields.set(name, relation === 'one' && argument(call, 'null') !== undefined ? 'perhaps' : relation)
        const back = refersToUser(code, call, file) ? backwards(model, call, file) : undefined
        if (back !== undefined) user.set(...back)
        references.push({ from: model, call, file })
      }
      const follows = mayFollowAhead(code, model, file)
      if (isUser(code, model, file)) {
        for (const [name, relation] of fields) user.set(name, relation)
        users.push({ node: model, file })
        bringsAlong ||= follows
      }
      if (!follows) own.set(model, fields)
    }
  }
  for (const { from, call, file } of references) {
    const model = referredModel(code, call, file)?.node
    const fields = model === undefined ? undefined : own.get(model)
    const back = fields === undefined ? undefined : backwards(from, call, file)
    if (fields !== undefined && back !== undefined && !fields.has(back[0])) fields.set(...back)
  }
  const [userModel, ...others] = users
  return {
    user: bringsAlong ? new Map() : user,
    of: (model) => own.get(model),
    behind: (model, attribute) => {
      const found = references.filter(
        ({ from, call, file }) =>
          backwards(from, call, file)?.[0] === attribute && referredModel(code, call, file)?.node === model,
      )
      const [only, ...more] = found
      return only === undefined || more.length > 0 ? undefined : { node: only.from, file: only.file }
    },
    userModel: others.length === 0 ? userModel : undefined,
  }
}

/** The model of the project that a field refers to: a class, or the name of one, of the same file or of an app. */
export function referredModel(code: Code, call: Call, file: CodeFile): OwnClass | undefined {
  const to = call.args[0] ?? argument(call, 'to')
  if (to === undefined) return undefined
  const name = literalText(to)
  if (name?.includes('.') === true) return modelOfApp(code, name)
  const here = file.classes.get(name ?? (to.kind === 'Name' ? to.id : ''))
  if (here !== undefined) return { node: here, file }
  return name === undefined ? findClass(code, dottedOf(to, file) ?? '') : undefined
}

/** The class that `players.Team` names: of the one app of the project that is called so. */
export function modelOfApp(code: Code, path: string): OwnClass | undefined {
  const [label = '', name = ''] = path.split('.')
  const homes = code.files.filter((one) => one.split('/').some((part) => part === label))
  const found = homes.flatMap((one): OwnClass[] => {
    const file = code.source(one)?.text.includes(name) === true ? code.file(one) : undefined
    const node = file !== undefined && /(?:^|\.)models(?:\.|$)/.test(file.module) ? file.classes.get(name) : undefined
    return node === undefined || file === undefined ? [] : [{ node, file }]
  })
  return found.length === 1 ? found[0] : undefined
}

function isModel(code: Code, { bases }: ClassDef, file: CodeFile): boolean {
  return bases.some((base) => isDjangoModel(code, base, file)) || isAuthBase(bases, file)
}

const isAuthBase = (bases: readonly Expression[], file: CodeFile): boolean =>
  bases.some((base) =>
    /^django\.contrib\.auth\.(?:models\.AbstractUser|(?:base_user|models)\.AbstractBaseUser)$/.test(
      dottedOf(base, file) ?? '',
    ),
  )

/** A user model of the project; more than one project has just one. */
function isUser(code: Code, { bases }: ClassDef, file: CodeFile, depth = 0): boolean {
  if (isAuthBase(bases, file)) return true
  return bases.some((base) => {
    const dotted = dottedOf(base, file)
    const found = dotted === undefined || depth > 4 ? undefined : findClass(code, dotted)
    return found !== undefined && isUser(code, found.node, found.file, depth + 1)
  })
}

/** What Django brings: these follow no relation, and their managers neither. */
const plainModels =
  /^django\.(?:db\.models\.(?:base\.)?Model$|contrib\.auth\.(?:models|base_user)\.(?:AbstractUser|AbstractBaseUser|PermissionsMixin)$)/
const plainManagers = /^django\.(?:db\.models\.(?:manager\.)?|contrib\.auth\.(?:models|base_user)\.)\w*Manager$/

/**
 * An instance may come with what it refers to: a manager of one's own, of the class or of any of its bases, can follow relations in each
 * query, as can `Meta.base_manager_name`, and a constructor of one's own. So can a base that cannot be read.
 */
function mayFollowAhead(code: Code, model: ClassDef, file: CodeFile, depth = 0): boolean {
  const isOwn = model.body.some((node) => {
    if (node.kind === 'FunctionDef') return node.name === '__init__' || node.name === 'from_db'
    if (node.kind === 'ClassDef') return node.name === 'Meta' && namesManager(node)
    if (node.kind !== 'Assign' && node.kind !== 'AnnAssign') return false
    const [target] = node.kind === 'Assign' ? node.targets : [node.target]
    const made = node.value?.kind === 'Call' ? managerIn(code, node.value.func, file) : undefined
    return made === 'own' || (target?.kind === 'Name' && target.id === 'objects' && made === undefined)
  })
  return isOwn || model.bases.some((base) => followsAhead(code, base, file, depth))
}

function followsAhead(code: Code, base: Expression, file: CodeFile, depth: number): boolean {
  const dotted = dottedOf(base, file)
  if (dotted === undefined || depth > 6) return true
  if (plainModels.test(dotted)) return false
  const found = findClass(code, dotted)
  return found === undefined || mayFollowAhead(code, found.node, found.file, depth + 1)
}

const namesManager = ({ body }: ClassDef): boolean =>
  body.some(
    (node) =>
      node.kind === 'Assign' &&
      node.targets.some((target) => target.kind === 'Name' && /^(?:base|default)_manager_name$/.test(target.id)),
  )

/** What a call in a model's body makes: a manager of one's own that may change each query, a plain one, or no manager. */
function managerIn(code: Code, func: Expression, file: CodeFile, depth = 0): 'own' | 'plain' | undefined {
  // `RoomQuerySet.as_manager()`, `Manager.from_queryset(RoomQuerySet)()`
  if (func.kind === 'Attribute' && func.attr === 'as_manager') return 'own'
  if (func.kind === 'Call')
    return func.func.kind === 'Attribute' && func.func.attr === 'from_queryset' ? 'own' : undefined
  const dotted = dottedOf(func, file)
  if (dotted === undefined || depth > 6) return undefined
  if (plainManagers.test(dotted)) return 'plain'
  const found = findClass(code, dotted)
  if (found === undefined) return dotted.endsWith('Manager') ? 'own' : undefined
  const bases = found.node.bases.map((base) => managerIn(code, base, found.file, depth + 1))
  if (bases.every((base) => base === undefined)) return undefined
  const changes = found.node.body.some((node) => isFunction(node) && queries.test(node.name))
  return changes || bases.some((base) => base !== 'plain') ? 'own' : 'plain'
}

/** Methods of a manager through which an instance is fetched. */
const queries =
  /^(?:get_queryset|a?(?:get|first|last|latest|earliest|get_by_natural_key)|all|filter|exclude|__get\w*__)$/

function fieldsOf(model: ClassDef, file: CodeFile): { name: string; relation: Relation; call: Call }[] {
  return model.body.flatMap((node) => {
    const [target] = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : []
    const value = node.kind === 'Assign' || node.kind === 'AnnAssign' ? node.value : undefined
    if (target?.kind !== 'Name' || value?.kind !== 'Call') return []
    const field = /^django\.db\.models\.(?:fields\.related\.)?(\w+)$/.exec(dottedOf(value.func, file) ?? '')?.[1] ?? ''
    const relation = Object.hasOwn(kinds, field) ? kinds[field] : undefined
    // A link to the parent is made of the fields that the instance has (ForwardOneToOneDescriptor).
    if (relation === undefined || argument(value, 'parent_link') !== undefined) return []
    return [{ name: target.id, relation, call: value }]
  })
}

const argument = (call: Call, name: string): Expression | undefined =>
  call.keywords.find(({ arg }) => arg === name)?.value

/** Whether a field refers to the model of whoever is logged in. */
export function refersToUser(code: Code, call: Call, file: CodeFile): boolean {
  const to = call.args[0] ?? argument(call, 'to')
  if (to?.kind === 'Constant') return to.value.type === 'str' && to.value.value === 'auth.User'
  if (to === undefined) return false
  const dotted = dottedOf(to.kind === 'Call' ? to.func : to, file)
  if (to.kind === 'Call') return dotted === 'django.contrib.auth.get_user_model'
  if (dotted === 'django.conf.settings.AUTH_USER_MODEL' || dotted === 'django.contrib.auth.models.User') return true
  const named = to.kind === 'Name' ? userName(to.id, file) : false
  const found = dotted === undefined || named ? undefined : findClass(code, dotted)
  return named || (found !== undefined && isUser(code, found.node, found.file))
}

/** `User = get_user_model()` */
function userName(name: string, file: CodeFile): boolean {
  return file.tree.body.some(
    (node) =>
      node.kind === 'Assign' &&
      node.targets.some((target) => target.kind === 'Name' && target.id === name) &&
      node.value.kind === 'Call' &&
      dottedOf(node.value.func, file) === 'django.contrib.auth.get_user_model',
  )
}

/** What the user has of a model that refers to it: `profile`, `message_set`, the `related_name`. */
function backwards(model: ClassDef, call: Call, file: CodeFile): [string, Relation] | undefined {
  const isOne = dottedOf(call.func, file)?.endsWith('OneToOneField') === true
  const given = argument(call, 'related_name')
  const isWritten = given?.kind === 'Constant' && given.value.type === 'str'
  const name = isWritten ? given.value.value : `${model.name.toLowerCase()}${isOne ? '' : '_set'}`
  if ((given !== undefined && !isWritten) || !/^\w+$/.test(name)) return undefined
  return [name, isOne ? 'one' : 'many']
}
