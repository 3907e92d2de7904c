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
import type { Rebinding } from './trace.ts'

export type FilePresence = 'installed' | 'absent' | 'unknown'

/** A name's binding with what it rests on. Bindings made by models have no taint. */
export interface Bound extends Binding {
  readonly taint?: Taint
}

/** The names of a running module, class body or function call, and what it has come to. */
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
  /** Whether an installed package surely has no such name in a module of its own, or no such module (`*`). */
  readonly lacks: (module: string, name: string) => boolean
  readonly isPresent: (path: string) => boolean
  readonly python: string
  /** Absolute folder of the tree's root on the machine. */
  readonly home: string
  /** What lies on the machine besides is a stack's, and no file of somebody's own. */
  readonly stack: boolean
  readonly libraries: Libraries
  readonly builtins: ReadonlyMap<string, Value>
  /** What import hooks of packages do with a module that has just run. */
  readonly afterModule: (run: PythonRun, module: ModuleValue) => void
  readonly taints: Taints
  /** Every question of every run; its index is its number in taints. */
  readonly questions: PythonQuestion[]
  readonly questionIndex: Map<string, number>
  /** Names of modules whose every binding is noted; undefined: none. */
  readonly watched: ReadonlySet<string> | undefined
  /** What was asked for in some run. */
  readonly asked: { folder: boolean; argv: boolean }
  /** The parsed file, undefined when it is not text on the dyno. */
  parse(path: string): ParsedModule | undefined
}

/**
 * The circumstances under which the present code runs. A record is never changed: who enters a call, a module, a class body,
 * a branch or a block makes one from the present one, and leaving puts the outer one back, which nothing can have touched.
 */
export interface Activation {
  readonly frame: PythonFrame
  /** The file of the code, in which its nodes are places. */
  readonly file: string
  /** How many calls deep. */
  readonly calls: number
  /** The imports that led here, outermost first. */
  readonly chain: readonly Place[]
  /** What decided that this code runs at all. */
  readonly control: Taint
  /** Set while code runs of which nobody knows whether or how often it runs: whatever it changes becomes this. */
  readonly uncertain: UnknownValue | undefined
  /** How many `try` statements with handlers are running, in any frame. */
  readonly tries: number
  /** Their handlers, outermost first. */
  readonly guards: readonly (readonly ExceptHandler[])[]
  /** How many `try` statements of the running frame's code catch a failing import. */
  readonly importGuards: number
  /** Blocks of `contextlib.suppress` that are open. */
  readonly suppressing: number
}

/** The state of one run along one path. */
export interface Machine extends PythonRun {
  readonly session: Session
  /** Answers to give, by question number. */
  readonly given: ReadonlyMap<number, boolean>
  activation: Activation
  /** The expression or statement being run: what `at` is made of. Moved by {@link standAt} alone. */
  node: Span
  /** How many expressions deep. */
  nesting: number
  steps: number
  /** What the statement being run has read so far rests on. */
  taint: Taint
  /** The block that the next function called stands around; see {@link PythonFrame.block}. */
  nextBlock: ((value: Value) => void) | undefined
  readonly asked: Map<string, AskedQuestion>
  /** The numbers of these questions, by the variable each is about. */
  readonly askedAbout: Map<string | undefined, number[]>
  /** What happened to the names that are watched, in order. */
  readonly rebindings: Rebinding[]
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
  /** Names that the run gives to modules of packages, by their whole path: `django.utils.encoding.force_text = force_str`. */
  readonly patched: Set<string>
  /** What a mutable value rests on beyond its binding. */
  readonly objectTaints: Map<Value, Taint>
  /** What names rest on because a branch not taken binds them. */
  readonly implicitTaints: Map<Map<string, Bound>, Map<string, Taint>>
  /** What names rest on of which it cannot be said which they are. */
  wide: Taint
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
  /** A `raise` statement says so: whoever wrote it may have meant it. */
  readonly stated: boolean
  /** What was called with other arguments than it takes. */
  readonly misfit: Value | undefined

  constructor(
    exception: Value,
    at: Place,
    chain: readonly Place[],
    variable: string | undefined,
    taint: Taint,
    stated = false,
    misfit?: Value,
  ) {
    this.exception = exception
    this.at = at
    this.chain = chain
    this.variable = variable
    this.taint = taint
    this.stated = stated
    this.misfit = misfit
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
  return { file: m.activation.file, span: { start: node.start, end: node.end } }
}

export function here(m: Machine): Place {
  return place(m, m.node)
}

/** From here on, what is made and raised without a place of its own is at this node. */
export function standAt(m: Machine, node: Span): void {
  m.node = node
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

/** Where an exception that is caught here puts the machine back to. */
interface Mark {
  readonly activation: Activation
  readonly node: Span
  readonly nesting: number
}

export function mark(m: Machine): Mark {
  return { activation: m.activation, node: m.node, nesting: m.nesting }
}

/** After an exception was caught: puts back what was left without being ended. */
export function unwind(m: Machine, { activation, node, nesting }: Mark): void {
  m.activation = activation
  m.node = node
  m.nesting = nesting
}

/** Goes on under other circumstances, until those that stood before are put back. */
export function enter(m: Machine, changes: Partial<Activation>): void {
  m.activation = changed(m.activation, changes)
}

/** Written out, since a copy by spreading takes some twenty times as long. */
function changed(outer: Activation, changes: Partial<Activation>): Activation {
  return {
    frame: changes.frame ?? outer.frame,
    file: changes.file ?? outer.file,
    calls: changes.calls ?? outer.calls,
    chain: changes.chain ?? outer.chain,
    control: changes.control ?? outer.control,
    uncertain: 'uncertain' in changes ? changes.uncertain : outer.uncertain,
    tries: changes.tries ?? outer.tries,
    guards: changes.guards ?? outer.guards,
    importGuards: changes.importGuards ?? outer.importGuards,
    suppressing: changes.suppressing ?? outer.suppressing,
  }
}

/** Runs a part of the present statement under other circumstances. An exception leaves them to who catches it. */
export function within<T>(m: Machine, changes: Partial<Activation>, run: () => T): T {
  const outer = m.activation
  enter(m, changes)
  const result = run()
  m.activation = outer
  return result
}

/** Runs other statements than the present one, which goes on afterwards where it was, resting on what it had read. */
export function activate<T>(m: Machine, changes: Partial<Activation>, run: () => T): T {
  const { activation: outer, node, taint } = m
  enter(m, changes)
  m.taint = 0
  const result = run()
  m.activation = outer
  m.node = node
  m.taint = taint
  return result
}

/** Leaves what a statement entered. What decided in a function whether it has returned decides what follows in it. */
export function leave(m: Machine, outer: Activation): void {
  const { control } = m.activation
  m.activation = outer.frame.kind === 'function' && control !== outer.control ? changed(outer, { control }) : outer
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
  const { file } = m.activation
  const source = file === '' ? undefined : m.session.parse(file)?.text
  const line = source === undefined ? undefined : positionAt(lineStarts(source), m.node.start).line
  tellFault({ model, file, line, error })
}

export function addTaint(m: Machine, taint: Taint): void {
  if (taint !== m.taint) m.taint = m.session.taints.union(m.taint, taint)
}

export function addControl(m: Machine, taint: Taint): void {
  const { activation } = m
  if (taint === activation.control) return
  const control = m.session.taints.union(activation.control, taint)
  if (control !== activation.control) enter(m, { control })
}

/** Marks a mutable value as changed under the present statement and branch. */
export function touch(m: Machine, value: Value): void {
  if (m.taint === 0 && m.activation.control === 0) return
  const taint = m.session.taints.union(m.taint, m.activation.control)
  const before = m.objectTaints.get(value)
  m.objectTaints.set(value, before === undefined ? taint : m.session.taints.union(before, taint))
}

/** The text an expression was written as, shortened: for conditions and reasons. */
export function sourceOf(m: Machine, node: Expression | Span, longest = 60): string {
  const text = m.session.parse(m.activation.file)?.text.slice(node.start, node.end) ?? ''
  const flat = text.replace(/\s+/g, ' ').trim()
  return flat.length > longest ? `${flat.slice(0, longest - 1)}…` : flat
}
