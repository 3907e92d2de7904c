import { getOrInsert } from '../../get-or-insert.ts'
import type { Call, ClassDef, Expression } from '../../syntax/python/ast.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'
import { isDjangoModel } from './query-sets.ts'

/** What an attribute of a model's instance asks the database for: `one` at once, `perhaps` unless it is null, `many` gives a manager. */
export type Relation = 'one' | 'perhaps' | 'many'

/** The models of the project, as far as their fields are written in their class. */
export interface Relations {
  /** Of whoever is logged in, by attribute: its own fields and what refers to it. */
  readonly user: ReadonlyMap<string, Relation>
  /** Of a model of the project, by attribute; undefined: it is none, or its manager is one of its own and may follow them ahead. */
  of(model: ClassDef): ReadonlyMap<string, Relation> | undefined
}

const kinds: Readonly<Record<string, Relation>> = { ForeignKey: 'one', OneToOneField: 'one', ManyToManyField: 'many' }

const known = new WeakMap<Code, Relations>()

/** The relations between the project's models (django/db/models/fields/related_descriptors.py). */
export function relationsOf(code: Code): Relations {
  return getOrInsert(known, code, () => readRelations(code))
}

function readRelations(code: Code): Relations {
  const own = new Map<ClassDef, ReadonlyMap<string, Relation>>()
  // The groups and permissions of django.contrib.auth.
  const user = new Map<string, Relation>([
    ['groups', 'many'],
    ['user_permissions', 'many'],
  ])
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
      }
      if (isUser(code, model, file)) for (const [name, relation] of fields) user.set(name, relation)
      own.set(model, fields)
    }
  }
  return { user, of: (model) => (hasOwnManager(model) ? undefined : own.get(model)) }
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

function hasOwnManager({ body }: ClassDef): boolean {
  return body.some(
    (node) =>
      node.kind === 'Assign' && node.targets.some((target) => target.kind === 'Name' && target.id === 'objects'),
  )
}

function fieldsOf(model: ClassDef, file: CodeFile): { name: string; relation: Relation; call: Call }[] {
  return model.body.flatMap((node) => {
    const [target] = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : []
    const value = node.kind === 'Assign' || node.kind === 'AnnAssign' ? node.value : undefined
    if (target?.kind !== 'Name' || value?.kind !== 'Call') return []
    const field = /^django\.db\.models\.(?:fields\.related\.)?(\w+)$/.exec(dottedOf(value.func, file) ?? '')?.[1] ?? ''
    const relation = Object.hasOwn(kinds, field) ? kinds[field] : undefined
    return relation === undefined ? [] : [{ name: target.id, relation, call: value }]
  })
}

const argument = (call: Call, name: string): Expression | undefined =>
  call.keywords.find(({ arg }) => arg === name)?.value

function refersToUser(code: Code, call: Call, file: CodeFile): boolean {
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
