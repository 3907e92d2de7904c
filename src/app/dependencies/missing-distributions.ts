import { type Place, placeKey, samePlace } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { Evaluation, Event } from '../../evaluate/python/evaluation.ts'
import { isStandard } from '../../evaluate/python/stdlib.ts'
import { itemsOf, plain, type Value } from '../../evaluate/python/value.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { App } from '../app.ts'
import { loadedBeside, serversLoadAnother } from '../asgi/import-order.ts'
import { socketVisits } from '../asgi/visits.ts'
import { isBeside } from '../hops.ts'
import { imageFields } from '../settings/checked-fields.ts'
import { judged, mustBeKnown } from '../settings/setting-verdict.ts'
import { startLacks } from '../settings/start.ts'
import { firstChecking } from '../settings/system-checks/commands.ts'
import { told, verdict } from '../settings/verdict.ts'
import { type World, worldsBeside, worldsOf } from '../settings/worlds.ts'
import { listedAside, nothingBrings } from './listed-aside.ts'
import { lacksOf, loadsBackend, missingDrivers } from './missing-drivers.ts'
import { brokers, celeryCommands, programs } from './missing-programs.ts'
import { namedImplementations, namedWorker } from './missing-workers.ts'
import { mayProvide } from './project-modules.ts'
import { unknownProviders } from './unknown-providers.ts'

/** Something the running configuration loads from a distribution that the build does not install. */
export interface MissingDistribution {
  /** The distribution to add; the usual one when several would do. */
  readonly distribution: string
  /** What needs it, to be read after "because". */
  readonly because: Text
  readonly at: Place
  readonly chain: readonly Place[]
  readonly when: readonly (Condition | Text)[]
  /** What breaks first: nothing starts, or the first page or socket fails. */
  readonly breaks: 'build' | 'release' | 'boot' | 'http' | 'handshake' | 'message' | 'stay'
  /** It is an import that fails. */
  readonly imports?: true
  /** The process type that needs it; undefined: whatever imports the project. */
  readonly process?: string | undefined
}

/** Every missing distribution once, in the order in which boot would meet it, with all that needs it. */
export function missingDistributions(app: App): readonly (readonly [MissingDistribution, ...MissingDistribution[]])[] {
  for (const untold of [...app.dependencies.unknowns, ...unknownProviders(app)]) app.inquiry.cannotTell(untold)
  const groups = new Map<string, [MissingDistribution, ...MissingDistribution[]]>()
  const needs = [
    ...servers(app),
    ...programs(app),
    ...celeryCommands(app),
    ...worldsOf(app).flatMap((world) => settingsStrings(app, world)),
    ...aside(app, () => worldsBeside(app).flatMap((world) => settingsStrings(app, world))),
    ...imports(app),
    ...starts(app),
    ...layers(app),
    ...brokers(app),
    ...images(app),
    ...sockets(app),
  ]
  // What breaks the way from the push to the socket is the finding; a worker that needs it too is related.
  for (const need of needs.toSorted((a, b) => Number(isBeside(a.process)) - Number(isBeside(b.process)))) {
    const group = groups.get(need.distribution)
    if (group === undefined) {
      groups.set(need.distribution, [need])
      continue
    }
    // One line may be asked for by several on the way: the first of them decides when it breaks.
    const same = group.findIndex(({ at }) => samePlace(at, need.at))
    const known = group[same]
    if (known === undefined) group.push(need)
    else if (rank(need) < rank(known)) group[same] = { ...known, breaks: need.breaks }
  }
  return [...groups.values()].map(([first, ...more]) => {
    const [earliest = first, ...others] = [first, ...more].sort((a, b) => rank(a) - rank(b))
    return [earliest, ...others]
  })
}

/** Where on the way from the push to the socket it breaks, counted from the build. */
export const rank = ({ breaks }: MissingDistribution): number =>
  ['build', 'release', 'boot', 'http', 'handshake', 'message', 'stay'].indexOf(breaks)
/** Asks about a process that no WebSocket passes: what nobody can tell of it leaves the chain alone. */
function aside<T>(app: App, ask: () => readonly T[]): readonly T[] {
  let answer: readonly T[] = []
  app.inquiry.during(() => {
    answer = ask()
  })
  return answer
}

/** The distribution that an import needs, when it is surely not installed. */
function absentProvider(app: App, dotted: string): string | undefined {
  const [top = ''] = dotted.split('.')
  if (!/^[A-Za-z_]\w*$/.test(top) || isStandard(top)) return undefined
  if (app.project.resolve(top, app.settings.searchPath) !== undefined) return undefined
  if (app.dependencies.moduleState(top) !== 'absent') return undefined
  if (app.project.python.some((file) => mayProvide(app, file, top))) return undefined
  return app.dependencies.distributionsOf(top)[0]
}

const serverPackages: Readonly<Record<string, string>> = {
  daphne: 'daphne',
  uvicorn: 'uvicorn',
  gunicorn: 'gunicorn',
  hypercorn: 'hypercorn',
  granian: 'granian',
  waitress: 'waitress',
}

function servers(app: App): MissingDistribution[] {
  const out: MissingDistribution[] = []
  for (const process of app.processes.all)
    for (const server of process.servers) {
      const distribution = serverPackages[server.name]
      const base = {
        at: server.at,
        chain: server.step.chain.slice(0, -1),
        when: server.when,
        breaks: 'boot' as const,
        process: process.type,
      }
      if (distribution !== undefined && app.dependencies.installed(distribution).state === 'absent')
        out.push({
          ...base,
          distribution,
          because: {
            en: `the process \`${process.type}\` starts ${server.name} ("${server.name}: command not found")`,
            fr: `le processus \`${process.type}\` lance ${server.name} (« ${server.name}: command not found »)`,
          },
        })
      const named = namedWorker(app, server)
      if (named !== undefined) out.push({ ...base, ...named })
      out.push(...namedImplementations(app, server).map((one) => ({ ...base, ...one })))
      const worker = server.workerClass?.parts
      const written = worker?.length === 1 && typeof worker[0] === 'string' ? worker[0] : undefined
      const provider = written === undefined ? undefined : workerProvider(app, written)
      if (provider !== undefined && server.workerClass !== undefined)
        out.push({
          ...base,
          at: server.workerClass.at,
          distribution: provider,
          because: {
            en: `gunicorn loads the worker class ${written}`,
            fr: `gunicorn charge la classe de worker ${written}`,
          },
        })
    }
  return out
}

const socketHops = {
  handshake: 'handshake',
  connect: 'handshake',
  message: 'message',
  event: 'message',
  leave: 'stay',
} as const

/** What the code behind a socket imports only when it runs. */
function sockets(app: App): MissingDistribution[] {
  return socketVisits(app).lacks.flatMap(({ step, of, module, at, chain, when }) => {
    const distribution = absentProvider(app, module)
    if (distribution === undefined) return []
    const who = step === 'handshake' ? { en: 'the code around the consumers', fr: 'le code autour des consumers' } : of
    const because = {
      en: `${typeof who === 'string' ? who : who.en} imports ${module}`,
      fr: `${typeof who === 'string' ? who : who.fr} importe ${module}`,
    }
    return [{ distribution, because, at, chain, when, breaks: socketHops[step] }]
  })
}

/** What a worker class comes from, when that is surely not installed: `package.module.Class`, `egg:package#name`. */
function workerProvider(app: App, written: string): string | undefined {
  const egg = /^egg:([\w.-]+)#/.exec(written)?.[1]
  if (egg !== undefined) return egg === 'gunicorn' ? undefined : absentProvider(app, egg)
  return written.includes('.') ? absentProvider(app, written) : undefined
}

const named = (setting: string, text: string): Text => ({
  en: `${setting} names ${text}`,
  fr: `${setting} nomme ${text}`,
})

/** Settings that hold a list of dotted paths. Django imports INSTALLED_APPS at set-up and MIDDLEWARE when the handler is made. */
const LISTS = ['INSTALLED_APPS', 'MIDDLEWARE', 'MIDDLEWARE_CLASSES'] as const

function settingsStrings(app: App, { settings, hop, when: also, beside, process }: World): MissingDistribution[] {
  const out: MissingDistribution[] = []
  for (const setting of LISTS) {
    mustBeKnown(settings, setting)
    const texts = new Map<string, Value>()
    for (const { value } of settings.get(setting)?.alternatives ?? [])
      for (const item of itemsOf(value) ?? []) {
        const text = plain(item)
        if (text !== undefined && !texts.has(text)) texts.set(text, item)
      }
    for (const [text, item] of texts) {
      const absent = absentProvider(app, text)
      const distribution = absent ?? listedAside(app, text)
      const found =
        distribution === undefined ? undefined : judged(settings, setting, ({ value }) => holds(value, text))
      if (distribution !== undefined && found !== undefined)
        out.push({
          distribution,
          because: named(setting, text),
          at: item.at,
          chain: [],
          imports: true,
          when: [
            ...found.when,
            ...(also === undefined ? [] : [also]),
            ...(absent === undefined ? [nothingBrings(distribution)] : []),
          ],
          breaks: setting === 'INSTALLED_APPS' ? hop : 'boot',
          ...(beside && { process }),
        })
    }
  }
  return settings === app.settings ? [...out, ...databases(app, hop), ...caches(app)] : out
}

/** Whether a list holds a text; undefined when it may. */
function holds(value: Value, text: string): boolean | undefined {
  const items = itemsOf(value)
  if (items === undefined) return undefined
  return items.some((item) => plain(item) === text)
}

/** A driver is imported with the first model, in whichever process starts Django first; else with the first query. */
function databases(app: App, hop: World['hop']): MissingDistribution[] {
  return missingDrivers(app).flatMap(({ engine, distribution, instead, at, when }) => {
    const wanted = distribution ?? absentProvider(app, engine)
    if (wanted === undefined) return []
    const because =
      instead === undefined
        ? named('DATABASES', engine)
        : {
            en: `DATABASES names ${engine}, and Django before 4.2 does not know ${instead}`,
            fr: `DATABASES nomme ${engine}, et Django avant 4.2 ne connaît pas ${instead}`,
          }
    const breaks = loadsBackend(app) ? hop : ('boot' as const)
    return [{ distribution: wanted, because, at, chain: [], when, breaks }]
  })
}

function caches(app: App): MissingDistribution[] {
  const lacking = (backend: string): string | undefined => {
    if (backend === 'django.core.cache.backends.redis.RedisCache')
      return app.dependencies.installed('redis').state === 'absent' ? 'redis' : undefined
    return backend.startsWith('django.') ? undefined : absentProvider(app, backend)
  }
  return lacksOf(app, 'CACHES', 'BACKEND', lacking).map(({ lack, text, at, when }) => ({
    distribution: lack,
    because: named('CACHES', text),
    at,
    chain: [],
    when,
    breaks: 'http',
  }))
}

function layers(app: App): MissingDistribution[] {
  // Channels loads the layer: where it is not installed and nothing served imports it, nobody does.
  if (app.dependencies.installed('channels').state === 'absent' && serversLoadAnother(app)) return []
  return app.settings.channelLayers.flatMap(({ layer, when }) => {
    const distribution = layer?.backend === undefined ? undefined : absentProvider(app, layer.backend)
    const at = layer?.backendAt ?? layer?.at
    if (distribution === undefined || at === undefined || when.some(({ opaque }) => opaque)) return []
    const because: Text = {
      en: `CHANNEL_LAYERS uses ${layer?.backend} ("Cannot import BACKEND …" at the first use of the layer)`,
      fr: `CHANNEL_LAYERS utilise ${layer?.backend} (« Cannot import BACKEND … » à la première utilisation du channel layer)`,
    }
    return [{ distribution, because, at, chain: [], when: everywhere(app) ? [] : when, breaks: 'message' as const }]
  })
}

/** All paths use a layer whose package is missing: no condition decides. */
const everywhere = (app: App): boolean =>
  app.settings.channelLayers.every(
    ({ layer }) => layer?.backend !== undefined && absentProvider(app, layer.backend) !== undefined,
  )

/** Imports that end a process: of the settings that each world reads, then of the module a server loads, or would. */
function imports(app: App): MissingDistribution[] {
  const of = (evaluation: Evaluation | undefined, breaks: MissingDistribution['breaks'], also: readonly Text[]) =>
    evaluation === undefined
      ? []
      : [...lackingImports(app, evaluation), ...crashes(evaluation)].flatMap((one) =>
          failedImport(app, one, breaks).map((need) => ({ ...need, when: [...need.when, ...also] })),
        )
  const settings = worldsOf(app).flatMap(({ hop, settings: { evaluation }, when }) =>
    of(evaluation, hop, when === undefined ? [] : [when]),
  )
  const beside = () =>
    worldsBeside(app).flatMap(({ hop, process, settings: { evaluation }, when, entry }) =>
      [evaluation, entry].flatMap((one) =>
        of(one, hop, when === undefined ? [] : [when]).map((need) => ({ ...need, process })),
      ),
    )
  const process = loadedBeside(app)
  const served = serversLoadAnother(app)
    ? []
    : of(app.asgi.evaluation, 'boot', []).map((need) => ({ ...need, process }))
  return [...settings, ...served, ...aside(app, beside)]
}

/** What the start of Django imports behind its settings: apps, models, URLconfs, middleware and the rest. */
function starts(app: App): MissingDistribution[] {
  return startLacks(app).flatMap(({ module, at, chain, when, hop }) => {
    const distribution = absentProvider(app, module)
    return distribution === undefined
      ? []
      : [{ distribution, because: imported, at, chain, when, breaks: hop, imports: true }]
  })
}

/** Pillow, which Django imports for no field, and asks for in the system checks that stop a command. */
function images(app: App): MissingDistribution[] {
  const distribution = absentProvider(app, 'PIL')
  if (distribution === undefined) return []
  const { hop, settings, when: also } = firstChecking(app, false)
  return imageFields(app, settings).map(({ name, at, when }) => ({
    distribution,
    because: {
      en: `${name} is an ImageField, for which each manage.py command that runs the system checks wants it: "fields.E210 Cannot use ImageField because Pillow is not installed"`,
      fr: `${name} est un ImageField, pour lequel toute commande manage.py qui lance les vérifications le réclame : « fields.E210 Cannot use ImageField because Pillow is not installed »`,
    },
    at,
    chain: [],
    when: also === undefined ? when : [...when, also],
    breaks: hop ?? 'release',
    // Whoever runs a command by hand meets it, in a one-off dyno.
    process: hop === undefined ? 'run' : undefined,
  }))
}

const imported: Text = { en: `it is imported here`, fr: `il est importé ici` }

type Failed = {
  readonly module: string
  readonly at: Place
  readonly chain: readonly Place[]
  readonly when: readonly Condition[]
}

type Lacking = Extract<Event, { type: 'import' }>

/** Every import of a package that is not installed, in the order in which it is met, with what it depends on. */
function lackingImports(app: App, { paths }: Evaluation): Failed[] {
  const found = new Map<string, Lacking>()
  for (const { events } of paths) {
    for (const event of events) if (isLacking(event)) getOrInsert(found, lackKey(event), () => event)
  }
  return [...found.values()].flatMap(({ module, at, chain }) => {
    const answer = verdict(paths, ({ events }) =>
      events.some((event) => isLacking(event) && lackKey(event) === lackKey({ module, at })),
    )
    const sure = told(app.inquiry, answer, () => undefined)
    return sure === undefined ? [] : [{ module, at, chain, when: sure.when }]
  })
}

const isLacking = (event: Event): event is Lacking & { readonly chain: readonly Place[]; readonly at: Place } =>
  event.type === 'import' && event.fatal === true

const lackKey = ({ module, at }: { readonly module: string; readonly at: Place }): string => `${module} ${placeKey(at)}`

/** Imports whose exception somebody catches and raises again, or of a module of the standard library that is gone. */
function crashes({ certainCrash, paths }: Evaluation): Failed[] {
  const all =
    certainCrash !== undefined
      ? [{ crash: certainCrash, when: [] }]
      : paths.flatMap(({ crash, when }) =>
          crash !== undefined && when.every(({ opaque }) => !opaque) ? [{ crash, when }] : [],
        )
  return all.flatMap(({ crash: { exception, message, at, chain }, when }) => {
    const module = isImport(exception) ? /No module named '([^']+)'/.exec(message)?.[1] : undefined
    return module === undefined ? [] : [{ module, at, chain, when }]
  })
}

const isImport = (exception: string): boolean => exception === 'ModuleNotFoundError' || exception === 'ImportError'

function failedImport(
  app: App,
  { module, at, chain, when }: Failed,
  breaks: MissingDistribution['breaks'],
): MissingDistribution[] {
  const distribution = absentProvider(app, module)
  if (distribution === undefined) return []
  return [{ distribution, because: imported, at, chain, when, breaks, imports: true }]
}
