import type { App } from '../../../src/app/app.ts'
import { virtualFields } from '../../../src/app/settings/checked-fields.ts'
import { defaultDatabases } from '../../../src/app/settings/databases.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { together } from '../../../src/evaluate/condition.ts'

/** A `migrate` whose checks refuse a column that is not stored. */
export interface VirtualColumn extends DecisiveCommand {
  /** `Dish.gross` */
  readonly field: string
  readonly at: Place
}

/** With these it checks nothing, or another database. */
const otherModes = ['-h', '--help', '--version', '--skip-checks', '--database']

/** Django 5.0 to 6.0 make no such column in Postgres (`supports_virtual_generated_columns` in db/backends/postgresql/features.py). */
export function virtualColumns(app: App): VirtualColumn[] {
  const { dependencies, settings } = app
  if (atLeast(dependencies, 'django', '5.0') !== true || atLeast(dependencies, 'django', '6.1') !== false) return []
  // A router may keep the model from this database.
  if (!settings.isAbsent('DATABASE_ROUTERS')) return []
  const postgres = told(
    app.inquiry,
    verdict(defaultDatabases(app), ({ state, engine }) =>
      state === 'undetermined' ? undefined : engine === 'postgresql' || engine === 'postgis',
    ),
    () => undefined,
  )
  if (postgres === undefined) return []
  return decisiveCommands(app).flatMap((one): VirtualColumn[] => {
    if (one.command.name !== 'migrate' || hasOption(one, otherModes) !== false) return []
    if (settingsOfCommand(app, one.command) !== settings) return []
    if (commandProvider(app, settings, 'migrate') !== 'django.core') return []
    return virtualFields(app, settings).flatMap(({ name, at, when: ofField }): VirtualColumn[] => {
      const both = together(postgres.when, ofField)
      const when = both && together(one.when, both)
      return when === undefined ? [] : [{ ...one, field: name, at, when }]
    })
  })
}
