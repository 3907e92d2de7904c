import type { App } from '../../../src/app/app.ts'
import { isDatabaseDefault } from '../../../src/app/settings/databases.ts'
import { makesFolders } from '../../../src/app/settings/made-folders.ts'
import { mentionedVariables } from '../../../src/app/settings/mentioned-variables.ts'
import { isForLack } from '../../../src/app/settings/missing-config-vars.ts'
import { pathKind } from '../../../src/app/settings/path-kind.ts'
import { isRedisVariable } from '../../../src/app/settings/redis-endpoint.ts'
import { anchorOf, judged, usualSettings } from '../../../src/app/settings/setting-verdict.ts'
import { metAnywhere, startFailures } from '../../../src/app/settings/start.ts'
import { not } from '../../../src/app/settings/system-checks/answers.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import { type World, worldsBeside, worldsOf } from '../../../src/app/settings/worlds.ts'
import type { Hop } from '../../../src/contracts/hop.ts'
import { type Place, placeKey } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Crash, Evaluation, Event, StartMoment } from '../../../src/evaluate/python/evaluation.ts'
import { isTruthy } from '../../../src/evaluate/python/truth.ts'
import { uniqueBy } from '../../../src/unique-by.ts'

/** What a process imports: `settings` first, then what their lookups lead to, and the module the server loads; beside the way, the module of the tasks first. */
export interface StartupCrash {
  readonly crash: Crash
  readonly what: BootRun['what'] | StartMoment
  readonly when: readonly (Condition | Text)[]
  /** Where the first process that imports it ends. */
  readonly hop: Hop
  /** The process that ends, when no WebSocket passes it. */
  readonly process: string | undefined
}

/** Exceptions that end boot, except those that another rule explains. */
export function startupCrashes(app: App): StartupCrash[] {
  const found: StartupCrash[] = []
  for (const { what, evaluation, hop, also, process } of [...bootRuns(app), ...runsBeside(app)]) {
    const crash = evaluation.certainCrash
    if (crash !== undefined) {
      if (!explained(app, crash) && isTrusted(crash) && !isWanting(app, what, crash))
        found.push({ crash, what, when: also, hop, process })
      continue
    }
    // What a worker asks of its config vars is its own affair.
    if (process !== undefined) continue
    const [conditional] = evaluation.paths.filter((path) => path.crash !== undefined && isFault(app, path.crash))
    if (conditional?.crash !== undefined) {
      found.push({ crash: conditional.crash, what, when: [...conditional.when, ...also], hop, process })
    }
  }
  return uniqueBy([...found, ...startCrashes(app)], ({ crash }) => placeKey(crash.at))
}

/**
 * What a start raises behind a lookup: imports of the project's own that fail, and config vars that are known to be unset.
 * Anything else may be a value that only our reading gives.
 */
function startCrashes(app: App): StartupCrash[] {
  return startFailures(app).flatMap(({ lookup, exception, message, variable, at, chain, when, hop, moment }) => {
    if (moment === undefined) return []
    if ((lookup.dangling && moment !== 'logging') || at.file === '') return []
    const crash: Crash = { exception, message, variable, at, chain, when: [] }
    const absent = variable !== undefined && app.settings.environment.get(variable).state === 'absent'
    const isImport = exception === 'ModuleNotFoundError' || exception === 'ImportError'
    if (lookup.contract) return [{ crash, what: moment, when, hop, process: undefined }]
    if (moment === 'logging' && lookup.path.includes('/')) {
      const folder = lookup.path.slice(0, lookup.path.lastIndexOf('/'))
      const isMade = hasFolder(app, folder)
      if (isMade === false) return [{ crash, what: moment, when, hop, process: undefined }]
      if (isMade === undefined) app.inquiry.cannotTell({ ...unknownFolder(folder), at, hop })
    }
    // Who comes first in a circle of imports may rest on a package that is not read.
    if (!absent && (!isImport || explained(app, crash) || message.includes('partially initialized'))) return []
    return [{ crash, what: moment, when, hop, process: undefined }]
  })
}

/** Whether something makes a folder that no file of the project and no stack of Heroku brings; undefined: something may. */
function hasFolder(app: App, folder: string): boolean | undefined {
  // An image may bring any folder outside of the project.
  return folder.startsWith('/var/') && app.manifest.platform === 'heroku-container' ? undefined : makesFolders(app)
}

const unknownFolder = (folder: string) => ({
  what: {
    en: `whether \`${folder}\` is there for the log file`,
    fr: `si \`${folder}\` existe pour le fichier journal`,
  },
  why: {
    en: 'a hook, another buildpack, a script or the image may make it',
    fr: 'un hook, un autre buildpack, un script ou l’image peut le créer',
  },
})

/** It would not happen if the config vars that the app lacks were set. */
function isWanting(app: App, what: BootRun['what'], { variable, at }: Crash): boolean {
  return what === 'task' ? variable !== undefined : isForLack(app, what, at)
}

/** A module that boot imports, as it ran. */
export interface BootRun {
  readonly what: 'settings' | 'asgi' | 'task'
  readonly evaluation: Evaluation
  readonly hop: World['hop']
  /** Undefined: it is on the way of a WebSocket. */
  readonly process: string | undefined
  /** What must be so for this process to import it. */
  readonly also: readonly Text[]
}

/** The settings of every process on the way, when it is sure which they are, and the module that the web process loads. */
export function bootRuns(app: App): BootRun[] {
  const out = worldsOf(app).flatMap(({ hop, settings: { evaluation, sure }, when }): BootRun[] =>
    evaluation === undefined || !sure
      ? []
      : [{ what: 'settings', evaluation, hop, also: when === undefined ? [] : [when], process: undefined }],
  )
  const { evaluation, served } = app.asgi
  if (evaluation !== undefined && served?.from === 'web')
    out.push({ what: 'asgi', evaluation, hop: 'boot', also: [], process: undefined })
  return out
}

/** What the other processes import: the module of their tasks, and settings that nobody on the way reads. */
function runsBeside(app: App): BootRun[] {
  return worldsBeside(app).flatMap(({ hop, process, settings: { evaluation, sure }, when, entry }): BootRun[] => {
    const by = { hop, process, also: when === undefined ? [] : [when] }
    return [
      ...(entry === undefined ? [] : [{ ...by, what: 'task' as const, evaluation: entry }]),
      ...(evaluation === undefined || !sure ? [] : [{ ...by, what: 'settings' as const, evaluation }]),
    ]
  })
}

/** An attribute that only our model of a library may lack is no reason to say that boot fails. */
function isTrusted({ exception, message }: Crash): boolean {
  return exception !== 'AttributeError' || /^('NoneType' object|module ')/.test(message)
}

/** A package that is not installed is deps/missing-package's, a syntax error engine/parse-error's. */
function explained(app: App, { exception, message, at }: Crash): boolean {
  if (/^(SyntaxError|IndentationError|TabError)$/.test(exception)) return true
  if (exception !== 'ModuleNotFoundError' && exception !== 'ImportError') return false
  const module = /No module named '([^']+)'/.exec(message)?.[1]
  if (module === undefined) return at.file === ''
  const [top = module] = module.split('.')
  return app.project.resolve(top, app.settings.searchPath) === undefined
}

/** A conditional crash nobody wants: it needs no variable to be set, and is no guard that asks for one. */
function isFault(app: App, crash: Crash): boolean {
  return (
    crash.variable === undefined &&
    crash.exception !== 'ImproperlyConfigured' &&
    crash.exception !== 'SystemExit' &&
    crash.when.every(({ opaque }) => !opaque) &&
    pathKind(crash.when) === 'default' &&
    !crash.when.some((condition) => isAddonCondition(condition)) &&
    !explained(app, crash) &&
    isTrusted(crash)
  )
}

function isAddonCondition(condition: Condition): boolean {
  return (
    isDatabaseDefault(condition) ||
    (condition.variable !== undefined && !condition.holds && isRedisVariable(condition.variable))
  )
}

/** A variable of unknown state without which boot fails. */
export interface RequiredVariable {
  readonly name: string
  readonly at: Place
  /** Where the first process asks for it. */
  readonly hop: World['hop'] | 'http'
}

/** Variables that must be set by hand: no add-on, manifest or configuration says they are. */
export function requiredVariables(app: App): RequiredVariable[] {
  const found = new Map<string, Omit<RequiredVariable, 'name'>>()
  for (const { evaluation, hop } of bootRuns(app)) {
    for (const { name, at } of evaluation.required) {
      if (isRedisVariable(name) || name === 'DATABASE_URL' || app.environment.get(name).state !== 'unknown') continue
      if (!found.has(name)) found.set(name, { at, hop })
    }
  }
  const secret = emptiedSecretKey(app)
  if (secret !== undefined && secret.hop !== 'http' && !found.has(secret.name)) found.set(secret.name, secret)
  return [...found].map(([name, one]) => ({ ...one, name }))
}

/** A required variable that app.json sets under a name which differs by a prefix, and which no process reads. */
export interface MisnamedVariable extends RequiredVariable {
  readonly set: string
  readonly setAt: Place
}

/** `env.prefixed('DJANGO_')` asks for DJANGO_SECRET_KEY where app.json has SECRET_KEY, or the other way round. */
export function misnamedVariables(app: App, required: readonly RequiredVariable[]): MisnamedVariable[] {
  const reads = new Set(bootRuns(app).flatMap(({ evaluation }) => [...evaluation.reads.keys()]))
  const run = new Set(bootRuns(app).flatMap(({ evaluation }) => evaluation.files))
  const set = (app.manifest.appJson?.env ?? []).filter(({ name }) => !reads.has(name))
  // Code that runs later, a script or the build of a frontend may read it.
  const mentioned =
    set.length === 0 ? undefined : mentionedVariables(app.tree, new Set(set.map(({ name }) => name)), run)
  const unread = set.filter(({ name }) => mentioned?.names.has(name) !== true)
  return required.flatMap((one): MisnamedVariable[] => {
    const like = unread.find(({ name }) => one.name.endsWith(`_${name}`) || name.endsWith(`_${one.name}`))
    return like === undefined ? [] : [{ ...one, set: like.name, setAt: like.at }]
  })
}

/** The variable without which SECRET_KEY is empty: until 3.1 Django looked at the key when it loaded the settings, since then when it is used. */
export function emptiedSecretKey(app: App): RequiredVariable | undefined {
  const { settings } = app
  const secret = judged(settings, 'SECRET_KEY', ({ value }) => not(isTruthy(value)))
  // django_heroku sets it where the config var is there, and leaves it out otherwise.
  const [unbound] = settings.sure ? (settings.get('SECRET_KEY')?.absent ?? []) : []
  const name = (secret?.when ?? unbound)?.find(({ variable, holds }) => variable !== undefined && !holds)?.variable
  const at = secret?.first.value.at ?? settings.get('SECRET_KEY')?.alternatives[0]?.at
  if (name === undefined || at === undefined) return undefined
  return { name, at, hop: secretKeyHop(app) }
}

/** Where an empty SECRET_KEY is met: by Django 3.1 when it loads the settings, by later ones when a module or a page first asks for it. */
export function secretKeyHop(app: App): RequiredVariable['hop'] {
  if (atLeast(app.dependencies, 'django', '3.2') === false) return 'boot'
  const asked = metAnywhere(app, (event) => (asksForKey(event) ? 'SECRET_KEY' : undefined))
  return asked.find(({ met }) => met.when.length === 0)?.met.hop ?? 'http'
}

const asksForKey = (event: Event): boolean =>
  (event.type === 'setting' && event.name === 'SECRET_KEY') ||
  (event.type === 'import' && event.from === 'external' && event.guarded !== true && signers.test(event.module))

/** Modules whose package has `settings.SECRET_KEY` among its defaults, a dict that importing them makes (simplejwt 5.2.0 to 5.5.0, read). */
const signers = /^rest_framework_simplejwt\.(?:authentication|models|serializers|settings|state|tokens|views)$/

/** Where SECRET_KEY is surely empty or unset. */
export function emptySecretKey(app: App): Place | undefined {
  const { settings } = app
  if (!settings.sure || settings.evaluation?.certainCrash !== undefined) return undefined
  if (settings.isAbsent('SECRET_KEY')) return anchorOf(settings, usualSettings)
  const empty = judged(settings, 'SECRET_KEY', ({ value }) => not(isTruthy(value)))
  return empty !== undefined && empty.when.length === 0 ? empty.first.at : undefined
}
