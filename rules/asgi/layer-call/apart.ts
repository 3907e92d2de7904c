import type { App } from '../../../src/app/app.ts'
import type { LayerUse } from '../../../src/app/asgi/model.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { type DictValue, entryOf, plain, type Value } from '../../../src/evaluate/python/value.ts'

/** A message to a group through another layer than the one on which all of its members are. */
export interface SentApart {
  readonly use: LayerUse
  /** The alias on which groups are joined. */
  readonly joined: LayerUse
  readonly when: readonly Condition[]
}

/**
 * Messages to groups through a layer that never meets the one of the members: another prefix in Redis, another kind of layer, or one in
 * memory (channels_redis core.py and pubsub.py: keys begin with `prefix`; `asgi` where it is not given).
 */
export function sentApart(app: App): SentApart[] {
  const { usesLayer } = app.asgi
  const joins = usesLayer.filter(({ kind }) => kind === 'group_add' || kind === 'groups')
  const [joined] = joins
  if (joined === undefined || joins.some(({ alias }) => alias !== joined.alias)) return []
  const alternatives = app.settings.get('CHANNEL_LAYERS')?.alternatives ?? []
  return usesLayer.flatMap((use) => {
    if (use.kind !== 'group_send' || use.alias === joined.alias || [use.alias, joined.alias].includes('?')) return []
    const answer = verdict(alternatives, ({ value }) => neverMeet(value, use.alias, joined.alias))
    return answer.state === 'holds' ? [{ use, joined, when: answer.when }] : []
  })
}

const kinds: Readonly<Record<string, string>> = {
  'channels.layers.InMemoryChannelLayer': 'memory',
  'channels_redis.core.RedisChannelLayer': 'core',
  'channels_redis.pubsub.RedisPubSubChannelLayer': 'pubsub',
}

/** Undefined: what the two have in common is not known. */
function neverMeet(layers: Value, one: string, other: string): boolean | undefined {
  const [a, b] = [layerUnder(layers, one), layerUnder(layers, other)]
  if (a === undefined || b === undefined || a.kind === undefined || b.kind === undefined) return undefined
  if (a.kind !== b.kind || a.kind === 'memory') return true
  if (a.prefix === undefined || b.prefix === undefined) return undefined
  return a.prefix !== b.prefix ? true : undefined
}

function layerUnder(
  layers: Value,
  alias: string,
): { kind: string | undefined; prefix: string | undefined } | undefined {
  const layer = layers.type === 'dict' ? entryOf(layers, alias)?.value : undefined
  if (layer?.type !== 'dict') return undefined
  const backend = plain(entryOf(layer, 'BACKEND')?.value) ?? ''
  return { kind: Object.hasOwn(kinds, backend) ? kinds[backend] : undefined, prefix: prefixOf(layer) }
}

function prefixOf(layer: DictValue): string | undefined {
  const config = entryOf(layer, 'CONFIG')?.value
  if (config === undefined) return layer.rest === undefined ? 'asgi' : undefined
  if (config.type !== 'dict') return undefined
  const given = entryOf(config, 'prefix')
  if (given !== undefined) return plain(given.value)
  return config.rest === undefined ? 'asgi' : undefined
}
