import type { App } from '../../../src/app/app.ts'
import {
  type CalledMethod,
  type ConsumerCode,
  calledMethods,
  eachOwn,
  memberName,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import { placeIn } from '../../../src/app/asgi/python-code.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Expression, For, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { children, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'
import { catchesMore, type PythonLoop, type Ways, waysOut } from './ways-out.ts'

/** A loop that a method never leaves, while the consumer has something else to handle. */
export interface EndlessLoop {
  readonly consumer: string
  readonly method: string
  readonly at: Place
  /** A message of a group is among what is never handled; else only what the page may send. */
  readonly group: boolean
  /** The call of the method, where the loop stands in what it awaits. */
  readonly calledAt: Place | undefined
}

/**
 * Loops without an end in what Channels calls of a consumer. It calls one method at a time and waits for it (`await_many_dispatch`,
 * channels/utils.py of 2.0 to 4.3): neither the group's messages nor those of the page, nor the end of the socket, are handled then.
 */
export function endlessLoops(app: App): EndlessLoop[] {
  return servedConsumers(app).flatMap((code) => {
    const methods = calledMethods(app, code)
    const ways = waysOut(app, code)
    return methods.flatMap((method) => {
      const others = methods.filter(
        (one) => one.node !== method.node && one.moment === 'message' && doesSomething(one.node),
      )
      if (method.moment === 'leave' || others.length === 0) return []
      const found = loopIn(code, methods, method, ways, 0)
      if (found === undefined || ways.cancels() || (method.moment === 'connect' && !acceptsBefore(method, found.from)))
        return []
      const at = placeIn(found.method.file, found.loop.kind === 'While' ? found.loop.test : found.loop.iter)
      const calledAt =
        found.method.node === method.node ? undefined : placeIn(method.file, { start: found.from, end: found.to })
      const group = others.some(({ event }) => event)
      return [{ consumer: code.consumer.name, method: method.name, at, group, calledAt }]
    })
  })
}

/** More than to pass, or to print. */
function doesSomething({ body }: FunctionDef): boolean {
  return body.some((node) => {
    if (node.kind !== 'Expr') return node.kind !== 'Pass'
    const { value } = node
    const isPrinted = value.kind === 'Call' && value.func.kind === 'Name' && value.func.id === 'print'
    return value.kind !== 'Constant' && !isPrinted
  })
}

interface Found {
  readonly loop: PythonLoop
  readonly method: Pick<CalledMethod, 'node' | 'file'>
  /** Where it is come to in the method that Channels calls. */
  readonly from: number
  readonly to: number
}

/** The endless loop that a method surely comes to, itself or in a method that it waits for. */
function loopIn(
  code: ConsumerCode,
  called: readonly CalledMethod[],
  method: Pick<CalledMethod, 'node' | 'file'>,
  ways: Ways,
  depth: number,
): Found | undefined {
  let found: Found | undefined
  const visit = (node: PythonNode, caught: boolean): void => {
    if (found !== undefined) return
    if ((node.kind === 'While' || node.kind === 'AsyncFor') && isEndless(code, called, node, method, ways)) {
      // An exception of its body ends it, and the method goes on behind what catches that.
      if (!caught || !ways.raises(node, method)) found = { loop: node, method, from: node.start, to: node.end }
      return
    }
    const inner = depth < 3 ? waitedFor(code, node) : undefined
    const deeper = inner && loopIn(code, called, inner, ways, depth + 1)
    if (deeper !== undefined) {
      if (!caught || !ways.raises(deeper.loop, deeper.method)) found = { ...deeper, from: node.start, to: node.end }
    } else if (node.kind === 'Try') {
      const within = caught || node.handlers.some(catchesMore)
      for (const statement of node.body) visit(statement, within)
      for (const statement of [...node.orelse, ...node.finalbody]) visit(statement, caught)
    } else if (node.kind === 'With' || node.kind === 'AsyncWith') {
      if (node.items.every(({ context }) => ways.passes(context, method)))
        for (const statement of node.body) visit(statement, caught)
    } else if (straight.has(node.kind)) for (const child of children(node)) visit(child, caught)
  }
  for (const statement of method.node.body) visit(statement, false)
  return found
}

/** Statements whose parts surely run. */
const straight = new Set(['Expr', 'Await', 'Assign', 'Return'])

/** `await self.stream()`, in a synchronous consumer `self.stream()`. */
function waitedFor(code: ConsumerCode, node: PythonNode): Pick<CalledMethod, 'node' | 'file'> | undefined {
  const call = node.kind === 'Await' ? node.value : code.async ? undefined : node
  const member = call?.kind === 'Call' ? memberName(call.func) : undefined
  const method = member?.of === 'self' ? code.methods.get(member.name) : undefined
  const isWaited = method?.node.kind === (code.async ? 'AsyncFunctionDef' : 'FunctionDef')
  return isWaited && method?.node.decorators.length === 0 ? method : undefined
}

function isEndless(
  code: ConsumerCode,
  called: readonly CalledMethod[],
  loop: PythonLoop,
  method: Pick<CalledMethod, 'node' | 'file'>,
  ways: Ways,
): boolean {
  if (ways.leaves(loop, method)) return false
  if (loop.kind !== 'While') return isSubscription(code, called, loop)
  const { test } = loop
  if (test.kind === 'Constant') return test.value.type === 'bool' ? test.value.value : test.value.type === 'int'
  const flag = memberName(test)
  return flag?.of === 'self' && isClearedByHandlers(code, called, flag.name, loop, ways)
}

/** `pubsub.listen()` of what redis-py's `pubsub()` gave, which goes on until the subscription ends (redis/asyncio/client.py). */
function isSubscription(code: ConsumerCode, called: readonly CalledMethod[], { iter, start, end }: For): boolean {
  if (iter.kind !== 'Call' || iter.func.kind !== 'Attribute' || iter.func.attr !== 'listen') return false
  const { value } = iter.func
  const handlers = new Set<FunctionDef>(called.map(({ node }) => node))
  let isOne = isPubSub(value)
  let ends = false
  for (const { node } of code.functions)
    walk(node, (inner) => {
      if (inner.kind === 'Assign' && inner.targets.some((target) => isSame(target, value)))
        isOne ||= isPubSub(inner.value)
      if (inner.kind === 'With' || inner.kind === 'AsyncWith')
        isOne ||= inner.items.some(
          ({ context, vars }) => vars !== undefined && isSame(vars, value) && isPubSub(context),
        )
      const isEnding = inner.kind === 'Attribute' && ending.test(inner.attr) && isSame(inner.value, value)
      // What another handler does comes too late.
      if (isEnding && (!handlers.has(node) || (start <= inner.start && inner.end <= end))) ends = true
    })
  return isOne && !ends
}

const ending = /^(?:p?unsubscribe|a?close|reset)$/

const isPubSub = (node: Expression): boolean =>
  node.kind === 'Await'
    ? isPubSub(node.value)
    : node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr === 'pubsub'

/** The same name, or the same attribute of `self`. */
function isSame(a: Expression, b: Expression): boolean {
  if (a.kind === 'Name') return b.kind === 'Name' && a.id === b.id
  const member = memberName(a)
  return member?.of === 'self' && memberName(b)?.name === member.name
}

/** A flag that only methods clear which Channels calls: not before this one returns. */
function isClearedByHandlers(
  code: ConsumerCode,
  called: readonly CalledMethod[],
  name: string,
  loop: PythonLoop,
  ways: Ways,
): boolean {
  const setters: FunctionDef[] = []
  let own = 0
  let isOther = false
  for (const { node } of code.functions)
    eachOwn(node, (inner) => {
      const targets = inner.kind === 'Assign' ? inner.targets : inner.kind === 'AugAssign' ? [inner.target] : []
      const value = inner.kind === 'Assign' ? inner.value : undefined
      if (!targets.some((target) => memberName(target)?.name === name)) return
      own++
      if (value?.kind !== 'Constant' || (loop.start <= inner.start && inner.end <= loop.end)) isOther = true
      else if (value.value.type === 'none' || (value.value.type === 'bool' && !value.value.value)) setters.push(node)
    })
  const isBefore = (node: FunctionDef): boolean => node.start < loop.start && loop.end <= node.end
  const handlers = new Set<FunctionDef>(called.map(({ node }) => node))
  return (
    !isOther &&
    setters.length > 0 &&
    setters.every((node) => node.name === '__init__' || (handlers.has(node) && !isBefore(node))) &&
    !ways.setsElsewhere(name, own)
  )
}

/** The socket was accepted before: what never answers a handshake is another matter. */
function acceptsBefore({ node }: CalledMethod, offset: number): boolean {
  let accepts = false
  eachOwn(node, (inner) => {
    const member = inner.kind === 'Call' ? memberName(inner.func) : undefined
    accepts ||=
      inner.start < offset && (member?.name === 'accept' || (member?.of === 'super' && member.name === 'connect'))
  })
  return accepts
}
