import type { Place } from '../../contracts/place.ts'
import { readText } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import { buildpacksOf } from '../manifest/buildpacks.ts'
import { mentions } from '../pages/mentions.ts'
import { allHooks } from './collectstatic.ts'

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
  if (!isSwitchedOff(app) || buildMayCollect(app) || webMayCollect(app)) return undefined
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

/** A hook, a script of package.json or a buildpack nobody knows. */
function buildMayCollect(app: App): boolean {
  const says = (path: string) => readText(app.tree, path)?.text.includes('collectstatic') === true
  const hooks = allHooks.map((hook) => `bin/${hook}`)
  const isUnread = app.processes.hooks.some(({ runs }) => runs.some(({ unknowns }) => unknowns.length > 0))
  const isStrange = buildpacksOf(app).some(({ facts, written }) => facts === undefined && !/python/i.test(written.text))
  return isUnread || isStrange || [...hooks, 'package.json'].some(says)
}

/** Its command does, or some of it cannot be read, or code of the project runs the command by its name. */
function webMayCollect(app: App): boolean {
  const { web } = app.processes
  if (web === undefined || mentions(app, ['collectstatic'])) return true
  return web.django.some(({ name }) => name === 'collectstatic') || web.runs.some(({ unknowns }) => unknowns.length > 0)
}
