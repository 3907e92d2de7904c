import type { App } from '../../../src/app/app.ts'
import { namedTarget } from '../../../src/app/asgi/named-target.ts'
import { boundNames } from '../../../src/app/project/nodes.ts'
import { placeOf, writtenBy } from '../../../src/app/settings/redis-client.ts'
import { anchorOf, judged, usualSettings } from '../../../src/app/settings/setting-verdict.ts'
import { expressionAt, lineAfter, quoteAt } from '../../../src/app/settings/source-text.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Event } from '../../../src/evaluate/python/evaluation.ts'
import { plain } from '../../../src/evaluate/python/value.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/** Something wrong with ASGI_APPLICATION. */
export interface ApplicationFault {
  readonly kind: 'unset' | 'undotted' | 'colon' | 'module' | 'attribute' | 'circular'
  readonly at: Place
  /** Where the setting is given its value, when the fault is told elsewhere. */
  readonly setting?: Place
  readonly when: readonly Condition[]
  readonly path: string
  readonly module: string
  readonly attribute: string
  /** What to write. */
  readonly meant: string
  /** What whoever reads it stops with; nothing for an unset one, as that depends on who does. */
  readonly error: string
  readonly edits: readonly Edit[] | undefined
}

/** What is wrong with ASGI_APPLICATION in a project of Channels 2 or later. */
export function applicationFault(app: App): ApplicationFault | undefined {
  const { settings } = app
  if (settings.isAbsent('ASGI_APPLICATION')) return unsetFault(app)
  const circle = circularFault(app)
  if (circle !== undefined) return circle
  const found = judged(settings, 'ASGI_APPLICATION', ({ value }) => {
    const path = plain(value)
    return path === undefined ? undefined : pathFault(app, path) !== undefined
  })
  const path = plain(found?.first.value)
  const fault = path === undefined ? undefined : pathFault(app, path)
  if (found === undefined || path === undefined || fault === undefined) return undefined
  const { value, at } = found.first
  const node = writtenBy(value.at, at) ? expressionAt(app.tree, value.at) : undefined
  const quote = quoteAt(app.tree, value.at)
  const editable = fault.kind === 'colon' && node?.kind === 'Constant'
  return {
    ...fault,
    at: placeOf(app.tree, found.first),
    when: found.when,
    path,
    error: errorFor(app, path),
    edits: editable ? [{ ...value.at, text: `${quote}${fault.meant}${quote}` }] : undefined,
  }
}

function unsetFault(app: App): ApplicationFault | undefined {
  const { settings } = app
  const at = settings.sure ? anchorOf(settings, usualSettings) : undefined
  if (at === undefined) return undefined
  const { served } = app.asgi
  const known = served?.file !== undefined && served.from !== 'setting'
  const meant = known ? `${served.module}.${served.attribute}` : namedTarget(app).target.replace(':', '.')
  const base = { kind: 'unset', at, when: [], path: '', module: '', attribute: '', meant, error: '' } as const
  // A module that asks for the setting while it is loaded cannot be what the setting names.
  const line =
    known && !asksForApplication(app) && at.span.end > 0
      ? lineAfter(app.tree, at.file, assignmentEnd(app, at))
      : undefined
  if (line === undefined || line.indent !== '') return { ...base, edits: undefined }
  return { ...base, edits: [line.insert(`ASGI_APPLICATION = '${meant}'\n`)] }
}

/** Where the statement ends that binds the setting at `at`. */
function assignmentEnd(app: App, at: Place): number {
  const body = parseFile(app.tree, at.file)?.module.body ?? []
  const statement = body.find(({ start, end }) => start <= at.span.start && at.span.end <= end)
  return statement?.end ?? at.span.end
}

type PathFault = Pick<ApplicationFault, 'kind' | 'module' | 'attribute' | 'meant'>

function pathFault(app: App, path: string): PathFault | undefined {
  const dotted = path.replaceAll(':', '.')
  const cut = dotted.lastIndexOf('.')
  const module = dotted.slice(0, Math.max(0, cut))
  const attribute = dotted.slice(cut + 1)
  const { served } = app.asgi
  const meant =
    served?.file === undefined || served.from === 'setting' ? dotted : `${served.module}.${served.attribute}`
  if (path.includes(':')) return { kind: 'colon', module, attribute, meant: dotted }
  if (module === '') return { kind: 'undotted', module, attribute, meant }
  if (isForeign(app, module)) return undefined
  const found = app.project.resolve(module, app.settings.searchPath)
  if (found === undefined) return { kind: 'module', module, attribute, meant }
  const parsed = found.kind === 'namespace' ? undefined : parseFile(app.tree, found.file)
  const names = parsed && boundNames(parsed.module)
  return names === undefined || names.has(attribute) ? undefined : { kind: 'attribute', module, attribute, meant }
}

/** A module of a package, which the project does not hold. */
function isForeign(app: App, module: string): boolean {
  const [top = ''] = module.split('.')
  return (
    !top.includes(':') &&
    app.project.resolve(top, app.settings.searchPath) === undefined &&
    app.dependencies.moduleState(top) !== 'absent' &&
    !app.project.python.some((file) => file.startsWith(`${top}/`))
  )
}

/** What `get_default_application()` raises for a path that leads nowhere (channels/routing.py; daphne's runserver has a copy). */
function errorFor(app: App, path: string): string {
  const cut = path.lastIndexOf('.')
  if (cut < 0) return 'Cannot find ASGI_APPLICATION setting.'
  const module = path.slice(0, cut)
  // Which of its errors, the package's modules decide.
  if (isForeign(app, module)) return 'ImproperlyConfigured'
  const isFound = app.project.resolve(module, app.settings.searchPath) !== undefined
  return isFound ? cannotFind(path.slice(cut + 1), module) : `Cannot import ASGI_APPLICATION module '${module}'`
}

const cannotFind = (attribute: string, module: string): string =>
  `Cannot find '${attribute}' in ASGI_APPLICATION module ${module}`

/**
 * The served module asks for the object that ASGI_APPLICATION names, and that is itself, which is still being loaded:
 * `import_module` hands back the unfinished module, and it binds no such name yet (channels.routing, Channels 2 to 4).
 */
function circularFault(app: App): ApplicationFault | undefined {
  const { served } = app.asgi
  if (served?.file === undefined || served.from === 'setting' || !asksForApplication(app)) return undefined
  const found = judged(app.settings, 'ASGI_APPLICATION', ({ value }) => {
    const path = plain(value)
    return path === undefined ? undefined : path.startsWith(`${served.module}.`) && isUnbound(app, path)
  })
  const path = plain(found?.first.value)
  const call = callsForApplication(app)[0]
  if (found === undefined || path === undefined || call === undefined) return undefined
  const attribute = path.slice(path.lastIndexOf('.') + 1)
  return {
    kind: 'circular',
    at: call,
    setting: placeOf(app.tree, found.first),
    when: found.when,
    path,
    module: served.module,
    attribute,
    meant: path,
    error: cannotFind(attribute, served.module),
    edits: undefined,
  }
}

/** Whether each call in the served module comes before anything could have bound the attribute of this path. */
function isUnbound(app: App, path: string): boolean {
  const { served } = app.asgi
  const attribute = path.slice(path.lastIndexOf('.') + 1)
  if (served?.file === undefined || path !== `${served.module}.${attribute}`) return false
  const module = parseFile(app.tree, served.file)?.module
  const binding = module?.body.find((statement) => boundNames({ ...module, body: [statement] })?.has(attribute) ?? true)
  return callsForApplication(app).every(
    ({ file, span }) => file === served.file && (binding === undefined || span.start < binding.end),
  )
}

function callsForApplication(app: App): Place[] {
  return (app.asgi.evaluation?.paths ?? []).flatMap(({ events }) =>
    events.filter(isDefaultApplication).map(({ at }) => at),
  )
}

/** Who on the platform reads ASGI_APPLICATION: the web process as it starts, a worker, or nobody. */
export function applicationReader(app: App): 'web' | 'worker' | undefined {
  const { web, all } = app.processes
  if (asksForApplication(app) || web?.django.some(({ name }) => name === 'runserver')) return 'web'
  return all.some(({ django }) => django.some(({ name }) => name === 'runworker')) ? 'worker' : undefined
}

/** The served module takes its application from ASGI_APPLICATION on every path that does not crash. */
function asksForApplication(app: App): boolean {
  const paths = (app.asgi.evaluation?.paths ?? []).filter(({ crash }) => crash === undefined)
  return paths.length > 0 && paths.every(({ events }) => events.some(isDefaultApplication))
}

function isDefaultApplication(event: Event): boolean {
  return event.type === 'call' && event.path === 'channels.routing.get_default_application'
}
