import { placeKey } from '../../contracts/place.ts'
import { uniqueBy } from '../../unique-by.ts'
import type { App } from '../app.ts'
import type { BlockingCall } from './model.ts'
import { nodesOf } from './routes.ts'

/** What blocks in everything that the sockets run: consumers, of which those that no route leads to are not sure, and middleware. */
export function blockingCallsOf(app: App): BlockingCall[] {
  const wrappers = app.asgi.application
    .flatMap(({ root }) => nodesOf(root))
    .flatMap((node) => (node.kind === 'wrapper' ? (node.custom?.blocking ?? []) : []))
  const own = app.asgi.consumers.flatMap(({ blocking, routed }) =>
    routed ? blocking : blocking.map((call) => ({ ...call, sure: false })),
  )
  return uniqueBy([...own, ...wrappers], ({ at }) => placeKey(at))
}
