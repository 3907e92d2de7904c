import { numberOf } from '../../../src/evaluate/python/equality.ts'
import { type CallValue, calleePath, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'

/** The class of a field of Django's, `CharField`; undefined: it is none, or a package's. */
export function fieldClass(value: Value | undefined): string | undefined {
  if (value?.type !== 'call' || value.attributes.length > 0) return undefined
  return /^django\.db\.models\.(?:\w+\.)*(\w+Field|ForeignKey)$/.exec(calleePath(value.callee) ?? '')?.[1]
}

type Literal = string | number | bigint | boolean | null

/** What Django takes where nothing is given (`Field.deconstruct` of 3.2 to 6.0 leaves these out of a migration). */
const defaults: Readonly<Record<string, Literal>> = {
  null: false,
  blank: false,
  unique: false,
  editable: true,
  primary_key: false,
  auto_now: false,
  auto_now_add: false,
  help_text: '',
  verbose_name: null,
}

/** Keywords that are compared where both give them. */
const compared = ['max_length', 'max_digits', 'decimal_places', 'upload_to']

const related = new Set(['ForeignKey', 'OneToOneField', 'ManyToManyField'])

/**
 * Whether `makemigrations` surely sees another field: another class, or an argument whose value is known on both sides and
 * differs. Both are fields of Django's.
 */
export function isAltered(model: CallValue, migrated: CallValue): boolean {
  const [kind, before] = [fieldClass(model), fieldClass(migrated)]
  if (kind === undefined || before === undefined || model.args.open || migrated.args.open) return false
  if (kind !== before) return true
  const [now, then] = [argumentsOf(model, kind), argumentsOf(migrated, kind)]
  if (now === undefined || then === undefined) return false
  if (compared.some((name) => now.has(name) && then.has(name) && differ(now.get(name), then.get(name)))) return true
  if (now.has('default') !== then.has('default') || differ(now.get('default'), then.get('default'))) return true
  if (choicesDiffer(now.get('choices'), then.get('choices'))) return true
  const isTimed = [now, then].some((one) => one.has('auto_now') || one.has('auto_now_add'))
  return Object.entries(defaults).some(([name, fallback]) => {
    // Django leaves these out of a migration itself.
    if (isTimed && (name === 'blank' || name === 'editable')) return false
    if (kind === 'BooleanField' && name === 'blank') return false
    if (name === 'unique' && (kind === 'OneToOneField' || [now, then].some((one) => one.has('primary_key'))))
      return false
    const given = (one: ReadonlyMap<string, Value>) => (one.has(name) ? literal(one.get(name)) : fallback)
    const [a, b] = [given(now), given(then)]
    return a !== undefined && b !== undefined && a !== b
  })
}

/** Arguments by name; undefined where one is given by a position that is not the usual one. */
function argumentsOf({ args }: CallValue, kind: string): ReadonlyMap<string, Value> | undefined {
  const [first, ...others] = args.positional
  if (related.has(kind) || first === undefined) return args.keywords
  return others.length > 0 ? undefined : new Map([['verbose_name', first], ...args.keywords])
}

/** A text, number, truth value or None; undefined: something else, or not known. */
function literal(value: Value | undefined): Literal | undefined {
  if (value === undefined) return undefined
  if (value.type === 'none') return null
  if (value.type === 'bool') return value.value
  if (value.type === 'str') return plain(value)
  return value.type === 'int' || value.type === 'float' ? numberOf(value) : undefined
}

function differ(a: Value | undefined, b: Value | undefined): boolean {
  const [x, y] = [literal(a), literal(b)]
  if (x === undefined || y === undefined) return false
  // Numbers of any type compare by value; loose equality of bigint and number is exact.
  // biome-ignore lint/suspicious/noDoubleEquals: bigint and number
  return typeof x === typeof y ? x !== y : x != y
}

/** Pairs of a value and its label that are written out on both sides, or on one while the other has none. */
function choicesDiffer(a: Value | undefined, b: Value | undefined): boolean {
  const [x, y] = [pairsOf(a), pairsOf(b)]
  if (x === undefined || y === undefined) return false
  return x.length !== y.length || x.some((pair, i) => pair[0] !== y[i]?.[0] || pair[1] !== y[i]?.[1])
}

function pairsOf(value: Value | undefined): readonly (readonly [Literal, Literal])[] | undefined {
  if (value === undefined) return []
  const items = (value as { rest?: unknown }).rest === undefined ? itemsOf(value) : undefined
  const pairs = items?.flatMap((item): (readonly [Literal, Literal])[] => {
    const [key, label, ...others] = itemsOf(item) ?? []
    const [x, y] = [literal(key), literal(label)]
    return x === undefined || y === undefined || others.length > 0 ? [] : [[x, y]]
  })
  return pairs === undefined || pairs.length !== items?.length || pairs.length === 0 ? undefined : pairs
}
