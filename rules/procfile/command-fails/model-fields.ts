import { mro } from '../../../src/evaluate/python/interpreter/mro.ts'
import {
  type Binding,
  type CallValue,
  type ClassValue,
  calleePath,
  type Value,
} from '../../../src/evaluate/python/value.ts'
import { fieldClass } from './field-changes.ts'

/** A field of Django's as a model gets it. */
interface ModelField {
  readonly value: CallValue
  readonly at: Binding['at']
}

/** What a model brings to `makemigrations`. */
interface ModelFields {
  /** Those that are surely fields of the model, by name. */
  readonly sure: ReadonlyMap<string, ModelField>
  /** Names that may be fields: of a package or of the project, or bound by more than one class above. */
  readonly vague: ReadonlySet<string>
  /** Something in it may add fields of other names (a field of a package, `MoneyField`). */
  readonly open: boolean
}

const isModel = (one: Value): boolean =>
  one.type === 'external' && /^django\.db\.models\.(?:base\.)?Model$/.test(one.path)
const isPlain = (one: ClassValue): boolean => one.keywords.size === 0 && one.decorators.length === 0

/** Whether a class derives from Django's `Model`. */
const derivesFromModel = (one: ClassValue): boolean => mro(one).some(isModel)

const special = ['proxy', 'managed', 'app_label', 'swappable', 'apps']

/**
 * Whether a model has a table of its own in its app, and all that stands above it is known: it derives from `Model` by
 * nothing but abstract models and mixins of the project. `Meta` is that of the nearest class that has one, as for Django.
 */
export function isReadable(model: ClassValue): boolean {
  const [itself, ...above] = mro(model)
  if (itself !== model || !isPlain(model) || isAbstract(model) !== false) return false
  const options = optionsOf(model)
  return (
    options !== undefined &&
    !special.some((option) => options.has(option)) &&
    above.some(isModel) &&
    above.every((base) => {
      if (base.type !== 'class') return isModel(base) || (base.type === 'native' && base.name === 'object')
      return isPlain(base) && (!derivesFromModel(base) || isAbstract(base) === true)
    })
  )
}

/** What its own `Meta` says: Django resets the flag of one that is inherited. Undefined: not known. */
function isAbstract(model: ClassValue): boolean | undefined {
  const meta = model.attributes.get('Meta')?.value
  if (meta === undefined) return false
  const flag = meta.type === 'class' ? meta.attributes.get('abstract')?.value : undefined
  if (meta.type !== 'class' || (flag !== undefined && flag.type !== 'bool')) return undefined
  return flag?.value ?? false
}

/** Options of the `Meta` that counts, without the flag of abstract models; undefined: not all of it is known. */
function optionsOf(model: ClassValue): ReadonlyMap<string, Binding> | undefined {
  const meta = mro(model)
    .flatMap((one) => (one.type === 'class' ? (one.attributes.get('Meta') ?? []) : []))
    .at(0)?.value
  if (meta === undefined) return new Map()
  if (meta.type !== 'class') return undefined
  const found = new Map<string, Binding>()
  for (const one of mro(meta)) {
    if (one.type !== 'class' && !(one.type === 'native' && one.name === 'object')) return undefined
    if (one.type === 'class')
      for (const [name, binding] of one.attributes) if (!found.has(name)) found.set(name, binding)
  }
  found.delete('abstract')
  return found
}

/**
 * The fields of a model as its metaclass collects them (`ModelBase.__new__`, Django 3.2 to 6.0): its own and those of abstract
 * models above it. A field of a class that is no model is never one; what the model itself binds hides an inherited one.
 */
export function fieldsOf(model: ClassValue): ModelFields {
  const sure = new Map<string, ModelField>()
  const vague = new Set<string>()
  let open = false
  const classes = mro(model).filter((one): one is ClassValue => one.type === 'class')
  const names = new Set(classes.flatMap((one) => [...one.attributes.keys()]))
  for (const name of names) {
    const bound = classes.flatMap((one) => {
      const binding = one.attributes.get(name)
      return binding === undefined ? [] : [{ one, binding }]
    })
    const [first, ...others] = bound
    if (first === undefined) continue
    const { value, at } = first.binding
    const isField = fieldClass(value) !== undefined && derivesFromModel(first.one)
    const isTangled = first.one !== model && others.length > 0
    if (bound.some(({ binding }) => mayContribute(binding.value))) open = true
    if (isField && isRenamed(value as CallValue)) open = true
    if (isTangled || (isField ? isRenamed(value as CallValue) : mayContribute(value))) vague.add(name)
    else if (isField) sure.set(name, { value: value as CallValue, at })
  }
  return { sure, vague, open }
}

/** Whether a field may be given another name than the attribute's: by a keyword, or as the second of a plain field's arguments. */
function isRenamed(field: CallValue): boolean {
  const { open, keywords, positional } = field.args
  const isRelation = ['ForeignKey', 'OneToOneField', 'ManyToManyField'].includes(fieldClass(field) ?? '')
  return open || keywords.has('name') || (!isRelation && positional.length > 1)
}

/** Of Django, and no field of the model's: managers, cached properties, the two halves of a generic relation. */
const inert =
  /^django\.(?:db\.models\.(?:\w+\.)*\w*Manager$|utils\.|contrib\.contenttypes\.fields\.Generic(?:ForeignKey|Relation)$)/

/** Whether an attribute may be something of which Django asks `contribute_to_class`, other than its own fields and managers. */
function mayContribute(value: Value): boolean {
  if (value.type === 'call') {
    return fieldClass(value) === undefined && !inert.test(calleePath(value.callee) ?? '')
  }
  return value.type === 'instance' || value.type === 'unknown' || value.type === 'external'
}
