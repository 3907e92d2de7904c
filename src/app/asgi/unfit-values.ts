import { type Place, placeKey } from '../../contracts/place.ts'
import type { Expression } from '../../syntax/python/ast.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import { otherKeysIn } from './brought-keys.ts'
import { type ConsumerCode, eachOwn, memberName, methodOfConsumer, servedConsumers } from './consumer-code.ts'
import { type DictPart, dictsOf, lastParts } from './dict-parts.ts'
import { otherKey } from './event-keys.ts'
import { unfitIn } from './event-values.ts'
import type { EventValue, LayerUse } from './model.ts'
import { bodyOf, type Standing } from './project-functions.ts'
import { type Code, codeOf, dottedOf, placeIn } from './python-code.ts'
import { dictsSent, type SentMessage, sentMessages } from './sent-messages.ts'

/** A value that a function of the project puts into a message which another one sends. */
export interface BroughtValue extends EventValue {
  readonly use: LayerUse
  readonly brought: true
}

/** What functions, constants and callers bring into messages that msgpack and json have no form for. */
export function broughtValues(app: App): BroughtValue[] {
  const code = codeOf(app)
  return sentMessages(app).flatMap((message) =>
    dictsSent(app, message)
      .flatMap((parts) => [...valuesOf(code, parts), ...keysOf(code, parts, message)])
      .map((one) => ({ ...one, use: message.use, brought: true as const })),
  )
}

/** Dicts in a message with keys that nobody reads again; what is told where the message is written is left out. */
function keysOf(code: Code, parts: readonly DictPart[], message: SentMessage): EventValue[] {
  return lastParts(parts).flatMap(({ key, value, standing }) => {
    const { file, functions } = standing
    const names = { function: functions.at(-1), attributes: new Map() }
    const isTold = standing === message.standing && otherKey(value, { file, names }) !== undefined
    const found = key === undefined || isTold ? undefined : otherKeysIn(code, value, standing)
    return found === undefined ? [] : [{ at: placeIn(found.file, found.node), type: 'number as a key' as const }]
  })
}

/** What is wrong in the values that a dict has in the end; of a function that may return others, where it is so in all of them. */
function valuesOf(code: Code, parts: readonly DictPart[], depth = 0): EventValue[] {
  const isUnfit = (part: DictPart | undefined) => part !== undefined && valuesIn(code, part, depth).length > 0
  return lastParts(parts).flatMap((part) => (part.others?.every(isUnfit) === false ? [] : valuesIn(code, part, depth)))
}

/** What is wrong in a value, in the dicts that it may be, and in the items of a list that is computed. */
function valuesIn(code: Code, { key, value, standing }: DictPart, depth: number): EventValue[] {
  if (key === undefined || depth > 3) return []
  const { file, functions } = standing
  const names = { function: functions.at(-1), outer: functions.slice(0, -1).toReversed(), attributes: new Map() }
  const item = value.kind === 'ListComp' ? value.elt : value
  const inside = item.kind === 'Dict' ? [] : dictsOf(code, item, standing)
  return inside.length > 0
    ? inside.flatMap((parts) => valuesOf(code, parts, depth + 1))
    : unfitIn(item, { code, file, names })
}

/** A value that json refuses, in what a consumer sends to its page. */
export interface UnfitJson extends EventValue {
  /** `json.dumps`, `self.send_json` */
  readonly by: string
  /** The call. */
  readonly callAt: Place
}

/** What served consumers write down with json and no encoder of their own. */
export function unfitJson(app: App): UnfitJson[] {
  const code = codeOf(app)
  const found = servedConsumers(app).flatMap((consumer) =>
    consumer.functions.flatMap(({ node, file }) => {
      const standing = bodyOf(methodOfConsumer(consumer, { node, file }))
      const values: UnfitJson[] = []
      eachOwn(node, (inner, parents) => {
        if (inner.kind !== 'Call' || !writesJson(consumer, inner, standing) || isCaught(inner, parents)) return
        const [given] = inner.args
        const by = file.text.slice(inner.func.start, inner.func.end)
        for (const one of given === undefined ? [] : within(code, given, standing))
          values.push({ ...one, by, callAt: placeIn(file, inner) })
      })
      return values
    }),
  )
  return uniqueBy(found, ({ at }) => placeKey(at))
}

function within(code: Code, node: Expression, standing: Standing): EventValue[] {
  return dictsOf(code, node, standing).flatMap((parts) => valuesOf(code, parts))
}

/** It stands in a `try` that has an answer to a TypeError. */
function isCaught(call: PythonNode, parents: readonly PythonNode[]): boolean {
  return parents.some(
    (one) =>
      one.kind === 'Try' &&
      one.body.some(({ start, end }) => start <= call.start && call.end <= end) &&
      one.handlers.some(({ type }) => type === undefined || namesIn(type).some((name) => catching.has(name))),
  )
}

const catching = new Set(['TypeError', 'ValueError', 'Exception', 'BaseException'])

const namesIn = (node: Expression): string[] =>
  node.kind === 'Tuple' ? node.elts.flatMap(namesIn) : node.kind === 'Name' ? [node.id] : []

/** `json.dumps(x)` without `default` or `cls`, `self.send_json(x)` of Channels' own making. */
function writesJson(
  { json, methods }: ConsumerCode,
  call: Extract<Expression, { kind: 'Call' }>,
  { file }: Standing,
): boolean {
  if (dottedOf(call.func, file) === 'json.dumps')
    return call.keywords.every(({ arg }) => arg !== undefined && arg !== 'default' && arg !== 'cls')
  const member = memberName(call.func)
  return (
    json &&
    member?.of === 'self' &&
    member.name === 'send_json' &&
    !methods.has('send_json') &&
    !methods.has('encode_json')
  )
}
