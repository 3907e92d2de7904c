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
    for (const manager of managers.reverse()) leave(m, manager)
    if (managers.some((manager) => suppresses(m, manager, error))) return normal
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

function leave(m: Machine, manager: Value): void {
  if (manager.type === 'object') (manager.model as NativeClass).exit?.(m, manager, noArguments)
  if (manager.type !== 'instance') return
  const method = findMethod(manager, '__exit__')
  if (method === undefined) return
  const nothing = none(here(m))
  callMethodNamed(m, manager, method, { positional: [nothing, nothing, nothing], keywords: new Map(), open: false })
}

/** `contextlib.suppress(Error)` swallows what it names. */
function suppresses(m: Machine, manager: Value, error: Raised): boolean {
  if (manager.type !== 'call' || manager.callee.type !== 'external' || manager.callee.path !== 'contextlib.suppress') {
    return false
  }
  const type = exceptionType(error.exception)
  return type !== undefined && manager.args.positional.some((caught) => isSubclass(m, type, caught) === true)
}
