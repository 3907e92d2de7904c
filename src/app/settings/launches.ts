import type { ProcessStart } from '../../evaluate/environment.ts'
import type { App } from '../app.ts'
import { argvOf, collectstaticArgv, managedArgv } from '../processes/command-line.ts'
import type { DjangoCommand, Process } from '../processes/model.ts'
import type { SettingsModel } from './model.ts'
import { settingsOfCommand, type World } from './worlds.ts'

/** A process that starts Django on the way from the push to the socket, as its command line says. */
export interface DjangoStart {
  readonly hop: 'build' | 'release' | 'boot'
  /** The management command; undefined: the web process's server. */
  readonly command: (Pick<DjangoCommand, 'name'> & Partial<DjangoCommand>) | undefined
  readonly argv: NonNullable<ProcessStart['argv']>
}

/** What starts Django with the settings of a world, in the order in which it runs. */
export function launchesOf(app: App, { hop, process, settings }: World): DjangoStart[] {
  const { hooks, release, web, server } = { ...app.processes, server: app.processes.web?.server }
  const isSame = (other: SettingsModel | undefined) =>
    other !== undefined && (other === settings || other.evaluation === settings.evaluation)
  const commands = (of: Process | undefined, at: DjangoStart['hop']): DjangoStart[] =>
    (of?.django ?? []).flatMap((command) => {
      const { name, step } = command
      if (step.fallback || name === 'runserver' || !isSame(settingsOfCommand(app, command))) return []
      return [{ hop: at, command, argv: managedArgv(command) }]
    })
  const build: DjangoStart = {
    hop: 'build',
    command: { name: 'collectstatic' },
    argv: collectstaticArgv,
  }
  const serves: DjangoStart[] =
    server === undefined || !isSame(app.settings)
      ? []
      : [{ hop: 'boot', command: undefined, argv: argvOf(server.step) }]
  return [
    ...(hop === 'build' && process === undefined ? [build] : []),
    ...hooks.flatMap((hook) => commands(hook, 'build')),
    ...commands(release, 'release'),
    ...commands(web, 'boot'),
    ...serves,
  ]
}
