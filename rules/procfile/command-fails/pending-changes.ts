import type { App } from '../../../src/app/app.ts'
import { type DecisiveCommand, decisiveCommands, hasOption } from '../../../src/app/settings/decisive-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { hasMigrations, type OwnApp, ownApps, runAs } from '../../../src/app/settings/own-apps.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { certain } from '../../../src/evaluate/python/certain-value.ts'
import { mro } from '../../../src/evaluate/python/interpreter/mro.ts'
import type { Binding, CallValue, ClassValue } from '../../../src/evaluate/python/value.ts'
import { fieldClass, isAltered } from './field-changes.ts'
import { type MigratedModel, migrationState } from './migration-state.ts'

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

/** Commands that ask whether migrations are missing, where some are. */
export function failedChecks(app: App): FailedCheck[] {
  return decisiveCommands(app).flatMap((one): FailedCheck[] => {
    if (one.command.name !== 'makemigrations' || hasOption(one, ['--check']) !== true) return []
    const settings = settingsOfCommand(app, one.command)
    const apps = settings === undefined ? undefined : ownApps(app, settings)
    if (settings === undefined || apps === undefined) return []
    const labels = one.words.filter((word) => word?.startsWith('-') !== true)
    if (!labels.every((label) => apps.some((own) => own.label === label))) return []
    const asked = apps.filter(({ label }) => labels.length === 0 || labels.includes(label))
    const [first, ...others] = asked.flatMap((own) => pendingChanges(app, settings, one, own))
    return first === undefined ? [] : [{ ...one, changes: [first, ...others] }]
  })
}

/** What surely differs between the models of an app and its migrations. Django looks at no app without a folder of them. */
export function pendingChanges(app: App, settings: SettingsModel, one: DecisiveCommand, own: OwnApp): PendingChange[] {
  if (!hasMigrations(app, own)) return []
  const state = migrationState(app, settings, one, own)
  if (state === undefined) return []
  return modelsOf(app, settings, one, own).flatMap((model): PendingChange[] => {
    const migrated = state.get(model.name.toLowerCase())
    if (migrated === undefined) return [{ text: `Create model ${model.name}`, at: model.at }]
    return changesOf(model, migrated)
  })
}

function changesOf(model: ClassValue, { name, fields }: MigratedModel): PendingChange[] {
  if (fields === undefined) return []
  const bound = boundIn(model)
  const on = name.toLowerCase()
  const own = [...bound].flatMap(([field, { value, at }]): PendingChange[] => {
    if (fieldClass(value) === undefined) return []
    const before = fields.get(field)
    if (before === undefined) return [{ text: `Add field ${field} to ${on}`, at }]
    return isAltered(value as CallValue, before) ? [{ text: `Alter field ${field} on ${on}`, at }] : []
  })
  // A field of a package may bring others (MoneyField, LocationField).
  const isOpen = [...bound.values()].some(({ value }) => value.type === 'call' && fieldClass(value) === undefined)
  if (isOpen) return own
  const gone = [...fields.keys()].filter((field) => !bound.has(field) && field !== 'id' && !field.endsWith('_ptr'))
  return [...own, ...gone.map((field) => ({ text: `Remove field ${field} from ${on}`, at: model.at }))]
}

/** Models of the app that have a table of their own and of which all fields are known. */
function modelsOf(app: App, settings: SettingsModel, one: DecisiveCommand, own: OwnApp): ClassValue[] {
  const module = `${own.module}.models`
  if (app.project.resolve(module, settings.searchPath) === undefined) return []
  const evaluation = runAs(app, settings, one, module)
  if (evaluation.certainCrash !== undefined || evaluation.bounded) return []
  return evaluation.names().flatMap((name) => {
    const value = certain(evaluation.get(name))?.value
    if (value?.type !== 'class' || !`${value.module.name}.`.startsWith(`${module}.`)) return []
    return isReadable(value) ? [value] : []
  })
}

/** It derives from `Model` alone, by nothing but abstract models and mixins of the project. */
function isReadable(model: ClassValue): boolean {
  const [itself, ...above] = mro(model)
  const isPlain = (one: ClassValue) => one.keywords.size === 0 && one.decorators.length === 0
  const isModel = above.some((base) => base.type === 'external')
  return (
    itself === model &&
    isModel &&
    isPlain(model) &&
    !['abstract', 'proxy', 'managed', 'app_label', 'swappable'].some((option) =>
      metaOf(model)?.attributes.has(option),
    ) &&
    above.every((base) => {
      if (base.type === 'external') return /^django\.db\.models\.(?:base\.)?Model$/.test(base.path)
      if (base.type !== 'class') return base.type === 'native' && base.name === 'object'
      const abstract = metaOf(base)?.attributes.get('abstract')?.value
      const derives = mro(base).some((one) => one.type === 'external')
      return isPlain(base) && (!derives || (abstract?.type === 'bool' && abstract.value))
    })
  )
}

function metaOf(model: ClassValue): ClassValue | undefined {
  const meta = model.attributes.get('Meta')?.value
  return meta?.type === 'class' ? meta : undefined
}

/** What the class and those above it bind, the nearest first. */
function boundIn(model: ClassValue): ReadonlyMap<string, Binding> {
  const found = new Map<string, Binding>()
  for (const base of mro(model))
    if (base.type === 'class')
      for (const [name, binding] of base.attributes) if (!found.has(name)) found.set(name, binding)
  return found
}
