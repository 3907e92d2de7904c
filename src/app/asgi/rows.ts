import type { Call, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { bindingsOf, isParameter } from '../../syntax/python/bindings.ts'
import { walk } from '../../syntax/python/walk.ts'
import { managedBy } from './managers.ts'
import type { EventValue } from './model.ts'
import { isModelClass, namedModel } from './model-classes.ts'
import { type OwnClass, type Standing, selfOf } from './project-functions.ts'
import { type Code, dottedOf } from './python-code.ts'
import { senderOf } from './signal-senders.ts'
import { isThreadBridge } from './thread-bridge.ts'
import { savedRow, shownRow } from './view-rows.ts'

/** A row of a model of the project: what its fields hold is known as far as where it comes from tells. */
export interface Row {
  readonly model: OwnClass
  /** `loaded`: the database gave all of it; `made`: it was just made; `any`: the one or the other. */
  readonly state: 'loaded' | 'made' | 'any'
  /** The call that names what it was made with. */
  readonly made?: { readonly call: Call; readonly standing: Standing } | undefined
  /** Nothing has saved it: what the database or saving sets is missing. */
  readonly unsaved?: boolean | undefined
}

/** What an expression holds that no form of a message has a place for. */
export interface HeldValue {
  readonly type: EventValue['type']
  /** Of an instance, what is known of it. */
  readonly row?: Row | undefined
  /** It may be None just as well. */
  readonly perhaps?: boolean | undefined
  /** It is the user of the scope, or is read from it: what the project’s own middleware puts there may be something else. */
  readonly ofUser?: boolean | undefined
  /** It is in what the expression holds, not that itself. */
  readonly inside?: boolean | undefined
}

const gives = /^(?:get|first|last|latest|earliest)$/
const givesNone = /^(?:first|last)$/
const pair = /^(?:get_or_create|update_or_create)$/
const shortcut = /^django\.shortcuts\.get_object_or_404$/

/**
 * The row that an expression surely is, by itself: `self` in a method of a model, what a manager gives or makes (`cls.objects.create(…)`,
 * `room.messages.first()`), what a signal hands over, a loop goes through, or a view or a serializer works on. Names, and functions that
 * return one, are followed by who asks.
 */
export function rowAt(code: Code, node: Expression, standing: Standing, depth = 0): HeldValue | undefined {
  switch (node.kind) {
    case 'Name':
      return ofName(code, node, standing, depth)
    case 'Call':
      return ofCall(code, node, standing, { isAwaited: false, depth })
    case 'Await':
      return node.value.kind === 'Call' ? ofCall(code, node.value, standing, { isAwaited: true, depth }) : undefined
    case 'Subscript':
      return ofPlace(code, node, standing, depth)
    case 'Attribute':
      return shownRow(code, node, standing)
    default:
      return undefined
  }
}

type NameNode = Extract<Expression, { kind: 'Name' }>

const instance = (row: Row | undefined, perhaps = false): HeldValue | undefined =>
  row && { type: 'model', row, perhaps }

function ofName(code: Code, node: NameNode, standing: Standing, depth: number): HeldValue | undefined {
  const { id: name } = node
  const around = standing.functions.at(-1)
  if (around === undefined) return undefined
  if (isSelf(name, standing)) {
    const model = selfOf(standing)
    return model !== undefined && isModelClass(code, model)
      ? instance({ model, state: 'any', unsaved: isBeforeSave(node, around) })
      : undefined
  }
  const [only, ...more] = bindingsOf(around).get(name) ?? []
  if (only === undefined || more.length > 0) return undefined
  if (only.how === 'each' && only.value !== undefined) {
    const rows = managedBy(code, only.value, standing, depth)
    return rows?.of === 'rows' ? instance({ model: rows.model, state: 'loaded' }) : undefined
  }
  if (only.how === 'first' && only.value !== undefined) return ofPair(code, only.value, standing, depth)
  if (!isParameter(name, around)) return undefined
  const { posonly, args, kwonly } = around.args
  const said = [...posonly, ...args, ...kwonly].find((one) => one.name === name)?.annotation
  const annotated = said && namedModel(code, said, { ...standing, functions: standing.functions.slice(0, -1) })
  if (annotated !== undefined) return instance({ model: annotated, state: 'any' })
  if (name !== 'instance') return undefined
  const sender = senderOf(code, around, standing)
  const model = sender && namedModel(code, sender.node, sender.standing)
  if (sender === undefined) return undefined
  return model === undefined ? { type: 'model' } : instance({ model, state: 'any', unsaved: sender.early })
}

/** It stands in what runs before the row is saved: `save()` before it asks its `super()`, or `clean()`. */
function isBeforeSave(node: NameNode, around: FunctionDef): boolean {
  if (!/^(?:a?save|save_base|clean\w*|full_clean|__init__)$/.test(around.name)) return false
  let saved = false
  walk(around, (inner) => {
    if (inner.kind !== 'Call' || inner.end > node.start || inner.func.kind !== 'Attribute') return
    const { attr, value } = inner.func
    saved ||=
      /^a?save(?:_base)?$/.test(attr) &&
      value.kind === 'Call' &&
      value.func.kind === 'Name' &&
      value.func.id === 'super'
  })
  return !saved
}

/** The first parameter of a method that is handed the object. */
function isSelf(name: string, { functions, owner }: Standing): boolean {
  const [method] = functions
  if (owner === undefined || method === undefined || functions.length > 1) return false
  const isPlain = method.decorators.every((one) => one.kind !== 'Name' || !/^(?:class|static)method$/.test(one.id))
  return isPlain && firstParameter(method) === name && bindingsOf(method).get(name)?.length === 1
}

const firstParameter = ({ args }: FunctionDef): string | undefined => [...args.posonly, ...args.args][0]?.name

/** How a call stands. */
interface Asked {
  readonly isAwaited: boolean
  readonly depth: number
}

/** `Room.objects.get(…)`, `await room.messages.acreate(…)`, `await sync_to_async(Room.objects.get)(…)`, `Room(…)`, `get_object_or_404(Room, …)` */
function ofCall(code: Code, call: Call, standing: Standing, { isAwaited, depth }: Asked): HeldValue | undefined {
  const { func } = call
  const bridged =
    isAwaited && func.kind === 'Call' && isThreadBridge(func.func, standing.file) ? func.args[0] : undefined
  const asked = bridged ?? func
  const isAsync = isAwaited && bridged === undefined
  const dotted = dottedOf(asked, standing.file) ?? ''
  if (shortcut.test(isAsync ? dotted.replace(/\.aget_/, '.get_') : dotted)) {
    const [of] = call.args
    const model = of && (namedModel(code, of, standing) ?? managedBy(code, of, standing, depth)?.model)
    return model && instance({ model, state: 'loaded' })
  }
  const made = isAsync ? undefined : constructed(code, { ...call, func: asked }, standing)
  if (made !== undefined) return made
  if (asked.kind !== 'Attribute' || (isAsync && !asked.attr.startsWith('a'))) return undefined
  const attr = isAsync ? asked.attr.slice(1) : asked.attr
  if (gives.test(attr)) {
    const rows = managedBy(code, asked.value, standing, depth)
    return rows?.of === 'rows' ? instance({ model: rows.model, state: 'loaded' }, givesNone.test(attr)) : undefined
  }
  if (attr === 'create') {
    const rows = managedBy(code, asked.value, standing, depth)
    return rows && instance({ model: rows.model, state: 'made', made: { call, standing } })
  }
  return isAsync ? undefined : savedRow(code, call, standing)
}

/** `Room(…)`, `cls(…)`, `self.model(…)`: saved where something is said to save it by its name. */
function constructed(code: Code, call: Call, standing: Standing): HeldValue | undefined {
  const model = namedModel(code, call.func, standing)
  if (model === undefined || call.args.length > 0) return undefined
  return instance({
    model,
    state: 'made',
    made: { call, standing },
    unsaved: !isSaved(call, standing.functions.at(-1)),
  })
}

function isSaved(call: Call, around: FunctionDef | undefined): boolean {
  let name: string | undefined
  let saved = false
  if (around !== undefined)
    walk(around, (inner) => {
      if (inner.kind === 'Assign' && inner.value.start === call.start && inner.targets[0]?.kind === 'Name')
        name = inner.targets[0].id
      if (inner.kind !== 'Call' || inner.func.kind !== 'Attribute' || !/^a?save$/.test(inner.func.attr)) return
      saved ||= name !== undefined && inner.func.value.kind === 'Name' && inner.func.value.id === name
    })
  return saved
}

/** The row of `room, created = Room.objects.get_or_create(…)`. */
function ofPair(code: Code, node: Expression, standing: Standing, depth: number): HeldValue | undefined {
  const call = node.kind === 'Await' ? node.value : node
  if (call.kind !== 'Call') return undefined
  const { func } = call
  const bridged = func.kind === 'Call' && isThreadBridge(func.func, standing.file) ? func.args[0] : func
  if (bridged?.kind !== 'Attribute') return undefined
  const attr = node.kind === 'Await' && bridged === func ? bridged.attr.replace(/^a/, '') : bridged.attr
  const rows = pair.test(attr) ? managedBy(code, bridged.value, standing, depth) : undefined
  return rows && instance({ model: rows.model, state: 'made', made: { call, standing } })
}

/** `Room.objects.get_or_create(…)[0]`, `Room.objects.filter(…)[0]` */
function ofPlace(
  code: Code,
  node: Extract<Expression, { kind: 'Subscript' }>,
  standing: Standing,
  depth: number,
): HeldValue | undefined {
  const { slice, value } = node
  if (slice.kind !== 'Constant' || slice.value.type !== 'int') return undefined
  const made = ofPair(code, value, standing, depth)
  if (made !== undefined) return made
  const rows = managedBy(code, value, standing, depth)
  return rows?.of === 'rows' && value.kind === 'Call' ? instance({ model: rows.model, state: 'loaded' }) : undefined
}
