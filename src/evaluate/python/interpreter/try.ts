import type { ExceptHandler, Raise, Try } from '../../../syntax/python/ast.ts'
import { exception } from '../exceptions.ts'
import type { Value } from '../value.ts'
import { callValue } from './calls.ts'
import { evaluate } from './expressions.ts'
import { catchesImports, isNetworkFailure } from './failures.ts'
import {
  addControl,
  enter,
  here,
  leave,
  type Machine,
  mark,
  type PythonFrame,
  Raised,
  standAt,
  unwind,
} from './machine.ts'
import { deleteName, markBranches, storeName } from './names.ts'
import { exceptionType, isSubclass, raise, raised } from './raising.ts'
import { type Completion, normal, runBlock } from './statements.ts'

export function runTry(m: Machine, s: Try): Completion {
  if (s.finalbody.length === 0) return runHandled(m, s)
  let completion: Completion
  const before = mark(m)
  try {
    completion = runHandled(m, s)
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    const { result } = m.activation.frame
    unwind(m, before)
    const last = runBlock(m, s.finalbody)
    if (last !== normal) return last
    m.activation.frame.result = result
    throw error
  }
  const { result } = m.activation.frame
  const last = runBlock(m, s.finalbody)
  if (last !== normal) return last
  m.activation.frame.result = result
  return completion
}

function runHandled(m: Machine, s: Try): Completion {
  const before = mark(m)
  const { activation: outer } = before
  enter(m, {
    guards: [...outer.guards, s.handlers],
    tries: outer.tries + (s.handlers.length > 0 ? 1 : 0),
    importGuards: outer.importGuards + (s.handlers.some(catchesImports) ? 1 : 0),
  })
  let completion: Completion
  try {
    completion = runBlock(m, s.body)
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    leave(m, outer)
    unwind(m, { activation: m.activation, node: before.node, nesting: before.nesting })
    return handle(m, s, error)
  }
  leave(m, outer)
  return completion === normal ? runBlock(m, s.orelse) : completion
}

function handle(m: Machine, s: Try, error: Raised): Completion {
  for (const handler of s.handlers) {
    if (!catches(m, handler, error)) continue
    const outside = m.activation
    addControl(m, error.taint)
    if (error.taint !== 0) {
      markBranches(m, [s.body, ...s.handlers.map((h) => h.body), s.orelse], error.taint)
    }
    m.taint = error.taint
    if (handler.name !== undefined) storeName(m, handler.name, error.exception, handler)
    const before = m.activation.frame.handling
    m.activation.frame.handling = error
    const completion = runBlock(m, handler.body)
    m.activation.frame.handling = before
    if (handler.name !== undefined && m.activation.frame.names.has(handler.name)) deleteName(m, handler.name, handler)
    leave(m, outside)
    return completion
  }
  throw error
}

function catches(m: Machine, handler: ExceptHandler, error: Raised): boolean {
  if (handler.type === undefined) return true
  const given = evaluate(m, handler.type)
  const types = given.type === 'tuple' || given.type === 'list' ? given.items : [given]
  const type = exceptionType(error.exception)
  if (type === undefined) return types.some((t) => t === exception('Exception') || t === exception('BaseException'))
  return types.some((t) => matches(m, type, t))
}

/** An exception of a package is some Exception; whether it is another class of a package cannot be known, so it is not. */
function matches(m: Machine, type: Value, caught: Value): boolean {
  if (isNetworkFailure(m, type, caught)) return true
  const answer = isSubclass(m, type, caught)
  if (answer !== undefined) return answer
  return caught === exception('Exception') || caught === exception('BaseException')
}

export function runRaise(m: Machine, s: Raise): never {
  if (s.exc === undefined) {
    let frame: PythonFrame | undefined = m.activation.frame
    while (frame !== undefined && frame.handling === undefined) frame = frame.parent
    if (frame?.handling !== undefined) throw frame.handling
    return raise(m, 'RuntimeError', 'No active exception to reraise')
  }
  const value = evaluate(m, s.exc)
  standAt(m, s)
  const isClass = value.type === 'class' || value.type === 'native'
  const made = isClass ? callValue(m, value, { positional: [], keywords: new Map(), open: false }) : value
  standAt(m, s)
  const known = ['object', 'instance', 'call', 'external', 'unknown'].includes(made.type)
  if (!known) return raise(m, 'TypeError', 'exceptions must derive from BaseException')
  const cause = m.activation.frame.handling?.variable
  throw withTaint(raised(m, made, cause, true), m)
}

/** What an exception rests on includes the one that was being handled. */
function withTaint(error: Raised, m: Machine): Raised {
  const handled = m.activation.frame.handling
  if (handled === undefined) return error
  const taint = m.session.taints.union(error.taint, handled.taint)
  return new Raised(error.exception, here(m), error.chain, error.variable, taint, error.stated, error.misfit)
}
