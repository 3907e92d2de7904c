import { normalPath, writtenPath } from '../../../evaluate/python/libraries/support/paths.ts'
import { isTruthy } from '../../../evaluate/python/truth.ts'
import { entryOf, plain, type Value } from '../../../evaluate/python/value.ts'
import { isInstalled } from './admin.ts'
import { all, allItems, any, has, hasKey, isOf, not, some } from './answers.ts'
import type { Answer, Around, SettingsHeld, SystemCheck } from './model.ts'

const FILE_CACHE = 'django.core.cache.backends.filebased.FileBasedCache'

/** An absolute path in its normal form; undefined: not known. */
function pathOf(value: Value | undefined): string | undefined {
  const text = writtenPath(value)
  const parts = text?.startsWith('/') ? normalPath([text]) : undefined
  return parts?.length === 1 && typeof parts[0] === 'string' ? parts[0] : undefined
}

/** The folder of an entry of STATICFILES_DIRS: itself, or the second of a pair whose first is a prefix. */
function folderOf(entry: Value): Value | undefined {
  return entry.type === 'list' || entry.type === 'tuple' ? allItems(entry)?.[1] : entry
}

const entries = (held: SettingsHeld) => held.get('STATICFILES_DIRS')

/** What is no list is one finding (staticfiles.E001), not one for each of its letters. */
const someEntry = (held: SettingsHeld, test: (entry: Value) => Answer): Answer =>
  isOf(entries(held), 'list', 'tuple') === false ? false : some(entries(held), test)

function isRoot(entry: Value, held: SettingsHeld): Answer {
  const root = held.get('STATIC_ROOT')
  const [folder, other] = [pathOf(folderOf(entry)), pathOf(root)]
  if (isTruthy(root) === false) return false
  return folder === undefined || other === undefined ? undefined : folder === other
}

function endsWithSlash(entry: Value): Answer {
  if (entry.type !== 'list' && entry.type !== 'tuple') {
    return isOf(entry, 'list', 'tuple') === false || writtenPath(entry) !== undefined ? false : undefined
  }
  return plain(allItems(entry)?.[0])?.endsWith('/')
}

/** `django.contrib.staticfiles` is installed and its finder of STATICFILES_DIRS in use. */
function finds(held: SettingsHeld): Answer {
  const finder = 'django.contrib.staticfiles.finders.FileSystemFinder'
  return all(isInstalled(held, 'django.contrib.staticfiles'), has(held.get('STATICFILES_FINDERS'), finder))
}

function ofStatics(id: string, asks: readonly string[], raised: SystemCheck['raised']): SystemCheck {
  return {
    id,
    ofStaticFiles: true,
    asks: ['INSTALLED_APPS', 'STATICFILES_FINDERS', ...asks],
    standsAt: asks,
    raised: (held, around) => all(finds(held), raised(held, around)),
  }
}

function mustEndWithSlash(name: 'STATIC_URL' | 'MEDIA_URL'): SystemCheck {
  return {
    id: 'urls.E006',
    of: name,
    asks: [name],
    standsAt: [name],
    raised: (held) => {
      const value = held.get(name)
      if (value.type === 'none') return false
      const last = value.type === 'str' ? value.parts.at(-1) : undefined
      if (value.type !== 'str' || value.parts.length === 0) return isTruthy(value) === false ? false : undefined
      return typeof last === 'string' ? !last.endsWith('/') : undefined
    },
  }
}

/** Entries of TEMPLATES, of Django’s own engine alone since 5.1, when each engine began to check itself. */
function someEngine(held: SettingsHeld, around: Around, test: (engine: Value) => Answer): Answer {
  return some(held.get('TEMPLATES'), (engine) => {
    if (engine.type !== 'dict' || engine.rest !== undefined) return undefined
    const backend = plain(entryOf(engine, 'BACKEND')?.value)
    const own = backend === undefined ? undefined : backend === 'django.template.backends.django.DjangoTemplates'
    return all(around.since('5.1') ? own : true, test(engine))
  })
}

/** LOCATION of every cache in files, that of an alias nobody knows undefined. */
function* fileCaches(held: SettingsHeld): Generator<Value | undefined> {
  const caches = held.get('CACHES')
  if (caches.type !== 'dict' || caches.rest !== undefined) return
  for (const { value } of caches.entries) {
    if (plain(entryOf(value, 'BACKEND')?.value) === FILE_CACHE) yield entryOf(value, 'LOCATION')?.value
  }
}

/** One holds the other, or they are the same. */
function areNested(a: string, b: string): boolean {
  return `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`)
}

function isExposed(held: SettingsHeld): Answer {
  const listed = allItems(entries(held))?.map(folderOf) ?? [undefined]
  const served = [held.get('MEDIA_ROOT'), held.get('STATIC_ROOT'), ...listed]
  const folders = served.filter((folder) => folder === undefined || isTruthy(folder) !== false).map(pathOf)
  const pairs = [...fileCaches(held)].flatMap((location) =>
    folders.map((folder) => [pathOf(location), folder] as const),
  )
  return any(...pairs.map(([a, b]) => (a === undefined || b === undefined ? undefined : areNested(a, b))))
}

const hasScheme = (item: Value): Answer => plain(item)?.includes('://')

/** Checks of single settings, of every command that runs all checks. */
export const settingChecks: readonly SystemCheck[] = [
  ofStatics('staticfiles.E001', ['STATICFILES_DIRS'], (held) => not(isOf(entries(held), 'list', 'tuple'))),
  {
    ...ofStatics('staticfiles.E002', ['STATICFILES_DIRS', 'STATIC_ROOT'], (held) =>
      someEntry(held, (entry) => isRoot(entry, held)),
    ),
    culprit: (held) => allItems(entries(held))?.find((entry) => isRoot(entry, held) === true),
  },
  {
    ...ofStatics('staticfiles.E003', ['STATICFILES_DIRS'], (held) => someEntry(held, endsWithSlash)),
    culprit: (held) => allItems(entries(held))?.find((entry) => endsWithSlash(entry) === true),
  },
  {
    id: 'staticfiles.E005',
    ofStaticFiles: true,
    since: '5.0',
    asks: ['INSTALLED_APPS', 'STORAGES'],
    standsAt: ['STORAGES'],
    raised: (held) =>
      held.binds('STORAGES') &&
      all(isInstalled(held, 'django.contrib.staticfiles'), not(hasKey(held.get('STORAGES'), 'staticfiles'))),
  },
  {
    id: 'templates.E001',
    asks: ['TEMPLATES'],
    standsAt: ['TEMPLATES'],
    raised: (held, around) =>
      someEngine(held, around, (engine) => {
        const found = entryOf(engine, 'APP_DIRS')?.value
        const options = entryOf(engine, 'OPTIONS')?.value
        return all(found !== undefined && isTruthy(found), options !== undefined && hasKey(options, 'loaders'))
      }),
  },
  {
    id: 'templates.E002',
    asks: ['TEMPLATES'],
    standsAt: ['TEMPLATES'],
    raised: (held, around) =>
      someEngine(held, around, (engine) => {
        const value = entryOf(entryOf(engine, 'OPTIONS')?.value, 'string_if_invalid')?.value
        return value !== undefined && not(isOf(value, 'str'))
      }),
  },
  {
    id: 'caches.E001',
    asks: ['CACHES'],
    standsAt: ['CACHES'],
    raised: (held) => not(hasKey(held.get('CACHES'), 'default')),
  },
  {
    id: 'caches.W002',
    deploy: true,
    asks: ['CACHES', 'MEDIA_ROOT', 'STATIC_ROOT', 'STATICFILES_DIRS'],
    standsAt: ['CACHES'],
    raised: isExposed,
  },
  {
    id: 'caches.W003',
    asks: ['CACHES'],
    standsAt: ['CACHES'],
    raised: (held) =>
      any(
        ...[...fileCaches(held)].map((location) => {
          const path = writtenPath(location)
          return path === undefined ? undefined : !path.startsWith('/')
        }),
      ),
  },
  mustEndWithSlash('STATIC_URL'),
  mustEndWithSlash('MEDIA_URL'),
  {
    id: 'files.E001',
    since: '4.0',
    asks: ['FILE_UPLOAD_TEMP_DIR'],
    standsAt: ['FILE_UPLOAD_TEMP_DIR'],
    raised: (held, { app }) => {
      const value = held.get('FILE_UPLOAD_TEMP_DIR')
      const path = pathOf(value)
      if (isTruthy(value) === false || path === '/tmp' || path === '/app') return false
      if (path === undefined || !path.startsWith('/app/')) return undefined
      if (app.tree.kind(path.slice('/app/'.length)) === 'directory') return false
      // What the build or the settings make is there as well.
      return madeElsewhere(app) ? undefined : true
    },
  },
  {
    id: 'sites.E101',
    asks: ['INSTALLED_APPS', 'SITE_ID'],
    standsAt: ['SITE_ID'],
    raised: (held) =>
      held.binds('SITE_ID') &&
      all(isInstalled(held, 'django.contrib.sites'), not(isOf(held.get('SITE_ID'), 'int', 'bool', 'none'))),
  },
  ...(['SECURE_CSP', 'SECURE_CSP_REPORT_ONLY'] as const).map(
    (name): SystemCheck => ({
      id: 'security.E026',
      of: name,
      since: '6.0',
      asks: [name],
      standsAt: [name],
      raised: (held) => held.binds(name) && not(isOf(held.get(name), 'dict', 'none')),
    }),
  ),
  {
    id: '4_0.E001',
    since: '4.0',
    asks: ['CSRF_TRUSTED_ORIGINS'],
    standsAt: ['CSRF_TRUSTED_ORIGINS'],
    raised: (held) => some(held.get('CSRF_TRUSTED_ORIGINS'), (item) => not(hasScheme(item))),
  },
]

function madeElsewhere({ tree, settings }: Around['app']): boolean {
  const makes = settings.evaluation?.paths.some((path) => path.events.some(({ type }) => type === 'folder'))
  return makes !== false || tree.kind('package.json') === 'file' || tree.kind('bin') === 'directory'
}
