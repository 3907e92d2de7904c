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
import type { Expression, For, FunctionDef, While } from '../../../src/syntax/python/ast.ts'
import { children, type PythonNode } from '../../../src/syntax/python/walk.ts'

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
    return methods.flatMap((method) => {
      const others = methods.filter(
        (one) => one.node !== method.node && one.moment === 'message' && doesSomething(one.node),
      )
      if (method.moment === 'leave' || others.length === 0) return []
      const found = loopIn(code, methods, method, 0)
      if (found === undefined || (method.moment === 'connect' && !acceptsBefore(method, found.from))) return []
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

type Loop = While | For

interface Found {
  readonly loop: Loop
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
  depth: number,
): Found | undefined {
  let found: Found | undefined
  const visit = (node: PythonNode): void => {
    if (found !== undefined) return
    if ((node.kind === 'While' || node.kind === 'AsyncFor') && isEndless(code, called, node)) {
      found = { loop: node, method, from: node.start, to: node.end }
      return
    }
    const inner = depth < 3 ? waitedFor(code, node) : undefined
    const deeper = inner && loopIn(code, called, inner, depth + 1)
    if (deeper !== undefined) found = { ...deeper, from: node.start, to: node.end }
    else if (straight.has(node.kind)) for (const child of children(node)) visit(child)
  }
  for (const statement of method.node.body) visit(statement)
  return found
}

/** Statements whose parts surely run. */
const straight = new Set(['Expr', 'Await', 'Assign', 'Return', 'With', 'AsyncWith', 'Try'])

/** `await self.stream()`, in a synchronous consumer `self.stream()`. */
function waitedFor(code: ConsumerCode, node: PythonNode): Pick<CalledMethod, 'node' | 'file'> | undefined {
  const call = node.kind === 'Await' ? node.value : code.async ? undefined : node
  const member = call?.kind === 'Call' ? memberName(call.func) : undefined
  const method = member?.of === 'self' ? code.methods.get(member.name) : undefined
  const isWaited = method?.node.kind === (code.async ? 'AsyncFunctionDef' : 'FunctionDef')
  return isWaited && method?.node.decorators.length === 0 ? method : undefined
}

function isEndless(code: ConsumerCode, called: readonly CalledMethod[], loop: Loop): boolean {
  if (leaves(loop)) return false
  if (loop.kind !== 'While') return isListening(loop.iter)
  const { test } = loop
  if (test.kind === 'Constant') return test.value.type === 'bool' ? test.value.value : test.value.type === 'int'
  const flag = memberName(test)
  return flag?.of === 'self' && isClearedByHandlers(code, called, flag.name, loop)
}

/** `pubsub.listen()` of redis-py, which goes on until the subscription ends. */
function isListening(iter: Expression): boolean {
  return iter.kind === 'Call' && iter.func.kind === 'Attribute' && iter.func.attr === 'listen'
}

/** Something in a loop ends it: `break` of its own, `return`, `raise`, or leaving the process. */
function leaves(loop: Loop): boolean {
  let ends = false
  const visit = (node: PythonNode, own: boolean): void => {
    if (['FunctionDef', 'AsyncFunctionDef', 'Lambda', 'ClassDef'].includes(node.kind)) return
    if (node.kind === 'Return' || node.kind === 'Raise' || (node.kind === 'Break' && own)) ends = true
    const isLoop = node.kind === 'While' || node.kind === 'For' || node.kind === 'AsyncFor'
    for (const child of children(node)) visit(child, own && !isLoop)
  }
  for (const statement of loop.body) visit(statement, true)
  return ends
}

/** A flag that only methods clear which Channels calls: not before this one returns. */
function isClearedByHandlers(code: ConsumerCode, called: readonly CalledMethod[], name: string, loop: Loop): boolean {
  const setters: FunctionDef[] = []
  let isOther = false
  for (const { node } of code.functions)
    eachOwn(node, (inner) => {
      const targets = inner.kind === 'Assign' ? inner.targets : inner.kind === 'AugAssign' ? [inner.target] : []
      const value = inner.kind === 'Assign' ? inner.value : undefined
      if (!targets.some((target) => memberName(target)?.name === name)) return
      if (value?.kind !== 'Constant' || (loop.start <= inner.start && inner.end <= loop.end)) isOther = true
      else if (value.value.type === 'none' || (value.value.type === 'bool' && !value.value.value)) setters.push(node)
    })
  const isBefore = (node: FunctionDef): boolean => node.start < loop.start && loop.end <= node.end
  const handlers = new Set<FunctionDef>(called.map(({ node }) => node))
  return (
    !isOther &&
    setters.length > 0 &&
    setters.every((node) => node.name === '__init__' || (handlers.has(node) && !isBefore(node)))
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
