import type { With } from '../../syntax/python/ast.ts'
import type { NativeClass } from '../library.ts'
import { noArguments, none } from '../make.ts'
import { notModelled } from '../reasons.ts'
import type { Value } from '../value.ts'
import { assign } from './assignment.ts'
import { callMethodNamed, findMethod } from './attributes.ts'
import { derive, makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { describe } from './iteration.ts'
import { here, type Machine, Raised, restore, snapshot } from './machine.ts'
import { exceptionType, isSubclass } from './raising.ts'
import { type Completion, normal, runBlock } from './statements.ts'
import { knownTruth } from './truth.ts'

export function runWith(m: Machine, s: With): Completion {
  const managers: Value[] = []
  for (const item of s.items) {
    const manager = evaluate(m, item.context)
    managers.push(manager)
    m.node = item.context
    const entered = enter(m, manager)
    if (item.vars !== undefined) assign(m, item.vars, entered)
  }
  const saved = snapshot(m)
  let completion: Completion = normal
  try {
    completion = runBlock(m, s.body)
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    restore(m, saved)
    let handled = false
    for (const manager of managers.reverse()) {
      if (leave(m, manager, error) || suppresses(m, manager, error)) handled = true
    }
    if (handled) return normal
    throw error
  }
  for (const manager of managers.reverse()) leave(m, manager)
  return completion
}

function enter(m: Machine, manager: Value): Value {
  if (manager.type === 'object') {
    const hook = (manager.model as NativeClass).enter
    return hook === undefined ? manager : hook(m, manager, noArguments)
  }
  if (manager.type === 'instance') {
    const method = findMethod(manager, '__enter__')
    if (method !== undefined) return callMethodNamed(m, manager, method, noArguments)
  }
  if (manager.type === 'unknown') return derive(manager)
  return makeUnknown(m, notModelled(describe(manager)))
}

/** Runs `__exit__`; true when it swallows the exception. */
function leave(m: Machine, manager: Value, error?: Raised): boolean {
  if (manager.type === 'object') (manager.model as NativeClass).exit?.(m, manager, noArguments)
  if (manager.type !== 'instance') return false
  const method = findMethod(manager, '__exit__')
  if (method === undefined) return false
  const nothing = none(here(m))
  const type = error === undefined ? nothing : (exceptionType(error.exception) ?? nothing)
  const positional = [type, error?.exception ?? nothing, nothing]
  const result = callMethodNamed(m, manager, method, { positional, keywords: new Map(), open: false })
  return error !== undefined && knownTruth(m, result) === true
}

/** `contextlib.suppress(Error)` swallows what it names. */
function suppresses(m: Machine, manager: Value, error: Raised): boolean {
  if (manager.type !== 'call' || manager.callee.type !== 'external' || manager.callee.path !== 'contextlib.suppress') {
    return false
  }
  const type = exceptionType(error.exception)
  return type !== undefined && manager.args.positional.some((caught) => isSubclass(m, type, caught) === true)
}
