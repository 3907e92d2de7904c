import { perFile } from '../../files/per-file.ts'
import { readText } from '../../files/tree.ts'
import {
  addsBuiltins,
  appsWithLibrary,
  type DjangoLibrary,
  djangoBuiltins,
  djangoLibrary,
  djangoOwnLibraries,
} from '../../knowledge/packages/templates.ts'
import { parsePython } from '../../syntax/python/parse.ts'
import { compareVersionTexts } from '../../syntax/requirements/version.ts'
import type { App } from '../app.ts'
import type { Engine } from './engines.ts'
import { type LibraryNames, libraryNames } from './library-names.ts'
import { mentions } from './mentions.ts'

/**
 * What `{% load name %}` gives. `missing`: the engine surely has no such library; `brought`: an app that would bring it, when
 * INSTALLED_APPS lacks it.
 */
export type Loaded =
  | { readonly state: 'names'; readonly names: LibraryNames }
  | { readonly state: 'unknown' }
  | { readonly state: 'missing'; readonly brought: string | undefined }

/** Looks a library up as `django.template.backends.django.get_installed_libraries` does, with those of OPTIONS. */
export function loadLibrary(app: App, engine: Engine, name: string): Loaded {
  if (engine.libraries === undefined) return { state: 'unknown' }
  const option = engine.libraries.has(name) ? { module: engine.libraries.get(name) } : undefined
  if (option !== undefined) return option.module === undefined ? { state: 'unknown' } : byModule(app, option.module)
  // The app that stands last wins; two with one name are rare enough not to be told apart.
  for (const { module, folder, given } of [...engine.apps.apps].reverse()) {
    const file = folder === undefined ? undefined : libraryFile(app, folder, name)
    if (file !== undefined) return namesIn(app, file)
    if (given?.libraries.includes(name) && mayRegister(app, module, name))
      return byModule(app, `${module}.templatetags.${name}`)
    // Of a package with libraries only those directly in `templatetags` are on record.
    if ((given?.libraries.length ?? 0) > 0 && !isDjangos(module) && name.includes('.')) return { state: 'unknown' }
  }
  const old = goneLibraries[name]
  const module = djangoOwnLibraries.includes(name) ? `django.templatetags.${name}` : undefined
  if (module !== undefined) return byModule(app, module)
  if (old !== undefined && engine.apps.apps.some((one) => one.module === old.app)) {
    const found = djangoLibrary(old.module, releaseOf(app))
    if (found !== undefined) return { state: 'names', names: { ...found, open: false } }
  }
  const [brought] = appsWithLibrary(name).filter(
    (one) => mayRegister(app, one, name) && !engine.apps.apps.some(({ module: own }) => own === one),
  )
  if (brought !== undefined) return { state: 'missing', brought }
  return engine.apps.open && old === undefined ? { state: 'unknown' } : { state: 'missing', brought: undefined }
}

/** Whether a module of an app is a library: Django passes by one without a `register`, as `base` of its own admin is. */
function mayRegister(app: App, module: string, name: string): boolean {
  if (!isDjangos(module)) return true
  const names = djangoLibrary(`${module}.templatetags.${name}`, releaseOf(app))
  return names !== undefined && names.tags.size + names.filters.size > 0
}

const isDjangos = (module: string): boolean => module.startsWith('django.')

/** The module of a library below `templatetags`; `sub.name` lies in a package there, and a library may be a package itself. */
function libraryFile(app: App, folder: string, name: string): string | undefined {
  const path = [folder, 'templatetags', ...name.split('.')].filter((part) => part !== '').join('/')
  return [`${path}/__init__.py`, `${path}.py`].find(
    (file) => app.tree.kind(file) === 'file' && app.presence.isPresent(file),
  )
}

/** Libraries that old releases of Django bring. */
const goneLibraries: Readonly<Record<string, { readonly app: string; readonly module: string }>> = {
  staticfiles: { app: 'django.contrib.staticfiles', module: 'django.contrib.staticfiles.templatetags.staticfiles' },
  admin_static: { app: 'django.contrib.admin', module: 'django.contrib.admin.templatetags.admin_static' },
}

function byModule(app: App, module: string): Loaded {
  const own = app.project.resolve(module, app.settings.searchPath)
  if (own !== undefined) return own.kind === 'namespace' ? { state: 'unknown' } : namesIn(app, own.file)
  if (!module.startsWith('django.')) return { state: 'unknown' }
  const found = djangoLibrary(module, releaseOf(app))
  return found === undefined ? { state: 'unknown' } : { state: 'names', names: { ...found, open: false } }
}

/** Whether the Django that the build installs is a release or a later one; undefined: no pin and no resolver says which it is. */
function releaseOf(app: App): ((release: string) => boolean) | undefined {
  const { version, expected } = app.dependencies.installed('django')
  const exact = version ?? expected
  return exact === undefined ? undefined : (release) => compareVersionTexts(exact, release) >= 0
}

const parsed = perFile(({ text }): LibraryNames => libraryNames(parsePython(text)))

function namesIn(app: App, file: string): Loaded {
  const source = readText(app.tree, file)
  return source === undefined ? { state: 'unknown' } : { state: 'names', names: parsed(source) }
}

/** What a template knows before it loads anything, as far as TEMPLATES and the project's own code say. */
export function builtinNames(app: App, engine: Engine): LibraryNames {
  const loaded = [...djangoBuiltins, ...engine.builtins].map((module) =>
    module === undefined ? ({ state: 'unknown' } as const) : byModule(app, module),
  )
  const names = allNames(loaded)
  return { ...names, open: names.open || mentions(app, builtinsNames) }
}

/** What code that reaches into an engine's builtins names. */
const builtinsNames = ['add_to_builtins', 'template_builtins', 'template_libraries']

/**
 * The names that surely are none of the builtins: where an installed app may add a library of its own to them when it is ready, those
 * of Django's libraries; undefined: every name that is not among them.
 */
export function neverBuiltin(engine: Engine): DjangoLibrary | undefined {
  const mayAdd = engine.apps.open || engine.apps.apps.some(({ module }) => addsBuiltins.has(module))
  return mayAdd ? djangoNames() : undefined
}

/** What the libraries of any release of Django define that every project has. */
export function djangoNames(): DjangoLibrary {
  const modules = [
    ...djangoBuiltins,
    ...djangoOwnLibraries.map((name) => `django.templatetags.${name}`),
    'django.contrib.humanize.templatetags.humanize',
  ]
  const names = modules.flatMap((module) => djangoLibrary(module, undefined) ?? [])
  return {
    tags: new Set(names.flatMap(({ tags }) => [...tags])),
    filters: new Set(names.flatMap(({ filters }) => [...filters])),
  }
}

/** The names of several libraries together. */
export function allNames(loaded: readonly Loaded[]): LibraryNames {
  const names = loaded.flatMap((one) => (one.state === 'names' ? [one.names] : []))
  return {
    tags: new Set(names.flatMap(({ tags }) => [...tags])),
    filters: new Set(names.flatMap(({ filters }) => [...filters])),
    open: names.some(({ open }) => open) || loaded.some(({ state }) => state !== 'names'),
  }
}
