import type { Text } from '../../contracts/text.ts'
import { itemsOf, plain } from '../../evaluate/python/value.ts'
import type { Step } from '../../evaluate/shell/model.ts'
import { readText } from '../../files/tree.ts'
import { providersOf } from '../../knowledge/packages/modules.ts'
import { brought } from '../../knowledge/packages/programs.generated.ts'
import { nearest } from '../../nearest.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { literalText } from '../../syntax/python/walk.ts'
import { normaliseName } from '../../syntax/requirements/marker.ts'
import type { App } from '../app.ts'
import type { DjangoCommand } from '../processes/model.ts'
import { djangoCommand } from '../processes/servers/detect.ts'
import { eachNode } from '../project/nodes.ts'
import { configuredName } from './apps.ts'
import type { SettingsModel } from './model.ts'
import { atLeast } from './versions.ts'
import { settingsOfCommand } from './worlds.ts'

/** Whether manage.py knows a command. */
export type CommandState =
  | { readonly state: 'there' }
  | {
      readonly state: 'absent'
      /** The command that was probably meant. */
      readonly instead: string | undefined
      /** The Django app that has it and is not among the installed ones. */
      readonly app: string | undefined
      /** Every installed app is Django's or the project's own: nothing else could have it. */
      readonly sure: boolean
    }
  | { readonly state: 'unknown'; readonly why: Text }

/** Commands that Django had before 2.0, by the apps that are always there. */
const former = new Set(
  `cleanup reset runfcgi sql sqlall sqlclear sqlcustom sqldropindexes sqlindexes sqlinitialdata sqlreset syncdb validate
  testserver`.split(/\s+/),
)
/** What most projects run, of every Django: for these nothing has to be looked up. */
const everyday = new Set(['help', 'version', 'migrate', 'makemigrations', 'check', 'runserver', 'loaddata', 'shell'])

type ByApp = ReadonlyMap<string, ReadonlySet<string>>
let commands: ByApp | undefined

/** Django's commands and those of every app whose distribution was looked at, by the app's module. */
function byApp(): ByApp {
  commands ??= new Map(
    Object.values(brought).flatMap((one) =>
      Object.entries(one.commands ?? {}).map(([module, names]) => [module, new Set(names)] as const),
    ),
  )
  return commands
}

/** Looks for a command as `django.core.management.get_commands` does: Django's own, then those of INSTALLED_APPS. */
export function commandState(
  app: App,
  settings: SettingsModel | undefined,
  { name, step }: DjangoCommand,
): CommandState {
  if (everyday.has(name) || byApp().get('django.core')?.has(name) === true) return there
  if (former.has(name) && atLeast(app.dependencies, 'django', '2.0') !== true) return there
  if (settings === undefined)
    return { state: 'unknown', why: { en: 'its settings are not known', fr: 'ses settings ne sont pas connus' } }
  const { evaluation } = settings
  const apps = installedApps(app, settings)
  if (apps === undefined || evaluation === undefined || evaluation.certainCrash !== undefined || step.cwd === undefined)
    return {
      state: 'unknown',
      why: { en: 'INSTALLED_APPS is not known', fr: 'INSTALLED_APPS n’est pas connu' },
    }
  const known = new Set<string>([...everyday, ...(byApp().get('django.core') ?? [])])
  let sure = true
  let stranger: string | undefined
  for (const entry of apps) {
    const own = ownCommands(app, settings, entry)
    const found = own ?? byAppModule(entry)
    if (found === undefined) {
      stranger ??= entry
      continue
    }
    if (own === undefined && !entry.startsWith('django.')) sure = false
    for (const one of found) known.add(one)
  }
  if (known.has(name) || isHandled(app, name)) return there
  if (stranger !== undefined)
    return {
      state: 'unknown',
      why: { en: `\`${stranger}\` may bring the command`, fr: `\`${stranger}\` peut apporter la commande` },
    }
  const missing = holderOf(app, settings, name) ?? [...byApp()].find(([, names]) => names.has(name))?.[0]
  return { state: 'absent', instead: nearest(name, [...known]), app: missing, sure }
}

const there = { state: 'there' } as const

/**
 * The Django app whose command of this name manage.py runs: `django.core` for Django's own, `own` where the project has one
 * (in an app, or in manage.py itself). Undefined: nobody is known to have it, or INSTALLED_APPS is not known.
 */
export function commandProvider(app: App, settings: SettingsModel | undefined, name: string): string | undefined {
  const ofDjango = byApp().get('django.core')?.has(name) === true ? 'django.core' : undefined
  const apps = settings === undefined ? undefined : installedApps(app, settings)
  if (settings === undefined || apps === undefined) {
    const file = `management/commands/${name}.py`
    return app.project.python.some((path) => path.endsWith(file)) || isHandled(app, name) ? undefined : ofDjango
  }
  if (isHandled(app, name) || apps.some((entry) => ownCommands(app, settings, entry)?.includes(name))) return 'own'
  const installed = apps.filter((entry) => ownCommands(app, settings, entry) === undefined).map(moduleOf)
  return installed.find((module) => byApp().get(module)?.has(name) === true) ?? ofDjango
}

/** {@link commandProvider} by the settings that the command itself reads. */
export const providerOf = (app: App, command: DjangoCommand): string | undefined =>
  commandProvider(app, settingsOfCommand(app, command), command.name)

/** Whether a step runs a management command of Django's own, or of one of its apps. */
export function runsDjangos(app: App, step: Step): boolean {
  const command = djangoCommand(step)
  return command !== undefined && providerOf(app, command)?.startsWith('django.') === true
}

/** Entries of INSTALLED_APPS on any path, of a configuration of the project its app; undefined when some path holds what cannot be read. */
function installedApps(app: App, settings: SettingsModel): readonly string[] | undefined {
  const found = new Set<string>()
  for (const { value } of settings.get('INSTALLED_APPS')?.alternatives ?? []) {
    const items = itemsOf(value)
    const open = (value as { rest?: unknown }).rest !== undefined
    if (items === undefined || open) return undefined
    for (const item of items) {
      const text = plain(item)
      if (text === undefined) return undefined
      found.add(configuredName(app, text) ?? text)
    }
  }
  return found.size === 0 ? undefined : [...found]
}

/** `chat` for `chat.apps.ChatConfig` too. */
const moduleOf = (entry: string): string => entry.replace(/\.apps\.\w+$|\.[A-Z]\w*$/, '')

/** Commands of an app of the project; undefined when it is none. */
function ownCommands(app: App, settings: SettingsModel, entry: string): readonly string[] | undefined {
  const module = moduleOf(entry)
  const found = app.project.resolve(module, settings.searchPath)
  if (found === undefined) return undefined
  const folder = found.kind === 'namespace' ? found.file : found.file.replace(/\/?[^/]*$/, '')
  const names = app.tree
    .list(`${folder === '' ? '' : `${folder}/`}management/commands`)
    .flatMap(({ name }) => /^([^_].*)\.py$/.exec(name)?.[1] ?? [])
  return names
}

/** The package of the project that has a command, as the settings would name it. */
function holderOf(app: App, { searchPath }: SettingsModel, name: string): string | undefined {
  const tail = `/management/commands/${name}.py`
  const folder = app.project.python.find((file) => file.endsWith(tail))?.slice(0, -tail.length)
  const root = searchPath.find((one) => one === '' || folder?.startsWith(`${one}/`) === true)
  return root === undefined ? undefined : folder?.slice(root === '' ? 0 : root.length + 1).replaceAll('/', '.')
}

/** Commands of an installed app; undefined when nobody has looked at its distribution. */
function byAppModule(entry: string): Iterable<string> | undefined {
  const module = moduleOf(entry)
  const known = byApp().get(module)
  if (known !== undefined) return known
  const [top = ''] = module.split('.')
  if (top === 'django') return []
  const looked = providersOf(top).some((name) => Object.hasOwn(brought, normaliseName(name)))
  return looked ? [] : undefined
}

/** manage.py asks for the command by name, and does something of its own. */
function isHandled(app: App, name: string): boolean {
  let found = false
  for (const { path } of app.project.manage)
    eachNode(parseFile(app.tree, path)?.module.body, (node) => {
      if (literalText(node) === name) found = true
      return true
    })
  return found
}

const commandFile = /(?:^|\/)management\/commands\/([^/]+)\.py$/

/** The management command of a file that no process, hook or other file of the project runs; undefined for any other file. */
export function unrunCommand(app: App, file: string): string | undefined {
  const [, name] = commandFile.exec(file) ?? []
  if (name === undefined || app.project.bounded) return undefined
  const { all, hooks } = app.processes
  const isRun = [...all, ...hooks].some(({ django }) => django.some((one) => one.name === name))
  const isNamed = () => app.project.python.some((path) => path !== file && saysName(app, path, name))
  return isRun || isNamed() ? undefined : name
}

const saysName = ({ tree }: App, path: string, name: string): boolean =>
  readText(tree, path)?.text.includes(name) !== false
