import { notModelled } from '../reasons.ts'
import { calleePath, type Value } from '../value.ts'
import { runCoroutine } from './calls.ts'
import { makeUnknown } from './decisions.ts'
import type { Machine } from './machine.ts'
import { isGenerator } from './scopes.ts'

/** Says what awaiting something gives that is no coroutine of the project; undefined: nobody knows. */
export type Awaiter = (m: Machine, value: Value) => Value | undefined

/** Where a library that drives coroutines leaves what it knows of them, in the memory of a run. */
export const awaiterKey = 'awaiter'

/** `await value`. */
export function awaitValue(m: Machine, value: Value): Value {
  const callee = value.type === 'call' && value.attributes.length === 0 ? value.callee : undefined
  if (value.type === 'call' && callee?.type === 'function') {
    const isCoroutine = callee.node.kind === 'AsyncFunctionDef' && !isGenerator(callee.node)
    if (isCoroutine) return runCoroutine(m, callee, value.args)
  }
  const known = (m.memory.get(awaiterKey) as Awaiter | undefined)?.(m, value)
  return known ?? makeUnknown(m, notModelled(calleePath(value) ?? 'await'))
}
