import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { AppNode, Consumer, ServedApplication, WrapperNode } from './model.ts'

/** What stands between the ProtocolTypeRouter and the consumers of its `websocket` entry. */
export interface WebsocketStack {
  readonly when: readonly Condition[]
  /** The key `websocket`. */
  readonly key: Place
  readonly app: AppNode
  /** Every consumer that can be reached, with the wrappers around it, outermost first. */
  readonly ends: readonly StackEnd[]
  /** Routes or objects in it cannot be named: there may be more. */
  readonly open: boolean
}
export interface StackEnd {
  readonly name: string
  readonly consumer: Consumer | undefined
  readonly wrappers: readonly WrapperNode[]
  readonly at: Place
}

/** The `websocket` entries of the served application, one per alternative. */
export function websocketStacks(applications: readonly ServedApplication[]): WebsocketStack[] {
  return applications.flatMap(({ root, when }) =>
    entries(root, []).map(({ key, app, outer }) => {
      const ends: StackEnd[] = []
      const open = collect(app, outer, ends)
      return { when, key, app, ends, open }
    }),
  )
}

function entries(
  node: AppNode,
  outer: readonly WrapperNode[],
): { key: Place; app: AppNode; outer: readonly WrapperNode[] }[] {
  if (node.kind === 'wrapper') return entries(node.inner, [...outer, node])
  if (node.kind !== 'protocols') return []
  return node.entries.flatMap(({ protocol, key, app }) => (protocol === 'websocket' ? [{ key, app, outer }] : []))
}

/** Gathers the consumers; true when something cannot be read. */
function collect(node: AppNode, wrappers: readonly WrapperNode[], ends: StackEnd[]): boolean {
  switch (node.kind) {
    case 'wrapper':
      return collect(node.inner, [...wrappers, node], ends)
    case 'routes':
      return node.routes.map(({ app }) => collect(app, wrappers, ends)).includes(true) || node.open
    case 'consumer':
      ends.push({ name: node.name, consumer: node.consumer, wrappers, at: node.use ?? node.at })
      return false
    default:
      return true
  }
}

/** A wrapper that may do anything: of an installed package that we do not know, or of the project and not readable. */
export function isOpaque(wrapper: WrapperNode): boolean {
  if (wrapper.role !== 'other') return false
  return wrapper.custom === undefined || wrapper.custom.sets === undefined
}

/** Wrappers that take over X-Forwarded-Proto (hypercorn/middleware/proxy_fix.py). */
const proxyFix = /^hypercorn\.middleware(?:\.proxy_fix)?\.ProxyFixMiddleware$/

/** Takes the header over from the hosts it is told to trust: which ones, its argument says. */
const trusting = /^uvicorn\.middleware\.proxy_headers\.ProxyHeadersMiddleware$/

/**
 * The object around Django that may give requests the scheme the browser used; `sure`: it does. Undefined when there is none,
 * so that Django sees what the server says.
 */
export function schemeSetter(applications: readonly ServedApplication[]): { at: Place; sure: boolean } | undefined {
  const found = applications.flatMap(({ root }) => setterIn(root))
  return found.find(({ sure }) => !sure) ?? found[0]
}

function setterIn(node: AppNode): { at: Place; sure: boolean }[] {
  switch (node.kind) {
    case 'wrapper': {
      const sure = proxyFix.test(node.path) || node.custom?.sets?.includes('scheme') === true
      return sure || isOpaque(node) || trusting.test(node.path) ? [{ at: node.at, sure }] : setterIn(node.inner)
    }
    case 'protocols':
      return node.entries.flatMap(({ protocol, app }) => (protocol === 'http' ? setterIn(app) : []))
    case 'function':
      return [{ at: node.at, sure: false }]
    default:
      return []
  }
}

/** The wrapper puts the key into the scope. */
export function sets(wrapper: WrapperNode, key: string): boolean {
  if (wrapper.custom?.sets?.includes(key)) return true
  if (key === 'user') return wrapper.role === 'auth'
  if (key === 'session') return wrapper.role === 'auth' || wrapper.role === 'session'
  return key === 'cookies' && (wrapper.role === 'auth' || wrapper.role === 'session' || wrapper.role === 'cookie')
}
