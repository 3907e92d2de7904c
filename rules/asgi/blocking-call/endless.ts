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
  /**
   * What is never handled: a message of a `group` among others, what the `page` may send, or the end of the socket, which alone would end
   * the loop (`leave`).
   */
  readonly misses: 'group' | 'page' | 'leave'
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
    return methods.flatMap((method): EndlessLoop[] => {
      const others = methods.filter(
        (one) => one.node !== method.node && one.moment === 'message' && doesSomething(one.node),
      )
      if (method.moment === 'leave' || ways.cancels()) return []
      const endless = others.length === 0 ? undefined : loopIn(code, method, ways, endlessIn(code, methods, ways))
      const found = endless ?? loopIn(code, method, ways, { is: (loop) => waitsForLeave(code, methods, loop, ways) })
      if (found === undefined || (method.moment === 'connect' && !acceptsBefore(method, found.from))) return []
      const at = placeIn(found.method.file, found.loop.kind === 'While' ? found.loop.test : found.loop.iter)
      const calledAt =
        found.method.node === method.node ? undefined : placeIn(method.file, { start: found.from, end: found.to })
      const misses = endless === undefined ? 'leave' : others.some(({ event }) => event) ? 'group' : 'page'
      return [{ consumer: code.consumer.name, method: method.name, at, misses, calledAt }]
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

/** Which loops are looked for. */
interface Wanted {
  is(loop: PythonLoop, where: Pick<CalledMethod, 'node' | 'file'>): boolean
  /** An exception of its body that something around it catches ends such a loop; left out: that does not matter. */
  isEnded?(loop: PythonLoop, where: Pick<CalledMethod, 'node' | 'file'>): boolean
}

const endlessIn = (code: ConsumerCode, called: readonly CalledMethod[], ways: Ways): Wanted => ({
  is: (loop, where) => isEndless(code, called, loop, where, ways),
  isEnded: (loop, where) => ways.raises(loop, where),
})

/** The loop that a method surely comes to, itself or in a method that it waits for. */
function loopIn(
  code: ConsumerCode,
  method: Pick<CalledMethod, 'node' | 'file'>,
  ways: Ways,
  wanted: Wanted,
  depth = 0,
): Found | undefined {
  let found: Found | undefined
  const isOver = (loop: PythonLoop, where: Pick<CalledMethod, 'node' | 'file'>, caught: boolean) =>
    caught && wanted.isEnded?.(loop, where) === true
  const visit = (node: PythonNode, caught: boolean): void => {
    if (found !== undefined) return
    if ((node.kind === 'While' || node.kind === 'AsyncFor') && wanted.is(node, method)) {
      // An exception of its body ends it, and the method goes on behind what catches that.
      if (!isOver(node, method, caught)) found = { loop: node, method, from: node.start, to: node.end }
      return
    }
    const inner = depth < 3 ? waitedFor(code, node) : undefined
    const deeper = inner && loopIn(code, inner, ways, wanted, depth + 1)
    if (deeper !== undefined) {
      if (!isOver(deeper.loop, deeper.method, caught)) found = { ...deeper, from: node.start, to: node.end }
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
  const flag = flagOf(test)
  return flag !== undefined && settersOf(code, called, flag, loop, ways) !== undefined
}

/** A loop that goes on until `disconnect` says otherwise, which Channels does not call before the method with the loop returns. */
function waitsForLeave(code: ConsumerCode, called: readonly CalledMethod[], loop: PythonLoop, ways: Ways): boolean {
  const flag = loop.kind === 'While' ? flagOf(loop.test) : undefined
  const setters = flag && settersOf(code, called, flag, loop, ways)
  return setters?.some((node) => called.some((one) => one.node === node && one.moment === 'leave')) === true
}

/** An attribute of the consumer that a loop asks each time. */
interface Flag {
  readonly name: string
  /** What ends the loop: the flag is cleared, set, or is an event that is set. */
  readonly ends: 'false' | 'true' | 'event'
}

/** `self.running`, `not self.stopped`, `not self.stop.is_set()` */
function flagOf(test: Expression): Flag | undefined {
  const isNot = test.kind === 'UnaryOp' && test.op === 'not'
  const asked = isNot ? test.operand : test
  const method = isNot && asked.kind === 'Call' && asked.func.kind === 'Attribute' ? asked.func : undefined
  const event = method?.attr === 'is_set' ? method.value : undefined
  const member = memberName(event ?? asked)
  if (member?.of !== 'self') return undefined
  return { name: member.name, ends: event !== undefined ? 'event' : isNot ? 'true' : 'false' }
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

/** The methods that end a loop by its flag, where Channels calls all of them: not before the method with the loop returns. */
function settersOf(
  code: ConsumerCode,
  called: readonly CalledMethod[],
  { name, ends }: Flag,
  loop: PythonLoop,
  ways: Ways,
): readonly FunctionDef[] | undefined {
  const setters: FunctionDef[] = []
  let own = 0
  let isOther = false
  for (const { node } of code.functions)
    eachOwn(node, (inner, parents) => {
      const isWithin = loop.start <= inner.start && inner.end <= loop.end
      const around = parents.at(-1)
      if (ends === 'event' && inner.kind === 'Attribute' && memberName(inner)?.name === name) {
        const use = around?.kind === 'Attribute' ? around.attr : ''
        if (use === 'set') setters.push(node)
        // It is handed to somebody who may set it.
        isOther ||= use === 'set' ? isWithin : around?.kind !== 'Assign' && !/^(?:is_set|clear)$/.test(use)
      }
      const targets = inner.kind === 'Assign' ? inner.targets : inner.kind === 'AugAssign' ? [inner.target] : []
      const value = inner.kind === 'Assign' ? inner.value : undefined
      if (!targets.some((target) => memberName(target)?.name === name)) return
      own++
      if (ends === 'event') isOther ||= isWithin
      else if (value?.kind !== 'Constant' || isWithin) isOther = true
      else if (isTrue(value.value) === (ends === 'true')) setters.push(node)
    })
  const isBefore = (node: FunctionDef): boolean => node.start < loop.start && loop.end <= node.end
  const handlers = new Set<FunctionDef>(called.map(({ node }) => node))
  const isSound =
    !isOther &&
    setters.length > 0 &&
    setters.every((node) => node.name === '__init__' || (handlers.has(node) && !isBefore(node))) &&
    !ways.setsElsewhere(name, own)
  return isSound ? setters : undefined
}

/** Undefined: neither a truth value nor None. */
function isTrue(value: Extract<Expression, { kind: 'Constant' }>['value']): boolean | undefined {
  return value.type === 'none' ? false : value.type === 'bool' ? value.value : undefined
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
