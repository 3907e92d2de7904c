import type { App } from '../../../src/app/app.ts'
import { type ConsumerCode, eachOwn, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { dottedOf } from '../../../src/app/asgi/python-code.ts'
import { mayBeReadByHand } from '../../../src/app/asgi/read-by-hand.ts'
import type { Place } from '../../../src/contracts/place.ts'

/** A message whose type names a method that is called for something else, and fails with the event. */
export interface MisledType {
  readonly at: Place
  readonly type: string
  /** The call that Channels makes: `receive(event)`. */
  readonly handler: string
  /** What a method of the consumer that takes it does with the event, as Python says it. */
  readonly raises: string
}

/** Messages of a type that leads into `receive`, `connect` or `send` of every WebSocket consumer there is, none of which takes an event. */
export function misledTypes(app: App): MisledType[] {
  const consumers = servedConsumers(app)
  // A consumer that cannot be read, or is none of the generic ones, may be the one that is meant.
  if (consumers.length === 0 || app.asgi.consumers.some((one) => consumers.every(({ consumer }) => consumer !== one)))
    return []
  return app.asgi.usesLayer.flatMap((use): MisledType[] => {
    const { type, kind } = use
    if (type === undefined || (kind !== 'group_send' && kind !== 'send') || mayBeReadByHand(app, use)) return []
    const handler = type.text.replaceAll('.', '_')
    const raised = consumers.map((one) => raisedBy(one, handler))
    const [raises] = raised
    return raises === undefined || raised.includes(undefined) ? [] : [{ at: type.at, type: type.text, handler, raises }]
  })
}

/** What the method raises when the event is its only argument; undefined: it may take it. */
function raisedBy(code: ConsumerCode, handler: string): string | undefined {
  if (code.methods.has('dispatch')) return undefined
  switch (handler) {
    case 'receive':
      return code.methods.has('receive')
        ? ownReceive(code)
        : code.json && !code.methods.has('decode_json')
          ? parsed
          : undefined
    case 'connect':
      return ownConnect(code) ? 'TypeError: connect() takes 1 positional argument but 2 were given' : undefined
    case 'send':
      return code.methods.has('send') ? undefined : "AttributeError: 'dict' object has no attribute 'encode'"
    default:
      return undefined
  }
}

const parsed = 'TypeError: the JSON object must be str, bytes or bytearray, not dict'

/** `json.loads(text_data)` of the first parameter, which is the event then, on every path: nothing looks at it before. */
function ownReceive(code: ConsumerCode): string | undefined {
  const method = code.methods.get('receive')
  const first = method?.node.args.args[1]?.name
  if (method === undefined || first === undefined || method.node.decorators.length > 0) return undefined
  let loads = false
  let other = false
  eachOwn(method.node, (inner, parents) => {
    if (inner.kind !== 'Name' || inner.id !== first) return
    const call = parents.at(-1)
    const isParsed =
      call?.kind === 'Call' && call.args[0] === inner && dottedOf(call.func, method.file) === 'json.loads'
    if (
      isParsed &&
      parents.every(({ kind }) => ['Assign', 'Expr', 'Call', 'Subscript', 'Attribute', 'Await'].includes(kind))
    )
      loads = true
    else if (!isParsed) other = true
  })
  return loads && !other ? parsed : undefined
}

function ownConnect(code: ConsumerCode): boolean {
  const args = code.methods.get('connect')?.node.args
  if (args === undefined) return !code.methods.has('connect')
  return args.vararg === undefined && args.posonly.length + args.args.length === 1
}
