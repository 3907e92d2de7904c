import { calleePath, type Value } from '../value.ts'

/**
 * Objects of Channels that keep an argument under a name, so that it may be changed through them after they were made
 * (channels/routing.py): path of the class -> attribute -> position of the argument.
 */
const kept: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'channels.routing.ProtocolTypeRouter': { application_mapping: 0 },
  'channels.routing.ChannelNameRouter': { application_mapping: 0 },
  'channels.routing.URLRouter': { routes: 0 },
}

/** The position of the argument that an object of Channels keeps under this name. */
export function keptArgument(path: string | undefined, attribute: string): number | undefined {
  return path === undefined ? undefined : kept[path]?.[attribute]
}

/** Decorators and functions that make a coroutine function of a function, which then runs in a thread. */
const bridges = new Set(['channels.db.database_sync_to_async', 'asgiref.sync.sync_to_async'])

/** The function behind `database_sync_to_async(function)`, also as a decorator with arguments; undefined: it is none. */
export function bridged(value: Value): Value | undefined {
  if (value.type !== 'call' || value.attributes.length > 0) return undefined
  const { callee, args } = value
  const isBridge = bridges.has(calleePath(callee.type === 'call' ? callee.callee : callee) ?? '')
  const [wrapped] = args.positional
  return isBridge && (wrapped?.type === 'function' || wrapped?.type === 'method') ? wrapped : undefined
}

/** What any release of Channels from 3.0 to 4.3 gives a consumer (channels/consumer.py, channels/generic). */
const consumerMembers = new Set(
  (
    'accept as_asgi base_send body channel_layer channel_layer_alias channel_name channel_receive close connect ' +
    'consumer_class consumer_initkwargs decode_json disconnect dispatch encode_json get_handler_name groups handle ' +
    'http_disconnect http_request receive receive_json scope send send_body send_headers send_json send_response ' +
    'websocket_connect websocket_disconnect websocket_receive _sync await_many_dispatch'
  ).split(' '),
)

/** Whether a class of Channels, of which nothing but this is read, has surely no such attribute. */
export function lacksMember(path: string, name: string): boolean {
  return (
    /^channels\.(consumer|generic\.(websocket|http))\.\w*Consumer$/.test(path) &&
    !name.startsWith('__') &&
    !consumerMembers.has(name)
  )
}
