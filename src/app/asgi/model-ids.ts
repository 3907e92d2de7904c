import type { Call, ClassDef, Expression } from '../../syntax/python/ast.ts'
import { bindingsOf, onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { classOf } from './called-function.ts'
import { type OwnClass, type Standing, surelyDotted } from './project-functions.ts'
import { type Code, dottedOf, findClass } from './python-code.ts'
import { lazy } from './query-sets.ts'
import { referredModel, relationsOf } from './relations.ts'

/**
 * Whether an expression is surely a whole number of a row: `option.pk` of a model whose primary key is one, and of what a query gives
 * any field that holds one (`vote.option_id`, `row["team_id"]`).
 */
export function isNumberOf(code: Code, node: Expression, standing: Standing): boolean {
  if (node.kind === 'Subscript') {
    const rows = eachOf(code, node.value, standing)
    const name = literalText(node.slice)
    return rows?.as === 'dicts' && name !== undefined && holdsNumber(code, rows.model, name)
  }
  if (node.kind !== 'Attribute') return false
  const rows = eachOf(code, node.value, standing)
  if (rows?.as === 'objects') return holdsNumber(code, rows.model, node.attr) && !isRelation(rows.model, node.attr)
  // What a new instance holds besides its key is what it was given: a text of an address too.
  if (node.attr !== 'pk' && node.attr !== 'id') return false
  const model = classOf(code, node.value, standing)
  return model !== undefined && countsRows(code, model)
}

/** The rows that a loop or a comprehension goes through under a name. */
function eachOf(code: Code, node: Expression, standing: Standing): Rows | undefined {
  const around = standing.functions.at(-1)
  const [only, ...more] = (node.kind === 'Name' && around && bindingsOf(around).get(node.id)) || []
  return only?.how !== 'each' || only.value === undefined || more.length > 0
    ? undefined
    : rowsOf(code, only.value, standing)
}

/**
 * Whether pairs of a query begin with such a number, and `key`, of what `target` takes apart, is it: `values_list("pk", "votes")`. Without
 * a target: what `dict()` is given.
 */
export function isIdRow(
  code: Code,
  key: Expression | undefined,
  target: Expression | undefined,
  iter: Expression,
  standing: Standing,
): boolean {
  const [first] = target?.kind === 'Tuple' ? target.elts : []
  if (target !== undefined && (first?.kind !== 'Name' || key?.kind !== 'Name' || first.id !== key.id)) return false
  const rows = rowsOf(code, iter, standing)
  return rows?.first !== undefined && holdsNumber(code, rows.model, rows.first)
}

interface Rows {
  readonly model: OwnClass
  /** What a row is: an instance, a dict of `values()`, a tuple of `values_list()`. */
  readonly as: 'objects' | 'dicts' | 'tuples'
  /** The first field of `values_list()`. */
  readonly first?: string
}

/** What a query of a manager, or of a relation, gives one after the other. */
function rowsOf(code: Code, node: Expression, standing: Standing, depth = 0): Rows | undefined {
  const around = standing.functions.at(-1)
  if (depth > 12) return undefined
  if (node.kind === 'Name') {
    const value = around && onlyAssignment(around, node.id)
    return value && rowsOf(code, value, standing, depth + 1)
  }
  if (node.kind !== 'Call') return undefined
  const { func, args } = node
  if (func.kind === 'Name')
    return /^(?:list|tuple|sorted)$/.test(func.id) && args[0] !== undefined
      ? rowsOf(code, args[0], standing, depth + 1)
      : undefined
  if (func.kind !== 'Attribute' || (!lazy.has(func.attr) && func.attr !== 'iterator')) return undefined
  const model = managed(code, func.value, standing)
  const rows: Rows | undefined =
    model === undefined ? rowsOf(code, func.value, standing, depth + 1) : { model, as: 'objects' }
  if (rows === undefined || func.attr === 'values') return rows && { model: rows.model, as: 'dicts' }
  return func.attr === 'values_list' ? firstField(rows, node) : rows
}

function firstField({ model }: Rows, { args: [field], keywords }: Call): Rows | undefined {
  const isFlat = keywords.some(({ arg }) => arg === 'flat' || arg === undefined)
  const name = literalText(field)
  return name === undefined || isFlat ? undefined : { model, as: 'tuples', first: name }
}

/** The model whose rows a manager asks for: `Option.objects`, `poll.options`. */
function managed(code: Code, node: Expression, standing: Standing): OwnClass | undefined {
  if (node.kind !== 'Attribute') return undefined
  if (node.attr === 'objects') {
    const dotted = surelyDotted(node.value, standing)
    return dotted === undefined ? undefined : findClass(code, dotted)
  }
  const owner = classOf(code, node.value, standing)
  return owner && relationsOf(code).behind(owner.node, node.attr)
}

/** Fields of django.db.models whose values are whole numbers. */
const numbers = /^django\.db\.models\.(?:fields\.)?(?:(?:Big|Small)?AutoField|(?:Positive)?(?:Big|Small)?IntegerField)$/

/** What a class makes by calls, by name: `id = models.UUIDField(…)`, with an annotation or without. */
function fieldsIn({ body }: ClassDef): { readonly name: string; readonly call: Call }[] {
  return body.flatMap((one) => {
    if ((one.kind !== 'Assign' && one.kind !== 'AnnAssign') || one.value?.kind !== 'Call') return []
    const { value: call } = one
    const targets = one.kind === 'Assign' ? one.targets : [one.target]
    return targets.flatMap((target) => (target.kind === 'Name' ? [{ name: target.id, call }] : []))
  })
}

/** Whether a field that a query names (`id`, `team_id`, `option__poll`) surely holds a whole number. */
function holdsNumber(code: Code, model: OwnClass, path: string, depth = 0): boolean {
  const [first = '', ...more] = path.split('__')
  if (depth > 4) return false
  if (first === 'pk' || first === 'id') return more.length === 0 && countsRows(code, model)
  const field = fieldOf(model, first)
  if (field !== undefined && numbers.test(field.kind)) return more.length === 0
  const { call } = relationAt(model, first) ?? {}
  const isTold = call?.keywords.some(({ arg }) => arg === 'to_field' || arg === undefined)
  const other = call === undefined || isTold === true ? undefined : referredModel(code, call, model.file)
  return other !== undefined && holdsNumber(code, other, more.length === 0 ? 'pk' : more.join('__'), depth + 1)
}

interface Field {
  readonly call: Call
  /** The dotted path of its class. */
  readonly kind: string
}

function fieldOf({ node, file }: OwnClass, wanted: string): Field | undefined {
  const call = fieldsIn(node).find(({ name }) => name === wanted)?.call
  return call && { call, kind: dottedOf(call.func, file) ?? '' }
}

const isRelation = (model: OwnClass, name: string): boolean => related.test(fieldOf(model, name)?.kind ?? '')

/** The relation that a query means by `team` or `team_id`. */
function relationAt(model: OwnClass, name: string): Field | undefined {
  const found = fieldOf(model, name) ?? fieldOf(model, name.replace(/_id$/, ''))
  return found !== undefined && related.test(found.kind) ? found : undefined
}

const related = /^django\.db\.models\.(?:fields\.related\.)?(?:ForeignKey|OneToOneField)$/

/** Whether a class binds a name to a field of whole numbers. */
export const numberField = (model: OwnClass, name: string): boolean => numbers.test(fieldOf(model, name)?.kind ?? '')

/** Whether the primary key of a model is surely a number: Django's own, or a field of it that is one. */
export function countsRows(code: Code, { node, file }: OwnClass, depth = 0): boolean {
  if (depth > 6) return false
  // A field of one's own may make itself the key, without a word where it is used.
  const key = fieldsIn(node).find(
    ({ name, call: { keywords } }) =>
      name === 'id' || keywords.some(({ arg }) => arg === 'primary_key' || arg === undefined),
  )
  if (key !== undefined) return numbers.test(dottedOf(key.call.func, file) ?? '')
  return node.bases.every((base) => {
    const dotted = dottedOf(base, file)
    if (dotted === undefined) return false
    if (dotted === 'django.db.models.Model' || ofAuth.test(dotted)) return true
    const found = findClass(code, dotted)
    return found !== undefined && countsRows(code, found, depth + 1)
  })
}

/** Abstract models of Django's that leave the key to it. */
const ofAuth = /^django\.contrib\.auth\.(?:models|base_user)\.(?:AbstractUser|AbstractBaseUser|PermissionsMixin)$/
