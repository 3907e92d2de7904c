import type { App } from '../app.ts'
import type { SettingsModel } from './model.ts'
import { sameSetting } from './same-setting.ts'
import { worldsOf } from './worlds.ts'

/** The hop at which the web process's settings are imported for the first time. */
export const firstImport = (app: App): 'build' | 'release' | 'boot' => firstOf(app, () => false)

/** The hop at which the apps of its INSTALLED_APPS are imported for the first time, perhaps by settings that differ in other names. */
export function firstAppsImport(app: App): 'build' | 'release' | 'boot' {
  const own = app.settings.get('INSTALLED_APPS')
  return firstOf(
    app,
    ({ evaluation, get }) => evaluation?.certainCrash === undefined && sameSetting(get('INSTALLED_APPS'), own),
  )
}

function firstOf(app: App, isAlike: (settings: SettingsModel) => boolean) {
  const first = worldsOf(app).find(({ settings }) => settings === app.settings || isAlike(settings))
  return first?.hop ?? 'boot'
}
