import { certain } from '../../evaluate/python/certain-value.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import type { Machine } from '../../evaluate/python/interpreter/machine.ts'
import { itemsOf, plain } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import { dynoOf } from '../environment/environment.ts'
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
    const isConfig = /^[A-Z]/.test(entry.slice(entry.lastIndexOf('.') + 1))
    const module = isConfig ? entry.replace(/(?:\.apps)?\.\w+$/, '') : entry
    const found = app.project.resolve(module, settings.searchPath)
    if (found?.kind !== 'package') return []
    return [
      { module, label: module.slice(module.lastIndexOf('.') + 1), folder: found.file.replace(/\/?__init__\.py$/, '') },
    ]
  })
}

const migrationsOf = ({ folder }: OwnApp): string => `${folder === '' ? '' : `${folder}/`}migrations`

/** Whether the push carries a package of migrations for an app: Django makes and looks for none elsewhere. */
export function hasMigrations(app: App, own: OwnApp): boolean {
  const file = `${migrationsOf(own)}/__init__.py`
  return app.tree.kind(file) === 'file' && app.presence.isPresent(file)
}

/** Names of an app's migration modules as Django lists them, in the order of their names; empty: it has none in the push. */
export function migrationNames(app: App, own: OwnApp): string[] {
  if (!hasMigrations(app, own)) return []
  const path = migrationsOf(own)
  return app.tree
    .list(path)
    .flatMap(({ name, kind }) => (kind === 'file' ? (/^([^_~][^.]*)\.py$/.exec(name)?.[1] ?? []) : []))
    .filter((name) => app.presence.isPresent(`${path}/${name}.py`))
    .sort()
}

/** Runs a module of the project as a command with these settings does; `after`: what the command then does with it. */
export function runAs(
  app: App,
  settings: SettingsModel,
  { process, command: { step } }: DecisiveCommand,
  module: string,
  after?: { readonly key: string; readonly run: (m: Machine) => void },
): Evaluation {
  const nowhere = { file: '', span: { start: 0, end: 0 } }
  const named =
    settings.module === undefined ? [] : [{ name: 'DJANGO_SETTINGS_MODULE', parts: [settings.module], at: nowhere }]
  const environment = dynoOf(app, process.type).forProcess([...step.changes, ...named], step.cwd)
  return runModule(app, module, settings.searchPath, environment, after)
}
