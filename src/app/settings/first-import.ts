import type { App } from '../app.ts'
import type { Process } from '../processes/model.ts'
import { collects } from './collectstatic.ts'
import { worldsOf } from './worlds.ts'

/** The hop at which the web process's settings and INSTALLED_APPS are imported for the first time. */
export function firstImport(app: App): 'build' | 'release' | 'boot' {
  const first = worldsOf(app).find(({ settings }) => settings === app.settings)
  return first?.hop ?? 'boot'
}

/** Commands that run no system checks of their own (`requires_system_checks = []` in Django 5.2). */
const unchecked = new Set(['shell', 'dbshell', 'startapp', 'startproject', 'compilemessages', 'makemessages'])

/**
 * The hop at which a management command first runs the system checks: collectstatic in the build, a command of the release,
 * one that the web process runs. Undefined: nobody on the way does, only who runs one by hand.
 */
export function firstChecks(app: App): 'build' | 'release' | 'boot' | undefined {
  if (collects(app)) return 'build'
  const checks = (process: Process | undefined) =>
    process?.django.some(({ name, step }) => !step.fallback && !unchecked.has(name)) === true
  if (checks(app.processes.release)) return 'release'
  return checks(app.processes.web) ? 'boot' : undefined
}
