import type { Evaluation, Event } from '../../evaluate/python/evaluation.ts'
import { plain } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import { runMigration } from './command-runs.ts'
import { type DecisiveCommand, decisiveCommands } from './decisive-commands.ts'
import { commandProvider } from './management-commands.ts'
import type { SettingsModel } from './model.ts'
import { type MigrationPackage, migrationNames, migrationsOf, type OwnApp, ownApps } from './own-apps.ts'
import { settingsOfCommand } from './worlds.ts'

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

/** A migration that does more than change tables, with its text. */
export interface DataMigration extends AppliedMigrations {
  readonly name: string
  readonly text: string
}

/** The data migrations of {@link appliedMigrations}: those with a RunPython or a RunSQL. */
export function dataMigrations(app: App): DataMigration[] {
  return appliedMigrations(app).flatMap((applied) =>
    migrationNames(app, applied.migrations).flatMap((name) => {
      const text = readText(app.tree, `${applied.migrations.folder}/${name}.py`)?.text ?? ''
      return /Run(?:Python|SQL)/.test(text) ? [{ ...applied, name, text }] : []
    }),
  )
}

/** What a data migration does when it is applied. */
export const runOf = (app: App, { settings, one, migrations, name }: DataMigration): Evaluation =>
  runMigration(app, settings, one, `${migrations.module}.${name}`)

/** A call of a manager, or of a model itself (`__init__`), by the label of the model: `auth.permission`. */
export interface Query {
  readonly label: string
  readonly method: string
}

const making = '__init__'

/** A query of a data migration by the app registry's model, or by today's of Django's own. */
export function queryOf({ path, of }: Extract<Event, { type: 'call' }>): Query | undefined {
  const historical = /^django\.db\.migrations\.state\.StateApps\.get_model\(\)(?:\.objects\.(\w+))?$/.exec(path)
  if (historical !== null) {
    const [first, second] = of?.positional ?? []
    const app = plain(first ?? of?.keywords.get('app_label'))
    const model = plain(second ?? of?.keywords.get('model_name'))
    const label = app?.includes('.') === true ? app : `${app}.${model}`
    return { label: label.toLowerCase(), method: historical[1] ?? making }
  }
  const today =
    /^django\.contrib\.(auth|contenttypes|sites)\.models\.(\w+)(?:\.objects\.(?:(?:using|db_manager)\(\)\.)?(\w+))?$/
  const found = today.exec(path)
  return found === null ? undefined : { label: `${found[1]}.${found[2]}`.toLowerCase(), method: found[3] ?? making }
}

/** Any model. */
export const everything = '*'

/** Functions that make all the rows at once, and ways to write some that say no model. */
const makesAll =
  /(?:^|\.)(?:create_permissions|create_contenttypes|create_default_site|emit_(?:pre|post)_migrate_signal|update_(?:all_)?contenttypes|create_all_permissions|call_command|post_migrate\.send|execute|executemany|deserialize)$/
const makesOne = /^(?:__init__|create|get_or_create|update_or_create|bulk_create|get_for_models?)$/

/** SQL may write the rows. */
const rawTables = /\b(?:auth_permission|django_content_type|django_site)\b/

/** A call that may make a row, with the label of its model; `*`: nobody knows of which. */
export interface Making {
  readonly label: string
  readonly call: Extract<Event, { type: 'call' }> | undefined
}

/** What of a data migration may make rows of Django's own models, on any of its paths. */
export function makings(app: App, migration: DataMigration): Making[] {
  const { paths, bounded, certainCrash } = runOf(app, migration)
  if (bounded || certainCrash !== undefined || rawTables.test(migration.text))
    return [{ label: everything, call: undefined }]
  const calls = paths.flatMap(({ events }) => events.flatMap((event) => (event.type === 'call' ? [event] : [])))
  return calls.flatMap((call): Making[] => {
    const query = queryOf(call)
    if (query !== undefined) return makesOne.test(query.method) ? [{ label: query.label, call }] : []
    // `Permission.objects.using(…).get_or_create(…)` of the registry: its model is not read here.
    const isHidden = /get_model\(\)\.objects\..*\.(?:create|get_or_create|update_or_create|bulk_create)$/.test(
      call.path,
    )
    return makesAll.test(call.path) || isHidden ? [{ label: everything, call }] : []
  })
}
