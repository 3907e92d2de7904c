import type { App } from '../../../src/app/app.ts'
import {
  type Connections,
  type SocketPolicy,
  socketPolicies,
  whichPolicy,
} from '../../../src/app/pages/socket-policies.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Untold } from '../../../src/contracts/untold.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { mayBeOwn } from './own-hosts.ts'

/** A content policy of the app that lets no page open a socket to its own host. */
export interface ClosedPolicy {
  /** The directive that decides: `connect-src`, or `default-src` where there is none. */
  readonly directive: string
  readonly sources: string
  readonly at: Place
  readonly when: readonly Condition[]
}

/**
 * The policy of pages that shuts out the sockets which these files open; undefined: there is none, or that cannot be told, which
 * goes on record.
 */
export function closedPolicy(app: App, files: readonly string[]): ClosedPolicy | undefined {
  const isOwn = mayBeOwn(app)
  const answer = verdict(socketPolicies(app, files), ({ connections }) => {
    if (connections === 'open') return false
    const covers = connections && coversSockets(connections.sources, isOwn)
    return covers === undefined ? undefined : !covers
  })
  const found = told(app.inquiry, answer, untold)
  const closed = found?.where.find(isKnown)?.connections
  if (found === undefined || closed === undefined) return undefined
  const { directive, sources, at } = closed
  return { directive, sources: sources.join(' '), at, when: found.when }
}

const isKnown = (policy: SocketPolicy): policy is SocketPolicy & { readonly connections: Connections } =>
  typeof policy.connections === 'object'

function untold({ connections }: SocketPolicy): Untold {
  if (typeof connections !== 'object') return whichPolicy
  const why = { en: 'one of its sources is not known', fr: 'une de ses sources n’est pas connue' }
  return { ...whichPolicy, why, at: connections.at }
}

/** Whether one of the sources takes in `wss:` on the page's own host; undefined: one of them is not known. */
export function coversSockets(
  sources: readonly (string | undefined)[],
  isOwn: (host: string) => boolean = () => true,
): boolean | undefined {
  const covers = (source: string) => {
    if (source === '*' || source === "'self'" || /^wss?:(?:\/\/\*(?::|\/|$)|$)/i.test(source)) return true
    // A host without a scheme takes that of the page; browsers let its sockets through.
    const host = /^(?:wss?:\/\/)?([a-z0-9*][\w.*-]*)(?::[\d*]+)?(?:\/|$)/i.exec(source)?.[1]
    return host !== undefined && isOwn(host)
  }
  if (sources.some((source) => source !== undefined && covers(source))) return true
  return sources.includes(undefined) ? undefined : false
}
