import { dict, external, none, record } from '../constructors.ts'
import { callMethodNamed, findMethod } from '../interpreter/attributes.ts'
import { handedKey } from '../interpreter/calls.ts'
import { awaiterKey, awaitValue } from '../interpreter/coroutines.ts'
import { type Machine, mark, Raised, unwind } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { raiseMisfit } from '../interpreter/raising.ts'
import { native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { isTruthy } from '../truth.ts'
import {
  type CallArguments,
  type CallValue,
  calleePath,
  entryOf,
  type InstanceValue,
  itemsOf,
  type Value,
} from '../value.ts'
import { bridged } from './channels.ts'
import { isHandedOn, reachedFrom } from './reached.ts'
import { consume, consumerOf } from './socket-life.ts'
import { extended, socketScope } from './socket-scope.ts'
import { budget, step, timePasses, type Visiting, type VisitOptions } from './socket-step.ts'

/**
 * Opens a socket on the served application, as ASGI servers do (ASGI 3), and goes through what Channels then calls of each consumer
 * that a route leads to: `connect`, what a text brings, events of the channel layer, `disconnect` (channels/generic/websocket.py,
 * consumer.py of 3.0 to 4.3). Code of the project is run; what packages do is known for those of Channels, else it is a hole.
 * What comes of each step is an event, and the run goes on behind it.
 */
export function visitSocket(m: Machine, options: VisitOptions): void {
  const module = m.modules.get(options.module)
  const bound = module?.type === 'module' ? module.names.get(options.attribute)?.value : undefined
  const app = bound === undefined ? undefined : served(m, options, bound)
  if (app === undefined) return
  for (const visitor of ['any', 'bare browser', 'browser'] as const) {
    const v: Visiting = {
      visitor,
      options,
      left: budget.visitor,
      reached: false,
      met: new Map(),
      self: undefined,
      hasTasks: false,
      handed: [],
    }
    timePasses(m, v)
    m.memory.set(handedKey, (callee: Value, args: CallArguments) => handedOn(m, v, callee, args))
    m.memory.set(awaiterKey, (_: Machine, value: Value) => awaited(m, v, value))
    const send = native('send', () => {
      v.reached = true
      return none(m.at)
    })
    const receive = native('receive', () => {
      v.reached = true
      return m.unknown(notModelled('receive()'), 'dict')
    })
    step(m, v, { step: 'handshake', of: nameOf(app), ofAt: app.at }, () => {
      start(m, v, app, [socketScope(m, visitor), receive, send])
      return v.reached || isHandedOn(v.handed, reachedFrom([app, receive, send]))
    })
  }
  m.memory.delete(awaiterKey)
  m.memory.delete(handedKey)
}

/** What is served: the application that ASGI_APPLICATION names, where that is asked for. */
function served(m: Machine, { defaultApplication }: VisitOptions, bound: Value): Value | undefined {
  if (bound.type !== 'call' || calleePath(bound) !== 'channels.routing.get_default_application()') return bound
  if (defaultApplication === undefined) return undefined
  const before = mark(m)
  try {
    return m.attribute(m.importModule(defaultApplication.module), defaultApplication.attribute)
  } catch (thrown) {
    // Boot ends there, which is another rule's finding.
    if (!(thrown instanceof Raised)) throw thrown
    unwind(m, before)
    return undefined
  }
}

type Arguments = readonly (Value | undefined)[]

/** As a server calls what it serves: daphne and uvicorn take one of ASGI 2 for what it is. Of WSGI nothing is said here. */
function start(m: Machine, v: Visiting, app: Value, args: Arguments): void {
  const own = functionOf(app)
  if (own === undefined || takes(own, 3)) serve(m, v, app, args)
  else if (takes(own, 1)) serveTwice(m, v, app, args)
  else v.reached = true
}

/** As the routers of Channels call an application. */
function dispatch(m: Machine, v: Visiting, app: Value, args: Arguments): Value {
  const { bridges } = v.options
  const isOld = bridges === false ? false : isDouble(m, app)
  if (isOld === false) return serve(m, v, app, args)
  if (isOld === true && bridges === true) return serveTwice(m, v, app, args)
  v.reached = true
  return m.unknown(notModelled(nameOf(app)))
}

/** What asgiref takes for an application of ASGI 2: by a mark that it has, else what is no coroutine function (asgiref/compatibility.py). */
function isDouble(m: Machine, app: Value): boolean | undefined {
  for (const kind of ['single', 'double'] as const) {
    const marked = markOf(m, app, `_asgi_${kind}_callable`)
    if (marked !== false) return marked && kind === 'double'
  }
  const own = functionOf(app)
  return own?.type === 'function' && own.node.kind !== 'AsyncFunctionDef'
}

/** Whether an application of the project has a mark; undefined: it cannot be told. */
function markOf(m: Machine, app: Value, name: string): boolean | undefined {
  if (functionOf(app) === undefined) return false
  const before = mark(m)
  try {
    const marked = isTruthy(m.attribute(app, name))
    return marked === undefined && derivesFromChannelsAlone(app) ? false : marked
  } catch (thrown) {
    if (!(thrown instanceof Raised)) throw thrown
    unwind(m, before)
    return false
  }
}

/** `app(scope)(receive, send)`: asgiref/compatibility.py does so with what is no coroutine function. */
function serveTwice(m: Machine, v: Visiting, app: Value, [scope, ...rest]: Arguments): Value {
  const made = m.call(app, scope === undefined ? [] : [scope])
  const answer = m.call(
    made,
    rest.filter((one) => one !== undefined),
  )
  if (made.type === 'call' || made.type === 'unknown') v.reached = true
  return awaitValue(m, answer)
}

/** The function of the project's that is run when an application is called; bound to its object. */
function functionOf(app: Value): Value | undefined {
  if (app.type === 'function') return app
  if (app.type === 'method') return app.function.type === 'function' ? app.function : undefined
  const call = app.type === 'instance' ? findMethod(app, '__call__') : undefined
  return call?.type === 'function' ? call : undefined
}

/** Calls an application with (scope, receive, send), and waits for it. */
function serve(m: Machine, v: Visiting, app: Value, args: Arguments): Value {
  const given = args.filter((one) => one !== undefined)
  switch (app.type) {
    case 'call':
      return serveCall(m, v, app, args)
    case 'function':
    case 'method':
      return awaitValue(m, m.call(app, given))
    case 'instance': {
      const call = findMethod(app, '__call__')
      if (call === undefined) return serveInherited(m, v, app, args)
      if (call.type === 'function')
        return awaitValue(m, callMethodNamed(m, app, call, { positional: given, keywords: new Map(), open: false }))
      break
    }
    default:
      break
  }
  v.reached = true
  return m.unknown(notModelled(nameOf(app)))
}

/** Whether an application can be called with so many arguments: `self` is not counted. */
function takes(fn: Value, count: number): boolean {
  if (fn.type !== 'function') return false
  const { posonly, args, vararg } = fn.node.args
  const all = [...posonly, ...args].slice(fn.owner === undefined ? 0 : 1)
  const needed = all.filter((one) => one.default === undefined).length
  return needed <= count && (vararg !== undefined || all.length >= count)
}

/** What sets these keys of the scope around the application it was given. */
const setters: Readonly<Record<string, readonly string[]>> = {
  'channels.auth.AuthMiddlewareStack': ['cookies', 'session', 'user'],
  'channels.auth.AuthMiddleware': ['user'],
  'channels.sessions.SessionMiddlewareStack': ['cookies', 'session'],
  'channels.sessions.SessionMiddleware': ['session'],
  'channels.sessions.CookieMiddleware': ['cookies'],
  'channels.security.websocket.AllowedHostsOriginValidator': [],
  'channels.security.websocket.OriginValidator': [],
  'channels.middleware.BaseMiddleware': [],
  'channels.routing.ProtocolTypeRouter': [],
}

/** The scope that middlewares of packages hand on. What those of others than Channels do to it nobody knows. */
function around(m: Machine, scope: Value | undefined, paths: readonly string[], isOpen = false): Value | undefined {
  const sets = paths.map((path) => (Object.hasOwn(setters, path) ? setters[path] : undefined))
  const more = sets.flatMap((keys) => keys ?? []).map((key) => [key, m.unknown(notModelled(`scope["${key}"]`))])
  return extended(m, scope, Object.fromEntries(more), isOpen || sets.includes(undefined))
}

/** An object of a package. */
function serveCall(m: Machine, v: Visiting, app: CallValue, args: Arguments): Value {
  const [scope, ...rest] = args
  const consumer = consumerOf(app)
  if (consumer !== undefined) {
    v.reached = true
    consume(m, v, consumer, app.args, scope)
    return none(m.at)
  }
  const path = app.attributes.length === 0 ? calleePath(app.callee) : undefined
  const [first = [...app.args.keywords.values()][0]] = app.args.positional
  switch (path) {
    case 'channels.routing.ProtocolTypeRouter': {
      const inner = entryOf(first, 'websocket')?.value
      if (inner !== undefined) return dispatch(m, v, inner, args)
      break
    }
    case 'channels.routing.URLRouter': {
      v.reached = true
      for (const route of itemsOf(first) ?? []) serveRoute(m, v, route, args)
      return none(m.at)
    }
    case 'asgiref.compatibility.double_to_single_callable':
    case 'asgiref.compatibility.guarantee_single_callable': {
      const isOld = first === undefined ? undefined : path.includes('double') || isDouble(m, first)
      if (first === undefined || isOld === undefined) break
      return (isOld ? serveTwice : serve)(m, v, first, args)
    }
    default: {
      const inner = [...app.args.positional, ...app.args.keywords.values()].find(isApplication)
      if (inner === undefined || path === undefined) break
      return serve(m, v, inner, [around(m, scope, [path]), ...rest])
    }
  }
  v.reached = true
  return m.unknown(notModelled(path ?? 'application'))
}

function isApplication(value: Value): boolean {
  return ['call', 'instance', 'function', 'method'].includes(value.type)
}

const routes = /^django\.(urls(\.conf)?\.(re_)?path|conf\.urls\.url)$/

function serveRoute(m: Machine, v: Visiting, route: Value, [scope, ...rest]: Arguments): void {
  if (route.type !== 'call' || !routes.test(calleePath(route.callee) ?? '')) return
  const app = route.args.positional[1] ?? route.args.keywords.get('view')
  if (app === undefined || consumerOf(app) === undefined) {
    if (app !== undefined && isApplication(app)) dispatch(m, v, app, [withRoute(m, scope), ...rest])
    return
  }
  serve(m, v, app, [withRoute(m, scope), ...rest])
}

/** What a `URLRouter` sets. Which parameters a route has is another rule's question. */
function withRoute(m: Machine, scope: Value | undefined): Value | undefined {
  const unknown = (key = 'url_route') => m.unknown(notModelled(`scope["${key}"]`))
  const kwargs = dict([], m.at, unknown())
  const args = { type: 'tuple' as const, items: [], rest: unknown(), at: m.at }
  return extended(m, scope, {
    path_remaining: unknown('path_remaining'),
    url_route: record({ args, kwargs }, m.at),
  })
}

/** The `__call__` of a middleware's base: it calls what the middleware was given. */
function serveInherited(m: Machine, v: Visiting, self: InstanceValue, args: Arguments): Value {
  const bases = mro(self.class).filter((base) => base.type !== 'class')
  const isRouter = bases.some((base) => base.type === 'external' && base.path === 'channels.routing.ProtocolTypeRouter')
  const given = [...self.args.positional, ...self.args.keywords.values()]
  const inner = isRouter ? entryOf(given[0], 'websocket')?.value : given.find(isApplication)
  if (inner === undefined || bases.length === 0) {
    v.reached = true
    return m.unknown(notModelled(self.class.name))
  }
  // What the base calls of the project's own, such as `resolve_scope`, may put more into it.
  const isExtended = mro(self.class).some(
    (base) => base.type === 'class' && [...base.attributes.keys()].some((name) => /^(?!__)/.test(name)),
  )
  const isPlain = bases.every((base) => base.type === 'external' && base.path === 'channels.middleware.BaseMiddleware')
  const paths = bases.map((base) => (base.type === 'external' ? base.path : ''))
  return (isRouter ? dispatch : serve)(m, v, inner, [
    around(m, args[0], paths, isExtended && !isPlain),
    ...args.slice(1),
  ])
}

/** Whatever it has of a package it has of Channels, whose middlewares have no marks. */
function derivesFromChannelsAlone(app: Value): boolean {
  if (app.type !== 'instance') return false
  return mro(app.class).every(
    (base) => base.type === 'class' || (base.type === 'external' && /^channels\./.test(base.path)),
  )
}

/** What a package gives to be awaited. */
function awaited(m: Machine, v: Visiting, value: Value): Value | undefined {
  if (value.type === 'call' && value.attributes.length === 0) {
    const { callee, args } = value
    const bound = callee.type === 'method' ? callee.self : undefined
    const fn = callee.type === 'method' ? callee.function : callee
    if (bound?.type === 'instance' && fn.type === 'external') {
      if (/\.__call__$|^channels\.middleware\.BaseMiddleware\.inner$/.test(fn.path))
        return serveInherited(m, v, bound, args.positional)
    }
    const wrapped = bridged(fn)
    if (wrapped !== undefined)
      return m.call(wrapped, bound === undefined ? args.positional : [bound, ...args.positional], args.keywords)
    if (callee.type === 'call' && args.positional.length === 3) return serveCall(m, v, callee, args.positional)
  }
  if (value.type !== 'call' && value.type !== 'unknown') return value
  v.reached = true
  if (v.hasTasks) timePasses(m, v)
  return undefined
}

/** An application of Channels is called with fewer than the three arguments that it takes from Channels 3 on. */
function refuseFewer(m: Machine, callee: Value, { positional, keywords, open }: CallArguments): void {
  const called = callee.type === 'method' ? callee.function : callee
  const path =
    called.type === 'external' ? called.path.replace(/\.__call__$/, '') : calleePath(called)?.replace(/\(\)$/, '')
  if (path === undefined || open || keywords.size > 0 || positional.length > 2) return
  if (called.type === 'external' && path === called.path) return
  if (!Object.hasOwn(setters, path) && path !== 'channels.routing.URLRouter') return
  const missing = ['scope', 'receive', 'send'].slice(positional.length).map((name) => `'${name}'`)
  const many = missing.length > 1
  raiseMisfit(
    m,
    external(path, m.at),
    `__call__() missing ${missing.length} required positional argument${many ? 's' : ''}: ${missing.join(' and ')}`,
  )
}

/** Code that is not read is called with something: a task or a thread of it may change the consumer from then on. */
function handedOn(m: Machine, v: Visiting, callee: Value, args: CallArguments): void {
  refuseFewer(m, callee, args)
  v.handed.push(args)
  v.hasTasks ||= v.self !== undefined && isHandedOn([args], new Set([v.self]))
  if (v.hasTasks) timePasses(m, v)
}

function nameOf(app: Value): string {
  if (app.type === 'instance') return app.class.name
  if (app.type === 'function') return app.name
  return calleePath(app) ?? app.type
}
