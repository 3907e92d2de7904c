import { samePlace } from '../../contracts/place.ts'
import type { Evaluation, Resolved } from '../../evaluate/python/evaluation.ts'
import type { App } from '../app.ts'
import { mentions } from '../pages/mentions.ts'
import { calledClients, configuredBesides } from './called-clients.ts'
import { changedAfterwards, changedLater } from './changed-later.ts'
import { innerClientRun } from './inner-clients.ts'
import { layersOf } from './layers.ts'
import type { LayerAlternative, RedisClient, SettingsModel } from './model.ts'
import { type ChoiceContext, type Chosen, chooseSettings, stateOf } from './module-choice.ts'
import type { ClientContext } from './redis-client.ts'
import { redisClientsOf } from './redis-clients.ts'
import { runModule } from './run-module.ts'
import { startsOf } from './start.ts'
import { unreadSettings } from './unknown-value.ts'
import { bySetting } from './verdict.ts'

/** The settings as the web dyno sees them. Never throws; what cannot be known is undetermined. */
export function readSettings(app: App): SettingsModel {
  return settingsOf(app, chooseSettings(choiceContext(app)))
}

/** What choosing a settings module needs. */
export const choiceContext = (app: App): ChoiceContext => ({
  tree: app.tree,
  project: app.project,
  processes: app.processes,
  environment: app.environment,
  run: (module, searchPath, environment) => runModule(app, module, searchPath, environment),
})

/** The settings as the process that chose them sees them. */
export function settingsOf(app: App, chosen: Chosen | undefined): SettingsModel {
  const stand = chosen && standIn(app, chosen)
  const ran = stand && run(app, chosen, stand)
  // A module that was not loaded (it may be an installed package's) says nothing about any setting; but a package above it
  // may have raised.
  const ends = ran?.certainCrash !== undefined && ran.certainCrash.at.file !== ''
  const evaluation = ran?.file === undefined && !ends ? undefined : ran
  const get = (name: string): Resolved | undefined =>
    changed(app, name) ?? (evaluation && inOpenModule(evaluation, evaluation.get(name)))
  const isUnset = (name: string): boolean => !changedLater(app).has(name) && isAbsent(evaluation, name)
  const module = stand?.module
  const sure = chosen !== undefined && module === chosen.choice.module
  const why = evaluation?.open?.reason ?? unreadSettings({ choice: chosen?.choice, module, evaluation, sure })?.why
  const layers = layersOf(get('CHANNEL_LAYERS'), isUnset('CHANNEL_LAYERS'), why)
  let clients: Clients | undefined
  const allClients = (): Clients => {
    clients ??= clientsOf(app, chosen, get, layers, evaluation)
    return clients
  }
  return {
    inquiry: app.inquiry,
    choice: chosen?.choice,
    module,
    file: evaluation?.file,
    evaluation,
    sure,
    environment: chosen?.environment ?? app.environment,
    searchPath: chosen?.searchPath ?? [''],
    get,
    isAbsent: isUnset,
    channelLayers: layers,
    get redisClients() {
      return allClients().judged
    },
    get addressedClients() {
      return allClients().addressed
    },
    others: app.project.settings.filter((one) => one.module !== module && one.path !== evaluation?.file),
    defaults: app.project.defaults,
  }
}

/** A setting that code changes once it was read. */
function changed(app: App, name: string): Resolved | undefined {
  const at = changedLater(app).get(name)
  if (at === undefined) return undefined
  const value = { type: 'unknown', reason: changedAfterwards, of: undefined, variable: undefined, at } as const
  return { alternatives: [{ when: [], value, at }], absent: [] }
}

/** The module to evaluate: the choice, or the production module of the package that the choice leaves empty. */
function standIn(app: App, { choice, searchPath }: Chosen): { readonly module: string } | undefined {
  if (choice.state === 'resolved') return choice
  if (choice.state !== 'empty') return undefined
  const folder = (choice.file ?? '').replace(/\/?__init__\.py$/, '')
  const children = app.tree
    .list(folder)
    .filter(({ name, kind }) => kind === 'file' && /(prod|heroku|live|deploy).*\.py$/.test(name))
    .map(({ name }) => name.slice(0, -'.py'.length))
    .map((name) => `${choice.module}.${name}`)
    .filter((module) => stateOf(app, module, searchPath).state === 'resolved')
  const [only, another] = [...new Set(children)]
  return only !== undefined && another === undefined ? { module: only } : undefined
}

function run(
  app: App,
  { searchPath, environment }: Chosen,
  { module }: { readonly module: string },
): Evaluation | undefined {
  const named = environment.forProcess([
    { name: 'DJANGO_SETTINGS_MODULE', parts: [module], at: { file: '', span: { start: 0, end: 0 } } },
  ])
  return runModule(app, module, searchPath, named)
}

/** A setting that some path leaves unbound may have a value where something unknown fills the module. */
function inOpenModule({ open }: Evaluation, found: Resolved | undefined): Resolved | undefined {
  if (open === undefined || found === undefined || found.absent.length === 0) return found
  const filled = found.absent.map((when) => ({ when, value: open, at: open.at }))
  return { alternatives: [...found.alternatives, ...filled], absent: [] }
}

/** Surely unbound: on every path of a module that was followed to its end. */
function isAbsent(evaluation: Evaluation | undefined, name: string): boolean {
  if (
    evaluation === undefined ||
    evaluation.certainCrash !== undefined ||
    evaluation.bounded ||
    evaluation.open !== undefined
  )
    return false
  const resolved = evaluation.get(name)
  return resolved === undefined || resolved.alternatives.length === 0
}

/** Clients of Redis that rules judge, and those whose address says nothing of what stands there. */
interface Clients {
  readonly judged: readonly RedisClient[]
  readonly addressed: readonly RedisClient[]
}

function clientsOf(
  app: App,
  chosen: Chosen | undefined,
  get: SettingsModel['get'],
  layers: readonly LayerAlternative[],
  evaluation: Evaluation | undefined,
): Clients {
  if (chosen === undefined) return { judged: [], addressed: [] }
  const context = { tree: app.tree, dependencies: app.dependencies, environment: app.environment, get }
  // What the URLconf and the apps make when Django loads them.
  const started = startsOf(app).filter(({ world }) => world.settings.evaluation === evaluation)
  const runs = [
    evaluation,
    app.asgi.served?.from === 'web' ? app.asgi.evaluation : undefined,
    ...started.map((start) => start.evaluation),
  ]
  const done = runs.filter((run) => run !== undefined)
  const configured = redisClientsOf(context, layers).map((client) =>
    configuredBesides(client, done, () => mentions(app, ['redis_backend_use_ssl'])),
  )
  const called = calledClients(context, done)
  const made = [...called, ...innerClients(app, context)].filter(
    (client) => !configured.some((other) => isHandedOn(client, other)),
  )
  const addressed = bySetting(made).filter(isAddressed).flat()
  return { judged: [...configured, ...made.filter((client) => !addressed.includes(client))], addressed }
}

/** Host and port alone, on no path on the dyno itself or in a container. */
function isAddressed(clients: readonly RedisClient[]): boolean {
  const addresses = clients.filter(({ endpoint }) => endpoint.kind !== 'undetermined')
  return addresses.every(
    ({ endpoint, target: { kind } }) => endpoint.kind === 'address' && kind !== 'loopback' && kind !== 'docker',
  )
}

/** Clients that methods of the consumers make. */
function innerClients(app: App, context: ClientContext): RedisClient[] {
  const inner = innerClientRun(app)
  if (inner === undefined) return []
  return calledClients(context, [inner.run]).flatMap((client) => {
    const at = inner.original(client.at)
    if (at === undefined) return []
    const read = client.read === undefined || inner.original(client.read) !== undefined ? undefined : client.read
    return [{ ...client, at, read, assignment: at }]
  })
}

/** `Celery(broker=settings.CELERY_BROKER_URL)`: the setting says all there is to say. */
function isHandedOn({ consumer, endpoint }: RedisClient, setting: RedisClient): boolean {
  if (consumer !== setting.consumer || endpoint.kind !== 'url' || setting.endpoint.kind !== 'url') return false
  const [own, other] = [endpoint.url.at, setting.endpoint.url.at]
  return own.file !== '' && samePlace(own, other)
}
