import type { App } from '../../../src/app/app.ts'
import { folderOf } from '../../../src/app/frontend/collected-folder.ts'
import { manifestStorages } from '../../../src/app/pages/static-files.ts'
import { collectedFiles, type StaticSources, staticSources } from '../../../src/app/pages/static-sources.ts'
import { allHooks, hooksBefore, makesFiles } from '../../../src/app/settings/collectstatic.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { entryOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import type { Collecting } from './collecting.ts'

/** A static file that names another one, which collectstatic looks for in vain. */
export interface DeadReference {
  readonly at: Place
  /** The name below STATIC_URL that is not there. */
  readonly name: string
  /** More of them. */
  readonly others: readonly Place[]
  readonly when: readonly Text[]
}

/** Longer files are generated, and a project has no more of its own. */
const maxLength = 400_000
const maxFiles = 400

/** References of the project's own static files that `HashedFilesMixin.post_process` cannot follow. */
export function deadReferences(app: App, collecting: Collecting): DeadReference | undefined {
  const { settings, options } = collecting
  if (!hashesNames(app, collecting) || options?.postProcesses === false) return undefined
  const sources = staticSources(app, settings)
  if (sources === undefined) return undefined
  const { ignores } = sources
  const left =
    options === undefined ? sources : { ...sources, ignores: (path: string) => options.ignores(path, ignores) }
  const files = collectedFiles(app, left)
  const found = referencesOf(app, collecting, files).flatMap(({ target, ...reference }) => {
    const sure = isNobodys(sources, files, target)
    return sure === undefined ? [] : [{ ...reference, name: target, sure }]
  })
  const first = found.find(({ sure }) => sure) ?? found[0]
  if (first === undefined) return undefined
  const why = unknownFiles(app, collecting, sources)
  if (why === undefined) {
    const others = found.filter((one) => one !== first && one.sure === first.sure).map(({ at }) => at)
    return { at: first.at, name: first.name, others: others.slice(0, 5), when: first.sure ? [] : [noApp] }
  }
  app.inquiry.cannotTell({
    what: { en: `whether collectstatic finds \`${first.name}\``, fr: `si collectstatic trouve \`${first.name}\`` },
    why,
    at: first.at,
  })
  return undefined
}

const noApp: Text = {
  en: 'no installed app brings it',
  fr: 'aucune application installée ne l’apporte',
}

/** Why there may be more files than those that are read here. */
function unknownFiles(app: App, { hop, options }: Collecting, { open }: StaticSources): Text | undefined {
  if (open !== undefined) return open
  if (options !== undefined && !options.known) return optionsUnknown
  return makesFiles(app, hop === 'build' && options === undefined ? hooksBefore : allHooks) ? buildsFirst : undefined
}

const buildsFirst: Text = {
  en: 'another step of the build runs first',
  fr: 'une autre étape du build s’exécute d’abord',
}
const optionsUnknown: Text = {
  en: 'what its options leave out is not known',
  fr: 'on ne sait pas ce que ses options laissent de côté',
}

/** What the static files name that is none of them. */
function referencesOf(
  app: App,
  { settings }: Collecting,
  files: ReadonlyMap<string, string>,
): { readonly at: Place; readonly target: string }[] {
  const prefix = prefixOf(settings)
  const folders = new Set([...files.keys()].flatMap(foldersAbove))
  // What an earlier deploy's commit left in STATIC_ROOT is found there.
  const root = settings.get('STATIC_ROOT')?.alternatives.map(({ value }) => folderOf(value)) ?? []
  const isThere = (name: string) =>
    files.has(name) ||
    // Django takes a folder for a name that it need not hash.
    folders.has(name) ||
    root.some((folder) => folder !== undefined && isCommitted(app, `${folder}/${name}`))
  const readable = [...files].filter(([name]) => /\.(?:css|js)$/.test(name)).slice(0, maxFiles)
  return readable.flatMap(([name, path]) => {
    const text = readText(app.tree, path)?.text
    if (text === undefined || text.length > maxLength) return []
    return referencesIn(app, name, text).flatMap(({ url, start }) => {
      const target = targetOf(url, name, prefix)
      return target === undefined || isThere(target)
        ? []
        : [{ at: { file: path, span: { start, end: start + url.length } }, target }]
    })
  })
}

/** `a`, `a/b` of `a/b/c`. */
function foldersAbove(name: string): string[] {
  return [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index))
}

function isCommitted({ tree, presence }: App, path: string): boolean {
  return tree.kind(path) !== undefined && presence.isPresent(path)
}

function hashesNames(app: App, { settings }: Collecting): boolean {
  const isManifest = (value: Value | undefined) => manifestStorages.has(plain(value) ?? '')
  const storages = judged(settings, 'STORAGES', ({ value }) =>
    isManifest(entryOf(entryOf(value, 'staticfiles')?.value, 'BACKEND')?.value),
  )
  if (storages !== undefined) return storages.when.length === 0
  // Django 5.1 reads it no more.
  if (atLeast(app.dependencies, 'django', '5.1') !== false) return false
  return judged(settings, 'STATICFILES_STORAGE', ({ value }) => isManifest(value))?.when.length === 0
}

/** STATIC_URL as Django makes it: with a slash in front; undefined: of another host, or it depends on something. */
function prefixOf(settings: Collecting['settings']): string | undefined {
  const urls = settings.get('STATIC_URL')?.alternatives.map(({ value }) => plain(value)) ?? []
  const [url, ...others] = new Set(urls)
  if (url === undefined || others.length > 0 || url.includes(':')) return undefined
  return url.startsWith('/') ? url : `/${url}`
}

/**
 * django.contrib.staticfiles.storage of 3.2 to 6.0: `url(…)` and `@import` of style sheets; source maps of scripts since 4.0, of
 * style sheets since 4.1.
 */
function referencesIn(app: App, name: string, text: string): { readonly url: string; readonly start: number }[] {
  const patterns: RegExp[] = []
  const maps = (since: string) => atLeast(app.dependencies, 'django', since) === true
  if (name.endsWith('.css')) {
    patterns.push(/url\((['"]?)\s*(?<url>.*?)\1\)/gi, /@import\s*["']\s*(?<url>.*?)["']/gi)
    if (maps('4.1')) patterns.push(/^\/\*#[ \t]sourceMappingURL=(?<url>.*?)[ \t]*\*\/$/gm)
  } else if (maps('4.0')) patterns.push(/^\/\/# sourceMappingURL=(?<url>.*)$/gm)
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
  const written = url.trim()
  // With a space in front of them the quotes are taken for a part of the name.
  if (/^(["'])[\w./-]+\1?$/.test(written)) return [...name.split('/').slice(0, -1), written].join('/')
  if (/^(?:[a-z]+:|\/\/)/.test(written) || /[{}$<>"'\s]/.test(written)) return undefined
  const path = decoded(written.replace(/[#?].*$/, ''))
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

/**
 * Whether no installed package has a file of this name: true: surely; false: nobody has looked into all of them; undefined: one
 * may, as its folder stands there.
 */
function isNobodys(
  { apps, ofPackages }: StaticSources,
  files: ReadonlyMap<string, string>,
  target: string,
): boolean | undefined {
  const [top = '', ...more] = target.split('/')
  if (ofPackages.has(top)) return undefined
  if (!apps.open) return true
  const strangers = apps.apps.filter(({ folder, given }) => folder === undefined && given === undefined)
  if (strangers.some(({ module }) => module.split('.').some((part) => sameName(part, top)))) return undefined
  const isOwn = more.length === 0 || [...files.keys()].some((name) => name.startsWith(`${top}/`))
  return isOwn ? false : undefined
}

/** `rest_framework` and `rest-framework`, `django_suit` and `suit`. */
function sameName(module: string, folder: string): boolean {
  const plainName = (text: string) => text.toLowerCase().replace(/^django[_-]?|[_-]/g, '')
  return plainName(module) === plainName(folder)
}
