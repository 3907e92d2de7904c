import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import { configured } from '../../../src/app/settings/apps.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { migrationNames, migrationsOf, type OwnApp, otherApps, ownApps } from '../../../src/app/settings/own-apps.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { readText } from '../../../src/files/tree.ts'
import { type Dependency, dependenciesIn } from './migration-dependencies.ts'

/** A `migrate` that ends with NodeNotFoundError: a migration follows one that is nowhere. */
export interface MissingNode extends DecisiveCommand {
  /** The migration that follows, `orders.0003_note`, and the one that is not there. */
  readonly migration: string
  readonly parent: string
  readonly at: Place
}

/** Of each process that migrates, the migrations whose parents are missing (`MigrationGraph.validate_consistency`). */
export function missingNodes(app: App): MissingNode[] {
  return decisiveCommands(app).flatMap((one): MissingNode[] => {
    const settings = one.command.name === 'migrate' ? settingsOfCommand(app, one.command) : undefined
    if (settings === undefined || hasOption(one, ['-h', '--help', '--version']) !== false) return []
    if (commandProvider(app, settings, 'migrate') !== 'django.core' || makesMigrations(app, one)) return []
    const all = ownApps(app, settings) ?? []
    return all.flatMap((own) => {
      const migrations = migrationsOf(app, settings, own)
      return (migrations === undefined ? [] : migrationNames(app, migrations)).flatMap((name): MissingNode[] => {
        const file = `${migrations?.folder}/${name}.py`
        const source = readText(app.tree, file)
        const before = (source && dependenciesIn(source)) ?? []
        const absent = before.find((dependency) => isMissing(app, settings, all, dependency))
        if (absent === undefined) return []
        const at = { file, span: absent.span }
        return [{ ...one, migration: `${own.label}.${name}`, parent: `('${absent.app}', '${absent.name}')`, at }]
      })
    })
  })
}

/** What is made before is in no repository. */
const makesMigrations = (app: App, { process }: DecisiveCommand): boolean =>
  [...app.processes.hooks, process].some(({ django }) => django.some(({ name }) => name === 'makemigrations'))

/** Apps of Django with migrations; of some, the release that brought one first (their folders in 1.11 to 6.0). */
const ofDjango: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  admin: {},
  auth: {
    '0009_alter_user_last_name_max_length': '2.0',
    '0010_alter_group_name_max_length': '2.2',
    '0011_update_proxy_permissions': '2.2',
    '0012_alter_user_first_name_max_length': '3.1',
  },
  contenttypes: {},
  flatpages: {},
  redirects: {},
  sessions: {},
  sites: {},
}

function isMissing(
  app: App,
  settings: SettingsModel,
  all: readonly OwnApp[],
  { app: label, name }: Dependency,
): boolean {
  if (all.some((one) => labelOf(app, one) === undefined)) return false
  const [own, another] = all.filter((one) => one.label === label)
  if (own !== undefined) {
    const migrations = another === undefined ? migrationsOf(app, settings, own) : undefined
    if (migrations === undefined || name.startsWith('__')) return false
    const names = migrationNames(app, migrations)
    // One that replaces others stands for them.
    const replaces = names.some((one) =>
      readText(app.tree, `${migrations.folder}/${one}.py`)?.text.includes('replaces'),
    )
    return !replaces && !names.includes(name)
  }
  const known = Object.hasOwn(ofDjango, label) ? ofDjango[label] : undefined
  if (known === undefined || settings.get('MIGRATION_MODULES') !== undefined) return false
  const installed = otherApps(app, settings)
  const isInstalled = installed.some((module) => module === '' || module.split('.').at(-1) === label)
  const since = known[name]
  return !isInstalled || (since !== undefined && atLeast(app.dependencies, 'django', since) === false)
}

/** The label of an app; undefined: a configuration gives it another one, or is made from one that may. */
function labelOf(app: App, own: OwnApp): string | undefined {
  const classes = [...(codeOf(app).module(`${own.module}.apps`)?.classes.keys() ?? [])]
  const isNamed = classes.some((name) => {
    const label = configured(app, `${own.module}.apps.${name}`, 'label')
    return label !== undefined && ('value' in label || label.base !== 'django.apps.AppConfig')
  })
  return isNamed ? undefined : own.label
}
