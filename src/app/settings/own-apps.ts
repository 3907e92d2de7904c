import type { Environment } from '../../evaluate/environment.ts'
import { certain } from '../../evaluate/python/certain-value.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import type { Machine } from '../../evaluate/python/interpreter/machine.ts'
import { entryOf, itemsOf, plain } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { dynoOf } from '../environment/environment.ts'
import { managedArgv } from '../processes/command-line.ts'
import { configuredName } from './apps.ts'
import type { DecisiveCommand } from './decisive-commands.ts'
import type { SettingsModel } from './model.ts'
import { runModule } from './run-module.ts'

/** An app of INSTALLED_APPS that the project holds. */
export interface OwnApp {
  /** The dotted path of its package, under which its modules are imported. */
  readonly module: string
  /** Its label, when it is the last part of that path or an AppConfig is not in the way. */
  readonly label: string
  /** Its folder in the tree. */
  readonly folder: string
}

/** The project's own apps as a command's settings name them; undefined where those depend on something. */
export function ownApps(app: App, settings: SettingsModel): OwnApp[] | undefined {
  const value = certain(settings.get('INSTALLED_APPS'))?.value
  const items = itemsOf(value)
  if (!settings.sure || settings.evaluation?.certainCrash !== undefined || items === undefined) return undefined
  return items.flatMap((item): OwnApp[] => {
    const entry = plain(item)
    if (entry === undefined) return []
    const module = moduleOf(app, entry)
    const found = app.project.resolve(module, settings.searchPath)
    if (found?.kind !== 'package') return []
    return [{ module, label: labelOf(module), folder: found.file.replace(/\/?__init__\.py$/, '') }]
  })
}

/** `chat` for `chat.apps.ChatConfig` too; `django.contrib.admin` for a configuration of the project that is made from its own. */
function moduleOf(app: App, entry: string): string {
  const isConfig = /^[A-Z]/.test(entry.slice(entry.lastIndexOf('.') + 1))
  return isConfig ? (configuredName(app, entry) ?? entry.replace(/(?:\.apps)?\.\w+$/, '')) : entry
}

const labelOf = (module: string): string => module.replace(/^.*\./, '')

/** The packages of INSTALLED_APPS that the project does not hold. */
export function otherApps(app: App, settings: SettingsModel): string[] {
  return (itemsOf(certain(settings.get('INSTALLED_APPS'))?.value) ?? []).flatMap((item) => {
    const entry = plain(item)
    const module = entry === undefined ? '' : moduleOf(app, entry)
    return app.project.resolve(module, settings.searchPath) === undefined ? [module] : []
  })
}

/** A package of migrations: its dotted path and its folder in the tree. */
export interface MigrationPackage {
  readonly module: string
  readonly folder: string
}

/**
 * Where Django looks for the migrations of an app: below its package, or where MIGRATION_MODULES says. Undefined: it has none
 * in the push (Django makes and looks for none elsewhere), or nobody can tell which ones are its own.
 */
export function migrationsOf(app: App, settings: SettingsModel, own: OwnApp): MigrationPackage | undefined {
  const module = migrationModule(app, settings, own.label, `${own.module}.migrations`)
  const found = module === undefined ? undefined : app.project.resolve(module, settings.searchPath)
  if (module === undefined || found?.kind !== 'package' || !app.presence.isPresent(found.file)) return undefined
  return { module, folder: found.file.replace(/\/?__init__\.py$/, '') }
}

function migrationModule(app: App, settings: SettingsModel, label: string, usual: string): string | undefined {
  const set = settings.get('MIGRATION_MODULES')
  if (set === undefined) return usual
  const value = certain(set)?.value
  if (value?.type !== 'dict' || value.rest !== undefined) return undefined
  const keys = value.entries.map(({ key }) => plain(key))
  const entries = (itemsOf(certain(settings.get('INSTALLED_APPS'))?.value) ?? []).flatMap((item) => plain(item) ?? [])
  const labels = new Set(entries.map((entry) => labelOf(moduleOf(app, entry))))
  // A key that is no label as far as they can be read is one that an AppConfig gives.
  if (keys.some((key) => key === undefined || !labels.has(key))) return undefined
  return keys.includes(label) ? plain(entryOf(value, label)?.value) : usual
}

/** Names of an app's migration modules as Django lists them, in the order of their names. */
export function migrationNames(app: App, { folder }: MigrationPackage): string[] {
  return app.tree
    .list(folder)
    .flatMap(({ name, kind }) => (kind === 'file' ? (/^([^_~][^.]*)\.py$/.exec(name)?.[1] ?? []) : []))
    .filter((name) => app.presence.isPresent(`${folder}/${name}.py`))
    .sort()
}

/** Runs a module of the project as a command with these settings does; `after`: what the command then does with it. */
export function runAs(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  module: string,
  after?: { readonly key: string; readonly run: (m: Machine) => void },
): Evaluation {
  return runModule(app, module, settings.searchPath, environmentOf(app, settings, one), after)
}

/** What a command of a process that reads these settings finds in its environment. */
export function environmentOf(app: App, settings: SettingsModel, { process, command }: DecisiveCommand): Environment {
  const { step } = command
  const changes = [...step.changes, ...named(settings)]
  return dynoOf(app, process.type).forProcess(changes, { folder: step.cwd, argv: managedArgv(command) })
}

/** What any process that reads these settings has: the variable that names them. */
export function environmentWith(settings: SettingsModel): Environment {
  return settings.environment.forProcess(named(settings))
}

function named({ module }: SettingsModel) {
  const nowhere = { file: '', span: { start: 0, end: 0 } }
  return module === undefined ? [] : [{ name: 'DJANGO_SETTINGS_MODULE', parts: [module], at: nowhere }]
}
