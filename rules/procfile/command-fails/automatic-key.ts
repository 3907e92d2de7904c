import type { App } from '../../../src/app/app.ts'
import { codeOf } from '../../../src/app/asgi/python-code.ts'
import type { DecisiveCommand } from '../../../src/app/settings/decisive-commands.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { type OwnApp, runAs } from '../../../src/app/settings/own-apps.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { certain } from '../../../src/evaluate/python/certain-value.ts'
import { mro } from '../../../src/evaluate/python/interpreter/mro.ts'
import { type CallValue, type ClassValue, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { automatic, fieldClass } from './field-changes.ts'

/**
 * The class of the field that Django gives the models of an app that have no key (`Options._get_default_pk_class`, Django 3.2 to
 * 6.0): that of its AppConfig, else of DEFAULT_AUTO_FIELD. Undefined: a class that is not Django's, or nobody can tell.
 */
export function automaticKey(app: App, settings: SettingsModel, one: DecisiveCommand, own: OwnApp): string | undefined {
  const configs = configsOf(app, settings, one, own)
  if (configs === undefined || configs.length > 1) return undefined
  const [said] = configs.flatMap((config) => mro(config).flatMap((base) => attributeOf(base, 'default_auto_field')))
  const path = said === undefined ? ofSettings(app, settings) : plain(said)
  const name = /^django\.db\.models\.(?:fields\.)?(\w+)$/.exec(path ?? '')?.[1]
  return name !== undefined && automatic.has(name) ? name : undefined
}

function ofSettings({ dependencies }: App, settings: SettingsModel): string | undefined {
  const written = settings.get('DEFAULT_AUTO_FIELD')
  if (written !== undefined) return plain(certain(written)?.value)
  if (!settings.isAbsent('DEFAULT_AUTO_FIELD') || atLeast(dependencies, 'django', '3.2') !== true) return undefined
  const isBig = atLeast(dependencies, 'django', '6.0')
  return isBig === undefined ? undefined : `django.db.models.${isBig ? 'BigAutoField' : 'AutoField'}`
}

const attributeOf = (one: Value, name: string): Value[] => {
  const found = one.type === 'class' ? one.attributes.get(name) : undefined
  return found === undefined ? [] : [found.value]
}

/** The AppConfigs of an app's `apps.py`; undefined where it cannot be read. */
function configsOf(
  app: App,
  settings: SettingsModel,
  one: DecisiveCommand,
  own: OwnApp,
): readonly ClassValue[] | undefined {
  const file = codeOf(app).file(`${own.folder}/apps.py`)
  if (file === undefined) return []
  const { certainCrash, get } = runAs(app, settings, one, `${own.module}.apps`)
  if (certainCrash !== undefined) return undefined
  const classes = [...file.classes.keys()].map((name) => certain(get(name))?.value)
  if (classes.some((found) => found?.type !== 'class')) return undefined
  const isConfig = (base: Value) => base.type === 'external' && /^django\.apps\.(?:config\.)?AppConfig$/.test(base.path)
  return (classes as ClassValue[]).filter((found) => mro(found).some(isConfig))
}

/** Whether the key that Django adds to a model is another field than its migrations have. `fields`: all that the model has. */
export function isKeyAltered(
  key: string | undefined,
  fields: Iterable<CallValue>,
  migrated: CallValue | undefined,
): boolean {
  const before = fieldClass(migrated)
  if (key === undefined || before === undefined || !automatic.has(before)) return false
  return before !== key && ![...fields].some(({ args }) => args.keywords.has('primary_key'))
}
