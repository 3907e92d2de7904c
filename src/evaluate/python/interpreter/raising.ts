import { text, tuple } from '../constructors.ts'
import { exception } from '../exceptions.ts'
import { classOf, type NativeClass, object } from '../library.ts'
import type { ClassValue, NativeValue, ObjectValue, Value } from '../value.ts'
import { here, type Machine, Raised } from './machine.ts'
import { mro } from './mro.ts'

/** Raises a Python exception at the present node. */
export function raise(m: Machine, type: string | NativeValue, message: string, variable?: string): never {
  const value = typeof type === 'string' ? exception(type) : type
  // A KeyError holds the key itself, of which its text is the repr.
  const key = type === 'KeyError' ? message.match(/^'(.*)'$/s)?.[1] : undefined
  const args = message === '' ? [] : [text(key ?? message, here(m))]
  throw raised(m, makeException(m, value, args), variable)
}

export function raised(m: Machine, value: Value, variable?: string, stated = false, misfit?: Value): Raised {
  const taint = m.session.taints.union(m.taint, m.activation.control)
  return new Raised(value, here(m), m.activation.chain, variable, taint, stated, misfit)
}

/** Raises the TypeError of a call whose arguments do not fit what is called. */
export function raiseMisfit(m: Machine, callee: Value, message: string): never {
  throw raised(m, makeException(m, exception('TypeError'), [text(message, here(m))]), undefined, false, callee)
}

/** An instance of a built-in or modelled exception class. */
export function makeException(m: Machine, type: NativeValue, args: readonly Value[]): ObjectValue {
  const at = here(m)
  const model = classOf(type) as NativeClass
  return object(model, args, at, new Map<string, Value>([['args', tuple(args, at)]]))
}

/** Whether a class (of any kind) is or derives from another; undefined when an external base leaves it open. */
export function isSubclass(m: Machine, type: Value, base: Value): boolean | undefined {
  if (type === base) return true
  if (type.type === 'native' && base.type === 'native') {
    const model = classOf(type)
    if (model === undefined) return false
    if (model.class === classOf(base)?.class) return true
    return model.bases.some((parent) => isSubclass(m, parent, base) === true)
  }
  if (type.type === 'external') return base.type === 'external' && base.path === type.path ? true : undefined
  if (type.type !== 'class') return false
  let open = false
  for (const parent of mro(type)) {
    if (parent === base) return true
    if (parent.type !== 'class') {
      if (parent.type !== 'native' && parent.type !== 'external') open = true
      const answer = isSubclass(m, parent, base)
      if (answer === true) return true
      if (answer === undefined) open = true
    }
  }
  return open ? undefined : false
}

/** The class of an exception value. */
export function exceptionType(value: Value): Value | undefined {
  if (value.type === 'instance') return value.class
  if (value.type === 'object') return typeOfObject(value)
  if (value.type === 'call') return value.callee
  if (value.type === 'class' || value.type === 'external') return value
  return undefined
}

const natives = new WeakMap<NativeClass, NativeValue>()

/** The class value of a model's object. */
export function typeOfObject(value: ObjectValue): NativeValue {
  const model = value.model as NativeClass
  const known = natives.get(model)
  if (known !== undefined) return known
  const made: NativeValue = { type: 'native', name: model.class, native: model, at: value.at }
  natives.set(model, made)
  return made
}

/** The name Python would print: `KeyError`, `ImproperlyConfigured`. */
export function exceptionName(value: Value): string {
  const type = exceptionType(value)
  const name = type === undefined ? 'Exception' : className(type)
  return name.slice(name.lastIndexOf('.') + 1)
}

function className(type: Value): string {
  if (type.type === 'class' || type.type === 'native') return (type as ClassValue | NativeValue).name
  return type.type === 'external' ? type.path : 'Exception'
}
