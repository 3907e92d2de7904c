import type { App } from '../../../src/app/app.ts'
import { codeOf, dottedOf, findClass } from '../../../src/app/asgi/python-code.ts'
import { modelBehind } from '../../../src/app/asgi/query-sets.ts'
import { classesOfModels } from '../../../src/app/settings/app-models.ts'
import { type AppliedMigrations, appliedMigrations } from '../../../src/app/settings/applied-migrations.ts'
import { runMigration } from '../../../src/app/settings/command-runs.ts'
import type { DecisiveCommand } from '../../../src/app/settings/decisive-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { environmentOf, migrationNames, type OwnApp } from '../../../src/app/settings/own-apps.ts'
import { expressionAt } from '../../../src/app/settings/source-text.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import { type Condition, together } from '../../../src/evaluate/condition.ts'
import type { Event } from '../../../src/evaluate/python/evaluation.ts'
import type { ClassValue } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import { fieldClass } from './field-changes.ts'
import { fieldsAddedAfter } from './migration-state.ts'
import { fieldsOf, isReadable } from './model-fields.ts'

/** A query of a data migration through a model as it stands today, with a column that a later migration adds. */
export interface ModelOfToday extends DecisiveCommand {
  /** The query, in the migration or in what it calls. */
  readonly at: Place
  readonly model: string
  readonly field: string
  /** The app's label, its migration that asks, and the one that adds the column; with their files. */
  readonly app: string
  readonly migration: string
  readonly later: string
  readonly migrationAt: Place
  readonly laterAt: Place
}

/** Queries that data migrations surely make and that a database without the later migrations refuses. */
export function modelsOfToday(app: App): ModelOfToday[] {
  return appliedMigrations(app).flatMap((applied) => inApp(app, applied))
}

function inApp(app: App, { one, settings, own, migrations }: AppliedMigrations): ModelOfToday[] {
  const fileOf = (name: string) => `${migrations.folder}/${name}.py`
  const start = (name: string): Place => ({ file: fileOf(name), span: { start: 0, end: 0 } })
  const names = migrationNames(app, migrations)
  const asking = names.slice(0, -1).filter((name) => readText(app.tree, fileOf(name))?.text.includes('RunPython'))
  return asking.flatMap((name): ModelOfToday[] => {
    const found = queriesIn(app, settings, one, `${migrations.module}.${name}`).flatMap(
      ({ at, when }): ModelOfToday[] => {
        const model = modelAt(app, settings, one, own, at)
        if (model === undefined) return []
        const later = fieldsAddedAfter(app, settings, one, own, migrations, name, model.name, columnsOf(model))
        const [first] = later ?? []
        const all = together(one.when, when)
        if (first === undefined || all === undefined) return []
        const names = { app: own.label, migration: name, later: first.migration, model: model.name, field: first.name }
        return [{ ...one, ...names, when: all, at, migrationAt: start(name), laterAt: start(first.migration) }]
      },
    )
    // The first one ends the migration.
    return found.slice(0, 1)
  })
}

/** `Model.objects`, and nothing of what leaves columns out, up to what asks for rows or writes one. */
const query =
  /^django\.db\.models\.(?:base\.)?Model\.(?:objects|_default_manager|_base_manager)\.(?!.*\b(?:values|values_list|only|defer|using|none|dates|datetimes)\(\))(?:.*\.)?(\w+)$/
const wholeRows = new Set(
  `__iter__ get create get_or_create update_or_create bulk_create first last latest earliest in_bulk`.split(' '),
)

/** Queries for whole rows that a migration surely makes when it is applied, each place once. */
function queriesIn(app: App, settings: SettingsModel, one: DecisiveCommand, module: string) {
  const { paths, certainCrash, bounded } = runMigration(app, settings, one, module)
  if (certainCrash !== undefined || bounded) return []
  const live = paths
    .filter(({ crash }) => crash === undefined)
    .map(({ when, events }) => ({ when, at: new Map(events.filter(isWhole).map(({ at }) => [placeKey(at), at])) }))
  const places = new Map(live.flatMap(({ at }) => [...at]))
  return [...places].flatMap(([key, at]): { readonly at: Place; readonly when: readonly Condition[] }[] => {
    const sure = told(
      app.inquiry,
      verdict(live, (path) => path.at.has(key)),
      () => undefined,
    )
    return sure === undefined ? [] : [{ at, when: sure.when }]
  })
}

function isWhole(event: Event): boolean {
  if (event.type !== 'call' || event.guarded === true || event.at.file === '') return false
  // What goes through an answer asks nothing any more: `room, made = Room.objects.get_or_create(…)`.
  const asked = event.path.replace(/\b(?:get|create|get_or_create|update_or_create)\(\)\..*$/, '')
  return asked === event.path && wholeRows.has(query.exec(event.path)?.[1] ?? '')
}

/** The model whose manager is asked at a place, when it is one of this app's, with all that makes its table known. */
function modelAt(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  own: OwnApp,
  at: Place,
): ClassValue | undefined {
  const code = codeOf(app)
  const [node, file] = [expressionAt(app.tree, at), code.file(at.file)]
  const model = node === undefined ? undefined : modelBehind(node)
  const dotted = model === undefined || file === undefined ? undefined : dottedOf(model, file)
  const found = dotted === undefined ? undefined : findClass(code, dotted)
  if (found === undefined) return undefined
  const [only, ...others] = classesOfModels(app, settings, environmentOf(app, settings, one), own) ?? []
  if (only === undefined || others.length > 0) return undefined
  const type = only.classes.find(({ name, at: { file: path } }) => name === found.node.name && path === found.file.path)
  return type !== undefined && isReadable(type) ? type : undefined
}

/** The fields of a model that have a column named after them. */
function columnsOf(model: ClassValue): string[] {
  return [...fieldsOf(model).sure].flatMap(([name, { value }]) =>
    fieldClass(value) === 'ManyToManyField' || value.args.keywords.has('db_column') ? [] : [name],
  )
}
