import type { Edit } from '../../contracts/edit.ts'
import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { entryOf, itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import type { Server } from '../processes/model.ts'
import { appIndex } from './apps.ts'
import { placeOf } from './client.ts'
import { withoutValue } from './proxy.ts'
import { anchorOf, judged, usualSettings } from './setting-verdict.ts'
import { lineAfter } from './source.ts'
import { isTruthy } from './truth.ts'
import { atLeast } from './versions.ts'

/** What is wrong with static files. */
export interface StaticFault {
  readonly kind: 'no-command' | 'no-root' | 'no-folder' | 'not-served' | 'disabled'
  readonly at: Place
  readonly when: readonly Condition[]
  /** A folder that is not in the repository; the server. */
  readonly name: string
  readonly edits?: readonly Edit[] | undefined
}

const APP = 'django.contrib.staticfiles'

/** Everything wrong with static files: what makes collectstatic fail in the build, then what is not served. */
export function staticFaults(app: App): StaticFault[] {
  const { settings } = app
  if (!settings.sure || settings.evaluation === undefined || settings.evaluation.certainCrash !== undefined) return []
  const installed = judged(settings, 'INSTALLED_APPS', (one) => {
    const index = appIndex(one, APP)
    return index === undefined ? undefined : index >= 0
  })
  if (installed === undefined) return commandFaults(app)
  if (installed.when.length > 0) return []
  const faults: StaticFault[] = []
  if (runsCollectstatic(app)) faults.push(...rootFaults(app), ...folderFaults(app))
  if (faults.length > 0) return faults
  const disabled = disabledFault(app)
  return disabled === undefined ? unservedFaults(app) : [disabled]
}

/** The build runs collectstatic with the settings that the web process uses. */
export function runsCollectstatic(app: App): boolean {
  const [manage] = app.project.manage
  if (!collects(app)) return false
  const entry = app.project.defaults.find(({ file }) => file === manage?.path)
  return entry === undefined || entry.module === app.settings.module
}

/** The build runs collectstatic, with whatever settings. */
export function collects(app: App): boolean {
  const { manifest, project, environment } = app
  const [manage] = project.manage
  if (manage === undefined || !['heroku-classic', 'heroku-fir'].includes(manifest.platform)) return false
  if (manifest.platform === 'heroku-fir' && manage.folder !== '') return false
  const disabled = environment.get('DISABLE_COLLECTSTATIC')
  return disabled.state !== 'set' && (disabled.state !== 'known' || disabled.parts.join('') === '0')
}

/** Apps that may bring a collectstatic of their own. */
const BRINGS_COMMAND = /static|collect|storage|tenants/i

/**
 * The classic buildpack asks whether there is a manage.py and whether Django is installed, never whether the command exists
 * (bin/steps/collectstatic of v351): without the app that brings it, the build fails. The one for Fir asks.
 */
function commandFaults(app: App): StaticFault[] {
  const { settings, project } = app
  const apps = settings.get('INSTALLED_APPS')
  if (apps === undefined || app.manifest.platform !== 'heroku-classic' || !runsCollectstatic(app)) return []
  if (app.dependencies.installed('django').state === 'absent') return []
  if (project.bounded || project.python.some((file) => file.endsWith('/management/commands/collectstatic.py')))
    return []
  const lacks = judged(settings, 'INSTALLED_APPS', (one) => {
    const index = appIndex(one, APP)
    if (index === undefined) return undefined
    return index < 0 && itemsOf(one.value)?.some((item) => BRINGS_COMMAND.test(plain(item) ?? '')) === false
  })
  if (lacks === undefined || lacks.when.some(({ opaque }) => opaque)) return []
  return [{ kind: 'no-command', at: lacks.first.at, when: [...lacks.when, ...unlessDisabled(app)], name: '' }]
}

/** DISABLE_COLLECTSTATIC may be set by hand: an app that was ever deployed without STATIC_ROOT has it. */
function unlessDisabled(app: App): readonly Condition[] {
  if (app.environment.get('DISABLE_COLLECTSTATIC').state !== 'unknown') return []
  const at = { file: '', span: { start: 0, end: 0 } }
  return [
    {
      id: 'env:DISABLE_COLLECTSTATIC:set',
      variable: 'DISABLE_COLLECTSTATIC',
      opaque: false,
      holds: false,
      text: { en: 'DISABLE_COLLECTSTATIC is unset', fr: 'DISABLE_COLLECTSTATIC n’est pas définie' },
      at,
    },
  ]
}

/** The deployed app still has DISABLE_COLLECTSTATIC, and nothing else fills the folder that WhiteNoise serves. */
function disabledFault(app: App): StaticFault | undefined {
  const { settings, snapshot, processes } = app
  const shape = snapshot?.config?.get('DISABLE_COLLECTSTATIC')?.shape
  if (shape === undefined || shape === '0' || shape === 'empty' || app.manifest.platform !== 'heroku-classic')
    return undefined
  const root = judged(settings, 'STATIC_ROOT', ({ value }) => {
    const folder = folderOf(value)
    return folder === undefined ? undefined : !holdsFile(app, folder)
  })
  const serves = judged(settings, 'MIDDLEWARE', ({ value }) =>
    itemsOf(value)?.some((item) => /^whitenoise\./.test(plain(item) ?? '')),
  )
  const debug = judged(settings, 'DEBUG', ({ value }) => isTruthy(value) === false)
  if (root === undefined || serves === undefined || (debug === undefined && !settings.isAbsent('DEBUG')))
    return undefined
  const when = [...root.when, ...serves.when, ...(debug?.when ?? [])]
  const collected =
    processes.all.some(({ django }) => django.some(({ name }) => name === 'collectstatic')) ||
    ['bin/post_compile', 'bin/pre_compile'].some((path) => readText(app.tree, path)?.text.includes('collectstatic'))
  if (!usesLocalStorage(app) || collected || when.length > 0) return undefined
  return { kind: 'disabled', at: placeOf(app.tree, root.first), when, name: 'DISABLE_COLLECTSTATIC' }
}

/** Storages that write into STATIC_ROOT. */
const LOCAL_STORAGE =
  /^(django\.contrib\.staticfiles\.storage\.(StaticFiles|ManifestStaticFiles|CachedStaticFiles)Storage|whitenoise\.(storage|django)\.\w+)$/

function usesLocalStorage(app: App): boolean {
  const storage = app.settings.get('STATICFILES_STORAGE')
  const storages = app.settings.get('STORAGES')
  if (storage !== undefined) return storage.alternatives.every(({ value }) => LOCAL_STORAGE.test(plain(value) ?? ''))
  if (storages === undefined) return true
  return storages.alternatives.every(({ value }) => {
    const entry = entryOf(value, 'staticfiles')
    return entry !== undefined && LOCAL_STORAGE.test(plain(entryOf(entry.value, 'BACKEND')?.value) ?? '')
  })
}

function rootFaults(app: App): StaticFault[] {
  const { settings } = app
  if (!usesLocalStorage(app)) return []
  const resolved = settings.get('STATIC_ROOT')
  const at = resolved?.alternatives[0]?.at ?? anchorOf(settings, ['STATIC_URL', ...usualSettings])
  if (at === undefined) return []
  const empty =
    resolved?.alternatives.filter(({ value }) => isTruthy(value) === false && value.type !== 'unknown') ?? []
  const paths = [...withoutValue(app, 'STATIC_ROOT'), ...empty]
  const [path] = paths.filter(({ when }) => when.every(({ opaque }) => !opaque))
  if (path === undefined) return []
  return [{ kind: 'no-root', at, when: [...path.when, ...unlessDisabled(app)], name: '', edits: rootEdit(app) }]
}

/** `STATIC_ROOT = BASE_DIR / 'staticfiles'` below STATIC_URL, as BASE_DIR is written. */
function rootEdit(app: App): readonly Edit[] | undefined {
  const { settings, tree } = app
  const at = settings.get('STATIC_URL')?.alternatives[0]?.at
  const base = settings.get('BASE_DIR')?.alternatives[0]?.value
  const line = at?.file === settings.file && at !== undefined ? lineAfter(tree, at.file, at.span.end) : undefined
  if (line === undefined || at === undefined || line.indent !== '' || settings.get('STATIC_ROOT') !== undefined)
    return undefined
  const joined = base?.type === 'object' ? `BASE_DIR / 'staticfiles'` : `os.path.join(BASE_DIR, 'staticfiles')`
  if (base?.type !== 'object' && (base?.type !== 'str' || settings.get('os') === undefined)) return undefined
  return [{ file: at.file, span: line.span, text: `STATIC_ROOT = ${joined}\n` }]
}

/** Before Django 4, collectstatic fails on a folder of STATICFILES_DIRS that does not exist. */
function folderFaults(app: App): StaticFault[] {
  if (atLeast(app.dependencies, 'django', '4.0') !== false) return []
  const found = judged(app.settings, 'STATICFILES_DIRS', ({ value }) => missingFolder(app, value) !== undefined)
  const missing = found && missingFolder(app, found.first.value)
  if (found === undefined || missing === undefined) return []
  return [
    {
      kind: 'no-folder',
      at: placeOf(app.tree, { value: missing.value, at: found.first.at }),
      when: [...found.when, ...unlessDisabled(app)],
      name: missing.folder,
    },
  ]
}

function missingFolder(app: App, value: Value): { readonly value: Value; readonly folder: string } | undefined {
  for (const item of itemsOf(value) ?? []) {
    const folder = folderOf(item)
    if (folder !== undefined && !holdsFile(app, folder)) return { value: item, folder }
  }
  return undefined
}

/** A folder below the app's root; undefined when it is none or not known. */
function folderOf(value: Value): string | undefined {
  const path = plain(value.type === 'object' && /Path$/.test(value.class) ? (value.state as Value) : value)
  const inside = /^\/app(?:\/(.*))?$/.exec(path ?? '')
  return inside === null ? undefined : (inside[1] ?? '').replace(/\/+$/, '')
}

/** Git keeps no empty folders: one without a file is not on the dyno. */
function holdsFile(app: App, folder: string, depth = 0): boolean {
  if (depth > 8) return true
  return app.tree
    .list(folder)
    .some(({ name, kind }) =>
      kind === 'file' ? app.presence.isPresent(`${folder}/${name}`) : holdsFile(app, `${folder}/${name}`, depth + 1),
    )
}

/** Whatever else serves static files, or says that something in front of the app does. */
const SERVERS =
  /whitenoise|servestatic|dj_static|django_static|StaticFilesHandler|staticfiles_urlpatterns|views\.static|staticfiles\.views|\bstatic\(\s*settings/

/** WhiteNoise among the middleware (django_heroku puts it there too), or a list that may hold it. */
function servesFiles(value: Value): boolean {
  const items = itemsOf(value)
  if (items === undefined || (value as { rest?: unknown }).rest !== undefined) return true
  return items.some((item) => SERVERS.test(plain(item) ?? 'whitenoise'))
}

/** `bin/start-nginx daphne …`: nginx may serve the files. */
function behindNginx({ step }: Server): boolean {
  return step.wrappers.some(({ name }) => name.includes('nginx'))
}

function unservedFaults(app: App): StaticFault[] {
  const { settings } = app
  const server = app.processes.web?.server
  const debug = judged(settings, 'DEBUG', ({ value }) => isTruthy(value) === false)
  if (
    server === undefined ||
    server.name === 'runserver' ||
    behindNginx(server) ||
    (debug === undefined && !settings.isAbsent('DEBUG'))
  )
    return []
  const url = settings.get('STATIC_URL')
  if (url?.alternatives.some(({ value }) => !plain(value)?.startsWith('/') && !/^[\w-]+\/$/.test(plain(value) ?? '')))
    return []
  if (!usesLocalStorage(app) || url === undefined) return []
  if (settings.get('MIDDLEWARE')?.alternatives.some(({ value }) => servesFiles(value))) return []
  const mentioned = app.project.python.some((file) => SERVERS.test(readText(app.tree, file)?.text ?? ''))
  const at = url.alternatives[0]?.at
  if (mentioned || app.project.bounded || at === undefined) return []
  return [{ kind: 'not-served', at, when: debug?.when ?? [], name: server.name }]
}
