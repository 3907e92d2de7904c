import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import { repr } from '../../evaluate/python/repr.ts'
import {
  type CallArguments,
  type CallValue,
  type ClassValue,
  calleePath,
  type InstanceValue,
  itemsOf,
  plain,
  type Value,
} from '../../evaluate/python/value.ts'
import { walk } from '../../syntax/python/walk.ts'
import { django, djangoAsWsgi, roles, trustedHost, wsgi, wsgiAsAsgi } from './known-wrappers.ts'
import { isConsumer, lineage } from './lineage.ts'
import { customMiddleware } from './middleware.ts'
import type { AppNode, Consumer, ConsumerNode, RouteNode, RoutePattern, WrapperRole } from './model.ts'
import { type Code, placeIn } from './python-code.ts'

/** What turning values into an application may look at. */
export interface ApplicationReading {
  readonly code: Code
  readonly consumers: readonly Consumer[]
  /** The object that ASGI_APPLICATION names: what `get_default_application()` returns. */
  defaultApplication(): Value | undefined
  readonly depth: number
  /** How many more parts the application may have: one that uses a part twice, and that one twice, doubles at every turn. */
  readonly nodes: { left: number }
}

/** Kinds of values that Python cannot call. */
const uncallable: ReadonlySet<Value['type']> = new Set<Value['type']>([
  'none',
  'bool',
  'int',
  'float',
  'str',
  'bytes',
  'list',
  'tuple',
  'set',
  'dict',
  'ellipsis',
])

/** The application that a value is. */
export function toNode(value: Value, reading: ApplicationReading): AppNode {
  if (reading.depth > 40)
    return opaque(value.at, { en: 'it is nested too deeply', fr: 'l’imbrication est trop profonde' })
  if (--reading.nodes.left < 0)
    return opaque(value.at, {
      en: 'the application has too many parts to follow them all',
      fr: 'l’application a trop de parties pour les suivre toutes',
    })
  const inside: ApplicationReading = { ...reading, depth: reading.depth + 1 }
  switch (value.type) {
    case 'call':
      return callNode(value, inside)
    case 'class':
      return classNode(value, 'class', value.at, inside)
    case 'instance':
      return instanceNode(value, inside)
    case 'function':
      return { kind: 'function', name: value.name, at: value.at }
    case 'method':
      if (value.self.type === 'class' && boundClass(value)?.method === 'as_asgi')
        return classNode(value.self, 'uncalled', value.at, inside)
      return value.self.type === 'instance' ? instanceNode(value.self, inside) : unreadable(value)
    default:
      return uncallable.has(value.type) ? { kind: 'uncallable', shown: repr(value), at: value.at } : unreadable(value)
  }
}

function opaque(at: Place, why: Text): AppNode {
  return { kind: 'unknown', why, at }
}

function unreadable(value: Value): AppNode {
  if (value.type === 'unknown') return opaque(value.at, value.reason)
  if (value.type === 'external')
    return opaque(value.at, {
      en: `${value.path} comes from an installed package`,
      fr: `${value.path} vient d’un paquet installé`,
    })
  return opaque(value.at, {
    en: 'it is not a known application',
    fr: 'ce n’est pas une application que dynolint connaît',
  })
}

function callNode(value: CallValue, reading: ApplicationReading): AppNode {
  const { at, args } = value
  const bound = boundClass(value.callee)
  if (bound !== undefined && bound.method === 'as_asgi') return classNode(bound.class, 'as_asgi', at, reading)
  const path = calleePath(value.callee)
  if (path !== undefined && value.attributes.length === 0) {
    if (django.has(path)) return { kind: 'django', at }
    if (wsgiAsAsgi.has(path)) return { kind: 'django', bridged: isDjangoAsWsgi(args.positional[0]), at }
    if (wsgi.has(path)) return { kind: 'wsgi', made: `${path.slice(path.lastIndexOf('.') + 1)}(…)`, at }
    const first = args.positional[0]
    switch (path) {
      case 'channels.routing.ProtocolTypeRouter':
        return protocolsNode(value, first ?? args.keywords.get('application_mapping'), reading)
      case 'channels.routing.URLRouter':
        return routesNode(value, first ?? args.keywords.get('routes'), reading)
      case 'channels.routing.ChannelNameRouter':
        return channelsNode(value, first ?? args.keywords.get('application_mapping'), reading)
      case 'channels.layers.get_channel_layer':
        return { kind: 'uncallable', shown: 'get_channel_layer()', at }
      case 'channels.routing.get_default_application': {
        const target = reading.defaultApplication()
        return target === undefined
          ? opaque(at, {
              en: 'ASGI_APPLICATION does not say what it is',
              fr: 'ASGI_APPLICATION ne dit pas ce que c’est',
            })
          : toNode(target, reading)
      }
      default:
        return wrapperNode(path, value, reading)
    }
  }
  return wrapperNode(path ?? nameOfCallee(value.callee), value, reading)
}

/** Django's WSGI application, or a middleware around it. */
function isDjangoAsWsgi(value: Value | undefined): boolean {
  const path = value?.type === 'call' ? calleePath(value.callee) : undefined
  if (value?.type !== 'call' || path === undefined || !wsgi.has(path)) return false
  return djangoAsWsgi.has(path) || isDjangoAsWsgi(value.args.positional[0])
}

function nameOfCallee(callee: Value): string {
  return callee.type === 'function' || callee.type === 'class'
    ? callee.name
    : callee.type === 'call'
      ? (calleePath(callee) ?? 'middleware')
      : 'middleware'
}

/** `Consumer.as_asgi`: a method taken from a class of the project. */
function boundClass(callee: Value): { class: ClassValue; method: string } | undefined {
  if (callee.type === 'method' && callee.self.type === 'class') {
    const { function: method } = callee
    const name =
      method.type === 'function'
        ? method.name
        : method.type === 'external'
          ? method.path.slice(method.path.lastIndexOf('.') + 1)
          : ''
    return { class: callee.self, method: name }
  }
  return undefined
}

function protocolsNode(value: { at: Place }, mapping: Value | undefined, reading: ApplicationReading): AppNode {
  const entries = mapping?.type === 'dict' ? mapping.entries : []
  const named = entries.flatMap(({ key, value: app }) => {
    const protocol = plain(key)
    return protocol === undefined ? [] : [{ protocol, key: key.at, app: toNode(app, reading) }]
  })
  const open = mapping?.type !== 'dict' || mapping.rest !== undefined || named.length < entries.length
  return { kind: 'protocols', entries: named, open, mapping: mapping?.at ?? value.at, at: value.at }
}

function channelsNode(value: CallValue, mapping: Value | undefined, reading: ApplicationReading): AppNode {
  const entries = mapping?.type === 'dict' ? mapping.entries : []
  const named = entries.flatMap(({ key, value: app }) => {
    const name = plain(key)
    return name === undefined ? [] : [{ name, key: key.at, app: namedAt(toNode(app, reading), key.at, reading) }]
  })
  return {
    kind: 'channels',
    entries: named,
    open: mapping?.type !== 'dict' || mapping.rest !== undefined || named.length < entries.length,
    at: value.at,
  }
}

function routesNode(value: CallValue, list: Value | undefined, reading: ApplicationReading): AppNode {
  const items = itemsOf(list)
  const open =
    items === undefined ||
    ((list?.type === 'list' || list?.type === 'tuple' || list?.type === 'set') && list.rest !== undefined)
  return {
    kind: 'routes',
    routes: (items ?? []).map((item) => routeNode(item, reading)),
    open,
    list: list?.at ?? value.at,
    at: value.at,
  }
}

const patternTypes: Readonly<Record<string, RoutePattern['type']>> = {
  'django.urls.path': 'path',
  'django.urls.conf.path': 'path',
  'django.urls.re_path': 're_path',
  'django.urls.conf.re_path': 're_path',
  // Before Django 4 it passed on those of django.urls.
  'django.conf.urls.re_path': 're_path',
  'django.conf.urls.url': 'url',
}

function routeNode(value: Value, reading: ApplicationReading): RouteNode {
  const type = value.type === 'call' ? patternTypes[calleePath(value.callee) ?? ''] : undefined
  if (value.type !== 'call' || type === undefined) {
    const pattern: RoutePattern = { type: 'unknown', text: undefined, extra: undefined, at: value.at }
    return { pattern, app: unreadable(value), at: value.at }
  }
  const { args } = value
  const route =
    args.positional[0] ?? args.keywords.get(type === 'path' ? 'route' : type === 're_path' ? 'route' : 'regex')
  const view = args.positional[1] ?? args.keywords.get('view')
  const included =
    view?.type === 'call' && /^django\.(?:urls(?:\.conf)?|conf\.urls)\.include$/.test(calleePath(view.callee) ?? '')
  const pattern: RoutePattern = {
    type: included ? 'include' : type,
    text: plain(route),
    extra: keysOf(args.positional[2] ?? args.keywords.get('kwargs')),
    at: route?.at ?? value.at,
  }
  const app = view === undefined ? unreadable(value) : toNode(view, reading)
  return {
    pattern,
    app:
      app.kind === 'consumer' && (app.form === 'class' || app.form === 'uncalled')
        ? { ...app, use: viewPlace(value.at, reading.code) }
        : app,
    at: value.at,
  }
}

/** The keys of a dict that can be read whole; none where there is none. */
function keysOf(value: Value | undefined): readonly string[] | undefined {
  if (value === undefined || value.type === 'none') return []
  if (value.type !== 'dict' || value.rest !== undefined) return undefined
  const keys = value.entries.map(({ key }) => plain(key))
  return keys.includes(undefined) ? undefined : (keys as readonly string[])
}

/** A consumer under a key of a dict, with the place where it is named. */
function namedAt(app: AppNode, key: Place, { code }: ApplicationReading): AppNode {
  if (app.kind !== 'consumer' || app.use !== undefined) return app
  const file = code.file(key.file)
  let use: Place | undefined
  if (file !== undefined) {
    walk(file.tree, (node) => {
      if (node.kind !== 'Dict') return
      const index = node.keys.findIndex((one) => one?.start === key.span.start && one.end === key.span.end)
      const named = node.values[index]
      if (named !== undefined) use = placeIn(file, named)
    })
  }
  return { ...app, use }
}

/** The second argument of a `path(...)` call: a class says where it is defined, not where it is named. */
function viewPlace(call: Place, code: Code): Place | undefined {
  const file = code.file(call.file)
  let found: Place | undefined
  if (file !== undefined) {
    walk(file.tree, (node) => {
      if (node.kind !== 'Call' || node.start !== call.span.start || node.end !== call.span.end) return
      const view = node.args[1] ?? node.keywords.find(({ arg }) => arg === 'view')?.value
      if (view !== undefined) found = placeIn(file, view)
    })
  }
  return found
}

/** An object around an application: the first argument that is one. */
function wrapperNode(path: string, value: CallValue, reading: ApplicationReading): AppNode {
  const inner = innerOf(value.args, reading)
  if (inner === undefined) {
    return opaque(value.at, {
      en: `what ${path} returns cannot be told here`,
      fr: `on ne peut pas savoir ici ce que renvoie ${path}`,
    })
  }
  const custom = value.callee.type === 'class' ? middlewareOf(value.callee, reading) : undefined
  return {
    kind: 'wrapper',
    path,
    role: custom?.role ?? (Object.hasOwn(roles, path) ? (roles[path] as WrapperRole) : 'other'),
    custom: custom?.custom,
    inner,
    origins:
      path === 'channels.security.websocket.OriginValidator'
        ? (value.args.positional[1] ?? value.args.keywords.get('allowed_origins'))
        : undefined,
    hosts: trustedHost.test(path) ? (value.args.positional[1] ?? value.args.keywords.get('allowed_hosts')) : undefined,
    at: value.at,
  }
}

function innerOf(args: CallArguments, reading: ApplicationReading): AppNode | undefined {
  const given = [...args.positional, ...args.keywords.values()]
  const nodes = given
    .filter((one) => ['call', 'class', 'instance', 'function', 'method'].includes(one.type))
    .map((one) => toNode(one, reading))
  return (
    nodes.find((node) => node.kind !== 'unknown' && node.kind !== 'function') ??
    nodes.find((node) => node.kind === 'function')
  )
}

function classNode(
  value: ClassValue,
  form: Exclude<ConsumerNode['form'], 'instance'>,
  at: Place,
  reading: ApplicationReading,
): AppNode {
  const consumer = consumerOf(value, reading)
  if (consumer === undefined && !isConsumerClass(value, reading)) {
    return opaque(at, {
      en: `${value.name} is not a known consumer`,
      fr: `${value.name} n’est pas un consumer connu`,
    })
  }
  return { kind: 'consumer', name: value.name, consumer, form, use: form === 'as_asgi' ? at : undefined, at }
}

function consumerOf(value: ClassValue, reading: ApplicationReading): Consumer | undefined {
  return reading.consumers.find(
    ({ name, at }) => name === value.name && at.file === value.module.file && within(at, value),
  )
}

/** The class statement holds the place of the consumer's name: names can be defined twice in a file. */
function within(at: Place, value: ClassValue): boolean {
  return value.node.nameSpan.start === at.span.start
}

function isConsumerClass(value: ClassValue, reading: ApplicationReading): boolean {
  const file = value.module.file === undefined ? undefined : reading.code.file(value.module.file)
  return file !== undefined && lineage(reading.code, file, value.node).bases.some(isConsumer)
}

function instanceNode(value: InstanceValue, reading: ApplicationReading): AppNode {
  const consumer = consumerOf(value.class, reading)
  if (consumer !== undefined)
    return { kind: 'consumer', name: value.class.name, consumer, form: 'instance', use: value.at, at: value.at }
  const { role, custom } = middlewareOf(value.class, reading) ?? { role: 'other' as const, custom: undefined }
  const inner = ownRouter(value, reading) ?? innerOf(value.args, reading)
  if (inner === undefined)
    return opaque(value.at, {
      en: `what ${value.class.name} serves cannot be told here`,
      fr: `on ne peut pas savoir ici ce que sert ${value.class.name}`,
    })
  return { kind: 'wrapper', path: value.class.name, role, custom, inner, origins: undefined, at: value.at }
}

/** A router of the project that leaves it to Channels' own to take the mapping: what its `__call__` adds is around that one. */
function ownRouter(value: InstanceValue, reading: ApplicationReading): AppNode | undefined {
  const file = value.class.module.file === undefined ? undefined : reading.code.file(value.class.module.file)
  if (file === undefined) return undefined
  const { bases, own, open } = lineage(reading.code, file, value.class.node)
  const takes = own.some(({ node }) => node.body.some((one) => one.kind === 'FunctionDef' && one.name === '__init__'))
  if (open || takes || !bases.includes('channels.routing.ProtocolTypeRouter')) return undefined
  return protocolsNode(value, value.args.positional[0] ?? value.args.keywords.get('application_mapping'), reading)
}

function middlewareOf(
  value: ClassValue,
  reading: ApplicationReading,
): { role: WrapperRole; custom: ReturnType<typeof customMiddleware> } | undefined {
  const file = value.module.file === undefined ? undefined : reading.code.file(value.module.file)
  if (file === undefined) return undefined
  const line = lineage(reading.code, file, value.node)
  const inherited = line.bases.map((base) => roles[base]).find((role) => role !== undefined)
  return { role: inherited ?? 'other', custom: customMiddleware(reading.code, value.node, line, file) }
}
