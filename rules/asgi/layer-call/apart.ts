import type { App } from '../../../src/app/app.ts'
import type { DictPart } from '../../../src/app/asgi/dict-parts.ts'
import { kindOf, layerUnder } from '../../../src/app/asgi/layer-kinds.ts'
import type { Consumer, LayerUse } from '../../../src/app/asgi/model.ts'
import { possibleTexts } from '../../../src/app/asgi/possible-texts.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { dictsSent, sentMessages } from '../../../src/app/asgi/sent-messages.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Part } from '../../../src/evaluate/parts.ts'
import { type DictValue, entryOf, plain, type Value } from '../../../src/evaluate/python/value.ts'

/** A message to a group through another layer than the one on which all of its members are. */
export interface SentApart {
  readonly use: LayerUse
  /** Where the group is joined. */
  readonly joined: LayerUse
  readonly when: readonly Condition[]
}

/**
 * Messages to groups through a layer that never meets the one of the members: another prefix in Redis, another kind of layer, or one in
 * memory (channels_redis core.py and pubsub.py: keys begin with `prefix`; `asgi` where it is not given). Only groups whose names are
 * those of groups that are joined: others may be of another project that shares the server.
 */
export function sentApart(app: App): SentApart[] {
  const { usesLayer } = app.asgi
  const joins = usesLayer.filter(({ kind }) => kind === 'group_add' || kind === 'groups')
  const [first] = joins
  if (first === undefined || joins.some(({ alias }) => alias !== first.alias)) return []
  const alternatives = app.settings.get('CHANNEL_LAYERS')?.alternatives ?? []
  return usesLayer.flatMap((use) => {
    if (use.kind !== 'group_send' || use.alias === first.alias || [use.alias, first.alias].includes('?')) return []
    const joined = joins.find(({ name }) => areAlike(name, use.name))
    if (joined === undefined) return []
    const answer = verdict(alternatives, ({ value }) => neverMeet(value, use.alias, first.alias))
    return answer.state === 'holds' ? [{ use, joined, when: answer.when }] : []
  })
}

/** A message of a type that only consumers on another layer handle, which never meets the one it goes through. */
export interface UnheardType {
  readonly use: LayerUse
  readonly type: string
  /** A consumer that handles it. */
  readonly consumer: Consumer
  readonly when: readonly Condition[]
}

/**
 * Messages to groups through the default layer, by their types: the consumers that have the method listen on other layers, and nothing
 * joins groups on this one. A layer that is asked for by its name may be there for another project that shares the server.
 */
export function unheardTypes(app: App): UnheardType[] {
  const { usesLayer, consumers } = app.asgi
  const served = consumers.some(({ routed }) => routed) ? consumers.filter(({ routed }) => routed) : consumers
  const taken = new Set([...served.map(({ layer }) => layer), ...joinedByHand(app)])
  if (taken.has('?') || taken.has('default') || usesLayer.some(({ kind }) => kind === 'receive')) return []
  const alternatives = app.settings.get('CHANNEL_LAYERS')?.alternatives ?? []
  return sentMessages(app).flatMap((message): UnheardType[] => {
    const { use } = message
    if (use.kind !== 'group_send' || use.alias !== 'default') return []
    const types = dictsSent(app, message).map((parts) => typeOf(app, parts))
    const [type] = types.flatMap((one) => one ?? [])
    const handlers = types.flatMap((some) =>
      (some ?? ['']).map((one) => served.find(({ methods }) => methods.has(one.replaceAll('.', '_')))),
    )
    const [consumer] = handlers
    if (type === undefined || consumer === undefined || handlers.includes(undefined)) return []
    const answer = verdict(alternatives, ({ value }) => {
      const meets = [...taken].map((alias) => neverMeet(value, use.alias, alias))
      return meets.includes(undefined) ? undefined : meets.every((one) => one === true)
    })
    return answer.state === 'holds' ? [{ use, type, consumer, when: answer.when }] : []
  })
}

/** Aliases of layers on which code outside of the consumers joins groups. */
function joinedByHand(app: App): string[] {
  const isJoin = ({ kind, consumer }: LayerUse) => kind === 'group_add' && consumer === undefined
  return app.asgi.usesLayer.filter(isJoin).map(({ alias }) => alias)
}

/** The texts that the type of a message may be, of which the last one written counts. */
function typeOf(app: App, parts: readonly DictPart[]): readonly string[] | undefined {
  const last = parts.findLast(({ key }) => key === 'type')
  return last === undefined ? undefined : possibleTexts(codeOf(app), last.value, last.standing)
}

/** Undefined: what the two have in common is not known. */
function neverMeet(layers: Value, one: string, other: string): boolean | undefined {
  const [a, b] = [layerUnder(layers, one), layerUnder(layers, other)]
  const [kind, otherKind] = [kindOf(a), kindOf(b)]
  if (a === undefined || b === undefined || kind === undefined || otherKind === undefined) return undefined
  if (kind !== otherKind || kind === 'memory') return true
  const [prefix, otherPrefix] = [prefixOf(a), prefixOf(b)]
  if (prefix === undefined || otherPrefix === undefined) return undefined
  return prefix !== otherPrefix ? true : undefined
}

function prefixOf(layer: DictValue): string | undefined {
  const config = entryOf(layer, 'CONFIG')?.value
  if (config === undefined) return layer.rest === undefined ? 'asgi' : undefined
  if (config.type !== 'dict') return undefined
  const given = entryOf(config, 'prefix')
  if (given !== undefined) return plain(given.value)
  return config.rest === undefined ? 'asgi' : undefined
}

/** Two names say the same as far as they are written: from the beginning or to the end, and nothing in them contradicts. */
function areAlike(a: readonly Part[] | undefined, b: readonly Part[] | undefined): boolean {
  if (a === undefined || b === undefined) return false
  const [start, end] = [shared(leading(a), leading(b), 'start'), shared(trailing(a), trailing(b), 'end')]
  if (start === undefined || end === undefined) return false
  if (isWritten(a) && isWritten(b)) return leading(a) === leading(b)
  return start > 0 || end > 0
}

const isWritten = (parts: readonly Part[]): boolean => parts.every((part) => typeof part === 'string')

/** The text in which a name begins, as far as it is written. */
function leading(parts: readonly Part[]): string {
  const hole = parts.findIndex((part) => typeof part !== 'string')
  return parts.slice(0, hole < 0 ? parts.length : hole).join('')
}

function trailing(parts: readonly Part[]): string {
  const hole = parts.findLastIndex((part) => typeof part !== 'string')
  return parts.slice(hole + 1).join('')
}

/** How many characters two texts have in common at one end; undefined: they differ there. */
function shared(a: string, b: string, at: 'start' | 'end'): number | undefined {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return (at === 'start' ? long.startsWith(short) : long.endsWith(short)) ? short.length : undefined
}
