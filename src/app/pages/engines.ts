import { entryOf, itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { folderOf } from '../frontend/collected-folder.ts'
import { type InstalledApps, installedApps, onlyValue } from './installed-apps.ts'

/** An engine of Django's own templates, as TEMPLATES sets it up. */
export interface Engine {
  /** Folders that are searched in this order, apps' ones behind those of DIRS; relative to the root. */
  readonly folders: readonly string[]
  /** Folders of DIRS that lead nowhere, as they are written in the settings. */
  readonly absent: readonly string[]
  /** There may be templates elsewhere: another engine, a loader or a folder that cannot be read. */
  readonly open: boolean
  readonly searchesApps: boolean
  readonly apps: InstalledApps
  /** Libraries of OPTIONS by name; undefined: they cannot be read. */
  readonly libraries: ReadonlyMap<string, string | undefined> | undefined
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
  const own = loaders === undefined || loaders.has('filesystem') ? foldersOf(entryOf(engine, 'DIRS')?.value) : known([])
  const ofApps = searchesApps ? apps.apps.flatMap(({ folder }) => (folder === undefined ? [] : [join(folder)])) : []
  return {
    folders: [...own.folders.filter((folder) => app.tree.kind(folder) === 'directory'), ...ofApps],
    absent: own.folders.filter((folder) => app.tree.kind(folder) !== 'directory'),
    open: own.open || engines.length > 1 || loaders?.has('other') === true,
    searchesApps,
    apps,
    libraries: namedModules(entryOf(options, 'libraries')?.value),
    builtins: (itemsOf(entryOf(options, 'builtins')?.value) ?? []).map(plain),
    processors: pathsOf(entryOf(options, 'context_processors')?.value),
    usual: !['autoescape', 'string_if_invalid'].some((name) => entryOf(options, name) !== undefined),
  }
}

const join = (folder: string): string => (folder === '' ? 'templates' : `${folder}/templates`)
const known = (folders: string[]) => ({ folders, open: false })

function foldersOf(value: Value | undefined): { readonly folders: string[]; readonly open: boolean } {
  if (value === undefined) return known([])
  const items = itemsOf(value)
  if (items === undefined) return { folders: [], open: true }
  const found = items.map(folderOf)
  const open = (value as { rest?: unknown }).rest !== undefined || found.includes(undefined)
  return { folders: found.filter((one) => one !== undefined), open }
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

function namedModules(value: Value | undefined): Engine['libraries'] {
  if (value === undefined) return new Map()
  if (value.type !== 'dict' || value.rest !== undefined) return undefined
  return new Map(
    value.entries.flatMap(({ key, value: module }) =>
      plain(key) === undefined ? [] : [[plain(key) as string, plain(module)]],
    ),
  )
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
  | { readonly state: 'file'; readonly file: string }
  | { readonly state: 'package' }
  | { readonly state: 'unknown' }
  | { readonly state: 'missing' }

/** What the loaders find for a name. */
export function findTemplate(app: App, engine: Engine, name: string): Found {
  if (name === '' || name.startsWith('/') || name.split('/').includes('..')) return { state: 'unknown' }
  for (const folder of engine.folders) {
    const file = folder === '' ? name : `${folder}/${name}`
    if (app.tree.kind(file) === 'file' && app.presence.isPresent(file)) return { state: 'file', file }
  }
  const top = name.split('/')[0] as string
  if (engine.searchesApps && engine.apps.apps.some(({ given }) => given?.templates.includes(top)))
    return { state: 'package' }
  return { state: engine.open || (engine.searchesApps && engine.apps.open) ? 'unknown' : 'missing' }
}
