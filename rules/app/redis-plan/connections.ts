import type { App } from '../../../src/app/app.ts'
import type { Process, Server } from '../../../src/app/processes/model.ts'
import { connectionLimit, connectionsOf } from '../../../src/knowledge/addons.ts'
import { defaultConcurrency } from '../../../src/knowledge/dynos.ts'
import type { AttachedAddon, RunningDynos } from '../../../src/snapshot/model.ts'

/** The connections that dynos keep to a Redis, counted low: what is left out can only add to it. */
export interface Budget {
  readonly limit: number
  readonly needed: number
  readonly dynos: number
  /** Server processes per web dyno. */
  readonly processes: number
  /** Connections per server process. */
  readonly each: number
  /** Celery workers that wait for tasks. */
  readonly workers: number
}

/** What the dynos that run need of an attached Redis; undefined when the plan's limit, the dynos or their processes are not known. */
export function connectionBudget(app: App, addon: AttachedAddon): Budget | undefined {
  const { snapshot, processes } = app
  const limit = addon.plan === undefined ? undefined : connectionLimit(addon.service, addon.plan)
  const web = snapshot?.dynos?.find(({ type }) => type === 'web')
  const stated = snapshot?.config?.has('WEB_CONCURRENCY') === true
  const count = web && processesOf(processes.web?.server, web, stated)
  if (limit === undefined || web === undefined || count === undefined) return undefined
  const used = app.settings.redisClients.filter(
    ({ target, when }) => target.kind === 'addon' && addon.variables.includes(target.name) && when.length === 0,
  )
  const layer = used.some(({ consumer }) => consumer === 'layer') && app.asgi.consumers.length > 0
  const caches = new Set(used.filter(({ consumer }) => /^django-/.test(consumer)).map(({ setting }) => setting)).size
  const each = (layer ? connectionsOf.layer : 0) + caches * connectionsOf.cache
  const broker = used.some(({ consumer }) => consumer === 'celery-broker')
  const workers = broker ? celeryDynos(app) : 0
  return {
    limit,
    needed: web.up * count * each + workers * connectionsOf.celeryWorker,
    dynos: web.up,
    processes: count,
    each,
    workers,
  }
}

/** Server processes on one dyno. `stated`: the app has a config var WEB_CONCURRENCY, so the default does not hold. */
function processesOf(server: Server | undefined, { size }: RunningDynos, stated: boolean): number | undefined {
  const [only, more] = server?.workers.parts ?? []
  if (only === undefined || more !== undefined) return undefined
  if (typeof only === 'string') return /^\d{1,3}$/.test(only) ? Math.max(1, Number(only)) : undefined
  const byDefault = only.variable === 'WEB_CONCURRENCY' && size !== undefined && !stated
  return byDefault ? defaultConcurrency[size] : undefined
}

function celeryDynos(app: App): number {
  const dynos = app.snapshot?.dynos ?? []
  return app.processes.all
    .filter(isCeleryWorker)
    .reduce((sum, { type }) => sum + (dynos.find((one) => one.type === type)?.up ?? 0), 0)
}

function isCeleryWorker({ steps }: Process): boolean {
  return steps.some(({ argv }) => {
    const words = argv.map(({ parts }) => parts.filter((part) => typeof part === 'string').join(''))
    return words[0] === 'celery' && words.includes('worker')
  })
}
