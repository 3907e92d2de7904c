import type { Place } from '../../contracts/place.ts'
import type { Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { children, opensScope, type PythonNode, walk } from '../../syntax/python/walk.ts'
import { type BlockingNode, blockingNode } from './blocking-nodes.ts'
import { calledFunction } from './called-function.ts'
import { modelCode } from './followed.ts'
import { asksOfSelf, managerMethod } from './manager-methods.ts'
import type { BlockingCall } from './model.ts'
import { bodyOf, type ProjectFunction, selfOf } from './project-functions.ts'
import { type Code, type CodeFile, placeIn } from './python-code.ts'

/** A coroutine that runs in the event loop. */
interface Running extends ProjectFunction {
  /** Before the socket is accepted. */
  readonly connecting: boolean
  /** It runs whenever what awaits it does. */
  readonly straight: boolean
}

/** What runs for every socket that lives; others run when somebody calls them. */
const surelyRun = /^(?:connect|websocket_connect|receive|receive_json|websocket_receive|__call__)$/

/**
 * Calls that block the event loop, made by these coroutines, by the coroutines of the project that they await and by the
 * functions that they call: not awaited and not handed to a thread. `areViews`: each of them answers a request.
 */
export function blockingCalls(code: Code, roots: readonly ProjectFunction[], areViews = false): BlockingCall[] {
  const found: BlockingCall[] = []
  const seen = new Set<FunctionDef>()
  const all: Running[] = roots.map((root) => ({
    ...root,
    first: !areViews && /^(?:websocket_)?connect$/.test(root.node.name) ? root.node : undefined,
    connecting: !areViews && /^(?:connect|websocket_connect|__call__)$/.test(root.node.name),
    straight: areViews || surelyRun.test(root.node.name),
  }))
  const pending = [...all.filter(({ straight }) => straight), ...all.filter(({ straight }) => !straight)]
  for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
    if (next.node.kind !== 'AsyncFunctionDef' || seen.has(next.node)) continue
    seen.add(next.node)
    const { calls, awaited } = readCoroutine(code, next)
    found.push(...calls)
    // What surely runs is told as such, however else it is reached.
    pending.unshift(...awaited.filter(({ straight }) => straight))
    pending.push(...awaited.filter(({ straight }) => !straight))
  }
  return found
}

/** What runs only when something is so, or where an exception may be caught. */
const conditional = new Set(['If', 'For', 'AsyncFor', 'While', 'Try', 'Match', 'IfExp', 'BoolOp'])

function readCoroutine(code: Code, from: Running): { calls: BlockingCall[]; awaited: Running[] } {
  const { node, file, connecting } = from
  const calls: BlockingCall[] = []
  const awaited: Running[] = []
  const add = (at: Expression, name: string, found: Omit<Found, 'at'>, inside?: Place) =>
    calls.push({
      at: placeIn(file, at),
      name,
      what: found.what,
      visitor: found.visitor,
      permission: found.permission,
      coroutine: [selfOf(from)?.node.name ?? [], node.name].flat().join('.'),
      method: node.name,
      methodAt: placeIn(file, node.nameSpan),
      inside,
      connecting,
      sure: found.sure,
    })
  const visit = (inner: PythonNode, isAwaited: boolean, straight: boolean): void => {
    // What a nested function does is up to whoever calls it.
    if (opensScope(inner)) return
    if (inner.kind === 'Await') {
      const called = inner.value.kind === 'Call' ? calledFunction(code, inner.value, bodyOf(from)) : undefined
      if (called !== undefined && called.node.decorators.length === 0)
        awaited.push({ ...called, first: from.first, connecting, straight })
      visit(inner.value, true, straight)
      return
    }
    const own = isAwaited ? undefined : blockingNode(code, inner, from)
    if (own !== undefined) {
      add(own.node, written(own.shown, file), { ...foundAt(own, file), sure: straight && own.sure })
      return
    }
    const through = isAwaited ? undefined : throughFunction(code, inner, from)
    if (through !== undefined) {
      const { at } = through
      add(through.node, written(through.shown, file), { ...through, sure: straight && through.sure }, at)
      return
    }
    if (inner.kind === 'AsyncFor') {
      for (const statement of [...inner.body, ...inner.orelse]) visit(statement, false, false)
      return
    }
    for (const child of evaluated(inner)) visit(child, false, straight && isAlways(inner, child))
  }
  for (const statement of node.body) visit(statement, false, from.straight)
  return { calls, awaited }
}

interface Found {
  readonly at: BlockingCall['at']
  readonly what: BlockingCall['what']
  readonly sure: boolean
  readonly visitor: boolean
  readonly permission: boolean
}

/** Whether a part of a statement or an expression is evaluated whenever that is: a test, the first operand, what is gone through. */
function isAlways(node: PythonNode, part: PythonNode): boolean {
  if (node.kind === 'If' || node.kind === 'IfExp' || node.kind === 'While') return part === node.test
  if (node.kind === 'BoolOp') return part === node.values[0]
  if (node.kind === 'For') return part === node.iter
  return !conditional.has(node.kind)
}

interface Through extends Found {
  readonly node: Expression
  readonly shown: Expression
}

/** What a plain function of the project, or a property of a model, does that blocks, when a coroutine calls or reads it. */
function throughFunction(code: Code, node: PythonNode, from: ProjectFunction, depth = 0): Through | undefined {
  if (depth > 3 || (node.kind !== 'Call' && node.kind !== 'Attribute')) return undefined
  const shown = node.kind === 'Call' ? node.func : node
  const ofManager = node.kind === 'Call' ? managerMethod(code, node, from.file) : undefined
  if (ofManager !== undefined) {
    const found = askedOfSelf(ofManager)
    return found && { ...found, node, shown }
  }
  const method = modelCode(code, node, from)
  const plain = node.kind === 'Call' ? calledFunction(code, node, bodyOf(from)) : undefined
  const called = method ?? (plain?.node.decorators.every(bindsOnly) === true ? plain : undefined)
  if (called === undefined || called.node.kind !== 'FunctionDef') return undefined
  const found = insideOf(code, { ...called, first: from.first }, depth)
  const isUser = method?.model?.self.kind === 'user'
  return found && { ...found, visitor: found.visitor || isUser, node, shown }
}

/** What a method of a manager asks the database through itself. */
function askedOfSelf({ node: method, file }: ProjectFunction): Found | undefined {
  let found: Found | undefined
  const visit = (inner: PythonNode, straight: boolean): void => {
    if (found !== undefined || opensScope(inner)) return
    if (inner.kind === 'Call' && asksOfSelf(inner))
      found = { at: placeIn(file, inner), what: 'orm', sure: straight, visitor: false, permission: false }
    for (const child of evaluated(inner)) visit(child, straight && isAlways(inner, child))
  }
  for (const statement of method.body) visit(statement, true)
  return found
}

/** `@classmethod`, `@staticmethod`: what it decorates runs as it is. */
const bindsOnly = (node: Expression): boolean => node.kind === 'Name' && /^(?:class|static)method$/.test(node.id)

/** What a plain function does that blocks: a question to a cache only where it does nothing else. */
function insideOf(code: Code, called: ProjectFunction, depth: number): Found | undefined {
  let found: Found | undefined
  let generator = false
  const isEnough = () => found !== undefined && found.what !== 'cache'
  const visit = (inner: PythonNode, straight: boolean): void => {
    if (inner.kind === 'Yield' || inner.kind === 'YieldFrom') generator = true
    if (isEnough() || opensScope(inner)) return
    const own = blockingNode(code, inner, called)
    if (own !== undefined && own.what === 'bridge' && asksForLoop(called.node)) return
    const next = own === undefined ? throughFunction(code, inner, called, depth + 1) : foundAt(own, called.file)
    if (next !== undefined && (found === undefined || next.what !== 'cache'))
      found = { ...next, sure: straight && next.sure }
    for (const child of evaluated(inner)) visit(child, straight && isAlways(inner, child))
  }
  for (const statement of called.node.body) visit(statement, true)
  return generator ? undefined : found
}

const foundAt = ({ node, what, sure, visitor, permission }: BlockingNode, file: CodeFile): Found => ({
  at: placeIn(file, node),
  what,
  sure,
  visitor: visitor === true,
  permission: permission === true,
})

/** What is evaluated where a node is: of an attribute that is assigned, only what holds it. */
function evaluated(node: PythonNode): PythonNode[] {
  if (node.kind !== 'Assign') return [...children(node)]
  return [node.value, ...node.targets.map((target) => (target.kind === 'Attribute' ? target.value : target))]
}

/** It looks whether a loop runs, and does something else then. */
function asksForLoop(node: FunctionDef): boolean {
  let asks = false
  walk(node, (inner) => {
    const name = inner.kind === 'Attribute' ? inner.attr : inner.kind === 'Name' ? inner.id : ''
    asks ||= /^(?:get_running_loop|get_event_loop|_get_running_loop|is_running|current_async_library)$/.test(name)
  })
  return asks
}

function written(node: Expression, file: CodeFile): string {
  return file.text
    .slice(node.start, node.end)
    .replace(/\((?:[^()]|\([^()]*\))*\)/g, '()')
    .replace(/\s+/g, ' ')
    .slice(0, 60)
}
