import type { App } from '../../../src/app/app.ts'
import { folderOf } from '../../../src/app/frontend/collected-folder.ts'
import { findsNothing, holdsFile, staticManifest } from '../../../src/app/pages/static-files.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { absentFolder } from '../../../src/app/settings/absent-static-folder.ts'
import { appIndex } from '../../../src/app/settings/apps.ts'
import { collects } from '../../../src/app/settings/collectstatic.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { ignoresOldStorages, oldStorages } from '../../../src/app/settings/old-storages.ts'
import { withoutValue } from '../../../src/app/settings/proxy.ts'
import { placeOf } from '../../../src/app/settings/redis-client.ts'
import { anchorOf, type Judged, judged, mustBeKnown, usualSettings } from '../../../src/app/settings/setting-verdict.ts'
import { lineAfter } from '../../../src/app/settings/source-text.ts'
import { uncollected } from '../../../src/app/settings/uncollected.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { World } from '../../../src/app/settings/worlds.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { isTruthy } from '../../../src/evaluate/python/truth.ts'
import { entryOf, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import { type Collecting, collectingOf, releasedOf } from './collecting.ts'
import { deadReferences } from './dead-references.ts'

/** What is wrong with static files. */
export interface StaticFault {
  readonly kind: 'no-command' | 'no-root' | 'no-folder' | 'no-target' | 'not-served' | 'disabled'
  readonly at: Place
  readonly when: readonly (Condition | Text)[]
  /** A folder or file that is not in the repository; the server. */
  readonly name: string
  readonly related?: readonly Place[]
  readonly edits?: readonly Edit[] | undefined
  /** Where collectstatic runs. */
  readonly hop?: World['hop']
}

const APP = 'django.contrib.staticfiles'

/** Everything wrong with static files: what makes collectstatic fail in the build, then what is not served. */
export function staticFaults(app: App): StaticFault[] {
  const collecting = collectingOf(app)
  const faults = collecting === undefined ? [] : collectFaults(app, collecting)
  if (faults.length > 0) return [...faults, ...releasedFaults(app, faults)]
  const { settings } = app
  if (!isRead(settings) || installsStatic(app, settings)?.when.length !== 0) return []
  const disabled = disabledFault(app)
  return disabled === undefined ? unservedFaults(app) : [disabled]
}

/** What makes collectstatic fail, with the settings that it reads there. */
function collectFaults(app: App, collecting: Collecting): StaticFault[] {
  const { settings, when, hop } = collecting
  if (!isRead(settings)) return []
  // One of the project may do anything; one of a package collects into the same folder, in its own way.
  const provider = commandProvider(app, settings, 'collectstatic')
  if (provider === 'own') return []
  const isDjangos = provider === undefined || provider === APP
  const installed = installsStatic(app, settings)
  const faults =
    installed === undefined
      ? hop === 'build' && isDjangos
        ? commandFaults(app, settings)
        : []
      : installed.when.length > 0
        ? []
        : [
            ...rootFaults(app, settings),
            ...folderFaults(app, settings),
            ...(isDjangos ? referenceFaults(app, collecting) : []),
          ]
  return faults.map((fault) => ({ ...fault, hop, when: when === undefined ? fault.when : [...fault.when, when] }))
}

/** The release that collects once more wants STATIC_ROOT too, and asks no DISABLE_COLLECTSTATIC, which spares the build. */
function releasedFaults(app: App, built: readonly StaticFault[]): StaticFault[] {
  const released = releasedOf(app)
  if (released === undefined || !built.some(({ kind, hop }) => kind === 'no-root' && hop === 'build')) return []
  return collectFaults(app, released).flatMap((fault) =>
    fault.kind === 'no-root'
      ? [{ ...fault, when: fault.when.filter((one) => !isDisabling(one)), edits: undefined }]
      : [],
  )
}

const isDisabling = (one: StaticFault['when'][number]): boolean =>
  'id' in one && one.id === 'env:DISABLE_COLLECTSTATIC:set'

const isRead = ({ sure, evaluation }: SettingsModel): boolean =>
  sure && evaluation !== undefined && evaluation.certainCrash === undefined

function installsStatic(app: App, settings: SettingsModel): Judged | undefined {
  return judged(settings, 'INSTALLED_APPS', (one) => {
    const index = appIndex(app, one, APP)
    return index === undefined ? undefined : index >= 0
  })
}

/** Apps that may bring a collectstatic of their own. */
const BRINGS_COMMAND = /static|collect|storage|tenants/i

/**
 * The classic buildpack asks whether there is a manage.py and whether Django is installed, never whether the command exists
 * (bin/steps/collectstatic of v351): without the app that brings it, the build fails. The one for Fir asks.
 */
function commandFaults(app: App, settings: SettingsModel): StaticFault[] {
  const apps = settings.get('INSTALLED_APPS')
  if (apps === undefined || app.manifest.platform !== 'heroku-classic') return []
  if (app.dependencies.installed('django').state === 'absent') return []
  if (app.project.bounded) return []
  const lacks = judged(settings, 'INSTALLED_APPS', (one) => {
    const index = appIndex(app, one, APP)
    if (index === undefined) return undefined
    return index < 0 && itemsOf(one.value)?.some((item) => BRINGS_COMMAND.test(plain(item) ?? '')) === false
  })
  if (lacks === undefined || lacks.when.some(({ opaque }) => opaque)) return []
  return [{ kind: 'no-command', at: lacks.first.at, when: [...lacks.when, ...unlessDisabled(app)], name: '' }]
}

/** DISABLE_COLLECTSTATIC may be set by hand: an app that was ever deployed without STATIC_ROOT has it. */
function unlessDisabled(app: App): readonly Condition[] {
  if (!collects(app)) return []
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

/** The app has DISABLE_COLLECTSTATIC, and nothing else fills the folder that WhiteNoise serves. */
function disabledFault(app: App): StaticFault | undefined {
  const { settings } = app
  // Without a manifest no page comes that names a static file: that is said where it does.
  if (uncollected(app) === undefined || staticManifest(app) !== undefined) return undefined
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
  const isElsewhere = findersServe.some((name) => settings.get(name) !== undefined) || findsNothing(app)
  if (!usesLocalStorage(app, settings) || isElsewhere || when.length > 0) return undefined
  return { kind: 'disabled', at: placeOf(app.tree, root.first), when, name: 'DISABLE_COLLECTSTATIC' }
}

/** With these WhiteNoise asks the finders, not STATIC_ROOT (whitenoise/middleware.py of 4.0 to 6.11). */
const findersServe = ['WHITENOISE_USE_FINDERS', 'WHITENOISE_AUTOREFRESH']

/** Storages that write into STATIC_ROOT. */
const LOCAL_STORAGE =
  /^(django\.contrib\.staticfiles\.storage\.(StaticFiles|ManifestStaticFiles|CachedStaticFiles)Storage|whitenoise\.(storage|django)\.\w+)$/

function usesLocalStorage(app: App, settings: SettingsModel): boolean {
  const storage = ignoresOldStorages(app) ? undefined : settings.get(oldStorages.staticfiles)
  const storages = settings.get('STORAGES')
  if (storage !== undefined) return storage.alternatives.every(({ value }) => LOCAL_STORAGE.test(plain(value) ?? ''))
  if (storages === undefined) return true
  return storages.alternatives.every(({ value }) => {
    const entry = entryOf(value, 'staticfiles')
    return entry !== undefined && LOCAL_STORAGE.test(plain(entryOf(entry.value, 'BACKEND')?.value) ?? '')
  })
}

function rootFaults(app: App, settings: SettingsModel): StaticFault[] {
  if (!usesLocalStorage(app, settings)) return []
  mustBeKnown(settings, 'STATIC_ROOT')
  const resolved = settings.get('STATIC_ROOT')
  const at = resolved?.alternatives[0]?.at ?? anchorOf(settings, ['STATIC_URL', ...usualSettings])
  if (at === undefined) return []
  const empty =
    resolved?.alternatives.filter(({ value }) => isTruthy(value) === false && value.type !== 'unknown') ?? []
  const paths = [...withoutValue({ settings }, 'STATIC_ROOT'), ...empty]
  const [path] = paths.filter(({ when }) => when.every(({ opaque }) => !opaque))
  if (path === undefined) return []
  return [
    { kind: 'no-root', at, when: [...path.when, ...unlessDisabled(app)], name: '', edits: rootEdit(app, settings) },
  ]
}

/** `STATIC_ROOT = BASE_DIR / 'staticfiles'` below STATIC_URL, as BASE_DIR is written. */
function rootEdit(app: App, settings: SettingsModel): readonly Edit[] | undefined {
  const { tree } = app
  const at = settings.get('STATIC_URL')?.alternatives[0]?.at
  const base = settings.get('BASE_DIR')?.alternatives[0]?.value
  const line = at?.file === settings.file && at !== undefined ? lineAfter(tree, at.file, at.span.end) : undefined
  if (line === undefined || at === undefined || line.indent !== '' || settings.get('STATIC_ROOT') !== undefined)
    return undefined
  const joined = base?.type === 'object' ? `BASE_DIR / 'staticfiles'` : `os.path.join(BASE_DIR, 'staticfiles')`
  if (base?.type !== 'object' && (base?.type !== 'str' || settings.get('os') === undefined)) return undefined
  return [line.insert(`STATIC_ROOT = ${joined}\n`)]
}

function folderFaults(app: App, settings: SettingsModel): StaticFault[] {
  // Later releases warn, and go on.
  if (atLeast(app.dependencies, 'django', '4.0') !== false) return []
  const absent = absentFolder(app, settings)
  if (absent === undefined) return []
  const { folder, at, when } = absent
  return [{ kind: 'no-folder', at, when: [...when, ...unlessDisabled(app)], name: folder }]
}

function referenceFaults(app: App, collecting: Collecting): StaticFault[] {
  const dead = deadReferences(app, collecting)
  if (dead === undefined) return []
  const { at, name, others, when } = dead
  const edits = others.length === 0 ? withoutMap(app, at) : undefined
  return [{ kind: 'no-target', at, when: [...when, ...unlessDisabled(app)], name, related: others, edits }]
}

/** Whatever else serves static files, or says that something in front of the app does. */
const SERVERS =
  /whitenoise|servestatic|dj_static|django_static|StaticFilesHandler|staticfiles_urlpatterns|views\.static|\bdjango\.views\s+import\s[^\n]*\bstatic\b|staticfiles\.views|\bstatic\(\s*settings/

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
  if (!usesLocalStorage(app, settings) || url === undefined) return []
  if (settings.get('MIDDLEWARE')?.alternatives.some(({ value }) => servesFiles(value))) return []
  const mentioned = app.project.python.some((file) => SERVERS.test(readText(app.tree, file)?.text ?? ''))
  const at = url.alternatives[0]?.at
  if (mentioned || app.project.bounded || at === undefined || findsNothing(app)) return []
  return [{ kind: 'not-served', at, when: debug?.when ?? [], name: server.name }]
}

/** Takes out the comment that names a map of the source, alone on its line: browsers ask for it in their tools only. */
function withoutMap({ tree }: App, { file, span }: Place): readonly Edit[] | undefined {
  const text = readText(tree, file)?.text ?? ''
  const start = text.lastIndexOf('\n', span.start - 1) + 1
  const end = text.indexOf('\n', span.end)
  const line = text.slice(start, end < 0 ? text.length : end)
  if (!/^[ \t]*(?:\/\/[#@] sourceMappingURL=\S+|\/\*[#@] sourceMappingURL=\S+ \*\/)[ \t]*\r?$/.test(line))
    return undefined
  return [{ file, span: { start, end: end < 0 ? text.length : end + 1 }, text: '' }]
}
