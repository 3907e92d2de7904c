import type { Condition } from '../../evaluate/condition.ts'
import { sameValue } from '../../evaluate/python/equality.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { type GivenToTemplates, givenToTemplatesBy } from '../../knowledge/packages/templates.ts'
import type { App } from '../app.ts'
import { codeOf } from '../asgi/python-code.ts'
import { configured, configuredName } from '../settings/apps.ts'
import type { SettingsModel } from '../settings/model.ts'
import { isDevelopmentSwitch } from '../settings/verdict.ts'

/** An application of INSTALLED_APPS, as templates and static files see it. */
export interface InstalledApp {
  /** The dotted path of its package. */
  readonly module: string
  /** Its folder, when the project holds it. */
  readonly folder: string | undefined
  /** What a common package is known to give to templates. */
  readonly given: GivenToTemplates | undefined
}

export interface InstalledApps {
  readonly apps: readonly InstalledApp[]
  /** There are apps nobody can name, or of which nobody has looked what they bring. */
  readonly open: boolean
}

/** The apps of the settings that a process reads, the web process where none is named; undefined where they depend on something. */
export function installedApps(app: App, settings: SettingsModel = app.settings): InstalledApps | undefined {
  const value = onlyValue({ settings }, 'INSTALLED_APPS')
  const items = itemsOf(value)
  if (value === undefined || items === undefined) return undefined
  const apps = items.flatMap((item) => {
    const found = readApp(app, settings, plain(item))
    return found === undefined
      ? []
      : [isElsewhere(app, found) ? { ...found, folder: undefined, given: undefined } : found]
  })
  const named = apps.length === items.length && (value.type === 'list' || value.type === 'tuple') && !value.rest
  return { apps, open: !named || apps.some(({ folder, given }) => folder === undefined && given === undefined) }
}

/** The value of a setting that is bound alike on every path but those for development. */
export function onlyValue({ settings }: Pick<App, 'settings'>, name: string): Value | undefined {
  const found = settings.get(name)
  const meant = (when: readonly Condition[]) => !when.some(isDevelopmentSwitch)
  const values = found?.alternatives.filter(({ when }) => meant(when)) ?? []
  const [first, ...others] = values
  if (first === undefined || found?.absent.some(meant)) return undefined
  return others.every(({ value }) => sameValue(value, first.value)) ? first.value : undefined
}

function readApp(app: App, settings: SettingsModel, entry: string | undefined): InstalledApp | undefined {
  if (entry === undefined) return undefined
  const own = folderOf(app, settings, entry)
  if (own !== undefined) return { module: entry, folder: own, given: undefined }
  // `chat.apps.ChatConfig`: a class of a module, which says what its app is.
  const config = entry.lastIndexOf('.')
  const named = config < 0 ? undefined : app.project.resolve(entry.slice(0, config), settings.searchPath)
  if (named !== undefined && named.kind !== 'namespace') {
    const module = configuredName(app, entry)
    const folder = module === undefined ? undefined : folderOf(app, settings, module)
    return { module: module ?? entry, folder, given: folder === undefined ? givenBy(module ?? '') : undefined }
  }
  return { module: moduleGiven(entry) ?? entry, folder: undefined, given: givenBy(entry) }
}

/** Whether a configuration gives the app another folder than its package's (`AppConfig.path`). */
function isElsewhere(app: App, { module, folder }: InstalledApp): boolean {
  if (folder === undefined) return false
  const classes = codeOf(app).module(`${module}.apps`)?.classes.keys() ?? []
  return [...classes].some((name) => {
    const path = configured(app, `${module}.apps.${name}`, 'path')
    return path !== undefined && 'value' in path
  })
}

/** The folder of a package of the project. */
function folderOf(app: App, settings: SettingsModel, module: string): string | undefined {
  const found = app.project.resolve(module, settings.searchPath)
  if (found?.kind === 'package') return found.file.replace(/\/?__init__\.py$/, '')
  return found?.kind === 'namespace' ? found.file : undefined
}

const givenBy = (entry: string): GivenToTemplates | undefined => givenToTemplatesBy(moduleGiven(entry) ?? '')

/** The installed package of an entry, of which a common one is known: `allauth.account.apps.AccountConfig`. */
function moduleGiven(entry: string): string | undefined {
  const parts = entry.split('.')
  const prefixes = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
  return prefixes.find((module) => module !== 'django' && givenToTemplatesBy(module) !== undefined)
}
