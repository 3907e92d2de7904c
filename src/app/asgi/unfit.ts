import type { Place } from '../../contracts/place.ts'
import type { Condition } from '../../evaluate/condition.ts'
import { calleePath } from '../../evaluate/python/value.ts'
import type { App } from '../app.ts'
import type { Server, ServerTarget } from '../processes/model.ts'
import { runModule } from '../settings/run-module.ts'
import { told, verdict } from '../settings/verdict.ts'
import type { AppNode, UncallableNode, WsgiNode } from './model.ts'
import { unknownApplication, unwrapped } from './routes.ts'

/** What an ASGI server calls for every page, and cannot: it is WSGI, or nothing that can be called. */
export interface UnfitApplication<Node extends WsgiNode | UncallableNode> {
  readonly node: Node
  /** The statement that binds the served name. */
  readonly at: Place
  readonly when: readonly Condition[]
  /** It stands inside what is served: the `http` entry of a router. */
  readonly inside: boolean
}

/** What makes an ASGI application whatever it is given. */
const asgiMakers = new Set([
  'django.core.asgi.get_asgi_application',
  'django.core.handlers.asgi.ASGIHandler',
  'configurations.asgi.get_asgi_application',
  'channels.routing.ProtocolTypeRouter',
  'channels.routing.get_default_application',
])

/** Whether the target of a server, whatever the server speaks, is surely an ASGI application. */
export function asgiServed(app: App, { target, step }: Server): boolean {
  return target?.factory === false && namesApplication(app, target, step)
}

/** Whether a server calls a finished ASGI application without arguments, as it calls a factory: TypeError. */
export function finishedFactory(app: App, { target, step }: Server): boolean {
  return target?.factory === true && namesApplication(app, target, step)
}

function namesApplication(app: App, target: ServerTarget, step: Server['step']): boolean {
  if (target.file === undefined) return false
  const environment = app.environment.forProcess(step.changes)
  const { alternatives = [] } =
    runModule(app, target.module, target.path, environment).get(target.attribute ?? 'application') ?? {}
  return (
    alternatives.length > 0 &&
    alternatives.every(({ value }) => value.type === 'call' && asgiMakers.has(calleePath(value.callee) ?? ''))
  )
}

/** Django's WSGI application where ASGI is spoken: served itself, or as the `http` entry of the router. */
export function wsgiServed(app: App, server: Server): UnfitApplication<WsgiNode> | undefined {
  return unfit(app, server, (root) => {
    const node = unwrapped(root)
    const page = node.kind === 'protocols' ? node.entries.find(({ protocol }) => protocol === 'http')?.app : root
    return page?.kind === 'wsgi' ? page : undefined
  })
}

/** `application = None`: the server finds the name, and nothing to call. */
export function uncallableServed(app: App, server: Server): UnfitApplication<UncallableNode> | undefined {
  return unfit(app, server, (root) => (root.kind === 'uncallable' ? root : undefined))
}

function unfit<Node extends WsgiNode | UncallableNode>(
  app: App,
  { target, speaks }: Server,
  find: (root: AppNode) => Node | undefined,
): UnfitApplication<Node> | undefined {
  const { served, application } = app.asgi
  const serves = served?.from === 'web' && served.file !== undefined && served.file === target?.file
  if (!serves || speaks.protocol !== 'asgi' || target?.factory === true) return undefined
  const found = told(
    app.inquiry,
    verdict(application, ({ root }) => (root.kind === 'unknown' ? undefined : find(root) !== undefined)),
    unknownApplication,
  )
  const first = found?.where[0]
  const node = first && find(first.root)
  return found === undefined || first === undefined || node === undefined
    ? undefined
    : { node, at: first.at, when: found.when, inside: node !== first.root }
}
