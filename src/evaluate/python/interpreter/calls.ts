import type { Place } from '../../../contracts/place.ts'
import type { Arguments, Call, Expression } from '../../../syntax/python/ast.ts'
import { noArguments, none, text } from '../constructors.ts'
import { classOf, type NativeClass, nativeFunction, object } from '../library.ts'
import { filledBy, modelFailed, tooDeep } from '../reasons.ts'
import { callTypeMethod, hasMethod, isBuiltinType } from '../types/methods.ts'
import { type CallArguments, calleePath, type FunctionValue, type NativeValue, plain, type Value } from '../value.ts'
import { findAttribute, getAttribute } from './attributes.ts'
import { instantiate } from './classes.ts'
import { generatorManager } from './context-managers.ts'
import { derive, makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { askNetwork, isAsking, isShielded, isShieldedFromDatabaseAlone } from './failures.ts'
import { iterate } from './iteration.ts'
import {
  activate,
  addTaint,
  type Bound,
  type Closure,
  Exhausted,
  here,
  limits,
  type Machine,
  newFrame,
  noteFault,
  type PythonFrame,
  Raised,
  spend,
  standAt,
  unwind,
} from './machine.ts'
import { fillUnknown } from './names.ts'
import { viewedNames } from './names-dict.ts'
import { makeException, raise, raiseMisfit } from './raising.ts'
import { isGenerator } from './scopes.ts'
import { runBlock } from './statements.ts'
import { isOpaque, typeName } from './types.ts'

export function evaluateCall(m: Machine, node: Call): Value {
  const { func } = node
  if (func.kind === 'Attribute') {
    const self = evaluate(m, func.value)
    if (isBuiltinType(self)) {
      if (!hasMethod(self, func.attr)) return getAttribute(m, self, func.attr, func)
      const args = evaluateArguments(m, node)
      standAt(m, node)
      return callTypeMethod(m, self, func.attr, args)
    }
    const callee = getAttribute(m, self, func.attr, func)
    const args = evaluateArguments(m, node)
    standAt(m, node)
    return callValue(m, callee, args)
  }
  const callee = evaluate(m, func)
  const args = evaluateArguments(m, node)
  standAt(m, node)
  return callValue(m, callee, args)
}

export function evaluateArguments(m: Machine, node: Call): CallArguments {
  if (node.args.length === 0 && node.keywords.length === 0) return noArguments
  const positional: Value[] = []
  let open = false
  for (const argument of node.args) {
    if (argument.kind !== 'Starred') {
      positional.push(evaluate(m, argument))
      continue
    }
    const { items, rest } = iterate(m, evaluate(m, argument.value), argument)
    for (const item of items) positional.push(item)
    if (rest !== undefined) open = true
  }
  if (node.keywords.length === 0) return { positional, keywords: noArguments.keywords, open }
  const keywords = new Map<string, Value>()
  for (const keyword of node.keywords) {
    const value = evaluate(m, keyword.value)
    if (keyword.arg !== undefined) keywords.set(keyword.arg, value)
    else if (spreadKeywords(m, value, keywords, keyword.value)) open = true
  }
  return { positional, keywords, open }
}

/** `**value` of a call; true when it also passes keywords nobody can name. */
function spreadKeywords(m: Machine, value: Value, keywords: Map<string, Value>, node: Expression): boolean {
  if (value.type === 'dict') {
    let open = value.rest !== undefined
    for (const entry of value.entries) {
      const key = plain(entry.key)
      if (key === undefined) open = true
      else keywords.set(key, entry.value)
    }
    return open
  }
  if (isOpaque(value)) return true
  if (value.type === 'object' || value.type === 'instance') {
    const keys = iterate(m, value, node)
    for (const item of keys.items) {
      const key = plain(item)
      if (key !== undefined) keywords.set(key, m.item(value, item))
    }
    return keys.rest !== undefined
  }
  standAt(m, node)
  return raise(m, 'TypeError', `argument after ** must be a mapping, not ${typeName(value)}`)
}

/** Calls any value; the call's place is the present node. */
export function callValue(m: Machine, callee: Value, args: CallArguments): Value {
  switch (callee.type) {
    case 'function':
      return callFunction(m, callee, args)
    case 'native':
      return callNative(m, callee, args)
    case 'method':
      return callMethod(m, callee, args)
    case 'class':
      return instantiate(m, callee, args)
    case 'external':
    case 'call': {
      recordCall(m, callee, args)
      noteHanded(m, callee, args)
      handOver(m, callee, args)
      askNetwork(m, calleePath(callee) ?? '')
      return { type: 'call', callee, args, attributes: [], at: here(m) }
    }
    case 'unknown':
      noteHanded(m, callee, args)
      return derive(callee)
    case 'object': {
      const call = (callee.model as NativeClass).call
      if (call !== undefined) return call(m, callee, args)
      break
    }
    case 'instance': {
      const method = findAttribute(m, callee, '__call__', m.node)
      if (method !== undefined) return callValue(m, method, args)
      break
    }
    default:
      break
  }
  return raise(m, 'TypeError', `'${typeName(callee)}' object is not callable`)
}

/** Where a library that wants to know what code that is not read was called with leaves whom to tell, in the memory of a run. */
export const handedKey = 'handed'

/** Is told what was called with what; it may raise what that call surely raises. */
export type Handed = (callee: Value, args: CallArguments) => void

function noteHanded(m: Machine, callee: Value, args: CallArguments): void {
  if (args.positional.length + args.keywords.size > 0) (m.memory.get(handedKey) as Handed | undefined)?.(callee, args)
}

/** What gets a module's name to find files beside it, or to name a logger or an app after it. */
const namesOnly = /log|resource|files|path|version|translat|celery|flask|import|trace|metric/i

/** Code that is not read gets the names of a module, the module, or its name: it may put anything into it. */
function handOver(m: Machine, callee: Value, { positional, keywords }: CallArguments): void {
  const path = calleePath(callee) ?? ''
  for (const value of [...positional, ...keywords.values()]) {
    const names = viewedNames(value) ?? (value.type === 'module' && value.at.file !== '' ? value.names : undefined)
    const { module } = m.activation.frame
    const named = plain(value) === module.name && !namesOnly.test(path) ? module.names : undefined
    const filled = names ?? named
    if (filled !== undefined) fillUnknown(m, filled, makeUnknown(m, filledBy(path)))
  }
}

/** `at`: where it is shown, the present node by default. */
export function recordCall(m: Machine, callee: Value, args: CallArguments, at: Place = here(m)): void {
  const path = calleePath(callee)
  if (path === undefined || m.events.length >= limits.events) return
  // Whether it is made must be explored like a value.
  if (m.activation.control !== 0 && isAsking(path)) m.wide = m.session.taints.union(m.wide, m.activation.control)
  const onlyFor = isShieldedFromDatabaseAlone(m) ? ({ onlyFor: 'database' } as const) : {}
  const shielded = isShielded(m, path) ? ({ guarded: true, ...onlyFor } as const) : {}
  const of = callee.type === 'call' ? callee.args : undefined
  m.events.push({ type: 'call', path, args, at, chain: m.activation.chain, ...shielded, of })
}

function callMethod(m: Machine, callee: Extract<Value, { type: 'method' }>, args: CallArguments): Value {
  const { self, function: fn } = callee
  if (fn.type === 'external' || fn.type === 'call') {
    recordCall(m, fn, args)
    noteHanded(m, callee, args)
    askNetwork(m, calleePath(fn) ?? '')
    return { type: 'call', callee, args, attributes: [], at: here(m) }
  }
  if (isBuiltinType(self) && fn.type === 'native') {
    return callTypeMethod(m, self, fn.name.slice(fn.name.lastIndexOf('.') + 1), args)
  }
  return callValue(m, fn, { ...args, positional: [self, ...args.positional] })
}

function callNative(m: Machine, callee: NativeValue, args: CallArguments): Value {
  const { activation, node, nesting } = m
  try {
    const call = nativeFunction(callee)
    if (call !== undefined) return call(m, args)
    const model = classOf(callee)
    if (model?.construct !== undefined) return model.construct(m, args)
    if (model !== undefined && isException(model)) return makeException(m, callee, args.positional)
    return model === undefined ? makeUnknown(m, modelFailed(callee.name)) : object(model, args, here(m))
  } catch (error) {
    if (error instanceof Raised || error instanceof Exhausted) throw error
    // A model met a value it was not written for: our bug. The result is unknown, the run goes on.
    unwind(m, { activation, node, nesting })
    noteFault(m, error, callee.name)
    return makeUnknown(m, modelFailed(callee.name))
  } finally {
    standAt(m, node)
  }
}

export function isException(model: NativeClass): boolean {
  return (
    model.class === 'BaseException' ||
    model.bases.some((base) => {
      const parent = classOf(base)
      return parent !== undefined && isException(parent)
    })
  )
}

export function callFunction(m: Machine, fn: FunctionValue, args: CallArguments): Value {
  if (m.activation.calls >= limits.calls) return makeUnknown(m, tooDeep)
  spend(m, 2)
  if (fn.node.kind === 'AsyncFunctionDef') {
    // What does not fit is told at the call, not where the coroutine is awaited.
    if (!args.open) bindParameters(m, fn, fn.closure as Closure, fn.node.args, args, new Map())
    return { type: 'call', callee: fn, args, attributes: [], at: here(m) }
  }
  if (fn.isManager) return generatorManager(fn, args, here(m))
  return runFunction(m, fn, args)
}

/** What a coroutine comes to when it is awaited. */
export function runCoroutine(m: Machine, fn: FunctionValue, args: CallArguments): Value {
  if (m.activation.calls >= limits.calls) return makeUnknown(m, tooDeep)
  spend(m, 2)
  return runFunction(m, fn, args)
}

function runFunction(m: Machine, fn: FunctionValue, args: CallArguments): Value {
  const closure = fn.closure as Closure
  const frame = newFrame('function', fn.module, new Map<string, Bound>(), closure.parent, fn.node)
  frame.owner = fn.owner
  frame.block = m.nextBlock
  m.nextBlock = undefined
  bindParameters(m, fn, closure, fn.node.args, args, frame.names)
  const first = fn.node.args.posonly[0] ?? fn.node.args.args[0]
  if (first !== undefined) frame.self = frame.names.get(first.name)?.value
  if (isGenerator(fn.node)) frame.yields = []
  const { file, calls } = m.activation
  activate(m, { frame, file: fn.module.file ?? file, importGuards: 0, calls: calls + 1 }, () => runBody(m, fn, frame))
  addTaint(m, frame.resultTaint)
  if (frame.yields !== undefined) return { type: 'list', items: frame.yields, rest: undefined, at: here(m) }
  return frame.mayReturn ?? frame.result ?? none(here(m))
}

function runBody(m: Machine, { node }: FunctionValue, frame: PythonFrame): void {
  if (node.kind === 'Lambda') {
    frame.result = evaluate(m, node.body)
    frame.resultTaint = m.taint
  } else if (runBlock(m, node.body) === 0) {
    frame.resultTaint = m.session.taints.union(frame.resultTaint, m.activation.control)
  }
}

function bindParameters(
  m: Machine,
  fn: FunctionValue,
  closure: Closure,
  parameters: Arguments,
  args: CallArguments,
  names: Map<string, Bound>,
): void {
  const at = here(m)
  const taint = m.session.taints.union(m.taint, m.activation.control)
  const bind = (name: string, value: Value): void => void names.set(name, { value, at, taint })
  const lacking = (name: string): Value => {
    const fallback = closure.defaults.get(name)
    if (fallback !== undefined && !args.open) return fallback
    if (args.open) return makeUnknown(m, { en: 'the arguments are not known', fr: 'les arguments ne sont pas connus' })
    const isNamed = parameters.kwonly.some((one) => one.name === name)
    return raiseMisfit(m, fn, `${fn.name}() missing ${isNamed ? missing([name], 'keyword-only') : missing(required)}`)
  }
  const required = [...parameters.posonly, ...parameters.args]
    .slice(args.positional.length)
    .flatMap(({ name }) => (closure.defaults.has(name) || args.keywords.has(name) ? [] : [name]))
  let next = 0
  let used = 0
  for (const [group, byName] of [
    [parameters.posonly, false],
    [parameters.args, true],
  ] as const) {
    for (const { name } of group) {
      const keyword = byName ? args.keywords.get(name) : undefined
      if (next < args.positional.length) {
        if (keyword !== undefined) raise(m, 'TypeError', `${fn.name}() got multiple values for argument '${name}'`)
        bind(name, args.positional[next++] as Value)
      } else if (keyword !== undefined) {
        used++
        bind(name, keyword)
      } else bind(name, lacking(name))
    }
  }
  const unknownRest = args.open
    ? makeUnknown(m, { en: 'the arguments are not known', fr: 'les arguments ne sont pas connus' })
    : undefined
  if (parameters.vararg !== undefined) {
    bind(parameters.vararg.name, { type: 'tuple', items: args.positional.slice(next), rest: unknownRest, at })
  } else if (next < args.positional.length) {
    raiseMisfit(m, fn, `${fn.name}() takes ${next} positional arguments but ${args.positional.length} were given`)
  }
  for (const { name } of parameters.kwonly) {
    const keyword = args.keywords.get(name)
    if (keyword !== undefined) used++
    bind(name, keyword ?? lacking(name))
  }
  if (parameters.kwarg !== undefined) {
    const entries = []
    for (const [key, value] of args.keywords) {
      if (!names.has(key) || !isParameter(parameters, key)) entries.push({ key: text(key, at), value, at: value.at })
    }
    bind(parameters.kwarg.name, { type: 'dict', entries, rest: unknownRest, at })
  } else if (used < args.keywords.size) {
    for (const key of args.keywords.keys()) {
      if (!isParameter(parameters, key))
        raise(m, 'TypeError', `${fn.name}() got an unexpected keyword argument '${key}'`)
    }
  }
}

/** `2 required positional arguments: 'receive' and 'send'` */
function missing(names: readonly string[], kind = 'positional'): string {
  const quoted = names.map((name) => `'${name}'`)
  const last = quoted.pop() ?? ''
  const listed = quoted.length === 0 ? last : `${quoted.join(', ')}${quoted.length > 1 ? ',' : ''} and ${last}`
  return `${names.length} required ${kind} argument${names.length > 1 ? 's' : ''}: ${listed}`
}

function isParameter(parameters: Arguments, name: string): boolean {
  return parameters.args.some((a) => a.name === name) || parameters.kwonly.some((a) => a.name === name)
}
