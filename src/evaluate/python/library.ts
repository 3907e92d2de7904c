import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { FileTree } from '../../files/tree.ts'
import type { BinaryOperator, CompareOperator } from '../../syntax/python/ast.ts'
import type { Question } from '../condition.ts'
import type { Event } from './evaluation.ts'
import type {
  Binding,
  CallArguments,
  DictValue,
  InstanceValue,
  ModuleValue,
  NativeValue,
  ObjectValue,
  StrValue,
  UnknownValue,
  Value,
} from './value.ts'

/**
 * The contract of a library model: one small file in `libraries/` describes what a module of the standard library or of
 * an installed package does, as far as settings need it. A model is data plus functions of a {@link PythonRun}; it keeps no
 * state of its own outside the values it makes, because a module is run many times, once per path.
 *
 *     export const shlex = library('shlex', {
 *       quote: native('shlex.quote', (run, args) => …),
 *     })
 *
 * A name the model does not give is an `external` value (`shlex.split`): calling it makes a `call` value, which is what a
 * rule sees of everything unmodelled. So a model lists only what it knows better.
 */
export interface Library {
  /** Dotted name as imported: `os.path`. */
  readonly module: string
  /** Its names. A function is called once per run, on import: for mutable values and those that need the run. */
  readonly names: Readonly<Record<string, Value | ((run: PythonRun) => Value)>>
}

/** Where the interpreter finds the model of a module. */
export interface Libraries {
  has(module: string): boolean
  get(module: string): Library | undefined
}

/** A function of a model. It may throw only through {@link PythonRun.raise}. */
export type NativeFunction = (run: PythonRun, args: CallArguments) => Value

/** A method: `self` is an object of the class (or, for a subclass in the project, an instance of it). */
export type Method = (run: PythonRun, self: ObjectValue, args: CallArguments) => Value

/**
 * A class of a model: what `NativeValue.native` and `ObjectValue.model` hold. Everything but the name is optional; what
 * is left out behaves as in a class without that special method. `undefined` from a hook means "not known": the
 * interpreter then makes an unknown value.
 */
export interface NativeClass {
  readonly class: string
  readonly bases: readonly NativeValue[]
  /** Calling the class. Without it: an object with `args` as its state. */
  readonly construct?: NativeFunction
  /**
   * Making an object of a class of the project that derives from it, in place of `construct` and of its `__init__`: fills
   * the object's attributes. An unknown value: what the call gives instead, since the model does not know its objects.
   */
  readonly initialise?: (run: PythonRun, self: InstanceValue, args: CallArguments) => UnknownValue | undefined
  /** Attributes of the class itself (class methods, constants), also seen through objects. */
  readonly statics?: Readonly<Record<string, Value>>
  readonly methods?: Readonly<Record<string, Method>>
  /** Its objects have no attribute that this does not give; else one that is not listed may be there, and is not known. */
  readonly isWhole?: boolean
  /** Computed attributes; asked after `ObjectValue.attributes` and before `methods`. */
  readonly get?: (run: PythonRun, self: ObjectValue, name: string) => Value | undefined
  readonly set?: (run: PythonRun, self: ObjectValue, name: string, value: Value) => void
  readonly call?: Method
  readonly item?: (run: PythonRun, self: ObjectValue, key: Value) => Value | undefined
  readonly setItem?: (run: PythonRun, self: ObjectValue, key: Value, value: Value) => void
  readonly deleteItem?: (run: PythonRun, self: ObjectValue, key: Value) => void
  readonly contains?: (run: PythonRun, self: ObjectValue, key: Value) => boolean | undefined
  /** Items in order, for `for`, `list()`, spreads, unpacking. */
  readonly iterate?: (run: PythonRun, self: ObjectValue) => readonly Value[] | undefined
  readonly length?: (run: PythonRun, self: ObjectValue) => number | undefined
  /** What `dict()`, `**` and `update()` take from it. */
  readonly mapping?: (run: PythonRun, self: ObjectValue) => DictValue
  /** What `dir()` lists. `rest`: there are more. */
  readonly names?: (
    run: PythonRun,
    self: ObjectValue,
  ) => { readonly names: readonly string[]; readonly rest: UnknownValue | undefined }
  readonly truth?: (run: PythonRun, self: ObjectValue) => boolean | undefined
  /** `str(x)`, f-strings, and `os.fspath`. */
  readonly str?: (run: PythonRun, self: ObjectValue) => StrValue | UnknownValue
  /** `reflected`: the object stands on the right. */
  readonly binary?: (
    run: PythonRun,
    op: BinaryOperator,
    self: ObjectValue,
    other: Value,
    reflected: boolean,
  ) => Value | undefined
  readonly compare?: (run: PythonRun, op: CompareOperator, self: ObjectValue, other: Value) => boolean | undefined
  /** What `with x as y` binds; default: the object itself. */
  readonly enter?: Method
  /** What leaving the `with` block does; its result is not used. */
  readonly exit?: Method
}

/** A yes-or-no question that only the dyno can answer; see {@link PythonRun.decide}. */
export interface PythonQuestion extends Question {
  /** The answer of the first path; the other is explored too. */
  readonly first: boolean
}

/** What a native function can do: the interpreter, during one run along one path. */
export interface PythonRun {
  /** The expression being evaluated: `at` of what a model makes. */
  readonly at: Place
  /** The module whose code calls, with its file; for callers' relative paths and `locals()`. */
  readonly caller: ModuleValue
  /** `3.12` */
  readonly python: string
  readonly tree: FileTree
  /** Whether a file is on the dyno (tracked and not ignored); paths relative to the tree. */
  isPresent(path: string): boolean

  /**
   * The value of a config var on this path, or undefined when it is unset on this path. A variable of unknown state is
   * decided here (both answers are explored). The read is recorded. `name` unknown: use {@link unknown}.
   * `required`: the caller raises when it is unset; where nothing would catch that, the variable counts as set.
   */
  variable(name: string, required?: boolean): StrValue | UnknownValue | undefined
  /** Changes the process environment for the rest of this run (`undefined` deletes), as `os.environ[name] = value` does. */
  setVariable(
    name: string,
    value: Value | undefined,
    how: 'assign' | 'setdefault' | 'delete',
    source?: Place | undefined,
  ): void
  /** Names that are surely set on this path, set by the run or asked and found. */
  variableNames(): readonly string[]

  /** Python's truth of a value; asks (and explores both) when it cannot be known. */
  truth(value: Value): boolean
  /** The answer to a question on this path. */
  decide(question: PythonQuestion): boolean
  /** `==` of Python; asks when it cannot be known. {@link same} never asks. */
  equal(a: Value, b: Value): boolean
  same(a: Value, b: Value): boolean | undefined

  /**
   * Raises a Python exception: a builtin's name or a class of a model. `variable`: the config var whose absence is the
   * reason, which makes it a required one.
   */
  raise(exception: string | NativeValue, message: string, variable?: string): never
  /** Runs `body`; a Python exception of one of these classes (or their subclasses) ends in `handler`. */
  attempt(body: () => Value, exceptions: readonly (string | NativeValue)[], handler: () => Value): Value
  /** Makes (and records) an unknown value. The reason reads as a sentence without a final stop. */
  unknown(reason: Text, of?: UnknownValue['of'], variable?: string): UnknownValue

  /** Calls any value with positional and keyword arguments. */
  call(callee: Value, positional: readonly Value[], keywords?: ReadonlyMap<string, Value>): Value
  /** `value.name`; raises AttributeError as Python does. */
  attribute(value: Value, name: string): Value
  setAttribute(value: Value, name: string, value2: Value): void
  /** `value[key]`. */
  item(value: Value, key: Value): Value
  setItem(value: Value, key: Value, value2: Value): void
  /** `key in value`, without asking: undefined when it cannot be known. */
  contains(value: Value, key: Value): boolean | undefined
  binary(op: BinaryOperator, left: Value, right: Value): Value
  /** `str(value)`, holes kept. */
  str(value: Value): StrValue | UnknownValue
  /** `repr(value)`, holes kept. */
  repr(value: Value): StrValue | UnknownValue
  /** A method of `str`, holes kept: `run.method(text, 'lower', [])`. */
  method(value: Value, name: string, positional: readonly Value[]): Value
  /** What a `for` would see. `rest`: it also yields things nobody can name (or nothing is known: items is empty). */
  iterate(value: Value): { readonly items: readonly Value[]; readonly rest: UnknownValue | undefined }
  /** `isinstance(value, class)` for a builtin's or model's dotted name: `str`, `pathlib.Path`. Undefined: not known. */
  isInstance(value: Value, name: string): boolean | undefined

  /** Imports by dotted name, as `importlib.import_module`: runs project code, raises ModuleNotFoundError. */
  importModule(name: string): Value
  /** What `import name` would find, without running it. */
  findModule(name: string): 'project' | 'external' | 'missing' | 'unknown'
  /** The exact version of an installed distribution (`dj-database-url`), when a pin or a lock says it. */
  version(distribution: string): string | undefined
  /** Runs a project file in the given names (split_settings' `include`, `exec(open(f).read())`). False: no such file. */
  execute(file: string, names: Map<string, Binding>): boolean
  /** The variables of the calling frame: what `locals()` gives; at module level also `globals()`. Live. */
  callerNames(): Map<string, Binding>
  /** Records an event (its place and chain are filled in). */
  event(event: EventBody): void
  /** Notes the call of a function that this model stands for, as one of code that is not read is noted: with what is caught around it. */
  called(path: string, args: CallArguments): void
  /** Arbitrary state of one run, by key: a model's registry or memo. */
  readonly memory: Map<string, unknown>
}

type WithoutPlace<E> = E extends unknown ? Omit<E, 'at' | 'chain'> : never
export type EventBody = WithoutPlace<Event>

/** Place of what no project file wrote: builtins and models. */
export const nowhere: Place = { file: '', span: { start: 0, end: 0 } }

/** A library model. */
export function library(module: string, names: Library['names']): Library {
  return { module, names }
}

/** A function of a model. `name` is its dotted path, for messages and events. */
export function native(name: string, call: NativeFunction): NativeValue {
  return { type: 'native', name, native: call, at: nowhere }
}

/** A class of a model as the value a module exports. */
export function nativeClass(model: NativeClass): NativeValue {
  return { type: 'native', name: model.class, native: model, at: nowhere }
}

/** An exception class of a model. Built-in bases: `exception('ValueError')` of exceptions.ts. */
export function exceptionClass(path: string, bases: readonly NativeValue[]): NativeValue {
  // What its objects have besides `args` is not listed, and there may be more.
  return nativeClass({ class: path, bases, methods: {} })
}

/** An object of a model's class. `state` is the model's own business. */
export function object(model: NativeClass, state: unknown, at: Place, attributes?: Map<string, Value>): ObjectValue {
  return { type: 'object', class: model.class, attributes: attributes ?? new Map(), model, state, at }
}

/** The function of a native value, when it is one. */
export function nativeFunction(value: NativeValue): NativeFunction | undefined {
  return typeof value.native === 'function' ? (value.native as NativeFunction) : undefined
}

/** The class of a native value, when it is one. */
export function classOf(value: NativeValue): NativeClass | undefined {
  return typeof value.native === 'object' && value.native !== null ? (value.native as NativeClass) : undefined
}

/**
 * Arguments by parameter name: `take(run, 'config', args, ['option', 'default?', 'cast?'])`. A `?` marks an optional
 * one, `*` before a name a keyword-only one, `**` takes any keyword. Raises TypeError like Python when they do not fit;
 * an `open` call fills nothing it was not given, so a missing one is undefined even if required.
 */
export function take(
  run: PythonRun,
  name: string,
  args: CallArguments,
  parameters: readonly string[],
): Readonly<Record<string, Value | undefined>> {
  const out: Record<string, Value | undefined> = {}
  let next = 0
  let anyKeyword = false
  const names = new Set<string>()
  for (const parameter of parameters) {
    if (parameter === '**') {
      anyKeyword = true
      continue
    }
    const keywordOnly = parameter.startsWith('*')
    const optional = parameter.endsWith('?')
    const key = parameter.slice(keywordOnly ? 1 : 0, optional ? -1 : undefined)
    names.add(key)
    const positional = keywordOnly ? undefined : args.positional[next]
    if (positional !== undefined) {
      next++
      out[key] = positional
    } else {
      out[key] = args.keywords.get(key)
      if (out[key] === undefined && !optional && !args.open) {
        run.raise('TypeError', `${name}() missing required argument: '${key}'`)
      }
    }
  }
  if (next < args.positional.length) run.raise('TypeError', `${name}() takes ${next} positional arguments`)
  if (!anyKeyword) {
    for (const key of args.keywords.keys()) {
      if (!names.has(key)) run.raise('TypeError', `${name}() got an unexpected keyword argument '${key}'`)
    }
  }
  return out
}
