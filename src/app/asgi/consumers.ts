import type { Place } from '../../contracts/place.ts'
import { perFile } from '../../files/per-file.ts'
import { getOrInsert } from '../../get-or-insert.ts'
import type { ClassDef, Expression } from '../../syntax/python/ast.ts'
import { bindingsOf } from '../../syntax/python/bindings.ts'
import { children, isFunction, literalText, type PythonNode } from '../../syntax/python/walk.ts'
import { awaits } from './awaited-exceptions.ts'
import { blockingCalls } from './blocking.ts'
import { ownMethods } from './called-function.ts'
import { givenMethods } from './given-methods.ts'
import { layerUses, namelessUse } from './layer-uses.ts'
import { isConsumer, type Lineage, lineage } from './lineage.ts'
import type { Consumer, LayerUse } from './model.ts'
import { type Code, type CodeFile, placeIn } from './python-code.ts'

export interface ConsumerReading {
  readonly consumers: readonly Omit<Consumer, 'routed'>[]
  readonly uses: readonly LayerUse[]
  readonly channelsImport: Place | undefined
}

/** Consumer classes of the project, and every use of the channel layer, in file order. */
export function readConsumers(code: Code): ConsumerReading {
  const consumers: Omit<Consumer, 'routed'>[] = []
  const uses: LayerUse[] = []
  let channelsImport: Place | undefined
  const files = filesWithConsumers(code)
  const aliasOfClass = layerAliases(files)
  for (const { file, own } of files) {
    channelsImport ??= file.firstChannelsImport
    const aliases = new Map([...file.classes.values()].map((node) => [node.name, aliasOfClass(node)]))
    const found = layerUses(file, { consumers: new Set(own.map(({ node }) => node.name)), aliases }, code)
    uses.push(...found)
    for (const { node, line } of own) {
      const made = consumerOf(code, node, line, file, found)
      consumers.push(made)
      if (made.groups !== undefined) uses.push(groupsUse(made.groups, node.name, aliasOf(line)))
    }
  }
  return { consumers, uses, channelsImport }
}

/** The alias of the layer that `self.channel_layer` is in a class: that of every consumer that derives from it, or `?`. */
function layerAliases(files: readonly FileWithConsumers[]): (node: ClassDef) => string {
  const aliases = new Map<ClassDef, Set<string>>()
  for (const { own } of files)
    for (const { line } of own)
      for (const { node } of line.own) getOrInsert(aliases, node, () => new Set()).add(aliasOf(line))
  return (node) => {
    const [alias, ...others] = aliases.get(node) ?? []
    if (alias === undefined) return node.bases.length === 0 ? 'default' : '?'
    return others.length === 0 ? alias : '?'
  }
}

/** What a file says that defines a consumer or touches a layer; the others are not parsed. */
const telling = /\b(?:from|import)[ \t]+channels\b|channel_layer|\bgroup_send\b|^[ \t]*class[ \t][^\n]*Consumer/m

const tells = perFile(({ text }) => telling.test(text))

/** Words in the heads of its classes: `class Station(Socket)`. */
const basesNamed = perFile(
  ({ text }) =>
    new Set(
      [...text.matchAll(/^[ \t]*class[ \t]+\w+[ \t]*\(([^)]*)\)/gm)].flatMap(
        ([, inside = '']) => inside.match(/\w+/g) ?? [],
      ),
    ),
)

interface FileWithConsumers {
  readonly file: CodeFile
  readonly own: readonly { readonly node: ClassDef; readonly line: Lineage }[]
}

/** The files to read with their consumers, in order: those that tell, and those with a class of a consumer, whatever it is called. */
function filesWithConsumers(code: Code): readonly FileWithConsumers[] {
  const found = new Map<string, FileWithConsumers>()
  const names = new Set<string>()
  const isWanted = (path: string): boolean => {
    const source = found.has(path) ? undefined : code.source(path)
    return source !== undefined && (tells(source) || [...names].some((name) => basesNamed(source).has(name)))
  }
  for (let wanted = code.files.filter(isWanted); wanted.length > 0; ) {
    for (const path of wanted) {
      const file = code.file(path)
      if (file === undefined) continue
      const own = [...file.classes.values()].flatMap((node) => {
        const line = lineage(code, file, node)
        return line.bases.some((base) => isConsumer(base)) ? [{ node, line }] : []
      })
      found.set(path, { file, own })
    }
    names.clear()
    for (const { own } of found.values()) for (const { node } of own) names.add(node.name)
    wanted = code.files.filter((path) => isWanted(path) && !wanted.includes(path))
  }
  return code.files.flatMap((path) => found.get(path) ?? [])
}

function consumerOf(
  code: Code,
  node: ClassDef,
  line: Lineage,
  file: CodeFile,
  uses: readonly LayerUse[],
): Omit<Consumer, 'routed'> {
  const methods = new Map<string, Place>()
  const keys: ScopeKeys = { read: new Map(), needed: new Map(), guarded: new Set() }
  let groups: Place | undefined
  for (const { file: from, node: definition, shadowed } of line.own) {
    for (const statement of definition.body) {
      if (isFunction(statement)) {
        if (!methods.has(statement.name) && !shadowed.has(statement.name))
          methods.set(statement.name, placeIn(from, statement.nameSpan))
      } else if (statement.kind === 'Assign') {
        for (const target of statement.targets) {
          if (target.kind !== 'Name' || shadowed.has(target.id)) continue
          // `chat_message = send_json` is a handler as well.
          if (!methods.has(target.id)) methods.set(target.id, placeIn(from, target))
          if (target.id === 'groups' && isFilled(statement.value)) groups ??= placeIn(from, statement)
        }
      } else if (
        statement.kind === 'AnnAssign' &&
        statement.target.kind === 'Name' &&
        statement.target.id === 'groups' &&
        !shadowed.has('groups') &&
        statement.value !== undefined &&
        isFilled(statement.value)
      ) {
        groups ??= placeIn(from, statement)
      }
    }
    // What a branch, an import or several targets at once bind may be a handler too.
    for (const [name, [first]] of bindingsOf(definition))
      if (first !== undefined && !methods.has(name) && !shadowed.has(name)) methods.set(name, placeIn(from, first.by))
    readScope(definition, from, keys)
  }
  const base = line.bases.find((one) => isConsumer(one)) ?? ''
  const isAsync = /\.Async|GenericAsync|GraphqlWs|GraphQLWS/.test(base)
  return {
    name: node.name,
    file: file.path,
    at: placeIn(file, node.nameSpan),
    bases: line.bases,
    kind: kindOf(base, methods),
    async: isAsync,
    methods,
    open: line.open || line.own.some((one) => isChangedFromOutside(one)),
    given: givenMethods(code, line),
    groups,
    layer: aliasOf(line),
    scope: keys.read,
    requires: new Map([...keys.needed].filter(([key]) => !keys.guarded.has(key))),
    usesLayer: uses.filter((use) => use.consumer === node.name),
    blocking: blockingCalls(code, ownMethods(code, { node, file })),
  }
}

/** A decorator, `setattr(Consumer, …)` or `Consumer.name = …` may give a class methods that do not stand in it. */
function isChangedFromOutside({ file, node }: Lineage['own'][number]): boolean {
  if (node.decorators.length > 0) return true
  const isClass = (one: Expression | undefined) => one?.kind === 'Name' && one.id === node.name
  return file.tree.body.some((statement) => {
    if (statement.kind === 'Expr') {
      const { value } = statement
      return (
        value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'setattr' && isClass(value.args[0])
      )
    }
    const targets = statement.kind === 'Assign' ? statement.targets : []
    return targets.some((target) => target.kind === 'Attribute' && isClass(target.value))
  })
}

/** A bare consumer serves what its handlers are named after. */
function kindOf(base: string, methods: ReadonlyMap<string, Place>): Consumer['kind'] {
  if (/websocket|Websocket|WebSocket|WS|Ws|APIConsumer|Graph/.test(base)) return 'websocket'
  if (/http/i.test(base)) return 'http'
  if ([...methods.keys()].some((name) => name.startsWith('websocket_'))) return 'websocket'
  return methods.has('http_request') ? 'http' : 'other'
}

function isFilled(node: Expression): boolean {
  return node.kind === 'List' || node.kind === 'Tuple' || node.kind === 'Set' ? node.elts.length > 0 : true
}

/** What a class does with the keys of its scope. */
interface ScopeKeys {
  /** `self.scope["user"]`, `scope.get("session")`: first place of each. */
  readonly read: Map<string, Place>
  /** Read with `[…]`. */
  readonly needed: Map<string, Place>
  /** Assigned, or asked for with `in` or `get`: what then reads it knows. */
  readonly guarded: Set<string>
}

function readScope(node: ClassDef, file: CodeFile, keys: ScopeKeys): void {
  const targets = new Set<object>()
  const enter = (inner: PythonNode, parents: readonly PythonNode[]): void => {
    for (const target of inner.kind === 'Assign' ? inner.targets : []) {
      const key = target.kind === 'Subscript' ? scopeKey(target) : undefined
      if (key === undefined) continue
      targets.add(target)
      keys.guarded.add(key)
    }
    const asked = askedFor(inner)
    if (asked !== undefined) keys.guarded.add(asked)
    const key = targets.has(inner) ? undefined : scopeKey(inner)
    if (key !== undefined) {
      const place = placeIn(file, inner)
      const isAwaited = parents.some((one, index) => awaits('KeyError', one, parents[index + 1] ?? inner))
      if (!keys.read.has(key)) keys.read.set(key, place)
      if (inner.kind === 'Subscript' && !isAwaited && !keys.needed.has(key)) keys.needed.set(key, place)
    }
    for (const child of children(inner)) enter(child, [...parents, inner])
  }
  enter(node, [])
}

/** `'user' in self.scope`, `self.scope.get('user')` */
function askedFor(node: PythonNode): string | undefined {
  if (node.kind === 'Call') return scopeKey(node)
  if (node.kind !== 'Compare' || (node.ops[0] !== 'in' && node.ops[0] !== 'not in')) return undefined
  const [of] = node.comparators
  return of !== undefined && isScope(of) ? literalText(node.left) : undefined
}

/** The literal key of `scope[…]` or `scope.get(…)`. */
function scopeKey(node: PythonNode): string | undefined {
  if (node.kind === 'Subscript') return isScope(node.value) ? literalText(node.slice) : undefined
  const get =
    node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'get' && isScope(node.func.value)
  return get ? literalText(node.args[0]) : undefined
}

function isScope(node: Expression): boolean {
  return (node.kind === 'Attribute' && node.attr === 'scope') || (node.kind === 'Name' && node.id === 'scope')
}

/** `channel_layer_alias` of the nearest class that has one; `default` without, `?` when it cannot be read. */
function aliasOf({ own }: Lineage): string {
  for (const { node, shadowed } of own) {
    if (shadowed.has('channel_layer_alias')) continue
    for (const statement of node.body) {
      const target = statement.kind === 'Assign' ? statement.targets[0] : undefined
      if (statement.kind !== 'Assign' || target?.kind !== 'Name' || target.id !== 'channel_layer_alias') continue
      return literalText(statement.value) ?? '?'
    }
  }
  return 'default'
}

function groupsUse(at: Place, consumer: string, alias: string): LayerUse {
  return { ...namelessUse, at, kind: 'groups', method: 'groups', alias, call: at, consumer, async: false }
}
