import { none, text } from '../constructors.ts'
import type { PagePolicy } from '../evaluation.ts'
import { awaiterKey, awaitValue } from '../interpreter/coroutines.ts'
import { importModule } from '../interpreter/imports.ts'
import type { Machine } from '../interpreter/machine.ts'
import { findAttributeOfModule } from '../interpreter/module-attributes.ts'
import { mro } from '../interpreter/mro.ts'
import { type Method, type NativeClass, native, nowhere, object, type PythonRun, take } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { calleePath, entryOf, itemsOf, type NativeValue, type ObjectValue, plain, type Value } from '../value.ts'
import { boundSetting } from './django.ts'
import { quietly } from './support/raised.ts'

/** What is known of the page whose policy is asked for. */
export interface PolicyOptions {
  /** Its path; undefined: nobody knows which. */
  readonly path: string | undefined
  /** Something else than middleware may give the page a policy of its own: a view, a decorator. */
  readonly others: boolean
  /** django-csp before 4.0, which has a setting for each directive. */
  readonly old: boolean
}

const header = 'content-security-policy'

/**
 * Hands a page through MIDDLEWARE as Django does (`BaseHandler.load_middleware`), the last one first: classes and functions of the
 * project are run, those of Django and django-csp that set a policy are known, others are taken to hand it on. What then stands in
 * the header of the page is a `policy` event; a way on which another answer takes the place of the page has none.
 */
export function passMiddleware(m: Machine, options: PolicyOptions): void {
  const response = object(httpResponse, newState(options), nowhere)
  m.memory.set(awaiterKey, (_: Machine, value: Value) => (value.type === 'object' ? value : undefined))
  let handler = native('get_response', () => response)
  const middleware = boundSetting(m, 'MIDDLEWARE')
  const items = itemsOf(middleware)
  for (const item of [...(items ?? [])].reverse()) handler = around(m, item, handler, options)
  const request = object(httpRequest, options.path, nowhere)
  const answer = quietly(m, () => m.call(handler, [request]))
  m.memory.delete(awaiterKey)
  if (answer !== undefined && !isOtherAnswer(answer)) {
    const policy = answer === response && items !== undefined ? stateOf(response).policy : unknownPolicy
    m.event({ type: 'policy', policy })
  }
  // What it answers must be explored like a value.
  m.wide = m.session.taints.union(m.wide, m.taint)
}

const unknownPolicy: PagePolicy = { by: 'unknown' }

/** `redirect(…)`, `HttpResponseForbidden()`. */
const isOtherAnswer = (answer: Value): boolean =>
  answer.type === 'call' && (calleePath(answer.callee) ?? '').startsWith('django.')

/** `middleware(get_response)`; one that raises (`MiddlewareNotUsed`) is left out, as one that nobody has. */
function around(m: Machine, item: Value, inner: NativeValue, options: PolicyOptions): NativeValue {
  const path = plain(item)
  if (path === undefined) return inner
  const known = Object.hasOwn(policyMiddleware, path) ? policyMiddleware[path] : undefined
  if (known !== undefined) return afterwards(inner, (run, answer) => known(run as Machine, stateOf(answer), options))
  const found = quietly(m, () => importedObject(m, path))
  const made = found === undefined ? undefined : quietly(m, () => instanceOf(m, found, inner))
  return made ?? inner
}

function importedObject(m: Machine, path: string): Value | undefined {
  const dot = path.lastIndexOf('.')
  const module = dot <= 0 ? undefined : importModule(m, path.slice(0, dot), true)
  return module?.type === 'module' && module.at.file !== ''
    ? findAttributeOfModule(m, module, path.slice(dot + 1))
    : undefined
}

/** Decorators that say which requests a function takes. */
const kinds = /^django\.utils\.decorators\.(?:sync_and_async|sync_only|async_only)_middleware$/

function instanceOf(m: Machine, middleware: Value, inner: NativeValue): NativeValue | undefined {
  if (middleware.type === 'call' && kinds.test(calleePath(middleware.callee) ?? '')) {
    const [wrapped] = middleware.args.positional
    return wrapped === undefined ? undefined : instanceOf(m, wrapped, inner)
  }
  const made = m.call(middleware, [inner])
  if (middleware.type !== 'class' || made.type !== 'instance') return calling(() => made)
  const bases = mro(middleware)
  const has = (name: string) => bases.some((base) => base.type === 'class' && base.attributes.has(name))
  if (!has('__init__')) m.setAttribute(made, 'get_response', inner)
  if (has('__call__')) return calling(() => made)
  if (bases.some((base) => base.type === 'external' && Object.hasOwn(policyMiddleware, base.path)))
    return afterwards(inner, (_, answer) => {
      stateOf(answer).policy = unknownPolicy
    })
  if (!has('process_response')) return inner
  // `MiddlewareMixin.__call__` of Django.
  return native('get_response', (run, { positional: [request = none(run.at)] }) => {
    const early = has('process_request') ? run.call(run.attribute(made, 'process_request'), [request]) : none(run.at)
    const isEarly = early.type !== 'none' && run.truth(early)
    const answer = isEarly ? early : run.call(inner, [request])
    return awaitedOrSame(run as Machine, run.call(run.attribute(made, 'process_response'), [request, answer]))
  })
}

/** Calls what a middleware made; Django waits for a coroutine of it where the next one is not one itself. */
function calling(made: () => Value): NativeValue {
  return native('get_response', (run, { positional }) => awaitedOrSame(run as Machine, run.call(made(), positional)))
}

function awaitedOrSame(m: Machine, value: Value): Value {
  return value.type === 'call' && value.callee.type === 'function' ? awaitValue(m, value) : value
}

function afterwards(inner: NativeValue, act: (run: PythonRun, answer: ObjectValue) => void): NativeValue {
  return native('get_response', (run, { positional }) => {
    const answer = run.call(inner, positional)
    if (answer.type === 'object' && answer.model === httpResponse) act(run, answer)
    return answer
  })
}

type SetsPolicy = (m: Machine, state: State, options: PolicyOptions) => void

/** Django 6.0, and django-csp before and from 4.0 on. None of them replaces a policy that is there. */
const policyMiddleware: Readonly<Record<string, SetsPolicy>> = {
  'django.middleware.csp.ContentSecurityPolicyMiddleware': (m, state) => {
    if (state.policy.by === 'none') setUnlessThere(state, ofDict(m, boundSetting(m, 'SECURE_CSP')))
  },
  'csp.middleware.CSPMiddleware': (m, state, options) => {
    if (state.policy.by !== 'none') return
    const setting = options.old ? undefined : boundSetting(m, 'CONTENT_SECURITY_POLICY')
    const excluded = options.old
      ? boundSetting(m, 'CSP_EXCLUDE_URL_PREFIXES')
      : entryOf(setting, 'EXCLUDE_URL_PREFIXES')?.value
    const isExcluded = excluded === undefined ? false : beginsWithOne(options.path, excluded)
    const isReported = options.old && isTrue(m, boundSetting(m, 'CSP_REPORT_ONLY'))
    if (isExcluded === true || isReported) return
    const policy = options.old ? ofSettings(m) : ofDict(m, setting, 'DIRECTIVES')
    setUnlessThere(state, isExcluded === undefined ? unknownPolicy : policy)
  },
}

const isTrue = (m: Machine, value: Value | undefined): boolean => value !== undefined && m.truth(value)

/** `request.path_info.startswith(prefixes)`. */
function beginsWithOne(path: string | undefined, value: Value): boolean | undefined {
  const prefixes = value.type === 'str' ? [value] : itemsOf(value)
  if (prefixes === undefined) return value.type === 'none' ? false : undefined
  const answers = prefixes.map((prefix) => {
    const known = plain(prefix)
    if (known === '' || known === '/') return true
    return known === undefined || path === undefined ? undefined : path.startsWith(known)
  })
  return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
}

const directives = ['connect-src', 'default-src', 'upgrade-insecure-requests'] as const

function ofDict(m: Machine, setting: Value | undefined, key?: string): PagePolicy {
  if (!isTrue(m, setting) || setting === undefined) return { by: 'none' }
  const dict = key === undefined ? setting : entryOf(setting, key)?.value
  if (dict === undefined && setting.type === 'dict' && setting.rest === undefined) return { by: 'none' }
  if (dict?.type !== 'dict' || dict.rest !== undefined) return unknownPolicy
  return byDirective((name) => entryOf(dict, name)?.value)
}

function ofSettings(m: Machine): PagePolicy {
  return byDirective((name) => boundSetting(m, `CSP_${name.toUpperCase().replaceAll('-', '_')}`))
}

function byDirective(settingOf: (name: string) => Value | undefined): PagePolicy {
  const values = directives.map((name) => [name, settingOf(name)] as const)
  return { by: 'directives', values: new Map(values.flatMap(([name, value]) => (given(value) ? [[name, value]] : []))) }
}

const given = (value: Value | undefined): value is Value => value !== undefined && value.type !== 'none'

/** An answer while it is handed on. */
interface State {
  policy: PagePolicy
  /** The view may have given it one of its own. */
  readonly perhaps: boolean
}

const newState = ({ others }: PolicyOptions): State => ({ policy: { by: 'none' }, perhaps: others })

/** Gives an answer without a policy this one; whether it is without is not known where the view may have given it its own. */
function setUnlessThere(state: State, policy: PagePolicy): void {
  if (policy.by !== 'none') state.policy = state.perhaps ? unknownPolicy : policy
}

const stateOf = ({ state }: ObjectValue): State => state as State

/** Undefined: nobody knows which header. */
function isPolicy(key: Value | undefined): boolean | undefined {
  const name = plain(key)
  return name === undefined ? undefined : name.toLowerCase() === header
}

function write({ state }: ObjectValue, key: Value | undefined, policy: PagePolicy): void {
  const is = isPolicy(key)
  if (is === true) (state as State).policy = policy
  else if (is === undefined) (state as State).policy = unknownPolicy
}

const setDefault: Method = (run, self, args) => {
  const { key, value } = take(run, 'setdefault', args, ['key', 'value'])
  const { policy, perhaps } = stateOf(self)
  if (value !== undefined && policy.by === 'none')
    write(self, key, perhaps ? unknownPolicy : { by: 'text', value, at: run.at })
  return none(run.at)
}

/** What a response and its `headers` have alike (`HttpResponseBase`, `ResponseHeaders`). */
const asHeaders: Pick<NativeClass, 'setItem' | 'deleteItem' | 'item' | 'contains' | 'truth'> = {
  setItem: (run, self, key, value) => write(self, key, { by: 'text', value, at: run.at }),
  deleteItem: (_, self, key) => write(self, key, { by: 'none' }),
  item: (_, self, key) => {
    const { policy } = stateOf(self)
    return isPolicy(key) === true && policy.by === 'text' ? policy.value : undefined
  },
  contains: (_, self, key) => {
    const { policy, perhaps } = stateOf(self)
    if (isPolicy(key) !== true || policy.by === 'unknown') return undefined
    return policy.by !== 'none' || (perhaps ? undefined : false)
  },
  truth: () => true,
}

const get: Method = (run, self, args) => {
  const { policy, perhaps } = stateOf(self)
  const [key, fallback = none(run.at)] = args.positional
  if (isPolicy(key) === true && policy.by === 'none' && !perhaps) return fallback
  return isPolicy(key) === true && policy.by === 'text' ? policy.value : run.unknown(notModelled('response.get'))
}

const has: Method = (run, self, args) => {
  const [key = none(run.at)] = args.positional
  const answer = run.contains(self, key)
  return answer === undefined
    ? run.unknown(notModelled('response.has_header'))
    : { type: 'bool', value: answer, at: run.at }
}

const pop: Method = (run, self, args) => {
  write(self, args.positional[0], { by: 'none' })
  return run.unknown(notModelled('response.headers.pop'))
}

const update: Method = (run, self, args) => {
  const [more] = args.positional
  if (more?.type !== 'dict' || more.rest !== undefined) stateOf(self).policy = unknownPolicy
  else for (const { key, value } of more.entries) write(self, key, { by: 'text', value, at: run.at })
  return none(run.at)
}

const responseHeaders: NativeClass = {
  class: 'django.http.response.ResponseHeaders',
  bases: [],
  ...asHeaders,
  methods: { setdefault: setDefault, get, pop, update },
}

const httpResponse: NativeClass = {
  class: 'django.http.HttpResponse',
  bases: [],
  ...asHeaders,
  get: (run, self, name) => {
    if (name === 'headers') return object(responseHeaders, self.state, run.at)
    return name in (httpResponse.methods ?? {}) ? undefined : run.unknown(notModelled(`response.${name}`))
  },
  methods: { setdefault: setDefault, get, has_header: has },
}

/** A GET of a page from anybody. */
const httpRequest: NativeClass = {
  class: 'django.http.HttpRequest',
  bases: [],
  get: (run, { state }, name) => {
    if (name === 'method') return text('GET', run.at)
    if ((name === 'path' || name === 'path_info') && typeof state === 'string') return text(state, run.at)
    return run.unknown(notModelled(`request.${name}`))
  },
  truth: () => true,
}
