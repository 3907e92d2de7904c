import { type Place, placeKey } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition, Contingent } from '../../evaluate/condition.ts'
import { evaluate } from '../../evaluate/python/evaluate.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { runModule } from '../settings/run-module.ts'
import { atLeast } from '../settings/versions.ts'
import { type ApplicationReading, toNode } from './application.ts'
import { type ModelSources, modelModules, readBoot } from './boot.ts'
import { readConsumers } from './consumers.ts'
import { defaultApplicationName } from './default-application.ts'
import type { AsgiModel, Consumer, ServedApplication } from './model.ts'
import { codeOf } from './python-code.ts'
import { flattenRoutes, nodesOf } from './routes.ts'
import { findServed, type ServedModule } from './served.ts'

/** No project's application has more parts than this, each counted as often as it is used. */
const maxNodes = 20_000

/** The served application, its consumers and how it boots; parts are computed when they are first asked for. Never throws. */
export function readAsgi(app: App): AsgiModel {
  const code = codeOf(app)
  const read = once(() => readConsumers(code))
  const found = once(() => findServed(app))
  const evaluation = once(() => run(app, found()))
  const application = once((): ServedApplication[] => {
    const own = read().consumers.map((consumer): Consumer => ({ ...consumer, routed: false }))
    const reading: ApplicationReading = {
      code,
      consumers: own,
      defaultApplication: () => defaultApplication(app),
      depth: 0,
      nodes: { left: maxNodes },
    }
    const resolved = readable(app, found(), evaluation())?.get(found()?.served.attribute ?? '')
    return underOwnSettings(resolved?.alternatives ?? []).map(({ when, value, at }) => ({
      when,
      root: toNode(value, reading),
      at,
    }))
  })
  const consumers = once(() => {
    const routed = new Set(
      application()
        .flatMap(({ root }) => nodesOf(root))
        .flatMap((node) =>
          node.kind === 'consumer' && node.consumer !== undefined ? [placeKey(node.consumer.at)] : [],
        ),
    )
    return read().consumers.map((consumer): Consumer => ({ ...consumer, routed: routed.has(placeKey(consumer.at)) }))
  })
  const boot = once(() => {
    const ran = evaluation()
    return ran === undefined ? [] : readBoot(ran, modelSources(app), settingsNamed(found()))
  })
  const routes = once(() => flattenRoutes(application()))
  return {
    get served() {
      return found()?.served
    },
    get evaluation() {
      return evaluation()
    },
    get application() {
      return application()
    },
    get routes() {
      return routes()
    },
    get consumers() {
      return consumers()
    },
    get usesLayer() {
      return read().uses
    },
    get bootOrder() {
      return boot()
    },
    get channelsImport() {
      return read().channelsImport
    },
    get unknowns() {
      return unknownsOf(application())
    },
  }
}

/**
 * What the module makes with the settings that it names itself, where it names some: they are those that the rest of the model is read
 * from. What would be so if somebody set DJANGO_SETTINGS_MODULE to something else is nobody's to tell.
 */
function underOwnSettings<T extends Contingent>(alternatives: readonly T[]): readonly T[] {
  const asks = ({ id }: Condition): boolean => id === 'env:DJANGO_SETTINGS_MODULE:set'
  const own = alternatives.filter(({ when }) => !when.some((one) => asks(one) && one.holds))
  return own.length === 0 ? alternatives : own.map((one) => ({ ...one, when: one.when.filter((each) => !asks(each)) }))
}

function once<T>(compute: () => T): () => T {
  let value: { readonly is: T } | undefined
  return () => {
    value ??= { is: compute() }
    return value.is
  }
}

function run(app: App, found: ServedModule | undefined): Evaluation | undefined {
  if (found?.served.file === undefined) return undefined
  return runModule(app, found.served.module, found.searchPath, found.environment)
}

/**
 * The run that shows the application. Where boot ends because a package is missing, which is a finding of its own, the module
 * is run as if it were there: what is wrong with the application besides can still be told.
 */
function readable(app: App, found: ServedModule | undefined, ran: Evaluation | undefined): Evaluation | undefined {
  if (found === undefined || ran?.certainCrash?.exception !== 'ModuleNotFoundError') return ran
  return evaluate({
    tree: app.tree,
    module: found.served.module,
    environment: found.environment,
    searchPath: found.searchPath,
    packages: () => 'installed',
    python: app.dependencies.python.minor,
  })
}

/** Whether the process that loads the module starts with DJANGO_SETTINGS_MODULE set. */
function settingsNamed(found: ServedModule | undefined): boolean {
  const state = found?.environment.get('DJANGO_SETTINGS_MODULE').state
  return state === 'known' || state === 'set'
}

/** The object that the setting ASGI_APPLICATION names. */
function defaultApplication(app: App): Value | undefined {
  const name = defaultApplicationName(app)
  if (name === undefined) return undefined
  const evaluation = runModule(app, name.module, app.settings.searchPath, app.settings.environment)
  return evaluation?.get(name.attribute)?.alternatives[0]?.value
}

/** What reaches models in this project. */
export const modelSources = (app: App): ModelSources => ({ isDjangoApp: djangoApps(app), modules: modelModulesOf(app) })

/** Until 3.0.3 `channels.auth` imported a model of Django at once. */
function modelModulesOf(app: App): ReadonlySet<string> {
  return new Set(
    atLeast(app.dependencies, 'channels', '3.0.4') === false ? [...modelModules, 'channels.auth'] : modelModules,
  )
}

/** Apps of Django itself, and what INSTALLED_APPS names: their `models` modules hold models. */
function djangoApps(app: App): (name: string) => boolean {
  const names = new Set<string>()
  for (const { value } of app.settings.get('INSTALLED_APPS')?.alternatives ?? []) {
    for (const item of itemsOf(value) ?? []) {
      const name = plain(item)
      if (name === undefined) continue
      names.add(name)
      // `shop.apps.ShopConfig`
      names.add(name.replace(/\.apps\.\w+$/, ''))
    }
  }
  return (name) => name.startsWith('django.contrib.') || names.has(name)
}

function unknownsOf(applications: readonly ServedApplication[]): { why: Text; at: Place }[] {
  return applications
    .flatMap(({ root }) => nodesOf(root))
    .flatMap((node) => (node.kind === 'unknown' ? [{ why: node.why, at: node.at }] : []))
}
