import type { App } from '../../../src/app/app.ts'
import type { AppNode } from '../../../src/app/asgi/model.ts'
import { told, verdict } from '../../../src/app/settings/verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { itemsOf, plain, type Value } from '../../../src/evaluate/python/value.ts'
import { isPrivateHost } from '../../../src/knowledge/hosts.ts'

/** A TrustedHostMiddleware around the served application that no request to a dyno passes. */
export interface UntrustedHosts {
  readonly at: Place
  readonly hosts: string
  /** The list, as it is given. */
  readonly list: Value
  readonly when: readonly Condition[]
}

/** Its hosts are compared with the Host header (starlette/middleware/trustedhost.py): none of them is one that the app answers on. */
export function untrustedHosts(app: App): UntrustedHosts | undefined {
  if (app.asgi.served?.from !== 'web') return undefined
  const found = told(
    app.inquiry,
    verdict(app.asgi.application, ({ root }) => localIn(root) !== undefined),
    () => undefined,
  )
  const local = found && localIn(found.where[0].root)
  return found && local && { ...local, when: found.when }
}

/** The first one around what answers http whose hosts are all of the author's machine. */
function localIn(node: AppNode): Omit<UntrustedHosts, 'when'> | undefined {
  if (node.kind === 'protocols') {
    const http = node.entries.find(({ protocol }) => protocol === 'http')
    return http && localIn(http.app)
  }
  if (node.kind !== 'wrapper') return undefined
  const items = itemsOf(node.hosts)
  const names = items?.map(plain)
  const open = (node.hosts as { rest?: unknown } | undefined)?.rest !== undefined
  if (
    names === undefined ||
    names.length === 0 ||
    open ||
    !names.every((name) => name !== undefined && isPrivateHost(name))
  )
    return localIn(node.inner)
  return node.hosts && { at: node.hosts.at, hosts: names.join(', '), list: node.hosts }
}
