import type { App } from '../../../src/app/app.ts'
import {
  celeryCommand,
  celeryCommands,
  celeryPlugin,
  misplacedOption,
} from '../../../src/app/processes/celery-commands.ts'
import type { DjangoCommand, Process } from '../../../src/app/processes/model.ts'
import { type TaskCommand, taskCommand, taskModule } from '../../../src/app/processes/task-target.ts'
import { boundNames } from '../../../src/app/project/nodes.ts'
import { commandState } from '../../../src/app/settings/management-commands.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { settingsOfCommand } from '../../../src/app/settings/worlds.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { nearest } from '../../../src/nearest.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import type { AbsentCommand } from './absent-commands.ts'

/** Commands of manage.py that neither Django nor an installed app has. */
export function absentDjangoCommands(app: App, process: Process): AbsentCommand[] {
  const last = process.runs[0]?.steps.findLast(({ fallback, captured }) => !fallback && !captured)
  return process.django.flatMap((command): AbsentCommand[] => {
    if (command.step.fallback || (process.type !== 'web' && !command.step.decides)) return []
    const state = commandState(app, settingsOfCommand(app, command), command)
    if (state.state === 'unknown') untold(app, process, command, state.why)
    if (state.state !== 'absent') return []
    const { instead } = state
    const when: Text[] = []
    if (!state.sure && instead === undefined && state.app === undefined)
      when.push({
        en: 'no release of an installed app has it',
        fr: 'aucune version d’une application installée ne l’a',
      })
    if (process.type === 'web' && command.step !== last)
      when.push({ en: 'the server is started only if it succeeds', fr: 'le serveur n’est lancé que si elle réussit' })
    return [
      {
        kind: state.app !== undefined ? 'command-app' : instead !== undefined ? 'command-typo' : 'command',
        process,
        name: command.name,
        instead: state.app ?? instead,
        at: command.at,
        when,
      },
    ]
  })
}

function untold(app: App, { type }: Process, { name, at }: DjangoCommand, why: Text): void {
  if (type !== 'release') return
  app.inquiry.cannotTell({
    what: { en: `whether manage.py has the command \`${name}\``, fr: `si manage.py a la commande \`${name}\`` },
    why,
    at,
    hop: 'release',
  })
}

/** What is wrong with the command line of a program that runs tasks: its subcommand, its target. */
export function absentTasks(app: App, process: Process): AbsentCommand[] {
  return process.steps.flatMap((step): AbsentCommand[] => {
    const command = step.fallback ? undefined : taskCommand(step)
    if (command === undefined) return []
    const found = subcommandFault(app, process, command) ?? targetFault(app, process, command)
    return found === undefined ? [] : [found]
  })
}

function subcommandFault(app: App, process: Process, command: TaskCommand): AbsentCommand | undefined {
  const spoken = celeryCommand(command)
  if (spoken === undefined) return undefined
  const misplaced = atLeast(app.dependencies, 'celery', '5.0') === true ? misplacedOption(command) : undefined
  if (misplaced !== undefined)
    return { kind: 'celery-option', process, name: misplaced.text, instead: spoken.text, at: misplaced.at }
  if (celeryCommands.includes(spoken.text) || celeryPlugin(spoken.text) !== undefined) return undefined
  const instead = nearest(spoken.text, celeryCommands)
  return instead === undefined ? undefined : { kind: 'celery-typo', process, name: spoken.text, instead, at: spoken.at }
}

/** `celery -A MODULE`, `dramatiq MODULE`: what cannot be imported from where the command runs. */
function targetFault(app: App, process: Process, command: TaskCommand): AbsentCommand | undefined {
  const { target, step, program } = command
  if (target === undefined || step.cwd === undefined || target.open || !app.dependencies.complete) return undefined
  // Without its package there is no such program: deps/missing-package tells that, and no module would mend it.
  if (app.dependencies.installed(program === 'huey_consumer' ? 'huey' : program).state !== 'installed') return undefined
  const { module, folders, at } = target
  const [top = ''] = module.split('.')
  const fault = { process, name: module, at }
  const loaded = taskModule(app.project, command)
  if (loaded === undefined) {
    if (app.dependencies.moduleState(top) === 'installed') return undefined
    const found = app.project.resolve(module, folders)
    if (found !== undefined) return undefined
    const folder = standsIn(app, module)
    return { ...fault, kind: folder === undefined ? 'module' : 'module-elsewhere', instead: folder }
  }
  const names = boundIn(app, loaded.found.file)
  // The parent was found: what is behind the last dot is an attribute of it, or nothing.
  const isParent = loaded.module !== module && loaded.module !== `${module}.celery`
  const attribute = module.slice(module.lastIndexOf('.') + 1)
  if (isParent && names !== undefined && !names.has(attribute)) return { ...fault, kind: 'module', instead: undefined }
  const isEmptyPackage = loaded.module === module && loaded.found.kind === 'package' && names?.size === 0
  return program === 'celery' && isEmptyPackage && !target.text.includes(':')
    ? { ...fault, kind: 'celery-application', instead: undefined }
    : undefined
}

/** Names that a module binds; undefined when it may bind more than it says. */
function boundIn(app: App, file: string): ReadonlySet<string> | undefined {
  const module = parseFile(app.tree, file)?.module
  return module === undefined ? undefined : boundNames(module)
}

/** The one folder of the project from which the module would be found. */
function standsIn(app: App, module: string): string | undefined {
  const path = module.replaceAll('.', '/')
  const folders = app.project.python.flatMap((file) => {
    const tail = [`${path}.py`, `${path}/__init__.py`].find((one) => file.endsWith(`/${one}`))
    return tail === undefined ? [] : [file.slice(0, -tail.length - 1)]
  })
  const [only, ...others] = new Set(folders)
  return others.length === 0 ? only : undefined
}
