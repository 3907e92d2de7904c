import type { App } from '../../../src/app/app.ts'
import { isAlwaysRun } from '../../../src/app/asgi/always-run.ts'
import { calledFunction, methodsOf } from '../../../src/app/asgi/called-function.ts'
import type { ServedApplication } from '../../../src/app/asgi/model.ts'
import {
  eachStanding,
  functionAt,
  type ProjectFunction,
  surelyDotted,
} from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, findClass, placeIn } from '../../../src/app/asgi/python-code.ts'
import { unwrapped } from '../../../src/app/asgi/routes.ts'
import { firstPage } from '../../../src/app/pages/first-page.ts'
import { judgeServer } from '../../../src/app/processes/server-verdict.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { entryOf, itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { getOrInsert } from '../../../src/get-or-insert.ts'
import type { Expression, FunctionDef, Try } from '../../../src/syntax/python/ast.ts'
import { isParameter } from '../../../src/syntax/python/bindings.ts'
import { isFunction, literalText, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A function that answers requests and asks for their WSGI environment, which HttpRequest and ASGIRequest have not. */
export interface AskedEnviron {
  readonly by: string
  /** Where it asks first: for sure, if it does so. */
  readonly at: Place
  /** The attribute's name everywhere in the function, where META would do. */
  readonly names: readonly Place[] | undefined
  /** The server, by name. */
  readonly server: string
  /** All pages do, or the first one; else some may. */
  readonly of: 'every' | 'first' | 'some'
  readonly when: readonly Condition[]
}

const asking = /\breq\w*\.environ\b/

/** What middlewares, the view of the first page, context processors and routed views ask, each place once. */
export function askedEnviron(app: App): AskedEnviron[] {
  const code = codeOf(app)
  if (!code.files.some((path) => asking.test(code.source(path)?.text ?? ''))) return []
  const server = judgeServer(app, app.processes.web, ({ speaks }) => speaks.protocol === 'asgi')
  if (server === undefined || app.asgi.application.length === 0 || !app.asgi.application.every(isDjangos)) return []
  if (isPutThere(code)) return []
  const found = new Map<FunctionDef, AskedEnviron>()
  for (const entry of [
    ...middlewares(app, code),
    ...firstViews(app, code),
    ...processors(app, code),
    ...routedViews(code),
  ])
    for (const [around, asked] of asksBehind(code, entry.functions)) {
      const first = asked.find(({ sure }) => sure) ?? asked[0]
      if (first === undefined || found.has(around)) continue
      const names = asked.flatMap(({ nameAt }) => nameAt ?? [])
      found.set(around, {
        by: around.name,
        at: first.at,
        names: names.length === asked.length ? names : undefined,
        server: server.server.name,
        of: first.sure ? entry.of : 'some',
        when: [...server.when, ...entry.when],
      })
    }
  return [...found.values()]
}

/** Django's own handler answers http, without a bridge to WSGI. */
function isDjangos({ root }: ServedApplication): boolean {
  const node = unwrapped(root)
  const http = node.kind === 'protocols' ? node.entries.find(({ protocol }) => protocol === 'http')?.app : node
  const page = http && unwrapped(http)
  return page?.kind === 'django' && page.bridged !== true
}

/** `request.environ = …` somewhere: whoever asks may find it. */
function isPutThere(code: Code): boolean {
  return code.files.some((path) => {
    const file = code.source(path)?.text.includes('environ') === true ? code.file(path) : undefined
    let found = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : []
        found ||= targets.some((one) => one.kind === 'Attribute' && one.attr === 'environ')
        const isSet = node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'setattr'
        found ||= isSet && node.args.some((one) => literalText(one) === 'environ')
        return !found
      })
    return found
  })
}

interface Entry {
  readonly functions: readonly ProjectFunction[]
  readonly of: AskedEnviron['of']
  readonly when: readonly Condition[]
}

const hooks = ['__call__', '__acall__', 'process_request', 'process_view', 'process_response']

/** The project's own middlewares in force. */
function middlewares({ settings }: App, code: Code): Entry[] {
  return namesIn(settings.get('MIDDLEWARE')?.alternatives.map(({ value }) => value) ?? []).flatMap((name): Entry[] => {
    const found = judged(settings, 'MIDDLEWARE', ({ value }) => itemsOf(value)?.some((item) => plain(item) === name))
    const of = findClass(code, name)
    const factory = functionAt(code, name)
    const methods = of === undefined ? [] : methodsOf(code, of).filter(({ node }) => hooks.includes(node.name))
    const functions = factory === undefined ? methods : [factory]
    return found === undefined ? [] : [{ functions, of: 'every', when: found.when }]
  })
}

/** The view of `/`. */
function firstViews(app: App, code: Code): Entry[] {
  return (firstPage(app)?.paths ?? []).flatMap(({ view, when }): Entry[] => {
    const file = view && code.file(view.file)
    const node = file?.tree.body.find((one) => one.start <= (view?.span.start ?? 0) && (view?.span.end ?? 0) <= one.end)
    if (file === undefined || node === undefined || !isFunction(node)) return []
    return [{ functions: [{ node, file, owner: undefined }], of: 'first', when }]
  })
}

/** Context processors, which run where a template gets the request. */
function processors({ settings }: App, code: Code): Entry[] {
  const engines = (settings.get('TEMPLATES')?.alternatives ?? []).flatMap(({ value }) => itemsOf(value) ?? [])
  const listed = engines.map((engine) => entryOf(entryOf(engine, 'OPTIONS')?.value, 'context_processors')?.value)
  return namesIn(listed).flatMap((name): Entry[] => {
    const found = functionAt(code, name)
    return found === undefined ? [] : [{ functions: [found], of: 'some', when: [] }]
  })
}

const routing = /^django\.(?:urls(?:\.conf)?\.(?:re_)?path|conf\.urls\.url)$/

/** Views that some URLconf names: functions, also behind decorators, and the methods of classes. */
function routedViews(code: Code): Entry[] {
  const views = code.files.flatMap((path): ProjectFunction[] => {
    const file = code.source(path)?.text.includes('urlpatterns') === true ? code.file(path) : undefined
    const found: ProjectFunction[] = []
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (node.kind !== 'Call' || !routing.test(dottedOf(node.func, file) ?? '')) return
        const view = node.args[1] ?? node.keywords.find(({ arg }) => arg === 'view')?.value
        if (view !== undefined) found.push(...viewFunctions(code, view, file))
      })
    return found
  })
  return views.map((one) => ({ functions: [one], of: 'some', when: [] }))
}

function viewFunctions(code: Code, view: Expression, file: CodeFile, depth = 0): readonly ProjectFunction[] {
  if (depth > 3) return []
  if (view.kind !== 'Call') {
    const found = functionAt(code, surelyDotted(view, { file, functions: [], owner: undefined }) ?? '')
    return found === undefined ? [] : [found]
  }
  const { func, args } = view
  if (func.kind !== 'Attribute' || func.attr !== 'as_view')
    return args[0] === undefined ? [] : viewFunctions(code, args[0], file, depth + 1)
  const of = findClass(code, dottedOf(func.value, file) ?? '')
  return of === undefined ? [] : methodsOf(code, of)
}

function namesIn(values: readonly (Value | undefined)[]): string[] {
  return [...new Set(values.flatMap((value) => (itemsOf(value) ?? []).flatMap((item) => plain(item) ?? [])))]
}

interface Asked {
  readonly at: Place
  /** The attribute's name, where META would do. */
  readonly nameAt: Place | undefined
  readonly sure: boolean
}

/** What functions ask themselves, and those of the project that they call, by the function. */
function asksBehind(code: Code, functions: readonly ProjectFunction[]): ReadonlyMap<FunctionDef, readonly Asked[]> {
  const asked = new Map<FunctionDef, Asked[]>()
  const reached = functions.map((one) => ({ one, sure: true }))
  for (const { one, sure: isReached } of reached) {
    if (reached.length > 40 || looksFirst(one.node)) continue
    eachStanding(one.file, (node, standing, parents) => {
      if (!standing.functions.includes(one.node)) return
      const inside = parents.slice(parents.indexOf(one.node) + 1)
      if (inside.some(catches)) return
      const sure = isReached && isAlwaysRun(one.node, node, parents)
      if (node.kind === 'Attribute' && node.attr === 'environ' && isRequest(node.value, standing.functions)) {
        const name = { start: node.end - node.attr.length, end: node.end }
        const nameAt = isOfWsgi(parents.at(-1)) ? undefined : placeIn(one.file, name)
        getOrInsert(asked, standing.functions.at(-1) ?? one.node, (): Asked[] => []).push({
          at: placeIn(one.file, node),
          nameAt,
          sure,
        })
      }
      const called = node.kind === 'Call' ? calledFunction(code, node, standing) : undefined
      if (called !== undefined && !reached.some((other) => other.one.node === called.node))
        reached.push({ one: called, sure })
    })
  }
  return asked
}

/** `request`, a parameter of a function around, or `self.request`. */
function isRequest(node: Expression, functions: readonly FunctionDef[]): boolean {
  if (node.kind === 'Attribute')
    return node.attr === 'request' && node.value.kind === 'Name' && node.value.id === 'self'
  return (
    node.kind === 'Name' &&
    /^_?(?:http_?)?req(?:uest)?$/.test(node.id) &&
    functions.some((one) => isParameter(node.id, one))
  )
}

/** `hasattr(request, "environ")`, `isinstance(request, WSGIRequest)` */
function looksFirst(node: FunctionDef): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= literalText(inner) === 'environ' || (inner.kind === 'Name' && /^(?:ASGI|WSGI)Request$/.test(inner.id))
    return !found
  })
  return found
}

/** `….environ["wsgi.input"]`, `….environ.get("wsgi.url_scheme")`: META has none of these under ASGI. */
function isOfWsgi(around: PythonNode | undefined): boolean {
  let found = false
  if (around !== undefined)
    walk(around, (inner) => {
      found ||= literalText(inner)?.startsWith('wsgi.') === true
      return !found
    })
  return found
}

const catching = new Set(['AttributeError', 'Exception', 'BaseException'])

function catches(node: PythonNode): boolean {
  return (
    node.kind === 'Try' &&
    (node as Try).handlers.some(({ type }) => type === undefined || namesOf(type).some((name) => catching.has(name)))
  )
}

const namesOf = (node: Expression): string[] =>
  node.kind === 'Tuple' ? node.elts.flatMap(namesOf) : node.kind === 'Name' ? [node.id] : []
