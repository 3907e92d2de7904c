import type { App } from '../app.ts'
import type { LayerUse } from '../asgi/model.ts'
import { atLeast } from './versions.ts'

/** A project of Channels 2 or later: applications, consumers and layers of Channels 1 have another shape altogether. */
export function modernChannels(app: App): boolean {
  return app.usesChannels && atLeast(app.dependencies, 'channels', '2.0.0') !== false
}

/** Uses of the layer that Channels calls `default`. */
export function defaultLayerUses(app: App): readonly LayerUse[] {
  return app.asgi.usesLayer.filter(({ kind, alias }) => kind !== 'unknown' && alias === 'default')
}

/** Uses that send something to someone else: what a layer of one process loses. */
export function sends(use: LayerUse): boolean {
  return use.kind === 'group_send' || use.kind === 'send' || use.kind === 'groups'
}
