import { type Place, placeKey } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Evaluation, Event, StartMoment } from '../../evaluate/python/evaluation.ts'
import { startDjango } from '../../evaluate/python/libraries/django-start.ts'
import { known } from '../../evaluate/shell/word.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import type { Process } from '../processes/model.ts'
import { type DjangoStart, launchesOf } from './launches.ts'
import type { SettingsModel } from './model.ts'
import { runModule } from './run-module.ts'
import { sameSetting } from './same-setting.ts'
import { told, verdict } from './verdict.ts'
import { atLeast } from './versions.ts'
import { type World, worldsOf } from './worlds.ts'

/** What starting Django with one world's settings imports and looks up. */
export interface Start {
  readonly world: World
  readonly evaluation: Evaluation
  /** The one process that starts so, where the code asks for its command line; undefined: every one with these settings. */
  readonly launch: DjangoStart | undefined
  /** The first hop at which what belongs to a moment happens; undefined: nothing on the way does it. */
  hopOf(moment: StartMoment | undefined, command: string | undefined): StartHop | undefined
}

export type StartHop = 'build' | 'release' | 'boot' | 'http'

const starts = new WeakMap<App, readonly Start[]>()

/** The start of every world whose settings are known. Where they raise, nothing is started. */
export function startsOf(app: App): readonly Start[] {
  return getOrInsert(starts, app, () => {
    const worlds = worldsOf(app)
    const found: Start[] = []
    for (const world of worlds) {
      const { evaluation, sure } = world.settings
      if (evaluation?.file === undefined || !sure || evaluation.certainCrash !== undefined) continue
      const same = found.find(
        ({ world: other, launch }) => launch === undefined && startsAlike(other.settings, world.settings),
      )
      const ran = same?.evaluation ?? run(app, world)
      const launches = ran?.asksArgv === true ? launchesOf(app, world) : []
      if (ran !== undefined && launches.length === 0)
        found.push({
          world,
          evaluation: ran,
          launch: undefined,
          hopOf: (...when) => hopOf(app, worlds, world, ...when),
        })
      for (const launch of launches) {
        const own = run(app, world, launch.argv)
        if (own !== undefined && own.certainCrash === undefined)
          found.push({ world, evaluation: own, launch, hopOf: (...when) => hopOfLaunch(app, launch, ...when) })
      }
    }
    return found
  })
}

/** Settings that a start follows. */
const followed = ['INSTALLED_APPS', 'MIDDLEWARE', 'ROOT_URLCONF', 'TEMPLATES', 'LOGGING', 'CACHES', 'STORAGES'] as const

/** Whether two worlds look up the same: the code behind it is then read once. */
function startsAlike(a: SettingsModel, b: SettingsModel): boolean {
  return a.module === b.module && followed.every((name) => sameSetting(a.get(name), b.get(name)))
}

function run(app: App, { settings }: World, argv?: DjangoStart['argv']): Evaluation | undefined {
  const { module, searchPath, environment } = settings
  if (module === undefined) return undefined
  const variable = { name: 'DJANGO_SETTINGS_MODULE', parts: [module], at: { file: '', span: { start: 0, end: 0 } } }
  const named = environment.forProcess([variable], { argv })
  const commands = [...new Set(app.processes.all.flatMap(({ django }) => django.map(({ name }) => name)))]
  return runModule(app, module, searchPath, named, {
    key: `start ${commands.join()}`,
    run: (m) => startDjango(m, commands),
  })
}

/** Something that a start meets, with the hop at which the first process does, and what must be so. */
export interface Met {
  readonly at: Place
  /** Imports that led there, outermost first. */
  readonly chain: readonly Place[]
  readonly when: readonly (Condition | Text)[]
  readonly hop: StartHop
  /** Undefined: while the settings or the served module are imported. */
  readonly moment: StartMoment | undefined
}

/** An import of a package that is not installed. */
export interface StartLack extends Met {
  readonly module: string
}

/** Every import of a start that finds no package; the first hop of each. */
export function startLacks(app: App): StartLack[] {
  return metIn(app, (event) => (event.type === 'import' && event.fatal === true ? event.module : undefined)).map(
    ({ key, met }) => ({ ...met, module: key }),
  )
}

/** What a start looks up in vain, or what raises behind it. */
export interface StartFailure extends Met, Omit<Extract<Event, { type: 'failure' }>, 'type' | 'at' | 'chain'> {}

/** Every failed lookup of a start; the first hop of each. */
export function startFailures(app: App): StartFailure[] {
  return metIn(app, (event) => (event.type === 'failure' ? event.message : undefined)).flatMap(({ met, event }) =>
    event.type === 'failure' ? [{ ...event, ...met }] : [],
  )
}

type Seen = { readonly key: string; readonly met: Met; readonly event: Event }
type KeyOf = (event: Event, moment: StartMoment | undefined) => string | undefined

/** Events of the starts that surely happen, or of which is known when; each place and key once, at its first hop. */
export function metIn(app: App, keyOf: KeyOf): Seen[] {
  return firstOf(startsOf(app).flatMap((start) => seenIn(app, keyOf, start)))
}

/** The same in all that a process imports: also the settings, and the module that the server loads; at the hops that count. */
export function metAnywhere(app: App, keyOf: KeyOf, counts: (hop: StartHop) => boolean = () => true): Seen[] {
  const settings = worldsOf(app).flatMap((world) => {
    const { evaluation, sure } = world.settings
    return evaluation === undefined || !sure ? [] : seenIn(app, keyOf, { evaluation, world, hopOf: () => world.hop })
  })
  const { evaluation, served } = app.asgi
  const boot = { evaluation, world: { when: undefined }, hopOf: () => 'boot' as const }
  const asgi = evaluation !== undefined && served?.from === 'web' ? seenIn(app, keyOf, { ...boot, evaluation }) : []
  const started = startsOf(app).flatMap((start) => seenIn(app, keyOf, start))
  return firstOf([...settings, ...started, ...asgi].filter(({ met }) => counts(met.hop)))
}

/** Moments of `django.setup()`, and what the handler loads when it is made. */
const ofTheHandler: ReadonlySet<StartMoment | undefined> = new Set(['logging', 'apps', 'models', 'ready', 'handler'])

/**
 * Events while the web process imports its served module: the module's own, and those of the start that
 * `get_asgi_application()` in it makes.
 */
export function metWhileServedIsImported(app: App, keyOf: KeyOf): Seen[] {
  const { evaluation, served } = app.asgi
  if (evaluation === undefined || served?.from !== 'web') return []
  const own = seenIn(app, keyOf, { evaluation, world: { when: undefined }, hopOf: () => 'boot' })
  const isOfServer = ({ world, launch }: Start) =>
    isWeb(app, world) && (launch === undefined || launch.command === undefined)
  const starts = handlerAt(app) === 'boot' ? startsOf(app).filter(isOfServer) : []
  const started = starts.flatMap(({ evaluation: ran, world }) =>
    seenIn(app, keyOf, { evaluation: ran, world, hopOf: (moment) => (ofTheHandler.has(moment) ? 'boot' : undefined) }),
  )
  return firstOf([...own, ...started])
}

/** Of each place and key the one at the first hop, in the order of the hops. */
function firstOf(seen: readonly Seen[]): Seen[] {
  const sorted = [...seen].sort((a, b) => order(a.met.hop) - order(b.met.hop))
  return uniqueBy(sorted, ({ key, met }) => `${key} ${placeKey(met.at)}`)
}

/** What is run, and when what happens there happens. */
interface Ran {
  readonly evaluation: Evaluation
  readonly world: Pick<World, 'when'>
  hopOf(moment: StartMoment | undefined, command: string | undefined): StartHop | undefined
}

function seenIn(app: App, keyOf: KeyOf, { evaluation, world, hopOf }: Ran): Seen[] {
  // A path that ends before it starts anything says nothing about what a start meets.
  const live = evaluation.paths.filter(({ crash }) => crash === undefined)
  const paths = live.length > 0 ? live : evaluation.paths
  const found = new Map<string, Timed & { key: string }>()
  const byPath = paths.map((path) => {
    const ids = new Set<string>()
    for (const timed of timedEvents(path)) {
      const key = keyOf(timed.event, timed.moment)
      if (key === undefined) continue
      const id = `${key} ${placeKey(timed.event.at)}`
      ids.add(id)
      getOrInsert(found, id, () => ({ ...timed, key }))
    }
    return { when: path.when, ids }
  })
  return [...found].flatMap(([id, { key, event, moment, command }]): Seen[] => {
    const hop = hopOf(moment, command)
    if (hop === undefined) return []
    const sure = told(
      app.inquiry,
      verdict(byPath, ({ ids }) => ids.has(id)),
      () => undefined,
    )
    if (sure === undefined) return []
    const when = world.when === undefined ? sure.when : [...sure.when, world.when]
    return [{ key, event, met: { at: event.at, chain: event.chain, when, hop, moment } }]
  })
}

const order = (hop: StartHop): number => ['build', 'release', 'boot', 'http'].indexOf(hop)

/** An event with the moment of the start at which it happened, undefined outside one; `command`: the one whose module is loaded. */
interface Timed {
  readonly event: Event
  readonly moment: StartMoment | undefined
  readonly command: string | undefined
}

/** What happened along a path. Of a run that starts Django, what its settings did is their own run's and left out. */
function timedEvents({ events }: { readonly events: readonly Event[] }): Timed[] {
  const begins = events.findIndex(({ type }) => type === 'moment')
  let present: Extract<Event, { type: 'moment' }> | undefined
  const out: Timed[] = []
  for (const event of begins < 0 ? events : events.slice(begins)) {
    if (event.type === 'moment') present = event
    else out.push({ event, moment: present?.moment, command: present?.command })
  }
  return out
}

/**
 * When a moment comes: the settings' own at once in every process, the URLconf, the template libraries and the caches in
 * the system checks of a command of the release or of the web process, else with the first page.
 */
function hopOf(
  app: App,
  worlds: readonly World[],
  world: World,
  moment: StartMoment | undefined,
  command: string | undefined,
): StartHop | undefined {
  const checked = checkedAt(app, worlds, world)
  const web = isWeb(app, world)
  switch (moment) {
    case 'command':
      return commandAt(app, worlds, world, command)
    case 'handler':
      return web ? handlerAt(app) : undefined
    case 'static':
      return world.hop === 'build' ? 'build' : checked
    case 'urls':
    case 'templates':
      return checked ?? (web ? 'http' : undefined)
    case 'caches':
      return atLeast(app.dependencies, 'django', '3.2') === true ? checked : undefined
    case 'page':
      return web ? 'http' : undefined
    default:
      return world.hop
  }
}

/** The same for one process, of which it is known what it is told to do. */
function hopOfLaunch(
  app: App,
  { hop, command: own }: DjangoStart,
  moment: StartMoment | undefined,
  command: string | undefined,
): StartHop | undefined {
  const isServer = own === undefined
  const checked = hop !== 'build' && own !== undefined && checks(own) ? hop : undefined
  switch (moment) {
    case 'command':
      return hop !== 'build' && own?.name === command ? hop : undefined
    case 'handler':
      return isServer ? handlerAt(app) : undefined
    case 'static':
      return hop === 'build' ? 'build' : checked
    case 'urls':
    case 'templates':
      return checked ?? (isServer ? 'http' : undefined)
    case 'caches':
      return atLeast(app.dependencies, 'django', '3.2') === true ? checked : undefined
    case 'page':
      return isServer ? 'http' : undefined
    default:
      return hop
  }
}

/** Whether the web process reads these settings. */
function isWeb(app: App, { settings }: World): boolean {
  return settings === app.settings || settings.evaluation === app.settings.evaluation
}

/** Commands that run no system checks, or only those of the static files. */
const unchecked = new Set(['collectstatic', 'shell', 'dbshell', 'startapp', 'compilemessages', 'makemessages'])

/** Where a command with these settings runs all system checks, before the web process answers anything. */
function checkedAt(app: App, worlds: readonly World[], world: World): 'release' | 'boot' | undefined {
  if (isReleased(worlds, world) && runsChecks(app.processes.release)) return 'release'
  return isWeb(app, world) && runsChecks(app.processes.web) ? 'boot' : undefined
}

/** Whether the commands of the release read these settings: theirs are listed when they are others than the build's. */
function isReleased(worlds: readonly World[], world: World): boolean {
  const own = worlds.some(({ hop }) => hop === 'release')
  return world.hop === (own ? 'release' : 'build')
}

/** Where a command is run, whose module it then loads. */
function commandAt(
  app: App,
  worlds: readonly World[],
  world: World,
  command: string | undefined,
): StartHop | undefined {
  const runs = (process: Process | undefined) =>
    process?.django.some(({ name, step }) => name === command && !step.fallback) === true
  if (isReleased(worlds, world) && runs(app.processes.release)) return 'release'
  return isWeb(app, world) && runs(app.processes.web) ? 'boot' : undefined
}

function runsChecks(process: Process | undefined): boolean {
  return (process?.django ?? []).some((command) => !command.step.fallback && checks(command))
}

function checks({ name, args = [] }: NonNullable<DjangoStart['command']>): boolean {
  return !unchecked.has(name) && !args.some(({ parts }) => known(parts) === '--skip-checks')
}

const handlers = /^django\.core\.(asgi\.get_asgi|wsgi\.get_wsgi)_application$/

/** Middleware is loaded when the handler is made: with the served module, or for the first request. */
function handlerAt(app: App): 'boot' | 'http' | undefined {
  if (app.processes.web === undefined) return undefined
  const paths = app.asgi.served?.from === 'web' ? (app.asgi.evaluation?.paths ?? []) : []
  const made = paths.some(({ events }) => events.some((event) => event.type === 'call' && handlers.test(event.path)))
  return made ? 'boot' : 'http'
}
