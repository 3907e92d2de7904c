import type { Place, Span } from '../../../contracts/place.ts'
import type { Text } from '../../../contracts/text.ts'
import { lineStarts, positionAt } from '../../../files/lines.ts'
import type { FileTree } from '../../../files/tree.ts'
import type { ExceptHandler, Expression, FunctionDef, Lambda, Module } from '../../../syntax/python/ast.ts'
import type { Environment } from '../../environment.ts'
import type { Event } from '../evaluation.ts'
import type { Taint, Taints } from '../explore/taint.ts'
import { tellFault } from '../faults.ts'
import type { Libraries, PythonQuestion, PythonRun } from '../library.ts'
import type { Binding, ClassValue, ListValue, ModuleValue, UnknownValue, Value } from '../value.ts'

export type FilePresence = 'installed' | 'absent' | 'unknown'

/** A name's binding with what it rests on. Bindings made by models have no taint. */
export interface Bound extends Binding {
  readonly taint?: Taint
}

/** One activation: a module, a class body or a function call. */
export interface PythonFrame {
  readonly kind: 'module' | 'class' | 'function'
  readonly module: ModuleValue
  readonly names: Map<string, Bound>
  /** In a comprehension: the frame it stands in, where a walrus binds. */
  around: PythonFrame | undefined
  /** The enclosing function, for names that are neither local nor global. */
  readonly parent: PythonFrame | undefined
  /** The function, to tell a local name that is not bound yet from a global one. */
  readonly node: FunctionDef | Lambda | undefined
  globals: Set<string> | undefined
  nonlocals: Set<string> | undefined
  result: Value | undefined
  resultTaint: Taint
  /** It may have returned before, in code of uncertain course. */
  mayReturn: Value | undefined
  /** What a generator has yielded; its call gives them as a list. */
  yields: Value[] | undefined
  /** What stands in for its caller where it yields: the block of a `with`. */
  block: ((value: Value) => void) | undefined
  /** For `super()`: the class that holds the function, and its first argument. */
  owner: ClassValue | undefined
  self: Value | undefined
  /** In an `except` block: what a bare `raise` raises. */
  handling: Raised | undefined
}

/** What a function value captures. */
export interface Closure {
  readonly parent: PythonFrame | undefined
  readonly defaults: ReadonlyMap<string, Value>
}

/** A question that was asked on this path. */
export interface AskedQuestion {
  readonly index: number
  readonly question: PythonQuestion
  readonly holds: boolean
  readonly at: Place
  /** Questions that decided whether this one is asked. */
  readonly under: Taint
}

/** Something learned about the text of a hole on this path. */
export interface TextFact {
  readonly test: (text: string) => boolean
  /** The only texts for which `test` is true, when they are few. */
  readonly among: readonly string[] | undefined
  readonly holds: boolean
}

/** A hole whose text follows from another's: `X.lower()` from `X`. */
export interface Derivation {
  readonly base: string
  readonly apply: (text: string) => string | undefined
}

export interface ParsedModule {
  readonly module: Module
  readonly text: string
}

/** Fixed for one evaluation; shared by its runs. */
export interface Session {
  readonly tree: FileTree
  readonly environment: Environment
  readonly searchPath: readonly string[]
  readonly packages: (name: string) => FilePresence
  readonly ownModule: (name: string) => boolean
  readonly versions: (distribution: string) => string | undefined
  readonly argv: readonly string[]
  readonly isPresent: (path: string) => boolean
  readonly python: string
  /** Absolute folder of the tree's root on the dyno. */
  readonly home: string
  readonly libraries: Libraries
  readonly builtins: ReadonlyMap<string, Value>
  /** What import hooks of packages do with a module that has just run. */
  readonly afterModule: (run: PythonRun, module: ModuleValue) => void
  readonly taints: Taints
  /** Every question of every run; its index is its number in taints. */
  readonly questions: PythonQuestion[]
  readonly questionIndex: Map<string, number>
  /** The parsed file, undefined when it is not text on the dyno. */
  parse(path: string): ParsedModule | undefined
}

/** The state of one run along one path. */
export interface Machine extends PythonRun {
  readonly session: Session
  /** Answers to give, by question number. */
  readonly given: ReadonlyMap<number, boolean>
  frame: PythonFrame
  /** The expression or statement being run, and its file: what `at` is made of. */
  node: Span
  file: string
  calls: number
  nesting: number
  steps: number
  /** What the statement being run has read so far rests on. */
  taint: Taint
  /** What decided that this code runs at all. */
  control: Taint
  /** Set while code runs of which nobody knows whether or how often it runs: whatever it changes becomes this. */
  uncertain: UnknownValue | undefined
  /** How many `try` statements with handlers are running, in any frame. */
  tries: number
  /** Their handlers, outermost first. */
  guards: readonly (readonly ExceptHandler[])[]
  /** The block that the next function called stands around; see {@link PythonFrame.block}. */
  nextBlock: ((value: Value) => void) | undefined
  /** Blocks of `contextlib.suppress` that are open. */
  suppressing: number
  /** How many `try` statements of the running frame's code catch a failing import. */
  importGuards: number
  readonly asked: Map<string, AskedQuestion>
  readonly facts: Map<string, TextFact[]>
  readonly derivations: Map<string, Derivation>
  /** The question whether a value counts as true, by the value. */
  readonly truths: Map<Value, string>
  readonly derivedFrom: Map<string, string[]>
  /** Changes of the environment made by the run. */
  readonly variables: Map<string, { readonly value: Value | undefined; readonly taint: Taint }>
  readonly modules: Map<string, Value>
  readonly sysPath: ListValue
  /** Modules some of whose names cannot be known, with the reason. */
  readonly openModules: Map<ModuleValue, UnknownValue>
  /** What a mutable value rests on beyond its binding. */
  readonly objectTaints: Map<Value, Taint>
  /** What names rest on because a branch not taken binds them. */
  readonly implicitTaints: Map<Map<string, Bound>, Map<string, Taint>>
  /** What names rest on of which it cannot be said which they are. */
  wide: Taint
  readonly chain: Place[]
  readonly events: Event[]
  readonly files: string[]
  readonly unknowns: Map<string, UnknownValue>
  readonly reads: Map<string, Place[]>
  /** Variables read where their absence would have ended the run. */
  readonly required: Map<string, Place>
  /** Cut short for lack of steps. */
  exhausted: boolean
}

/** A Python exception on its way up. */
export class Raised {
  readonly exception: Value
  readonly at: Place
  readonly chain: readonly Place[]
  readonly variable: string | undefined
  readonly taint: Taint

  constructor(exception: Value, at: Place, chain: readonly Place[], variable: string | undefined, taint: Taint) {
    this.exception = exception
    this.at = at
    this.chain = chain
    this.variable = variable
    this.taint = taint
  }
}

/** The run has used up its steps. */
export class Exhausted {
  readonly reason: Text

  constructor(reason: Text) {
    this.reason = reason
  }
}

export const limits = {
  steps: 200_000,
  calls: 60,
  nesting: 260,
  turns: 20_000,
  /** Items of a container. */
  items: 100_000,
  /** Characters of a text. */
  text: 200_000,
  /** Bits of an integer. */
  bits: 20_000,
  events: 20_000,
}

export function place(m: Machine, node: Span): Place {
  return { file: m.file, span: { start: node.start, end: node.end } }
}

export function here(m: Machine): Place {
  return place(m, m.node)
}

export function newFrame(
  kind: PythonFrame['kind'],
  module: ModuleValue,
  names: Map<string, Bound>,
  parent: PythonFrame | undefined,
  node?: FunctionDef | Lambda,
): PythonFrame {
  return {
    kind,
    module,
    names,
    around: undefined,
    parent,
    node,
    globals: undefined,
    nonlocals: undefined,
    result: undefined,
    resultTaint: 0,
    mayReturn: undefined,
    yields: undefined,
    block: undefined,
    owner: undefined,
    self: undefined,
    handling: undefined,
  }
}

/** What has to be put back when an exception is caught. */
export interface MachineState {
  readonly frame: PythonFrame
  readonly node: Span
  readonly file: string
  readonly calls: number
  readonly nesting: number
  readonly control: Taint
  readonly chain: number
  readonly importGuards: number
  readonly tries: number
  readonly guards: Machine['guards']
  readonly suppressing: number
  readonly uncertain: UnknownValue | undefined
}

export function snapshot(m: Machine): MachineState {
  return {
    frame: m.frame,
    node: m.node,
    file: m.file,
    calls: m.calls,
    nesting: m.nesting,
    control: m.control,
    chain: m.chain.length,
    importGuards: m.importGuards,
    tries: m.tries,
    guards: m.guards,
    suppressing: m.suppressing,
    uncertain: m.uncertain,
  }
}

export function restore(m: Machine, saved: MachineState): void {
  m.frame = saved.frame
  m.node = saved.node
  m.file = saved.file
  m.calls = saved.calls
  m.nesting = saved.nesting
  m.control = saved.control
  m.chain.length = saved.chain
  m.importGuards = saved.importGuards
  m.tries = saved.tries
  m.guards = saved.guards
  m.suppressing = saved.suppressing
  m.uncertain = saved.uncertain
}

export function spend(m: Machine, steps: number): void {
  m.steps -= steps
  if (m.steps < 0) {
    m.exhausted = true
    throw new Exhausted({ en: 'it would take too long to compute', fr: 'le calcul serait trop long' })
  }
}

/** Tells a JavaScript error met at the present place; `model`: the library model it came from. */
export function noteFault(m: Machine, error: unknown, model?: string): void {
  const source = m.file === '' ? undefined : m.session.parse(m.file)?.text
  const line = source === undefined ? undefined : positionAt(lineStarts(source), m.node.start).line
  tellFault({ model, file: m.file, line, error })
}

export function addTaint(m: Machine, taint: Taint): void {
  if (taint !== m.taint) m.taint = m.session.taints.union(m.taint, taint)
}

export function addControl(m: Machine, taint: Taint): void {
  if (taint !== m.control) m.control = m.session.taints.union(m.control, taint)
}

/** Marks a mutable value as changed under the present statement and branch. */
export function touch(m: Machine, value: Value): void {
  if (m.taint === 0 && m.control === 0) return
  const taint = m.session.taints.union(m.taint, m.control)
  const before = m.objectTaints.get(value)
  m.objectTaints.set(value, before === undefined ? taint : m.session.taints.union(before, taint))
}

/** The text an expression was written as, shortened: for conditions and reasons. */
export function sourceOf(m: Machine, node: Expression | Span, longest = 60): string {
  const text = m.session.parse(m.file)?.text.slice(node.start, node.end) ?? ''
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat
}
