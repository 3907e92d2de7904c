import type { ClassDef, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { children, isFunction, opensScope, type PythonNode, walk } from '../../syntax/python/walk.ts'
import type { App } from '../app.ts'
import { channelsOrder, lineage, type OwnAncestor } from './lineage.ts'
import type { Consumer } from './model.ts'
import type { ProjectFunction } from './project-functions.ts'
import { type Code, type CodeFile, codeOf } from './python-code.ts'
import { isThreadBridge } from './thread-bridge.ts'

/** A method as the project defines it. */
export interface ConsumerMethod {
  readonly node: FunctionDef
  readonly file: CodeFile
}

/** A method that Python never finds, because a class of Channels that comes before has one of the same name. */
export interface ShadowedMethod extends ConsumerMethod {
  /** The class it stands in. */
  readonly owner: ClassDef
}

/** A consumer all of whose classes can be read, down to the generic class of Channels. */
export interface ConsumerCode {
  readonly consumer: Consumer
  readonly async: boolean
  /** It derives from one of the two JSON classes. */
  readonly json: boolean
  /** What the project defines, by name, in the order in which Python looks. Undefined: bound in another way than by `def`. */
  readonly methods: ReadonlyMap<string, ConsumerMethod | undefined>
  /** The functions of all its classes that something may run: what a class further down defines anew counts where `super()` is asked for it. */
  readonly functions: readonly ConsumerMethod[]
  /** Methods that nothing runs, unless some code names their class. */
  readonly shadowed: readonly ShadowedMethod[]
  /** The classes of the project, in the order in which Python looks. */
  readonly classes: readonly OwnAncestor[]
}

/** channels/generic/websocket.py of Channels 2.0 to 4.3. */
const generic = /^channels\.generic\.websocket\.(Async)?(Json)?WebsocketConsumer$/

/**
 * The WebSocket consumers that are served and can be read whole: those of the routes; where no route names one, those from
 * which no other derives.
 */
export function servedConsumers(app: App): ConsumerCode[] {
  const code = codeOf(app)
  const { consumers } = app.asgi
  const routed = consumers.filter((consumer) => consumer.routed)
  const read = (routed.length > 0 ? routed : consumers).flatMap((consumer) => codeOfConsumer(code, consumer) ?? [])
  if (routed.length > 0) return read
  const bases = new Set(read.flatMap(({ classes }) => classes.slice(1).map(({ node }) => node)))
  return read.filter(({ classes: [self] }) => self !== undefined && !bases.has(self.node))
}

function codeOfConsumer(code: Code, consumer: Consumer): ConsumerCode | undefined {
  const file = code.file(consumer.file)
  const node = file?.classes.get(consumer.name)
  if (file === undefined || node === undefined || node.nameSpan.start !== consumer.at.span.start || consumer.open)
    return undefined
  const { bases, own, open } = lineage(code, file, node)
  const [base, ...more] = bases.filter((one) => one.startsWith('channels.'))
  const [, isAsync, json] = generic.exec(base ?? '') ?? []
  if (open || base === undefined || !generic.test(base)) return undefined
  if (more.some((one) => !channelsOrder(base).includes(one))) return undefined
  const methods = new Map<string, ConsumerMethod | undefined>()
  const functions: ConsumerMethod[] = []
  const shadowed: ShadowedMethod[] = []
  for (const one of own) {
    for (const [name, definition] of definitions(one.node)) {
      const method = definition && { node: definition, file: one.file }
      if (one.shadowed.has(name)) {
        if (method !== undefined) shadowed.push({ ...method, owner: one.node })
        continue
      }
      if (method !== undefined) functions.push(method)
      if (!methods.has(name)) methods.set(name, method)
    }
  }
  const asked = functions.map((method) => askedAbove(method.node))
  const above = new Set(asked.flatMap(({ names }) => names))
  const run = functions.filter(({ node: one }) => methods.get(one.name)?.node === one || above.has(one.name))
  const byClass = new Set(asked.flatMap(({ classes }) => classes))
  if (methods.has('__getattr__') || methods.has('__getattribute__') || methods.has('__call__')) return undefined
  const isNamed = ({ owner }: ShadowedMethod) => byClass.has(owner.name)
  return {
    consumer,
    async: isAsync !== undefined,
    json: json !== undefined,
    methods,
    functions: [...run, ...shadowed.filter(isNamed)],
    shadowed: shadowed.filter((one) => !isNamed(one)),
    classes: own,
  }
}

/** A method of a consumer as a function of the project, whose `self` is that consumer. */
export function methodOfConsumer({ classes }: ConsumerCode, { node, file }: ConsumerMethod): ProjectFunction {
  const owner = classes.find((one) => one.node.body.includes(node))?.node
  return { node, file, owner, self: classes[0] }
}

/** `super().connect()` and `BaseConsumer.connect(self)` -> `connect`, and the classes that are named: `super(BaseConsumer, self)` */
function askedAbove(node: FunctionDef): { readonly names: string[]; readonly classes: string[] } {
  const names: string[] = []
  const classes: string[] = []
  walk(node, (inner) => {
    if (inner.kind === 'Name') classes.push(inner.id)
    if (inner.kind !== 'Attribute') return
    classes.push(inner.attr)
    const isClass = inner.value.kind === 'Name' && /^[A-Z]/.test(inner.value.id)
    if (isClass || memberName(inner)?.of === 'super') names.push(inner.attr)
    // `super(ChatConsumer, self).connect()`, and whatever else a call gives.
    else if (inner.value.kind === 'Call') names.push(inner.attr)
  })
  return { names, classes }
}

/** What a class body binds: of several definitions of a name the last one counts; undefined: bound by something else than `def`. */
function definitions(node: ClassDef): ReadonlyMap<string, FunctionDef | undefined> {
  const found = new Map<string, FunctionDef | undefined>()
  for (const statement of node.body) {
    if (isFunction(statement)) found.set(statement.name, statement)
    else if (statement.kind === 'Assign') {
      for (const target of statement.targets) if (target.kind === 'Name') found.set(target.id, undefined)
    } else if (statement.kind === 'If' || statement.kind === 'Try' || statement.kind === 'Damaged') {
      // A definition that stands there on some paths only.
      walk(statement, (inner) => {
        if (isFunction(inner)) found.set(inner.name, undefined)
        return inner.kind !== 'FunctionDef' && inner.kind !== 'AsyncFunctionDef'
      })
    }
  }
  return found
}

/** Whether calling a function gives a coroutine; undefined: a decorator decides, or it is a generator. */
export function givesCoroutine(node: FunctionDef, file: CodeFile): boolean | undefined {
  const decorators = node.decorators.filter((one) => one.kind !== 'Name' || !/^(?:static|class)method$/.test(one.id))
  if (isGenerator(node)) return undefined
  const [only] = decorators
  if (only === undefined) return node.kind === 'AsyncFunctionDef'
  return decorators.length === 1 && node.kind === 'FunctionDef' && isThreadBridge(only, file) ? true : undefined
}

function isGenerator(node: FunctionDef): boolean {
  let found = false
  eachOwn(node, (inner) => {
    if (inner.kind === 'Yield' || inner.kind === 'YieldFrom') found = true
  })
  return found
}

/** Every node of a function's body with its parents, outermost first; what nested functions and classes hold is not its own. */
export function eachOwn(node: FunctionDef, visit: (inner: PythonNode, parents: readonly PythonNode[]) => void): void {
  const enter = (inner: PythonNode, parents: readonly PythonNode[]): void => {
    visit(inner, parents)
    if (opensScope(inner)) return
    const below = [...parents, inner]
    for (const child of children(inner)) enter(child, below)
  }
  for (const statement of node.body) enter(statement, [])
}

/** What each `return` of a function itself gives, in the order of the text; undefined: a bare one. */
export function returnedBy(node: FunctionDef): readonly (Expression | undefined)[] {
  const values: (Expression | undefined)[] = []
  eachOwn(node, (inner) => {
    if (inner.kind === 'Return') values.push(inner.value)
  })
  return values
}

/** What the generic classes define as coroutines in their asynchronous form; `super().connect()` is one too. */
const inherited = ['accept', 'send', 'close', 'connect', 'receive', 'disconnect', 'dispatch']
const inheritedJson = ['send_json', 'receive_json', 'encode_json', 'decode_json']

/** Whether `self.name()` is a coroutine in a consumer; undefined: nobody can tell. */
export function isCoroutineMethod(code: ConsumerCode, name: string): boolean | undefined {
  const method = code.methods.get(name)
  if (method !== undefined) return givesCoroutine(method.node, method.file)
  if (code.methods.has(name)) return undefined
  return isInheritedCoroutine(code, name) ? true : undefined
}

/** The same for `super().name()` where no other class of the project defines it. */
export function isInheritedCoroutine({ async, json }: ConsumerCode, name: string): boolean {
  return async && (inherited.includes(name) || name.startsWith('websocket_') || (json && inheritedJson.includes(name)))
}

/** `self.x` -> x, `super().x` -> x */
export function memberName(node: Expression): { readonly name: string; readonly of: 'self' | 'super' } | undefined {
  if (node.kind !== 'Attribute') return undefined
  const { value, attr } = node
  if (value.kind === 'Name' && value.id === 'self') return { name: attr, of: 'self' }
  return value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'super'
    ? { name: attr, of: 'super' }
    : undefined
}

/** Methods that Channels calls on its own, by what they are called for. */
export type Moment = 'connect' | 'message' | 'leave'

/** The methods that channels/generic/websocket.py and consumer.py call, and those that are called by another one of them. */
const called: readonly {
  readonly name: string
  readonly moment: Moment
  readonly through: readonly string[]
  json?: true
}[] = [
  { name: 'websocket_connect', moment: 'connect', through: ['dispatch'] },
  { name: 'websocket_receive', moment: 'message', through: ['dispatch'] },
  { name: 'websocket_disconnect', moment: 'leave', through: ['dispatch'] },
  { name: 'connect', moment: 'connect', through: ['dispatch', 'websocket_connect'] },
  { name: 'receive', moment: 'message', through: ['dispatch', 'websocket_receive'] },
  { name: 'disconnect', moment: 'leave', through: ['dispatch', 'websocket_disconnect'] },
  { name: 'receive_json', moment: 'message', through: ['dispatch', 'websocket_receive', 'receive'], json: true },
]

/** A method of the project that Channels calls. `event`: because a message of its name is sent. */
export interface CalledMethod extends ConsumerMethod {
  readonly name: string
  readonly moment: Moment
  readonly event: boolean
}

/** The methods of a consumer that Channels is sure to call when the moment comes, and which the project defines. */
export function calledMethods(app: App, { methods, json }: ConsumerCode): CalledMethod[] {
  const own = called.flatMap(({ name, moment, through, json: jsonOnly }) => {
    const method = methods.get(name)
    if (method === undefined || (jsonOnly && !json) || through.some((one) => methods.has(one))) return []
    return [{ ...method, name, moment, event: false }]
  })
  if (methods.has('dispatch')) return own
  const types = new Set(
    app.asgi.usesLayer.flatMap(({ type, kind }) =>
      type !== undefined && (kind === 'group_send' || kind === 'send') ? [type.text.replaceAll('.', '_')] : [],
    ),
  )
  const handlers = [...types].flatMap((name) => {
    const method = methods.get(name)
    if (method === undefined || called.some((one) => one.name === name)) return []
    return [{ ...method, name, moment: 'message' as const, event: true }]
  })
  return [...own, ...handlers]
}
