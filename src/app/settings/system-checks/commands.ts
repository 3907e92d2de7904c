import type { Text } from '../../../contracts/text.ts'
import { marked } from '../../../evaluate/shell/word.ts'
import type { App } from '../../app.ts'
import type { Process } from '../../processes/model.ts'
import { collects } from '../collectstatic.ts'
import type { SettingsModel } from '../model.ts'
import { type World, worldsOf } from '../worlds.ts'

/**
 * Commands that run every system check and stop at an error: `requires_system_checks` is `__all__`, or they call `check()`
 * themselves, as migrate, runserver, test and testserver do (Django 3.2 to 6.0). collectstatic, which the build runs, asks
 * for the checks of static files alone.
 */
const checking: ReadonlySet<string> = new Set([
  ...['check', 'migrate', 'makemigrations', 'loaddata', 'dumpdata', 'flush', 'clearsessions', 'createsuperuser'],
  ...['runserver', 'showmigrations', 'sqlmigrate', 'remove_stale_contenttypes'],
])

/** Whether a process runs Django's system checks on its way, so that an error among them ends it. */
export function runsChecks(process: Process | undefined): boolean {
  return (process?.django ?? []).some(
    ({ name, args, step }) =>
      !step.fallback && checking.has(name) && args.every((word) => marked(word) !== '--skip-checks'),
  )
}

/** Where checks run first. `hop` undefined: on no process of the way, only when somebody runs a command by hand. */
export interface Checking {
  readonly hop: World['hop'] | undefined
  readonly settings: SettingsModel
  readonly when: Text | undefined
}

/** The first process that runs all checks, or those of static files, with the settings that it reads. */
export function firstChecking(app: App, ofStaticFiles: boolean): Checking {
  const worlds = worldsOf(app)
  const build = worlds.find(({ hop }) => hop === 'build')
  if (ofStaticFiles && collects(app) && build !== undefined) return build
  if (runsChecks(app.processes.release)) {
    // One that reads what the build read is no world of its own.
    const release = worlds.find(({ hop }) => hop === 'release') ?? build
    if (release !== undefined) return { ...release, hop: 'release' }
  }
  const hop = runsChecks(app.processes.web) ? 'boot' : undefined
  return { hop, settings: app.settings, when: undefined }
}
