import type { App } from '../../../src/app/app.ts'
import { isAlwaysRun } from '../../../src/app/asgi/always-run.ts'
import { calledFunction } from '../../../src/app/asgi/called-function.ts'
import {
  type ConsumerCode,
  calledMethods,
  eachOwn,
  type Moment,
  memberName,
  methodOfConsumer,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import { mayHaveMore } from '../../../src/app/asgi/given-attributes.ts'
import { bodyOf, type ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { codeOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { type ReachedMethod, reachedMethods } from '../../../src/app/asgi/reached-methods.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { anyName, outsideWrites, ownWrites } from '../../../src/evaluate/python/attribute-writes.ts'
import { perFile } from '../../../src/files/per-file.ts'
import { nearest } from '../../../src/nearest.ts'
import type { FunctionDef } from '../../../src/syntax/python/ast.ts'
import { bindingsOf } from '../../../src/syntax/python/bindings.ts'
import { parsedFile } from '../../../src/syntax/python/file.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'
import { isExpected } from './expected.ts'

/** `self.name` in a method that a socket reaches, which nothing ever sets. */
export interface UnsetAttribute {
  readonly consumer: string
  readonly name: string
  readonly at: Place
  readonly moment: Moment
  /** The method that comes to this line whenever Channels calls it: `ChatConsumer.connect`. */
  readonly always: string | undefined
  /** An attribute with nearly the same name, and where it is set or defined. */
  readonly near: { readonly name: string; readonly at: Place } | undefined
}

/** What the generic consumers of Channels 2.0 to 4.3 have (consumer.py, generic/websocket.py). */
const ofChannels = new Set([
  ...['scope', 'channel_layer', 'channel_layer_alias', 'channel_name', 'channel_receive', 'base_send', 'groups'],
  ...['dispatch', 'send', 'accept', 'close', 'connect', 'receive', 'disconnect', 'as_asgi', '_sync'],
  ...['websocket_connect', 'websocket_receive', 'websocket_disconnect'],
])

const ofJson = new Set(['send_json', 'receive_json', 'encode_json', 'decode_json'])

/** Attributes of consumers that are read and that no class of the consumer, nor any other code of the project, sets or defines. */
export function unsetAttributes(app: App): UnsetAttribute[] {
  const outside = setOutside(app)
  return servedConsumers(app).flatMap((code) => {
    const { consumer, classes, functions } = code
    if (consumer.given.open || mayHaveMore(codeOf(app), classes)) return []
    if (outside.has(anyName) && functions.some((one) => maySetOnSelf(app, methodOfConsumer(code, one)))) return []
    const own = membersOf(code)
    const asked = new Set(functions.flatMap(({ node }) => [...askedFor(node, 'hasattr')]))
    const isThere = (name: string) =>
      [own, outside, ofChannels, asked].some((names) => names.has(name)) ||
      (code.json && ofJson.has(name)) ||
      name.startsWith('__')
    const awaited = new Set(functions.flatMap(({ node }) => awaitedCalls(node)))
    const reached = reachedMethods(app, code).filter(({ node }) => !awaited.has(node.name))
    const called = calledMethods(app, code).filter(({ node }) => node.decorators.length === 0)
    return reached.flatMap((method) => {
      const runs = called.find(({ node }) => node === method.node)
      return readsOf(method)
        .filter(({ attr }) => !isThere(attr))
        .map(({ attr: name, at, isAlways }) => {
          const like = nearest(name, [...own.keys()])
          const near = like === undefined ? undefined : own.get(like)
          return {
            consumer: consumer.name,
            name,
            at,
            moment: method.moment,
            always: isAlways && runs !== undefined ? `${consumer.name}.${runs.name}` : undefined,
            near: near && { name: like ?? '', at: near },
          }
        })
    })
  })
}

/** Names that code of the project sets on other objects than the `self` of a method. */
function setOutside(app: App): ReadonlySet<string> {
  const project = codeOf(app)
  return new Set(
    project.files.flatMap((path) => {
      const source = project.source(path)
      return source === undefined ? [] : [...writesOutside(source)]
    }),
  )
}

const writesOutside = perFile((source) => outsideWrites(parsedFile(source).module))

/** What the classes of a consumer define and set, each with one place of it. */
export function membersOf({ classes }: ConsumerCode): ReadonlyMap<string, Place> {
  const found = new Map<string, Place>()
  for (const { node, file } of classes) {
    for (const [name, [first]] of bindingsOf(node)) if (first !== undefined) found.set(name, placeIn(file, first.by))
    walk(node, (inner) => {
      for (const target of inner.kind === 'Assign' ? inner.targets : []) {
        const member = memberName(target)
        if (member !== undefined) found.set(member.name, placeIn(file, target))
      }
    })
    for (const name of ownWrites(node).methods.keys())
      if (!found.has(name)) found.set(name, placeIn(file, node.nameSpan))
  }
  return found
}

const builtins = new Set(['super', 'hasattr', 'getattr', 'isinstance', 'type', 'id', 'str', 'repr', 'print'])

/** The consumer is handed to code that sets attributes whose names are computed, or to code that is not found. */
function maySetOnSelf(app: App, from: ProjectFunction): boolean {
  const project = codeOf(app)
  let found = false
  walk(from.node, (inner) => {
    if (found || inner.kind !== 'Call' || (inner.func.kind === 'Name' && builtins.has(inner.func.id))) return
    const given = [...inner.args, ...inner.keywords.map(({ value }) => value)]
    if (!given.some((one) => one.kind === 'Name' && one.id === 'self')) return
    const called = calledFunction(project, inner, bodyOf(from))
    const source = called && project.source(called.file.path)
    found = source === undefined || writesOutside(source).has(anyName)
  })
  return found
}

interface Read {
  readonly attr: string
  readonly at: Place
  readonly isAlways: boolean
}

/** `self.name` where it is read, and nothing around it asks whether it is there. */
function readsOf({ node, file }: ReachedMethod): Read[] {
  const found: Read[] = []
  const asked = askedFor(node, 'getattr')
  eachOwn(node, (inner, parents) => {
    const member = inner.kind === 'Attribute' ? memberName(inner) : undefined
    if (member?.of !== 'self' || asked.has(member.name)) return
    if (isExpected('AttributeError', inner, [node, ...parents])) return
    found.push({ attr: member.name, at: placeIn(file, inner), isAlways: isAlwaysRun(node, inner, parents) })
  })
  return found
}

/** Methods that are called where an AttributeError is awaited, or where settings decide: `try: self.find()`. */
function awaitedCalls(node: FunctionDef): string[] {
  const names: string[] = []
  eachOwn(node, (inner, parents) => {
    const member = inner.kind === 'Call' ? memberName(inner.func) : undefined
    if (member !== undefined && isExpected('AttributeError', inner, [node, ...parents])) names.push(member.name)
  })
  return names
}

/** Names that a function asks `self` for: `hasattr(self, 'room')`. */
function askedFor(node: FunctionDef, by: 'hasattr' | 'getattr'): ReadonlySet<string> {
  const names = new Set<string>()
  walk(node, (inner) => {
    if (inner.kind !== 'Call' || inner.func.kind !== 'Name' || inner.func.id !== by) return
    const [of, name] = inner.args
    const text = literalText(name)
    if (of?.kind === 'Name' && of.id === 'self' && text !== undefined) names.add(text)
  })
  return names
}
