import { numberOf, same } from '../../../src/evaluate/python/equality.ts'
import { type CallValue, calleePath, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'

/** The class of a field of Django's, `CharField`; undefined: it is none, or a package's. */
export function fieldClass(value: Value | undefined): string | undefined {
  if (value?.type !== 'call' || value.attributes.length > 0) return undefined
  return /^django\.db\.models\.(?:\w+\.)*(\w+Field|ForeignKey)$/.exec(calleePath(value.callee) ?? '')?.[1]
}

type Literal = string | number | bigint | boolean | null

/**
 * Arguments that `deconstruct` leaves out where they are worth this, by the class of the field (Django 3.2 to 6.0,
 * `Field.deconstruct` and those of its classes). What stands on one side alone is compared with it.
 */
const common: Readonly<Record<string, Literal>> = {
  verbose_name: null,
  primary_key: false,
  max_length: null,
  unique: false,
  blank: false,
  null: false,
  db_index: false,
  editable: true,
  serialize: true,
  unique_for_date: null,
  unique_for_month: null,
  unique_for_year: null,
  help_text: '',
  db_column: null,
  db_tablespace: null,
  auto_created: false,
}

const timed = { auto_now: false, auto_now_add: false }
const file = { max_length: 100, upload_to: '' }
const text = { db_collation: null }
const relation = { db_index: true }

const byClass: Readonly<Record<string, Readonly<Record<string, Literal>>>> = {
  BinaryField: { editable: false },
  CharField: text,
  CommaSeparatedIntegerField: text,
  DateField: timed,
  DateTimeField: timed,
  DecimalField: { max_digits: null, decimal_places: null },
  EmailField: { max_length: 254, ...text },
  FileField: file,
  FilePathField: {
    max_length: 100,
    path: '',
    match: null,
    recursive: false,
    allow_files: true,
    allow_folders: false,
  },
  ForeignKey: relation,
  GenericIPAddressField: { protocol: 'both', unpack_ipv4: false },
  ImageField: { ...file, width_field: null, height_field: null },
  OneToOneField: relation,
  SlugField: { max_length: 50, db_index: true, allow_unicode: false, ...text },
  TextField: text,
  TimeField: timed,
  URLField: { max_length: 200, ...text },
}

/** Fields that number the rows by themselves. */
export const automatic: ReadonlySet<string> = new Set(['AutoField', 'BigAutoField', 'SmallAutoField'])

/** What a class sets itself whatever it is given, and leaves out again. */
function implied(kind: string): readonly string[] {
  if (automatic.has(kind)) return ['blank', 'primary_key']
  if (kind === 'NullBooleanField') return ['null', 'blank']
  if (kind === 'GeneratedField') return ['blank', 'editable']
  if (kind === 'OneToOneField') return ['unique']
  return ['GenericIPAddressField', 'IPAddressField', 'UUIDField'].includes(kind) ? ['max_length'] : []
}

/** Arguments whose difference is not told: they are equal, or nobody knows. */
const vague = new Set(
  `validators error_messages db_default db_comment on_delete related_name related_query_name limit_choices_to parent_link
  to_field db_constraint swappable through through_fields db_table storage encoder decoder expression output_field
  db_persist to`.split(/\s+/),
)

const related = new Set(['ForeignKey', 'OneToOneField', 'ManyToManyField'])

/**
 * Whether `makemigrations` sees another field: another class, or an argument whose value is known on both sides and differs.
 * Undefined: nobody can tell. Both are fields of Django's.
 */
export function isAltered(model: CallValue, migrated: CallValue): boolean | undefined {
  const [kind, before] = [fieldClass(model), fieldClass(migrated)]
  if (kind === undefined || before === undefined) return undefined
  if (kind !== before) return true
  const [now, then] = [argumentsOf(model, kind), argumentsOf(migrated, kind)]
  if (now === undefined || then === undefined) return undefined
  const names = new Set([...now.keys(), ...then.keys()])
  let all: boolean | undefined = false
  for (const name of names) {
    const differs = differ(kind, name, now, then)
    if (differs === true) return true
    if (differs === undefined) all = undefined
  }
  return all
}

type Given = ReadonlyMap<string, Value>

/** Whether the two differ in one argument. */
function differ(kind: string, name: string, now: Given, then: Given): boolean | undefined {
  const [a, b] = [now.get(name), then.get(name)]
  if (name === 'choices') return choicesDiffer(a, b)
  if (name === 'default') return defaultsDiffer(a, b)
  if (name === 'symmetrical') return false
  if (vague.has(name)) return a !== undefined && b !== undefined && same(a, b) === true ? false : undefined
  const isKey = automatic.has(kind) || [now, then].some((one) => one.has('primary_key'))
  // The key of a model is left out of fixtures, and unique, whatever is given; a flag of the first Djangos may be blank.
  const isLoose =
    (isKey && (name === 'serialize' || name === 'unique')) || (kind === 'BooleanField' && name === 'blank')
  const answer = literalsDiffer({ ...common, ...byClass[kind] }[name], a, b)
  return isLoose && answer === true ? undefined : answer
}

/** Of an argument that `deconstruct` leaves out where it is `fallback`; undefined: none that is known. */
function literalsDiffer(
  fallback: Literal | undefined,
  a: Value | undefined,
  b: Value | undefined,
): boolean | undefined {
  if (a !== undefined && b !== undefined) return valuesDiffer(a, b)
  const given = a ?? b
  const value = given && literal(given)
  if (fallback === undefined || given === undefined) return undefined
  if (value === undefined) return given.type === 'function' && given.decorators.length === 0 ? true : undefined
  if (value === fallback || (typeof value === 'bigint' && typeof fallback === 'number' && value === BigInt(fallback)))
    return false
  // `None` and '' are left out too where the class asks for truth; a length that is no number is its own matter.
  const isEmpty = (one: Literal) => one === null || one === ''
  return isEmpty(value) || (typeof fallback === 'number' && typeof value !== 'bigint') ? undefined : true
}

function defaultsDiffer(a: Value | undefined, b: Value | undefined): boolean | undefined {
  if (a !== undefined && b !== undefined) return valuesDiffer(a, b)
  const given = a ?? b
  // `default=NOT_PROVIDED` is none.
  return given === undefined || given.type === 'unknown' || given.type === 'external' ? undefined : true
}

/** Python's `!=` where it is a matter of literals: a function or class of one run is never the same thing as in another. */
function valuesDiffer(a: Value, b: Value): boolean | undefined {
  const answer = same(a, b)
  if (answer === true) return false
  return answer === false && isWritten(a) && isWritten(b) ? true : undefined
}

/** Literals, and lists, tuples and dicts of them. */
function isWritten(value: Value): boolean {
  if (value.type === 'list' || value.type === 'tuple') return value.rest === undefined && value.items.every(isWritten)
  if (value.type === 'dict')
    return value.rest === undefined && value.entries.every(({ key, value: of }) => isWritten(key) && isWritten(of))
  return literal(value) !== undefined
}

/** Arguments by name; undefined where one is given by a position that is not the usual one, or is not known to be given. */
function argumentsOf({ args }: CallValue, kind: string): Given | undefined {
  if (args.open) return undefined
  const positions = kind === 'ManyToManyField' ? ['to'] : related.has(kind) ? ['to', 'on_delete'] : ['verbose_name']
  if (args.positional.length > positions.length || args.keywords.has('name')) return undefined
  const given = new Map(args.keywords)
  for (const [i, value] of args.positional.entries()) given.set(positions[i] as string, value)
  for (const name of implied(kind)) given.delete(name)
  // `None` is left out, and what is left out is the class's own.
  if (given.get('max_length')?.type === 'none' && byClass[kind]?.max_length !== undefined) given.delete('max_length')
  const times = ['auto_now', 'auto_now_add'].map((name) => given.get(name))
  if (times.some((value) => value !== undefined && value.type !== 'bool')) return undefined
  if (times.some((value) => value?.type === 'bool' && value.value))
    for (const name of ['blank', 'editable']) given.delete(name)
  return given
}

/** A text, number, truth value or None; undefined: something else, or not known. */
function literal(value: Value): Literal | undefined {
  if (value.type === 'none') return null
  if (value.type === 'bool') return value.value
  if (value.type === 'str') return plain(value)
  return value.type === 'int' || value.type === 'float' ? numberOf(value) : undefined
}

/** Pairs of a value and its label that are written out on both sides, or on one while the other has none. */
function choicesDiffer(a: Value | undefined, b: Value | undefined): boolean | undefined {
  const [x, y] = [pairsOf(a), pairsOf(b)]
  if (x === undefined || y === undefined)
    return a !== undefined && b !== undefined && same(a, b) === true ? false : undefined
  const isOther =
    x.length !== y.length ||
    x.some((pair, i) => pair.some((one, k) => valuesDiffer(one, (y[i] as readonly Value[])[k] as Value) === true))
  if (isOther) return true
  // Django before 5.0 tells a list from a tuple.
  return a !== undefined && b !== undefined && same(a, b) === true ? false : undefined
}

function pairsOf(value: Value | undefined): readonly (readonly Value[])[] | undefined {
  if (value === undefined) return []
  const items = (value as { rest?: unknown }).rest === undefined ? itemsOf(value) : undefined
  const pairs = items?.flatMap((item): (readonly Value[])[] => {
    const pair = itemsOf(item) ?? []
    return pair.length === 2 && pair.every((one) => literal(one) !== undefined) ? [pair] : []
  })
  return pairs === undefined || pairs.length !== items?.length || pairs.length === 0 ? undefined : pairs
}
