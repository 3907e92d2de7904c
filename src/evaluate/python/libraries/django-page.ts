import { parseRegex } from '../../../syntax/regex/parse.ts'
import { isProblem } from '../../../syntax/regex/regex.ts'
import { toJavaScript } from '../../../syntax/regex/to-javascript.ts'
import { bool, none, str, text } from '../constructors.ts'
import { awaitValue } from '../interpreter/coroutines.ts'
import { importModule } from '../interpreter/imports.ts'
import type { Machine } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { type NativeClass, native, nowhere, object, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { type CallValue, type ClassValue, calleePath, itemsOf, plain, type Value } from '../value.ts'
import { boundSetting } from './django.ts'
import { quietly } from './support/raised.ts'

/**
 * What Django does with the first request: it imports the URLconf, takes the first pattern that matches `/`, and calls its
 * view with a visitor nobody knows. Every pattern on record is a `route` event, what nobody can name a `routes-open` one, and what
 * the view renders a `render` event or a call of Django's own functions. `isHttp`: Django surely takes the request for one by http,
 * as nobody tells it how the router was asked.
 */
export function answerFirstPage(m: Machine, isHttp: boolean): void {
  m.memory.set(httpKey, isHttp)
  const root = plain(boundSetting(m, 'ROOT_URLCONF'))
  const module = root === undefined ? undefined : quietly(m, () => importModule(m, root, true))
  const patterns = module?.type === 'module' ? module.names.get('urlpatterns')?.value : undefined
  const view = quietly(m, () => walkPatterns(m, patterns, atRoot))
  if (view !== undefined && view !== 'unknown') quietly(m, () => callView(m, view))
  // What it answers must be explored like a value.
  m.wide = m.session.taints.union(m.wide, m.taint)
}

/** Where a list of patterns stands. */
interface Level {
  /** Namespaces, outermost first: every way in which a name may begin. */
  readonly prefixes: readonly string[]
  /** What stands in front of the patterns in an address, without the first slash; undefined: nobody can tell. */
  readonly path: string | undefined
  /** Whether `/` leads here. */
  readonly reached: boolean
  readonly depth: number
}

const atRoot: Level = { prefixes: [''], path: '', reached: true, depth: 0 }

/** The view that answers `/`; `unknown`: something before it may take it. All patterns below are told. */
function walkPatterns(m: Machine, patterns: Value | undefined, level: Level): Value | 'unknown' | undefined {
  const items = itemsOf(patterns)
  if (items === undefined || level.depth > 12) return open(m, level)
  let found: Value | 'unknown' | undefined
  for (const item of items) {
    const view = walkPattern(m, item, { ...level, reached: level.reached && found === undefined })
    found ??= view
  }
  const rest = patterns?.type === 'list' || patterns?.type === 'tuple' ? patterns.rest : undefined
  // The names in it are told in any case: somebody may reverse one.
  const more = rest === undefined ? undefined : open(m, level)
  return found ?? more
}

function open(m: Machine, { prefixes, reached }: Level): 'unknown' | undefined {
  for (const prefix of prefixes) m.event({ type: 'routes-open', prefix })
  return reached ? 'unknown' : undefined
}

function walkPattern(m: Machine, item: Value, level: Level): Value | 'unknown' | undefined {
  const path = item.type === 'call' ? (calleePath(item.callee) ?? '') : ''
  if (item.type !== 'call' || item.args.open) return open(m, level)
  const { positional, keywords } = item.args
  if (path === 'django.conf.urls.i18n.i18n_patterns')
    return walkPatterns(m, asList(positional, item), below({ ...level, path: undefined }, ['']))
  const kind = /^django\.(?:urls|conf\.urls)\.(path|re_path|url)$/.exec(path)?.[1]
  if (kind === undefined) return open(m, level)
  const route = plain(positional[0] ?? keywords.get('route') ?? keywords.get('regex'))
  const view = positional[1] ?? keywords.get('view')
  const matches = level.reached ? matchesRoot(kind, route) : undefined
  const here = { ...level, path: behind(level.path, kind, route) }
  if (view !== undefined && !isView(view)) return walkInclude(m, view, here, matches)
  const name = keywords.get('name') ?? positional[3]
  for (const prefix of level.prefixes) tellRoute(m, { prefix, name, path: here.path, view })
  return matches === true ? view : matches
}

/** The path behind another one; a regular expression is one where it says it letter by letter. */
function behind(path: string | undefined, kind: string | undefined, route: string | undefined): string | undefined {
  const own = kind === 'path' ? route : /^\^?([\w/-]*)\$?$/.exec(route ?? '.')?.[1]
  return path === undefined || own === undefined ? undefined : path + own
}

interface ToldRoute {
  readonly prefix: string
  readonly name: Value | undefined
  readonly path: string | undefined
  readonly view: Value | undefined
}

function tellRoute(m: Machine, { prefix, name, path, view }: ToldRoute): void {
  const known = plain(name)
  const isNamed = name !== undefined && name.type !== 'none'
  if (isNamed && known === undefined) m.event({ type: 'routes-open', prefix })
  else m.event({ type: 'route', name: known === undefined ? undefined : prefix + known, path, view })
}

/** Whether a pattern takes what is left of `/`: nothing. A converter never takes nothing. */
function matchesRoot(kind: string, route: string | undefined): true | 'unknown' | undefined {
  if (route === undefined) return 'unknown'
  if (kind === 'path') return route === '' ? true : undefined
  const parsed = parseRegex(route)
  const script = isProblem(parsed) ? undefined : toJavaScript(parsed)
  if (script === undefined) return 'unknown'
  return new RegExp(script.source, script.flags).test('') ? true : undefined
}

/**
 * Whether a pattern surely has one view. Anything else may be a list of patterns, as `include()` returns and many an attribute
 * `urls` holds: those of another AdminSite, of a router, of an API.
 */
function isView(value: Value): boolean {
  switch (value.type) {
    case 'function':
    case 'class':
    case 'native':
      return true
    case 'method':
      // Of a class outside of the project it may be any attribute.
      return value.function.type === 'function'
    case 'external':
      return /(?:^|\.)views\.(?:\w+\.)*(?!urls$|urlpatterns$)\w+$/.test(value.path)
    case 'call': {
      if (value.attributes.length > 0) return false
      const path = calleePath(value.callee) ?? ''
      const [wrapped] = value.args.positional
      // A decorator hands something back that is called.
      return (
        isAsView(value.callee) ||
        transparent.test(path) ||
        guards.test(path) ||
        (!includes.test(path) && wrapped !== undefined && isView(wrapped))
      )
    }
    default:
      return false
  }
}

const includes = /^django\.(?:urls|conf\.urls)\.include$/

const isAsView = (callee: Value): boolean =>
  calleePath(callee)?.endsWith('.as_view') === true ||
  (callee.type === 'method' &&
    (callee.function.type === 'external'
      ? callee.function.path.endsWith('.as_view')
      : callee.function.type === 'function' && callee.function.name === 'as_view'))

const isAdminUrls = (value: Value): boolean => calleePath(value) === 'django.contrib.admin.site.urls'

/** Names of `django.contrib.auth.urls`. */
const authNames = [
  'login',
  'logout',
  'password_change',
  'password_change_done',
  'password_reset',
  'password_reset_done',
  'password_reset_confirm',
  'password_reset_complete',
]

function walkInclude(
  m: Machine,
  value: Value,
  level: Level,
  matches: true | 'unknown' | undefined,
): Value | 'unknown' | undefined {
  const reached = matches === true || matches === 'unknown'
  const inner = { ...level, reached }
  const only = (found: Value | 'unknown' | undefined) => (found !== undefined && matches !== true ? 'unknown' : found)
  if (isAdminUrls(value)) return only(open(m, below(inner, ['admin:'])))
  if (value.type !== 'call' || !includes.test(calleePath(value.callee) ?? '')) return only(open(m, inner))
  const given = value.args.positional[0] ?? value.args.keywords.get('arg')
  const [first = given, second] = given?.type === 'tuple' ? given.items : []
  const namespace = plain(value.args.positional[1] ?? value.args.keywords.get('namespace'))
  const module = first?.type === 'str' ? importedModule(m, plain(first)) : first
  if (plain(first) === 'django.contrib.auth.urls') {
    for (const prefix of below(inner, [namespace === undefined ? '' : `${namespace}:`]).prefixes)
      for (const name of authNames) m.event({ type: 'route', name: prefix + name, path: undefined, view: undefined })
    return undefined
  }
  if (itemsOf(module) !== undefined)
    return only(walkPatterns(m, module, below(inner, spaces(namespace, plain(second)))))
  if (module?.type !== 'module') return only(open(m, below(inner, spaces(namespace, plain(second)))))
  const own = plain(module.names.get('app_name')?.value) ?? plain(second)
  return only(walkPatterns(m, module.names.get('urlpatterns')?.value, below(inner, spaces(namespace, own))))
}

/** An instance namespace and the application's: a name is found by either. */
function spaces(namespace: string | undefined, application: string | undefined): readonly string[] {
  const names = [namespace, application].filter((one) => one !== undefined)
  return names.length === 0 ? [''] : [...new Set(names)].map((name) => `${name}:`)
}

const below = (level: Level, own: readonly string[]): Level => ({
  ...level,
  depth: level.depth + 1,
  prefixes: level.prefixes.flatMap((prefix) => own.map((one) => prefix + one)).slice(0, 8),
})

function importedModule(m: Machine, name: string | undefined): Value | undefined {
  if (name === undefined) return undefined
  return quietly(m, () => importModule(m, name, true))
}

const asList = (items: readonly Value[], { at }: Value): Value => ({ type: 'tuple', items, rest: undefined, at })

/** Decorators that hand the request on as it came. */
export const transparent =
  /^(?:django\.views\.decorators\.(?:csrf|http|cache|vary|clickjacking|gzip|debug)\.|django\.utils\.decorators\.method_decorator)/

/** Decorators that send a visitor nobody knows elsewhere. */
const guards = /^django\.contrib\.auth\.decorators\.|^django\.contrib\.admin\.views\.decorators\./

/** Calls a view, whatever stands around it; one that only who is known gets to is not called. */
function callView(m: Machine, view: Value): void {
  switch (view.type) {
    case 'function':
    case 'method':
      answer(m, view)
      return
    case 'call': {
      const path = calleePath(view.callee) ?? ''
      const [wrapped] = view.args.positional
      if (view.attributes.length > 0) return
      if (guards.test(path)) return
      if (transparent.test(path) && wrapped !== undefined) callView(m, wrapped)
      else callClassView(m, view)
      return
    }
    default:
  }
}

/** Calls what answers the request, and awaits it where it is a coroutine. */
function answer(m: Machine, view: Value): void {
  const called = view.type === 'method' ? view.function : view
  if (called.type === 'function') m.event({ type: 'view', defined: called.at })
  const answered = m.call(view, [request()])
  const isCoroutine = called.type === 'function' && called.node.kind === 'AsyncFunctionDef'
  if (isCoroutine) awaitValue(m, answered)
}

function callClassView(m: Machine, view: CallValue): void {
  const { callee, args } = view
  const keyword = args.keywords.get('template_name')
  if (callee.type === 'external' && generic.test(callee.path)) {
    if (callee.path.endsWith('.TemplateView.as_view') && keyword !== undefined)
      m.event({ type: 'render', template: keyword, context: args.keywords.get('extra_context'), open: false })
    return
  }
  if (callee.type !== 'method' || callee.self.type !== 'class' || callee.function.type !== 'external') return
  if (callee.function.path.endsWith('.as_view')) answerWith(m, callee.self, keyword)
}

const generic = /^django\.views\.generic\.(?:\w+\.)?(?:TemplateView|ListView|FormView|View)\.as_view$/
const genericBase = /^django\.views\.generic\.(?:\w+\.)?(?:TemplateView|ListView|FormView|View)$/

/** Methods with which a class answers in a way of its own. */
const ownWays = ['dispatch', 'setup', 'get_template_names', 'render_to_response', 'http_method_not_allowed']

function answerWith(m: Machine, view: ClassValue, keyword: Value | undefined): void {
  const bases = mro(view)
  const has = (name: string) => bases.find((base) => base.type === 'class' && base.attributes.has(name))
  const externals = bases.flatMap((base) => (base.type === 'external' ? [base.path] : []))
  if (view.decorators.length > 0 || ownWays.some((name) => has(name) !== undefined)) return
  if (externals.length === 0 || !externals.every((path) => genericBase.test(path))) return
  const holder = has('template_name')
  const template = keyword ?? (holder?.type === 'class' ? holder.attributes.get('template_name')?.value : undefined)
  const rendered = () => {
    if (template !== undefined) m.event({ type: 'render', template, context: undefined, open: true })
  }
  if (has('get') === undefined) {
    if (!externals.every((path) => path.endsWith('.View'))) rendered()
    return
  }
  const before = m.events.length
  const instance = m.call(view, [])
  m.setAttribute(instance, 'request', request())
  answer(m, m.attribute(instance, 'get'))
  const own = m.events.slice(before).some((event) => event.type === 'call' && ownAnswer.test(event.path))
  if (own) rendered()
}

const ownAnswer = /^django\.views\.generic\.[\w.]+\.(?:get|render_to_response)$/

/** A GET of `/` from somebody who is not logged in. */
function request(): Value {
  return object(httpRequest, undefined, nowhere)
}

const anonymous: NativeClass = {
  class: 'django.contrib.auth.models.AnonymousUser',
  bases: [],
  get: (run, _, name) => {
    if (/^is_(?:authenticated|staff|superuser|active)$/.test(name)) return bool(false, run.at)
    if (name === 'is_anonymous') return bool(true, run.at)
    if (name === 'pk' || name === 'id') return none(run.at)
    if (name === 'username') return text('', run.at)
    return run.unknown(notModelled(`request.user.${name}`))
  },
  truth: () => true,
}

/** Where it stands, in the memory of the run, that Django takes the request for http. */
const httpKey = 'request is http'

/** The name of the text that `request.get_host()` gives: the host that the browser asked for. */
export const requestHost = 'request.get_host()'

/** Methods and attributes of a request that follow from how it came. */
function byTransport(run: PythonRun, name: string): Value | undefined {
  if (name === 'get_host')
    return native('django.http.HttpRequest.get_host', () =>
      str([{ name: requestHost, variable: undefined, chars: 'host', nonEmpty: true }], run.at),
    )
  if (run.memory.get(httpKey) !== true) return undefined
  if (name === 'is_secure') return native('django.http.HttpRequest.is_secure', () => bool(false, run.at))
  return name === 'scheme' ? text('http', run.at) : undefined
}

const httpRequest: NativeClass = {
  class: 'django.http.HttpRequest',
  bases: [],
  get: (run, _, name) => {
    if (name === 'method') return text('GET', run.at)
    if (name === 'path' || name === 'path_info') return text('/', run.at)
    if (name === 'user') return object(anonymous, undefined, run.at)
    return byTransport(run, name) ?? run.unknown(notModelled(`request.${name}`))
  },
  truth: () => true,
}
