import type { App } from '../../../src/app/app.ts'
import type { SettingsModel } from '../../../src/app/settings/model.ts'
import { stateOf } from '../../../src/app/settings/module-choice.ts'
import { settingsOf } from '../../../src/app/settings/settings.ts'
import { isDevelopment } from '../../../src/app/settings/verdict.ts'

const laidAside = /(^|[._])(old|backup|bak|copy|orig|example|sample|template)([._]|$)/

/**
 * What the web process would read if the config var DJANGO_SETTINGS_MODULE named another module, one by one: nothing where no
 * config var decides. Modules that the chosen one is made of are no choice of their own, and none for development, or that is
 * called old or an example, is the dyno's.
 */
export function otherSettings(app: App): SettingsModel[] {
  const { choice, evaluation, searchPath, environment, others } = app.settings
  if (choice?.overridable !== true) return []
  const parts = new Set(evaluation?.files)
  return others.flatMap(({ module, path }) => {
    if (parts.has(path) || isDevelopment(module) || laidAside.test(module)) return []
    const named = { module, by: 'config-var', at: undefined, overridable: false } as const
    return [settingsOf(app, { choice: { ...named, ...stateOf(app, module, searchPath) }, searchPath, environment })]
  })
}
