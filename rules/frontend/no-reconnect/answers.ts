import type { App } from '../../../src/app/app.ts'
import { type ConsumerCode, eachOwn, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import { holdsUnknown, nodesOf, websocketApps } from '../../../src/app/asgi/routes.ts'
import type { Socket } from '../../../src/app/frontend/model.ts'
import { routesReachedBy } from '../../../src/app/frontend/reached-routes.ts'

/** Whether all that can come on a socket are answers to what the page asks: no consumer behind it is in a group, or does anything later. */
export function answersOnly(app: App, socket: Socket): boolean {
  if (websocketApps(app.asgi.application).some(holdsUnknown)) return false
  const routes = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket').map(compileRoute)
  const ends = routesReachedBy(socket, routes).flatMap(({ app: end }) =>
    nodesOf(end).filter((node) => node.kind === 'consumer'),
  )
  const served = servedConsumers(app)
  return (
    ends.length > 0 &&
    ends.every((end) => {
      const code = served.find(({ consumer }) => consumer.at === end.consumer?.at)
      return code !== undefined && isQuiet(code)
    })
  )
}

/** What goes on beside the messages: tasks, threads, timers, loops that wait. */
const beside = /^(?:create_task|ensure_future|run_in_executor|gather|Thread|Timer|Process|start|sleep|subscribe)$/

function isQuiet({ consumer, functions, methods }: ConsumerCode): boolean {
  if (consumer.usesLayer.length > 0 || consumer.groups !== undefined || methods.has('dispatch')) return false
  let goesOn = false
  for (const { node } of functions)
    eachOwn(node, (inner) => {
      const name = inner.kind === 'Attribute' ? inner.attr : inner.kind === 'Name' ? inner.id : ''
      goesOn ||= inner.kind === 'While' || inner.kind === 'AsyncFor' || beside.test(name)
    })
  return !goesOn
}
