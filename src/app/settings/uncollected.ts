import type { Place } from '../../contracts/place.ts'
import type { Step } from '../../evaluate/shell/model.ts'
import { known } from '../../evaluate/shell/word.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import { mentions } from '../pages/mentions.ts'
import { allHooks, makesFiles } from './collectstatic.ts'

/** That collectstatic surely never writes to the disk of a web dyno. */
export interface Uncollected {
  /** Where a process with a dyno of its own runs it: the release, what is run once. What it writes goes with that dyno. */
  readonly elsewhere: Place | undefined
}

const answers = new WeakMap<App, { readonly uncollected: Uncollected | undefined }>()

/**
 * DISABLE_COLLECTSTATIC keeps the build from it, and neither a hook or another buildpack of the build nor the web process runs
 * it; undefined where one does or may. A folder that git brings is another question.
 */
export function uncollected(app: App): Uncollected | undefined {
  return getOrInsert(answers, app, () => ({ uncollected: read(app) })).uncollected
}

function read(app: App): Uncollected | undefined {
  const { processes } = app
  if (!isSwitchedOff(app) || makesFiles(app, allHooks) || webMayRun(app, 'collectstatic')) return undefined
  const others = [processes.release, ...processes.scripts]
  const found = others.flatMap((one) => one?.django.filter(({ name }) => name === 'collectstatic') ?? [])
  return { elsewhere: found[0]?.at }
}

function isSwitchedOff({ manifest, project, environment }: App): boolean {
  const [manage] = project.manage
  if (manage === undefined || !['heroku-classic', 'heroku-fir'].includes(manifest.platform)) return false
  const disabled = environment.get('DISABLE_COLLECTSTATIC')
  return disabled.state === 'set' || (disabled.state === 'known' && !['', '0'].includes(disabled.parts.join('')))
}

/**
 * Whether the web process runs a command of Django's, as far as anybody can tell: its command does, or runs a program that may run anything (a task runner, a script of Node), or is preceded by a script of `.profile.d`;
 * or some of it cannot be read, or code of the project runs the command by its name.
 */
export function webMayRun(app: App, command: string): boolean {
  const { web } = app.processes
  if (web === undefined || app.tree.kind('.profile.d') === 'directory' || mentions(app, [command])) return true
  if (web.runs.some(({ unknowns }) => unknowns.length > 0)) return true
  const isKnown = (step: Step): boolean => {
    const isOf = (one: { readonly step: Step }): boolean => one.step === step
    return web.servers.some(isOf) || web.django.some(isOf) || harmless.has(known(step.argv[0]?.parts ?? []) ?? '')
  }
  return web.django.some(({ name }) => name === command) || !web.steps.every(isKnown)
}

/** Programs that write no static files and start nothing that does. */
const harmless = new Set('echo printf true sleep mkdir touch ls cat date env which psql pg_isready'.split(' '))
