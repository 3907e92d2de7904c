import { linearized } from '../../linearize.ts'
import type { ClassDef, Expression } from '../../syntax/python/ast.ts'
import { type Code, type CodeFile, dottedOf, findClass } from './python-code.ts'

/** Packages whose classes called `…Consumer` are consumers of Channels. */
const consumerPackages =
  /^(?:channels|channels_graphql_ws|djangochannelsrestframework|strawberry\.channels|graphene_subscriptions|channelsmultiplexer|channels_presence|graphql_ws|ariadne)\./

export function isConsumer(dotted: string): boolean {
  return consumerPackages.test(dotted) && /Consumer$/.test(dotted)
}

/** A class of the project among the ancestors of a class. */
export interface OwnAncestor {
  readonly file: CodeFile
  readonly node: ClassDef
  /** Names that Python finds in a class of Channels before it looks here. */
  readonly shadowed: ReadonlySet<string>
}

export interface Lineage {
  /** Dotted bases outside the project, transitively, in the order in which Python looks. */
  readonly bases: readonly string[]
  /** Classes of the project it inherits from, itself first, in that order. */
  readonly own: readonly OwnAncestor[]
  /** A base that is neither of the project nor of Channels, or bases that Python refuses to order. */
  readonly open: boolean
}

interface ChannelsClass {
  readonly bases: readonly string[]
  readonly defines: readonly string[]
}

const websocket = [
  'groups',
  '__init__',
  'websocket_connect',
  'connect',
  'accept',
  'websocket_receive',
  'receive',
  'send',
  'close',
  'websocket_disconnect',
  'disconnect',
]
const json = ['receive', 'receive_json', 'send_json', 'decode_json', 'encode_json']

/** What the classes of Channels derive from and define; none of them asks `super()` for it (consumer.py, generic/websocket.py, 2.1 to 4.3). */
const channels: Readonly<Record<string, ChannelsClass>> = {
  'channels.consumer.AsyncConsumer': {
    bases: [],
    defines: ['_sync', 'channel_layer_alias', '__call__', 'dispatch', 'send', 'as_asgi'],
  },
  'channels.consumer.SyncConsumer': {
    bases: ['channels.consumer.AsyncConsumer'],
    defines: ['_sync', 'dispatch', 'send'],
  },
  'channels.generic.websocket.WebsocketConsumer': { bases: ['channels.consumer.SyncConsumer'], defines: websocket },
  'channels.generic.websocket.JsonWebsocketConsumer': {
    bases: ['channels.generic.websocket.WebsocketConsumer'],
    defines: json,
  },
  'channels.generic.websocket.AsyncWebsocketConsumer': {
    bases: ['channels.consumer.AsyncConsumer'],
    defines: websocket,
  },
  'channels.generic.websocket.AsyncJsonWebsocketConsumer': {
    bases: ['channels.generic.websocket.AsyncWebsocketConsumer'],
    defines: json,
  },
}

/** A class and those that a class of Channels derives from, in the order in which Python looks. */
export function channelsOrder(dotted: string): readonly string[] {
  const { bases } = Object.hasOwn(channels, dotted) ? (channels[dotted] as ChannelsClass) : { bases: [] }
  return [dotted, ...bases.flatMap(channelsOrder)]
}

/** What a class of Channels defines itself. */
export function definedByChannels(dotted: string): readonly string[] {
  return Object.hasOwn(channels, dotted) ? (channels[dotted] as ChannelsClass).defines : []
}

/** Outside classes that bring nothing which Channels or a message asks for. */
const isBare = (dotted: string): boolean => dotted === 'object' || /^(?:channels|abc|typing)\./.test(dotted)

/** Where a class comes from, through the classes of the project, in Python's method resolution order (C3). */
export function lineage(code: Code, file: CodeFile, node: ClassDef): Lineage {
  const files = new Map<ClassDef, CodeFile>()
  const orders = new Map<ClassDef, readonly (ClassDef | string)[]>()
  const named: string[] = []
  let open = false
  let refused = false
  const orderOf = (from: CodeFile, definition: ClassDef): readonly (ClassDef | string)[] => {
    const known = orders.get(definition)
    if (known !== undefined) return known
    files.set(definition, from)
    orders.set(definition, [])
    const above = definition.bases.flatMap((base) => {
      const dotted = baseOf(code, base, from)
      const next = dotted === undefined ? undefined : findClass(code, dotted)
      open ||= dotted === undefined || (next === undefined && !isBare(dotted))
      if (next !== undefined) return [orderOf(next.file, next.node)]
      if (dotted === undefined) return []
      named.push(dotted)
      return [channelsOrder(dotted)]
    })
    const direct = above.flatMap((order) => order.slice(0, 1))
    const merged = linearized([...above, direct])
    refused ||= merged === undefined
    const order = [definition, ...(merged ?? new Set(above.flat()))]
    orders.set(definition, order)
    return order
  }
  const order = orderOf(file, node)
  const shadowed = new Set<string>()
  const own = order.flatMap((one): OwnAncestor[] => {
    if (typeof one !== 'string') return [{ file: files.get(one) as CodeFile, node: one, shadowed: new Set(shadowed) }]
    if (!refused) for (const name of definedByChannels(one)) shadowed.add(name)
    return []
  })
  const bases = order.filter((one): one is string => typeof one === 'string' && named.includes(one))
  return { bases, own, open: open || refused }
}

/** The dotted path of a base; a name that only a star import can have brought is looked for behind the stars. */
function baseOf(code: Code, base: Expression, file: CodeFile): string | undefined {
  const dotted = dottedOf(base, file)
  if (dotted === undefined || dotted.includes('.')) return dotted
  const star = file.stars.find(
    (module) => findClass(code, `${module}.${dotted}`) !== undefined || isConsumer(`${module}.${dotted}`),
  )
  return star === undefined ? dotted : `${star}.${dotted}`
}
