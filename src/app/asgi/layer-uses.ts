import type { Part } from '../../evaluate/parts.ts'
import type { Call, Dict, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { bindingsOf, onlyAssignment } from '../../syntax/python/bindings.ts'
import { children, isFunction, literalText, type PythonNode } from '../../syntax/python/walk.ts'
import { eventOf } from './event-values.ts'
import type { LayerUse } from './model.ts'
import { textAt } from './module-constants.ts'
import { type Code, type CodeFile, dottedOf, placeIn } from './python-code.ts'
import { type Names, partsOfText } from './text-parts.ts'

const methods: Readonly<Record<string, LayerUse['kind']>> = {
  group_add: 'group_add',
  group_discard: 'group_discard',
  group_send: 'group_send',
  send: 'send',
  receive: 'receive',
  new_channel: 'new_channel',
  flush: 'flush',
}

/** Attributes of the layers of channels and channels_redis that are no message calls. */
const attributes = new Set([
  'expiry',
  'capacity',
  'channel_capacity',
  'hosts',
  'prefix',
  'extensions',
  'group_expiry',
  'channels',
  'groups',
  'symmetric_encryption_keys',
  'valid_channel_name',
  'valid_channel_names',
  'valid_group_name',
  'require_valid_channel_name',
  'require_valid_group_name',
  'match_type_and_length',
  'non_local_name',
  'get_capacity',
  'compile_capacities',
  'connection',
  'connections',
  'close_pools',
  'wait_received',
  'receive_single',
  'receive_loop',
  'close',
  'clean_expired',
  'serialize',
  'deserialize',
  'consistent_hash',
  'ring_size',
  'client_prefix',
  'make_fernet',
  'receive_buffer',
  'receive_count',
  'decode_hosts',
  'create_pool',
  '_get_layer',
  '_layers',
  'channel_layer',
  'sentinels',
  'group_key',
  'loop',
])

/** Where a use stands. */
interface Around {
  readonly function: FunctionDef | undefined
  /** Functions around that one, the nearest first. */
  readonly outer: readonly FunctionDef[]
  /** It runs where the loop does: a lambda may be run by a thread. */
  readonly coroutine: boolean
  readonly class: string | undefined
  readonly names: Names
}

/** Classes of a file whose `self.channel_layer` is a layer. */
export interface LayerOwners {
  readonly consumers: ReadonlySet<string>
  /** By class: the alias of that layer; `?` where it is another one in another consumer. */
  readonly aliases: ReadonlyMap<string, string>
}

/** Every use of the channel layer in a file. */
export function layerUses(file: CodeFile, owners: LayerOwners, code: Code): LayerUse[] {
  if (!/channel_layer|\bgroup_send\b|\bgroup_add\b/.test(file.text)) return []
  const uses: LayerUse[] = []
  const seen = new Set<PythonNode>()
  const none: Around = {
    function: undefined,
    outer: [],
    coroutine: false,
    class: undefined,
    names: { function: undefined, attributes: new Map() },
  }
  const visit = (node: PythonNode, parents: readonly PythonNode[], around: Around): void => {
    const here = enter(node, around)
    if (node.kind === 'Attribute' && !seen.has(node)) {
      const alias = layerAlias(node.value, file, here, owners)
      if (alias !== undefined) {
        const use = methodUse(node.attr, node, alias, parents, file, here, owners, code)
        if (use !== undefined) {
          uses.push(use)
          // `get_channel_layer().send` is one use, not two.
          if (node.value.kind === 'Call') seen.add(node.value)
        }
      }
    }
    if (node.kind === 'Call' && !seen.has(node) && isGetLayer(node, file)) uses.push(getUse(node, file, here, owners))
    for (const child of children(node)) visit(child, [...parents, node], here)
  }
  visit(file.tree, [], none)
  return uses
}

function enter(node: PythonNode, around: Around): Around {
  if (node.kind === 'ClassDef')
    return {
      function: undefined,
      outer: [],
      coroutine: false,
      class: node.name,
      names: { function: undefined, attributes: selfAttributes(node) },
    }
  if (node.kind === 'Lambda') return { ...around, coroutine: false }
  if (isFunction(node))
    return {
      ...around,
      function: node,
      outer: around.function === undefined ? [] : [around.function, ...around.outer],
      coroutine: node.kind === 'AsyncFunctionDef',
      names: {
        ...around.names,
        function: node,
        outer: around.function === undefined ? [] : [around.function, ...around.outer],
      },
    }
  return around
}

/** `self.x = value` where just one such assignment stands in the class. */
function selfAttributes(node: PythonNode): ReadonlyMap<string, Expression> {
  const found = new Map<string, Expression | undefined>()
  const visit = (inner: PythonNode): void => {
    if (inner.kind === 'Assign') {
      for (const target of inner.targets) {
        if (target.kind === 'Attribute' && target.value.kind === 'Name' && target.value.id === 'self') {
          found.set(target.attr, found.has(target.attr) ? undefined : inner.value)
        }
      }
    }
    for (const child of children(inner)) visit(child)
  }
  visit(node)
  return new Map([...found].flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])))
}

function isGetLayer(node: Expression, file: CodeFile): node is Call {
  return node.kind === 'Call' && dottedOf(node.func, file) === 'channels.layers.get_channel_layer'
}

/** The alias of the layer that an expression holds; undefined when it holds no layer that we know. */
function layerAlias(node: Expression, file: CodeFile, around: Around, owners: LayerOwners): string | undefined {
  const own = owners.aliases.get(around.class ?? '') ?? 'default'
  if (isGetLayer(node, file)) return aliasOf(node)
  if (node.kind === 'Attribute' && node.attr === 'channel_layer') return ownLayer(node.value, own, file, around)
  if (node.kind !== 'Name') return undefined
  const { function: inner, outer } = around
  const local = inner === undefined ? undefined : assignedIn([inner, ...outer], node.id)
  if (local !== undefined)
    return isGetLayer(local, file)
      ? aliasOf(local)
      : local.kind === 'Attribute' && local.attr === 'channel_layer'
        ? own
        : undefined
  for (const statement of file.tree.body) {
    if (
      statement.kind !== 'Assign' ||
      !statement.targets.some((target) => target.kind === 'Name' && target.id === node.id)
    )
      continue
    if (isGetLayer(statement.value, file)) return aliasOf(statement.value)
  }
  return undefined
}

/** `self.channel_layer` is what the class makes it, or what Channels gives a consumer. */
function ownLayer(of: Expression, own: string, file: CodeFile, { names: { attributes } }: Around): string {
  const made = of.kind === 'Name' && of.id === 'self' ? attributes.get('channel_layer') : undefined
  return made === undefined ? own : isGetLayer(made, file) ? aliasOf(made) : '?'
}

/** What a name stands for in a function, which sees the names of those around it. */
function assignedIn(functions: readonly FunctionDef[], name: string): Expression | undefined {
  const nearest = functions.find((one) => bindingsOf(one).has(name))
  return nearest && onlyAssignment(nearest, name)
}

function aliasOf(node: Call): string {
  const given = node.args[0] ?? node.keywords.find(({ arg }) => arg === 'alias')?.value
  if (given === undefined) return 'default'
  return literalText(given) ?? '?'
}

/** What a use has that names no channel and no group, and sends nothing. */
export const namelessUse = {
  name: undefined,
  nameAt: undefined,
  ownChannel: false,
  ownMember: false,
  type: undefined,
  event: undefined,
  drive: 'other',
} as const

function getUse(node: Call, file: CodeFile, around: Around, owners: LayerOwners): LayerUse {
  const at = placeIn(file, node)
  return {
    ...namelessUse,
    at,
    kind: 'get',
    method: 'get_channel_layer',
    alias: aliasOf(node),
    call: at,
    consumer: around.class !== undefined && owners.consumers.has(around.class) ? around.class : undefined,
    async: around.coroutine,
  }
}

function methodUse(
  method: string,
  node: Extract<Expression, { kind: 'Attribute' }>,
  alias: string,
  parents: readonly PythonNode[],
  file: CodeFile,
  around: Around,
  owners: LayerOwners,
  code: Code,
): LayerUse | undefined {
  const kind = Object.hasOwn(methods, method) ? (methods[method] as LayerUse['kind']) : 'unknown'
  const how = drive(node, parents, file)
  if (kind === 'unknown' && (attributes.has(method) || method.startsWith('_') || how.call === undefined))
    return undefined
  const [first, second] = how.call?.args ?? []
  const named = first ?? how.call?.keywords.find(({ arg }) => arg === 'group' || arg === 'channel')?.value
  const message = second ?? how.call?.keywords.find(({ arg }) => arg === 'message')?.value
  return {
    at: placeIn(file, node),
    kind,
    method,
    alias,
    name: named === undefined ? undefined : (partsOfText(named, around.names) as readonly Part[] | undefined),
    nameAt: named === undefined ? undefined : placeIn(file, named),
    ownChannel: isOwnChannel(named),
    ownMember: isOwnChannel(second ?? how.call?.keywords.find(({ arg }) => arg === 'channel')?.value),
    type: message === undefined ? undefined : messageType(message, { code, file, names: around.names }),
    event: message === undefined ? undefined : eventOf(message, { code, file, names: around.names }),
    drive: how.drive,
    call: placeIn(file, how.whole),
    consumer: around.class !== undefined && owners.consumers.has(around.class) ? around.class : undefined,
    async: around.coroutine,
  }
}

/** `self.channel_name` */
const isOwnChannel = (node: Expression | undefined): boolean =>
  node?.kind === 'Attribute' && node.attr === 'channel_name' && node.value.kind === 'Name' && node.value.id === 'self'

/** How the method is run: the call that gives it its arguments, and what becomes of the coroutine. */
function drive(
  node: Expression,
  parents: readonly PythonNode[],
  file: CodeFile,
): { call: Call | undefined; whole: Expression; drive: LayerUse['drive'] } {
  const parent = parents.at(-1)
  const outer = parents.at(-2)
  if (parent?.kind !== 'Call') return { call: undefined, whole: node, drive: 'other' }
  if (parent.func === node) {
    if (outer?.kind === 'Await') return { call: parent, whole: outer, drive: 'await' }
    if (outer?.kind === 'Expr') return { call: parent, whole: parent, drive: 'dropped' }
    if (outer?.kind === 'Call' && isBridge(outer, file)) return { call: parent, whole: parent, drive: 'called-bridge' }
    return { call: parent, whole: parent, drive: 'other' }
  }
  if (!isBridge(parent, file)) return { call: undefined, whole: node, drive: 'other' }
  return outer?.kind === 'Call' && outer.func === parent
    ? { call: outer, whole: outer, drive: 'bridge' }
    : { call: undefined, whole: parent, drive: 'bridge' }
}

function isBridge(node: Call, file: CodeFile): boolean {
  const name = dottedOf(node.func, file)
  return name === 'asgiref.sync.async_to_sync' || name === 'async_to_sync' || name === 'asgiref.sync.AsyncToSync'
}

/** Where the expressions of a message mean something. */
interface Scope {
  readonly code: Code
  readonly file: CodeFile
  readonly names: Names
}

/** `type` of a message written as a dict, here or in the one assignment of the name. */
function messageType(node: Expression, scope: Scope): LayerUse['type'] {
  const around = scope.names.function
  const value = node.kind === 'Name' && around !== undefined ? onlyAssignment(around, node.id) : node
  if (value?.kind === 'Dict') return dictType(value, scope)
  if (value?.kind !== 'Call' || value.func.kind !== 'Name' || value.func.id !== 'dict') return undefined
  return constantText(value.keywords.find(({ arg }) => arg === 'type')?.value, scope)
}

function dictType(node: Dict, scope: Scope): LayerUse['type'] {
  const index = node.keys.findLastIndex((key) => literalText(key) === 'type')
  // `**event` behind it may bring another type.
  if (index < 0 || node.keys.slice(index + 1).includes(undefined)) return undefined
  return constantText(node.values[index], scope)
}

/** A text that is written out, there or where a module of the project binds its name once; the place is that of the message. */
function constantText(node: Expression | undefined, scope: Scope): LayerUse['type'] {
  const text = node && textAt(node, scope)
  return node === undefined || text === undefined ? undefined : { text, at: placeIn(scope.file, node) }
}
