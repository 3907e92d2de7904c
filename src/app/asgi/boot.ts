import type { EvaluatedPath, Evaluation, Event } from '../../evaluate/python/evaluation.ts'
import type { BootPath, BootStep, EarlyUse } from './model.ts'

/** Calls after which models may be imported. */
const setups = new Set([
  'django.core.asgi.get_asgi_application',
  'django.core.wsgi.get_wsgi_application',
  'django.setup',
  'channels.asgi.get_channel_layer',
  'configurations.asgi.get_asgi_application',
  'configurations.wsgi.get_wsgi_application',
  'configurations.setup',
  'django.core.management.execute_from_command_line',
])

/** Calls that read a setting at once. */
const settingsReaders = new Set([
  ...setups,
  'channels.security.websocket.AllowedHostsOriginValidator',
  'channels.layers.get_channel_layer',
  'channels.routing.get_default_application',
  'django.contrib.auth.get_user_model',
  'django.urls.reverse',
])

/** Calls that need the app registry. */
const registryReaders: Readonly<Record<string, string>> = {
  'django.contrib.auth.get_user_model': 'get_user_model()',
  'django.apps.apps.get_model': 'apps.get_model()',
  'django.apps.apps.get_app_config': 'apps.get_app_config()',
}

/**
 * Modules of installed packages that reach models when they are imported. Tried with Django 3.2 and 5.2, settings configured and
 * apps not loaded: AppRegistryNotReady. (`rest_framework.authentication`, `channels.auth` since 3.0.4 and many more are fine.)
 */
export const modelModules: readonly string[] = [
  'django.contrib.auth.backends',
  'django.contrib.auth.base_user',
  'django.contrib.auth.forms',
  'django.contrib.auth.mixins',
  'django.contrib.auth.views',
  'django.contrib.contenttypes.fields',
  'dj_rest_auth.views',
  'knox.auth',
  'rest_framework_simplejwt.authentication',
  'rest_framework_simplejwt.backends',
  'rest_framework_simplejwt.serializers',
  'rest_framework_simplejwt.state',
  'rest_framework_simplejwt.tokens',
  'rest_framework_simplejwt.views',
]

/** Whether a package's `models` module holds Django models: the apps of Django, and those that INSTALLED_APPS names. */
export type IsDjangoApp = (name: string) => boolean

/** What reaches models, as far as packages are concerned. */
export interface ModelSources {
  readonly isDjangoApp: IsDjangoApp
  /** Modules that are no `models` module and reach models all the same. */
  readonly modules: ReadonlySet<string>
}

/**
 * What each path of the ASGI module does before and after the app registry is ready. `named`: the process starts with
 * DJANGO_SETTINGS_MODULE set (a config var, `export` in a start script), so the code need not set it.
 */
export function readBoot(evaluation: Evaluation, sources: ModelSources, named = false): BootPath[] {
  return evaluation.paths.map((path) => {
    const boot = readPath(path, sources)
    return named ? { ...boot, settingsNeeded: undefined } : boot
  })
}

function readPath(path: EvaluatedPath, sources: ModelSources): BootPath {
  let setup: BootPath['setup']
  let settingsNamed: BootStep | undefined
  let settingsNeeded: BootPath['settingsNeeded']
  const early: EarlyUse[] = []
  for (const event of path.events) {
    const step: BootStep = { at: event.at, chain: event.chain }
    if (
      event.type === 'environ' &&
      event.name === 'DJANGO_SETTINGS_MODULE' &&
      event.effective &&
      event.how !== 'delete'
    )
      settingsNamed ??= step
    const use = setup === undefined ? earlyUse(event, sources) : undefined
    if (use !== undefined) early.push({ ...use, ...step })
    const need = settingsNamed === undefined ? neededBy(event, use?.name) : undefined
    if (need !== undefined) settingsNeeded ??= { ...step, what: need }
    if (event.type === 'call' && setups.has(event.path)) setup ??= { ...step, call: event.path }
  }
  return { when: path.when, crash: path.crash, setup, settingsNamed, early, settingsNeeded }
}

/** What of an event needs the app registry. */
export function earlyUse(
  event: Event,
  { isDjangoApp, modules }: ModelSources,
): Pick<EarlyUse, 'kind' | 'name'> | undefined {
  if (event.type === 'class' && event.bases.some((base) => isModel(base, isDjangoApp)))
    return { kind: 'model', name: event.name }
  if (event.type === 'import' && event.from === 'external') {
    const app = appOfModels(event.module)
    if (modules.has(event.module) || (app !== undefined && isDjangoApp(app)))
      return { kind: 'module', name: event.module }
  }
  const call =
    event.type === 'call' && Object.hasOwn(registryReaders, event.path) ? registryReaders[event.path] : undefined
  return call === undefined ? undefined : { kind: 'call', name: call }
}

function isModel(base: string, isDjangoApp: IsDjangoApp): boolean {
  if (/^django\.(?:contrib\.gis\.)?db\.models(?:\.base)?\.Model$/.test(base)) return true
  const app = appOfModels(base)
  return app !== undefined && isDjangoApp(app)
}

/** The package whose `models` module a dotted path is or lies in. */
function appOfModels(dotted: string): string | undefined {
  const cut = /^(.+?)\.models(?:\.|$)/.exec(dotted)?.[1]
  return cut === undefined || /^django\.(?:contrib\.gis\.)?db$/.test(cut) ? undefined : cut
}

function neededBy(event: Event, early: string | undefined): string | undefined {
  if (event.type === 'setting') return `settings.${event.name}`
  if (event.type === 'call' && settingsReaders.has(event.path))
    return `${event.path.slice(event.path.lastIndexOf('.') + 1)}()`
  return early
}
