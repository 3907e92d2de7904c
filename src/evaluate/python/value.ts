import type { Place } from '../../contracts/place.ts'
import type { Text } from '../../contracts/text.ts'
import type { ClassDef, FunctionDef, Lambda } from '../../syntax/python/ast.ts'
import type { Hole, Part } from '../parts.ts'
import { everyVariable } from './reasons.ts'

/**
 * What a Python expression is worth on the dyno, as far as it can be known without running it.
 * Every value carries `at`: where it was written (a literal's own span, else the expression that made it).
 * Lists, dicts, sets, instances and modules are mutable and have identity, as in Python; the rest is immutable.
 */
export type Value =
  | NoneValue
  | BoolValue
  | IntValue
  | FloatValue
  | StrValue
  | BytesValue
  | EllipsisValue
  | ListValue
  | TupleValue
  | SetValue
  | DictValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | MethodValue
  | NativeValue
  | ObjectValue
  | ModuleValue
  | ExternalValue
  | CallValue
  | UnknownValue

export interface NoneValue {
  readonly type: 'none'
  readonly at: Place
}
export interface EllipsisValue {
  readonly type: 'ellipsis'
  readonly at: Place
}
export interface BoolValue {
  readonly type: 'bool'
  readonly value: boolean
  readonly at: Place
}
export interface IntValue {
  readonly type: 'int'
  readonly value: bigint
  readonly at: Place
}
export interface FloatValue {
  readonly type: 'float'
  readonly value: number
  readonly at: Place
}
export interface StrValue {
  readonly type: 'str'
  readonly parts: readonly Part[]
  readonly at: Place
}
export interface BytesValue {
  readonly type: 'bytes'
  readonly value: string
  readonly at: Place
}
export interface ListValue {
  readonly type: 'list'
  items: Value[] /** It also holds items nobody can name. */
  rest: UnknownValue | undefined
  readonly at: Place
}
export interface TupleValue {
  readonly type: 'tuple'
  readonly items: readonly Value[]
  readonly rest: UnknownValue | undefined
  readonly at: Place
}
export interface SetValue {
  readonly type: 'set'
  readonly frozen: boolean
  items: Value[]
  rest: UnknownValue | undefined
  readonly at: Place
}
export interface DictEntry {
  readonly key: Value
  value: Value /** Where the entry was written last. */
  at: Place
}
export interface DictValue {
  readonly type: 'dict'
  entries: DictEntry[]
  rest: UnknownValue | undefined
  readonly at: Place
}

export interface FunctionValue {
  readonly type: 'function'
  readonly name: string
  readonly node: FunctionDef | Lambda
  readonly module: ModuleValue
  /** Captured scopes, owned by the interpreter. */
  readonly closure: unknown
  readonly decorators: readonly Value[]
  /** A generator decorated with `contextlib.contextmanager`. */
  readonly isManager?: boolean
  /** The class whose body holds it. */
  owner: ClassValue | undefined
  readonly at: Place
}
export interface ClassValue {
  readonly type: 'class'
  readonly name: string
  readonly node: ClassDef
  readonly module: ModuleValue
  readonly bases: readonly Value[]
  readonly keywords: ReadonlyMap<string, Value>
  readonly decorators: readonly Value[]
  readonly attributes: Map<string, Binding>
  readonly at: Place
}
/** An instance of a class of the project. */
export interface InstanceValue {
  readonly type: 'instance'
  readonly class: ClassValue
  readonly args: CallArguments
  readonly attributes: Map<string, Binding>
  readonly at: Place
}
export interface MethodValue {
  readonly type: 'method'
  readonly self: Value
  readonly function: Value
  readonly at: Place
}
/** A builtin or a library model's function. */
export interface NativeValue {
  readonly type: 'native'
  readonly name: string
  readonly native: unknown
  readonly at: Place
}
/** An object of a library model (a Path, an Env, a ParseResult …): `class` is its dotted Python class. */
export interface ObjectValue {
  readonly type: 'object'
  readonly class: string
  readonly attributes: Map<string, Value>
  readonly model: unknown
  readonly state: unknown
  readonly at: Place
}
/** A module of the project, loaded (or being loaded). */
export interface ModuleValue {
  readonly type: 'module'
  readonly name: string /** Undefined for a namespace package. */
  readonly file: string | undefined
  readonly names: Map<string, Binding>
  /** The file whose `__package__` stands among the names, when another file runs in them: relative imports start there. */
  readonly importsFrom?: string | undefined
  readonly at: Place
}
/**
 * Something of an installed package that no model covers, by dotted path: `channels.routing.URLRouter`. Attributes of it are
 * external too. What a call of it returns is a {@link CallValue}: the application in asgi.py and its routes are trees of these.
 */
export interface ExternalValue {
  readonly type: 'external'
  readonly path: string
  readonly at: Place
}
/** The result of calling something that is not modelled: who was called, with what. An attribute of a call is `external` with `of`. */
export interface CallValue {
  readonly type: 'call'
  readonly callee: Value
  readonly args: CallArguments /** Attribute path taken from the result: `x().a.b` -> ['a','b'], itself not called. */
  readonly attributes: readonly string[]
  readonly at: Place
}
/** Nobody can know it here. `of`: what type it surely has. */
export interface UnknownValue {
  readonly type: 'unknown'
  readonly reason: Text
  readonly of: 'int' | 'float' | 'bool' | 'str' | 'list' | 'dict' | undefined
  readonly variable: string | undefined
  /** For the rest of a dict, or of a list of pairs: of which type all keys are that nobody can name. */
  readonly keys?: 'bytes' | undefined
  /** Who alone has it: see the holes of texts. */
  readonly own?: Hole['own']
  readonly at: Place
}

export interface CallArguments {
  readonly positional: readonly Value[]
  readonly keywords: ReadonlyMap<string, Value>
  /** `*args` or `**kwargs` of unknown content were passed. */
  readonly open: boolean
}
/** A name and what it is bound to; `at` is the assignment's target (or the alias of an import). */
export interface Binding {
  readonly value: Value
  readonly at: Place
}

/** The whole text when nothing of it is unknown. */
export function plain(value: Value | undefined): string | undefined {
  if (value?.type !== 'str') return undefined
  if (value.parts.length === 0) return ''
  const [only] = value.parts
  return value.parts.length === 1 && typeof only === 'string' ? only : undefined
}

/** The text with holes shown as `<name>`: for messages, never for decisions. */
export function display(value: StrValue): string {
  return value.parts.map((part) => (typeof part === 'string' ? part : `<${part.name}>`)).join('')
}

/** Who alone has a value: its process, or its dyno; undefined when nothing in it says so. */
export function ownerOf(value: Value | undefined): Hole['own'] {
  if (value?.type === 'unknown') return value.own
  const owners =
    value?.type === 'str' ? value.parts.map((part) => (typeof part === 'string' ? undefined : part.own)) : []
  return owners.includes('process') ? 'process' : owners.find((owner) => owner !== undefined)
}

/** Items of a list, tuple or set; undefined for anything else. `rest` must be looked at too. */
export function itemsOf(value: Value | undefined): readonly Value[] | undefined {
  return value?.type === 'list' || value?.type === 'tuple' || value?.type === 'set' ? value.items : undefined
}

/** The entry of a dict under a plain string key. */
export function entryOf(value: Value | undefined, key: string): DictEntry | undefined {
  if (value?.type !== 'dict') return undefined
  return value.entries.findLast((entry) => plain(entry.key) === key)
}

/** The dotted path of what a call called, through attributes: `channels.routing.URLRouter`. */
export function calleePath(value: Value): string | undefined {
  if (value.type === 'external') return value.path
  if (value.type === 'call') {
    const path = calleePath(value.callee)
    return path === undefined ? undefined : [`${path}()`, ...value.attributes].join('.')
  }
  return undefined
}

/** Whether what nobody can name in a dict may stand under this key; without a key, under any. */
export function isOpenTo(rest: UnknownValue | undefined, key?: Value): boolean {
  if (rest === undefined) return false
  return rest.keys === undefined || (key !== undefined && key.type !== 'str')
}

/** What nobody can name in a dict or a list once this came to it. */
export function widened(rest: UnknownValue | undefined, more: UnknownValue | undefined): UnknownValue | undefined {
  if (rest === undefined || more === undefined) return rest ?? more
  // Beside something else the environment is no longer all of it as it is.
  if (rest.reason === everyVariable && more.reason !== everyVariable) return { ...rest, reason: more.reason }
  return rest.keys === undefined || rest.keys === more.keys ? rest : more
}
