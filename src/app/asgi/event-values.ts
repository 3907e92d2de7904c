import type { Call, ClassDef, Dict, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText, walk } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { eachOwn } from './consumer-code.ts'
import { changesOf } from './dict-parts.ts'
import { otherKey } from './event-keys.ts'
import { isLazyText } from './lazy-texts.ts'
import type { EventDict, EventValue } from './model.ts'
import { constantAt } from './module-constants.ts'
import { bodyOf, handedOver, type Standing } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf, findClass, placeIn } from './python-code.ts'
import { touchesManager } from './query-sets.ts'
import type { Names } from './text-parts.ts'
import { isThreadBridge } from './thread-bridge.ts'

/** Where an expression stands. */
export interface Reading {
  readonly code: Code
  readonly file: CodeFile
  readonly names: Names
}

/** The message of a call of the layer where it is written as a dict, there or in the one assignment of its name. */
export function eventOf(node: Expression, scope: Reading): EventDict | undefined {
  const { names, file } = scope
  const around = names.function
  const value = node.kind === 'Name' && around !== undefined ? onlyAssignment(around, node.id) : node
  if (value?.kind !== 'Dict') return undefined
  const open = node.kind === 'Name' && around !== undefined && usesOf(node.id, around) > 2
  return {
    at: placeIn(file, value),
    typed: open || value.keys.some((key) => key === undefined || !isOtherKey(key)),
    unfit: [...keysOf(value, scope), ...unfitValues(kept(value, node, around), scope)],
  }
}

/** A dict without the values that others replace under its name, and without any where nobody can tell. */
function kept(dict: Dict, node: Expression, around: FunctionDef | undefined): Pick<Dict, 'values'> {
  const changes = node.kind === 'Name' && around !== undefined ? changesOf(around, node.id) : []
  const isReplaced = (key: Expression | undefined) =>
    changes?.some((one) => one.key !== undefined && literalText(key) === one.key) ?? true
  return { values: dict.values.filter((_, index) => !isReplaced(dict.keys[index])) }
}

/** A key of the dict, or of a dict that stands in it, that cannot be read again. */
function keysOf(node: Expression, scope: Reading): EventValue[] {
  if (node.kind === 'List' || node.kind === 'Tuple') return node.elts.flatMap((one) => keysOf(one, scope))
  const key = otherKey(node, scope)
  const own: EventValue[] = key === undefined ? [] : [{ at: placeIn(scope.file, node), type: 'number as a key' }]
  return node.kind === 'Dict' && key === undefined ? node.values.flatMap((value) => keysOf(value, scope)) : own
}

/** How often a name stands in a function: its assignment and its one use are two. */
function usesOf(name: string, node: FunctionDef): number {
  let count = 0
  walk(node, (inner) => {
    if (inner.kind === 'Name' && inner.id === name) count++
  })
  return count
}

/** A key that is surely not `type`. */
function isOtherKey(key: Expression): boolean {
  return key.kind === 'Constant' && (key.value.type !== 'str' || key.value.value !== 'type')
}

/** What in a value of a dict, and in lists and dicts inside it, msgpack and json have no form for. */
export function unfitIn(node: Expression, scope: Reading): EventValue[] {
  return node.kind === 'List' || node.kind === 'Tuple'
    ? node.elts.flatMap((one) => unfitIn(one, scope))
    : unfit(node, scope)
}

/** What in a dict, and in lists and dicts inside it, msgpack and json have no form for. */
function unfitValues({ values }: Pick<Dict, 'values'>, scope: Reading): EventValue[] {
  return values.flatMap((value): EventValue[] => {
    if (value.kind === 'Dict') return unfitValues(value, scope)
    if (value.kind === 'List' || value.kind === 'Tuple') return value.elts.flatMap((one) => unfit(one, scope))
    return unfit(value, scope)
  })
}

function unfit(node: Expression, scope: Reading): EventValue[] {
  if (node.kind === 'Dict') return unfitValues(node, scope)
  const type = typeOf(node, scope, 0)?.type ?? (isLazy(node, scope) ? 'lazy text' : undefined)
  return type === undefined ? [] : [{ at: placeIn(scope.file, node), type }]
}

const isLazy = (node: Expression, scope: Reading): boolean => isLazyText(scope.code, node, standingOf(scope))

/** A type that cannot be sent; of a model its class and how it was had. */
interface Unfit {
  readonly type: EventValue['type']
  readonly model?: { readonly node: ClassDef; readonly file: CodeFile; readonly loaded: boolean } | undefined
}

/** What some calls return. */
const returned: Readonly<Record<string, EventValue['type']>> = {
  'django.utils.timezone.now': 'datetime',
  'django.utils.timezone.localtime': 'datetime',
  'datetime.datetime': 'datetime',
  'datetime.datetime.now': 'datetime',
  'datetime.datetime.utcnow': 'datetime',
  'datetime.datetime.today': 'datetime',
  'datetime.datetime.strptime': 'datetime',
  'datetime.datetime.fromtimestamp': 'datetime',
  'datetime.date': 'date',
  'datetime.date.today': 'date',
  'datetime.timedelta': 'timedelta',
  'decimal.Decimal': 'Decimal',
  'uuid.UUID': 'UUID',
  'uuid.uuid1': 'UUID',
  'uuid.uuid4': 'UUID',
}

function typeOf(node: Expression, scope: Reading, depth: number): Unfit | undefined {
  if (depth > 8) return undefined
  switch (node.kind) {
    case 'Set':
    case 'SetComp':
      return { type: 'set' }
    case 'GeneratorExp':
      return { type: 'generator' }
    case 'Await':
      return node.value.kind === 'Call'
        ? (fromManager(node.value, scope, 'a') ?? fromFunction(node.value, scope, depth, true))
        : undefined
    case 'Call':
      return fromCall(node, scope) ?? fromFunction(node, scope, depth, false)
    case 'Subscript':
      return isScopeUser(node) ? { type: 'user' } : ofConstant(node, scope, depth)
    case 'Name':
      return ofName(node, scope, depth)
    case 'Attribute':
      return ofAttribute(node, scope, depth)
    default:
      return undefined
  }
}

function fromCall(node: Call, scope: Reading): Unfit | undefined {
  const dotted = dottedOf(node.func, scope.file)
  if (dotted === 'set' || dotted === 'frozenset') return { type: 'set' }
  const type = dotted !== undefined && Object.hasOwn(returned, dotted) ? returned[dotted] : undefined
  return type === undefined ? fromManager(node, scope, '') : { type }
}

const standingOf = ({ file, names }: Reading): Standing => {
  const functions = names.function === undefined ? [] : [...(names.outer ?? []).toReversed(), names.function]
  return {
    file,
    functions,
    owner: [...file.classes.values()].find(({ body }) => body.some((one) => one === functions[0])),
  }
}

const readingAt = (code: Code, { file, functions }: Standing): Reading => ({
  code,
  file,
  names: { function: functions.at(-1), outer: functions.slice(0, -1).toReversed(), attributes: new Map() },
})

/** The type that all of these are of; undefined as soon as one is of another, or of none that is known. */
function common(types: readonly (Unfit | undefined)[]): Unfit | undefined {
  const [first] = types
  const isSame = (one: Unfit | undefined) => one?.type === first?.type && one?.model?.node === first?.model?.node
  if (first === undefined || !types.every(isSame)) return undefined
  const loaded = types.every((one) => one?.model?.loaded === true)
  return { type: first.type, model: first.model && { ...first.model, loaded } }
}

/** What a function of the project returns: `record(…)`, `await sync_to_async(record)(…)`, `await find(…)`. */
function fromFunction(call: Call, scope: Reading, depth: number, isAwaited: boolean): Unfit | undefined {
  const { code } = scope
  const { func } = call
  const bridged = isAwaited && func.kind === 'Call' && isThreadBridge(func.func, scope.file) ? func.args[0] : undefined
  const called = calledFunction(code, { func: bridged ?? func }, standingOf(scope))
  if (called === undefined) return undefined
  const [decorator, ...more] = called.node.decorators
  const isThread = decorator !== undefined && more.length === 0 && isThreadBridge(decorator, called.file)
  const isCoroutine = called.node.kind === 'AsyncFunctionDef' || isThread
  if ((decorator !== undefined && !isThread) || isCoroutine !== (isAwaited && bridged === undefined)) return undefined
  const inside = readingAt(code, bodyOf(called))
  const types: (Unfit | undefined)[] = []
  eachOwn(called.node, (inner) => {
    if (inner.kind === 'Yield' || inner.kind === 'YieldFrom') types.push(undefined)
    if (inner.kind === 'Return') types.push(inner.value && typeOf(inner.value, inside, depth + 1))
  })
  return common(types)
}

/** What every call in the project gives for a parameter. */
function fromCallers(name: string, scope: Reading, depth: number): Unfit | undefined {
  const { code } = scope
  return common(
    handedOver(code, name, standingOf(scope)).map(
      ({ value, site }) => value && typeOf(value, readingAt(code, site), depth + 1),
    ),
  )
}

const lists = new Set(['all', 'filter', 'exclude', 'order_by', 'values', 'values_list', 'distinct', 'annotate'])

/** `Message.objects.create(…)`, `await Message.objects.aget(…)`, `Message.objects.filter(…)` */
function fromManager({ func }: Call, { code, file }: Reading, prefix: '' | 'a'): Unfit | undefined {
  if (func.kind !== 'Attribute' || !touchesManager(func.value)) return undefined
  const { attr, value } = func
  if (attr === `${prefix}get` || attr === `${prefix}create`) {
    const model = value.kind === 'Attribute' ? modelClass(code, value.value, file) : undefined
    return { type: 'model', model: model && { ...model, loaded: attr === `${prefix}get` } }
  }
  return prefix === '' && lists.has(attr) ? { type: 'QuerySet' } : undefined
}

function modelClass(code: Code, node: Expression, file: CodeFile): ReturnType<typeof findClass> {
  const dotted = dottedOf(node, file)
  return dotted === undefined ? undefined : findClass(code, dotted)
}

/** What a module binds once and for all: `STATES['open']`, `states.OPEN`. */
function ofConstant(node: Expression, scope: Reading, depth: number): Unfit | undefined {
  const found = constantAt(node, scope)
  const inside = found && { ...scope, file: found.file, names: { function: undefined, attributes: new Map() } }
  return found && inside && typeOf(found.value, inside, depth + 1)
}

function ofName(node: Extract<Expression, { kind: 'Name' }>, scope: Reading, depth: number): Unfit | undefined {
  const name = node.id
  const { names, code, file } = scope
  const around = names.function
  if (around === undefined) return undefined
  const value = onlyAssignment(around, name)
  if (value !== undefined) return typeOf(value, scope, depth + 1)
  const given = fromCallers(name, scope, depth)
  if (given !== undefined) return given
  const constant = ofConstant(node, scope, depth)
  if (constant !== undefined) return constant
  // The instance that a signal of Django’s models hands over.
  const sender = name === 'instance' ? senderOf(around, file) : undefined
  if (sender === undefined || around.args.args.every((one) => one.name !== name)) return undefined
  const model = modelClass(code, sender, file)
  return { type: 'model', model: model && { ...model, loaded: false } }
}

/** `@receiver(post_save, sender=Message)` */
function senderOf(node: FunctionDef, file: CodeFile): Expression | undefined {
  for (const decorator of node.decorators) {
    if (decorator.kind !== 'Call' || dottedOf(decorator.func, file) !== 'django.dispatch.receiver') continue
    const [signal] = decorator.args
    const name = signal === undefined ? undefined : dottedOf(signal, file)
    if (name?.startsWith('django.db.models.signals.'))
      return decorator.keywords.find(({ arg }) => arg === 'sender')?.value
  }
  return undefined
}

/** `self.scope['user']` */
function isScopeUser(node: Extract<Expression, { kind: 'Subscript' }>): boolean {
  const { value, slice } = node
  return (
    value.kind === 'Attribute' &&
    value.attr === 'scope' &&
    slice.kind === 'Constant' &&
    slice.value.type === 'str' &&
    slice.value.value === 'user'
  )
}

function ofAttribute(
  node: Extract<Expression, { kind: 'Attribute' }>,
  scope: Reading,
  depth: number,
): Unfit | undefined {
  const { value, attr } = node
  if (value.kind === 'Name' && value.id === 'self') {
    const assigned = scope.names.attributes.get(attr)
    return assigned?.kind === 'Subscript' && isScopeUser(assigned) ? { type: 'user' } : undefined
  }
  const of = typeOf(value, scope, depth + 1)
  const type = of?.model && fieldType(of.model, attr)
  return type === undefined ? ofConstant(node, scope, depth) : { type }
}

/** Fields of django.db.models whose values are of a type that cannot be sent. */
const fields: Readonly<Record<string, EventValue['type']>> = {
  DateTimeField: 'datetime',
  DateField: 'date',
  DurationField: 'timedelta',
  DecimalField: 'Decimal',
  UUIDField: 'UUID',
  ForeignKey: 'model',
  OneToOneField: 'model',
}

/** What a field of a model surely holds: of an object that was just made only what the field sets itself. */
function fieldType({ node, file, loaded }: NonNullable<Unfit['model']>, name: string): EventValue['type'] | undefined {
  const found = node.body.flatMap((statement) =>
    statement.kind === 'Assign' &&
    (name === 'pk'
      ? statement.value.kind === 'Call' && statement.value.keywords.some(({ arg }) => arg === 'primary_key')
      : statement.targets.some((target) => target.kind === 'Name' && target.id === name))
      ? [statement.value]
      : [],
  )
  const [field, ...more] = found
  if (field?.kind !== 'Call' || more.length > 0) return undefined
  const dotted = dottedOf(field.func, file) ?? ''
  const kind = /^django\.db\.models\.(\w+)$/.exec(dotted)?.[1] ?? ''
  const type = Object.hasOwn(fields, kind) ? fields[kind] : undefined
  const option = (wanted: string): Expression | undefined => field.keywords.find(({ arg }) => arg === wanted)?.value
  if (type === undefined || option('null') !== undefined) return undefined
  const initial = option('default')
  const setsItself =
    option('auto_now') !== undefined ||
    option('auto_now_add') !== undefined ||
    (initial !== undefined && Object.hasOwn(returned, dottedOf(initial, file) ?? ''))
  return loaded || setsItself ? type : undefined
}
