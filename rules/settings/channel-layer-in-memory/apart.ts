import type { App } from '../../../src/app/app.ts'
import { functionsAround, oneOffCommand, type RunBeside, runBeside } from '../../../src/app/asgi/beside-web.ts'
import { kindOf, type LayerKind } from '../../../src/app/asgi/layer-kinds.ts'
import { defaultLayerUses, sends } from '../../../src/app/settings/channels.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { allWorlds, oneOffWorld } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'

/** A process that sends through a layer in its own memory, while the sockets listen to one in Redis. */
export interface LayerApart extends Pick<RunBeside, 'name'> {
  /** The process type; undefined: a dyno of its own, which whoever runs the command gives it. */
  readonly process: string | undefined
  /** The layer in memory. */
  readonly at: Place
  readonly sentAt: Place
  /** What must be so for the process to read these settings. */
  readonly when: readonly Text[]
}

/** What tells the processes apart is a variable that they do not share: DYNO, one in front of a command, the command line. */
export function layerApart(app: App): LayerApart | undefined {
  const web = layerOf(app.settings)
  if (web === undefined || web.kind === 'memory') return undefined
  for (const { at: sentAt, call } of defaultLayerUses(app).filter(sends)) {
    const functions = functionsAround(app, [call])
    const beside = runBeside(app, functions)
    const alone = beside === undefined ? oneOffCommand(app, functions) : undefined
    const name = beside?.name ?? alone
    if (name === undefined) continue
    const world =
      alone === undefined ? allWorlds(app).find(({ process }) => process === beside?.process) : oneOffWorld(app, alone)
    const other = world && layerOf(world.settings)
    const when = world?.when === undefined ? [] : [world.when]
    if (other?.kind === 'memory') return { name, process: beside?.process, at: other.at, sentAt, when }
  }
  return undefined
}

/** The kind of the default layer, where it is the same on every path. */
function layerOf({ channelLayers }: SettingsModel): { readonly kind: LayerKind; readonly at: Place } | undefined {
  const [first] = channelLayers
  const kind = kindOf(first?.layer?.dict)
  const at = first?.layer?.backendAt ?? first?.layer?.at
  const isSame = channelLayers.every(({ layer }) => kindOf(layer?.dict) === kind)
  return kind === undefined || at === undefined || !isSame ? undefined : { kind, at }
}
