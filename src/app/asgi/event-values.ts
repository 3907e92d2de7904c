import type { Call, Dict, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { bindingsOf, isParameter, onlyAssignment } from '../../syntax/python/bindings.ts'
import { literalText, walk } from '../../syntax/python/walk.ts'
import { boundToSelf, calledFunction } from './called-function.ts'
import { eachOwn } from './consumer-code.ts'
import { changesOf } from './dict-parts.ts'
import { otherKey } from './event-keys.ts'
import { isLazyText } from './lazy-texts.ts'
import { managedBy } from './managers.ts'
import type { EventDict, EventValue } from './model.ts'
import { isModelClass } from './model-classes.ts'
import { constantAt } from './module-constants.ts'
import { bodyOf, handedOver, type Standing, selfOf } from './project-functions.ts'
import { type Code, type CodeFile, placeIn } from './python-code.ts'
import { lazy, touchesManager } from './query-sets.ts'
import { relationsOf } from './relations.ts'
import { typeInDict, typeInRows } from './row-dicts.ts'
import { heldByField } from './row-fields.ts'
import { type HeldValue, rowAt } from './rows.ts'
import type { Names } from './text-parts.ts'
import { isThreadBridge } from './thread-bridge.ts'
import { returnedType } from './value-types.ts'

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
  const held = typeOf(node, scope, 0)
  if (held?.perhaps === true) return []
  const type = held?.type ?? (isLazy(node, scope) ? 'lazy text' : undefined)
  return type === undefined ? [] : [{ at: placeIn(scope.file, node), type, ...marksOf(held, scope.code) }]
}

/** What else has to be known of a value to say what is to be done. */
function marksOf(held: HeldValue | undefined, code: Code): Pick<EventValue, 'ofUser' | 'uuidKey' | 'inside'> {
  const row = held?.type === 'model' ? held.row : undefined
  const key = row && heldByField(code, { ...row, state: 'loaded' }, 'pk', () => undefined)
  return {
    ...(held?.ofUser === true && { ofUser: true }),
    ...(key?.type === 'UUID' && { uuidKey: true }),
    ...(held?.inside === true && { inside: true }),
  }
}

const isLazy = (node: Expression, scope: Reading): boolean => isLazyText(scope.code, node, standingOf(scope))

function typeOf(node: Expression, scope: Reading, depth: number): HeldValue | undefined {
  if (depth > 8) return undefined
  switch (node.kind) {
    case 'Set':
    case 'SetComp':
      return { type: 'set' }
    case 'GeneratorExp':
      return { type: 'generator' }
    case 'Await':
      if (node.value.kind !== 'Call') return undefined
      return (
        rowAt(scope.code, node, standingOf(scope)) ??
        fromManager(node.value, scope, 'a') ??
        fromFunction(node.value, scope, depth, true)
      )
    case 'Call':
      return (
        rowAt(scope.code, node, standingOf(scope)) ?? fromCall(node, scope) ?? fromFunction(node, scope, depth, false)
      )
    case 'Subscript':
      if (isScopeUser(node)) return { type: 'user' }
      return (
        inRow(typeInDict(scope.code, node, standingOf(scope)), false) ??
        rowAt(scope.code, node, standingOf(scope)) ??
        ofConstant(node, scope, depth)
      )
    case 'Name':
      return ofName(node, scope, depth)
    case 'Attribute':
      return ofAttribute(node, scope, depth)
    default:
      return undefined
  }
}

const inRow = (type: EventValue['type'] | undefined, inside: boolean): HeldValue | undefined => type && { type, inside }

function fromCall(node: Call, scope: Reading): HeldValue | undefined {
  const type = returnedType(node.func, scope.file)
  if (type !== undefined) return { type }
  return inRow(typeInRows(scope.code, node, standingOf(scope)), true) ?? fromManager(node, scope, '')
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
function common(values: readonly (HeldValue | undefined)[]): HeldValue | undefined {
  const [first, ...others] = values
  if (first === undefined || others.length === 0) return first
  const model = first.row?.model
  if (!values.every((one) => one?.type === first.type && one.row?.model.node === model?.node)) return undefined
  const state = values.every((one) => one?.row?.state === 'loaded') ? 'loaded' : 'any'
  const unsaved = values.some((one) => one?.row?.unsaved === true)
  const marks = { perhaps: values.some((one) => one?.perhaps), ofUser: values.some((one) => one?.ofUser) }
  return { type: first.type, row: model && { model, state, unsaved }, ...marks }
}

/** What a function of the project returns: `record(…)`, `await sync_to_async(record)(…)`, `await find(…)`. */
function fromFunction(call: Call, scope: Reading, depth: number, isAwaited: boolean): HeldValue | undefined {
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
  const types: (HeldValue | undefined)[] = []
  eachOwn(called.node, (inner) => {
    if (inner.kind === 'Yield' || inner.kind === 'YieldFrom') types.push(undefined)
    if (inner.kind === 'Return') types.push(inner.value && typeOf(inner.value, inside, depth + 1))
  })
  return common(types)
}

/** What every call in the project gives for a parameter. */
function fromCallers(name: string, scope: Reading, depth: number): HeldValue | undefined {
  const { code } = scope
  return common(
    handedOver(code, name, standingOf(scope)).map(
      ({ value, site }) => value && typeOf(value, readingAt(code, site), depth + 1),
    ),
  )
}

/** `Message.objects.create(…)`, `await Message.objects.aget(…)`, `Message.objects.filter(…)`, whatever the model. */
function fromManager({ func }: Call, scope: Reading, prefix: '' | 'a'): HeldValue | undefined {
  if (func.kind !== 'Attribute') return undefined
  const { attr, value } = func
  if (prefix === '' && lazy.has(attr))
    return touchesManager(value) || managedBy(scope.code, value, standingOf(scope)) !== undefined
      ? { type: 'QuerySet' }
      : undefined
  const gives = attr === `${prefix}get` || attr === `${prefix}create`
  return gives && touchesManager(value) ? { type: 'model' } : undefined
}

/** What a module binds once and for all: `STATES['open']`, `states.OPEN`. */
function ofConstant(node: Expression, scope: Reading, depth: number): HeldValue | undefined {
  const found = constantAt(node, scope)
  const inside = found && { ...scope, file: found.file, names: { function: undefined, attributes: new Map() } }
  return found && inside && typeOf(found.value, inside, depth + 1)
}

function ofName(node: Extract<Expression, { kind: 'Name' }>, scope: Reading, depth: number): HeldValue | undefined {
  const around = scope.names.function
  if (around === undefined) return undefined
  const value = onlyAssignment(around, node.id)
  if (value !== undefined) return typeOf(value, scope, depth + 1)
  return (
    fromCallers(node.id, scope, depth) ?? ofConstant(node, scope, depth) ?? rowAt(scope.code, node, standingOf(scope))
  )
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
): HeldValue | undefined {
  const { value, attr } = node
  const { names, code } = scope
  const standing = standingOf(scope)
  if (value.kind === 'Name' && names.function !== undefined && bindingsOf(names.function).has(`${value.id}.${attr}`))
    return assigned(`${value.id}.${attr}`, names.function, scope, depth)
  const isSelf = value.kind === 'Name' && value.id === 'self'
  const scoped = isSelf ? names.attributes.get(attr) : undefined
  if (scoped?.kind === 'Subscript' && isScopeUser(scoped)) return { type: 'user' }
  if (isRequestUser(node, scope)) return { type: 'model', row: visitorRow(code) }
  const own = rowAt(code, node, standing) ?? (isSelf ? ofSelf(attr, scope, depth) : undefined)
  if (own !== undefined) return own
  const of = typeOf(value, scope, depth + 1)
  const found = of && ofHeld(of, attr, scope, depth)
  // What `model_to_dict()` reads of a row stands where the call does.
  const inside = !scope.file.text.slice(node.start, node.end).endsWith(attr)
  return found ? { ...found, inside } : ofConstant(node, scope, depth)
}

/** The row of whoever is logged in. */
function visitorRow(code: Code): HeldValue['row'] {
  const { userModel } = relationsOf(code)
  return userModel && { model: userModel, state: 'loaded' }
}

/** `request.user` of a view that is handed the request, `self.request.user` */
function isRequestUser({ value, attr }: Extract<Expression, { kind: 'Attribute' }>, { names }: Reading): boolean {
  if (attr !== 'user' || names.function === undefined) return false
  if (value.kind === 'Name')
    return (
      value.id === 'request' &&
      isParameter('request', names.function) &&
      bindingsOf(names.function).get('request')?.length === 1
    )
  return (
    value.kind === 'Attribute' && value.attr === 'request' && value.value.kind === 'Name' && value.value.id === 'self'
  )
}

/** What a field of a row holds, and what the one of the visitor does. */
function ofHeld(of: HeldValue, attr: string, { code }: Reading, depth: number): HeldValue | undefined {
  const row = of.row ?? (of.type === 'user' ? visitorRow(code) : undefined)
  const held =
    row && heldByField(code, row, attr, (value, standing) => typeOf(value, readingAt(code, standing), depth + 1))
  return held && { ...held, ofUser: of.ofUser === true || of.type === 'user' }
}

/** What a function assigns to an attribute, where it does so once, before all that follows. */
function assigned(name: string, around: FunctionDef, scope: Reading, depth: number): HeldValue | undefined {
  const [only, ...more] = bindingsOf(around).get(name) ?? []
  return only?.how === 'whole' && only.value !== undefined && !only.branch && more.length === 0
    ? typeOf(only.value, scope, depth + 1)
    : undefined
}

/** What the methods of an object bind an attribute of its own to, where all of it is of one type. */
function ofSelf(attr: string, scope: Reading, depth: number): HeldValue | undefined {
  const { code } = scope
  const self = selfOf(standingOf(scope))
  if (self === undefined || isModelClass(code, self)) return undefined
  return common(
    boundToSelf(code, self, attr).map(({ how, value, method }) =>
      how === 'whole' && value !== undefined ? typeOf(value, readingAt(code, bodyOf(method)), depth + 1) : undefined,
    ),
  )
}
