import { samePlace } from '../../../contracts/place.ts'
import { compareVersionTexts } from '../../../syntax/requirements/version.ts'
import { text } from '../constructors.ts'
import type { StartMoment } from '../evaluation.ts'
import { askName, importModule } from '../interpreter/imports.ts'
import { activate, type Machine, mark, Raised, standAt, unwind } from '../interpreter/machine.ts'
import { findAttributeOfModule } from '../interpreter/module-attributes.ts'
import { mro } from '../interpreter/mro.ts'
import { exceptionName, raise } from '../interpreter/raising.ts'
import { hasFiles, treePath } from '../interpreter/resolution.ts'
import { foldersMade, mayBeMade } from '../made-folders.ts'
import { type ClassValue, entryOf, itemsOf, plain, type Value } from '../value.ts'
import { boundSetting, improperlyConfigured } from './django.ts'
import { attributeIn, isPlain, raises } from './support/class-forms.ts'
import { messageOf } from './support/raised.ts'

/**
 * What Django imports and looks up once its settings are read, as far as the project's code answers: `django.setup()`
 * (`apps.populate`), what the request handler loads, and what the system checks or the first page ask for. The order and
 * the moments are those that real releases showed (docs/evidence.md, "What Django imports, and when"). A lookup that fails
 * is an event, and the run goes on behind it, so that one fault hides no other.
 */
export function startDjango(m: Machine, commands: readonly string[]): void {
  moment(m, 'logging')
  logging(m)
  moment(m, 'apps')
  const apps = setting(m, 'INSTALLED_APPS').flatMap((item) => createApp(m, item) ?? [])
  moment(m, 'models')
  for (const app of apps) importSubmodule(m, app, 'models')
  moment(m, 'ready')
  for (const app of apps) ready(m, app, apps)
  for (const command of commands) {
    moment(m, 'command', command)
    const app = apps.find(({ name }) => m.findModule(`${name}.management.commands.${command}`) === 'project')
    if (app !== undefined) importSubmodule(m, app, `management.commands.${command}`)
  }
  moment(m, 'handler')
  const middleware = setting(m, 'MIDDLEWARE').flatMap((item) => loadMiddleware(m, item) ?? [])
  moment(m, 'static')
  for (const item of setting(m, 'STATICFILES_FINDERS')) lookUp(m, item, 'STATICFILES_FINDERS')
  const storage = entryOf(entryOf(value(m, 'STORAGES'), 'staticfiles')?.value, 'BACKEND')?.value
  // Django 5.1 removed the old setting.
  if (storage !== undefined) lookUp(m, storage, 'STORAGES')
  else if (isFrom(m, '5.1') === false) lookUp(m, value(m, 'STATICFILES_STORAGE'), 'STATICFILES_STORAGE')
  moment(m, 'urls')
  urlconf(m)
  moment(m, 'templates')
  for (const app of apps) templateTags(m, app)
  const engines = (itemsOf(value(m, 'TEMPLATES')) ?? []).map((engine) => entryOf(engine, 'OPTIONS')?.value)
  for (const options of engines) libraries(m, options)
  moment(m, 'caches')
  const caches = value(m, 'CACHES')
  for (const alias of caches?.type === 'dict' ? caches.entries : [])
    lookUp(m, entryOf(alias.value, 'BACKEND')?.value, 'CACHES')
  moment(m, 'page')
  for (const { item, type } of middleware) checkCall(m, item, type)
  for (const options of engines) page(m, options)
  for (const item of setting(m, 'AUTHENTICATION_BACKENDS')) lookUp(m, item, 'AUTHENTICATION_BACKENDS')
  for (const item of setting(m, 'MIDDLEWARE')) {
    const needed = perRequest.get(plain(item) ?? '')
    if (needed !== undefined) lookUp(m, value(m, needed), needed)
  }
}

/** What a middleware of Django's own imports by the name that a setting gives it, for every request. */
const perRequest: ReadonlyMap<string, string> = new Map([
  ['django.contrib.sessions.middleware.SessionMiddleware', 'SESSION_SERIALIZER'],
  ['django.contrib.messages.middleware.MessageMiddleware', 'MESSAGE_STORAGE'],
])

function moment(m: Machine, name: StartMoment, command?: string): void {
  m.event({ type: 'moment', moment: name, command })
}

/** A setting that the project binds; Django's defaults name nothing of the project's. */
function value(m: Machine, name: string): Value | undefined {
  const found = boundSetting(m, name)
  return found?.type === 'unknown' ? undefined : found
}

/** The items of a list setting; empty when it cannot be read. */
function setting(m: Machine, name: string): readonly Value[] {
  return itemsOf(value(m, name)) ?? []
}

/** An application of INSTALLED_APPS that the project holds. */
interface ProjectApp {
  readonly item: Value
  readonly name: string
  readonly config: ClassValue | undefined
}

/** Runs what a value of the settings leads to, at the value's place; what it raises is noted, and the run goes on. */
function attempted<T>(m: Machine, item: Value, by: string, path: string, body: () => T): T | undefined {
  const before = mark(m)
  const control = m.session.taints.union(m.activation.control, m.taint)
  let result: T | undefined
  try {
    activate(m, { file: item.at.file, control }, () => {
      standAt(m, item.at.span)
      result = body()
    })
    return result
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    unwind(m, before)
    // Whether it is raised must be explored like a value.
    m.wide = m.session.taints.union(m.wide, error.taint)
    const dangling = samePlace(error.at, item.at)
    m.events.push({
      type: 'failure',
      exception: exceptionName(error.exception),
      message: messageOf(m, error),
      variable: error.variable,
      lookup: { by, path, dangling },
      at: error.at,
      chain: error.chain,
    })
    return undefined
  }
}

/** `import_string()`, or a module alone. Where the package is not the project's, that it is installed is all that is asked. */
function lookUp(
  m: Machine,
  item: Value | undefined,
  by: string,
  what: 'object' | 'module' = 'object',
): Value | undefined {
  const path = plain(item)
  if (item === undefined || path === undefined || item.at.file === '') return undefined
  return attempted(m, item, by, path, () => (what === 'module' ? importModule(m, path, true) : importString(m, path)))
}

function importString(m: Machine, path: string): Value | undefined {
  const dot = path.lastIndexOf('.')
  if (dot <= 0) return raise(m, 'ImportError', `${path} doesn't look like a module path`)
  const [name, attribute] = [path.slice(0, dot), path.slice(dot + 1)]
  const module = importModule(m, name, true)
  askName(m, module, name, attribute)
  if (module.type !== 'module' || module.at.file === '') return undefined
  const found = findAttributeOfModule(m, module, attribute)
  // A submodule that something imported is bound in its package; one that nothing imported is no attribute of it.
  return found ?? raise(m, 'ImportError', `Module "${name}" does not define a "${attribute}" attribute/class`)
}

/** A class of the project in MIDDLEWARE. */
interface Middleware {
  readonly item: Value
  readonly type: ClassValue
}

/** `import_string(path)(get_response)`, as `BaseHandler.load_middleware` does. */
function loadMiddleware(m: Machine, item: Value): Middleware | undefined {
  const found = lookUp(m, item, 'MIDDLEWARE')
  if (found?.type !== 'class' || !isPlain(found)) return undefined
  const init = attributeIn(found, '__init__')
  if (init === undefined) refuse(m, item, found.at, `${found.name}() takes no arguments`)
  else checkArguments(m, item, found, init, '__init__')
  // One that raises MiddlewareNotUsed is never called.
  return init?.type === 'function' && raises(init) ? undefined : { item, type: found }
}

/** What the loading made is called with a request, and nothing else. */
function checkCall(m: Machine, item: Value, type: ClassValue): void {
  const call = attributeIn(type, '__call__')
  if (call === undefined) {
    if (attributeIn(type, '__getattr__') === undefined)
      refuse(m, item, type.at, `'${type.name}' object is not callable`)
  } else {
    checkArguments(m, item, type, call, '__call__')
    checkAsync(m, item, type, call)
  }
}

/**
 * A coroutine function that does not say `async_capable` is called as a synchronous middleware, under ASGI as well
 * (`BaseHandler.load_middleware`): whoever stands around it gets the coroutine for a response.
 */
function checkAsync(m: Machine, item: Value, type: ClassValue, call: Value): void {
  if (call.type !== 'function' || call.node.kind !== 'AsyncFunctionDef' || call.decorators.length > 0) return
  const said = attributeIn(type, 'async_capable')
  if (said !== undefined && (said.type !== 'bool' || said.value)) return
  refuse(m, item, call.at, "'coroutine' object has no attribute …", 'AttributeError')
}

/** A method that needs more than the one argument that Django has for it. */
function checkArguments(m: Machine, item: Value, type: ClassValue, method: Value, name: string): void {
  if (method.type !== 'function' || method.decorators.length > 0 || method.node.kind === 'Lambda') return
  const { posonly, args } = method.node.args
  const needed = [...posonly, ...args].slice(2).flatMap((one) => (one.default === undefined ? [`'${one.name}'`] : []))
  const last = needed.at(-1)
  if (last === undefined) return
  const listed =
    needed.length === 1 ? last : `${needed.slice(0, -1).join(', ')}${needed.length > 2 ? ',' : ''} and ${last}`
  const many = needed.length === 1 ? 'argument' : 'arguments'
  refuse(m, item, method.at, `${type.name}.${name}() missing ${needed.length} required positional ${many}: ${listed}`)
}

function refuse(m: Machine, item: Value, at: Value['at'], message: string, exception = 'TypeError'): void {
  m.events.push({
    type: 'failure',
    exception,
    message,
    variable: undefined,
    lookup: { by: 'MIDDLEWARE', path: plain(item) ?? '', dangling: false, contract: true },
    at,
    chain: [item.at],
  })
}

function createApp(m: Machine, item: Value): ProjectApp | undefined {
  const entry = plain(item)
  if (entry === undefined || m.findModule(entry.split('.')[0] as string) !== 'project') return undefined
  return attempted(m, item, 'INSTALLED_APPS', entry, () => {
    const isModule = m.findModule(entry) === 'project'
    const config = isModule ? configOf(m, entry) : namedConfig(m, entry)
    if (config === undefined) return { item, name: entry, config: undefined }
    const name = plain(attributeIn(config, 'name'))
    if (name === undefined) return undefined
    importApp(m, name, config)
    return { item, name, config }
  })
}

/** Whether the Django in force is of a release or later; undefined: its version is not known. */
function isFrom(m: Machine, release: string): boolean | undefined {
  const version = m.version('django')
  return version === undefined ? undefined : compareVersionTexts(version, release) >= 0
}

/**
 * The AppConfig that an app's package brings by itself: since Django 3.2 the only one in `apps`, bases and imported ones included, or the
 * default one (`AppConfig.create`, django/apps/config.py). Undefined: Django's own, whose `ready` does nothing.
 */
function configOf(m: Machine, entry: string): ClassValue | undefined {
  const module = importModule(m, entry, true)
  const explicit = module.type === 'module' ? plain(module.names.get('default_app_config')?.value) : undefined
  if (isFrom(m, '3.2') !== true) return explicit === undefined ? undefined : namedConfig(m, explicit)
  if (m.findModule(`${entry}.apps`) !== 'project') return undefined
  const apps = importModule(m, `${entry}.apps`, true)
  if (apps.type !== 'module') return undefined
  const all = [...apps.names.values()].flatMap(({ value: one }) =>
    one.type === 'class' && isAppConfig(one) ? [one] : [],
  )
  const isPlainConfig = (one: ClassValue) =>
    mro(one).every((base) => base.type !== 'external' || /^django\.apps\.(?:config\.)?AppConfig$/.test(base.path))
  // What the configuration of a package says of itself is not known.
  const counted = all.every(isPlainConfig) ? all : all.filter((one) => one.attributes.get('name') !== undefined)
  const isDefault = (one: ClassValue, answer: boolean) => {
    const own = attributeIn(one, 'default')
    return own?.type === 'bool' && own.value === answer
  }
  const candidates = counted.filter((one) => !isDefault(one, false))
  return candidates.length === 1 ? candidates[0] : candidates.find((one) => isDefault(one, true))
}

function isAppConfig(one: ClassValue): boolean {
  return mro(one).some((base) => base.type === 'external' && /(^|\.)\w*Config$/.test(base.path))
}

/** `shop.apps.ShopConfig` */
function namedConfig(m: Machine, path: string): ClassValue | undefined {
  const dot = path.lastIndexOf('.')
  const [name, attribute] = [path.slice(0, dot), path.slice(dot + 1)]
  // `shop.missing`: only a name that looks like a class is looked for in its module.
  if (dot <= 0 || !/^[A-Z]/.test(attribute)) {
    importModule(m, path, true)
    return undefined
  }
  const module = importModule(m, name, true)
  if (module.type !== 'module') return undefined
  const found = findAttributeOfModule(m, module, attribute)
  if (found === undefined) return raise(m, 'ImportError', `Module '${name}' does not contain a '${attribute}' class.`)
  return found.type === 'class' ? found : undefined
}

function importApp(m: Machine, name: string, config: ClassValue): void {
  const state = m.findModule(name)
  const label = `${config.module.name}.${config.name}`
  // `apps.shop.apps.ShopConfig` that calls itself `shop`, as `startapp` wrote it: the app it stands in is meant.
  const isOwn = config.module.name.endsWith(`.${name}.apps`)
  if (state === 'missing' || (state === 'unknown' && isOwn)) {
    raise(m, improperlyConfigured, `Cannot import '${name}'. Check that '${label}.name' is correct.`)
  }
  importModule(m, name, true)
}

/** `shop.models` and the like: only when there is one does it have to be importable. */
function importSubmodule(m: Machine, { item, name }: ProjectApp, submodule: string): void {
  const path = `${name}.${submodule}`
  if (m.findModule(path) === 'project') attempted(m, item, 'INSTALLED_APPS', path, () => importModule(m, path, true))
}

/** `AppConfig.ready()`; the admin's looks for an `admin` module in every app. */
function ready(m: Machine, { item, name, config }: ProjectApp, apps: readonly ProjectApp[]): void {
  if (config === undefined) return
  const own = mro(config).find((base) => base.type === 'class' && base.attributes.get('ready') !== undefined)
  if (own !== undefined)
    attempted(m, item, 'INSTALLED_APPS', `${name} ready()`, () => {
      const instance = m.call(config, [text(name, item.at), importModule(m, name)])
      m.call(m.attribute(instance, 'ready'), [])
    })
  if (mro(config).some((base) => base.type === 'external' && base.path === 'django.contrib.admin.apps.AdminConfig'))
    for (const app of apps) importSubmodule(m, app, 'admin')
}

/** `include('shop.urls')` imports by itself: the model of `django.urls` does that. */
function urlconf(m: Machine): void {
  const root = value(m, 'ROOT_URLCONF')
  const path = plain(root)
  if (root === undefined || path === undefined) return
  const module = attempted(m, root, 'ROOT_URLCONF', path, () => importModule(m, path, true))
  if (module?.type !== 'module') return
  for (const name of ['handler400', 'handler403', 'handler404', 'handler500'])
    lookUp(m, module.names.get(name)?.value, name)
}

/** Every module of `templatetags`: the engine imports them all when it is made. */
function templateTags(m: Machine, app: ProjectApp): void {
  const path = `${app.name}.templatetags`
  if (m.findModule(path) !== 'project') return
  const found = attempted(m, app.item, 'INSTALLED_APPS', path, () => importModule(m, path, true))
  if (found?.type !== 'module' || found.file === undefined) return
  const folder = found.file.replace(/\/?__init__\.py$/, '')
  for (const { name, kind } of m.tree.list(folder)) {
    if (kind !== 'file' || !name.endsWith('.py') || name === '__init__.py' || !m.isPresent(`${folder}/${name}`))
      continue
    const library = `${path}.${name.slice(0, -'.py'.length)}`
    attempted(m, app.item, 'templatetags', library, () => importModule(m, library, true))
  }
}

function libraries(m: Machine, options: Value | undefined): void {
  const named = entryOf(options, 'libraries')?.value
  for (const entry of named?.type === 'dict' ? named.entries : []) lookUp(m, entry.value, 'TEMPLATES', 'module')
  for (const item of itemsOf(entryOf(options, 'builtins')?.value) ?? []) lookUp(m, item, 'TEMPLATES', 'module')
}

function page(m: Machine, options: Value | undefined): void {
  for (const item of itemsOf(entryOf(options, 'context_processors')?.value) ?? []) lookUp(m, item, 'TEMPLATES')
  for (const item of itemsOf(entryOf(options, 'loaders')?.value) ?? []) loader(m, item)
}

/** A loader, or a tuple of one and its arguments, of which the cached one's are loaders. */
function loader(m: Machine, item: Value): void {
  const [first, inner] = itemsOf(item) ?? []
  lookUp(m, first ?? item, 'TEMPLATES')
  if (plain(first)?.endsWith('.cached.Loader')) for (const one of itemsOf(inner) ?? []) loader(m, one)
}

/** `logging.config.dictConfig(LOGGING)`: classes and factories of handlers, formatters and filters, and files that are opened. */
function logging(m: Machine): void {
  const config = value(m, 'LOGGING')
  for (const section of ['formatters', 'filters', 'handlers']) {
    const all = entryOf(config, section)?.value
    for (const { key: name, value: entry } of all?.type === 'dict' ? all.entries : []) {
      for (const key of ['class', '()']) lookUp(m, entryOf(entry, key)?.value, 'LOGGING')
      if (section === 'handlers') logFile(m, plain(name) ?? '', entry)
    }
  }
}

const fileHandlers = /^logging\.(?:FileHandler|handlers\.(?:Rotating|TimedRotating|Watched)FileHandler)$/

/** Folders of a server that somebody sets up, which Heroku's stacks do not have. */
const absentOutside = /^\/var\/log\/(?!(?:apt|journal|private)\/)[^/]+\//

/** A handler opens its file when it is made, unless it is told to wait; it makes no folder. */
function logFile(m: Machine, handler: string, entry: Value): void {
  const filename = entryOf(entry, 'filename')?.value
  const delay = entryOf(entry, 'delay')?.value
  if (filename === undefined || delay !== undefined || !fileHandlers.test(plain(entryOf(entry, 'class')?.value) ?? ''))
    return
  const written = plain(m.str(filename))
  const file = written === undefined ? undefined : absentOutside.test(written) ? written : treePath(m.session, written)
  if (written === undefined || file === undefined || !file.includes('/')) return
  const folder = file.slice(0, file.lastIndexOf('/'))
  const isMade = mayBeMade(foldersMade(m.events), folder)
  if (isMade || (m.tree.kind(folder) === 'directory' && hasFiles(m.session, folder, 3))) return
  attempted(m, filename, 'LOGGING', written, () =>
    raise(
      m,
      'ValueError',
      `Unable to configure handler '${handler}': [Errno 2] No such file or directory: '${written}'`,
    ),
  )
}
