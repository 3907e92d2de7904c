import type { Condition } from '../../evaluate/condition.ts'
import type { Alternative } from '../../evaluate/python/evaluation.ts'
import { type DictValue, entryOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { unknownValue } from '../settings/unknown-value.ts'
import { told, verdict } from '../settings/verdict.ts'

/** The layers whose source is known. */
export type LayerKind = 'memory' | 'core' | 'pubsub'

const kinds: Readonly<Record<string, LayerKind>> = {
  'channels.layers.InMemoryChannelLayer': 'memory',
  'channels_redis.core.RedisChannelLayer': 'core',
  'channels_redis.pubsub.RedisPubSubChannelLayer': 'pubsub',
}

/** A layer of CHANNEL_LAYERS. */
export function layerUnder(layers: Value, alias: string): DictValue | undefined {
  const layer = layers.type === 'dict' ? entryOf(layers, alias)?.value : undefined
  return layer?.type === 'dict' ? layer : undefined
}

export function kindOf(layer: DictValue | undefined): LayerKind | undefined {
  const backend = plain(entryOf(layer, 'BACKEND')?.value) ?? ''
  return Object.hasOwn(kinds, backend) ? kinds[backend] : undefined
}

/**
 * When the layer of an alias surely looks at the names it is given (`require_valid_group_name` of channels/layers.py): the one in memory
 * and channels_redis' core.py do; pubsub.py takes any name, and nobody knows what another one does.
 */
export function checksNames(app: App, alias: string): readonly Condition[] | undefined {
  const answer = kindVerdict(app, alias, (kind) => kind !== 'pubsub')
  return told(app.inquiry, answer, ({ value }) => unknownValue('CHANNEL_LAYERS', value))?.when
}

/** Whether the layer of an alias is one of those that a test takes. */
export function kindVerdict(app: App, alias: string, takes: (kind: LayerKind) => boolean) {
  const alternatives: readonly Alternative[] = app.settings.get('CHANNEL_LAYERS')?.alternatives ?? []
  return verdict(alternatives, ({ value }) => {
    const kind = kindOf(layerUnder(value, alias))
    return kind === undefined ? undefined : takes(kind)
  })
}
