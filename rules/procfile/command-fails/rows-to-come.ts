import type { App } from '../../../src/app/app.ts'
import { mentions } from '../../../src/app/pages/mentions.ts'
import {
  appliesAll,
  type DataMigration,
  dataMigrations,
  everything,
  makings,
  queryOf,
  runOf,
} from '../../../src/app/settings/applied-migrations.ts'
import { type DecisiveCommand, decisiveCommands } from '../../../src/app/settings/decisive-commands.ts'
import { otherApps } from '../../../src/app/settings/own-apps.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import { type Condition, together } from '../../../src/evaluate/condition.ts'
import type { Event } from '../../../src/evaluate/python/evaluation.ts'
import { type CallArguments, plain } from '../../../src/evaluate/python/value.ts'

/** A data migration that asks for a row which `migrate` itself makes, once all migrations are applied. */
export interface RowToCome extends DecisiveCommand {
  /** The query, in the migration or in what it calls. */
  readonly at: Place
  readonly model: string
  /** The app's label and its migration, with its file. */
  readonly app: string
  readonly migration: string
  readonly migrationAt: Place
}

/**
 * Models of which receivers of `post_migrate` make the rows (django/contrib/auth/management, contenttypes/management,
 * sites/management), with the methods of their managers that raise DoesNotExist.
 */
const toCome: Readonly<Record<string, { readonly model: string; readonly raises: ReadonlySet<string> }>> = {
  'auth.permission': { model: 'Permission', raises: new Set(['get', 'get_by_natural_key']) },
  'contenttypes.contenttype': { model: 'ContentType', raises: new Set(['get', 'get_by_natural_key']) },
  'sites.site': { model: 'Site', raises: new Set(['get', 'get_current']) },
}

/** Queries that data migrations surely make for rows that nothing has made before `migrate` is through. */
export function rowsToCome(app: App): RowToCome[] {
  // One that applies some migrations makes the rows of their models.
  if (decisiveCommands(app).some((one) => one.command.name === 'migrate' && !appliesAll(one))) return []
  const all = dataMigrations(app)
  const asking = all.filter(({ text }) => /Permission|ContentType|Site\b/i.test(text))
  const found = asking.flatMap((one) => inMigration(app, one))
  if (found.length === 0 || mentions(app, ['pre_migrate'])) return []
  const made = new Set(all.flatMap((one) => makings(app, one).map(({ label }) => label)))
  return found.filter(({ label }) => !made.has(label) && !made.has(everything)).map(({ label: _, ...row }) => row)
}

function inMigration(app: App, migration: DataMigration): (RowToCome & { readonly label: string })[] {
  const { one, own, migrations, name } = migration
  const { paths, certainCrash, bounded } = runOf(app, migration)
  if (certainCrash !== undefined || bounded) return []
  const live = paths.filter(({ crash }) => crash === undefined)
  const asked = live.map(({ when, events }) => ({ when, rows: rowsAsked(app, migration, events) }))
  const places = new Map(asked.flatMap(({ rows }) => [...rows]))
  const found = [...places].flatMap(([key, { at, label, model }]) => {
    const sure = told(
      app.inquiry,
      verdict(asked, ({ rows }) => rows.has(key)),
      () => undefined,
    )
    const when: readonly Condition[] | undefined = sure && together(one.when, sure.when)
    const migrationAt = { file: `${migrations.folder}/${name}.py`, span: { start: 0, end: 0 } }
    return when === undefined ? [] : [{ ...one, when, at, model, label, app: own.label, migration: name, migrationAt }]
  })
  // The first one ends the migration.
  return found.slice(0, 1)
}

interface Asked {
  readonly at: Place
  readonly label: string
  readonly model: string
}

/** What a path asks for by place. */
function rowsAsked(app: App, migration: DataMigration, events: readonly Event[]): Map<string, Asked> {
  return new Map(
    events.flatMap((event): [string, Asked][] => {
      const query = event.type === 'call' ? queryOf(event) : undefined
      if (event.type !== 'call' || query === undefined || event.guarded === true || event.at.file === '') return []
      const known = toCome[query.label]
      if (known?.raises.has(query.method) !== true || !isOwnRow(app, migration, event.args)) return []
      return [[placeKey(event.at), { at: event.at, label: query.label, model: known.model }]]
    }),
  )
}

/** Packages with migrations that make content types and permissions of their own. */
const makers = /^(?:wagtail|cms\b|oscar\b|guardian\b)/

/** Whether no migration of a package makes the row that is asked for. */
function isOwnRow(app: App, { settings, own }: DataMigration, { keywords, positional }: CallArguments): boolean {
  const label = keywords.get('content_type__app_label') ?? keywords.get('app_label') ?? positional[0]
  return plain(label) === own.label || !otherApps(app, settings).some((module) => makers.test(module))
}
