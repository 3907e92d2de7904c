import type { Environment } from '../../evaluate/environment.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import type { App } from '../app.ts'
import { runModule } from './run-module.ts'

/** What boot imports, run once more as if nobody knew that the app lacks some config vars. */
export interface OpenRun {
  readonly what: 'settings' | 'asgi'
  readonly evaluation: Evaluation
}

const runs = new WeakMap<App, readonly OpenRun[]>()

/**
 * The settings and the served module under an environment in which every config var that the deployed app lacks is unknown
 * instead of unset: what they would need. Empty without a snapshot of the config vars.
 */
export function openRuns(app: App): readonly OpenRun[] {
  const known = runs.get(app)
  if (known !== undefined) return known
  const made = run(app)
  runs.set(app, made)
  return made
}

/** Whether the snapshot alone says that a config var is not set. */
export function isLacking(app: App, name: string): boolean {
  const { snapshot, config, environment } = app
  if (snapshot?.config === undefined || snapshot.config.has(name)) return false
  if (Object.hasOwn(config.env, name) && !config.envAt.has(name)) return false
  return environment.get(name).state === 'absent' && name !== 'CI'
}

function run(app: App): OpenRun[] {
  const { settings, asgi, snapshot } = app
  if (snapshot?.config === undefined) return []
  const found: OpenRun[] = []
  if (settings.module !== undefined && settings.sure && settings.evaluation !== undefined) {
    const environment = opened(app, settings.environment, settings.module)
    found.push({ what: 'settings', evaluation: runModule(app, settings.module, settings.searchPath, environment) })
  }
  const target = app.processes.web?.server?.target
  const step = app.processes.web?.server?.step
  if (asgi.served?.from === 'web' && target?.module === asgi.served.module && step !== undefined) {
    const environment = opened(app, step.environment, undefined)
    found.push({ what: 'asgi', evaluation: runModule(app, target.module, target.path, environment) })
  }
  return found
}

function opened(app: App, environment: Environment, module: string | undefined): Environment {
  return {
    names: () => environment.names(),
    get(name) {
      if (name === 'DJANGO_SETTINGS_MODULE' && module !== undefined) {
        return { state: 'known', parts: [module], from: { en: 'the process', fr: 'le processus' } }
      }
      const variable = environment.get(name)
      return variable.state === 'absent' && isLacking(app, name) ? { state: 'unknown' } : variable
    },
  }
}
