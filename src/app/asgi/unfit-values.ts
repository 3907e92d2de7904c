import { type Place, placeKey } from '../../contracts/place.ts'
import type { Expression } from '../../syntax/python/ast.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import { type ConsumerCode, eachOwn, memberName, servedConsumers } from './consumer-code.ts'
import { type DictPart, dictsOf } from './dict-parts.ts'
import { unfitIn } from './event-values.ts'
import type { EventValue, LayerUse } from './model.ts'
import type { Standing } from './project-functions.ts'
import { type Code, codeOf, dottedOf, placeIn } from './python-code.ts'
import { dictsSent, sentMessages } from './sent-messages.ts'

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
      .flat()
      .flatMap((part) => valuesIn(code, part))
      .map((one) => ({ ...one, use: message.use, brought: true as const })),
  )
}

/** What is wrong in a value, in the dicts that it may be, and in the items of a list that is computed. */
function valuesIn(code: Code, { key, value, standing }: DictPart, depth = 0): EventValue[] {
  if (key === undefined || depth > 3) return []
  const { file, functions } = standing
  const names = { function: functions.at(-1), outer: functions.slice(0, -1).toReversed(), attributes: new Map() }
  const item = value.kind === 'ListComp' ? value.elt : value
  const inside = item.kind === 'Dict' ? [] : dictsOf(code, item, standing).flat()
  return inside.length > 0
    ? inside.flatMap((part) => valuesIn(code, part, depth + 1))
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
      const owner = consumer.classes.find((one) => one.node.body.includes(node))?.node
      const standing: Standing = { file, functions: [node], owner }
      const values: UnfitJson[] = []
      eachOwn(node, (inner) => {
        if (inner.kind !== 'Call' || !writesJson(consumer, inner, standing)) return
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
  const dicts = dictsOf(code, node, standing)
  return dicts.flat().flatMap((part) => valuesIn(code, part))
}

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
