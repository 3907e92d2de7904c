import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { type Defect, defects } from '../../knowledge/packages/defects.ts'
import { isInRange, parseSpecifiers } from '../../syntax/requirements/specifier.ts'
import type { App } from '../app.ts'
import type { Server } from '../processes/model.ts'
import { isUvicorn, judgeServer } from '../processes/server-verdict.ts'
import { taskCommand } from '../processes/task-target.ts'
import { layerCertificate } from '../settings/certificate.ts'
import { unknownLayer } from '../settings/layers.ts'
import type { Host, LayerAlternative } from '../settings/model.ts'
import { queryParameter, schemeOf } from '../settings/redis-endpoint.ts'
import { told, verdict } from '../settings/verdict.ts'
import { atLeast } from '../settings/versions.ts'
import { candidates } from './candidates.ts'
import type { DependencySet, Requirement } from './model.ts'

/** A package the build installs in a version with known defects. */
export interface DefectiveInstall {
  readonly name: string
  /** The version that is installed, or that would be installed today. */
  readonly version: string
  /** The version is written; else the next build decides. */
  readonly exact: boolean
  /** The file that is installed from. */
  readonly file: string | undefined
  readonly at: Place
  readonly requirement: Requirement | undefined
  readonly defects: readonly [Defect, ...Defect[]]
  readonly when: readonly Condition[]
}

/** One entry per package, the first file's on a conflict of several managers. */
export function defectiveInstalls(app: App): readonly DefectiveInstall[] {
  const found = new Map<string, DefectiveInstall>()
  for (const set of app.dependencies.alternatives)
    for (const name of new Set(defects.map((defect) => defect.package))) {
      if (found.has(name)) continue
      const install = defective(app, set, name)
      if (install !== undefined) found.set(name, install)
    }
  return [...found.values()]
}

function defective(app: App, set: DependencySet, name: string): DefectiveInstall | undefined {
  const { state, version, expected, via, range } = set.installed(name)
  const judgedVersion = version ?? expected
  if (state !== 'installed' || via === undefined || judgedVersion === undefined) return undefined
  const newest = candidates(name, parseSpecifiers(range) ?? [], undefined)[0]?.version
  const matching: Defect[] = []
  const when: Condition[] = []
  for (const defect of defects) {
    if (defect.package !== name || !affects(defect, judgedVersion)) continue
    // Unpinned: a Python that will be raised anyway must not be what keeps the package old.
    if (version === undefined && !affects(defect, newest ?? judgedVersion)) continue
    if (defect.beside !== undefined && !stands(set, defect.beside)) continue
    const conditions = applies(app, set, defect)
    if (conditions === undefined) continue
    matching.push(defect)
    when.push(...conditions)
  }
  const [first, ...rest] = matching
  if (first === undefined) return undefined
  const requirement = set.requirements.find((one) => one.name === name && one.applies === true)
  const written = set.declared(name).find(({ pin, applies: holds }) => pin !== undefined && holds === true)
  const at = written?.versionAt ?? (requirement?.range ? requirement.versionAt : via)
  return {
    name,
    version: judgedVersion,
    exact: version !== undefined,
    file: set.source?.path,
    at,
    requirement,
    defects: [first, ...rest],
    when,
  }
}

/** What is known against a version of a package, whatever the project makes of it and whatever is installed beside it. */
export function knownDefects(name: string, version: string): readonly Defect[] {
  return defects.filter((defect) => defect.package === name && defect.beside === undefined && affects(defect, version))
}

/** Whether a package is surely installed in one of these releases. */
function stands(set: DependencySet, { package: name, affected }: NonNullable<Defect['beside']>): boolean {
  const { state, version, expected } = set.installed(name)
  const installed = version ?? expected
  return state === 'installed' && installed !== undefined && affects({ affected }, installed)
}

const affects = ({ affected }: Pick<Defect, 'affected'>, version: string): boolean => isInRange(affected, version)

/** The conditions under which a defect matters here; undefined when it does not, or when that cannot be told. */
function applies(app: App, set: DependencySet, { condition }: Defect): readonly Condition[] | undefined {
  switch (condition) {
    case undefined:
      return []
    case 'daphne-in-use':
      return runsDaphne(app) ? [] : undefined
    case 'daphne-may-serve':
      // Where another server answers and no process starts Daphne, no client ever reaches it.
      return runsDaphne(app) || (app.processes.web?.servers ?? []).length === 0 ? [] : undefined
    case 'uvicorn-opens-sockets':
      return servesWith(app, (server) => isUvicorn(server) && server.webSockets === true)
    case 'uvicorn-worker-in-use':
      return servesWith(app, ({ worker }) => worker?.startsWith('uvicorn_worker.') === true)
    case 'layer-of-a-celery-task':
      return app.asgi.usesLayer.some(({ drive, consumer }) => drive === 'bridge' && consumer === undefined) &&
        app.processes.all.some(({ steps }) => steps.some((step) => taskCommand(step)?.program === 'celery'))
        ? []
        : undefined
    case 'certificate-check-off-in-layer':
      return told(
        app.inquiry,
        verdict(app.settings.channelLayers, (one) => checksNameAlone(one, set)),
        unknownLayer,
      )?.when
    case 'certificate-check-off':
      // What other clients are told of the name stands in options of many forms.
      return app.settings.redisClients.find(
        ({ certificate, consumer, endpoint }) =>
          certificate === 'unchecked' &&
          consumer !== 'layer' &&
          endpoint.kind === 'url' &&
          endpoint.scheme === 'rediss',
      )?.when
    case 'core-layer-without-timeout': {
      if (!app.usesChannels || atLeast(set, 'channels-redis', '4.0.0') !== true) return undefined
      return told(app.inquiry, verdict(app.settings.channelLayers, waitsWithoutTimeout), unknownLayer)?.when
    }
  }
}

const runsDaphne = (app: App): boolean =>
  app.processes.all.some(({ servers }) => servers.some(({ name }) => name === 'daphne'))

/** On which condition the web's server is one; undefined: it is not, or that cannot be told. */
const servesWith = (app: App, is: (server: Server) => boolean): readonly Condition[] | undefined =>
  judgeServer(app, app.processes.web, is)?.when

/** Whether a layer speaks TLS without a look at the certificate, and says nothing of the name of the host. */
function checksNameAlone({ layer, state }: LayerAlternative, set: DependencySet): boolean | undefined {
  if (state === 'undetermined') return undefined
  if (layer?.backend?.startsWith('channels_redis.') !== true) return false
  // Before 4.0 another client connects.
  if (atLeast(set, 'channels-redis', '4.0.0') !== true) return false
  const silent = ({ url, options, open }: Host): boolean =>
    !open &&
    !options.has('ssl_check_hostname') &&
    (url === undefined || queryParameter(url, 'ssl_check_hostname') === undefined)
  const isTls = ({ url }: Host): boolean => url !== undefined && schemeOf(url) === 'rediss'
  return (
    layer.hosts?.some((host) => isTls(host) && layerCertificate(host, set) === 'unchecked' && silent(host)) ?? false
  )
}

const CORE_LAYERS = new Set(['channels_redis.core.RedisChannelLayer', 'channels_redis.RedisChannelLayer'])

/** Whether a layer blocks on Redis for five seconds with redis-py's own time-out of five seconds. */
function waitsWithoutTimeout({ layer, state }: LayerAlternative): boolean | undefined {
  if (state === 'unset' || state === 'no-default') return false
  if (layer?.backend === undefined) return undefined
  if (!CORE_LAYERS.has(layer.backend)) return false
  if (layer.hostsValue === undefined) return true
  if (layer.hosts === undefined) return undefined
  const answers = layer.hosts.map(lacksTimeout)
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
}

function lacksTimeout({ kind, url, options, open }: Host): boolean | undefined {
  if (kind === 'other') return undefined
  if (options.has('socket_timeout')) return false
  const text = url?.parts.map((part) => (typeof part === 'string' ? part : '')).join('') ?? ''
  if (text.includes('socket_timeout=')) return false
  return open ? undefined : true
}
