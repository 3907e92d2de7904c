import type { App } from '../app.ts'
import { runsCollectstatic } from './statics.ts'

/**
 * The hop at which the web process's settings and INSTALLED_APPS are imported for the first time: collectstatic in the build
 * does it (heroku-buildpack-python v351, bin/steps/collectstatic), or a manage.py command of the release, before any server
 * starts. Settings that ask for DYNO or PORT are not judged by the build: it has neither.
 */
export function firstImport(app: App): 'build' | 'release' | 'boot' {
  const { settings, dependencies, processes } = app
  const asksForDyno = ['DYNO', 'PORT'].some((name) => settings.evaluation?.reads.has(name))
  if (!asksForDyno && runsCollectstatic(app) && dependencies.installed('django').state !== 'absent') return 'build'
  const [command] = processes.release?.django ?? []
  return command === undefined ? 'boot' : 'release'
}
