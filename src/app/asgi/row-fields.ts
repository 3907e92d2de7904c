import type { Call, Expression } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { lineageOf } from './called-function.ts'
import { isGivenByHand } from './given-fields.ts'
import type { EventValue } from './model.ts'
import type { OwnClass, Standing } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf } from './python-code.ts'
import { referredModel, refersToUser, relationsOf } from './relations.ts'
import type { HeldValue, Row } from './rows.ts'
import { returnedType } from './value-types.ts'

/** A field of a model, in its class or in one that it derives from. */
interface RowField {
  /** The name of its class in django.db.models. */
  readonly kind: string
  /** Undefined: a class of a package brings it. */
  readonly call: Call | undefined
  readonly file: CodeFile
}

/** Fields of django.db.models whose values are of a type that cannot be sent. */
const types: Readonly<Record<string, EventValue['type']>> = {
  DateTimeField: 'datetime',
  DateField: 'date',
  TimeField: 'time',
  DurationField: 'timedelta',
  DecimalField: 'Decimal',
  UUIDField: 'UUID',
  FileField: 'file',
  ImageField: 'file',
}

const relations = new Set(['ForeignKey', 'OneToOneField'])

/** Abstract models of packages, with what their fields set themselves. */
const brought: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'model_utils.models.TimeStampedModel': { created: 'DateTimeField', modified: 'DateTimeField' },
  'model_utils.models.UUIDModel': { id: 'UUIDField' },
  'django_extensions.db.models.TimeStampedModel': { created: 'DateTimeField', modified: 'DateTimeField' },
  'django.contrib.auth.models.AbstractUser': { date_joined: 'DateTimeField' },
}

const fieldClass = /^django\.(?:contrib\.gis\.)?db\.models\.(?:fields\.(?:related\.|files\.)?)?(\w+)$/

/** The field that a class, or the first of its ancestors that binds the name, has under it. */
export function rowField(code: Code, model: OwnClass, name: string): RowField | undefined {
  const { own, bases } = lineageOf(code, model)
  const holder = own.find(({ node }) => bindingsOf(node).has(name))
  if (holder === undefined) {
    const base = bases.find((one) => Object.hasOwn(brought, one) && Object.hasOwn(brought[one] ?? {}, name))
    const kind = base === undefined ? undefined : brought[base]?.[name]
    return kind === undefined ? undefined : { kind, call: undefined, file: model.file }
  }
  const [only, ...more] = bindingsOf(holder.node).get(name) ?? []
  return more.length === 0 ? fieldOf(only?.value, holder.file) : undefined
}

function fieldOf(value: Expression | undefined, file: CodeFile): RowField | undefined {
  if (value?.kind !== 'Call') return undefined
  const kind = fieldClass.exec(dottedOf(value.func, file) ?? '')?.[1]
  return kind === undefined ? undefined : { kind, call: value, file }
}

/** The field that a model’s class, or an ancestor, declares to be its primary key, by its name. */
function keyOf(code: Code, model: OwnClass): readonly [string, RowField] | undefined {
  for (const { node, file } of lineageOf(code, model).own)
    for (const [name, [only]] of bindingsOf(node)) {
      const field = fieldOf(only?.value, file)
      if (field !== undefined && isTrue(option(field, 'primary_key'))) return [name, field]
    }
  const field = rowField(code, model, 'id')
  return field !== undefined && field.call === undefined ? ['id', field] : undefined
}

const option = ({ call }: RowField, wanted: string): Expression | undefined =>
  call?.keywords.find(({ arg }) => arg === wanted)?.value

const isTrue = (node: Expression | undefined): boolean =>
  node?.kind === 'Constant' && node.value.type === 'bool' && node.value.value

const mayBeNull = (field: RowField): boolean => {
  const given = option(field, 'null')
  return given !== undefined && !(given.kind === 'Constant' && given.value.type === 'bool' && !given.value.value)
}

/** The model of the project that a relation leads to; also the user model, by its setting. */
function targetOf(code: Code, { call, file }: RowField): OwnClass | undefined {
  if (call === undefined) return undefined
  return referredModel(code, call, file) ?? (refersToUser(code, call, file) ? relationsOf(code).userModel : undefined)
}

/** The type of the key that a relation keeps of the row that it leads to. */
function keyType(code: Code, relation: RowField, depth = 0): EventValue['type'] | undefined {
  const target = depth > 4 ? undefined : targetOf(code, relation)
  const named = option(relation, 'to_field')
  if (target === undefined || (named !== undefined && literalText(named) === undefined)) return undefined
  const field = named === undefined ? keyOf(code, target)?.[1] : rowField(code, target, literalText(named) ?? '')
  if (field === undefined) return undefined
  return relations.has(field.kind) ? keyType(code, field, depth + 1) : typeOfField(field)
}

const typeOfField = ({ kind }: RowField): EventValue['type'] | undefined =>
  Object.hasOwn(types, kind) ? types[kind] : undefined

/** Reads what a call gives for a field. */
type GivenType = (value: Expression, standing: Standing) => HeldValue | undefined

/** What an attribute of a row surely holds, where it is of a type that cannot be sent, or another row. */
export function heldByField(code: Code, row: Row, attribute: string, given: GivenType): HeldValue | undefined {
  const [name, field] = named(code, row.model, attribute) ?? []
  if (field === undefined || name === undefined) return undefined
  const asked = { code, row, name, field, given }
  if (relations.has(field.kind)) return attribute === name ? heldRow(asked) : heldId(asked)
  const type = typeOfField(field)
  // The descriptor makes a file of whatever the row holds, also of None (django/db/models/fields/files.py).
  if (type === 'file') return { type }
  return type !== undefined && !mayBeNull(field) && holds(asked, type) ? { type } : undefined
}

/** The field that an attribute means, by its name: `pk`, `room_id`. */
function named(code: Code, model: OwnClass, attribute: string): readonly [string, RowField] | undefined {
  if (attribute === 'pk') return keyOf(code, model)
  const name = attribute.replace(/_id$/, '')
  const field = rowField(code, model, attribute)
  if (field !== undefined || name === attribute) return field && [attribute, field]
  const relation = rowField(code, model, name)
  return relation !== undefined && relations.has(relation.kind) ? [name, relation] : undefined
}

interface Asked {
  readonly code: Code
  readonly row: Row
  readonly name: string
  readonly field: RowField
  readonly given: GivenType
}

/** `message.room`: nothing but a row of the other model, or None, can be put there. */
function heldRow({ code, row, field }: Asked): HeldValue {
  const model = targetOf(code, field)
  const state = row.state === 'loaded' ? 'loaded' : 'any'
  return { type: 'model', row: model && { model, state }, perhaps: mayBeNull(field) }
}

/** `message.room_id`: the key of the other row, or what was given for it by hand. */
function heldId({ code, row, name, field }: Asked): HeldValue | undefined {
  const type = mayBeNull(field) ? undefined : keyType(code, field)
  if (type === undefined) return undefined
  const isSure =
    row.state === 'loaded' ||
    (row.made === undefined
      ? !isGivenByHand(code, row.model, [`${name}_id`])
      : givenFor(row.made, [name]) !== undefined)
  return isSure ? { type } : undefined
}

/** Whether a plain field surely holds what it is declared to hold: always what the database gave, else what it sets itself or was given. */
function holds({ code, row, name, field, given }: Asked, type: EventValue['type']): boolean {
  if (row.state === 'loaded') return true
  const isKey = isTrue(option(field, 'primary_key'))
  const names = isKey ? [name, 'pk'] : [name]
  if (isTrue(option(field, 'auto_now')) || isTrue(option(field, 'auto_now_add')) || field.call === undefined)
    return row.unsaved !== true
  const initial = option(field, 'default')
  const setsItself =
    initial !== undefined &&
    (returnedType(initial, field.file) ??
      (initial.kind === 'Call' ? returnedType(initial.func, field.file) : undefined)) === type
  if (row.made !== undefined) {
    const value = givenFor(row.made, names)
    return value === undefined ? setsItself : given(value, row.made.standing)?.type === type
  }
  return (setsItself || initial === undefined) && !isGivenByHand(code, row.model, names, !setsItself)
}

/** What a call that makes a row names for a field, also in the `defaults` of `get_or_create`. */
function givenFor({ call }: NonNullable<Row['made']>, names: readonly string[]): Expression | undefined {
  const keyword = call.keywords.find(({ arg }) => arg !== undefined && names.includes(arg))
  if (keyword !== undefined) return keyword.value
  const defaults = call.keywords.find(({ arg }) => arg === 'defaults')?.value
  if (defaults?.kind !== 'Dict') return undefined
  return defaults.values.find((_, index) => names.includes(literalText(defaults.keys[index]) ?? ''))
}

/** The type of what a query gives for a field that it names (`id`, `room`, `room__created_at`), where that is surely one. */
export function typeOfPath(code: Code, model: OwnClass, path: string, depth = 0): EventValue['type'] | undefined {
  const [first = '', ...rest] = path.split('__')
  const [, field] = named(code, model, first) ?? []
  if (field === undefined || mayBeNull(field) || depth > 4) return undefined
  if (!relations.has(field.kind)) {
    const type = rest.length === 0 ? typeOfField(field) : undefined
    // The database holds the path of a file.
    return type === 'file' ? undefined : type
  }
  const target = targetOf(code, field)
  if (rest.length === 0) return keyType(code, field)
  return target && typeOfPath(code, target, rest.join('__'), depth + 1)
}

/** The names of all fields that a row keeps itself: what `values()` gives where it is not told which. */
export const fieldNames = (code: Code, model: OwnClass): readonly string[] => [
  ...new Set(
    lineageOf(code, model).own.flatMap(({ node, file }) =>
      [...bindingsOf(node)].flatMap(([name, [only]]) => (fieldOf(only?.value, file) === undefined ? [] : [name])),
    ),
  ),
]

/** Whether a form may change a field: `model_to_dict()` gives those alone (django/forms/models.py). */
export function isEditable(code: Code, model: OwnClass, name: string): boolean {
  const field = rowField(code, model, name)
  const said = field && option(field, 'editable')
  if (field === undefined || (said !== undefined && !isTrue(said))) return false
  return !isTrue(option(field, 'auto_now')) && !isTrue(option(field, 'auto_now_add'))
}
