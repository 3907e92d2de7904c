import type { Untold } from '../../contracts/untold.ts'
import type { Condition } from '../../evaluate/condition.ts'
import type { AppNode, Route, RoutePattern, ServedApplication } from './model.ts'

/** The endpoints of an application in the order in which they are tried. */
export function flattenRoutes(applications: readonly ServedApplication[]): Route[] {
  return applications.flatMap(({ root, when }) =>
    protocolsOf(root).flatMap(({ protocol, app }) => endpoints(app, { protocol, patterns: [], closed: [], when })),
  )
}

/** Every ProtocolTypeRouter entry of an application. */
function protocolsOf(node: AppNode): { protocol: string; app: AppNode }[] {
  if (node.kind === 'protocols') return [...node.entries]
  return node.kind === 'wrapper' ? protocolsOf(node.inner) : []
}

interface Prefix {
  readonly protocol: string
  readonly patterns: readonly RoutePattern[]
  readonly closed: readonly boolean[]
  readonly when: readonly Condition[]
}

function endpoints(node: AppNode, prefix: Prefix): Route[] {
  const inner = unwrapped(node)
  if (inner.kind !== 'routes') return []
  return inner.routes.flatMap((route) => {
    const patterns = [...prefix.patterns, route.pattern]
    const closed = [...prefix.closed, route.app.kind !== 'routes']
    if (unwrapped(route.app).kind === 'routes') return endpoints(route.app, { ...prefix, patterns, closed })
    return [{ protocol: prefix.protocol, patterns, closed, app: route.app, at: route.at, when: prefix.when }]
  })
}

/** What stands behind the wrappers. */
export function unwrapped(node: AppNode): AppNode {
  return node.kind === 'wrapper' ? unwrapped(node.inner) : node
}

/** A router of the application may hold routes that nobody can name. */
export function holdsUnknown(node: AppNode): boolean {
  switch (node.kind) {
    case 'protocols':
      return node.open || node.entries.some(({ app }) => holdsUnknown(app))
    case 'wrapper':
      return holdsUnknown(node.inner)
    case 'routes':
      return (
        node.open ||
        node.routes.some(
          ({ pattern, app }) => pattern.text === undefined || (unwrapped(app).kind === 'routes' && holdsUnknown(app)),
        )
      )
    case 'unknown':
      return true
    default:
      return false
  }
}

/** Every node of an application, the outer ones first. */
export function nodesOf(node: AppNode): AppNode[] {
  return [node, ...innerNodes(node).flatMap(nodesOf)]
}

/** The nodes that a node itself holds. */
export function innerNodes(node: AppNode): readonly AppNode[] {
  switch (node.kind) {
    case 'protocols':
    case 'channels':
      return node.entries.map(({ app }) => app)
    case 'wrapper':
      return [node.inner]
    case 'routes':
      return node.routes.map(({ app }) => app)
    default:
      return []
  }
}

/** What the served application answers WebSockets with, on each of its paths. */
export function websocketApps(applications: readonly ServedApplication[]): AppNode[] {
  return applications.flatMap(({ root }) =>
    protocolsOf(root).flatMap(({ protocol, app }) => (protocol === 'websocket' ? [app] : [])),
  )
}

/** Why the served application cannot be judged. */
export function unknownApplication({ root }: ServedApplication): Untold | undefined {
  const what = { en: 'the served application', fr: 'l’application servie' }
  const opaque = nodesOf(root).find((node) => node.kind === 'unknown')
  return opaque?.kind === 'unknown' ? { what, why: opaque.why, at: opaque.at } : undefined
}
