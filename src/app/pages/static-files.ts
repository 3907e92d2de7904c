import { isTruthy } from '../../evaluate/python/truth.ts'
import { entryOf, itemsOf, plain } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { folderOf } from '../frontend/collected-folder.ts'
import { buildpacksOf } from '../manifest/buildpacks.ts'
import { collects } from '../settings/collectstatic.ts'
import { type InstalledApps, installedApps, onlyValue } from './installed-apps.ts'

/** The static files that collectstatic finds, where a page needs each by its name. */
export interface StaticFiles {
  /** Folders of the project that it searches, with the prefix that their files get. */
  readonly folders: readonly { readonly folder: string; readonly prefix: string }[]
  readonly apps: InstalledApps
  /** There may be others: a finder or folder that cannot be read, a build that makes some. */
  readonly open: boolean
}

/** Storages of which `{% static %}` raises for a file that collectstatic did not find. */
const strict = new Set([
  'django.contrib.staticfiles.storage.ManifestStaticFilesStorage',
  'whitenoise.storage.CompressedManifestStaticFilesStorage',
  'whitenoise.django.GzipManifestStaticFilesStorage',
])

const finders = new Set([
  'django.contrib.staticfiles.finders.FileSystemFinder',
  'django.contrib.staticfiles.finders.AppDirectoriesFinder',
])

/** Undefined where a page asks for no file by its manifest, or where that depends on something. */
export function staticFiles(app: App): StaticFiles | undefined {
  const { settings } = app
  const debug = onlyValue(app, 'DEBUG')
  if (!collects(app) || debug === undefined || isTruthy(debug) !== false) return undefined
  const storages = onlyValue(app, 'STORAGES')
  const storage = plain(
    entryOf(entryOf(storages, 'staticfiles')?.value, 'BACKEND')?.value ?? onlyValue(app, 'STATICFILES_STORAGE'),
  )
  if (storage === undefined || !strict.has(storage)) return undefined
  if (settings.get('STORAGES') !== undefined && settings.get('STATICFILES_STORAGE') !== undefined) return undefined
  if (settings.get('WHITENOISE_MANIFEST_STRICT') !== undefined) return undefined
  const apps = installedApps(app)
  if (apps === undefined) return undefined
  const named = settings.isAbsent('STATICFILES_FINDERS') ? [] : itemsOf(onlyValue(app, 'STATICFILES_FINDERS'))
  const dirs = settings.isAbsent('STATICFILES_DIRS') ? [] : itemsOf(onlyValue(app, 'STATICFILES_DIRS'))
  const own = (dirs ?? []).map((item) => {
    const [prefix, folder] = item.type === 'tuple' ? item.items : []
    return { folder: folderOf(folder ?? item), prefix: folder === undefined ? '' : plain(prefix) }
  })
  const ofApps = apps.apps.flatMap(({ folder }) =>
    folder === undefined ? [] : [{ folder: folder === '' ? 'static' : `${folder}/static`, prefix: '' }],
  )
  const readable = own.flatMap(({ folder, prefix }) =>
    folder === undefined || prefix === undefined ? [] : [{ folder, prefix }],
  )
  return {
    folders: [...readable, ...ofApps],
    apps,
    open:
      named?.every((item) => finders.has(plain(item) ?? '')) !== true ||
      dirs === undefined ||
      readable.length < own.length ||
      builds(app),
  }
}

/** Whether something may make files before collectstatic runs: a step of Node, a hook, a buildpack. */
function builds(app: App): boolean {
  return (
    app.tree.kind('package.json') === 'file' ||
    ['pre_compile', 'post_compile'].some((hook) => app.tree.kind(`bin/${hook}`) === 'file') ||
    buildpacksOf(app).some(({ written }) => !/python/.test(written.text))
  )
}

/** A file whose path is the one that is looked for but for upper and lower case. */
export interface OtherCase {
  readonly file: string
  /** Its name in the manifest: what `{% static %}` has to say. */
  readonly name: string
}

/** That collectstatic finds no file of this name; `near`: one in another case. Undefined where it may. */
export function staticEntry(
  app: App,
  statics: StaticFiles,
  name: string,
): { readonly near: OtherCase | undefined } | undefined {
  if (name === '' || name.endsWith('/') || /^(?:[a-z]+:|\/)|[?#]|\.\./i.test(name)) return undefined
  const places = statics.folders.flatMap(({ folder, prefix }) => {
    const lead = prefix === '' ? '' : `${prefix}/`
    return name.startsWith(lead) ? [{ folder, lead, path: `${folder}/${name.slice(lead.length)}` }] : []
  })
  if (places.some(({ path }) => app.tree.kind(path) === 'file' && app.presence.isPresent(path))) return undefined
  const [near] = places.flatMap(({ folder, lead, path }): OtherCase[] => {
    const file = otherCase(app, path)
    return file === undefined ? [] : [{ file, name: lead + file.slice(folder.length + 1) }]
  })
  if (near !== undefined) return { near }
  const top = name.split('/')[0] as string
  if (statics.open || statics.apps.open || statics.apps.apps.some(({ given }) => given?.statics.includes(top)))
    return undefined
  return { near: undefined }
}

/** A present file whose path differs in upper and lower case alone. */
function otherCase(app: App, path: string): string | undefined {
  const wanted = path.toLowerCase().split('/')
  let folders = ['']
  for (const [index, part] of wanted.entries()) {
    const next = folders.flatMap((folder) =>
      app.tree.list(folder).flatMap(({ name, kind }) => {
        if (name.toLowerCase() !== part || (kind === 'file') !== (index === wanted.length - 1)) return []
        return [folder === '' ? name : `${folder}/${name}`]
      }),
    )
    folders = next
  }
  return folders.find((file) => app.presence.isPresent(file))
}

/** Whether collectstatic surely finds no file: no app that is installed brings one, no folder holds one, no build makes one. */
export function findsNothing(app: App): boolean {
  const { settings } = app
  const installed = installedApps(app)
  if (installed === undefined || installed.open || builds(app) || !settings.isAbsent('STATICFILES_FINDERS'))
    return false
  const dirs = settings.isAbsent('STATICFILES_DIRS') ? [] : itemsOf(onlyValue(app, 'STATICFILES_DIRS'))
  const folders = dirs?.map((item) => folderOf(item.type === 'tuple' ? (item.items[1] ?? item) : item))
  if (folders?.every((folder) => folder !== undefined && !holdsFile(app, folder)) !== true) return false
  return installed.apps.every(({ folder, given }) =>
    folder === undefined ? given?.statics.length === 0 : !holdsFile(app, folder === '' ? 'static' : `${folder}/static`),
  )
}

/** Git keeps no empty folders: one without a file is not on the dyno. */
export function holdsFile(app: App, folder: string, depth = 0): boolean {
  if (depth > 8) return true
  return app.tree
    .list(folder)
    .some(({ name, kind }) =>
      kind === 'file' ? app.presence.isPresent(`${folder}/${name}`) : holdsFile(app, `${folder}/${name}`, depth + 1),
    )
}
