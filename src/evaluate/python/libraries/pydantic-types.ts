import type { Expression } from '../../../syntax/python/ast.ts'
import { literalText } from '../../../syntax/python/walk.ts'
import { bool, dict, list, tuple } from '../constructors.ts'
import type { Machine } from '../interpreter/machine.ts'
import { classOf, type PythonRun } from '../library.ts'
import { type ClassValue, plain, type UnknownValue, type Value } from '../value.ts'
import { makeSecret, makeUrl, secretClass, urlKinds } from './pydantic-objects.ts'
import { builtin, isBuiltin, isOpen, readsTrue, truthWord, variableOf } from './support/convert.ts'

/** The types of fields that pydantic turns texts into, read from annotations. Behaviour of pydantic 2.14. */
export type FieldType =
  | { readonly kind: 'str' | 'int' | 'float' | 'bool' | 'secret' | 'path' | 'any' }
  | { readonly kind: 'list' | 'set' | 'frozenset'; readonly of: FieldType }
  /** `fixed`: as many items as types; else all of the one type. */
  | { readonly kind: 'tuple'; readonly of: readonly FieldType[]; readonly fixed: boolean }
  | { readonly kind: 'dict'; readonly key: FieldType; readonly value: FieldType }
  | { readonly kind: 'optional'; readonly of: FieldType }
  | { readonly kind: 'literal'; readonly values: readonly string[] }
  | { readonly kind: 'url'; readonly name: string }
  /** A type that is not modelled. */
  | { readonly kind: 'open' }

const open: FieldType = { kind: 'open' }
const any: FieldType = { kind: 'any' }

/** `settings read by pydantic are not evaluated`: what all that is not modelled comes to. */
export function notEvaluated(run: PythonRun, value?: Value): UnknownValue {
  return run.unknown(
    { en: 'settings read by pydantic are not evaluated', fr: 'les settings lus par pydantic ne sont pas évalués' },
    undefined,
    variableOf(value),
  )
}

/** What a name in an annotation of a class stands for; undefined when that cannot be told. */
export function resolveName(m: Machine, type: ClassValue, node: Expression): Value | undefined {
  if (node.kind === 'Attribute') {
    const base = resolveName(m, type, node.value)
    return base?.type === 'module' || base?.type === 'external' ? m.attribute(base, node.attr) : undefined
  }
  if (node.kind !== 'Name' || type.attributes.has(node.id)) return undefined
  return type.module.names.get(node.id)?.value ?? m.session.builtins.get(node.id)
}

/** The dotted path of a type without the packages' inner modules: `typing.Optional`, `pydantic.HttpUrl`. */
export function typePath(value: Value | undefined): string | undefined {
  if (value?.type === 'external') return value.path.replace(/^typing_extensions\./, 'typing.')
  return value?.type === 'native' ? value.name : undefined
}

const plainTypes = ['str', 'int', 'float', 'bool'] as const

/** The type that an annotation in the body of a class means. */
export function readType(m: Machine, type: ClassValue, node: Expression): FieldType {
  if (node.kind === 'BinOp' && node.op === '|') return union(m, type, [node.left, node.right])
  if (node.kind === 'Subscript') {
    const path = typePath(resolveName(m, type, node.value))
    const parts = node.slice.kind === 'Tuple' ? node.slice.elts : [node.slice]
    return path === undefined ? open : readGeneric(m, type, path.replace(/^typing\./, '').toLowerCase(), parts)
  }
  const value = resolveName(m, type, node)
  for (const kind of plainTypes) if (isBuiltin(value, kind)) return { kind }
  if (value?.type === 'native' && classOf(value) === secretClass) return { kind: 'secret' }
  const path = typePath(value)
  if (path === 'typing.Any') return any
  if (path === 'pathlib.Path') return { kind: 'path' }
  if (path !== undefined && urlKinds.has(path.replace(/^pydantic\.(?:networks\.)?/, '')))
    return { kind: 'url', name: path.slice(path.lastIndexOf('.') + 1) }
  return path === undefined ? open : readGeneric(m, type, path.replace(/^typing\./, '').toLowerCase(), [])
}

function readGeneric(m: Machine, type: ClassValue, name: string, parts: readonly Expression[]): FieldType {
  const part = (i: number): FieldType => (parts[i] === undefined ? any : readType(m, type, parts[i]))
  switch (name) {
    case 'list':
    case 'set':
    case 'frozenset':
      return { kind: name, of: part(0) }
    case 'tuple': {
      const last = parts.at(-1)
      const isLong = last?.kind === 'Constant' && last.value.type === 'ellipsis'
      if (parts.length === 0 || isLong) return { kind: 'tuple', of: [part(0)], fixed: false }
      return { kind: 'tuple', of: parts.map((_, i) => part(i)), fixed: true }
    }
    case 'dict':
      return { kind: 'dict', key: part(0), value: part(1) }
    case 'optional':
    case 'union':
      return parts.length === 0 ? open : union(m, type, parts, name === 'optional')
    case 'literal': {
      const values = parts.map((one) => literalText(one))
      const known = values.flatMap((value) => (typeof value === 'string' ? [value] : []))
      return known.length === parts.length && known.length > 0 ? { kind: 'literal', values: known } : open
    }
    default:
      return open
  }
}

/** A union of one type and None; of several only a text can be told beforehand, which is left open here. */
function union(m: Machine, type: ClassValue, parts: readonly Expression[], optional = false): FieldType {
  const isNone = (node: Expression): boolean => node.kind === 'Constant' && node.value.type === 'none'
  const others = parts.filter((node) => !isNone(node))
  const [only] = others
  if (only === undefined || others.length > 1) return open
  const of = readType(m, type, only)
  if (of.kind === 'open' || (!optional && others.length === parts.length)) return of
  return of.kind === 'optional' ? of : { kind: 'optional', of }
}

/** Whether the text of a variable is read as JSON. `lenient`: what is no JSON is then taken as it is. */
export function readsJson(type: FieldType): 'strict' | 'lenient' | undefined {
  if (type.kind === 'optional') return readsJson(type.of) === undefined ? undefined : 'lenient'
  return ['list', 'set', 'frozenset', 'tuple', 'dict'].includes(type.kind) ? 'strict' : undefined
}

const yes = ['1', 'on', 't', 'true', 'y', 'yes']
const no = ['0', 'off', 'f', 'false', 'n', 'no']

/** What pydantic makes of a value for a field, a default too; undefined: it refuses it. */
export function validate(run: PythonRun, type: FieldType, value: Value): Value | undefined {
  if (type.kind === 'any') return value
  if (type.kind === 'open') return notEvaluated(run, value)
  if (type.kind === 'optional') return value.type === 'none' ? value : validate(run, type.of, value)
  // Bytes are decoded, or read as numbers: no setting is written so.
  if (value.type === 'call' || value.type === 'external' || value.type === 'bytes') return notEvaluated(run)
  if (value.type === 'unknown' && type.kind !== 'bool') return keepsType(type, value) ? value : notEvaluated(run, value)
  switch (type.kind) {
    case 'str':
      return value.type === 'str' ? value : undefined
    case 'bool':
      return validateBool(run, value)
    case 'int':
    case 'float':
      return validateNumber(run, type.kind, value)
    case 'secret':
      if (value.type === 'object' && value.model === secretClass) return value
      return value.type === 'str' ? makeSecret(run, value) : undefined
    case 'path':
      if (value.type === 'object' && value.class.startsWith('pathlib.')) return value
      return value.type === 'str' ? run.call(run.attribute(run.importModule('pathlib'), 'Path'), [value]) : undefined
    case 'literal': {
      // A text that is not known is one of them, or the process ends here.
      const known = plain(value)
      return value.type === 'str' && (known === undefined || type.values.includes(known)) ? value : undefined
    }
    case 'url':
      return value.type === 'str' || value.type === 'object' ? makeUrl(run, type.name, value) : undefined
    case 'dict':
      return validateDict(run, type.key, type.value, value)
    case 'list':
    case 'set':
    case 'frozenset':
    case 'tuple':
      return validateItems(run, type, value)
  }
}

function keepsType(type: FieldType, value: UnknownValue): boolean {
  return value.of === type.kind
}

function validateBool(run: PythonRun, value: Value): Value | undefined {
  if (value.type === 'bool') return value
  if (isOpen(value)) return bool(readsTrue(run, value, 'pydantic'), run.at)
  if (value.type === 'int' && (value.value === 0n || value.value === 1n)) return bool(value.value === 1n, run.at)
  if (value.type === 'float' && (value.value === 0 || value.value === 1)) return bool(value.value === 1, run.at)
  const word = truthWord(plain(value) ?? '', yes, no)
  return word === undefined ? undefined : bool(word, run.at)
}

/** A number from a text: white space around it, underscores between digits, and zeros behind the point of an integer. */
function validateNumber(run: PythonRun, kind: 'int' | 'float', value: Value): Value | undefined {
  if (value.type === kind) return value
  const isWhole = value.type === 'float' && Number.isInteger(value.value)
  if (value.type === 'bool' || (kind === 'float' && value.type === 'int') || isWhole)
    return run.call(builtin(run, kind), [value])
  if (value.type !== 'str') return undefined
  const known = plain(value)
  if (known !== undefined && !(kind === 'int' ? integer : number).test(known.trim())) return undefined
  const digits =
    known === undefined || kind === 'float' ? value : { ...value, parts: [known.trim().replace(/\..*$/, '')] }
  return run.call(builtin(run, kind), [digits])
}

const integer = /^[+-]?\d+(?:_\d+)*(?:\.0+)?$/
const number = /^[+-]?(?:(?:\d+(?:_\d+)*)?\.?\d+(?:_\d+)*\.?(?:e[+-]?\d+)?|inf(?:inity)?|nan)$/i

type ItemsType = Extract<FieldType, { kind: 'list' | 'set' | 'frozenset' | 'tuple' }>

function validateItems(run: PythonRun, type: ItemsType, value: Value): Value | undefined {
  if (value.type !== 'list' && value.type !== 'tuple' && value.type !== 'set') return undefined
  // Neither a list nor a tuple has an order when it is made from a set; nobody can tell which item comes first.
  if (value.type === 'set' && type.kind === 'tuple' && type.fixed) return notEvaluated(run)
  if (value.rest !== undefined && (type.kind === 'tuple' ? type.fixed : false)) return notEvaluated(run, value.rest)
  if (type.kind === 'tuple' && type.fixed && type.of.length !== value.items.length) return undefined
  const items: Value[] = []
  for (const [i, item] of value.items.entries()) {
    const made = validate(run, type.kind === 'tuple' ? (type.of[type.fixed ? i : 0] as FieldType) : type.of, item)
    if (made === undefined) return undefined
    items.push(made)
  }
  if (type.kind === 'tuple') return tuple(items, run.at, value.rest)
  const made = list(items, run.at, value.rest)
  return type.kind === 'list' ? made : run.call(builtin(run, type.kind), [made])
}

function validateDict(run: PythonRun, key: FieldType, of: FieldType, value: Value): Value | undefined {
  if (value.type !== 'dict') return undefined
  const made = dict([], run.at, value.rest)
  for (const entry of value.entries) {
    const [name, item] = [validate(run, key, entry.key), validate(run, of, entry.value)]
    if (name === undefined || item === undefined) return undefined
    run.setItem(made, name, item)
  }
  return made
}
