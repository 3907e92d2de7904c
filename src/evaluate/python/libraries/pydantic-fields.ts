import type { Expression, FunctionDef, Statement } from '../../../syntax/python/ast.ts'
import type { Machine } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { type NativeClass, object } from '../library.ts'
import { type CallArguments, type ClassValue, plain, type Value } from '../value.ts'
import { type FieldType, readType, resolveName, typePath } from './pydantic-types.ts'

/** A field of a class of settings. */
export interface Field {
  readonly name: string
  readonly type: FieldType
  /** Undefined: it has to be set. */
  readonly default: Value | undefined
  /** Called for each object, in place of a default. */
  readonly factory: Value | undefined
  /** Names that take the place of the field's own, in the order in which they are tried. */
  readonly aliases: readonly string[]
  /** Something that is not modelled has a say in it: neither its name nor its value can be told. */
  readonly isOpen: boolean
  readonly bounds: ReadonlyMap<string, Value>
}

export const fieldClass: NativeClass = {
  class: 'pydantic.fields.FieldInfo',
  bases: [],
  construct: (run, args) => object(fieldClass, args, run.at),
}

export const aliasClass: NativeClass = {
  class: 'pydantic.aliases.AliasChoices',
  bases: [],
  construct: (run, args) => object(aliasClass, args, run.at),
}

/** Arguments of `Field` that change nothing about the value. */
const silent =
  /^(default|default_factory|alias|validation_alias|title|description|examples|repr|exclude|json_schema_extra|deprecated|frozen|alias_priority|serialization_alias|init|kw_only)$/
const bounds = ['gt', 'ge', 'lt', 'le', 'min_length', 'max_length']

/** What a class says in its body: the fields with those of its bases, or undefined when something in it may change all. */
export function fieldsOf(m: Machine, type: ClassValue, base: NativeClass): ReadonlyMap<string, Field> | undefined {
  const fields = new Map<string, Field>()
  const order = mro(type)
  const validated = new Set<string>()
  for (const one of [...order].reverse()) {
    if (one.type === 'native' && one.native === base) continue
    if (one.type !== 'class' || one.decorators.length > 0 || one.node.typeParams.length > 0) return undefined
    for (const statement of one.node.body) if (!readStatement(m, one, statement, fields, validated)) return undefined
    if ([...one.attributes.keys()].some((name) => hooks.test(name))) return undefined
  }
  for (const name of validated) {
    const field = fields.get(name)
    if (field !== undefined) fields.set(name, { ...field, isOpen: true })
  }
  return fields
}

/** Methods that decide what an object holds, or where its values come from. */
const hooks =
  /^(__init__|__new__|__getattr__|__getattribute__|__setattr__|__init_subclass__|__get_pydantic_core_schema__|__pydantic_init_subclass__|model_post_init|settings_customise_sources)$/

/** Whether a statement of the body is understood; a field goes into the table. */
function readStatement(
  m: Machine,
  type: ClassValue,
  statement: Statement,
  fields: Map<string, Field>,
  validated: Set<string>,
): boolean {
  switch (statement.kind) {
    case 'Pass':
    case 'Expr':
    case 'ClassDef':
      return true
    case 'AnnAssign': {
      if (statement.target.kind !== 'Name') return false
      const name = statement.target.id
      if (name === 'model_config') return true
      if (!name.startsWith('_') && !isClassVariable(m, type, statement.annotation))
        fields.set(name, readField(m, type, name, statement.annotation, statement.value !== undefined))
      return true
    }
    case 'Assign':
      return statement.targets.every(
        (target) => target.kind === 'Name' && (target.id === 'model_config' || target.id.startsWith('_')),
      )
    case 'FunctionDef':
      return readFunction(m, type, statement, validated)
    default:
      return false
  }
}

function isClassVariable(m: Machine, type: ClassValue, annotation: Expression): boolean {
  const of = annotation.kind === 'Subscript' ? annotation.value : annotation
  return typePath(resolveName(m, type, of)) === 'typing.ClassVar'
}

/** A method changes nothing, a validator the fields that it names; what another decorator does is not known. */
function readFunction(m: Machine, type: ClassValue, node: FunctionDef, validated: Set<string>): boolean {
  return node.decorators.every((decorator) => {
    const call = decorator.kind === 'Call' ? decorator : undefined
    // `@name.setter` of a property.
    if (decorator.kind === 'Attribute' && decorator.value.kind === 'Name' && decorator.value.id === node.name)
      return true
    const path = typePath(resolveName(m, type, call?.func ?? decorator))
    if (path === undefined) return false
    if (
      /^(property|classmethod|staticmethod|functools\.cached_property|pydantic\.computed_field|pydantic\.(field|model)_serializer)$/.test(
        path,
      )
    )
      return true
    if (path !== 'pydantic.field_validator') return false
    for (const argument of call?.args ?? []) {
      if (argument.kind !== 'Constant' || argument.value.type !== 'str') return false
      const name = argument.value.value
      if (typeof name !== 'string' || name === '*') return false
      validated.add(name)
    }
    return call !== undefined
  })
}

function readField(m: Machine, type: ClassValue, name: string, annotation: Expression, hasDefault: boolean): Field {
  const given = hasDefault ? type.attributes.get(name)?.value : undefined
  const field: Field = {
    name,
    type: readType(m, type, annotation),
    default: given,
    factory: undefined,
    aliases: [],
    isOpen: isAnnotated(m, type, annotation),
    bounds: new Map(),
  }
  return given?.type === 'object' && given.model === fieldClass
    ? withArguments(field, given.state as CallArguments)
    : field
}

/** `Annotated[…]` may hold anything, in an inner type too. */
function isAnnotated(m: Machine, type: ClassValue, node: Expression): boolean {
  return node.kind === 'Subscript' && typePath(resolveName(m, type, node.value)) === 'typing.Annotated'
}

function withArguments(field: Field, args: CallArguments): Field {
  const { keywords } = args
  const given = args.positional[0] ?? keywords.get('default')
  const aliases = aliasesOf(keywords.get('validation_alias') ?? keywords.get('alias'))
  const isKnown = [...keywords.keys()].every((key) => silent.test(key) || bounds.includes(key))
  return {
    ...field,
    default: given?.type === 'ellipsis' ? undefined : given,
    factory: keywords.get('default_factory'),
    aliases: aliases ?? [],
    isOpen: field.isOpen || args.open || !isKnown || aliases === undefined || keywords.has('init'),
    bounds: new Map([...keywords].filter(([key]) => bounds.includes(key))),
  }
}

function aliasesOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined || value.type === 'none') return []
  const known = plain(value)
  if (known !== undefined) return known === '' ? undefined : [known]
  if (value.type !== 'object' || value.model !== aliasClass) return undefined
  const { positional, open } = value.state as CallArguments
  const names = positional.flatMap((one) => plain(one) ?? [])
  return open || names.length !== positional.length || names.length === 0 ? undefined : names
}

/** Whether a value lies within what its field allows; what is not known is taken to. */
export function isWithin(field: Field, value: Value): boolean {
  for (const [key, limit] of field.bounds) {
    if (value.type === 'none') continue
    const isLength = key.endsWith('_length')
    const [size, most] = [isLength ? lengthOf(value) : numberOf(value), numberOf(limit)]
    if (size === undefined || most === undefined) continue
    const holds = { gt: size > most, ge: size >= most, lt: size < most, le: size <= most, min_length: size >= most }[
      key
    ]
    if (!(holds ?? size <= most)) return false
  }
  return true
}

function numberOf(value: Value): number | undefined {
  return value.type === 'int' || value.type === 'float' ? Number(value.value) : undefined
}

function lengthOf(value: Value): number | undefined {
  if (value.type === 'object' && value.class.endsWith('SecretStr')) return lengthOf(value.state as Value)
  if (value.type === 'str') return plain(value) === undefined ? undefined : [...(plain(value) as string)].length
  return (value.type === 'list' || value.type === 'tuple') && value.rest === undefined ? value.items.length : undefined
}
