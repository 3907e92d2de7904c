import { bool, int, list, none, text, tuple } from '../constructors.ts'
import { numberOf, same } from '../equality.ts'
import { findAttribute } from '../interpreter/attributes.ts'
import { makeSuper } from '../interpreter/classes.ts'
import type { Machine } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import { namesDict } from '../interpreter/names-dict.ts'
import { isSubclass } from '../interpreter/raising.ts'
import { isOpaque, typeName } from '../interpreter/types.ts'
import { classOf, type NativeClass, type NativeFunction, native, type PythonRun } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { hasAttribute } from '../types/attribute-names.ts'
import { formatValue } from '../types/format.ts'
import { arithmetic, wholePart } from '../types/number.ts'
import { reprText } from '../types/text.ts'
import { type ClassValue, plain, type Value } from '../value.ts'
import { argument, sequenceFunctions, unknownCall } from './builtins-sequences.ts'
import { nameOfClass } from './builtins-types.ts'
import { roundTo, roundToWhole } from './support/rounding.ts'

const len: NativeFunction = (run, args) => {
  const value = argument(run, args, 0, 'len')
  if (value.type === 'str') {
    const known = plain(value)
    return known === undefined ? unknownCall(run, 'len', 'int') : int([...known].length, run.at)
  }
  if (value.type === 'dict') {
    const keys = value.entries.map(({ key }) => key)
    return value.rest === undefined && areDistinct(keys) ? int(keys.length, run.at) : unknownCall(run, 'len', 'int')
  }
  if (value.type === 'bytes') return int(value.value.length, run.at)
  if (value.type === 'object') {
    const length = (value.model as NativeClass).length?.(run, value)
    return length === undefined ? unknownCall(run, 'len', 'int') : int(length, run.at)
  }
  if (value.type === 'instance') return run.call(run.attribute(value, '__len__'), [])
  if (isOpaque(value) || (value.type === 'class' && mayHaveLength(value))) return unknownCall(run, 'len', 'int')
  if (value.type !== 'list' && value.type !== 'tuple' && value.type !== 'set') {
    return run.raise('TypeError', `object of type '${typeName(value)}' has no len()`)
  }
  const isKnown = value.rest === undefined && (value.type !== 'set' || areDistinct(value.items))
  return isKnown ? int(value.items.length, run.at) : unknownCall(run, 'len', 'int')
}

/** A class that a metaclass makes may have one, as an enumeration does. */
function mayHaveLength(type: ClassValue): boolean {
  return mro(type).some((base) =>
    base.type === 'class' ? base.keywords.has('metaclass') : base.type !== 'native' || classOf(base) === undefined,
  )
}

/** Of what a set or the keys of a dict hold, no two may turn out to be equal: `{'a', NAME}` has one item or two. */
function areDistinct(items: readonly Value[]): boolean {
  const vague = items.filter((item) => item.type !== 'int' && item.type !== 'bool' && plain(item) === undefined)
  return vague.every((item) => items.every((other) => other === item || same(item, other) === false))
}

function isInstance(run: PythonRun, value: Value, type: Value): boolean | undefined {
  if (type.type !== 'tuple' && isNoClass(type)) {
    return run.raise('TypeError', 'isinstance() arg 2 must be a type, a tuple of types, or a union')
  }
  if (type.type === 'tuple') {
    const answers = type.items.map((item) => isInstance(run, value, item))
    return answers.includes(true) ? true : answers.includes(undefined) ? undefined : false
  }
  if (type.type === 'class') {
    if (value.type === 'instance') return isSubclass(run as Machine, value.class, type)
    return isOpaque(value) ? undefined : false
  }
  if (value.type === 'instance' && type.type === 'native') return isSubclass(run as Machine, value.class, type)
  const name = nameOfClass(type)
  return name === undefined ? undefined : run.isInstance(value, name)
}

function answer(run: PythonRun, name: string, known: boolean | undefined, about: Value): Value {
  if (known !== undefined) return bool(known, run.at)
  const variable = about.type === 'unknown' ? about.variable : undefined
  return run.unknown(notModelled(`${name}()`), 'bool', variable)
}

const getattr: NativeFunction = (run, args) => {
  const value = argument(run, args, 0, 'getattr')
  const name = plain(argument(run, args, 1, 'getattr'))
  const fallback = args.positional[2]
  if (name === undefined) return unknownCall(run, 'getattr')
  if (fallback === undefined) return run.attribute(value, name)
  if (isOpaque(value)) return hasName(run as Machine, value, name) === false ? fallback : unknownCall(run, 'getattr')
  return run.attempt(
    () => run.attribute(value, name),
    ['AttributeError'],
    () => fallback,
  )
}

/** Whether a module of a package has a name that some releases of it lack; undefined: that is not known. */
function hasName(m: Machine, value: Value, name: string): boolean | undefined {
  if (value.type !== 'external') return undefined
  if (m.patched.has(`${value.path}.${name}`)) return true
  return m.session.lacks(value.path, name) ? false : undefined
}

const hasattr: NativeFunction = (run, args) => {
  const value = argument(run, args, 0, 'hasattr')
  const name = plain(argument(run, args, 1, 'hasattr'))
  if (name === undefined) return answer(run, 'hasattr', undefined, value)
  if (isOpaque(value)) return answer(run, 'hasattr', hasName(run as Machine, value, name), value)
  const builtin = hasAttribute(typeName(value), name)
  if (builtin !== undefined) return bool(builtin, run.at)
  const m = run as Machine
  const found = run.attempt(
    () => findAttribute(m, value, name, m.node) ?? run.raise('AttributeError', name),
    ['AttributeError'],
    () => none(run.at),
  )
  if (found.type === 'unknown' || found.type === 'external') return answer(run, 'hasattr', undefined, found)
  if (found.type !== 'none') return bool(true, run.at)
  return run.attempt(
    () => bool(findAttribute(m, value, name, m.node) !== undefined, run.at),
    ['AttributeError'],
    () => bool(false, run.at),
  )
}

const callable: NativeFunction = (run, args) => {
  const value = argument(run, args, 0, 'callable')
  if (['function', 'native', 'class'].includes(value.type)) return bool(true, run.at)
  if (isOpaque(value) || ['object', 'instance'].includes(value.type)) {
    return answer(run, 'callable', undefined, value)
  }
  return bool(value.type === 'method', run.at)
}

const vars: NativeFunction = (run, args) => {
  const [value] = args.positional
  if (value === undefined) return namesDict(run.callerNames(), run.at)
  return run.attribute(value, '__dict__')
}

const round: NativeFunction = (run, args) => {
  const value = numberOf(argument(run, args, 0, 'round'))
  const second = args.positional[1] ?? args.keywords.get('ndigits')
  const places = second === undefined || second.type === 'none' ? undefined : numberOf(second)
  if (value === undefined || (places === undefined && second !== undefined && second.type !== 'none')) {
    return unknownCall(run, 'round', 'float')
  }
  if (places !== undefined) return roundTo(value, Number(places), run.at) ?? unknownCall(run, 'round', 'float')
  return int(typeof value === 'bigint' ? value : wholePart(run, roundToWhole(value)), run.at)
}

const abs: NativeFunction = (run, args) => {
  const value = numberOf(argument(run, args, 0, 'abs'))
  if (value === undefined) return unknownCall(run, 'abs', 'int')
  return typeof value === 'bigint'
    ? int(value < 0n ? -value : value, run.at)
    : { type: 'float', value: Math.abs(value), at: run.at }
}

function radix(name: string, base: number, prefix: string): NativeFunction {
  return (run, args) => {
    const value = numberOf(argument(run, args, 0, name))
    if (typeof value !== 'bigint') return unknownCall(run, name, 'str')
    return text(`${value < 0n ? '-' : ''}${prefix}${(value < 0n ? -value : value).toString(base)}`, run.at)
  }
}

const noClasses: ReadonlySet<Value['type']> = new Set([
  'none', 'bool', 'int', 'float', 'str', 'bytes', 'list', 'dict', 'set', 'tuple', 'ellipsis', 'module',
]) // biome-ignore format: a list of words

/** Whether a value is certainly none of the things that `isinstance` and `issubclass` take for a class. */
function isNoClass(value: Value): boolean {
  return noClasses.has(value.type)
}

const issubclass: NativeFunction = (run, args) => {
  const type = argument(run, args, 0, 'issubclass')
  const base = argument(run, args, 1, 'issubclass')
  const bases = base.type === 'tuple' ? base.items : [base]
  if (isNoClass(type)) return run.raise('TypeError', 'issubclass() arg 1 must be a class')
  if (bases.some((one) => one.type !== 'tuple' && isNoClass(one))) {
    return run.raise('TypeError', 'issubclass() arg 2 must be a class, a tuple of classes, or a union')
  }
  if (bases.some((one) => one.type === 'native' && one.name === 'object')) return bool(true, run.at)
  const answers = bases.map((one) => isSubclass(run as Machine, type, one))
  return answer(
    run,
    'issubclass',
    answers.includes(true) ? true : answers.includes(undefined) ? undefined : false,
    type,
  )
}

const exit: NativeFunction = (run, args) => {
  const [code] = args.positional
  const shown = code === undefined ? undefined : run.str(code)
  return run.raise('SystemExit', (shown?.type === 'str' ? plain(shown) : undefined) ?? '')
}

/** Names of an object's attributes, those of its classes included; undefined when they cannot be known. */
function namesIn(value: Value): readonly string[] | undefined {
  if (value.type === 'module') return [...value.names.keys()]
  const type = value.type === 'instance' ? value.class : value
  if (type.type !== 'class') return undefined
  const classes = mro(type)
  if (classes.some((base) => base.type !== 'class' && base.type !== 'native')) return undefined
  const own = value.type === 'instance' ? [...value.attributes.keys()] : []
  return [...own, ...classes.flatMap((base) => (base.type === 'class' ? [...base.attributes.keys()] : []))]
}

const functions: Readonly<Record<string, NativeFunction>> = {
  ...sequenceFunctions,
  len,
  getattr,
  hasattr,
  callable,
  vars,
  round,
  abs,
  issubclass,
  exit,
  quit: exit,
  hex: radix('hex', 16, '0x'),
  oct: radix('oct', 8, '0o'),
  bin: radix('bin', 2, '0b'),
  locals: (run) => namesDict(run.callerNames(), run.at),
  globals: (run) => namesDict(run.caller.names, run.at),
  isinstance: (run, args) => {
    const value = argument(run, args, 0, 'isinstance')
    return answer(run, 'isinstance', isInstance(run, value, argument(run, args, 1, 'isinstance')), value)
  },
  setattr: (run, args) => {
    const name = plain(argument(run, args, 1, 'setattr'))
    const target = argument(run, args, 0, 'setattr')
    if (name !== undefined) run.setAttribute(target, name, argument(run, args, 2, 'setattr'))
    else run.call(run.attribute(run.attribute(target, '__dict__'), 'update'), [unknownCall(run, 'setattr')])
    return none(run.at)
  },
  super: (run, args) => makeSuper(run as Machine, args),
  repr: (run, args) => run.repr(argument(run, args, 0, 'repr')),
  ascii: (run, args) => reprText(run as Machine, argument(run, args, 0, 'ascii'), { ascii: true }),
  format: (run, args) => {
    const value = argument(run, args, 0, 'format')
    const [, spec = text('', run.at)] = args.positional
    const known = plain(spec)
    return known === undefined ? unknownCall(run, 'format', 'str') : formatValue(run as Machine, value, known)
  },
  print: (run, args) => {
    run.event({ type: 'call', path: 'print', args })
    return none(run.at)
  },
  input: (run) => unknownCall(run, 'input', 'str'),
  id: (run) => unknownCall(run, 'id', 'int'),
  hash: (run) => unknownCall(run, 'hash', 'int'),
  breakpoint: (run) => none(run.at),
  delattr: (run) => none(run.at),
  dir: (run, args) => {
    const [value] = args.positional
    const modelled = value?.type === 'object' ? (value.model as NativeClass).names?.(run, value) : undefined
    const names = modelled?.names ?? (value === undefined ? [...run.callerNames().keys()] : namesIn(value))
    if (names === undefined) return list([], run.at, unknownCall(run, 'dir', 'str'))
    const sorted = [...new Set(names)].sort().map((name) => text(name, run.at))
    // What Python adds to every object is left out: `__class__`, `__doc__` …
    return list(sorted, run.at, modelled?.rest)
  },
  chr: (run, args) => {
    const code = numberOf(argument(run, args, 0, 'chr'))
    return typeof code === 'bigint' && code >= 0n && code < 0x110000n
      ? text(String.fromCodePoint(Number(code)), run.at)
      : unknownCall(run, 'chr', 'str')
  },
  ord: (run, args) => {
    const known = plain(argument(run, args, 0, 'ord'))
    if (known === undefined) return unknownCall(run, 'ord', 'int')
    const [first, ...others] = [...known]
    if (first === undefined || others.length > 0) {
      return run.raise('TypeError', `ord() expected a character, but string of length ${[...known].length} found`)
    }
    return int(first.codePointAt(0) as number, run.at)
  },
  pow: (run, args) => {
    const [base, exponent] = args.positional.map(numberOf)
    if (base === undefined || exponent === undefined || args.positional.length > 2)
      return unknownCall(run, 'pow', 'int')
    return arithmetic(run as Machine, '**', base, exponent)
  },
  divmod: (run, args) => {
    const [a, b] = args.positional
    if (a === undefined || b === undefined) return unknownCall(run, 'divmod')
    return tuple([run.binary('//', a, b), run.binary('%', a, b)], run.at)
  },
  __import__: (run, args) => {
    const name = plain(argument(run, args, 0, '__import__'))
    if (name === undefined) return unknownCall(run, '__import__')
    run.importModule(name)
    return run.importModule(name.split('.')[0] as string)
  },
}

export const builtinFunctions: Readonly<Record<string, Value>> = Object.fromEntries(
  Object.entries(functions).map(([name, call]) => [name, native(name, call)]),
)
