import type { App } from '../../../src/app/app.ts'
import { nodesAround } from '../../../src/app/project/around.ts'
import { type AppliedMigrations, appliedMigrations, queryOf } from '../../../src/app/settings/applied-migrations.ts'
import { runMigration } from '../../../src/app/settings/command-runs.ts'
import { defaultDatabases, isDatabaseDefault, unknownDatabase } from '../../../src/app/settings/databases.ts'
import type { DecisiveCommand } from '../../../src/app/settings/decisive-commands.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import { type Condition, together } from '../../../src/evaluate/condition.ts'
import type { Event } from '../../../src/evaluate/python/evaluation.ts'
import { type CallValue, calleePath, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import { fieldClass } from './field-changes.ts'
import { type DoneBehind, doneBehindFunctions, type MigratedModel } from './migration-state.ts'

/** A migration that writes rows with a foreign key and then, in the same transaction, alters their table. */
export interface AlteredAfterRows extends DecisiveCommand {
  /** What writes the rows. */
  readonly at: Place
  readonly model: string
  readonly field: string
  readonly app: string
  readonly migration: string
  /** The operation that alters the table. */
  readonly alteredAt: Place
  /** It writes rows only where there are some that it goes through. */
  readonly byRows: boolean
}

/**
 * Postgres looks at a foreign key of Django's when the transaction ends (DEFERRABLE INITIALLY DEFERRED), and alters no table for which
 * such a look is due. One that the same migration makes is not looked at later: its SQL comes last, or says IMMEDIATE.
 */
export function alteredAfterRows(app: App): AlteredAfterRows[] {
  const found = appliedMigrations(app).flatMap((applied) => inApp(app, applied))
  if (found.length === 0) return []
  const postgres = told(
    app.inquiry,
    verdict(
      defaultDatabases(app).filter(({ when }) => !when.some(isDatabaseDefault)),
      ({ engine }) => (engine === undefined ? undefined : /^(?:postgresql\w*|postgis)$/.test(engine)),
    ),
    unknownDatabase,
  )
  return postgres === undefined
    ? []
    : found.flatMap((one) => {
        const when = together(one.when, postgres.when)
        return when === undefined ? [] : [{ ...one, when }]
      })
}

function inApp(app: App, applied: AppliedMigrations): AlteredAfterRows[] {
  const { one, settings, own, migrations } = applied
  const done = doneBehindFunctions(app, settings, one, own, migrations) ?? []
  const stopped = new Set<string>()
  return done.flatMap((step): AlteredAfterRows[] => {
    const { migration, index, operation } = step
    const { model, own: changed } = altered(step) ?? {}
    const field = model && deferredKey(model, changed)
    if (model === undefined || field === undefined || stopped.has(migration)) return []
    const file = `${migrations.folder}/${migration}.py`
    // What is due is looked at then.
    if (/SET CONSTRAINTS|check_constraints/i.test(readText(app.tree, file)?.text ?? '')) return []
    const { paths, certainCrash, bounded } = runMigration(
      app,
      settings,
      one,
      `${migrations.module}.${migration}`,
      index,
    )
    if (certainCrash !== undefined || bounded) return []
    const label = `${own.label}.${model.name}`.toLowerCase()
    const live = paths.filter(({ crash }) => crash === undefined)
    const written = live.map(({ when, events }) => ({
      when,
      rows: new Map(events.flatMap((event) => rowIn(app, event, label, file))),
    }))
    const [first] = written.flatMap(({ rows }) => [...rows])
    if (first === undefined) return []
    const [key, { at, byRows }] = first
    const sure = told(
      app.inquiry,
      verdict(written, ({ rows }) => rows.has(key)),
      () => undefined,
    )
    const when: readonly Condition[] | undefined = sure && together(one.when, sure.when)
    if (when === undefined) return []
    stopped.add(migration)
    return [{ ...one, when, at, byRows, model: model.name, field, app: own.label, migration, alteredAt: operation.at }]
  })
}

/**
 * The model whose table an operation surely alters, with its fields as they were when the migration began; `own`: the field that it changes
 * or takes out, whose foreign key Django has looked at before (`sql_delete_fk` of its Postgres backend).
 */
function altered({
  operation,
  begun,
  before,
}: DoneBehind): { model: MigratedModel; own: string | undefined } | undefined {
  if (operation.type !== 'call') return undefined
  const kind = calleePath(operation.callee)?.replace(/^.*\./, '') ?? ''
  const given = (position: number, name: string) =>
    operation.args.keywords.get(name) ?? operation.args.positional[position]
  const key = plain(given(0, kind === 'DeleteModel' || kind === 'AlterUniqueTogether' ? 'name' : 'model_name'))
  const model = begun.get(key?.toLowerCase() ?? '')
  const fields = before.get(key?.toLowerCase() ?? '')?.fields
  if (model === undefined || fields === undefined) return undefined
  const name = plain(given(1, 'name'))
  const now = fields.get(name ?? '')
  const isAltered = (): boolean => {
    if (kind === 'AddField') return isColumn(given(2, 'field'))
    if (kind === 'RemoveField') return isColumn(now)
    if (kind === 'AlterField') return changesColumn(now, given(2, 'field'))
    if (kind === 'AddConstraint') return isConstraint(given(1, 'constraint'))
    if (kind === 'AlterUniqueTogether') return (itemsOf(given(1, 'unique_together')) ?? []).length > 0
    return kind === 'DeleteModel'
  }
  const own = kind === 'AlterField' || kind === 'RemoveField' ? name : undefined
  return isAltered() ? { model, own } : undefined
}

function isColumn(field: Value | undefined): boolean {
  const kind = fieldClass(field)
  return kind !== undefined && kind !== 'ManyToManyField'
}

/** `null`, `unique`, a text without a length: what ALTER TABLE says, and no index. */
function changesColumn(now: CallValue | undefined, then: Value | undefined): boolean {
  if (now === undefined || then?.type !== 'call' || !isColumn(now) || !isColumn(then)) return false
  const kinds = [fieldClass(now), fieldClass(then)]
  if (kinds[0] !== kinds[1]) return kinds.filter((kind) => kind === 'TextField').length === 1
  const flag = (field: CallValue, name: string): boolean | undefined => {
    const value = field.args.keywords.get(name)
    if (value === undefined) return field.args.open ? undefined : false
    return value.type === 'bool' ? value.value : undefined
  }
  return ['null', 'unique'].some((name) => {
    const [one, other] = [flag(now, name), flag(then, name)]
    return one !== undefined && other !== undefined && one !== other
  })
}

/** One that is no index: with a condition or expressions UniqueConstraint makes one. */
function isConstraint(constraint: Value | undefined): boolean {
  if (constraint?.type !== 'call') return false
  const kind = calleePath(constraint.callee)?.replace(/^.*\./, '')
  if (kind === 'CheckConstraint') return true
  const { keywords, positional, open } = constraint.args
  const isPlain =
    !open && positional.length === 0 && [...keywords.keys()].every((name) => /^(?:fields|name)$/.test(name))
  return kind === 'UniqueConstraint' && isPlain
}

/** A field whose foreign key the database looks at when the transaction ends. */
function deferredKey({ fields }: MigratedModel, except: string | undefined): string | undefined {
  for (const [name, field] of fields ?? []) {
    if (name === except) continue
    const kind = fieldClass(field)
    if (kind !== 'ForeignKey' && kind !== 'OneToOneField') continue
    if (!field.args.open && !field.args.keywords.has('db_constraint')) return name
  }
  return undefined
}

const inserting = /^(?:create|get_or_create|update_or_create|bulk_create)$/

interface Row {
  readonly at: Place
  readonly byRows: boolean
}

/** A call that surely writes a new row of the model, or one for each row of another table. */
function rowIn(app: App, event: Event, label: string, file: string): [string, Row][] {
  const query = event.type === 'call' ? queryOf(event) : undefined
  if (event.type !== 'call' || query?.label !== label || !inserting.test(query.method)) return []
  if (event.guarded === true && !isForEach(app, event.at, file)) return []
  const byRows = event.guarded === true || (query.method === 'bulk_create' && !isFilled(event.args.positional[0]))
  return [[placeKey(event.at), { at: event.at, byRows }]]
}

const isFilled = (value: Value | undefined): boolean => (itemsOf(value) ?? []).length > 0

/** In the migration itself, in a loop and in nothing else that may leave it out. */
function isForEach(app: App, at: Place, file: string): boolean {
  if (at.file !== file) return false
  const around = nodesAround(app.tree, at)
  const within = around.slice(around.findLastIndex(({ kind }) => kind === 'FunctionDef') + 1)
  return (
    within.some(({ kind }) => kind === 'For') &&
    !within.some(({ kind }) => ['If', 'IfExp', 'BoolOp', 'While', 'Try', 'Match'].includes(kind))
  )
}
