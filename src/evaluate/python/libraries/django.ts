import { bool, dict, external, none, text } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import { derive } from '../interpreter/decisions.ts'
import { cachedProperty } from '../interpreter/descriptors.ts'
import { importModule } from '../interpreter/imports.ts'
import type { Machine } from '../interpreter/machine.ts'
import { exceptionClass, library, type Method, type NativeClass, native, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallArguments, itemsOf, type ModuleValue, plain, type Value } from '../value.ts'
import { isGlobalSetting, settingDefault } from './support/django-settings.ts'

/** `django.core.exceptions`: what settings modules raise and catch. */
export const improperlyConfigured = exceptionClass('django.core.exceptions.ImproperlyConfigured', [
  exception('Exception'),
])

const variableName = 'DJANGO_SETTINGS_MODULE'
const configuredKey = 'django.conf.settings.configure'

/** The settings module of this run, loaded on first use; options of `settings.configure()` instead, when it was called. */
function loadSettings(run: PythonRun, wanted: string): ModuleValue | ReadonlyMap<string, Value> | Value {
  const configured = run.memory.get(configuredKey) as ReadonlyMap<string, Value> | undefined
  if (configured !== undefined) return configured
  const name = run.variable(variableName)
  if (name === undefined || (name.type === 'str' && name.parts.length === 0)) {
    return run.raise(
      improperlyConfigured,
      `Requested ${wanted}, but settings are not configured. You must either define the environment variable ${variableName} or call settings.configure() before accessing settings.`,
      variableName,
    )
  }
  const known = plain(name)
  if (known === undefined) return run.unknown(notModelled(variableName), undefined, variableName)
  return (run as Machine).modules.get(known) ?? run.importModule(known)
}

/** A setting that the settings of this run bind themselves; undefined: Django's default counts, or it cannot be known. */
export function boundSetting(run: PythonRun, name: string): Value | undefined {
  const settings = loadSettings(run, `setting ${name}`)
  if (settings instanceof Map) return (settings as ReadonlyMap<string, Value>).get(name)
  const value = settings as Value
  return value.type === 'module' && value.names.has(name) ? run.attribute(value, name) : undefined
}

/** The settings that the settings of this run bind; undefined: not known. */
export function boundSettings(run: PythonRun): ReadonlyMap<string, Value> | undefined {
  const settings = loadSettings(run, 'settings')
  if (settings instanceof Map) return settings as ReadonlyMap<string, Value>
  const value = settings as Value
  if (value.type !== 'module') return undefined
  const names = [...value.names.keys()].filter((name) => name === name.toUpperCase())
  return new Map(names.map((name) => [name, run.attribute(value, name)]))
}

function readSetting(run: PythonRun, name: string): Value | undefined {
  run.event({ type: 'setting', name })
  const settings = loadSettings(run, `setting ${name}`)
  if (settings instanceof Map) return (settings as ReadonlyMap<string, Value>).get(name) ?? fallback(run, name)
  const value = settings as Value
  if (value.type !== 'module') return run.unknown(notModelled(`settings.${name}`))
  const bound = value.names.get(name)
  if (bound !== undefined) return run.attribute(value, name)
  const open = (run as Machine).openModules.get(value)
  return open === undefined ? fallback(run, name) : derive(open)
}

function fallback(run: PythonRun, name: string): Value | undefined {
  const known = settingDefault(name, run.at)
  if (known !== undefined) return known
  return isGlobalSetting(name) ? run.unknown(notModelled(`settings.${name}`)) : undefined
}

const configure: Method = (run, _, args) => {
  run.memory.set(configuredKey, args.keywords)
  return none(run.at)
}

const settingsModel: NativeClass = {
  class: 'django.conf.LazySettings',
  bases: [],
  get: (run, _, name) => {
    if (name === 'configured') return bool(isConfigured(run), run.at)
    if (!/^[A-Z]/.test(name)) return undefined
    return readSetting(run, name) ?? run.raise('AttributeError', `'Settings' object has no attribute '${name}'`)
  },
  names: (run) => ({
    names: [...(boundSettings(run)?.keys() ?? [])],
    rest: run.unknown(notModelled('dir(settings)'), 'str'),
  }),
  methods: {
    configure,
    is_overridden: (run) => run.unknown(notModelled('settings.is_overridden()'), 'bool'),
  },
}

function isConfigured(run: PythonRun): boolean {
  return run.memory.has(configuredKey)
}

/** Django's start: the settings are read; what its applications do when they load is not followed. */
function setUp(run: PythonRun, path: string, args: CallArguments): void {
  run.event({ type: 'call', path, args })
  loadSettings(run, 'settings')
}

function application(path: string): Value {
  return native(path, (run, args) => {
    setUp(run, path, args)
    return { type: 'call', callee: external(path, run.at), args, attributes: [], at: run.at }
  })
}

export const django = library('django', {
  setup: native('django.setup', (run, args) => {
    setUp(run, 'django.setup', args)
    return none(run.at)
  }),
  VERSION: (run) => run.unknown(notModelled('django.VERSION')),
  get_version: native('django.get_version', (run) => run.unknown(notModelled('django.get_version()'), 'str')),
})

export const djangoConf = library('django.conf', {
  settings: (run) => object(settingsModel, undefined, run.at),
})

export const djangoAsgi = library('django.core.asgi', {
  get_asgi_application: application('django.core.asgi.get_asgi_application'),
})

export const djangoWsgi = library('django.core.wsgi', {
  get_wsgi_application: application('django.core.wsgi.get_wsgi_application'),
})

export const djangoExceptions = library('django.core.exceptions', {
  ImproperlyConfigured: improperlyConfigured,
})

/** Translations are made when they are shown: in settings they are the text they were written as. */
const translated = native(
  'django.utils.translation.gettext_lazy',
  (run, args) => args.positional[0] ?? text('', run.at),
)

export const djangoTranslation = library('django.utils.translation', {
  gettext_lazy: translated,
  ugettext_lazy: translated,
  gettext: translated,
  ugettext: translated,
})

/** `include('shop.urls')` imports the module at once; a pair holds it and the name of the app. */
const include = (path: string) =>
  native(path, (run, args) => {
    const given = args.positional[0] ?? args.keywords.get('arg')
    const [first = given] = itemsOf(given) ?? []
    const module = plain(first)
    if (module !== undefined) importModule(run as Machine, module, true)
    run.event({ type: 'call', path, args })
    return { type: 'call', callee: external(path, run.at), args, attributes: [], at: run.at }
  })

export const djangoConfUrls = library('django.conf.urls', { include: include('django.conf.urls.include') })

export const djangoUrls = library('django.urls', {
  include: include('django.urls.include'),
  reverse_lazy: native('django.urls.reverse_lazy', (run) => run.unknown(notModelled('reverse_lazy()'), 'str')),
})

/** Levels of `django.contrib.messages.constants`. */
export const djangoMessages = library('django.contrib.messages.constants', {
  DEFAULT_LEVELS: (run) => dict([], run.at, run.unknown(notModelled('DEFAULT_LEVELS'))),
  DEBUG: (run) => ({ type: 'int', value: 10n, at: run.at }),
  INFO: (run) => ({ type: 'int', value: 20n, at: run.at }),
  SUCCESS: (run) => ({ type: 'int', value: 25n, at: run.at }),
  WARNING: (run) => ({ type: 'int', value: 30n, at: run.at }),
  ERROR: (run) => ({ type: 'int', value: 40n, at: run.at }),
})

export const djangoFunctional = library('django.utils.functional', { cached_property: cachedProperty })
