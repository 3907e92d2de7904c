import type { Place } from '../../../contracts/place.ts'
import type { Crash, Event } from '../evaluation.ts'
import { createMachine } from '../interpreter/create-machine.ts'
import { importModule } from '../interpreter/imports.ts'
import {
  type AskedQuestion,
  type Bound,
  Exhausted,
  limits,
  type Machine,
  noteFault,
  Raised,
  type Session,
} from '../interpreter/machine.ts'
import { runModule, startedKey } from '../interpreter/modules.ts'
import { exceptionName } from '../interpreter/raising.ts'
import { toText } from '../types/text.ts'
import { display, type ModuleValue, plain, type UnknownValue, type Value } from '../value.ts'
import type { Taint } from './taint.ts'

/** Answers to questions, by their number in the session. */
export type PathAnswers = ReadonlyMap<number, boolean>

export interface RunCrash extends Omit<Crash, 'when'> {
  /** Questions whose answers led to it. */
  readonly taint: Taint
}

/** What one run along one path gave. */
export interface PathOutcome {
  readonly given: PathAnswers
  readonly asked: ReadonlyMap<string, AskedQuestion>
  /** Per question number: 1 yes, 2 no, 0 (or out of range) not asked. */
  readonly answers: Uint8Array
  /** Names at the end, in order of first binding; up to the crash when there is one. */
  readonly names: ReadonlyMap<string, Bound>
  /** What each name rests on, also names that are not bound on this path. */
  readonly taints: ReadonlyMap<string, Taint>
  readonly crash: RunCrash | undefined
  readonly events: readonly Event[]
  /** `sys.path` at the end, as on the dyno; undefined stands for what nobody knows. */
  readonly searchPath: readonly (string | undefined)[]
  readonly file: string | undefined
  readonly files: readonly string[]
  readonly unknowns: readonly UnknownValue[]
  readonly reads: Machine['reads']
  readonly rebindings: Machine['rebindings']
  /** Variables without which the run would certainly have raised, with the places. */
  readonly required: ReadonlyMap<string, Place>
  /** Why names may be bound that the run did not see: something unknown was handed the module, or fills it. */
  readonly open: UnknownValue | undefined
  readonly exhausted: boolean
  readonly steps: number
}

/** What to run: modules to import first, then the one that was asked for. */
export interface ExploreTarget {
  readonly before: readonly string[]
  readonly name: string
  /** A file run under the name instead of a module found on the search path. */
  readonly file: string | undefined
  /** What the process does once they are loaded. */
  readonly after?: ((m: Machine) => void) | undefined
}

/** Runs the target once, with these answers given. Never throws. */
export function runOnce(session: Session, target: ExploreTarget, given: PathAnswers): PathOutcome {
  const m = createMachine(session, given)
  let crash: RunCrash | undefined
  try {
    for (const name of target.before) importModule(m, name)
    if (target.file === undefined) importModule(m, target.name)
    else runModule(m, target.name, { kind: 'file', file: target.file, folder: '' })
    target.after?.(m)
  } catch (error) {
    if (error instanceof Raised) crash = describeCrash(m, error)
    else {
      m.exhausted = true
      if (!(error instanceof Exhausted)) noteFault(m, error)
    }
  }
  const module = m.memory.get(startedKey(target.name)) as ModuleValue | undefined
  const names = new Map<string, Bound>()
  const taints = new Map<string, Taint>()
  // Of a start it is asked what happens, not what the settings hold at its end: their paths are known from their own run.
  if (module !== undefined && target.after === undefined) collect(m, module, names, taints)
  // No name can be called so: it stands for those that only the other side of a branch binds.
  if (m.wide !== 0) taints.set('*', m.wide)
  return {
    given,
    asked: m.asked,
    answers: packAnswers(m),
    names,
    taints,
    crash,
    events: m.events,
    searchPath: [...m.sysPath.items.map(plain), ...(m.sysPath.rest === undefined ? [] : [undefined])],
    file: module?.file,
    files: m.files,
    unknowns: [...m.unknowns.values()],
    reads: m.reads,
    rebindings: m.rebindings,
    required: m.required,
    open: module && m.openModules.get(module),
    exhausted: m.exhausted,
    steps: limits.steps - m.steps,
  }
}

function packAnswers(m: Machine): Uint8Array {
  const out = new Uint8Array(m.session.questions.length)
  for (const { index, holds } of m.asked.values()) out[index] = holds ? 1 : 2
  return out
}

/** The answer a run got to a question; undefined when it was not asked. */
export function answerOf(outcome: PathOutcome, index: number): boolean | undefined {
  const packed = outcome.answers[index]
  return packed === undefined || packed === 0 ? undefined : packed === 1
}

function describeCrash(m: Machine, error: Raised): RunCrash {
  const args = error.exception.type === 'object' ? error.exception.attributes.get('args') : undefined
  let message = ''
  try {
    const shown = args?.type === 'tuple' && args.items.length === 0 ? undefined : toText(m, error.exception)
    message = shown?.type === 'str' ? display(shown) : ''
  } catch (thrown) {
    // A `__str__` of the project that fails leaves the message empty.
    if (!(thrown instanceof Raised) && !(thrown instanceof Exhausted)) noteFault(m, thrown)
  }
  return {
    exception: exceptionName(error.exception),
    message,
    at: error.at,
    chain: error.chain,
    variable: error.variable ?? onlyVariable(m, error.taint),
    taint: error.taint,
  }
}

/** The variable that alone decides about the crash: a guard that raises when it is unset. */
function onlyVariable(m: Machine, taint: Taint): string | undefined {
  const variables = new Set(m.session.taints.questions(taint).map((index) => m.session.questions[index]?.variable))
  const [only] = variables
  return variables.size === 1 ? only : undefined
}

function collect(m: Machine, module: ModuleValue, names: Map<string, Bound>, taints: Map<string, Taint>): void {
  const { taints: table } = m.session
  for (const [name, bound] of module.names as Map<string, Bound>) {
    // Names like `__file__` that every module has are not its own.
    if (bound.at === module.at) continue
    names.set(name, bound)
    const taint = table.union(bound.taint ?? 0, m.objectTaints.size === 0 ? 0 : deepTaint(m, bound.value))
    if (taint !== 0) taints.set(name, taint)
  }
  for (const [name, taint] of m.implicitTaints.get(module.names) ?? []) {
    taints.set(name, table.union(taint, taints.get(name) ?? 0))
  }
}

/** What a value and everything in it rests on. */
function deepTaint(m: Machine, start: Value): Taint {
  const { taints } = m.session
  const pending: Value[] = [start]
  const seen = new Set<Value>()
  let taint: Taint = 0
  while (pending.length > 0 && seen.size < 5_000) {
    const value = pending.pop() as Value
    if (seen.has(value)) continue
    const own = m.objectTaints.get(value)
    if (own !== undefined) taint = taints.union(taint, own)
    if (value.type === 'list' || value.type === 'tuple' || value.type === 'set') {
      seen.add(value)
      pending.push(...value.items)
    } else if (value.type === 'dict') {
      seen.add(value)
      for (const entry of value.entries) pending.push(entry.value)
    } else if (value.type === 'instance' || (value.type === 'class' && value.module.file !== undefined)) {
      seen.add(value)
      for (const bound of value.attributes.values() as Iterable<Bound>) {
        if (bound.taint !== undefined) taint = taints.union(taint, bound.taint)
        pending.push(bound.value)
      }
    }
  }
  return taint
}
