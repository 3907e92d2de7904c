import type { App } from '../app.ts'
import { worldsOf } from './worlds.ts'

/** The hop at which the web process's settings and INSTALLED_APPS are imported for the first time. */
export function firstImport(app: App): 'build' | 'release' | 'boot' {
  const first = worldsOf(app).find(({ settings }) => settings === app.settings)
  return first?.hop ?? 'boot'
}
