import { isTruthy } from '../../evaluate/python/truth.ts'
import { entryOf, plain } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { folderOf } from '../frontend/collected-folder.ts'
import { allHooks, collects, makesFiles } from '../settings/collectstatic.ts'
import { ignoresOldStorages, oldStorages } from '../settings/old-storages.ts'
import { uncollected } from '../settings/uncollected.ts'
import { onlyValue } from './installed-apps.ts'
import { collectedFiles, type StaticSources, staticSources } from './static-sources.ts'

/** Storages that name each file in a manifest: `{% static %}` raises for one that collectstatic did not find. */
export const manifestStorages: ReadonlySet<string> = new Set([
  'django.contrib.staticfiles.storage.ManifestStaticFilesStorage',
  'whitenoise.storage.CompressedManifestStaticFilesStorage',
  'whitenoise.django.GzipManifestStaticFilesStorage',
])

/** What a page with `{% static %}` meets. */
export type StaticManifest =
  /** The manifest that collectstatic makes of these files. Not `strict`: what it does not name is looked for in STATIC_ROOT. */
  | { readonly state: 'made'; readonly strict: boolean; readonly sources: StaticSources }
  /** No manifest: whatever is asked for is not in it. */
  | { readonly state: 'none' }

/** Where a page asks for files by their manifest; undefined where it does not, or where that depends on something. */
export function staticManifest(app: App): StaticManifest | undefined {
  const strict = asksManifest(app) ? isStrict(app) : undefined
  if (strict === undefined) return undefined
  if (!collects(app))
    return strict && uncollected(app) !== undefined && lacksManifest(app) ? { state: 'none' } : undefined
  const sources = staticSources(app)
  return sources && { state: 'made', strict, sources }
}

/** Whether `{% static %}` surely asks a manifest. */
function asksManifest(app: App): boolean {
  const { settings } = app
  const debug = onlyValue(app, 'DEBUG')
  if (debug === undefined || isTruthy(debug) !== false) return false
  const storages = onlyValue(app, 'STORAGES')
  const old = ignoresOldStorages(app) ? undefined : settings.get(oldStorages.staticfiles)
  const storage = plain(
    entryOf(entryOf(storages, 'staticfiles')?.value, 'BACKEND')?.value ??
      (old && onlyValue(app, oldStorages.staticfiles)),
  )
  if (storage === undefined || !manifestStorages.has(storage)) return false
  return settings.get('STORAGES') === undefined || old === undefined
}

/**
 * Whether a file that the manifest does not name ends the page at once; if not, it is hashed then and there, and one that is not in
 * STATIC_ROOT ends the page all the same (`HashedFilesMixin.hashed_name`). Undefined where that is not known.
 */
function isStrict(app: App): boolean | undefined {
  if (app.settings.get('WHITENOISE_MANIFEST_STRICT') === undefined) return true
  const value = onlyValue(app, 'WHITENOISE_MANIFEST_STRICT')
  return value && isTruthy(value)
}

/** Whether git surely brings no manifest either (`ManifestFilesMixin.manifest_name`): in STATIC_ROOT, or where its storage looks for it. */
function lacksManifest(app: App): boolean {
  const storages = onlyValue(app, 'STORAGES')
  if (entryOf(entryOf(storages, 'staticfiles')?.value, 'OPTIONS') !== undefined) return false
  return isInRoot(app, 'staticfiles.json') === false
}

/** Whether git brings a file of that name in STATIC_ROOT; undefined where that folder is not known. */
export function isInRoot(app: App, name: string): boolean | undefined {
  const root = onlyValue(app, 'STATIC_ROOT')
  const folder = root === undefined ? undefined : folderOf(root)
  if (folder === undefined) return undefined
  const path = `${folder}/${name}`
  return app.tree.kind(path) === 'file' && app.presence.isPresent(path)
}

/** Whether a name is looked up as it stands: a folder and the address of another host are not, parts of an address are taken away. */
export function isLookedUp(name: string): boolean {
  return name !== '' && !name.endsWith('/') && !/^(?:[a-z]+:|\/)|[?#]|\.\./i.test(name)
}

/** A file whose path is the one that is looked for but for upper and lower case. */
export interface OtherCase {
  readonly file: string
  /** Its name in the manifest: what `{% static %}` has to say. */
  readonly name: string
}

/** That a page finds no file of this name; `near`: one in another case. Undefined where it may. */
export function staticEntry(
  app: App,
  { strict, sources: statics }: Extract<StaticManifest, { state: 'made' }>,
  name: string,
): { readonly near: OtherCase | undefined } | undefined {
  if (!isLookedUp(name) || (!strict && isInRoot(app, name) !== false)) return undefined
  const places = statics.folders.flatMap(({ folder, prefix }) => {
    const lead = prefix === '' ? '' : `${prefix}/`
    return name.startsWith(lead) ? [{ folder, lead, path: `${folder}/${name.slice(lead.length)}` }] : []
  })
  const isThere = ({ folder, path }: { folder: string; path: string }) =>
    app.tree.kind(path) === 'file' && app.presence.isPresent(path) && !statics.ignores(path.slice(folder.length + 1))
  if (places.some(isThere)) return undefined
  const [near] = places.flatMap(({ folder, lead, path }): OtherCase[] => {
    const file = otherCase(app, path)
    return file === undefined ? [] : [{ file, name: lead + file.slice(folder.length + 1) }]
  })
  if (near !== undefined) return { near }
  const top = name.split('/')[0] as string
  // What the build makes may be collected later too.
  if (statics.open !== undefined || statics.apps.open || makesFiles(app, allHooks) || statics.ofPackages.has(top))
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
  const sources = staticSources(app)
  return (
    sources !== undefined &&
    sources.open === undefined &&
    !sources.apps.open &&
    !makesFiles(app, allHooks) &&
    sources.ofPackages.size === 0 &&
    collectedFiles(app, sources).size === 0
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
