import type { Edit } from '../../contracts/edit.ts'
import { type Place, placeKey } from '../../contracts/place.ts'
import type { Untold } from '../../contracts/untold.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import { told, verdict } from '../settings/verdict.ts'
import { atLeast } from '../settings/versions.ts'
import type { AppNode, Consumer, ProtocolsNode, ServedApplication } from './model.ts'
import { nodesOf, unknownApplication, unwrapped } from './routes.ts'
import { channelsMajor } from './versions.ts'

/** The served application has nothing for WebSockets. */
export interface MissingEntry {
  readonly node: AppNode
  readonly when: readonly Condition[]
  readonly consumers: readonly Consumer[]
}

/** The application that surely lacks a `websocket` entry though the project has consumers; undefined otherwise. */
export function missingWebsocket(app: App): MissingEntry | undefined {
  for (const unknown of unknownServing(app)) app.inquiry.cannotTell(unknown)
  if (!isServed(app)) return undefined
  const consumers = app.asgi.consumers.filter(({ kind }) => kind === 'websocket')
  if (consumers.length === 0) return undefined
  const found = told(app.inquiry, verdict(app.asgi.application, lacksWebsocket), unknownApplication)
  return found && { node: unwrapped(found.where[0].root), when: found.when, consumers }
}

/** Whether an application has nothing for WebSockets; undefined: it may have. */
function lacksWebsocket({ root }: ServedApplication): boolean | undefined {
  const node = unwrapped(root)
  if (node.kind === 'django') return true
  if (node.kind !== 'protocols') return undefined
  if (node.entries.some(({ protocol }) => protocol === 'websocket')) return false
  return node.open ? undefined : true
}

/** Whether what is served has surely nothing for WebSockets, on each of its paths. */
export function servesNoSockets(app: App): boolean {
  const { application } = app.asgi
  return isServed(app) && application.length > 0 && application.every((one) => lacksWebsocket(one) === true)
}

/** What we found is what a server loads, or what ASGI_APPLICATION says will be: not merely a file called asgi.py. */
function isServed(app: App): boolean {
  const { served } = app.asgi
  return served !== undefined && (served.from !== 'layout' || app.processes.web === undefined)
}

/** A ProtocolTypeRouter without `http`: the router, the Channels that matters, and an edit that adds the entry. */
export interface MissingHttp {
  readonly node: ProtocolsNode
  readonly when: readonly Condition[]
  readonly major: 3 | 4
  readonly edits: readonly Edit[] | undefined
}

export function missingHttp(app: App): MissingHttp | undefined {
  const major = channelsMajor(app)
  if (major !== 3 && major !== 4) return undefined
  const found = told(
    app.inquiry,
    verdict(app.asgi.application, ({ root }) => {
      const node = unwrapped(root)
      if (node.kind !== 'protocols') return undefined
      return node.open
        ? node.entries.some(({ protocol }) => protocol === 'http')
          ? false
          : undefined
        : node.entries.every(({ protocol }) => protocol !== 'http')
    }),
    unknownApplication,
  )
  const node = found && unwrapped(found.where[0].root)
  if (found === undefined || node?.kind !== 'protocols') return undefined
  return { node, when: found.when, major, edits: httpEntry(app, node) }
}

/** Django's WSGI application behind asgiref's bridge, as what answers http. */
export interface BridgedHttp {
  readonly at: Place
  readonly when: readonly Condition[]
}

/**
 * `WsgiToAsgi(get_wsgi_application())`: its `run_wsgi_app` is a plain `@sync_to_async` (asgiref 3.4 to 3.13), for which asgiref keeps one
 * thread in each process. Django's own ASGI handler opens a ThreadSensitiveContext for each request, since 3.2.
 */
export function bridgedHttp(app: App): BridgedHttp | undefined {
  if (!isServed(app) || atLeast(app.dependencies, 'django', '3.2') !== true) return undefined
  const bridges = verdict(app.asgi.application, (one) => bridgedNode(one) !== undefined)
  const found = told(app.inquiry, bridges, unknownApplication)
  const node = found && bridgedNode(found.where[0])
  return found === undefined || node === undefined ? undefined : { at: node.at, when: found.when }
}

function bridgedNode({ root }: ServedApplication): AppNode | undefined {
  const node = unwrapped(root)
  const http = node.kind === 'protocols' ? node.entries.find(({ protocol }) => protocol === 'http')?.app : node
  const page = http && unwrapped(http)
  return page?.kind === 'django' && page.bridged === true ? page : undefined
}

/** Adds `'http': …` in front of the first entry; the Django application is taken from the module or made there. */
function httpEntry(app: App, node: ProtocolsNode): readonly Edit[] | undefined {
  const [first] = node.entries
  const file = node.mapping.file
  // django.core.asgi came with Django 3.0.
  if (atLeast(app.dependencies, 'django', '3.0') === false) return undefined
  const source = parseFile(app.tree, file)
  if (first === undefined || source === undefined || first.key.file !== file) return undefined
  const { text, module } = source
  if (text[node.mapping.span.start] !== '{') return undefined
  const quote = text[first.key.span.start] === '"' ? '"' : "'"
  const before = text.slice(text.lastIndexOf('\n', first.key.span.start) + 1, first.key.span.start)
  const separator = before.trim() === '' ? `,\n${before}` : ', '
  const name = module.body
    .flatMap((statement) =>
      statement.kind === 'Assign' && isDjango(text.slice(statement.value.start, statement.value.end))
        ? statement.targets
        : [],
    )
    .find((target) => target.kind === 'Name')
  const imported = /^from django\.core\.asgi import .*\bget_asgi_application\b/m.test(text)
  const value = name?.kind === 'Name' ? name.id : 'get_asgi_application()'
  const entry: Edit = {
    file,
    span: { start: first.key.span.start, end: first.key.span.start },
    text: `${quote}http${quote}: ${value}${separator}`,
  }
  if (name !== undefined || imported) return [entry]
  const top = module.body.find((statement) => statement.kind === 'Import' || statement.kind === 'ImportFrom')
  if (top === undefined) return undefined
  return [
    { file, span: { start: top.start, end: top.start }, text: 'from django.core.asgi import get_asgi_application\n' },
    entry,
  ]
}

function isDjango(text: string): boolean {
  return /^get_asgi_application\s*\(\s*\)$/.test(text)
}

/** A consumer that is routed in a form its version of Channels cannot serve. */
export interface WrongForm {
  /** `class`: it lacks as_asgi(). `uncalled`: as_asgi has no parentheses. `as_asgi`: it has one on Channels 2. `instance`: it is an object. */
  readonly form: 'class' | 'uncalled' | 'as_asgi' | 'instance'
  /** Who serves it: the process type that runs a worker, when no socket passes it. Undefined: whatever serves sockets. */
  readonly worker: string | undefined
  readonly name: string
  readonly at: Place
  readonly edits: readonly Edit[] | undefined
}

export function wrongForms(app: App): WrongForm[] {
  const major = channelsMajor(app)
  if (major === undefined) return []
  const found: WrongForm[] = []
  const worker = app.processes.all.find(({ django }) => django.some(({ name }) => name === 'runworker'))?.type
  for (const { root } of app.asgi.application) {
    const nodes = nodesOf(root)
    const ofWorkers = new Set(nodes.flatMap((node) => (node.kind === 'channels' ? nodesOf(node) : [])))
    for (const node of nodes) {
      if (
        node.kind !== 'consumer' ||
        (major === 2 ? !/^(?:as_asgi|uncalled)$/.test(node.form) : node.form === 'as_asgi')
      )
        continue
      const use = node.use ?? node.at
      const form = major === 2 ? 'as_asgi' : node.form
      // A name that `runworker` listens to: no socket comes there, and one object serves one channel. An import fails everywhere.
      const byWorker = form !== 'as_asgi' && ofWorkers.has(node)
      if (byWorker && (worker === undefined || form === 'instance')) continue
      found.push({
        form,
        name: node.name,
        at: use,
        worker: byWorker ? worker : undefined,
        edits: formEdits(app, form, node.use),
      })
    }
  }
  return uniqueBy(found, ({ at }) => placeKey(at))
}

function formEdits(app: App, form: WrongForm['form'], use: Place | undefined): readonly Edit[] | undefined {
  if (use === undefined) return undefined
  const { file, span } = use
  if (form === 'class') return [{ file, span: { start: span.end, end: span.end }, text: '.as_asgi()' }]
  if (form === 'uncalled') return [{ file, span: { start: span.end, end: span.end }, text: '()' }]
  const text = parseFile(app.tree, file)?.text.slice(span.start, span.end)
  const tail =
    text === undefined ? undefined : (form === 'as_asgi' ? /\.as_asgi(?:\(\s*\))?$/ : /\(\s*\)$/).exec(text)?.[0]
  return tail === undefined
    ? undefined
    : [{ file, span: { start: span.end - tail.length, end: span.end }, text: form === 'as_asgi' ? '' : '.as_asgi()' }]
}

const routes = { en: 'the WebSocket routes', fr: 'les routes WebSocket' }
const unnamed = {
  en: 'the list holds routes that nobody can name from the code',
  fr: 'la liste contient des routes que le code ne permet pas de nommer',
}

/** What of the way from the server to the consumers nobody can tell. */
function unknownServing(app: App): Untold[] {
  const { application, served } = app.asgi
  const what = { en: 'the served application', fr: 'l’application servie' }
  if (application.length === 0) {
    const why = {
      en: 'no ASGI application is found that a server would load',
      fr: 'aucune application ASGI trouvée qu’un serveur chargerait',
    }
    return [{ what, why, at: served?.at }]
  }
  return application.flatMap(({ root }) =>
    nodesOf(root).flatMap((node): Untold[] => {
      if (node.kind === 'unknown') return [{ what, why: node.why, at: node.at }]
      if (node.kind === 'routes' && node.open) return [{ what: routes, why: unnamed, at: node.list }]
      if (node.kind !== 'wrapper' || node.role !== 'other' || node.custom !== undefined) return []
      const why = {
        en: `what \`${node.path}\` does with the application it wraps is not known`,
        fr: `ce que \`${node.path}\` fait de l’application qu’il enveloppe n’est pas connu`,
      }
      return [{ what, why, at: node.at }]
    }),
  )
}
