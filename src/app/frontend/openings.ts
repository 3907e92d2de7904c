import { lookup, memberKey, type ScriptContext, type Site } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'

/** How a socket is opened at a place: with what, and by whom. */
export interface Opening {
  readonly site: Site
  /** `WebSocket`, `useWebSocket` … as written. */
  readonly name: string
  /** The package that wraps the browser's WebSocket; undefined for the browser's own or an equal of it. */
  readonly library: string | undefined
  /** It opens the socket again by itself; `option`: only when its options say so. */
  readonly reconnects: 'always' | 'never' | { readonly option: string }
  readonly url: Expression | undefined
  readonly subprotocols: Expression | undefined
  readonly options: Expression | undefined
}

interface Library {
  readonly reconnects: Opening['reconnects']
  /** The URL is the property `url` of the first argument. */
  readonly inOptions?: boolean
}

/** Constructors and functions by package. `*` stands for every name the package exports. */
const packages: Readonly<Record<string, Readonly<Record<string, Library>>>> = {
  'reconnecting-websocket': { '*': { reconnects: 'always' } },
  reconnectingwebsocket: { '*': { reconnects: 'always' } },
  'partysocket/ws': { '*': { reconnects: 'always' } },
  partysocket: { WebSocket: { reconnects: 'always' }, ReconnectingWebSocket: { reconnects: 'always' } },
  'partysocket/react': { useWebSocket: { reconnects: 'always' } },
  'partysocket/use-ws': { '*': { reconnects: 'always' } },
  'robust-websocket': { '*': { reconnects: 'always' } },
  sockette: { '*': { reconnects: 'always' } },
  'rxjs/webSocket': { webSocket: { reconnects: { option: 'retry' } } },
  'rxjs/observable/dom/webSocket': { webSocket: { reconnects: { option: 'retry' } } },
  'react-use-websocket': {
    default: { reconnects: { option: 'shouldReconnect' } },
    useWebSocket: { reconnects: { option: 'shouldReconnect' } },
  },
  '@vueuse/core': { useWebSocket: { reconnects: { option: 'autoReconnect' } } },
  'graphql-ws': { createClient: { reconnects: 'always', inOptions: true } },
  'subscriptions-transport-ws': { SubscriptionClient: { reconnects: { option: 'reconnect' } } },
  'websocket-as-promised': { default: { reconnects: 'never' } },
  websocket: { w3cwebsocket: { reconnects: 'never' } },
  'isomorphic-ws': { '*': { reconnects: 'never' } },
  ws: { default: { reconnects: 'never' }, WebSocket: { reconnects: 'never' } },
}

/** Globals that the libraries leave when a page loads them with a script tag. */
const globals: Readonly<Record<string, string | undefined>> = {
  WebSocket: undefined,
  MozWebSocket: undefined,
  ReconnectingWebSocket: 'reconnecting-websocket',
  RobustWebSocket: 'robust-websocket',
  Sockette: 'sockette',
}

/** Packages whose constructor is the browser's own under another name. */
const plain = new Set(['websocket', 'isomorphic-ws', 'ws'])

/** Every place of a file where a socket is opened. */
export function openings(source: ScriptSource): Opening[] {
  return source.scopes.sites.flatMap((site) => opening(site, source) ?? [])
}

function opening(site: Site, source: ScriptSource): Opening | undefined {
  const { node, context } = site
  const { callee, args } = node
  const bridged = node.kind === 'Call' ? bridge(callee, context, source) : undefined
  const found = bridged ?? (isSuper(node) ? parentClass(context, source) : constructorOf(callee, context))
  if (found === undefined) return undefined
  if (node.kind === 'Call' && !isSuper(node) && bridged === undefined && !isFunction(found)) return undefined
  const { library, reconnects, inOptions } = found
  const first = args[0]
  const given =
    inOptions === true || (found.library === 'rxjs/webSocket' && first?.kind === 'Object')
      ? optionOf(first, 'url')
      : first
  const usesOptions = found.library !== undefined && /^use|webSocket$|createClient/.test(found.name)
  return {
    site,
    name: found.name,
    library: library !== undefined && plain.has(library) ? undefined : library,
    reconnects,
    url: given,
    subprotocols: usesOptions ? undefined : args[1],
    options: usesOptions ? (args[1] ?? first) : args[2],
  }
}

interface Constructor extends Library {
  readonly name: string
  readonly library: string | undefined
}

function isFunction(found: Constructor): boolean {
  return (
    /^(?:use\w*|webSocket|createClient|sockette|default)$/.test(found.name) ||
    found.library === 'react-use-websocket' ||
    found.library === 'partysocket/use-ws' ||
    found.library === 'sockette'
  )
}

function isSuper(node: Site['node']): boolean {
  return node.kind === 'Call' && node.callee.kind === 'Identifier' && node.callee.name === 'super'
}

/** `class X extends WebSocket`: its call of `super` opens the socket. */
function parentClass(context: ScriptContext, source: ScriptSource): Constructor | undefined {
  const own = context.class
  const outer = own === undefined ? undefined : source.scopes.classes.get(own)
  return own?.parent === undefined || outer === undefined ? undefined : constructorOf(own.parent, outer)
}

/** `new WebSocketBridge().connect(url)`: the JavaScript that Channels 1 and 2.0 brought along. */
function bridge(callee: Expression, context: ScriptContext, source: ScriptSource): Constructor | undefined {
  if (callee.kind !== 'Member' || callee.name !== 'connect') return undefined
  const key = memberKey(callee.object, context)
  const variable = key === undefined ? undefined : (lookup(context.scope, key) ?? source.scopes.members.get(key))
  const made = variable?.writes.some(
    ({ value }) => value?.kind === 'New' && /(?:^|\.)WebSocketBridge$/.test(memberKey(value.callee, context) ?? ''),
  )
  return made === true ? { name: 'WebSocketBridge', library: 'django-channels', reconnects: 'always' } : undefined
}

/** What a constructor or function name stands for; undefined when it opens no socket that we know. */
function constructorOf(callee: Expression, context: ScriptContext, depth = 0): Constructor | undefined {
  if (depth > 4) return undefined
  if (callee.kind === 'Binary' && (callee.op === '||' || callee.op === '??')) {
    return constructorOf(callee.left, context, depth + 1) ?? constructorOf(callee.right, context, depth + 1)
  }
  if (callee.kind === 'Member') {
    const key = memberKey(callee, context)
    const name = key === undefined ? undefined : /^(?:window|self|globalThis|global)\.(\w+)$/.exec(key)?.[1]
    if (name !== undefined) return fromGlobal(name)
    if (callee.object.kind === 'Identifier') {
      const source = lookup(context.scope, callee.object.name)?.source
      return source === undefined || callee.name === undefined
        ? undefined
        : fromPackage(source.module, callee.name, callee.name)
    }
    return undefined
  }
  if (callee.kind !== 'Identifier') return undefined
  const variable = lookup(context.scope, callee.name)
  if (variable === undefined) return fromGlobal(callee.name)
  if (variable.source !== undefined) return fromPackage(variable.source.module, variable.source.name, callee.name)
  const value = variable.writes.length === 1 ? variable.writes[0]?.value : undefined
  if (value === undefined) return undefined
  const required = requiredModule(value)
  if (required !== undefined) return fromPackage(required.module, required.name, callee.name)
  return value.kind === 'Class' || value.kind === 'Function'
    ? undefined
    : constructorOf(value, variable.writes[0]?.context ?? context, depth + 1)
}

/** `require('ws')`, `require('websocket').w3cwebsocket` */
function requiredModule(value: Expression): { module: string; name: string } | undefined {
  if (value.kind === 'Member' && value.name !== undefined) {
    const inner = requiredModule(value.object)
    return inner === undefined ? undefined : { module: inner.module, name: value.name }
  }
  const [first] =
    value.kind === 'Call' && value.callee.kind === 'Identifier' && value.callee.name === 'require' ? value.args : []
  return first?.kind === 'String' ? { module: first.value, name: 'default' } : undefined
}

function fromGlobal(name: string): Constructor | undefined {
  if (!Object.hasOwn(globals, name)) return undefined
  const library = globals[name]
  return { name, library, reconnects: library === undefined ? 'never' : 'always' }
}

function fromPackage(module: string, imported: string, local: string): Constructor | undefined {
  const names = Object.hasOwn(packages, module) ? packages[module] : undefined
  const found = names?.[imported] ?? names?.['*']
  if (found !== undefined)
    return { ...found, name: imported === 'default' || imported === '*' ? local : imported, library: module }
  // A copy of the library kept in the project goes by the library's name.
  return /(?:^|\/)reconnecting-?websocket(?:\.min)?(?:\.js)?$/i.test(module)
    ? { name: local, library: 'reconnecting-websocket', reconnects: 'always' }
    : undefined
}

/** The value of a property of an object literal. */
export function optionOf(options: Expression | undefined, name: string): Expression | undefined {
  return options?.kind === 'Object'
    ? options.properties.findLast((property) => property.key === name)?.value
    : undefined
}
