import type { App } from '../../../src/app/app.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { entryOf, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import { buildsOwnFiles, folderOf } from './static-folders.ts'

/** A static file that names another one, which collectstatic looks for in vain. */
export interface DeadReference {
  readonly at: Place
  /** The name below STATIC_URL that is not there. */
  readonly name: string
  /** More of them. */
  readonly others: readonly Place[]
}

/** Storages that put the hash of its content into the name of each file, and so look for what style sheets name. */
const manifestStorage =
  /^(?:django\.contrib\.staticfiles\.storage\.ManifestStaticFilesStorage|whitenoise\.(?:storage\.CompressedManifestStaticFilesStorage|django\.GzipManifestStaticFilesStorage))$/

/** Longer files are generated, and a project has no more of its own. */
const maxLength = 400_000
const maxFiles = 400

/** References of the project's own static files that `HashedFilesMixin.post_process` cannot follow. */
export function deadReferences(app: App, settings: SettingsModel): DeadReference | undefined {
  if (!hashesNames(app, settings)) return undefined
  const files = staticFiles(app, settings)
  if (files === undefined) return undefined
  const prefix = prefixOf(settings)
  const found: { readonly at: Place; readonly name: string }[] = []
  const readable = [...files].filter(([name]) => /\.(?:css|js)$/.test(name)).slice(0, maxFiles)
  for (const [name, path] of readable) {
    const text = readText(app.tree, path)?.text
    if (text === undefined || text.length > maxLength) continue
    for (const { url, start } of referencesIn(app, name, text)) {
      const target = targetOf(url, name, prefix)
      if (target === undefined || files.has(target) || !isOwnPlace(files, target)) continue
      found.push({ at: { file: path, span: { start, end: start + url.length } }, name: target })
    }
  }
  const [first, ...others] = found
  if (first === undefined) return undefined
  if (!buildsOwnFiles(app)) return { ...first, others: others.slice(0, 5).map(({ at }) => at) }
  app.inquiry.cannotTell({
    what: { en: `whether the build makes \`${first.name}\``, fr: `si le build crée \`${first.name}\`` },
    why: { en: 'another step of the build runs first', fr: 'une autre étape du build s’exécute d’abord' },
    at: first.at,
  })
  return undefined
}

function hashesNames(app: App, settings: SettingsModel): boolean {
  const isManifest = (value: Value | undefined) => manifestStorage.test(plain(value) ?? '')
  const storages = judged(settings, 'STORAGES', ({ value }) =>
    isManifest(entryOf(entryOf(value, 'staticfiles')?.value, 'BACKEND')?.value),
  )
  if (storages !== undefined) return storages.when.length === 0
  // Django 5.1 reads it no more.
  if (atLeast(app.dependencies, 'django', '5.1') !== false) return false
  return judged(settings, 'STATICFILES_STORAGE', ({ value }) => isManifest(value))?.when.length === 0
}

/** The project's static files by the name that collectstatic gives them; undefined: a folder of them is not known. */
function staticFiles(app: App, settings: SettingsModel): ReadonlyMap<string, string> | undefined {
  const folders: string[] = []
  const dirs = settings.get('STATICFILES_DIRS')?.alternatives ?? []
  for (const item of dirs.flatMap(({ value }) => itemsOf(value) ?? [])) {
    const folder = folderOf(item)
    if (folder === undefined) return undefined
    folders.push(folder)
  }
  for (const item of settings.get('INSTALLED_APPS')?.alternatives.flatMap(({ value }) => itemsOf(value) ?? []) ?? []) {
    const module = plain(item)?.replace(/\.apps\.\w+$/, '')
    const found = module === undefined ? undefined : app.project.resolve(module, settings.searchPath)
    if (found !== undefined && found.kind !== 'namespace') folders.push(found.file.replace(/[^/]*$/, 'static'))
  }
  const files = new Map<string, string>()
  for (const folder of new Set(folders)) add(app, files, folder, '', 0)
  return files
}

function add(app: App, files: Map<string, string>, folder: string, prefix: string, depth: number): void {
  if (depth > 8) return
  for (const { name, kind } of app.tree.list(folder)) {
    const path = `${folder}/${name}`
    if (kind === 'directory') add(app, files, path, `${prefix}${name}/`, depth + 1)
    else if (app.presence.isPresent(path) && !files.has(prefix + name)) files.set(prefix + name, path)
  }
}

/** STATIC_URL as Django makes it: with a slash in front. */
function prefixOf(settings: SettingsModel): string | undefined {
  const url = plain(settings.get('STATIC_URL')?.alternatives[0]?.value)
  return url === undefined || url.includes(':') ? undefined : url.startsWith('/') ? url : `/${url}`
}

/** django.contrib.staticfiles.storage of 3.2 to 6.0: `url(…)` and `@import` of style sheets; since 4.0 source maps. */
function referencesIn(app: App, name: string, text: string): { readonly url: string; readonly start: number }[] {
  const patterns: RegExp[] = []
  const maps = atLeast(app.dependencies, 'django', '4.0') === true
  if (name.endsWith('.css')) {
    patterns.push(/url\((['"]?)\s*(?<url>.*?)\1\)/gi, /@import\s*["']\s*(?<url>.*?)["']/gi)
    if (maps) patterns.push(/^\/\*#[ \t]sourceMappingURL=(?<url>.*?)[ \t]*\*\/$/gm)
  } else if (maps) patterns.push(/^\/\/# sourceMappingURL=(?<url>.*)$/gm)
  // Releases differ in whether they look into comments: none is held against a file.
  const comments = [...text.matchAll(/\/\*(?!#)[\s\S]*?\*\//g)].map(({ index, 0: all }) => [index, index + all.length])
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const url = match.groups?.url ?? ''
      const inside = comments.some(([from = 0, to = 0]) => match.index >= from && match.index < to)
      return url === '' || inside ? [] : [{ url, start: match.index + match[0].indexOf(url) }]
    }),
  )
}

/** The name that a reference asks for; undefined: none of collectstatic's, or one that it does not look for. */
function targetOf(url: string, name: string, prefix: string | undefined): string | undefined {
  if (/^[a-z]+:/.test(url) || /[{}$<>\s]/.test(url)) return undefined
  const path = decoded(url.replace(/[#?].*$/, ''))
  if (path === undefined || path === '' || path.endsWith('/')) return undefined
  if (path.startsWith('/'))
    return prefix !== undefined && path.startsWith(prefix) ? path.slice(prefix.length) : undefined
  const parts: string[] = []
  for (const part of [...name.split('/').slice(0, -1), ...path.split('/')]) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.pop() === undefined) return undefined
  }
  return parts.join('/')
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** Installed packages bring static files too: only a folder that the project has itself is surely the project's alone. */
function isOwnPlace(files: ReadonlyMap<string, string>, target: string): boolean {
  const [top = '', ...more] = target.split('/')
  if (/^(?:admin|rest_framework|debug_toolbar|django_extensions|gis)$/.test(top)) return false
  return more.length === 0 || [...files.keys()].some((name) => name.startsWith(`${top}/`))
}
