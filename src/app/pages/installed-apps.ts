import type { Condition } from '../../evaluate/condition.ts'
import { sameValue } from '../../evaluate/python/equality.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { type GivenToTemplates, givenToTemplatesBy } from '../../knowledge/packages/templates.ts'
import type { App } from '../app.ts'
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

/** The apps of the settings that the web process reads; undefined where they depend on something. */
export function installedApps(app: App): InstalledApps | undefined {
  const value = onlyValue(app, 'INSTALLED_APPS')
  const items = itemsOf(value)
  if (value === undefined || items === undefined) return undefined
  const apps = items.flatMap((item) => readApp(app, plain(item)) ?? [])
  const named = apps.length === items.length && (value.type === 'list' || value.type === 'tuple') && !value.rest
  return { apps, open: !named || apps.some(({ folder, given }) => folder === undefined && given === undefined) }
}

/** The value of a setting that is bound alike on every path but those for development. */
export function onlyValue(app: App, name: string): Value | undefined {
  const found = app.settings.get(name)
  const meant = (when: readonly Condition[]) => !when.some(isDevelopmentSwitch)
  const values = found?.alternatives.filter(({ when }) => meant(when)) ?? []
  const [first, ...others] = values
  if (first === undefined || found?.absent.some(meant)) return undefined
  return others.every(({ value }) => sameValue(value, first.value)) ? first.value : undefined
}

function readApp(app: App, entry: string | undefined): InstalledApp | undefined {
  if (entry === undefined) return undefined
  const folderOf = (module: string): string | undefined => {
    const found = app.project.resolve(module, app.settings.searchPath)
    if (found?.kind === 'package') return found.file.replace(/\/?__init__\.py$/, '')
    return found?.kind === 'namespace' ? found.file : undefined
  }
  // `chat.apps.ChatConfig`: a class in a module of the package.
  for (
    let module = entry;
    module !== '';
    module = module.includes('.') ? module.slice(0, module.lastIndexOf('.')) : ''
  ) {
    const folder = folderOf(module)
    if (folder !== undefined) return { module, folder, given: undefined }
    const given = givenToTemplatesBy(module)
    if (given !== undefined && !(module === 'django')) return { module, folder: undefined, given }
  }
  return { module: entry, folder: undefined, given: undefined }
}
