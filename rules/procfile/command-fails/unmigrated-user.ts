import type { App } from '../../../src/app/app.ts'
import { defaultDatabases } from '../../../src/app/settings/databases.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { migrationNames, migrationsOf, type OwnApp, otherApps, ownApps } from '../../../src/app/settings/own-apps.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { together } from '../../../src/evaluate/condition.ts'
import { certain } from '../../../src/evaluate/python/certain-value.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import { followsUser } from './migration-dependencies.ts'

/** A `migrate` for which the user model has no migration, though others point to its table. */
export interface UnmigratedUser extends DecisiveCommand {
  /** `empty`: the loader itself refuses; `absent`: Postgres has no table to point to (SQLite does not look). */
  readonly kind: 'empty' | 'absent'
  /** `accounts.User` */
  readonly model: string
  readonly table: string
  readonly label: string
  /** What points to it: `django.contrib.admin`. */
  readonly by: string
  readonly at: Place
}

/** Apps whose first migration points to the user model (`swappable_dependency`), in every release. */
const pointing = new Set([
  'django.contrib.admin',
  'rest_framework.authtoken',
  'rest_framework_simplejwt.token_blacklist',
  'oauth2_provider',
  'allauth.account',
  'allauth.socialaccount',
  'knox',
])

/**
 * An app with an empty package of migrations is a migrated one: "Dependency on app with no migrations" (MigrationLoader.check_key of
 * Django 2.2 to 6.0). Without a package `migrate` passes the app by, and what points to its table finds none.
 */
export function unmigratedUsers(app: App): UnmigratedUser[] {
  return decisiveCommands(app).flatMap((one): UnmigratedUser[] => {
    const settings = one.command.name === 'migrate' ? settingsOfCommand(app, one.command) : undefined
    if (settings === undefined || hasOption(one, ['-h', '--help', '--version', '--run-syncdb', '--fake']) !== false)
      return []
    if (commandProvider(app, settings, 'migrate') !== 'django.core' || isMadeBefore(app, one)) return []
    if (settings.get('MIGRATION_MODULES') !== undefined || settings.get('DATABASE_ROUTERS') !== undefined) return []
    const user = certain(settings.get('AUTH_USER_MODEL'))?.value
    const [label, name, ...rest] = (user && plain(user))?.split('.') ?? []
    const all = ownApps(app, settings) ?? []
    const [own, another] = all.filter((each) => each.label === label)
    if (user === undefined || name === undefined || rest.length > 0 || own === undefined || another) return []
    const migrations = migrationsOf(app, settings, own)
    if (migrations !== undefined && migrationNames(app, migrations).length > 0) return []
    const by = otherApps(app, settings).find((each) => pointing.has(each)) ?? pointedBy(app, settings, all)
    if (by === undefined) return []
    const kind = migrations === undefined ? 'absent' : 'empty'
    const when = kind === 'empty' ? one.when : onPostgres(app, settings, one)
    const table = `${own.label}_${name.toLowerCase()}`
    const at = { file: user.at.file, span: user.at.span }
    return when === undefined
      ? []
      : [{ ...one, when, kind, model: `${label}.${name}`, table, label: own.label, by, at }]
  })
}

/** What makes migrations or tables before. */
const isMadeBefore = (app: App, { process }: DecisiveCommand): boolean =>
  [...app.processes.hooks, ...app.processes.scripts, process].some(({ django }) =>
    django.some(({ name }) => name === 'makemigrations' || name === 'syncdb'),
  )

function pointedBy(app: App, settings: SettingsModel, all: readonly OwnApp[]): string | undefined {
  return all.find((own) => {
    const migrations = migrationsOf(app, settings, own)
    return (migrations === undefined ? [] : migrationNames(app, migrations)).some((name) => {
      const source = readText(app.tree, `${migrations?.folder}/${name}.py`)
      return source !== undefined && followsUser(source)
    })
  })?.module
}

function onPostgres(app: App, settings: SettingsModel, one: DecisiveCommand): DecisiveCommand['when'] | undefined {
  if (settings !== app.settings) return undefined
  const answer = verdict(defaultDatabases(app), ({ state, engine }) =>
    state === 'undetermined' ? undefined : engine === 'postgresql' || engine === 'postgis',
  )
  return answer.state === 'holds' ? together(one.when, answer.when) : undefined
}
