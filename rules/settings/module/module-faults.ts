import type { App } from '../../../src/app/app.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { searchPath } from '../../../src/app/processes/servers/invocation.ts'
import { collects } from '../../../src/app/settings/collectstatic.ts'
import type { SettingsChoice } from '../../../src/app/settings/model.ts'
import { manageDefault, stateOf } from '../../../src/app/settings/module-choice.ts'
import { isDevelopment } from '../../../src/app/settings/verdict.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Step, Word } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A process that would start with the wrong settings module. */
export interface ModuleFault {
  readonly kind: 'missing' | 'empty' | 'development' | 'unreachable'
  readonly at: Place
  /** Where the web process is told the same. */
  readonly also?: Place | undefined
  readonly module: string
  /** Who uses it, for messages. */
  readonly process: Text
  /** The process type, when it is not the web process or the build. */
  readonly type?: string
  readonly overridable: boolean
  /** Where it is met first: manage.py does before any server starts, when the build or the release runs it. */
  readonly hop: 'build' | 'release' | 'boot'
}

const VARIABLE = 'DJANGO_SETTINGS_MODULE'

const WEB: Text = { en: 'the web process', fr: 'le processus web' }
const RELEASE: Text = { en: 'the release command', fr: 'la commande de release' }
const MANAGE: Text = {
  en: 'collectstatic in the build (and every other manage.py command)',
  fr: 'collectstatic pendant le build (comme toute commande manage.py)',
}

/**
 * What the commands of the processes are told, the web process's settings module, and the one of manage.py, as far as something is wrong
 * with them. A module that manage.py and the web process share ends the first of them that runs: collectstatic imports the settings
 * (`fetch_command` raises anew what their import raised), so that no server ever starts.
 */
export function moduleFaults(app: App): ModuleFault[] {
  const faults = app.processes.all.flatMap((process) => commandFaults(app, process))
  const web = webFault(app)
  const manage = manageFault(app)
  const shared = manage !== undefined && web?.module === manage.module && web.overridable === manage.overridable
  if (shared && manage.hop === 'boot') return [...faults, web]
  if (shared) return [...faults, { ...manage, also: placeKey(web.at) === placeKey(manage.at) ? undefined : web.at }]
  return [...faults, web, manage].filter((one) => one !== undefined)
}

function webFault(app: App): ModuleFault | undefined {
  const { choice } = app.settings
  const at = choicePlace(app)
  // What another entry point names is nothing of this process's: asgi/settings-default says that it has none.
  if (choice === undefined || at === undefined || choice.by === 'only-candidate' || choice.assumed === true)
    return undefined
  const kind = choice.beyond === undefined ? faultOf(app, choice.module, choice.state) : 'unreachable'
  const { module, overridable } = choice
  return kind && { kind, at, module, process: WEB, overridable, hop: 'boot' }
}

/** Where the web process's settings module is named. */
function choicePlace(app: App): Place | undefined {
  const { choice } = app.settings
  const deployed = choice?.by === 'config-var' ? app.snapshot?.config?.get(VARIABLE)?.at : undefined
  return choice?.at ?? deployed ?? app.processes.web?.at
}

/** What is wrong with the module that manage.py uses: its own, or the config var's. */
function manageFault(app: App): ModuleFault | undefined {
  const { choice } = app.settings
  const [manage] = app.project.manage
  const entry = manageDefault(app, manage)
  const variable = app.environment.get(VARIABLE)
  if (manage === undefined || variable.state === 'set') return undefined
  const isTold = variable.state === 'known'
  if (isTold && (entry?.how === 'assign' || choice?.by !== 'config-var')) return undefined
  const at = isTold ? choicePlace(app) : entry?.at
  const module = isTold ? known(variable.parts) : entry?.module
  if (module === undefined || at === undefined) return undefined
  const { state } = stateOf(app, module, [manage.folder, ''])
  const kind = faultOf(app, module, state)
  if (kind === undefined || kind === 'development') return undefined
  // manage.py may add the folder to sys.path in which the web process finds it.
  if (module === choice?.module && state !== choice.state) return undefined
  const hop = commandHop(app)
  return {
    kind,
    at,
    module,
    process: hop === 'release' ? RELEASE : MANAGE,
    overridable: variable.state === 'unknown' && entry?.how === 'setdefault',
    hop,
  }
}

/** What the commands of a process are told to use: `DJANGO_SETTINGS_MODULE=… python manage.py …` or `--settings=…`. */
function commandFaults(app: App, { type, django }: Process): ModuleFault[] {
  const [fault] = django.flatMap(({ args, step }): ModuleFault[] => {
    const told = toldSettings(args) ?? (step.fallback ? undefined : assignedSettings(step))
    if (told === undefined || step.fallback || told.module === app.settings.choice?.module) return []
    const path = searchPath(step, [step.cwd])
    if (path.open) return []
    const own = [...path.folders, ...app.project.manage.map(({ folder }) => folder)]
    const folders = [...own, '', ...app.settings.searchPath]
    const kind = faultOf(app, told.module, stateOf(app, told.module, [...new Set(folders)]).state)
    if (kind === undefined || kind === 'development') return []
    const isRelease = type === 'release'
    return [
      {
        kind,
        at: told.at,
        module: told.module,
        process: isRelease ? RELEASE : { en: `\`${type}\``, fr: `\`${type}\`` },
        type,
        overridable: false,
        hop: isRelease ? 'release' : 'boot',
      },
    ]
  })
  return fault === undefined ? [] : [fault]
}

interface Told {
  readonly module: string
  readonly at: Place
}

function toldSettings(args: readonly Word[]): Told | undefined {
  for (const [index, word] of args.entries()) {
    const text = known(word.parts)
    const next = text === '--settings' ? args[index + 1] : undefined
    const module = next === undefined ? text?.match(/^--settings=(.+)$/)?.[1] : known(next.parts)
    if (module !== undefined && module !== '--settings') return { module, at: (next ?? word).at }
  }
  return undefined
}

function assignedSettings(step: Step): Told | undefined {
  const change = step.changes.findLast(({ name }) => name === VARIABLE)
  const module = known(change?.parts)
  return change === undefined || module === undefined || module === '' ? undefined : { module, at: change.at }
}

/** The hop that runs manage.py first; nobody does on the way to the socket: boot. */
function commandHop(app: App): ModuleFault['hop'] {
  if (collects(app)) return 'build'
  const [command] = app.processes.release?.django ?? []
  return command === undefined ? 'boot' : 'release'
}

function faultOf(app: App, module: string, state: SettingsChoice['state']): ModuleFault['kind'] | undefined {
  if (state === 'missing') return installedElsewhere(app, module) ? undefined : 'missing'
  if (state === 'empty') return 'empty'
  return state === 'resolved' && isDevelopment(module) ? 'development' : undefined
}

/** The module may come with an installed package: a requirement of that name, or something we cannot see. */
function installedElsewhere(app: App, module: string): boolean {
  const [top = ''] = module.split('.')
  if (app.project.resolve(top, app.settings.searchPath) !== undefined) return false
  const { dependencies } = app
  const named = dependencies.requirements.some(({ name }) => name === top.toLowerCase().replaceAll('_', '-'))
  return named || !dependencies.complete || dependencies.moduleState(top) === 'installed'
}
