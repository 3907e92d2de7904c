import type { Edit } from '../../contracts/edit.ts'
import { type Place, placeKey } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { entryOf, plain } from '../../evaluate/python/value.ts'
import { nearestOf } from '../../nearest.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import { nodesAround } from '../project/around.ts'
import { unknownLayer } from '../settings/layers.ts'
import type { LayerAlternative } from '../settings/model.ts'
import { told, verdict } from '../settings/verdict.ts'
import { atLeast } from '../settings/versions.ts'
import { type ConsumerCode, methodOfConsumer, servedConsumers } from './consumer-code.ts'
import type { Consumer, EventValue, LayerUse } from './model.ts'
import { nameFaults } from './name-faults.ts'
import { type Code, codeOf } from './python-code.ts'
import { mayBeReadByHand } from './read-by-hand.ts'
import { nodesOf } from './routes.ts'
import { type KeysSet, noteKeysSet } from './scope-keys.ts'
import { isOpaque } from './stacks.ts'
import { broughtValues } from './unfit-values.ts'
import { isForAnother } from './workers.ts'

/** A message whose type no consumer handles. */
export interface UnhandledType {
  readonly use: LayerUse
  readonly type: string
  readonly at: Place
  /** The method that would handle it. */
  readonly handler: string
  /** The nearest method of a consumer, when one is near. */
  readonly near: { readonly consumer: Consumer; readonly name: string; readonly at: Place } | undefined
  readonly malformed: boolean
}

/** Messages of a literal type that is a method of no consumer of the project. */
export function unhandledTypes(app: App): UnhandledType[] {
  const { consumers } = app.asgi
  if (consumers.length === 0 || othersHandle(app)) return []
  return sentMessages(app).flatMap((use) => {
    if (use.type === undefined) return []
    const { text, at } = use.type
    const handler = text.replaceAll('.', '_')
    const malformed = handler.startsWith('_')
    if (mayBeReadByHand(app, use) || isForAnother(app, use)) return []
    if (!malformed && consumers.some((consumer) => handles(consumer, handler))) return []
    return [{ use, type: text, at, handler, near: nearest(handler, consumers), malformed }]
  })
}

/** Messages without the key by which Channels finds the handler. */
export function untypedMessages(app: App): LayerUse[] {
  if (app.asgi.consumers.length === 0 || othersHandle(app)) return []
  return sentMessages(app).filter(
    (use) => use.event?.typed === false && !mayBeReadByHand(app, use) && !isForAnother(app, use),
  )
}

/** Messages may go to a consumer that cannot be read. */
export function othersHandle({ asgi }: App): boolean {
  return asgi.consumers.some((one) => mayHandleAnything(one))
}

function sentMessages(app: App): LayerUse[] {
  return app.asgi.usesLayer.filter(({ kind }) => kind === 'group_send' || kind === 'send')
}

/** A value in a message that a layer of channels_redis cannot write down. */
export interface UnfitValue extends EventValue {
  readonly use: LayerUse
  /** It comes from another function than the one that sends. */
  readonly brought: boolean
  /** What must be so for such a layer to be in use. */
  readonly when: readonly Condition[]
}

export function unfitValues(app: App): UnfitValue[] {
  const written = sentMessages(app).flatMap((use) =>
    (use.event?.unfit ?? []).map((one) => ({ ...one, use, brought: false })),
  )
  const all = uniqueBy([...written, ...broughtValues(app)], ({ at }) => placeKey(at))
  const found = all.filter(({ type, ofUser }) => (type !== 'user' && ofUser !== true) || !mayPut(app, 'user'))
  if (found.length === 0) return []
  return [
    ...underLayer(
      app,
      found.filter(({ type }) => type !== 'number as a key'),
      writesDown,
    ),
    ...underLayer(
      app,
      found.filter(({ type }) => type === 'number as a key'),
      (one) => (atLeast(app.dependencies, 'channels-redis', '3.0.0') === true ? readsTextKeysOnly(one) : false),
    ),
  ]
}

type Found = Omit<UnfitValue, 'when'>

function underLayer(
  app: App,
  found: readonly Found[],
  fails: (layer: LayerAlternative) => boolean | undefined,
): UnfitValue[] {
  if (found.length === 0) return []
  const layer = told(app.inquiry, verdict(app.settings.channelLayers, fails), unknownLayer)
  return layer === undefined
    ? []
    : found.flatMap((one) => (one.use.alias === 'default' ? [{ ...one, when: layer.when }] : []))
}

/** msgpack 1.0, which channels_redis asks for since 3.0, reads no keys but texts and bytes; json makes texts of numbers. */
function readsTextKeysOnly(layer: LayerAlternative): boolean | undefined {
  const format = entryOf(layer.layer?.config, 'serializer_format')
  return format === undefined || plain(format.value) === 'msgpack' ? writesDown(layer) : false
}

/** RedisChannelLayer and RedisPubSubChannelLayer write with msgpack, or with json where `serializer_format` says so. */
function writesDown({ layer, state }: LayerAlternative): boolean | undefined {
  if (layer === undefined) return state === 'undetermined' ? undefined : false
  const redis = layer.backend?.startsWith('channels_redis.') === true
  const format = plain(entryOf(layer.config, 'serializer_format')?.value)
  return (
    redis && (entryOf(layer.config, 'serializer_format') === undefined || format === 'msgpack' || format === 'json')
  )
}

/** Code of the project puts something under `user` in the scope: an id, a name, a dict. */
export function mayPut(app: App, key: 'user' | 'session'): boolean {
  if (servedConsumers(app).some((one) => puts(key, codeOf(app), one))) return true
  return app.asgi.application.some(({ root }) =>
    nodesOf(root).some(
      (node) => node.kind === 'wrapper' && (node.custom?.sets?.includes(key) === true || isOpaque(node)),
    ),
  )
}

function puts(key: string, code: Code, consumer: ConsumerCode): boolean {
  const keys: KeysSet = { names: new Set(), readable: true }
  for (const one of consumer.functions) noteKeysSet(code, methodOfConsumer(consumer, one), keys)
  return !keys.readable || keys.names.has(key)
}

/**
 * What a consumer of Channels inherits and calls with one event as its only argument (channels/generic/websocket.py,
 * consumer.py): `type: "send_json"` sends the event itself.
 */
const inherited: readonly (readonly [base: RegExp, handlers: readonly string[]])[] = [
  [/WebsocketConsumer$/, ['websocket_connect', 'websocket_receive', 'websocket_disconnect']],
  [/JsonWebsocketConsumer$/, ['send_json', 'receive_json']],
]

/** Whether some consumer has a method for messages of a type. */
export function isHandled(app: App, type: string): boolean {
  return app.asgi.consumers.some((consumer) => handles(consumer, type.replaceAll('.', '_')))
}

/** Whether a consumer has a handler of this name. */
export function handles({ methods, bases, given }: Consumer, handler: string): boolean {
  if (methods.has(handler) || given.assigned.has(handler)) return true
  return inherited.some(([base, handlers]) => handlers.includes(handler) && bases.some((one) => base.test(one)))
}

/** Handlers may come from a base that cannot be read, or messages are dispatched in the class's own way. */
function mayHandleAnything({ open, given, methods }: Consumer): boolean {
  return (
    open ||
    given.open ||
    ['dispatch', '__getattr__', '__getattribute__', 'get_handler_name'].some((name) => methods.has(name))
  )
}

function nearest(handler: string, consumers: readonly Consumer[]): UnhandledType['near'] {
  const methods = consumers.flatMap((consumer) => [...consumer.methods].map(([name, at]) => ({ consumer, name, at })))
  return nearestOf(handler, methods, ({ name }) => name, Math.max(2, handler.length / 3))
}

/** A call of the layer that fails, or does nothing. */
export interface LayerUseFault {
  readonly kind: 'unknown' | 'dropped' | 'called' | 'bridged' | 'name' | 'long-name' | 'own-channel'
  readonly use: LayerUse
  readonly at: Place
  /** The method that was meant, or the character that is refused. */
  readonly detail: string
  readonly edits: readonly Edit[] | undefined
  readonly when: readonly (Condition | Text)[]
}

export function layerFaults(app: App): LayerUseFault[] {
  return app.asgi.usesLayer.flatMap((use) => [...callFaults(app, use), ...nameFaults(app, use)])
}

const coroutines = new Set<LayerUse['kind']>([
  'group_add',
  'group_discard',
  'group_send',
  'send',
  'receive',
  'new_channel',
  'flush',
])

/** What people write instead of the layer's methods. */
const meant: Readonly<Record<string, string>> = {
  discard: 'group_discard',
  group_remove: 'group_discard',
  remove: 'group_discard',
  group_delete: 'group_discard',
  group_leave: 'group_discard',
  leave: 'group_discard',
  add: 'group_add',
  group_join: 'group_add',
  join: 'group_add',
  send_group: 'group_send',
  group_message: 'group_send',
  broadcast: 'group_send',
  publish: 'group_send',
  send_message: 'send',
  send_json: 'send',
}

function callFaults(app: App, use: LayerUse): LayerUseFault[] {
  const make = (kind: LayerUseFault['kind'], detail: string, edits?: readonly Edit[]): LayerUseFault[] => [
    { kind, use, at: use.at, detail, edits, when: [] },
  ]
  if (use.kind === 'unknown') {
    const right = Object.hasOwn(meant, use.method) ? meant[use.method] : nearMethod(use.method)
    // A method of a layer class that we do not know may exist: only what looks like a slip is one.
    return right === undefined ? [] : make('unknown', right, renamed(use, right))
  }
  if (!coroutines.has(use.kind)) return []
  if (use.drive === 'dropped')
    return make(
      'dropped',
      use.method,
      use.async
        ? [{ file: use.call.file, span: { start: use.call.span.start, end: use.call.span.start }, text: 'await ' }]
        : undefined,
    )
  if (use.drive === 'called-bridge') return make('called', use.method, uncalled(app, use))
  if (use.drive === 'bridge' && use.async) return make('bridged', use.method, unbridged(app, use))
  return []
}

/** `async_to_sync(layer.group_send)(…)` -> `await layer.group_send(…)`, where it is a statement of its own. */
function unbridged(app: App, { at }: LayerUse): readonly Edit[] | undefined {
  const around = nodesAround(app.tree, at)
  const bridge = around.findLast(
    (node) => node.kind === 'Call' && node.args.some((arg) => arg.start <= at.span.start && at.span.end <= arg.end),
  )
  const outer = around.find((node) => node.kind === 'Call' && node.func === bridge)
  const [argument] = bridge?.kind === 'Call' ? bridge.args : []
  if (bridge === undefined || outer === undefined || argument === undefined) return undefined
  if (!around.some((node) => node.kind === 'Expr' && node.value === outer)) return undefined
  const { file } = at
  return [
    { file, span: { start: bridge.start, end: argument.start }, text: 'await ' },
    { file, span: { start: argument.end, end: bridge.end }, text: '' },
  ]
}

/** The attribute's name ends the expression. */
function renamed({ at, method }: LayerUse, right: string): readonly Edit[] {
  return [{ file: at.file, span: { start: at.span.end - method.length, end: at.span.end }, text: right }]
}

function nearMethod(written: string): string | undefined {
  return nearestOf(written, ['group_add', 'group_discard', 'group_send', 'new_channel'], (name) => name, 2)
}

/** `async_to_sync(layer.group_send(a, b))` -> `async_to_sync(layer.group_send)(a, b)` */
function uncalled(app: App, use: LayerUse): readonly Edit[] | undefined {
  const text = parseFile(app.tree, use.call.file)?.text
  const end = use.call.span.end
  if (text === undefined || text[end] !== ')' || text[end - 1] !== ')') return undefined
  const file = use.call.file
  return [
    { file, span: { start: use.at.span.end, end: use.at.span.end }, text: ')' },
    { file, span: { start: end, end: end + 1 }, text: '' },
  ]
}
