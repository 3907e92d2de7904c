import type { App } from '../../../src/app/app.ts'
import type { DecisiveCommand } from '../../../src/app/settings/decisive-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { type MigrationPackage, migrationNames, type OwnApp, runAs } from '../../../src/app/settings/own-apps.ts'
import { certain } from '../../../src/evaluate/python/certain-value.ts'
import type { Bound } from '../../../src/evaluate/python/interpreter/machine.ts'
import { type CallValue, calleePath, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'

/** A model as the migrations of its app leave it. */
export interface MigratedModel {
  readonly name: string
  /** Its fields by name; undefined: it derives from another model and may have more, or Django compares none of them. */
  readonly fields: Map<string, CallValue> | undefined
}

/** Models by their names in small letters. */
export type MigrationState = ReadonlyMap<string, MigratedModel>

/** Operations that change no field: what they change is not compared. */
const neutral = new Set(
  `AlterModelManagers AlterModelTable AlterModelTableComment AlterOrderWithRespectTo AlterUniqueTogether
  AlterIndexTogether AddIndex RemoveIndex RenameIndex AddConstraint RemoveConstraint AlterConstraint RunPython`.split(
    /\s+/,
  ),
)

/** A migration with what it does, in order. */
interface Step {
  readonly name: string
  readonly operations: readonly Value[]
  /** All of it is one transaction where the database can. */
  readonly atomic: boolean
}

/**
 * What the migrations of an app make of nothing. Undefined where that is not fully known: they are not one line, each behind
 * the one before it; one replaces others; an operation is none of Django's or cannot be read.
 */
export function migrationState(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  own: OwnApp,
  migrations: MigrationPackage,
): MigrationState | undefined {
  const state: Models = new Map()
  const steps = stepsOf(app, settings, one, own, migrations)
  return steps?.every(({ operations }) => operations.every((operation) => apply(state, operation))) ? state : undefined
}

/** What a migration does behind its first function, with the models as they stand before it begins and before each operation. */
export interface DoneBehind {
  readonly migration: string
  readonly index: number
  readonly operation: Value
  readonly begun: MigrationState
  readonly before: MigrationState
}

/**
 * What the migrations of an app do behind a function, in the same transaction. Undefined where they are not known as
 * {@link migrationState} wants them.
 */
export function doneBehindFunctions(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  own: OwnApp,
  migrations: MigrationPackage,
): readonly DoneBehind[] | undefined {
  const state: Models = new Map()
  const found: DoneBehind[] = []
  for (const { name: migration, operations, atomic } of stepsOf(app, settings, one, own, migrations) ?? []) {
    const first = atomic ? operations.findIndex(isRunPython) : -1
    const begun = first < 0 ? undefined : copyOf(state)
    for (const [index, operation] of operations.entries()) {
      if (begun !== undefined && index > first)
        found.push({ migration, index, operation, begun, before: copyOf(state) })
      if (!apply(state, operation)) return undefined
    }
  }
  return found
}

const copyOf = (state: Models): MigrationState =>
  new Map([...state].map(([key, model]) => [key, { ...model, fields: model.fields && new Map(model.fields) }]))

/** A column that a model lacks while a migration runs its functions, and the later migration that brings it. */
export interface LaterField {
  readonly name: string
  readonly migration: string
}

/**
 * Which of these fields of a model have no column yet while `name` runs the last of its functions. Undefined where the model has
 * no table then, or the migrations are not known as {@link migrationState} wants them.
 */
export function fieldsAddedAfter(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  own: OwnApp,
  migrations: MigrationPackage,
  name: string,
  model: string,
  fields: readonly string[],
): readonly LaterField[] | undefined {
  const state: Models = new Map()
  let lacking: string[] | undefined
  const found: LaterField[] = []
  for (const step of stepsOf(app, settings, one, own, migrations) ?? []) {
    const last = step.name === name ? step.operations.findLastIndex(isRunPython) : -1
    for (const [index, operation] of step.operations.entries()) {
      if (!apply(state, operation)) return undefined
      const columns = state.get(model.toLowerCase())?.fields
      if (index === last) lacking = columns && fields.filter((field) => !columns.has(field))
      else for (const field of lacking ?? []) if (columns?.has(field)) found.push({ name: field, migration: step.name })
      lacking = lacking?.filter((field) => !columns?.has(field))
    }
  }
  return found
}

const isRunPython = (operation: Value): boolean =>
  operation.type === 'call' && /(?:^|\.)RunPython$/.test(calleePath(operation.callee) ?? '')

/** The migrations of an app, where each follows the one before it. */
function stepsOf(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  own: OwnApp,
  migrations: MigrationPackage,
): readonly Step[] | undefined {
  const steps: Step[] = []
  for (const name of migrationNames(app, migrations)) {
    const { certainCrash, get } = runAs(app, settings, one, `${migrations.module}.${name}`)
    const migration = certainCrash === undefined ? certain(get('Migration'))?.value : undefined
    if (migration?.type !== 'class' || migration.attributes.has('replaces')) return undefined
    const of = (attribute: string) => migration.attributes.get(attribute)?.value
    const rests = (attribute: string) => (migration.attributes.get(attribute) as Bound | undefined)?.taint ?? 0
    if (rests('dependencies') !== 0 || rests('operations') !== 0) return undefined
    if (!follows(of('dependencies'), own, steps.at(-1)?.name)) return undefined
    const operations = listed(of('operations'))
    if (operations === undefined) return undefined
    const atomic = of('atomic')
    steps.push({ name, operations, atomic: atomic === undefined || (atomic.type === 'bool' && atomic.value) })
  }
  return steps
}

/** The items of a list or tuple that is known as a whole. */
function listed(value: Value | undefined): readonly Value[] | undefined {
  return (value as { rest?: unknown } | undefined)?.rest === undefined ? itemsOf(value) : undefined
}

/** Whether a migration depends, within its app, on the one before it and on no other. */
function follows(dependencies: Value | undefined, { label }: OwnApp, before: string | undefined): boolean {
  const all = dependencies === undefined ? [] : listed(dependencies)
  const own = all?.flatMap((item) => {
    const [first, second] = itemsOf(item) ?? []
    return plain(first) === label ? [plain(second)] : []
  })
  return own !== undefined && own.length === (before === undefined ? 0 : 1) && own[0] === before
}

type Models = Map<string, MigratedModel>

/** Carries out an operation; false: it is not known what it does. */
function apply(state: Models, operation: Value): boolean {
  if (operation.type !== 'call' || operation.attributes.length > 0 || operation.args.open) return false
  const kind = /^django\.db\.migrations\.(?:\w+\.)*(\w+)$/.exec(calleePath(operation.callee) ?? '')?.[1] ?? ''
  const given = (position: number, name: string) =>
    operation.args.keywords.get(name) ?? operation.args.positional[position]
  const text = (position: number, name: string) => plain(given(position, name))
  if (neutral.has(kind)) return true
  if (kind === 'RunSQL') return given(2, 'state_operations') === undefined
  if (kind === 'CreateModel') {
    const isOther = given(3, 'bases') !== undefined || !hasTable(given(2, 'options'))
    return create(state, text(0, 'name'), given(1, 'fields'), isOther)
  }
  if (kind === 'AlterModelOptions') return alterOptions(state, text(0, 'name'), given(1, 'options'))
  if (kind === 'DeleteModel') return state.delete(text(0, 'name')?.toLowerCase() ?? '')
  if (kind === 'RenameModel') return rename(state, text(0, 'old_name'), text(1, 'new_name'))
  const model = state.get(text(0, 'model_name')?.toLowerCase() ?? '')
  const fields = model?.fields
  if (model === undefined) return false
  if (fields === undefined) return ['AddField', 'AlterField', 'RemoveField', 'RenameField'].includes(kind)
  const name = text(1, kind === 'RenameField' ? 'old_name' : 'name')
  if (name === undefined) return false
  if (kind === 'RemoveField') return fields.delete(name)
  if (kind === 'RenameField') return renameField(fields, name, text(2, 'new_name'))
  const field = given(2, 'field')
  if ((kind !== 'AddField' && kind !== 'AlterField') || field?.type !== 'call') return false
  const kept = given(3, 'preserve_default')
  fields.set(name, kept?.type === 'bool' && !kept.value ? withoutDefault(field) : field)
  return true
}

/** A default that only filled the rows that were there. */
function withoutDefault(field: CallValue): CallValue {
  const keywords = new Map([...field.args.keywords].filter(([name]) => name !== 'default'))
  return { ...field, args: { ...field.args, keywords } }
}

function create(state: Models, name: string | undefined, fields: Value | undefined, isOther: boolean): boolean {
  const pairs = listed(fields)?.map((item) => itemsOf(item) ?? [])
  if (name === undefined || pairs === undefined) return false
  const found = new Map<string, CallValue>()
  for (const [key, field] of pairs) {
    const text = plain(key)
    if (text === undefined || field?.type !== 'call') return false
    found.set(text, field)
  }
  state.set(name.toLowerCase(), { name, fields: isOther ? undefined : found })
  return true
}

/** Whether these options leave a model its own table: Django compares the fields of no other. */
function hasTable(options: Value | undefined): boolean {
  if (options === undefined || options.type === 'none') return true
  const keys = options.type === 'dict' && options.rest === undefined ? options.entries.map(({ key }) => plain(key)) : []
  return options.type === 'dict' && options.rest === undefined && !keys.some(isOfTable)
}

const isOfTable = (key: string | undefined): boolean =>
  key === undefined || ['managed', 'proxy', 'swappable', 'abstract'].includes(key)

function alterOptions(state: Models, name: string | undefined, options: Value | undefined): boolean {
  const model = state.get(name?.toLowerCase() ?? '')
  if (model === undefined) return false
  if (!hasTable(options)) state.set(model.name.toLowerCase(), { ...model, fields: undefined })
  return true
}

function rename(state: Models, from: string | undefined, to: string | undefined): boolean {
  const model = state.get(from?.toLowerCase() ?? '')
  if (from === undefined || to === undefined || model === undefined) return false
  state.delete(from.toLowerCase())
  state.set(to.toLowerCase(), { ...model, name: to })
  return true
}

function renameField(fields: Map<string, CallValue>, from: string, to: string | undefined): boolean {
  const field = fields.get(from)
  if (field === undefined || to === undefined) return false
  fields.delete(from)
  fields.set(to, field)
  return true
}
