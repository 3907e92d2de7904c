import type { With } from '../../../syntax/python/ast.ts'
import { noArguments, none } from '../constructors.ts'
import type { NativeClass } from '../library.ts'
import { notModelled } from '../reasons.ts'
import type { Value } from '../value.ts'
import { assign } from './assignment.ts'
import { callMethodNamed, findMethod } from './attributes.ts'
import { callFunction } from './calls.ts'
import { type GeneratorManager, generatorOf } from './context-managers.ts'
import { awaitValue } from './coroutines.ts'
import { derive, makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { describe } from './iteration.ts'
import { enter, here, leave, type Machine, mark, Raised, standAt, unwind } from './machine.ts'
import { exceptionType, isSubclass } from './raising.ts'
import { type Completion, normal, runBlock } from './statements.ts'
import { knownTruth } from './truth.ts'

export function runWith(m: Machine, s: With): Completion {
  return runItems(m, s, 0)
}

/** The managers from one on, each around those after it and the body. */
function runItems(m: Machine, s: With, index: number): Completion {
  const item = s.items[index]
  if (item === undefined) return runBlock(m, s.body)
  const manager = evaluate(m, item.context)
  standAt(m, item.context)
  const generator = generatorOf(manager)
  if (generator !== undefined) return runAround(m, s, index, generator)
  const isAsync = s.kind === 'AsyncWith'
  const entered = enterManager(m, manager, isAsync)
  if (item.vars !== undefined) assign(m, item.vars, entered)
  const before = mark(m)
  const { activation: outer } = before
  if (suppressed(manager) !== undefined) enter(m, { suppressing: outer.suppressing + 1 })
  try {
    const completion = runItems(m, s, index + 1)
    leave(m, outer)
    exitManager(m, manager, isAsync)
    return completion
  } catch (error) {
    if (!(error instanceof Raised)) throw error
    unwind(m, before)
    if (exitManager(m, manager, isAsync, error) || suppresses(m, manager, error)) return normal
    throw error
  }
}

/** `@contextmanager`: the function runs, and where it yields the block does. */
function runAround(m: Machine, s: With, index: number, generator: GeneratorManager): Completion {
  const outer = mark(m)
  const { vars } = s.items[index] as With['items'][number]
  let completion: Completion = normal
  let yielded = false
  const block = (value: Value): void => {
    // What a second `yield` gives is an error of the generator.
    if (yielded) return
    yielded = true
    const inside = mark(m)
    const { chain, control, guards, tries } = inside.activation
    unwind(m, outer)
    enter(m, { chain, control, guards, tries })
    if (vars !== undefined) assign(m, vars, value)
    completion = runItems(m, s, index + 1)
    unwind(m, inside)
  }
  m.nextBlock = block
  callFunction(m, generator.function, generator.args)
  m.nextBlock = undefined
  if (!yielded) block(makeUnknown(m, notModelled(generator.function.name)))
  return completion
}

function enterManager(m: Machine, manager: Value, isAsync: boolean): Value {
  if (manager.type === 'object') {
    const hook = (manager.model as NativeClass).enter
    return hook === undefined ? manager : hook(m, manager, noArguments)
  }
  const entered = callSpecial(m, manager, isAsync ? '__aenter__' : '__enter__', isAsync, [])
  if (entered !== undefined) return entered
  if (manager.type === 'unknown') return derive(manager)
  return makeUnknown(m, notModelled(describe(manager)))
}

/** Runs `__exit__` or `__aexit__`; true when it swallows the exception. */
function exitManager(m: Machine, manager: Value, isAsync: boolean, error?: Raised): boolean {
  if (manager.type === 'object') (manager.model as NativeClass).exit?.(m, manager, noArguments)
  const nothing = none(here(m))
  const type = error === undefined ? nothing : (exceptionType(error.exception) ?? nothing)
  const positional = [type, error?.exception ?? nothing, nothing]
  const result = callSpecial(m, manager, isAsync ? '__aexit__' : '__exit__', isAsync, positional)
  return error !== undefined && result !== undefined && knownTruth(m, result) === true
}

/** Calls a special method of a manager of the project's, and waits for it in an `async with`; undefined: it has none. */
function callSpecial(
  m: Machine,
  manager: Value,
  name: string,
  isAsync: boolean,
  positional: readonly Value[],
): Value | undefined {
  const method = manager.type === 'instance' ? findMethod(manager, name) : undefined
  if (method === undefined) return undefined
  const result = callMethodNamed(m, manager, method, { positional, keywords: new Map(), open: false })
  return isAsync ? awaitValue(m, result) : result
}

/** `contextlib.suppress(Error)` swallows what it names. */
function suppresses(m: Machine, manager: Value, error: Raised): boolean {
  const type = exceptionType(error.exception)
  return type !== undefined && (suppressed(manager)?.some((caught) => isSubclass(m, type, caught) === true) ?? false)
}

/** The classes that a `contextlib.suppress(…)` was given. */
function suppressed(manager: Value): readonly Value[] | undefined {
  const isSuppress =
    manager.type === 'call' && manager.callee.type === 'external' && manager.callee.path === 'contextlib.suppress'
  return isSuppress ? manager.args.positional : undefined
}
