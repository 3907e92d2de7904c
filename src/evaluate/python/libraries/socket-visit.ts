import { dict, none, record, str, text } from '../constructors.ts'
import type { Visit, Visitor, VisitStep } from '../evaluation.ts'
import { callMethodNamed, findMethod } from '../interpreter/attributes.ts'
import { awaiterKey, awaitValue } from '../interpreter/coroutines.ts'
import { activate, Exhausted, type Machine, mark, Raised, standAt, unwind } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { exceptionName } from '../interpreter/raising.ts'
import { native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { toText } from '../types/text.ts'
import {
  type CallValue,
  type ClassValue,
  calleePath,
  display,
  entryOf,
  type FunctionValue,
  type InstanceValue,
  itemsOf,
  type Value,
} from '../value.ts'
import { bridged } from './channels.ts'
import { liveIn } from './lived-in.ts'
import { extended, socketScope } from './socket-scope.ts'

export interface VisitOptions {
  readonly module: string
  readonly attribute: string
  /** Names of the methods that messages of the channel layer are sent to. */
  readonly handlers: ReadonlySet<string>
}

/** What one step of a socket's life may take, as some wait for messages for ever, and all of one visitor together. */
const budget = { step: 8_000, visitor: 40_000 }

interface Visiting {
  readonly visitor: Visitor
  readonly options: VisitOptions
  /** What is left of its budget. */
  left: number
  /** Something happened that is not followed: the application may have been called, or have answered. */
  reached: boolean
  /** Consumers that were visited, each once whatever routes lead to it. */
  readonly met: Set<ClassValue>
}

/**
 * Opens a socket on the served application, as ASGI servers do (ASGI 3), and goes through what Channels then calls of each consumer
 * that a route leads to: `connect`, what a text brings, events of the channel layer, `disconnect` (channels/generic/websocket.py,
 * consumer.py of 3.0 to 4.3). Code of the project is run; what packages do is known for those of Channels, else it is a hole.
 * What comes of each step is an event, and the run goes on behind it.
 */
export function visitSocket(m: Machine, options: VisitOptions): void {
  const module = m.modules.get(options.module)
  const app = module?.type === 'module' ? module.names.get(options.attribute)?.value : undefined
  if (app === undefined) return
  liveIn(m, m.unknown({ en: 'other requests may have changed it', fr: 'd’autres requêtes ont pu le changer' }))
  for (const visitor of ['any', 'bare browser', 'browser'] as const) {
    const v: Visiting = { visitor, options, left: budget.visitor, reached: false, met: new Set() }
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
      serve(m, v, app, [socketScope(m, visitor), receive, send])
      return v.reached || escaped(m, send)
    })
  }
  m.memory.delete(awaiterKey)
}

/**
 * Runs a step at most this long and notes what came of it. `body` says whether something was called or answered; what the
 * step leaves behind stays.
 */
function step(m: Machine, v: Visiting, what: Pick<Visit, 'step' | 'of' | 'ofAt'>, body: () => boolean): void {
  const before = mark(m)
  const outer = m.taint
  const first = m.events.length
  const { steps } = m
  const most = Math.min(budget.step, v.left)
  m.steps = most
  let ended: Visit['ended'] = 'done'
  let error: Raised | undefined
  let taint = 0
  try {
    activate(m, { file: what.ofAt.file }, () => {
      standAt(m, what.ofAt.span)
      if (!body()) ended = 'ignored'
      taint = m.session.taints.union(m.activation.control, m.taint)
    })
  } catch (thrown) {
    if (thrown instanceof Raised) error = thrown
    else if (thrown instanceof Exhausted) m.exhausted = false
    else throw thrown
    unwind(m, before)
    m.taint = outer
  }
  v.left -= most - Math.max(m.steps, 0)
  m.steps = steps
  const events = m.events.slice(first)
  // Once the socket was handed on, what an exception breaks is its end.
  const isRaised = error !== undefined && !error.stated && !(what.step === 'handshake' && v.reached)
  if (isRaised) ended = 'raised'
  else if (ended === 'done' && isRefused(events)) ended = 'refused'
  // Whether it happens must be explored like a value.
  if (ended !== 'done') m.wide = m.session.taints.union(m.wide, error?.taint ?? taint)
  const raised = isRaised ? error : undefined
  const inner = new Set(events.flatMap((event) => (event.type === 'visit' ? event.lacks.map(({ at }) => at) : [])))
  m.events.push({
    type: 'visit',
    visitor: v.visitor,
    ...what,
    ended,
    exception: raised === undefined ? '' : exceptionName(raised.exception),
    message: raised === undefined ? '' : messageOf(m, raised),
    lacks: events.flatMap((event) =>
      event.type === 'import' && event.fatal === true && !inner.has(event.at)
        ? [{ module: event.module, at: event.at, chain: event.chain }]
        : [],
    ),
    at: raised?.at ?? what.ofAt,
    chain: raised?.chain ?? [],
  })
}

function messageOf(m: Machine, { exception }: Raised): string {
  const before = mark(m)
  try {
    const shown = toText(m, exception)
    return shown.type === 'str' ? display(shown) : ''
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    unwind(m, before)
    return ''
  }
}

const answers = /^channels\.generic\.websocket\.\w+\.(accept|close|connect|websocket_connect)$/

/** The socket was closed, and nothing may have accepted it. */
function isRefused(events: Machine['events']): boolean {
  const called = events.flatMap((event) => (event.type === 'call' ? (answers.exec(event.path)?.[1] ?? []) : []))
  return called.includes('close') && called.every((name) => name === 'close')
}

/** Whether code that is not read was handed what the application is called with, or a coroutine. */
function escaped(m: Machine, send: Value): boolean {
  return m.events.some(
    (event) =>
      event.type === 'call' &&
      [...event.args.positional, ...event.args.keywords.values()].some(
        (one) => one === send || (one.type === 'call' && one.callee.type === 'function'),
      ),
  )
}

type Arguments = readonly (Value | undefined)[]

/** Calls an application with (scope, receive, send), and waits for it. */
function serve(m: Machine, v: Visiting, app: Value, args: Arguments): Value {
  const given = args.filter((one) => one !== undefined)
  switch (app.type) {
    case 'call':
      return serveCall(m, v, app, args)
    case 'function':
    case 'method':
      if (takes(app, given.length)) return awaitValue(m, m.call(app, given))
      break
    case 'instance': {
      const call = findMethod(app, '__call__')
      if (call === undefined) return serveInherited(m, v, app, args)
      if (call.type === 'function' && takes(call, given.length + 1))
        return awaitValue(m, callMethodNamed(m, app, call, { positional: given, keywords: new Map(), open: false }))
      break
    }
    default:
      break
  }
  v.reached = true
  return m.unknown(notModelled(nameOf(app)))
}

/** Whether a function can be called with so many positional arguments: an application of ASGI 2 takes the scope alone. */
function takes(fn: Value, count: number): boolean {
  if (fn.type === 'method') return takes(fn.function, count + 1)
  if (fn.type !== 'function') return false
  const { posonly, args, vararg } = fn.node.args
  const all = [...posonly, ...args]
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
}

/** An object of a package. */
function serveCall(m: Machine, v: Visiting, app: CallValue, args: Arguments): Value {
  const [scope, ...rest] = args
  const consumer = consumerOf(app)
  if (consumer !== undefined) {
    v.reached = true
    consume(m, v, consumer, scope)
    return none(m.at)
  }
  const path = app.attributes.length === 0 ? calleePath(app.callee) : undefined
  const [first = [...app.args.keywords.values()][0]] = app.args.positional
  switch (path) {
    case 'channels.routing.ProtocolTypeRouter': {
      const inner = entryOf(first, 'websocket')?.value
      if (inner !== undefined) return serve(m, v, inner, args)
      break
    }
    case 'channels.routing.URLRouter': {
      v.reached = true
      for (const route of itemsOf(first) ?? []) serveRoute(m, v, route, args)
      return none(m.at)
    }
    default: {
      const inner = [...app.args.positional, ...app.args.keywords.values()].find(isApplication)
      if (inner === undefined || path === undefined) break
      const sets = Object.hasOwn(setters, path) ? setters[path] : undefined
      const more = Object.fromEntries((sets ?? []).map((key) => [key, m.unknown(notModelled(`scope["${key}"]`))]))
      // What another package's middleware does to the scope nobody knows.
      return serve(m, v, inner, [extended(m, scope, more, sets === undefined), ...rest])
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
    if (app !== undefined && isApplication(app)) serve(m, v, app, [withRoute(m, scope), ...rest])
    return
  }
  serve(m, v, app, [withRoute(m, scope), ...rest])
}

/** `scope["url_route"]`. Which parameters a route has is another rule's question. */
function withRoute(m: Machine, scope: Value | undefined): Value | undefined {
  const unknown = () => m.unknown(notModelled('scope["url_route"]'))
  const kwargs = dict([], m.at, unknown())
  const args = { type: 'tuple' as const, items: [], rest: unknown(), at: m.at }
  return extended(m, scope, { url_route: record({ args, kwargs }, m.at) })
}

/** The `__call__` of a middleware's base: it calls what the middleware was given. */
function serveInherited(m: Machine, v: Visiting, self: InstanceValue, args: Arguments): Value {
  const bases = mro(self.class).filter((base) => base.type !== 'class')
  const isRouter = bases.some((base) => base.type === 'external' && base.path === 'channels.routing.ProtocolTypeRouter')
  const given = [...self.args.positional, ...self.args.keywords.values()]
  const inner = isRouter ? entryOf(given[0], 'websocket')?.value : given.find(isApplication)
  const isKnown = bases.every((base) => base.type === 'external' && base.path.startsWith('channels.'))
  if (inner === undefined || bases.length === 0) {
    v.reached = true
    return m.unknown(notModelled(self.class.name))
  }
  return serve(m, v, inner, [extended(m, args[0], {}, !isKnown), ...args.slice(1)])
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
  return undefined
}

/** `ChatConsumer.as_asgi()`, when all that it inherits is Channels'. */
function consumerOf(app: Value): ClassValue | undefined {
  if (app.type !== 'call' || app.callee.type !== 'method' || app.callee.self.type !== 'class') return undefined
  const { self, function: method } = app.callee
  if (method.type !== 'external' || !/^channels\..*\.as_asgi$/.test(method.path)) return undefined
  const bases = mro(self).filter((base) => base.type !== 'class')
  return bases.every((base) => base.type === 'external' && base.path.startsWith('channels.')) ? self : undefined
}

/** The function of the project's that a class has under a name. */
function own(type: ClassValue, name: string): FunctionValue | undefined {
  for (const base of mro(type)) {
    const found = base.type === 'class' ? base.attributes.get(name)?.value : undefined
    if (found !== undefined) return found.type === 'function' ? found : undefined
  }
  return undefined
}

function consume(m: Machine, v: Visiting, type: ClassValue, scope: Value | undefined): void {
  if (v.met.has(type) || ['__call__', '__new__', 'dispatch'].some((name) => own(type, name) !== undefined)) return
  v.met.add(type)
  const unknown = (name: string) => m.unknown(notModelled(name))
  let self: Value | undefined
  const call = (
    name: string,
    stepName: VisitStep,
    positional: readonly Value[],
    keywords: Record<string, Value> = {},
  ) => {
    const fn = own(type, name)
    if (fn === undefined || (self?.type !== 'instance' && self !== undefined)) return
    step(m, v, { step: stepName, of: `${type.name}.${name}`, ofAt: fn.at }, () => {
      if (self === undefined) {
        self = m.call(type, [])
        prepare(m, self, scope)
      }
      const named = new Map(Object.entries(keywords))
      const args = { positional: [self, ...positional], keywords: named, open: false }
      if (fits(fn, args.positional.length, named)) awaitValue(m, m.call(fn, args.positional, named))
      return true
    })
  }
  const event = (name: string) =>
    dict([{ key: text('type', m.at), value: text(name, m.at), at: m.at }], m.at, unknown('event'))
  if (own(type, 'websocket_connect') !== undefined) call('websocket_connect', 'connect', [event('websocket.connect')])
  else call('connect', 'connect', [])
  if (own(type, 'websocket_receive') !== undefined) call('websocket_receive', 'message', [event('websocket.receive')])
  else if (own(type, 'receive') !== undefined) call('receive', 'message', [], receiveArguments(m, own(type, 'receive')))
  else call('receive_json', 'message', [unknown('content')])
  for (const name of v.options.handlers) if (!name.startsWith('websocket_')) call(name, 'event', [event(name)])
  if (own(type, 'websocket_disconnect') !== undefined)
    call('websocket_disconnect', 'leave', [event('websocket.disconnect')])
  else call('disconnect', 'leave', [unknown('code')])
}

/** Channels gives a text or bytes, by name; a method that has both parameters tells the two apart. */
function receiveArguments(m: Machine, fn: FunctionValue | undefined): Record<string, Value> {
  const names = fn === undefined ? [] : [...fn.node.args.args, ...fn.node.args.kwonly].map(({ name }) => name)
  const both = names.includes('bytes_data') ? ['text_data', 'bytes_data'] : ['text_data']
  return Object.fromEntries(both.map((name) => [name, m.unknown(notModelled(name))]))
}

/** Whether a method can be called like this: one that cannot is another rule's finding. */
function fits({ node }: FunctionValue, positional: number, keywords: ReadonlyMap<string, Value>): boolean {
  const { posonly, args, vararg, kwonly, kwarg } = node.args
  const all = [...posonly, ...args]
  if (all.length < positional && vararg === undefined) return false
  const free = [...all.slice(positional), ...kwonly]
  const named = [...keywords.keys()].every((name) => kwarg !== undefined || free.some((one) => one.name === name))
  return named && free.every((one) => one.default !== undefined || keywords.has(one.name))
}

/** What Channels puts into a consumer before it calls anything of it. */
function prepare(m: Machine, self: Value, scope: Value | undefined): void {
  if (self.type !== 'instance') return
  const { at } = m
  // Whether the user and the session are there is another rule's question.
  const granted = ['cookies', 'session', 'user'].filter((key) => entryOf(scope, key) === undefined)
  const more = Object.fromEntries(granted.map((key) => [key, m.unknown(notModelled(`scope["${key}"]`))]))
  const set = (name: string, value: Value) => self.attributes.set(name, { value, at })
  set('scope', extended(m, scope, more) ?? m.unknown(notModelled('scope')))
  set('channel_layer', m.unknown(notModelled('channel_layer')))
  set('channel_name', str([{ name: 'channel_name', variable: undefined, chars: 'any', nonEmpty: true }], at))
  set('channel_receive', m.unknown(notModelled('channel_receive')))
  set('base_send', m.unknown(notModelled('base_send')))
  if (findMethod(self, 'groups') === undefined && !self.attributes.has('groups'))
    set('groups', { type: 'list', items: [], rest: undefined, at })
}

function nameOf(app: Value): string {
  if (app.type === 'instance') return app.class.name
  if (app.type === 'function') return app.name
  return calleePath(app) ?? app.type
}
