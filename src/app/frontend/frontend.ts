import type { Place } from '../../contracts/place.ts'
import { type Condition, together } from '../../evaluate/condition.ts'
import { type Evaluator, evaluate, maxSteps } from '../../evaluate/javascript/evaluate.ts'
import { globalOf, type Sources } from '../../evaluate/javascript/globals.ts'
import { placeOf, type ScriptSource } from '../../evaluate/javascript/source.ts'
import { templateQuestions } from '../../evaluate/javascript/template-branches.ts'
import { known, type ScriptFrame, type ScriptOutcome } from '../../evaluate/javascript/values.ts'
import { guardsAround, openQuestions } from '../../evaluate/javascript/variables.ts'
import { itemsOf, plain } from '../../evaluate/python/value.ts'
import { type FileTree, join, readText } from '../../files/tree.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import { hostname } from '../../knowledge/hosts.ts'
import { parseDotenv } from '../../syntax/dotenv/dotenv.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import type { App } from '../app.ts'
import { methodText } from '../pages/method-texts.ts'
import { seesHttp } from '../pages/sees-http.ts'
import { shadowedTemplates } from '../pages/shadowed.ts'
import { writtenIn } from '../pages/written.ts'
import { closeCodes } from './close-codes.ts'
import { collectedFolder, staticRoot, withoutCopies } from './collected-folder.ts'
import { frontendFiles } from './files.ts'
import { fixedParameters, offersFixed } from './fixed.ts'
import { closeHandlers, namesOf } from './handlers.ts'
import { htmxSockets } from './htmx.ts'
import type { FrontendModel, Socket, SocketUrl } from './model.ts'
import { type Opening, openings } from './openings.ts'
import { attributeOf, jsonOf } from './page-texts.ts'
import { ofStatic, readSource, resolveImport, sourceCache } from './read.ts'
import { reconnectOf } from './reconnect.ts'
import { isReferenced, type References, referencesIn } from './references.ts'
import { unreachedViews } from './unreached-views.ts'
import { readUrl } from './url.ts'
import { usesIn } from './uses.ts'

/** Every socket that the project's browser code opens. Never throws. */
export function readFrontend(app: App): FrontendModel {
  const { tree } = app
  const collected = collectedFolder(app)
  const { files: met, all, skipped, bounded } = frontendFiles(tree, (path) => path === collected)
  const files = withoutCopies(met, staticRoot(app))
  if (files.length === 0) return { sockets: [], skipped, bounded }
  const sources: Sources = { cached: sourceCache(tree), text: (file) => readText(tree, file)?.text, all }
  const own = ownHosts(app)
  const sockets: Socket[] = []
  let references: References | undefined
  const isShadowed = shadowedTemplates(app)
  const isUnreached = unreachedViews(app)
  for (const { path, text } of files) {
    if (isShadowed(path)) continue
    const source = asServed(app, readSource(path, text))
    const found = [...socketsIn(app, source, sources), ...htmxSockets(source)]
    if (found.length === 0) continue
    references ??= referencesIn(tree, all, app.project.python)
    const referenced = isReferenced(tree, path, references, isUnreached)
    sockets.push(...found.map((socket) => ({ ...socket, urls: socket.urls.map((url) => named(url, own)), referenced })))
  }
  return { sockets, skipped, bounded }
}

/** A page as the server writes it. */
function asServed(app: App, source: ScriptSource): ScriptSource {
  if (source.holes.length === 0) return source
  const written = writtenIn(app, source.file)
  return {
    ...source,
    written: (hole, at) => written?.(hole, at) ?? methodText(app, hole, at),
    seesHttp: seesHttp(app),
  }
}

/** The hosts that ALLOWED_HOSTS lists by their whole name, on whatever path. */
function ownHosts({ settings }: Pick<App, 'settings'>): ReadonlySet<string> {
  const items = (settings.get('ALLOWED_HOSTS')?.alternatives ?? []).flatMap(({ value }) => itemsOf(value) ?? [])
  return new Set(items.flatMap((item) => plain(item)?.toLowerCase() ?? []))
}

/** A host that is written out may be the app's own. */
function named(url: SocketUrl, own: ReadonlySet<string>): SocketUrl {
  const { host } = url
  return host.kind === 'literal' && own.has(hostname(host.text ?? ''))
    ? { ...url, host: { ...host, kind: 'own' } }
    : url
}

function socketsIn(app: App, source: ScriptSource, sources: Sources): Socket[] {
  const all = openings(source)
  const uses = usesIn(source, all, () => importersOf(app.tree, sources, source))
  const found: { readonly socket: Socket; readonly way: readonly Condition[] }[] = []
  for (const opening of all) {
    // Without an address the constructor throws: that is no socket.
    if (opening.url === undefined) continue
    const e = evaluator(app, sources)
    const frame: ScriptFrame = { source, context: opening.site.context, parameters: undefined }
    // Code that only the developer's machine reaches says nothing about production.
    const open = openQuestions(e, guardsAround(frame), frame)
    if (open === 'closed') continue
    const urls = urlsOf(e, opening.url, frame)
    const socket: Socket = {
      at: placeOf(source, opening.site.node),
      opener: opening.name,
      library: opening.library,
      argument: placeOf(source, opening.url),
      urls,
      subprotocols:
        opening.subprotocols === undefined || isNothing(opening.subprotocols)
          ? undefined
          : placeOf(source, opening.subprotocols),
      offers: opening.subprotocols && offersOf(opening.subprotocols),
      fixed: {
        query: urls.length === 1 ? fixedParameters(urls[0]?.query ?? [], source) : [],
        subprotocol: opening.subprotocols !== undefined && offersFixed(e, opening.subprotocols, frame),
      },
      reconnect: reconnectOf(opening as Opening, source, uses),
      codes: closeCodes(closeHandlers(namesOf(opening, source, uses), opening, source, uses), source),
      referenced: true,
    }
    const way = [...templateQuestions(source, opening.site.node.start), ...open]
    found.push({ socket, way: way.map((ask) => ask(true)) })
  }
  return found.map(({ socket, way }) => {
    const choices = way.filter((condition) => found.some((other) => together([condition], other.way) === undefined))
    return choices.length === 0 ? socket : { ...socket, urls: socket.urls.flatMap((url) => urlUnder(choices, url)) }
  })
}

/** An address under the tests that choose between this socket and another one. Other tests on the way decide nothing: the socket is what the page is for. */
function urlUnder(choices: readonly Condition[], url: SocketUrl): readonly SocketUrl[] {
  const when = together(choices, url.when)
  return when === undefined ? [] : [{ ...url, when }]
}

function isNothing(node: Expression): boolean {
  return (
    (node.kind === 'Identifier' && (node.name === 'null' || node.name === 'undefined')) ||
    (node.kind === 'Array' && node.elements.length === 0)
  )
}

/** The subprotocols of an array or a text; undefined: there may be none. */
function offersOf(node: Expression): readonly (string | undefined)[] | undefined {
  if (node.kind === 'String') return [node.value]
  if (node.kind !== 'Array' || node.elements.length === 0 || node.elements.some(({ kind }) => kind === 'Spread'))
    return undefined
  return node.elements.map((one) => (one.kind === 'String' ? one.value : undefined))
}

function urlsOf(e: Evaluator, node: Expression, frame: ScriptFrame): SocketUrl[] {
  const outcomes = evaluate(e, node, frame).flatMap((outcome) => {
    if (outcome.value.type === 'function') {
      const call: Expression = { kind: 'Call', callee: node, args: [], start: node.start, end: node.end }
      return evaluate(e, call, frame)
    }
    return [outcome]
  })
  // Half an address is another one.
  if (e.steps > e.limit) return []
  return outcomes.flatMap((outcome) => readUrl(outcome, frame.source) ?? [])
}

function evaluator(app: App, sources: Sources): Evaluator {
  const { tree } = app
  const served = (page: ScriptSource) => asServed(app, page)
  return {
    steps: 0,
    limit: maxSteps,
    active: new Set(),
    importFrom(source, module) {
      const file = importedFile(tree, sources, source.file, module)
      return file === undefined ? undefined : sources.cached(file)
    },
    importers: (source) => importersOf(tree, sources, source),
    attributeOf: (source, selector, name) => attributeOf(sources, served, source, selector, name),
    jsonOf: (source, selector) => jsonOf(sources, served, source, selector),
    globalOf: (source, name) => globalOf(sources, source, name),
    buildVariable: (source, name) => buildVariable(tree, source.file, name),
  }
}

/** The file that an import names, by its path or as a static file of a page, where one alone has that name. */
function importedFile(tree: FileTree, { all }: Sources, from: string, module: string): string | undefined {
  if (!module.startsWith(ofStatic)) return resolveImport(tree, from, module)
  const name = module.slice(ofStatic.length)
  const [only, ...others] = all.filter((file) => file === name || file.endsWith(`/${name}`))
  return others.length === 0 ? only : undefined
}

const importing = new WeakMap<Sources, Map<string, readonly ScriptSource[]>>()

/** The other scripts, and pages, of which an import names this file. */
function importersOf(tree: FileTree, sources: Sources, { file, scopes }: ScriptSource): readonly ScriptSource[] {
  if (scopes.exports.size === 0) return []
  const known = getOrInsert(importing, sources, () => new Map<string, readonly ScriptSource[]>())
  return getOrInsert(known, file, () => readImporters(tree, sources, file))
}

function readImporters(tree: FileTree, sources: Sources, file: string): readonly ScriptSource[] {
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')
  // `import … from './socket'` of a folder's index names the folder.
  const name = stem === 'index' ? (file.split('/').at(-2) ?? stem) : stem
  return sources.all.flatMap((other) => {
    if (other === file || sources.text(other)?.includes(name) !== true) return []
    const source = sources.cached(other)
    const modules = [...(source?.scopes.root.variables.values() ?? [])].flatMap((one) => one.source?.module ?? [])
    const imports = modules.some((module) => importedFile(tree, sources, other, module) === file)
    return source !== undefined && imports ? [source] : []
  })
}

/** Files that the usual bundlers read for a production build, the first that has a name wins. */
const dotenvFiles = ['.env.production', '.env']

/** A variable of the build, as the nearest `.env` file gives it; a config var of the same name would win over it. */
function buildVariable(tree: FileTree, from: string, name: string): ScriptOutcome | undefined {
  const parts = from.split('/').slice(0, -1)
  for (let depth = parts.length; depth >= 0; depth--) {
    for (const file of dotenvFiles) {
      const path = join(...parts.slice(0, depth), file)
      const text = path === undefined ? undefined : readText(tree, path)?.text
      const binding = text === undefined ? undefined : parseDotenv(text).findLast((one) => one.name === name)
      if (path === undefined || binding?.value === undefined) continue
      const at = { file: path, span: binding.valueAt }
      return { value: known(binding.value, at, true), when: [unlessSet(name, at)] }
    }
  }
  return undefined
}

function unlessSet(name: string, at: Place): Condition {
  const text = { en: `${name} is not set as a config var`, fr: `${name} n’est pas définie comme config var` }
  return { id: `build:${name}:set`, variable: name, opaque: false, holds: false, text, at }
}
