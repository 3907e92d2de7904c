import type { App } from '../../../src/app/app.ts'
import type { Process } from '../../../src/app/processes/model.ts'
import { searchPath } from '../../../src/app/processes/servers/invocation.ts'
import { collects } from '../../../src/app/settings/collectstatic.ts'
import type { SettingsChoice } from '../../../src/app/settings/model.ts'
import { manageDefault, stateOf } from '../../../src/app/settings/module-choice.ts'
import { isDevelopment } from '../../../src/app/settings/verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Step, Word } from '../../../src/evaluate/shell/model.ts'
import { known } from '../../../src/evaluate/shell/word.ts'

/** A process that would start with the wrong settings module. */
export interface ModuleFault {
  readonly kind: 'missing' | 'empty' | 'development' | 'unreachable'
  readonly at: Place
  readonly module: string
  /** Who uses it, for messages. */
  readonly process: Text
  /** The process type, when it is not the web process or the build. */
  readonly type?: string
  readonly overridable: boolean
  /** Only manage.py meets it: before any server starts, when the build or the release runs it. */
  readonly hop: 'build' | 'release' | 'boot'
}

const WEB: Text = { en: 'the web process', fr: 'le processus web' }
const RELEASE: Text = { en: 'the release command', fr: 'la commande de release' }
const MANAGE: Text = {
  en: 'collectstatic in the build (and every other manage.py command)',
  fr: 'collectstatic pendant le build (comme toute commande manage.py)',
}

/** The web process's settings module, then the one manage.py would use, as far as something is wrong with them. */
export function moduleFaults(app: App): ModuleFault[] {
  const { choice } = app.settings
  const faults = app.processes.all.flatMap((process) => commandFaults(app, process))
  const deployed = choice?.by === 'config-var' ? app.snapshot?.config?.get('DJANGO_SETTINGS_MODULE')?.at : undefined
  const place = choice?.at ?? deployed ?? app.processes.web?.at
  // What another entry point names is nothing of this process's: asgi/settings-default says that it has none.
  const isOwn = choice?.by !== 'only-candidate' && choice?.assumed !== true
  if (choice !== undefined && place !== undefined && isOwn) {
    const kind = choice.beyond === undefined ? faultOf(app, choice.module, choice.state) : 'unreachable'
    if (kind !== undefined)
      faults.push({
        kind,
        at: place,
        module: choice.module,
        process: WEB,
        overridable: choice.overridable,
        hop: 'boot',
      })
  }
  const [manage] = app.project.manage
  const entry = manageDefault(app, manage)
  if (manage === undefined || entry === undefined || entry.module === choice?.module) return faults
  const { state } = stateOf(app, entry.module, [manage.folder, ''])
  const kind = faultOf(app, entry.module, state)
  const variable = app.environment.get('DJANGO_SETTINGS_MODULE').state
  if (kind === undefined || kind === 'development' || variable === 'known' || variable === 'set') return faults
  return [
    ...faults,
    {
      kind,
      at: entry.at,
      module: entry.module,
      process: MANAGE,
      overridable: variable === 'unknown' && entry.how === 'setdefault',
      hop: commandHop(app),
    },
  ]
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
  const change = step.changes.findLast(({ name }) => name === 'DJANGO_SETTINGS_MODULE')
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
