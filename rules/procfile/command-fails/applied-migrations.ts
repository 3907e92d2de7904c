import type { App } from '../../../src/app/app.ts'
import { type DecisiveCommand, decisiveCommands } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { type MigrationPackage, migrationsOf, type OwnApp, ownApps } from '../../../src/app/settings/own-apps.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'

/** An app of the project whose migrations a command applies, all of them. */
export interface AppliedMigrations {
  readonly one: DecisiveCommand
  readonly settings: SettingsModel
  readonly own: OwnApp
  readonly migrations: MigrationPackage
}

/** Words with which `migrate` applies every migration all the same. */
const harmless =
  /^(?:--no-?input|--no-color|--traceback|--skip-checks|--run-syncdb|--fake-initial|-v\d|--(?:verbosity|settings)=.*)$/

/** Whether Django's own `migrate` applies every migration of every app. */
export const appliesAll = ({ words }: DecisiveCommand): boolean =>
  words.every((word) => word !== undefined && harmless.test(word))

/** The migrations of the project's apps that `migrate` applies to one database, by command and app. */
export function appliedMigrations(app: App): AppliedMigrations[] {
  return decisiveCommands(app).flatMap((one): AppliedMigrations[] => {
    if (one.command.name !== 'migrate' || !appliesAll(one)) return []
    const settings = settingsOfCommand(app, one.command)
    if (settings === undefined || commandProvider(app, settings, 'migrate') !== 'django.core') return []
    // A router may keep a model out of the database that is migrated.
    if (!settings.isAbsent('DATABASE_ROUTERS')) return []
    return (ownApps(app, settings) ?? []).flatMap((own) => {
      const migrations = migrationsOf(app, settings, own)
      return migrations === undefined ? [] : [{ one, settings, own, migrations }]
    })
  })
}
