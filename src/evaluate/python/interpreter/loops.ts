import type { Span } from '../../../contracts/place.ts'
import type { For, While } from '../../../syntax/python/ast.ts'
import { tooLong, unknownLoop } from '../reasons.ts'
import type { UnknownValue, Value } from '../value.ts'
import { assign } from './assignment.ts'
import { makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { iterate } from './iteration.ts'
import { addControl, leave, limits, type Machine, mark, Raised, standAt, unwind, within } from './machine.ts'
import { markBranches } from './names.ts'
import { raise } from './raising.ts'
import { broken, type Completion, normal, returned, runBlock } from './statements.ts'
import { knownTruth, truth } from './truth.ts'

export function runFor(m: Machine, s: For): Completion {
  const outside = m.activation
  const iterable = evaluate(m, s.iter)
  const source = iterate(m, iterable, s.iter)
  const next = iteratorOf(m, iterable, source.items, s)
  const { taint } = m
  if (taint !== 0) addControl(m, taint)
  let completion: Completion = normal
  for (let item = next(); item !== undefined; item = next()) {
    m.taint = 0
    assign(m, s.target, item)
    completion = runBlock(m, s.body)
    if (completion === broken || completion === returned) break
  }
  if (source.rest !== undefined && completion !== returned && completion !== broken) {
    const { rest } = source
    runUncertain(m, rest.variable === undefined ? makeUnknown(m, unknownLoop) : { ...rest, of: undefined }, () => {
      within(m, { uncertain: undefined }, () => assign(m, s.target, rest))
      runBlock(m, s.body)
    })
  }
  if (taint !== 0) markBranches(m, [s.body, s.orelse], taint)
  leave(m, outside)
  if (completion === returned) return returned
  return completion === broken ? normal : runBlock(m, s.orelse)
}

/**
 * Gives one item after the other. A list that the body changes is seen as it is by then, so that removing an item passes
 * over the one behind it; a dict or set of another size than before raises.
 */
function iteratorOf(m: Machine, iterable: Value, items: readonly Value[], node: Span): () => Value | undefined {
  let at = 0
  if (iterable.type === 'list') return () => iterable.items[at++]
  const all = [...items]
  if (iterable.type !== 'dict' && iterable.type !== 'set') return () => all[at++]
  return () => {
    const { length } = iterable.type === 'dict' ? iterable.entries : iterable.items
    if (length !== all.length && iterable.rest === undefined) {
      standAt(m, node)
      raise(m, 'RuntimeError', `${iterable.type === 'dict' ? 'dictionary' : 'Set'} changed size during iteration`)
    }
    return all[at++]
  }
}

export function runWhile(m: Machine, s: While): Completion {
  const outside = m.activation
  for (let turns = 0; ; turns++) {
    m.taint = 0
    const value = evaluate(m, s.test)
    const known = knownTruth(m, value)
    if (
      turns >= limits.turns ||
      (known === undefined && (turns > 0 || m.activation.uncertain !== undefined || value.type !== 'str'))
    ) {
      runUncertain(m, makeUnknown(m, turns >= limits.turns ? tooLong : unknownLoop), () => void runBlock(m, s.body))
      break
    }
    const holds = known ?? truth(m, value, s.test)
    const { taint } = m
    if (taint !== 0) {
      addControl(m, taint)
      markBranches(m, [s.body, s.orelse], taint)
    }
    if (!holds) {
      const completion = runBlock(m, s.orelse)
      leave(m, outside)
      return completion
    }
    const completion = runBlock(m, s.body)
    if (completion === returned) return returned
    if (completion === broken) break
  }
  leave(m, outside)
  return normal
}

/**
 * Runs code of which nobody knows whether or how often it runs: whatever it binds or changes is unknown afterwards, and
 * an exception in it does not leave it.
 */
export function runUncertain(m: Machine, unknown: UnknownValue, body: () => void): void {
  const before = mark(m)
  const { frame } = m.activation
  const { result } = frame
  try {
    within(m, { uncertain: unknown }, body)
  } catch (error) {
    if (!(error instanceof Raised)) throw error
  }
  unwind(m, before)
  // A `return` in it may or may not have happened.
  if (frame.result !== result) {
    frame.mayReturn = unknown
    frame.result = result
  }
}
