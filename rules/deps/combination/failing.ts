import type { App } from '../../../src/app/app.ts'
import { excludedPython } from '../../../src/app/dependencies/excluded-python.ts'
import type { Requirement } from '../../../src/app/dependencies/model.ts'
import { pythonClashes } from '../../../src/app/dependencies/python-clashes.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { isUvicorn, judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { taskCommand } from '../../../src/app/processes/task-target.ts'
import { appIndex } from '../../../src/app/settings/apps.ts'
import { defaultDatabases } from '../../../src/app/settings/databases.ts'
import { firstAppsImport, firstImport } from '../../../src/app/settings/first-import.ts'
import type { LayerAlternative, RedisClient } from '../../../src/app/settings/model.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import { metAnywhere } from '../../../src/app/settings/start.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Hop } from '../../../src/contracts/hop.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { isTruthy } from '../../../src/evaluate/python/truth.ts'
import { entryOf } from '../../../src/evaluate/python/value.ts'
import { type Combination, combinations } from '../../../src/knowledge/packages/combinations.ts'
import { isInRange } from '../../../src/syntax/requirements/specifier.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** A release that is installed and fails on the Python that the build installs, or beside what else it installs. */
export interface Failing {
  readonly combination: Combination
  /** The line that pins it; undefined: another package brings it. */
  readonly requirement: Requirement | undefined
  /** The package as it is written. */
  readonly name: string
  readonly version: string
  readonly at: Place
  readonly python: string
  /** `Django 5.2.4`, where it fails beside that. */
  readonly other: string | undefined
  /** Where it is loaded first. */
  readonly hop: Hop
  /** The process type that loads it, when no WebSocket passes it. */
  readonly process?: string | undefined
  readonly when: readonly (Condition | Text)[]
}

/** Every release that is pinned, loaded on the way to the socket or by a worker, and fails there. */
export function failingCombinations(app: App): readonly Failing[] {
  // A Python that the project excludes has nothing installed on it: deps/python-version says so.
  const { manager } = app.dependencies
  const excluded = (manager === 'uv' || manager === 'poetry') && excludedPython(app) !== undefined
  const there = excluded ? combinations.filter(({ since }) => since === undefined) : combinations
  const found = there.flatMap((combination) => failing(app, combination) ?? [])
  // One release that several things break is told once.
  return uniqueBy(found, ({ combination }) => combination.package)
}

function failing(app: App, combination: Combination): Failing | undefined {
  const { dependencies } = app
  const { python } = dependencies
  // On a Python that the buildpack refuses nothing is installed: deps/python-version names what goes with no other.
  if (combination.since !== undefined && python.refused !== undefined) return undefined
  if (combination.since !== undefined && !(Number(python.minor?.split('.')[1]) >= combination.since)) return undefined
  const installed = dependencies.installed(combination.package)
  // Nobody pins what others bring: what pip chooses today is what the next build has. What a package lacks, each of its releases does.
  const version = installed.version ?? (installed.transitive || combination.without ? installed.expected : undefined)
  if (version === undefined || !isInRange(combination.affected, version)) return undefined
  if (combination.lacks === 'pkg_resources' && !lacksPkgResources(app)) return undefined
  if (combination.without !== undefined && dependencies.installed(combination.without).state !== 'absent')
    return undefined
  const other = combination.beside && neighbour(app, combination.beside)
  if (combination.beside !== undefined && other === undefined) return undefined
  const loaded = loads(app, combination)
  const pin = pinned(app, combination.package)
  const at = pin?.versionAt ?? installed.via
  if (loaded === undefined || at === undefined) return undefined
  const held = combination.beside && app.dependencies.installed(combination.beside.package).loose === true
  return {
    combination,
    requirement: pin,
    name: pin?.rawName ?? combination.package,
    version,
    at,
    python: python.minor ?? '',
    other,
    ...loaded,
    when: [...loaded.when, ...(held ? [nothingHoldsBack(combination.beside.package)] : [])],
  }
}

/** Name and version of a package that is surely installed in one of these releases. */
function neighbour(app: App, { package: name, affected }: NonNullable<Combination['beside']>): string | undefined {
  const { state, version, expected } = app.dependencies.installed(name)
  const installed = version ?? expected
  if (state !== 'installed' || installed === undefined || !isInRange(affected, installed)) return undefined
  return `${titles[name] ?? name} ${installed}`
}

const titles: Readonly<Record<string, string>> = { django: 'Django' }

const pinned = (app: App, name: string): Requirement | undefined =>
  app.dependencies.declared(name).find(({ pin, applies }) => pin !== undefined && applies === true)

/** A config var keeps the newest tools away from builds (`PIP_CONSTRAINT` with `Cython<3`), or gives them those of the project. */
const steersBuilds = ({ environment }: App): boolean =>
  environment.names().some((name) => /^(?:PIP|UV)_(?:(?:BUILD_)?CONSTRAINTS?|NO_BUILD_ISOLATION)$/.test(name))

/** Nothing installs setuptools, or nothing keeps the newest away. */
function lacksPkgResources({ dependencies }: App): boolean {
  const { state } = dependencies.installed('setuptools')
  return state === 'absent' || atLeast(dependencies, 'setuptools', '82') === true
}

type Loaded = Pick<Failing, 'hop' | 'process' | 'when'>

/** What packages outside the knowledge base require nobody can tell. */
const nothingBringsPsycopg: Text = {
  en: 'none of the other packages brings psycopg 3',
  fr: 'aucun autre paquet n’apporte psycopg 3',
}

const nothingHoldsBack = (name: string): Text => ({
  en: `none of the other packages asks for an older ${name}`,
  fr: `aucun autre paquet ne demande un ${name} plus ancien`,
})

/** Where it is loaded for the first time, and on which paths; undefined: nowhere, or nobody can tell. */
function loads(app: App, { loadedBy, package: name }: Combination): Loaded | undefined {
  if ('engine' in loadedBy) {
    // django.setup() loads the engine as soon as a model has a relation of many to many, as those of auth have.
    const auth = judged(app.settings, 'INSTALLED_APPS', (one) => hasApp(app, one, ['django.contrib.auth']))
    const answer = verdict(defaultDatabases(app), ({ state, engine }) =>
      state === 'undetermined' ? undefined : engine === loadedBy.engine,
    )
    if (answer.state === 'holds' && loadedBy.reads === 'times') {
      const zones = judged(app.settings, 'USE_TZ', ({ value }) => isTruthy(value))
      return zones && { hop: 'http', when: [...answer.when, ...zones.when] }
    }
    // Django prefers psycopg 3 where it is installed.
    const newer = name === 'psycopg' ? 'absent' : app.dependencies.installed('psycopg').state
    if (newer === 'installed' || auth === undefined || answer.state !== 'holds') return undefined
    const brought = newer === 'unknown' ? [nothingBringsPsycopg] : []
    return { hop: firstImport(app), when: [...answer.when, ...auth.when, ...brought] }
  }
  if ('install' in loadedBy) return isRefused(app, name) || steersBuilds(app) ? undefined : { hop: 'build', when: [] }
  if ('layer' in loadedBy) {
    const answer = told(
      app.inquiry,
      verdict(app.settings.channelLayers, (one) => isLayer(one, loadedBy)),
      () => undefined,
    )
    return answer && { hop: 'message', when: answer.when }
  }
  if ('workerClass' in loadedBy) {
    const judgement = judgeServer(app, app.processes.web, ({ worker }) => worker === loadedBy.workerClass)
    return judgement && { hop: 'boot', when: judgement.when }
  }
  if ('apps' in loadedBy) {
    const app_ = judged(app.settings, 'INSTALLED_APPS', (one) => hasApp(app, one, loadedBy.apps))
    if (app_ !== undefined) return { hop: firstAppsImport(app), when: app_.when }
  }
  if ('pages' in loadedBy) {
    const app_ = judged(app.settings, 'INSTALLED_APPS', (one) => hasApp(app, one, loadedBy.pages))
    return app_ && { hop: 'http', when: app_.when }
  }
  if ('imports' in loadedBy) {
    const { imports = [] } = loadedBy
    const [first] = metAnywhere(app, (event) =>
      event.type === 'import' && imports.some((one) => isWithin(event.module, one)) ? event.module : undefined,
    )
    return first && { hop: first.met.hop, when: first.met.when }
  }
  if ('worker' in loadedBy) {
    const { all } = app.processes
    const process = all.find(({ steps }) => steps.some((step) => taskCommand(step)?.program === loadedBy.worker))
    if (loadedBy.broker === undefined) return process && { hop: 'boot', process: process.type, when: [] }
    const brokers = app.settings.redisClients.filter(({ consumer }) => consumer === 'celery-broker')
    const answer = verdict(brokers, isSurelyRedis)
    return process && answer.state === 'holds' ? { hop: 'boot', process: process.type, when: answer.when } : undefined
  }
  if ('sockets' in loadedBy) {
    const judgement = judgeServer(app, app.processes.web, speaksWebSockets)
    return judgement && { hop: 'handshake', when: judgement.when }
  }
  return 'server' in loadedBy && loadedBy.server !== undefined && app.processes.web?.server?.name === loadedBy.server
    ? { hop: 'boot', when: [] }
    : undefined
}

/** By its scheme or its add-on; undefined: a config var may hold the URL of any broker. */
function isSurelyRedis({ absent, endpoint, target }: RedisClient): boolean | undefined {
  if (absent === true) return false
  return target.kind === 'addon' || (endpoint.kind === 'url' && endpoint.scheme !== undefined) ? true : undefined
}

/** Whether a layer is of this class and has the option that makes it fail; undefined: nobody can tell. */
function isLayer(
  { state, layer }: LayerAlternative,
  { layer: beginning, option }: Extract<Combination['loadedBy'], { layer: string }>,
): boolean | undefined {
  if (state === 'undetermined') return undefined
  if (layer?.backend?.startsWith(beginning) !== true) return false
  if (option === undefined) return true
  const value = entryOf(layer.config, option)?.value
  return value !== undefined && isTruthy(value)
}

/** pip finds nothing of it for the build's Python, and never gets as far as a source. */
function isRefused({ dependencies }: App, name: string): boolean {
  const listed = dependencies.requirements.filter((one) => one.name === name)
  return pythonClashes(listed, dependencies.python.version ?? '').some(({ kind }) => kind === 'refused')
}

const isWithin = (module: string, name: string): boolean => module === name || module.startsWith(`${name}.`)

/** uvicorn, alone or under gunicorn, takes the package websockets for them wherever it is installed. */
function speaksWebSockets(server: Server): boolean {
  return isUvicorn(server) && server.webSockets === true && !server.options.some(({ dest }) => dest === 'ws')
}

function hasApp(app: App, one: Parameters<typeof appIndex>[1], names: readonly string[]): boolean | undefined {
  const indices = names.map((name) => appIndex(app, one, name))
  return indices.some((index) => index !== undefined && index >= 0) || (indices.includes(undefined) ? undefined : false)
}
