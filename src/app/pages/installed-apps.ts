import type { Condition } from '../../evaluate/condition.ts'
import { sameValue } from '../../evaluate/python/equality.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { perFile } from '../../files/per-file.ts'
import { readText } from '../../files/tree.ts'
import { type GivenToTemplates, givenToTemplatesBy } from '../../knowledge/packages/templates.ts'
import { parsePython } from '../../syntax/python/parse.ts'
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
  const own = folderOf(app, entry)
  if (own !== undefined) return { module: entry, folder: own, given: undefined }
  // `chat.apps.ChatConfig`: a class of a module, which says what its app is.
  const config = entry.lastIndexOf('.')
  const named = config < 0 ? undefined : app.project.resolve(entry.slice(0, config), app.settings.searchPath)
  if (named !== undefined && named.kind !== 'namespace') {
    const module = configuredApp(app, named.file, entry.slice(config + 1))
    const folder = module === undefined ? undefined : folderOf(app, module)
    return { module: module ?? entry, folder, given: folder === undefined ? givenBy(module ?? '') : undefined }
  }
  return { module: moduleGiven(entry) ?? entry, folder: undefined, given: givenBy(entry) }
}

/** The folder of a package of the project. */
function folderOf(app: App, module: string): string | undefined {
  const found = app.project.resolve(module, app.settings.searchPath)
  if (found?.kind === 'package') return found.file.replace(/\/?__init__\.py$/, '')
  return found?.kind === 'namespace' ? found.file : undefined
}

const modules = perFile(({ text }) => parsePython(text))

/** The `name` of an AppConfig of the project; undefined: it cannot be read there. */
function configuredApp(app: App, file: string, config: string): string | undefined {
  const source = readText(app.tree, file)
  const body = source === undefined ? [] : modules(source).body
  const [only, ...others] = body.flatMap((one) => (one.kind === 'ClassDef' && one.name === config ? [one] : []))
  if (others.length > 0) return undefined
  const given = only?.body.findLast(
    (one) => one.kind === 'Assign' && one.targets.some((target) => target.kind === 'Name' && target.id === 'name'),
  )
  if (given?.kind !== 'Assign' || given.value.kind !== 'Constant' || given.value.value.type !== 'str') return undefined
  return given.value.value.value
}

const givenBy = (entry: string): GivenToTemplates | undefined => givenToTemplatesBy(moduleGiven(entry) ?? '')

/** The installed package of an entry, of which a common one is known: `allauth.account.apps.AccountConfig`. */
function moduleGiven(entry: string): string | undefined {
  const parts = entry.split('.')
  const prefixes = parts.map((_, index) => parts.slice(0, parts.length - index).join('.'))
  return prefixes.find((module) => module !== 'django' && givenToTemplatesBy(module) !== undefined)
}
