import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { mro } from '../../evaluate/python/interpreter/mro.ts'
import { type ClassValue, calleePath, itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { readText } from '../../files/tree.ts'
import type { App } from '../app.ts'
import { type BoundClasses, classesOfModels } from './app-models.ts'
import type { SettingsModel } from './model.ts'
import { environmentWith, ownApps } from './own-apps.ts'
import { told, verdict } from './verdict.ts'

/** A field of a model that a system check of Django refuses. */
export interface CheckedField {
  /** `Profile.avatar` */
  readonly name: string
  readonly at: Place
  readonly when: readonly Condition[]
}

/** What a check asks of fields. */
interface FieldCheck {
  /** The id of the error, as SILENCED_SYSTEM_CHECKS names it. */
  readonly id: string
  /** The name of the class, which stands in the code of a project that has such a field. */
  readonly field: string
  isRaised(value: Value): boolean
  /** What the Meta of a model says that keeps it from the check. */
  readonly keptBy?: readonly string[]
}

/** `ImageField._check_image_library_installed`: PIL has to be there. */
export const imageFields = (app: App, settings: SettingsModel): CheckedField[] =>
  refusedFields(app, settings, { id: 'fields.E210', field: 'ImageField', isRaised: isImage })

/** `GeneratedField._check_persistence`: columns that are not stored, which not every database has. */
export const virtualFields = (app: App, settings: SettingsModel): CheckedField[] =>
  refusedFields(app, settings, {
    id: 'fields.E221',
    field: 'GeneratedField',
    isRaised: isVirtual,
    keptBy: ['required_db_vendor', 'required_db_features'],
  })

const generatedField = /^django\.(?:contrib\.gis\.)?db\.models\.(?:fields\.generated\.)?GeneratedField$/

function isVirtual(value: Value): boolean {
  if (value.type !== 'call' || value.attributes.length > 0) return false
  const persist = value.args.keywords.get('db_persist')
  return generatedField.test(calleePath(value.callee) ?? '') && persist?.type === 'bool' && !persist.value
}

/** Django's own, also as GeoDjango hands it on, and a field of a package that is one and does not bring Pillow itself. */
const imageField =
  /^(?:django\.(?:contrib\.gis\.)?db\.models\.(?:fields\.(?:files\.)?)?|sorl\.thumbnail\.(?:fields\.)?)ImageField$/

/**
 * Every such field of the models of the project's installed apps, as a process with these settings loads them. Empty too where
 * the settings silence the error, or nobody can tell which apps are installed.
 */
function refusedFields(app: App, settings: SettingsModel, check: FieldCheck): CheckedField[] {
  const mentions = app.project.python.some((path) => readText(app.tree, path)?.text.includes(check.field))
  if (!mentions || mayBeSilenced(settings, check.id)) return []
  return (ownApps(app, settings) ?? []).flatMap((own): CheckedField[] => {
    const bound = classesOfModels(app, settings, environmentWith(settings), own)
    const paths = bound?.map((one) => fieldsOn(one, check)) ?? []
    const all = new Map(paths.flatMap(({ fields }) => fields.map((field) => [field.name, field] as const)))
    return [...all.values()].flatMap((field): CheckedField[] => {
      const sure = told(
        app.inquiry,
        verdict(paths, ({ fields }) => fields.some(({ name }) => name === field.name)),
        () => undefined,
      )
      return sure === undefined ? [] : [{ ...field, when: sure.when }]
    })
  })
}

/** Whether SILENCED_SYSTEM_CHECKS holds the id of a check, or may hold it. */
export function mayBeSilenced(settings: SettingsModel, id: string): boolean {
  const values = settings.get('SILENCED_SYSTEM_CHECKS')?.alternatives ?? []
  return values.some(
    ({ value }) => itemsOf(value)?.every((item) => plain(item) !== undefined && plain(item) !== id) !== true,
  )
}

function fieldsOn({ when, classes }: BoundClasses, { isRaised, keptBy = [] }: FieldCheck) {
  const fields = classes
    .filter((model) => isChecked(model, keptBy))
    .flatMap((model) => {
      const bases = mro(model).filter((one): one is ClassValue => one.type === 'class')
      const names = new Set(bases.flatMap((one) => [...one.attributes.keys()]))
      return [...names].flatMap((name) => {
        // What stands nearest counts: `avatar = None` takes an inherited field away.
        const holder = bases.find((one) => one.attributes.has(name))
        const binding = holder?.attributes.get(name)
        if (holder === undefined || binding === undefined || !isModel(holder) || !isRaised(binding.value)) return []
        return [{ name: `${model.name}.${name}`, at: binding.at }]
      })
    })
  return { when, fields }
}

/** Something that is not the project's stands above every model; a mixin without such a base gives no fields. */
const isModel = (one: ClassValue): boolean => mro(one).some(({ type }) => type === 'external')

/** Whether Django checks the fields of a class: a model that is not abstract, and that no setting puts another one in place of. */
function isChecked(model: ClassValue, keptBy: readonly string[]): boolean {
  if (!isModel(model) || model.decorators.length > 0) return false
  const meta = model.attributes.get('Meta')?.value
  if (meta === undefined) return true
  if (meta.type !== 'class') return false
  const abstract = meta.attributes.get('abstract')?.value
  const isConcrete = abstract === undefined || (abstract.type === 'bool' && !abstract.value)
  return isConcrete && !['swappable', ...keptBy].some((name) => meta.attributes.has(name))
}

/** Also a class of the project that is made from one, unless it checks otherwise. */
function isImage(value: Value): boolean {
  if (value.type === 'call' && value.attributes.length === 0) {
    const { callee } = value
    return callee.type === 'class' ? derivesFromImage(callee) : imageField.test(calleePath(callee) ?? '')
  }
  return value.type === 'instance' && derivesFromImage(value.class)
}

const overriding = ['check', '_check_image_library_installed', '__new__']

function derivesFromImage(type: ClassValue): boolean {
  return (
    type.decorators.length === 0 &&
    mro(type).some((base) => base.type === 'external' && imageField.test(base.path)) &&
    !mro(type).some((base) => base.type === 'class' && overriding.some((name) => base.attributes.has(name)))
  )
}
