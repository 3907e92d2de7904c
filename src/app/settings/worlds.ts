import type { Text } from '../../contracts/text.ts'
import type { Step } from '../../evaluate/shell/model.ts'
import { known } from '../../evaluate/shell/word.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import type { DjangoCommand } from '../processes/model.ts'
import { collects } from './collectstatic.ts'
import type { SettingsModel } from './model.ts'
import { type Chosen, manageDefault, stateOf } from './module-choice.ts'
import { settingsOf } from './settings.ts'
import { isDevelopment } from './verdict.ts'

/** A process that imports settings on the way from the push to the socket, in the order in which they run. */
export interface World {
  readonly hop: 'build' | 'release' | 'boot'
  /** The settings as this process reads them. */
  readonly settings: SettingsModel
  /** What must be so for it to read these: no config var names other ones. Undefined: it does. */
  readonly when: Text | undefined
}

const worlds = new WeakMap<App, readonly World[]>()

/**
 * The build (collectstatic through manage.py: heroku-buildpack-python, bin/steps/collectstatic), each command of the release,
 * and the web process. A world whose settings are those of an earlier one is that one: it costs nothing, and what breaks
 * there has broken before.
 */
export function worldsOf(app: App): readonly World[] {
  return getOrInsert(worlds, app, () => {
    const found: World[] = []
    const add = (hop: World['hop'], settings: SettingsModel | undefined, when: Text | undefined) => {
      if (settings === undefined || found.some((one) => reads(one.settings, settings))) return
      found.push({ hop, settings, when })
    }
    const build = collects(app) ? managed(app, undefined) : undefined
    add('build', build?.settings, build?.when)
    for (const command of app.processes.release?.django ?? []) {
      if (command.step.fallback) continue
      const release = managed(app, command)
      add('release', release?.settings, release?.when)
    }
    add('boot', app.settings, undefined)
    return found
  })
}

/** Whether two processes read the same: one module, in environments that it cannot tell apart. */
function reads(a: SettingsModel, b: SettingsModel): boolean {
  return a === b || (a.evaluation !== undefined && a.evaluation === b.evaluation)
}

/** What a manage.py command reads; `command` undefined: collectstatic in the build. */
function managed(app: App, command: DjangoCommand | undefined): Omit<World, 'hop'> | undefined {
  const [manage] = app.project.manage
  if (manage === undefined) return undefined
  const named = command === undefined ? undefined : commandModule(command)
  const base = app.environment
  const environment = environmentOf(app, command?.step)
  const variable = base.get('DJANGO_SETTINGS_MODULE')
  const entry = manageDefault(app, manage)
  const told = named ?? (variable.state === 'known' ? known(variable.parts) : undefined)
  const module = told ?? entry?.module
  if (module === undefined) return undefined
  const overridable = told === undefined && entry?.how === 'setdefault' && variable.state === 'unknown'
  const unset = overridable && isDevelopment(module) && module !== app.settings.module
  const when = unset
    ? { en: 'DJANGO_SETTINGS_MODULE is unset', fr: 'DJANGO_SETTINGS_MODULE n’est pas définie' }
    : undefined
  // The web process's settings are read already; a release has DYNO as the web has, the build has not.
  const asks = command === undefined && asksWhere(app.settings)
  if (module === app.settings.module && app.settings.sure && !asks && sameVariables(app, command)) {
    return { settings: app.settings, when }
  }
  const searchPath = [...new Set([command?.step.cwd ?? manage.folder, manage.folder, ''])]
  const chosen: Chosen = {
    choice: { module, by: 'manage', at: entry?.at, overridable, ...stateOf(app, module, searchPath) },
    searchPath,
    environment,
  }
  if (chosen.choice.state !== 'resolved') return undefined
  return { settings: settingsOf(app, chosen), when }
}

/** The build has neither DYNO nor PORT; a command of the release has what its step was given. */
function environmentOf(app: App, step: Step | undefined): DynoEnvironment {
  if (step !== undefined) return app.environment.forProcess(step.changes)
  const at = { file: '', span: { start: 0, end: 0 } }
  return app.environment.forProcess([
    { name: 'DYNO', parts: undefined, at },
    { name: 'PORT', parts: undefined, at },
  ])
}

const asksWhere = ({ evaluation }: SettingsModel): boolean =>
  ['DYNO', 'PORT'].some((name) => evaluation?.reads.has(name))

/** Neither the command nor the web process changes a variable that the settings read. */
function sameVariables(app: App, command: DjangoCommand | undefined): boolean {
  const server = app.processes.web?.server ?? app.processes.web?.servers[0]
  const changes = [...(server?.step.changes ?? []), ...(command?.step.changes ?? [])]
  return changes.every(({ name }) => app.settings.evaluation?.reads.has(name) !== true)
}

/** The module that a command is told to use: `--settings=…`, or DJANGO_SETTINGS_MODULE in front of it. */
function commandModule({ args, step }: DjangoCommand): string | undefined {
  for (const [index, word] of args.entries()) {
    const text = known(word.parts)
    if (text === '--settings') return known(args[index + 1]?.parts)
    if (text?.startsWith('--settings=')) return text.slice('--settings='.length)
  }
  return known(step.changes.findLast(({ name }) => name === 'DJANGO_SETTINGS_MODULE')?.parts)
}
