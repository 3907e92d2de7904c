import type { App } from '../../../src/app/app.ts'
import { type ConsumerCode, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { mayHaveMore } from '../../../src/app/asgi/given-attributes.ts'
import { codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { isOpaque, websocketStacks } from '../../../src/app/asgi/stacks.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { children, literalText, type PythonNode } from '../../../src/syntax/python/walk.ts'

/** A `connect()` of the project's own in a consumer of which no code can accept the socket. */
export interface Unaccepted {
  readonly consumer: string
  readonly at: Place
}

/**
 * Consumers that answer no handshake: the `connect()` of Channels accepts, one in its place has to. Only where all that the consumer runs
 * can be read, nobody else has it in hand, and no middleware answers for it.
 */
export function unaccepted(app: App): Unaccepted[] {
  return servedConsumers(app).flatMap((code): Unaccepted[] => {
    const { consumer, methods, classes } = code
    const connect = methods.get('connect')
    if (connect === undefined || connect.node.decorators.length > 0 || !consumer.routed) return []
    if (methods.has('dispatch') || methods.has('websocket_connect')) return []
    // That it is of another colour than its class is another rule's finding.
    if (code.async !== (connect.node.kind === 'AsyncFunctionDef')) return []
    if (consumer.given.open || mayHaveMore(codeOf(app), classes) || mayBeAnswered(app, code)) return []
    if (classes.some(({ node }) => mayAnswer(node))) return []
    return [{ consumer: consumer.name, at: placeIn(connect.file, connect.node.nameSpan) }]
  })
}

/** Something around the consumer may accept, or nobody knows what is. */
function mayBeAnswered(app: App, { consumer }: ConsumerCode): boolean {
  const ends = websocketStacks(app.asgi.application).flatMap((stack) =>
    stack.ends.filter((end) => end.consumer?.at === consumer.at),
  )
  const wrappers = ends.flatMap((end) => end.wrappers)
  return ends.length === 0 || wrappers.some((one) => isOpaque(one) || one.custom?.answers === true)
}

/** What accepts or refuses, of the consumer itself or of a class above it. */
const answers =
  /^(?:accept|close|connect|websocket_connect|base_send|AcceptConnection|DenyConnection|StopConsumer|__dict__)$/

/**
 * Whether code of a class accepts or refuses a socket, raises, or hands the consumer to other code. A refusal of some alone is no answer to
 * the others: `if user.is_anonymous: await self.close()`.
 */
function mayAnswer(around: PythonNode): boolean {
  let found = false
  const enter = (node: PythonNode, parents: readonly PythonNode[]): void => {
    const name = node.kind === 'Attribute' ? node.attr : node.kind === 'Name' ? node.id : ''
    found ||= answers.test(name) && !(name === 'close' && isForSome(parents))
    found ||= name === 'self' && node.kind === 'Name' && parents.at(-1)?.kind !== 'Attribute'
    found ||= node.kind === 'Raise' || literalText(node)?.startsWith('websocket.') === true
    for (const one of children(node)) if (!found) enter(one, [...parents, node])
  }
  enter(around, [])
  return found
}

/** It stands in an `if` without `else`. */
function isForSome(parents: readonly PythonNode[]): boolean {
  return parents.some((one) => one.kind === 'If' && one.orelse.length === 0)
}
