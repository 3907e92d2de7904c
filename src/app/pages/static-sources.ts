import type { Text } from '../../contracts/text.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { wildmatch } from '../../files/ignore/wildmatch.ts'
import type { Expression } from '../../syntax/python/ast.ts'
import { literalText } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { dottedOf } from '../asgi/python-code.ts'
import { folderOf } from '../frontend/collected-folder.ts'
import { type Configured, configured, configuredName, isApp } from '../settings/apps.ts'
import { installsNode } from '../settings/collectstatic.ts'
import type { SettingsModel } from '../settings/model.ts'
import { type InstalledApps, installedApps, onlyValue } from './installed-apps.ts'

/** Where collectstatic looks for files, and what it leaves out. */
export interface StaticSources {
  /** Folders of the project in the order in which they are searched, with the prefix that their files get; of two files of one name the first counts. */
  readonly folders: readonly { readonly folder: string; readonly prefix: string }[]
  readonly apps: InstalledApps
  /** What lies directly in the static folders of the packages that are searched, as far as they are known. */
  readonly ofPackages: ReadonlySet<string>
  /** Whether it leaves out a file, by its path below the folder (django.contrib.staticfiles.utils.get_files). */
  ignores(path: string): boolean
  /** Why it may find others: a finder, a folder or a pattern that cannot be read. What the build makes is another question. */
  readonly open: Text | undefined
}

const fileSystem = 'django.contrib.staticfiles.finders.FileSystemFinder'
const appDirectories = 'django.contrib.staticfiles.finders.AppDirectoriesFinder'
/** The `list()` of this one, which collectstatic asks, names no file (compressor/finders.py of 2.0 to 4.5). */
const findNothing = new Set(['compressor.finders.CompressorFinder'])

const STATICFILES = 'django.contrib.staticfiles'

/** The sources of the process that reads these settings, the web process where none are given; undefined where its apps depend on something. */
export function staticSources(app: App, settings: SettingsModel = app.settings): StaticSources | undefined {
  const apps = installedApps(app, settings)
  if (apps === undefined) return undefined
  const finders = settings.isAbsent('STATICFILES_FINDERS')
    ? [fileSystem, appDirectories]
    : itemsOf(onlyValue({ settings }, 'STATICFILES_FINDERS'))?.map(plain)
  const dirs = settings.isAbsent('STATICFILES_DIRS') ? [] : itemsOf(onlyValue({ settings }, 'STATICFILES_DIRS'))
  const own = (dirs ?? []).map(dirOf)
  const readable = own.flatMap(({ folder, prefix }) =>
    folder === undefined || prefix === undefined ? [] : [{ folder, prefix }],
  )
  const ofApps = apps.apps.flatMap(({ folder }) =>
    folder === undefined ? [] : [{ folder: folder === '' ? 'static' : `${folder}/static`, prefix: '' }],
  )
  const searched = finders ?? [fileSystem, appDirectories]
  const patterns = ignorePatterns(app, settings)
  const isStrange = (finder: string | undefined) =>
    finder === undefined || !(finder === fileSystem || finder === appDirectories || findNothing.has(finder))
  return {
    folders: searched.flatMap((finder) => (finder === fileSystem ? readable : finder === appDirectories ? ofApps : [])),
    apps,
    ofPackages: new Set(
      searched.includes(appDirectories) ? apps.apps.flatMap(({ given }) => given?.statics ?? []) : [],
    ),
    ignores: (path) => (patterns ?? defaultPatterns).some((pattern) => matchesName(pattern, path)),
    open:
      finders?.some(isStrange) !== false
        ? reasons.finder
        : dirs === undefined || readable.length < own.length || readable.some(({ folder }) => isInstalled(app, folder))
          ? reasons.folder
          : patterns === undefined
            ? reasons.pattern
            : undefined,
  }
}

const reasons = {
  finder: {
    en: 'STATICFILES_FINDERS names a finder that may find other files',
    fr: 'STATICFILES_FINDERS nomme un finder qui peut trouver d’autres fichiers',
  },
  folder: {
    en: 'STATICFILES_DIRS names a folder that cannot be read here',
    fr: 'STATICFILES_DIRS nomme un dossier qui n’est pas lisible ici',
  },
  pattern: {
    en: 'which files its app leaves out is not known',
    fr: 'on ne sait pas quels fichiers son application laisse de côté',
  },
} as const satisfies Record<string, Text>

/** An entry of STATICFILES_DIRS: a folder, or a prefix and a folder; collectstatic stands in the root of the app. */
function dirOf(item: Value): { readonly folder: string | undefined; readonly prefix: string | undefined } {
  const [prefix, folder] = item.type === 'tuple' || item.type === 'list' ? (itemsOf(item) ?? []) : []
  return folder === undefined
    ? { folder: folderOf(item, ''), prefix: '' }
    : { folder: folderOf(folder, ''), prefix: plain(prefix)?.replace(/\/+$/, '') }
}

/** A folder of packages that npm installs. */
function isInstalled(app: App, folder: string): boolean {
  return /(?:^|\/)node_modules(?:\/|$)/.test(folder) && installsNode(app)
}

/** `StaticFilesConfig.ignore_patterns` of Django 2.2 to 6.0. */
const defaultPatterns: readonly string[] = ['CVS', '.*', '*~']

/** The patterns of the configuration of django.contrib.staticfiles that is installed; undefined: not known. */
function ignorePatterns(app: App, settings: SettingsModel): readonly string[] | undefined {
  const items = itemsOf(onlyValue({ settings }, 'INSTALLED_APPS')) ?? []
  if (items.some((item) => isApp(item, STATICFILES))) return defaultPatterns
  const own = items.flatMap((item) => {
    const entry = plain(item)
    return entry !== undefined && configuredName(app, entry) === STATICFILES ? [entry] : []
  })
  const [entry] = own
  return entry === undefined ? undefined : patternsOf(configured(app, entry, 'ignore_patterns'))
}

function patternsOf(said: Configured | undefined): readonly string[] | undefined {
  if (said === undefined) return undefined
  if ('base' in said) return said.base.startsWith(`${STATICFILES}.apps.`) ? defaultPatterns : undefined
  const { value, file } = said
  const read = (node: Expression): readonly string[] | undefined => {
    switch (node.kind) {
      case 'List':
      case 'Tuple': {
        const parts = node.elts.map((one) => (one.kind === 'Starred' ? read(one.value) : listed(literalText(one))))
        return parts.some((one) => one === undefined) ? undefined : parts.flatMap((one) => one ?? [])
      }
      case 'BinOp': {
        const [left, right] = [read(node.left), read(node.right)]
        return node.op !== '+' || left === undefined || right === undefined ? undefined : [...left, ...right]
      }
      default:
        return dottedOf(node, file) === `${STATICFILES}.apps.StaticFilesConfig.ignore_patterns`
          ? defaultPatterns
          : undefined
    }
  }
  return read(value)
}

const listed = (text: string | undefined): readonly string[] | undefined => (text === undefined ? undefined : [text])

/** A folder is left out by its name, a file by its name or its path; `*` stands for slashes too, as in Python's fnmatch. */
export function matchesName(pattern: string, path: string): boolean {
  const glob = pattern.replaceAll('\\', '\\\\')
  const options = { paths: false, foldsCase: false }
  return [...path.split('/'), path].some((text) => wildmatch(glob, text, options))
}

/** The files that collectstatic finds in the project, by the name that it gives them. */
export function collectedFiles(app: App, { folders, ignores }: StaticSources): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const { folder, prefix } of folders) {
    const lead = prefix === '' ? '' : `${prefix}/`
    const add = (below: string, depth: number): void => {
      for (const { name, kind } of app.tree.list(below === '' ? folder : `${folder}/${below.slice(0, -1)}`)) {
        const path = below + name
        if (kind === 'directory') {
          if (depth < 8 && !ignores(name)) add(`${path}/`, depth + 1)
        } else if (!ignores(path) && app.presence.isPresent(`${folder}/${path}`) && !files.has(lead + path))
          files.set(lead + path, `${folder}/${path}`)
      }
    }
    add('', 0)
  }
  return files
}
