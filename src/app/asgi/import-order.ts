import type { Edit } from '../../contracts/edit.ts'
import { type Place, placeKey, samePlace } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import { movedBelow, settingsMoved, setupInserted } from './code-edits.ts'
import type { BootPath, EarlyUse } from './model.ts'
import { judgeAll } from './path-verdict.ts'
import { nodesOf } from './routes.ts'

/** Models that are reached before the app registry is ready. */
export interface EarlyImport {
  /** The statement of the served module (or of a package's `__init__`) with which it begins. */
  readonly at: Place
  readonly use: EarlyUse
  /** Imports that lead from there to the model, each in its file. */
  readonly chain: readonly Place[]
  readonly setup: NonNullable<BootPath['setup']>
  /** Other statements of the module that reach models too early. */
  readonly others: readonly Place[]
  readonly when: readonly Condition[]
  /** It also comes before anything names the settings module. */
  readonly beforeSettings: boolean
  /** See {@link loadedBeside}. */
  readonly process: string | undefined
  readonly edits: readonly Edit[] | undefined
}

/** The first too early import of the served module; undefined when there is none, or nothing sets Django up at all. */
export function earlyImport(app: App): EarlyImport | undefined {
  if (!bootsItself(app)) return undefined
  const found = judgeAll(app.asgi.bootOrder, (path) =>
    path.setup !== undefined || path.early.length > 0 ? path.early.length > 0 : undefined,
  )
  const setup = found?.path.setup ?? app.asgi.bootOrder.find((path) => path.setup !== undefined)?.setup
  const use = found?.path.early[0]
  if (found === undefined || use === undefined || setup === undefined) return undefined
  const [first = use.at, ...rest] = [...use.chain, use.at].filter(({ file }) => file !== '')
  const starts = uniqueBy(found.path.early.map(startOf), placeKey)
  return {
    at: first,
    use,
    chain: rest,
    setup,
    others: starts.filter((place) => !samePlace(place, first)),
    when: found.when,
    beforeSettings:
      app.environment.get('DJANGO_SETTINGS_MODULE').state !== 'known' &&
      found.path.settingsNeeded !== undefined &&
      samePlace(startOf(found.path.settingsNeeded), first),
    process: loadedBeside(app),
    edits: movedBelow(app, starts, setup),
  }
}

/**
 * The module that runs is the one the server loads: what only ASGI_APPLICATION names is imported after Django was set up,
 * and nothing imports an asgi.py where every server loads another module.
 */
export function bootsItself(app: App): boolean {
  const { served } = app.asgi
  if (served?.file === undefined) return false
  if (served.from === 'web') return true
  return !serversLoadAnother(app) && /(?:^|\/)asgi[^/]*\.py$/.test(served.file)
}

/** The module that is taken for the served one is surely loaded by no server: each of them loads another. */
export function serversLoadAnother({ asgi: { served }, processes }: App): boolean {
  const servers = processes.all.flatMap((process) => process.servers)
  return servers.length > 0 && servers.every(({ target }) => target?.file !== undefined && target.file !== served?.file)
}

/** The process that loads the served module beside `web`, whose own servers load another: what ends there ends it alone. */
export function loadedBeside({ asgi: { served }, processes: { web, all } }: App): string | undefined {
  const servers = web?.servers ?? []
  if (served?.file === undefined || servers.length === 0) return undefined
  if (servers.some(({ target }) => target?.file === undefined || target.file === served.file)) return undefined
  return all.find((process) => process.servers.some(({ target }) => target?.file === served.file))?.type
}

/** Where a step begins: its first import statement, or itself. */
export function startOf(step: { readonly at: Place; readonly chain: readonly Place[] }): Place {
  return step.chain.find(({ file }) => file !== '') ?? step.at
}

/** Settings are needed before anything names them. */
export interface LateSettings {
  readonly at: Place
  readonly what: string
  readonly needed: Place
  /** The statement further down that names them. */
  readonly named: Place | undefined
  readonly when: readonly Condition[]
  /** See {@link loadedBeside}. */
  readonly process: string | undefined
  readonly edits: readonly Edit[] | undefined
}

/** Undefined when the environment, a package's `__init__` or an earlier line names the settings, or an early import is the cause. */
export function lateSettings(app: App): LateSettings | undefined {
  if (!bootsItself(app) || app.asgi.served?.file === undefined) return undefined
  const found = judgeAll(app.asgi.bootOrder, (path) => {
    if (path.when.some(({ variable, holds }) => variable === 'DJANGO_SETTINGS_MODULE' && holds)) return false
    if (path.settingsNeeded !== undefined) return true
    return path.settingsNamed === undefined ? undefined : false
  })
  const needed = found?.path.settingsNeeded
  if (found === undefined || needed === undefined || app.environment.get('DJANGO_SETTINGS_MODULE').state === 'known')
    return undefined
  const start = startOf(needed)
  const early = earlyImport(app)
  if (early?.beforeSettings === true) return undefined
  const { file } = app.asgi.served
  const named = app.project.defaults.find((one) => one.file === file)?.at
  const below = named !== undefined && named.span.start > start.span.start
  return {
    at: below ? named : start,
    what: needed.what,
    needed: start,
    named: below ? named : undefined,
    when: found.when,
    process: loadedBeside(app),
    edits: below ? settingsMoved(app, named, start) : undefined,
  }
}

/** Nothing that the served module runs sets Django up. */
export interface MissingSetup {
  readonly at: Place
  /** What fails first for it. */
  readonly use: EarlyUse | undefined
  readonly when: readonly Condition[]
  /** See {@link loadedBeside}. */
  readonly process: string | undefined
  readonly edits: readonly Edit[] | undefined
}

export function missingSetup(app: App): MissingSetup | undefined {
  const { served, bootOrder, application, consumers } = app.asgi
  if (!bootsItself(app) || served?.file === undefined || consumers.length === 0) return undefined
  const [first] = application
  if (
    first === undefined ||
    application.some(({ root }) =>
      nodesOf(root).some(({ kind }) => kind === 'unknown' || kind === 'function' || kind === 'django'),
    )
  )
    return undefined
  const found = judgeAll(bootOrder, (path) =>
    path.setup !== undefined ? false : path.crash === undefined || path.early.length > 0 ? true : undefined,
  )
  if (found === undefined) return undefined
  const use = found.path.early[0]
  const start = use === undefined ? first.at : startOf(use)
  return {
    at: start.file === served.file ? start : first.at,
    use,
    when: found.when,
    process: loadedBeside(app),
    edits: setupInserted(app, served.file, start),
  }
}
