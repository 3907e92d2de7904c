import type { App } from '../../../src/app/app.ts'
import { madeByModule } from '../../../src/app/asgi/called-function.ts'
import { type ConsumerCode, eachOwn, methodOfConsumer, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { bodyOf, eachStanding, type Standing, surelyDotted } from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, homeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { placeKey } from '../../../src/contracts/place.ts'
import type { ClassDef, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { bindingsOf, type NamingScope } from '../../../src/syntax/python/bindings.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { uniqueBy } from '../../../src/unique-by.ts'
import { askedOnce, isBackground } from './asked.ts'

/** A collection of a module or a class in which consumers put themselves, so that others send to them. */
export interface Hub {
  readonly name: string
  readonly file: CodeFile
  /** The class whose attribute it is. */
  readonly owner: ClassDef | undefined
  /** Where a consumer puts itself into it. */
  readonly at: Place
  readonly consumer: string
  /** The functions that send to what is in it, with the place of the call. */
  readonly senders: readonly HubSender[]
}

export interface HubSender {
  readonly node: FunctionDef
  readonly file: CodeFile
  /** It is a function of a module, which other code can call. */
  readonly free: boolean
  readonly at: Place
}

/** Collections of sockets to which something sends; what only counts them, or listens to another server besides, is left alone. */
export function hubsOf(app: App): Hub[] {
  const code = codeOf(app)
  const found = servedConsumers(app).flatMap((consumer) =>
    consumer.functions.flatMap(({ node, file }) => {
      const hubs: Hub[] = []
      const standing = bodyOf(methodOfConsumer(consumer, { node, file }))
      eachOwn(node, (inner) => {
        const into = filledBy(inner, 'self')
        const hub = (into && collectionAt(code, consumer, into, standing)) ?? keptByManager(code, inner, standing)
        if (hub === undefined) return
        const senders = sendersTo(app, code, hub, consumer)
        if (senders.length > 0)
          hubs.push({ ...hub, at: placeIn(file, inner), consumer: consumer.consumer.name, senders })
      })
      return hubs
    }),
  )
  return found.length === 0 || listensElsewhere(code) ? [] : uniqueBy(found, ({ file, name }) => `${file.path} ${name}`)
}

/** What a node puts a name into: `viewers[pk].add(self)`, `sockets[user] = self`. */
function filledBy(node: PythonNode, name: string): Expression | undefined {
  const isGiven = (one: Expression | undefined): boolean => one?.kind === 'Name' && one.id === name
  if (node.kind === 'Assign' && isGiven(node.value)) {
    const [target] = node.targets
    return target?.kind === 'Subscript' ? target.value : undefined
  }
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.args.length !== 1) return undefined
  return ['add', 'append'].includes(node.func.attr) && isGiven(node.args[0]) ? node.func.value : undefined
}

const isSelf = (node: Expression | undefined): boolean => node?.kind === 'Name' && node.id === 'self'

type Collection = Pick<Hub, 'name' | 'file' | 'owner'>

/** `manager.connect(self)` of an object of a module, whose class puts what it is given into `self.sockets`. */
function keptByManager(code: Code, node: PythonNode, standing: Standing): Collection | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.value.kind !== 'Name') return undefined
  const { value, attr } = node.func
  const place = node.args.findIndex(isSelf)
  const found = place < 0 ? undefined : madeByModule(code, value, standing)
  const method = found?.node.body.find((one) => 'name' in one && one.name === attr)
  if (found === undefined || (method?.kind !== 'FunctionDef' && method?.kind !== 'AsyncFunctionDef')) return undefined
  const given = method.args.args[place + 1]?.name
  let name: string | undefined
  eachOwn(method, (inner) => {
    let into = given === undefined ? undefined : filledBy(inner, given)
    while (into?.kind === 'Subscript' || (into?.kind === 'Call' && into.func.kind === 'Attribute'))
      into = into.kind === 'Subscript' ? into.value : into.func.kind === 'Attribute' ? into.func.value : undefined
    if (into?.kind === 'Attribute' && isSelf(into.value)) name ??= into.attr
  })
  return name === undefined ? undefined : { name, file: found.file, owner: found.node }
}

/** The collection of a module or of a class that an expression leads to: `viewers[pk]`, `rooms.setdefault(pk, set())`, `self.sockets`. */
function collectionAt(
  code: Code,
  consumer: ConsumerCode,
  node: Expression,
  standing: Standing,
): Collection | undefined {
  if (node.kind === 'Subscript') return collectionAt(code, consumer, node.value, standing)
  if (node.kind === 'Call' && node.func.kind === 'Attribute')
    return collectionAt(code, consumer, node.func.value, standing)
  if (node.kind === 'Name') return ofModule(code, node, standing)
  if (node.kind !== 'Attribute') return undefined
  return isOwnClass(node.value, consumer) ? ofClass(consumer, node.attr) : ofModule(code, node, standing)
}

/** `self`, `self.__class__`, `type(self)`, `cls`, `ChatConsumer` */
function isOwnClass(node: Expression, { classes }: ConsumerCode): boolean {
  if (node.kind === 'Name')
    return node.id === 'self' || node.id === 'cls' || classes.some((one) => one.node.name === node.id)
  if (node.kind === 'Attribute') return node.attr === '__class__' && isSelf(node.value)
  return node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'type' && isSelf(node.args[0])
}

function ofClass({ classes }: ConsumerCode, name: string): Collection | undefined {
  const isReplaced = classes.some(({ node }) => {
    let found = false
    walk(node, (inner) => {
      if (inner.kind === 'Assign')
        found ||= inner.targets.some((one) => one.kind === 'Attribute' && one.attr === name && isSelf(one.value))
    })
    return found
  })
  const owner = classes.find(({ node, file }) => isCollection(node, name, file))
  return isReplaced || owner === undefined ? undefined : { name, file: owner.file, owner: owner.node }
}

function ofModule(code: Code, node: Expression, standing: Standing): Collection | undefined {
  const home = homeOf(code, surelyDotted(node, standing) ?? '')
  return home && isCollection(home.file.tree, home.name, home.file) ? { ...home, owner: undefined } : undefined
}

const makers =
  /^(?:dict|list|set|collections\.(?:defaultdict|deque|OrderedDict)|weakref\.(?:WeakSet|WeakValueDictionary))$/

/** A module or a class binds the name once at its top, to a collection. */
function isCollection(scope: NamingScope, name: string, file: CodeFile): boolean {
  const [only, ...more] = (bindingsOf(scope).get(name) ?? []).filter(({ branch }) => !branch)
  const value = only?.how === 'whole' ? only.value : undefined
  if (value === undefined || more.length > 0) return false
  if (value.kind === 'Call') return makers.test(dottedOf(value.func, file) ?? '')
  return value.kind === 'Dict' || value.kind === 'List' || value.kind === 'Set'
}

/** Functions that call a method of a consumer which they take out of the collection. */
function sendersTo(app: App, code: Code, hub: Collection, consumer: ConsumerCode): HubSender[] {
  const files = code.files.flatMap((path) =>
    code.source(path)?.text.includes(hub.name) === true ? (code.file(path) ?? []) : [],
  )
  const isAsked = askedOnce(app)
  const events = new Set(app.asgi.usesLayer.map(({ type }) => type?.text.replaceAll('.', '_')))
  const found = files.flatMap((file) => {
    const senders: HubSender[] = []
    eachStanding(file, (node, standing, parents) => {
      const [around, ...nested] = standing.functions
      if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || around === undefined || nested.length > 0) return
      const { attr, value } = node.func
      if (isSelf(value) || !(attr === 'send' || attr === 'send_json' || consumer.methods.has(attr))) return
      const isHub = (one: PythonNode) => isSame(code, consumer, one, standing, hub)
      if (!comesFrom(value, takenFrom(around, isHub), isHub) || isBackground(parents)) return
      // What the layer brings to each process is handed on to the sockets of that process.
      if (events.has(around.name) || !isAsked({ node: around, file, owner: standing.owner })) return
      const free = standing.owner === undefined
      senders.push({ node: around, file, free, at: placeIn(file, node) })
    })
    return senders
  })
  return uniqueBy(found, ({ at }) => placeKey(at))
}

function isSame(code: Code, consumer: ConsumerCode, node: PythonNode, standing: Standing, hub: Collection): boolean {
  if (node.kind !== 'Name' && node.kind !== 'Attribute') return false
  const name = node.kind === 'Name' ? node.id : node.attr
  if (name !== hub.name) return false
  if (node.kind === 'Attribute' && isSelf(node.value) && standing.owner === hub.owner) return true
  const found = collectionAt(code, consumer, node, standing)
  return found !== undefined && found.file === hub.file && found.owner === hub.owner
}

/** Names of a function that hold what comes out of the collection: targets of loops over it, and what is assigned from it. */
function takenFrom(around: FunctionDef, isHub: (node: PythonNode) => boolean): ReadonlySet<string> {
  const names = new Set<string>()
  const take = (target: Expression): void => {
    if (target.kind === 'Name') names.add(target.id)
    if (target.kind === 'Tuple' || target.kind === 'List') for (const one of target.elts) take(one)
  }
  for (let before = -1; before < names.size; ) {
    before = names.size
    walk(around, (inner) => {
      if (inner.kind === 'For' || inner.kind === 'AsyncFor') {
        if (comesFrom(inner.iter, names, isHub)) take(inner.target)
      } else if (inner.kind === 'Assign' && comesFrom(inner.value, names, isHub))
        for (const one of inner.targets) take(one)
      else if (inner.kind === 'ListComp' || inner.kind === 'GeneratorExp' || inner.kind === 'SetComp') {
        for (const { target, iter } of inner.generators) if (comesFrom(iter, names, isHub)) take(target)
      }
    })
  }
  return names
}

/** What hands on members of a collection, or another collection of them. */
const handsOn = new Set(['values', 'items', 'get', 'pop', 'popitem', 'setdefault', 'copy', 'union', 'difference'])
const copies = new Set(['list', 'set', 'tuple', 'sorted', 'frozenset', 'dict', 'iter', 'next', 'reversed', 'enumerate'])

/** Whether an expression is the collection or something out of it, and not what is only made from it: `str(len(sockets))`. */
function comesFrom(node: Expression, names: ReadonlySet<string>, isHub: (node: PythonNode) => boolean): boolean {
  const leads = (one: Expression | undefined): boolean => one !== undefined && comesFrom(one, names, isHub)
  if (isHub(node) || (node.kind === 'Name' && names.has(node.id))) return true
  switch (node.kind) {
    case 'Subscript':
    case 'NamedExpr':
    case 'Starred':
      return leads(node.value)
    case 'Call':
      if (node.func.kind === 'Attribute') return handsOn.has(node.func.attr) && leads(node.func.value)
      return node.func.kind === 'Name' && copies.has(node.func.id) && leads(node.args[0])
    case 'BoolOp':
      return node.values.some(leads)
    case 'IfExp':
      return leads(node.body) || leads(node.orelse)
    case 'BinOp':
      return leads(node.left)
    case 'List':
    case 'Tuple':
    case 'Set':
      return node.elts.some(leads)
    case 'ListComp':
    case 'SetComp':
    case 'GeneratorExp':
      return leads(node.elt)
    default:
      return false
  }
}

/** Something listens to a server that all processes share, and may hand on what it hears: `pubsub.subscribe(…)`, `LISTEN`. */
function listensElsewhere(code: Code): boolean {
  const listening = new Set(['subscribe', 'psubscribe', 'add_listener', 'xread', 'brpop', 'blpop', 'notifies'])
  return code.files.some((path) => {
    const text = code.source(path)?.text ?? ''
    const file = [...listening].some((one) => text.includes(`.${one}(`)) ? code.file(path) : undefined
    let found = false
    if (file !== undefined)
      walk(file.tree, (node) => {
        if (node.kind === 'Call' && node.func.kind === 'Attribute') found ||= listening.has(node.func.attr)
        return !found
      })
    return found
  })
}
