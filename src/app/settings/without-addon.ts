import type { Text } from '../../contracts/text.ts'
import type { App } from '../app.ts'
import { layersOf } from './layers.ts'
import type { LayerAlternative } from './model.ts'
import { runModule } from './run-module.ts'

/** CHANNEL_LAYERS as they would be if no Redis add-on were attached. */
export interface WithoutAddon {
  readonly layers: readonly LayerAlternative[]
  /** Reads after "when". */
  readonly when: Text
}

/**
 * Where nothing says which add-ons the app has, heroku-redis is assumed; this is the other possibility. Undefined when the
 * add-ons are known, or there is nothing to run.
 */
export function withoutAddon(app: App): WithoutAddon | undefined {
  const { config, environment, settings } = app
  // What the user says of a variable holds with the add-on and without.
  const redisVariables = environment.redisVariables.filter((name) => !Object.hasOwn(config.env, name))
  if (environment.addonsKnown || redisVariables.length === 0 || settings.module === undefined || !settings.sure) {
    return undefined
  }
  const when = noAddon(redisVariables)
  const usual = settings.evaluation
  // A module that asks for none of them is the same without.
  if (usual !== undefined && !redisVariables.some((name) => usual.reads.has(name))) {
    return usual.certainCrash === undefined ? { layers: settings.channelLayers, when } : undefined
  }
  const nowhere = { file: settings.file ?? '', span: { start: 0, end: 0 } }
  const unset = redisVariables.map((name) => ({ name, parts: undefined, at: nowhere }))
  const named = { name: 'DJANGO_SETTINGS_MODULE', parts: [settings.module], at: nowhere }
  const evaluation = runModule(
    app,
    settings.module,
    settings.searchPath,
    settings.environment.forProcess([...unset, named]),
  )
  if (evaluation.certainCrash !== undefined) return undefined
  return { layers: layersOf(evaluation.get('CHANNEL_LAYERS'), !evaluation.bounded), when }
}

function noAddon(variables: readonly string[]): Text {
  const names = variables.join(', ')
  return { en: `no add-on sets ${names}`, fr: `aucun add-on ne définit ${names}` }
}
