import type { App } from '../../../src/app/app.ts'
import { functionsAround, type RunBeside, runBeside } from '../../../src/app/asgi/beside-web.ts'
import { defaultLayerUses, sends } from '../../../src/app/settings/channels.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { allWorlds } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { layerClass } from '../../../src/knowledge/layers/layers.ts'

/** Names in Redis that the process of the sockets and one that sends to them put apart. */
export interface PrefixApart extends RunBeside {
  /** Of the web process, and of the other one. */
  readonly own: string
  readonly other: string
  readonly at: Place
  /** Where the other process sends. */
  readonly sentAt: Place
}

/** A prefix that is made of the process type, where a task or a command of another type sends to the layer. */
export function prefixApart(app: App): PrefixApart | undefined {
  const own = prefixOf(app.settings)
  if (own === undefined) return undefined
  for (const { process, settings } of allWorlds(app)) {
    const other = process === undefined || process === 'web' ? undefined : prefixOf(settings)
    if (other === undefined || other.text === own.text) continue
    for (const { at, call } of defaultLayerUses(app).filter(sends)) {
      const run = runBeside(app, functionsAround(app, [call]))
      const place = own.at ?? other.at
      if (run?.process === process && run !== undefined && place !== undefined)
        return { ...run, own: own.text, other: other.text, at: place, sentAt: at }
    }
  }
  return undefined
}

/** `prefix` of the default layer in Redis, whose default is `asgi`; undefined where it is not the same and known on every path. */
function prefixOf({
  channelLayers,
}: SettingsModel): { readonly text: string; readonly at: Place | undefined } | undefined {
  const found = channelLayers.map(({ layer }) => {
    const family = layerClass(layer?.backend)?.family
    if (layer === undefined || (family !== 'redis' && family !== 'redis-pubsub')) return undefined
    if (layer.config === undefined || layer.config.rest !== undefined) return undefined
    const entry = layer.config.entries.findLast(({ key }) => plain(key) === 'prefix')
    const text = entry === undefined ? 'asgi' : plain(entry.value)
    return text === undefined ? undefined : { text, at: entry?.key.at }
  })
  const [first] = found
  return first !== undefined && found.every((one) => one?.text === first.text) ? first : undefined
}
