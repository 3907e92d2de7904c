import type { App } from '../../../src/app/app.ts'
import { classesOfModels } from '../../../src/app/settings/app-models.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import { commandProvider } from '../../../src/app/settings/management-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { environmentOf, migrationsOf, type OwnApp, otherApps, ownApps } from '../../../src/app/settings/own-apps.ts'
import { pathKind } from '../../../src/app/settings/path-kind.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { type Condition, together } from '../../../src/evaluate/condition.ts'
import type { ClassValue } from '../../../src/evaluate/python/value.ts'
import { known } from '../../../src/evaluate/shell/word.ts'
import { leavesModelsAlone } from '../../../src/knowledge/packages/leaves-models.ts'
import { automaticKey, isKeyAltered } from './automatic-key.ts'
import { changesModels } from './changed-models.ts'
import { fieldClass, isAltered } from './field-changes.ts'
import { type MigratedModel, type MigrationState, migrationState } from './migration-state.ts'
import { fieldsOf, isReadable } from './model-fields.ts'

/** A change that `makemigrations` would write. */
export interface PendingChange {
  /** As Django lists it: `Alter field body on message`. */
  readonly text: string
  readonly at: Place
}

/** A `makemigrations --check` that finds changes, of which some are surely there. */
export interface FailedCheck extends DecisiveCommand {
  readonly changes: readonly [PendingChange, ...PendingChange[]]
}

/** With these the command compares nothing, or writes into a migration that is there. */
const otherModes = ['--merge', '--empty', '--update', '-h', '--help', '--version']

/** Commands that ask whether migrations are missing, where some are. */
export function failedChecks(app: App): FailedCheck[] {
  return decisiveCommands(app).flatMap((one): FailedCheck[] => {
    if (one.command.name !== 'makemigrations' || hasOption(one, ['--check']) !== true) return []
    if (hasOption(one, otherModes) !== false || isWrittenBefore(app, one)) return []
    const settings = settingsOfCommand(app, one.command)
    const apps = settings === undefined ? undefined : ownApps(app, settings)
    if (settings === undefined || apps === undefined) return []
    if (commandProvider(app, settings, 'makemigrations') !== 'django.core') return []
    const labels = one.words.filter((word) => word?.startsWith('-') !== true)
    if (!labels.every((label) => apps.some((own) => own.label === label))) return []
    const asked = apps.filter(({ label }) => labels.length === 0 || labels.includes(label))
    const found = asked.flatMap((own) => pendingChanges(app, settings, one, own))
    if (found.length === 0 || changesModels(app)) return []
    return foremost(one, found)
  })
}

/** Another `makemigrations`, in the build or in the same process, writes what is missing: nothing is left to be found. */
function isWrittenBefore(app: App, { process, command }: DecisiveCommand): boolean {
  return [...app.processes.hooks, process].some(({ django }) =>
    django.some(({ name, args, at }) => {
      const words = args.map(({ parts }) => known(parts))
      const only = words.includes('--check') || words.includes('--dry-run')
      return name === 'makemigrations' && at !== command.at && !only
    }),
  )
}

/** Those that are pending in any case; else the first one, with what it rests on and all that rest on the same. */
function foremost(one: DecisiveCommand, found: readonly Pending[]): FailedCheck[] {
  const [first] = [...found].sort((a, b) => a.when.length - b.when.length)
  const when = first === undefined ? undefined : together(one.when, first.when)
  if (first === undefined || when === undefined) return []
  const ids = (conditions: readonly Condition[]) => conditions.map(({ id, holds }) => `${id} ${holds}`).join()
  const others = found.filter((other) => other !== first && ids(other.when) === ids(first.when))
  const changes = found.filter((other) => other === first || others.includes(other))
  const [head, ...rest] = changes
  return head === undefined ? [] : [{ ...one, when, changes: [head, ...rest] }]
}

interface Pending extends PendingChange {
  /** What it rests on; empty: it is pending in any case. */
  readonly when: readonly Condition[]
}

/** What surely differs between the models of an app and its migrations. Django looks at no app without a folder of them. */
function pendingChanges(app: App, settings: SettingsModel, one: DecisiveCommand, own: OwnApp): Pending[] {
  const migrations = migrationsOf(app, settings, own)
  const state = migrations === undefined ? undefined : migrationState(app, settings, one, own, migrations)
  const paths = state === undefined ? undefined : classesOfModels(app, settings, environmentOf(app, settings, one), own)
  if (state === undefined || paths === undefined) return []
  const whole = otherApps(app, settings).every((module) => leavesModelsAlone.has(module.split('.')[0] as string))
  const left = { whole, key: whole ? automaticKey(app, settings, one, own) : undefined }
  const all = paths.map(({ when, classes }) => ({ when, changes: changesBetween(classes, state, left) }))
  const texts = new Map(all.flatMap(({ changes }) => changes.map((change) => [change.text, change] as const)))
  return [...texts.values()].flatMap((change): Pending[] => {
    const sure = told(
      app.inquiry,
      verdict(all, ({ changes }) => changes.some(({ text }) => text === change.text)),
      () => undefined,
    )
    return sure === undefined || pathKind(sure.when) !== 'default' ? [] : [{ ...change, when: sure.when }]
  })
}

/** What a model has besides what its class writes. */
interface Left {
  /** Nothing but the classes gives the models fields. */
  readonly whole: boolean
  /** The class of the key of a model that writes none; undefined: nobody can tell. */
  readonly key: string | undefined
}

function changesBetween(classes: readonly ClassValue[], state: MigrationState, left: Left): PendingChange[] {
  return classes.filter(isReadable).flatMap((model): PendingChange[] => {
    const migrated = state.get(model.name.toLowerCase())
    if (migrated === undefined) return [{ text: `Create model ${model.name}`, at: model.at }]
    return changesOf(model, migrated, left)
  })
}

function changesOf(model: ClassValue, { name, fields: before }: MigratedModel, { whole, key }: Left): PendingChange[] {
  if (before === undefined) return []
  const { sure, vague, open } = fieldsOf(model)
  const on = name.toLowerCase()
  const added = (field: string, at: Place) => ({ text: `Add field ${field} to ${on}`, at })
  const removed = (field: string, at: Place) => ({ text: `Remove field ${field} from ${on}`, at })
  const own = [...sure].flatMap(([field, { value, at }]): PendingChange[] => {
    const migrated = before.get(field)
    if (migrated === undefined) return [added(field, at)]
    if (isAltered(value, migrated) !== true) return []
    // Django makes a table of its own of no column.
    const many = [value, migrated].filter((one) => fieldClass(one) === 'ManyToManyField').length
    return many === 1 ? [removed(field, at), added(field, at)] : [{ text: `Alter field ${field} on ${on}`, at }]
  })
  if (open || !whole) return own
  const gone = [...before.keys()].filter(
    (field) => !sure.has(field) && !vague.has(field) && field !== 'id' && !field.endsWith('_ptr'),
  )
  const written = [...sure.values()].map(({ value }) => value)
  const isOther = vague.size === 0 && !sure.has('id') && isKeyAltered(key, written, before.get('id'))
  const keys = isOther ? [{ text: `Alter field id on ${on}`, at: model.at }] : []
  return [...own, ...keys, ...gone.map((field) => removed(field, model.at))]
}
