import { placeKey } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Evaluation } from '../../evaluate/python/evaluation.ts'
import { known, shown } from '../../evaluate/shell/word.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import { buildOf, dynoOf } from '../environment/environment.ts'
import type { DynoEnvironment } from '../environment/model.ts'
import { argvOf, collectstaticArgv, managedArgv } from '../processes/command-line.ts'
import type { DjangoCommand, Process } from '../processes/model.ts'
import { baseName } from '../processes/programs/unwrap.ts'
import { isBare } from '../processes/servers/detect.ts'
import { fromFolder, searchPath } from '../processes/servers/invocation.ts'
import { optionOf, type TaskCommand, taskCommand, taskModule } from '../processes/task-target.ts'
import type { ManageFile } from '../project/model.ts'
import { collects } from './collectstatic.ts'
import type { SettingsChoice, SettingsModel } from './model.ts'
import {
  type ChoiceContext,
  type Chosen,
  chooseSettings,
  chooseTaskSettings,
  manageDefault,
  stateOf,
} from './module-choice.ts'
import { namesHome, runModule } from './run-module.ts'
import { sameSetting } from './same-setting.ts'
import { choiceContext, settingsOf } from './settings.ts'
import { isDevelopment } from './verdict.ts'

/** A process that imports settings: its own environment, search path and module. */
export interface World {
  /** Where the way from the push to the socket breaks with it; `boot` for a process beside the way. */
  readonly hop: 'build' | 'release' | 'boot'
  /** The process type; undefined: the build. */
  readonly process: string | undefined
  /** No WebSocket passes it: neither the build nor `release` nor `web`. */
  readonly beside: boolean
  /** The settings as this process reads them; undefined: it reads none. */
  readonly settings: SettingsModel
  /** How its own settings module comes about: two processes that read the same may name it in two places. */
  readonly choice: SettingsChoice | undefined
  /** What must be so for it to read these: no config var names other ones. Undefined: it does. */
  readonly when: Text | undefined
  /** The module that it loads before its settings, as it ran: Celery's application. */
  readonly entry?: Evaluation | undefined
}

const worlds = new WeakMap<App, readonly World[]>()

/**
 * Every process that reads settings, in the order in which they run: the build (collectstatic through manage.py:
 * heroku-buildpack-python, bin/steps/collectstatic), each command of the release, what the web process runs before its
 * server, the server, then the commands of the other processes. Two that cannot be told apart share one model.
 */
export function allWorlds(app: App): readonly World[] {
  return getOrInsert(worlds, app, () => {
    const found: World[] = []
    const add = (world: World | undefined) => {
      if (world !== undefined) found.push(world)
    }
    if (collects(app)) add(managed(app, found, { hop: 'build', process: undefined, beside: false }, undefined))
    const commands = (process: Process | undefined, by: Pick<World, 'hop' | 'beside'>) => {
      for (const command of process?.django ?? [])
        if (!command.step.fallback && !isServer(command))
          add(managed(app, found, { ...by, process: process?.type }, command))
    }
    for (const hook of app.processes.hooks)
      for (const command of hook.django)
        if (command.step.decides) add(managed(app, found, { hop: 'build', process: hook.type, beside: false }, command))
    commands(app.processes.release, { hop: 'release', beside: false })
    commands(app.processes.web, { hop: 'boot', beside: false })
    add({
      hop: 'boot',
      process: 'web',
      beside: false,
      settings: app.settings,
      choice: app.settings.choice,
      when: undefined,
    })
    for (const process of app.processes.all) {
      if (process.type === 'web' || process.type === 'release') continue
      const by = { hop: 'boot', beside: true } as const
      commands(process, by)
      if (process.servers.length > 0) add(served(app, found, process))
      for (const step of process.steps) {
        const task = step.fallback ? undefined : taskCommand(step)
        if (task !== undefined) add(tasked(app, found, process, task))
      }
    }
    return found
  })
}

/**
 * The worlds on the way from the push to the socket. One whose settings are those of an earlier one is that one: what
 * breaks there has broken before.
 */
export const worldsOf = (app: App): readonly World[] => distinct(allWorlds(app).filter(({ beside }) => !beside))

/** Those of the processes that no WebSocket passes, as far as they read something that nobody on the way reads. */
export function worldsBeside(app: App): readonly World[] {
  const onTheWay = worldsOf(app)
  return distinct(allWorlds(app).filter(({ beside }) => beside)).filter(
    ({ settings, entry }) => entry !== undefined || !onTheWay.some((one) => reads(one.settings, settings)),
  )
}

function distinct(all: readonly World[]): World[] {
  const found: World[] = []
  for (const world of all)
    if (!found.some((one) => reads(one.settings, world.settings) && one.entry === world.entry)) found.push(world)
  return found
}

/** Whether two processes read the same: one module, in environments that it cannot tell apart. */
function reads(a: SettingsModel, b: SettingsModel): boolean {
  return a === b || (a.evaluation !== undefined && a.evaluation === b.evaluation)
}

/** The settings that a manage.py command reads; undefined: none are found. */
export function settingsOfCommand(app: App, command: DjangoCommand): SettingsModel | undefined {
  return managed(app, allWorlds(app), { hop: 'boot', process: undefined, beside: true }, command)?.settings
}

/** What a management command reads in a dyno of its own, which Heroku Scheduler gives it; undefined: no settings are found. */
export function oneOffWorld(app: App, name: string): World | undefined {
  const environment = dynoOf(app, 'scheduler').forProcess([], { folder: '', argv: ['manage.py', name] })
  const who = { hop: 'boot', process: 'scheduler', beside: true } as const
  return managed(app, allWorlds(app), who, undefined, environment)
}

const isServer = ({ name }: DjangoCommand): boolean => name === 'runserver' || name === 'runserver_plus'

type Who = Pick<World, 'hop' | 'process' | 'beside'>

/** What a manage.py command reads; `command` undefined: collectstatic in the build, where `environment` says no other. */
function managed(
  app: App,
  before: readonly World[],
  who: Who,
  command: DjangoCommand | undefined,
  environment = environmentOf(app, who.process, command),
): World | undefined {
  const manage = manageOf(app, command)
  if (manage === undefined) return undefined
  const named = command === undefined ? undefined : commandModule(command)
  const base = app.environment
  const variable = base.get('DJANGO_SETTINGS_MODULE')
  // django-admin and `python -m django` run no manage.py.
  const entry = command !== undefined && isBare(command) ? undefined : manageDefault(app, manage)
  const told = named ?? (variable.state === 'known' ? known(variable.parts) : undefined)
  const module = told ?? entry?.module
  if (module === undefined) return undefined
  const overridable = told === undefined && entry?.how === 'setdefault' && variable.state === 'unknown'
  const unset = overridable && isDevelopment(module) && module !== app.settings.module
  const when = unset
    ? { en: 'DJANGO_SETTINGS_MODULE is unset', fr: 'DJANGO_SETTINGS_MODULE n’est pas définie' }
    : undefined
  const own = command === undefined ? [] : searchPath(command.step, [manage.folder]).folders
  const folders = [...new Set([command?.step.cwd ?? manage.folder, manage.folder, ...own, ''])]
  const found = stateOf(app, module, folders)
  // manage.py may add the folder to sys.path from which the web process finds them.
  const reached = found.state !== 'resolved' && module === app.settings.module && app.settings.sure
  const path = reached ? app.settings.searchPath : folders
  const chosen: Chosen = {
    choice: { module, by: 'manage', at: entry?.at, overridable, ...(reached ? stateOf(app, module, path) : found) },
    searchPath: path,
    environment,
  }
  if (chosen.choice.state !== 'resolved') return undefined
  return { ...who, settings: read(app, before, chosen), choice: chosen.choice, when }
}

/** The manage.py that a command names; the buildpack takes the first one. */
function manageOf(app: App, command: DjangoCommand | undefined): ManageFile | undefined {
  const [first] = app.project.manage
  if (command === undefined || isBare(command)) return first
  const { step } = command
  const script = step.argv.find((word) => baseName(word)?.startsWith('manage') === true)
  const written = known(script?.parts)
  const path = written === undefined ? undefined : fromFolder(step, /\.py$/.test(written) ? written : 'manage.py')
  return app.project.manage.find((one) => one.path === path) ?? first
}

/** What choosing settings needs, in a dyno of another process type than `web`. */
function inDyno(app: App, process: string): ChoiceContext {
  return { ...choiceContext(app), environment: dynoOf(app, process) }
}

/** What the server of a process beside the way reads. */
function served(app: App, before: readonly World[], process: Process): World | undefined {
  const chosen = chooseSettings(inDyno(app, process.type), process)
  if (chosen === undefined) return undefined
  const who = { hop: 'boot', process: process.type, beside: true } as const
  return { ...who, settings: read(app, before, chosen), choice: chosen.choice, when: undefined }
}

/** What a program that runs tasks loads and reads. */
function tasked(app: App, before: readonly World[], process: Process, task: TaskCommand): World | undefined {
  const loaded = taskModule(app.project, task)
  if (loaded === undefined) return undefined
  const context = inDyno(app, process.type)
  const chosen = chooseTaskSettings(context, task, loaded)
  const environment =
    chosen?.environment ?? context.environment.forProcess(task.step.changes, { argv: argvOf(task.step) })
  const entry = runModule(app, loaded.module, task.target?.folders ?? [], environment)
  const settings = chosen === undefined ? settingsOf(app, undefined) : read(app, before, chosen)
  return { hop: 'boot', process: process.type, beside: true, settings, choice: chosen?.choice, when: undefined, entry }
}

/** The settings that were chosen; those of an earlier world where this one cannot tell the difference, or made nothing of it. */
function read(app: App, before: readonly World[], chosen: Chosen): SettingsModel {
  const candidates = [app.settings, ...before.map(({ settings }) => settings)]
  const same = candidates.find((one) => isSame(app, one, chosen, []))
  if (same !== undefined) return same
  const made = settingsOf(app, chosen)
  return candidates.find((one) => isSame(app, one, chosen, ['DYNO', 'argv', 'home']) && cameOutAlike(one, made)) ?? made
}

/** One file, found from folders that give its imports the same files, in environments that differ in nothing else it asks for. */
function isSame(
  app: App,
  settings: SettingsModel,
  { choice, searchPath, environment }: Chosen,
  apart: readonly string[],
): boolean {
  const { evaluation } = settings
  if (evaluation === undefined || !settings.sure || settings.module !== choice.module) return false
  if (settings.choice?.file !== choice.file) return false
  const folders = [settings, { environment, searchPath }].map((one) => one.environment.folder ?? one.searchPath[0])
  if (evaluation.asksFolder && folders[0] !== folders[1]) return false
  const { argv, home } = settings.environment
  const isStartedAlike = apart.includes('argv') || String(argv) === String(environment.argv)
  if (evaluation.asksArgv && !isStartedAlike) return false
  if (home !== environment.home && !apart.includes('home') && namesHome(app, evaluation)) return false
  const asked = [...evaluation.reads.keys()].filter((name) => name !== 'DJANGO_SETTINGS_MODULE')
  const told = (name: string) => {
    const [one, other] = [worth(settings.environment, name), worth(environment, name)]
    return one === other || (apart.includes(name) && one.startsWith('=') && other.startsWith('='))
  }
  if (!asked.every(told)) return false
  const tops = evaluation.paths.flatMap(({ events }) =>
    events.flatMap((event) => (event.type === 'import' ? (event.module.split('.')[0] ?? []) : [])),
  )
  const file = (top: string, path: readonly string[]) => app.project.resolve(top, path)?.file
  return [...new Set(tops)].every((top) => file(top, settings.searchPath) === file(top, searchPath))
}

/** Whether two runs of one module did the same and came to the same values. */
function cameOutAlike({ evaluation: a }: SettingsModel, { evaluation: b }: SettingsModel): boolean {
  if (a === undefined || b === undefined || a.bounded || b.bounded) return false
  const did = ({ certainCrash, paths, names }: Evaluation) =>
    JSON.stringify([
      certainCrash && placeKey(certainCrash.at),
      names(),
      paths.map(({ events }) => events.map(({ type, at }) => `${type} ${placeKey(at)}`)),
    ])
  return did(a) === did(b) && a.names().every((name) => sameSetting(a.get(name), b.get(name)))
}

function worth(environment: DynoEnvironment, name: string): string {
  const variable = environment.get(name)
  return variable.state === 'known' ? `=${shown(variable.parts)}` : variable.state
}

/**
 * The build has neither DYNO nor PORT, and the buildpack stands at the root; a command has its dyno's name and what its step
 * was given.
 */
function environmentOf(app: App, process: string | undefined, command: DjangoCommand | undefined): DynoEnvironment {
  if (command === undefined) return buildOf(app, collectstaticArgv)
  const { step } = command
  return dynoOf(app, process).forProcess(step.changes, { folder: step.cwd, argv: managedArgv(command) })
}

/** The module that a command is told to use: `--settings=…`, or DJANGO_SETTINGS_MODULE in front of it. */
function commandModule({ args, step }: DjangoCommand): string | undefined {
  return (
    optionOf(args, ['--settings'])?.text ??
    known(step.changes.findLast(({ name }) => name === 'DJANGO_SETTINGS_MODULE')?.parts)
  )
}
