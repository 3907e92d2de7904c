import { writtenPath } from '../../evaluate/python/libraries/support/paths.ts'
import { entryOf, itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { folderOf } from '../frontend/collected-folder.ts'
import { type InstalledApps, installedApps, onlyValue } from './installed-apps.ts'
import { mentions } from './mentions.ts'

/** An engine of Django's own templates, as TEMPLATES sets it up. */
export interface Engine {
  /** Folders that are searched in this order, apps' ones behind those of DIRS; relative to the root. */
  readonly folders: readonly string[]
  /** Folders of DIRS that lead nowhere, below the root. */
  readonly absent: readonly string[]
  /** Those of DIRS that are written from where the web process stands, as they are written. */
  readonly relative: readonly string[]
  /** There may be templates elsewhere: another engine, a loader or a folder that cannot be read. */
  readonly open: boolean
  readonly searchesApps: boolean
  readonly apps: InstalledApps
  /** Libraries of OPTIONS by name; undefined: they cannot be read. */
  readonly libraries: ReadonlyMap<string, string | undefined> | undefined
  /** Libraries of OPTIONS that every template knows; undefined: one nobody can name. */
  readonly builtins: readonly (string | undefined)[]
  /** Dotted paths of the context processors; undefined where one cannot be read. */
  readonly processors: readonly string[] | undefined
  /** `string_if_invalid`, `autoescape` and the like change what a variable becomes. */
  readonly usual: boolean
}

const backend = 'django.template.backends.django.DjangoTemplates'

/** The one engine of the web process; undefined where there is another, or where the settings do not say it alike on every path. */
export function engineOf(app: App): Engine | undefined {
  const apps = installedApps(app)
  const templates = onlyValue(app, 'TEMPLATES')
  const engines = itemsOf(templates)
  if (apps === undefined || engines === undefined || (templates as { rest?: unknown }).rest !== undefined)
    return undefined
  const [engine, ...others] = engines.filter((one) => plain(entryOf(one, 'BACKEND')?.value) === backend)
  if (engine?.type !== 'dict' || engine.rest !== undefined || others.length > 0) return undefined
  const options = entryOf(engine, 'OPTIONS')?.value
  if (options !== undefined && (options.type !== 'dict' || options.rest !== undefined)) return undefined
  const loaders = loadersOf(entryOf(options, 'loaders')?.value)
  const appDirs = entryOf(engine, 'APP_DIRS')?.value
  const searchesApps = loaders?.has('app_directories') ?? (appDirs?.type === 'bool' && appDirs.value)
  const searchesDirs = loaders === undefined || loaders.has('filesystem')
  const own = searchesDirs ? foldersOf(app, entryOf(engine, 'DIRS')?.value) : known([])
  const ofApps = searchesApps ? apps.apps.flatMap(({ folder }) => (folder === undefined ? [] : [join(folder)])) : []
  return {
    folders: [...own.folders.filter((folder) => app.tree.kind(folder) === 'directory'), ...ofApps],
    absent: own.folders.filter((folder) => app.tree.kind(folder) !== 'directory'),
    relative: own.relative,
    open: own.open || engines.length > 1 || loaders?.has('other') === true,
    searchesApps,
    apps,
    libraries: namedModules(entryOf(options, 'libraries')?.value),
    builtins: modulesOf(entryOf(options, 'builtins')?.value),
    processors: pathsOf(entryOf(options, 'context_processors')?.value),
    usual: !['autoescape', 'string_if_invalid'].some((name) => entryOf(options, name) !== undefined),
  }
}

const join = (folder: string): string => (folder === '' ? 'templates' : `${folder}/templates`)

interface Folders {
  readonly folders: string[]
  readonly relative: string[]
  readonly open: boolean
}

const known = (folders: string[]): Folders => ({ folders, relative: [], open: false })

function foldersOf(app: App, value: Value | undefined): Folders {
  if (value === undefined) return known([])
  const items = itemsOf(value)
  if (items === undefined) return { folders: [], relative: [], open: true }
  const cwd = mentions(app, ['chdir']) ? undefined : app.settings.environment.folder
  const found = items.map((item) => folderOf(item, cwd))
  const open = (value as { rest?: unknown }).rest !== undefined || found.includes(undefined)
  const relative = items.flatMap((item) => (folderOf(item) === undefined ? (writtenPath(item) ?? []) : []))
  return { folders: found.filter((one) => one !== undefined), relative, open }
}

/** The loaders of OPTIONS by kind, those of the cached one among them; undefined: Django's usual ones. */
function loadersOf(value: Value | undefined): Set<'filesystem' | 'app_directories' | 'other'> | undefined {
  if (value === undefined) return undefined
  const kinds = new Set<'filesystem' | 'app_directories' | 'other'>()
  for (const item of itemsOf(value) ?? [value]) {
    const [first = item, inner] = item.type === 'str' ? [item] : (itemsOf(item) ?? [])
    const kind = /^django\.template\.loaders\.(filesystem|app_directories|cached)\.Loader$/.exec(
      plain(first) ?? '',
    )?.[1]
    if (kind === 'cached') for (const one of loadersOf(inner) ?? ['other' as const]) kinds.add(one)
    else kinds.add(kind === 'filesystem' || kind === 'app_directories' ? kind : 'other')
  }
  return kinds
}

function modulesOf(value: Value | undefined): Engine['builtins'] {
  if (value === undefined) return []
  const items = itemsOf(value)
  return items === undefined || (value as { rest?: unknown }).rest !== undefined
    ? [...(items ?? []).map(plain), undefined]
    : items.map(plain)
}

function namedModules(value: Value | undefined): Engine['libraries'] {
  if (value === undefined) return new Map()
  if (value.type !== 'dict' || value.rest !== undefined) return undefined
  const named = value.entries.map(({ key, value: module }) => [plain(key), plain(module)] as const)
  return named.some(([name]) => name === undefined) ? undefined : new Map(named as [string, string | undefined][])
}

function pathsOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined) return []
  const paths = itemsOf(value)?.map(plain)
  return paths?.every((one) => one !== undefined) && (value as { rest?: unknown }).rest === undefined
    ? paths
    : undefined
}

/** Where a template is: a file of the project, inside a package, nowhere, or nobody can tell. */
export type Found =
  | { readonly state: 'file'; readonly template: TemplateFile }
  | { readonly state: 'package' }
  | { readonly state: 'unknown' }
  | { readonly state: 'missing' }

/** A file of the project with the name under which the loaders find it: relative names start there. */
export interface TemplateFile {
  readonly file: string
  readonly name: string
}

/** What the loaders find for a name. `skipped`: files that the search passes by, as one for a parent does those that extend it. */
export function findTemplate(app: App, engine: Engine, name: string, skipped: readonly string[] = []): Found {
  if (name === '' || /^\/|\\/.test(name)) return { state: 'unknown' }
  const path = normalised(name)
  if (path === undefined) return { state: 'unknown' }
  for (const folder of engine.folders) {
    const file = folder === '' ? path : `${folder}/${path}`
    if (app.tree.kind(file) === 'file' && app.presence.isPresent(file) && !skipped.includes(file))
      return { state: 'file', template: { file, name: path } }
  }
  const hash = path.indexOf('#')
  if (hash >= 0) {
    // A partial of a template: which ones it has, a tag or a loader of a package may say.
    const whole = findTemplate(app, engine, path.slice(0, hash), skipped)
    return whole.state === 'missing' ? whole : { state: 'unknown' }
  }
  const top = path.split('/')[0] as string
  if (engine.searchesApps && engine.apps.apps.some(({ given }) => given?.templates.includes(top)))
    return { state: 'package' }
  return { state: engine.open || (engine.searchesApps && engine.apps.open) ? 'unknown' : 'missing' }
}

/** What `{% include %}` and `{% extends %}` find in a template. */
export function findNamed(
  app: App,
  engine: Engine,
  name: string,
  within: TemplateFile,
  skipped: readonly string[] = [],
): Found {
  return findTemplate(app, engine, absoluteName(name, within), skipped)
}

/**
 * The name that a tag of a template looks for: one that begins with `./` or `../` is relative to the template's own
 * (`construct_relative_path` of `django.template.loader_tags`). One that leads outside stays as it is.
 */
export function absoluteName(name: string, within: TemplateFile): string {
  if (!/^\.\.?\//.test(name)) return name
  return normalised([...within.name.split('/').slice(0, -1), name].join('/')) ?? name
}

/** `posixpath.normpath` of a name; undefined: it leads outside. */
function normalised(name: string): string | undefined {
  const parts: string[] = []
  for (const part of name.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.length === 0 ? undefined : parts.join('/')
}
