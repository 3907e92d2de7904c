import type { Span } from '../../../contracts/place.ts'
import { getOrInsert } from '../../../get-or-insert.ts'
import { external, list, none, text } from '../constructors.ts'
import { bridged, keptArgument, lacksMember } from '../libraries/channels.ts'
import { classOf, type NativeClass, native } from '../library.ts'
import { notModelled } from '../reasons.ts'
import { givesAttribute, hasAttribute } from '../types/attribute-names.ts'
import { hasMethod } from '../types/methods.ts'
import {
  type CallArguments,
  type ClassValue,
  calleePath,
  type InstanceValue,
  type ModuleValue,
  type ObjectValue,
  type Value,
} from '../value.ts'
import { callValue } from './calls.ts'
import { derive, makeUnknown } from './decisions.ts'
import { makerOf } from './default-items.ts'
import { descriptorOf } from './descriptors.ts'
import { libraryModule } from './imports.ts'
import { here, type Machine, standAt, touch } from './machine.ts'
import { moduleAttribute } from './module-attributes.ts'
import { mro } from './mro.ts'
import { read, readObject } from './names.ts'
import { namesDict } from './names-dict.ts'
import { raise, typeOfObject } from './raising.ts'
import { typeName } from './types.ts'

/** `value.name`, as Python: raises AttributeError when it surely has none. */
export function getAttribute(m: Machine, value: Value, name: string, node: Span): Value {
  const found = findAttribute(m, value, name, node)
  if (found !== undefined) {
    if (m.objectTaints.size > 0) readObject(m, found)
    return found
  }
  standAt(m, node)
  if (value.type === 'module') return raise(m, 'AttributeError', `module '${value.name}' has no attribute '${name}'`)
  const owner = value.type === 'class' ? `type object '${value.name}'` : `'${typeName(value)}' object`
  return raise(m, 'AttributeError', `${owner} has no attribute '${name}'`)
}

/** `getattr(value, name)`: undefined when there surely is none. */
export function findAttribute(m: Machine, value: Value, name: string, node: Span): Value | undefined {
  switch (value.type) {
    case 'unknown':
      return derive(value)
    case 'external': {
      const path = `${value.path}.${name}`
      standAt(m, node)
      return libraryModule(m, path) ?? external(path, here(m))
    }
    case 'call': {
      standAt(m, node)
      const kept = value.attributes.length === 0 ? keptArgument(calleePath(value.callee), name) : undefined
      const argument = kept === undefined ? undefined : (value.args.positional[kept] ?? value.args.keywords.get(name))
      if (argument !== undefined) return argument
      return { ...value, attributes: [...value.attributes, name], at: here(m) }
    }
    case 'module':
      return findInModule(m, value, name, node)
    case 'class':
      return findInClass(m, value, name)
    case 'instance':
      return findInInstance(m, value, name, node)
    case 'object':
      standAt(m, node)
      return findInObject(m, value, name)
    case 'native': {
      standAt(m, node)
      return findInNative(m, value, name)
    }
    case 'function':
    case 'method': {
      const own = functionAttributes(m, value)?.get(name)
      if (own !== undefined) return own
      standAt(m, node)
      if (name === '__name__') return text(value.type === 'function' ? value.name : 'method', here(m))
      if (name === '__doc__') return none(here(m))
      if (value.type === 'method' && name === '__self__') return value.self
      if (value.type === 'method') return findAttribute(m, value.function, name, node)
      return makeUnknown(m, notModelled(name))
    }
    default:
      if (!hasMethod(value, name)) return numeric(m, value, name) ?? builtinAttribute(m, value, name)
      return { type: 'method', self: value, function: native(`${typeName(value)}.${name}`, () => value), at: value.at }
  }
}

/** What generators give is a list here, an ordered dict a dict. */
const ofPlainer: Readonly<Record<string, ReadonlySet<string>>> = {
  list: new Set(['send', 'throw', 'close', '__next__']),
  dict: new Set(['move_to_end']),
}

/** What an object of a built-in type has besides the methods that are computed here: it is there, and not known. */
function builtinAttribute(m: Machine, value: Value, name: string): Value | undefined {
  return ofPlainer[value.type]?.has(name) === true ||
    makerOf(m, value) !== undefined ||
    hasAttribute(typeName(value), name) === true
    ? makeUnknown(m, notModelled(`${typeName(value)}.${name}`))
    : undefined
}

function numeric(m: Machine, value: Value, name: string): Value | undefined {
  if (value.type !== 'int' && value.type !== 'float') return undefined
  return name === 'real' ? value : name === 'imag' ? { type: 'int', value: 0n, at: here(m) } : undefined
}

const functionKey = 'function attributes'

/** What was set on a function, as `fn.calls = 0`. */
export function functionAttributes(m: Machine, value: Value, make = false): Map<string, Value> | undefined {
  let all = m.memory.get(functionKey) as Map<Value, Map<string, Value>> | undefined
  if (all === undefined) {
    if (!make) return undefined
    all = new Map()
    m.memory.set(functionKey, all)
  }
  let own = all.get(value)
  if (own === undefined && make) {
    own = new Map()
    all.set(value, own)
  }
  return own
}

function findInModule(m: Machine, module: ModuleValue, name: string, node: Span): Value | undefined {
  const bound = module.names.get(name)
  if (bound !== undefined) return read(m, bound)
  standAt(m, node)
  return moduleAttribute(m, module, name)
}

/** An attribute of a class, with `self` bound in where Python binds it. */
export function findInClass(
  m: Machine,
  type: ClassValue,
  name: string,
  self?: InstanceValue,
  after?: Value,
): Value | undefined {
  const order = mro(type)
  for (let i = after === undefined ? 0 : order.indexOf(after) + 1; i < order.length; i++) {
    const base = order[i] as Value
    if (base.type === 'class') {
      const bound = base.attributes.get(name)
      if (bound !== undefined) return bind(m, read(m, bound), type, self)
    } else if (base.type === 'native') {
      const model = classOf(base)
      if (model === undefined) continue
      // What an instance holds of a built-in type that it derives from is not followed.
      if (self !== undefined && givesAttribute(model.class, name))
        return makeUnknown(m, notModelled(`${model.class}.${name}`))
      const found = inNativeClass(m, model, name, self ?? type)
      if (found !== undefined) return found
    } else if (base.type === 'external') {
      if (lacksMember(base.path, name)) continue
      return { type: 'method', self: self ?? type, function: external(`${base.path}.${name}`, here(m)), at: here(m) }
    } else if (base.type === 'unknown') return derive(base)
    else if (base.type === 'call') return makeUnknown(m, notModelled(name))
  }
  return classSpecial(m, type, name) ?? metaclassAttribute(m, type, name)
}

/** A metaclass may give its classes any attribute; what is not there is not known to be missing. */
function metaclassAttribute(m: Machine, type: ClassValue, name: string): Value | undefined {
  if (name.startsWith('__') && name.endsWith('__')) return undefined
  const hasOne = mro(type).some((base) => base.type === 'class' && base.keywords.has('metaclass'))
  return hasOne ? makeUnknown(m, notModelled(`${type.name}.${name}`)) : undefined
}

/** What every class has besides, and whose value is not followed. */
const ofClasses = new Set(['mro', '__subclasses__', '__base__', '__annotations__', '__type_params__'])

function classSpecial(m: Machine, type: ClassValue, name: string): Value | undefined {
  if (name === '__name__' || name === '__qualname__') return text(type.name, here(m))
  if (name === '__module__') return text(type.module.name, here(m))
  if (name === '__doc__') return none(here(m))
  if (name === '__mro__' || name === '__bases__')
    return list([...(name === '__mro__' ? mro(type) : type.bases)], here(m))
  if (ofClasses.has(name)) return makeUnknown(m, notModelled(`${type.name}.${name}`))
  if (name === '__dict__') {
    const entries = [...type.attributes].map(([key, { value, at }]) => ({ key: text(key, at), value, at }))
    return { type: 'dict', entries, rest: undefined, at: here(m) }
  }
  return undefined
}

function bind(m: Machine, value: Value, type: ClassValue, self: InstanceValue | undefined): Value {
  if (value.type === 'function') {
    return self === undefined ? value : { type: 'method', self, function: value, at: value.at }
  }
  // What such a decorator gives is a descriptor, as a function is.
  if (self !== undefined && bridged(value) !== undefined) return { type: 'method', self, function: value, at: value.at }
  const descriptor = descriptorOf(value)
  if (descriptor === undefined || descriptor.get === undefined) return value
  if (descriptor.kind === 'static') return descriptor.get
  if (descriptor.kind === 'class') return { type: 'method', self: type, function: descriptor.get, at: value.at }
  if (self === undefined) return value
  return callValue(m, descriptor.get, { positional: [self], keywords: new Map(), open: false })
}

function findInInstance(m: Machine, self: InstanceValue, name: string, node: Span): Value | undefined {
  const own = self.attributes.get(name)
  if (own !== undefined) return read(m, own)
  standAt(m, node)
  // Its own, never those of its class.
  if (name === '__dict__') {
    dictsOf(m).add(self)
    return namesDict(self.attributes, here(m))
  }
  const found = findInClass(m, self.class, name, self)
  if (found !== undefined) return found
  if (name === '__class__') return self.class
  if (findMethod(self, '__getattribute__') !== undefined) return makeUnknown(m, notModelled('__getattribute__'))
  const dynamic = findMethod(self, '__getattr__')
  if (dynamic === undefined) return dictsOf(m).has(self) ? makeUnknown(m, notModelled(name)) : undefined
  return callMethodNamed(m, self, dynamic, { positional: [text(name, here(m))], keywords: new Map(), open: false })
}

/** Instances of which something else has the attributes in its hands: what it adds under names nobody knows is not seen. */
function dictsOf(m: Machine): Set<Value> {
  return getOrInsert(m.memory, 'dicts of instances', () => new Set()) as Set<Value>
}

/** The raw function of a special method, looked up on the class as Python does. */
export function findMethod(self: InstanceValue, name: string): Value | undefined {
  for (const base of mro(self.class)) {
    if (base.type !== 'class') continue
    const bound = base.attributes.get(name)
    if (bound !== undefined) return bound.value
  }
  return undefined
}

/** Calls a function found by {@link findMethod} on its instance. */
export function callMethodNamed(m: Machine, self: Value, method: Value, args: CallArguments): Value {
  return callValue(m, { type: 'method', self, function: method, at: method.at }, args)
}

/** The object a model made for an instance of a project class that derives from a model's class. */
export function nativeSelf(self: Value): ObjectValue | undefined {
  if (self.type === 'object') return self
  const base = self.type === 'instance' ? self.attributes.get(nativeName)?.value : undefined
  return base?.type === 'object' ? base : undefined
}

/** Hidden attribute that holds {@link nativeSelf}. */
export const nativeName = '(native)'

function inNativeClass(m: Machine, model: NativeClass, name: string, self: Value): Value | undefined {
  const target = nativeSelf(self)
  if (target !== undefined) {
    const own = target === self ? undefined : target.attributes.get(name)
    if (own !== undefined) return own
    const computed = model.get?.(m, target, name)
    if (computed !== undefined) return computed
  }
  const method = model.methods?.[name]
  if (method !== undefined && Object.hasOwn(model.methods ?? {}, name)) {
    const fn = native(`${model.class}.${name}`, (run, args) => {
      const object = nativeSelf(args.positional[0] ?? self)
      if (object === undefined || !derives(object.model as NativeClass, model)) {
        return run.unknown(notModelled(`${model.class}.${name}`))
      }
      return method(run, object, { ...args, positional: args.positional.slice(1) })
    })
    return target === undefined ? fn : { type: 'method', self, function: fn, at: here(m) }
  }
  if (model.statics !== undefined && Object.hasOwn(model.statics, name)) return model.statics[name]
  for (const base of model.bases) {
    const parent = classOf(base)
    const found = parent === undefined ? undefined : inNativeClass(m, parent, name, self)
    if (found !== undefined) return found
  }
  return undefined
}

/** Whether objects of a class have the state that the methods of another know. */
function derives(model: NativeClass, from: NativeClass): boolean {
  return (
    model === from ||
    model.bases.some((base) => {
      const parent = classOf(base)
      return parent !== undefined && derives(parent, from)
    })
  )
}

function findInObject(m: Machine, self: ObjectValue, name: string): Value | undefined {
  const own = self.attributes.get(name)
  if (own !== undefined) return own
  const model = self.model as NativeClass
  const found = inNativeClass(m, model, name, self)
  if (found !== undefined) return found
  if (name === '__class__') return typeOfObject(self)
  if (name.startsWith('__') && name.endsWith('__')) return undefined
  return model.isWhole === true || (model.get === undefined && model.methods === undefined)
    ? undefined
    : makeUnknown(m, notModelled(`${model.class}.${name}`))
}

function findInNative(m: Machine, value: Extract<Value, { type: 'native' }>, name: string): Value | undefined {
  const model = classOf(value)
  if (model !== undefined) {
    const found = inNativeClass(m, model, name, value)
    if (found !== undefined) return found
  }
  const short = value.name.slice(value.name.lastIndexOf('.') + 1)
  if (name === '__name__' || name === '__qualname__') return text(short, here(m))
  if (name === '__doc__') return none(here(m))
  return external(`${value.name}.${name}`, here(m))
}

/** `value.name = x`. */
export function setAttribute(m: Machine, value: Value, name: string, assigned: Value, node: Span): void {
  standAt(m, node)
  const kept = m.activation.uncertain ?? assigned
  touch(m, value)
  const binding = { value: kept, at: here(m), taint: m.session.taints.union(m.taint, m.activation.control) }
  switch (value.type) {
    case 'module':
      value.names.set(name, binding)
      if (value.at.file === '') m.patched.add(`${value.name}.${name}`)
      return
    case 'class':
      value.attributes.set(name, binding)
      return
    case 'instance': {
      if (name === '__dict__') dictsOf(m).add(value)
      const raw = findMethod(value, name)
      const setter = raw === undefined ? undefined : descriptorOf(raw)
      if (setter?.kind === 'property' && setter.set !== undefined) {
        callValue(m, setter.set, { positional: [value, assigned], keywords: new Map(), open: false })
      } else value.attributes.set(name, binding)
      return
    }
    case 'object': {
      const model = value.model as NativeClass
      if (model.set !== undefined) model.set(m, value, name, kept)
      else value.attributes.set(name, kept)
      return
    }
    case 'function':
    case 'method':
      functionAttributes(m, value, true)?.set(name, kept)
      return
    case 'call':
      recordAssignment(m, value, name, assigned)
      return
    case 'external':
      m.patched.add(`${value.path}.${name}`)
      return
    case 'unknown':
    case 'native':
      return
    default:
      raise(m, 'AttributeError', `'${typeName(value)}' object has no attribute '${name}'`)
  }
}

/** What is put into an object that is not modelled: `app.conf.broker_url = …`, `app.conf['broker_url'] = …`. */
export function recordAssignment(m: Machine, target: Value, name: string, value: Value): void {
  const path = calleePath(target)
  if (path !== undefined) m.event({ type: 'assign', path: `${path}.${name}`, value: m.activation.uncertain ?? value })
}

/** `del value.name`. */
export function deleteAttribute(m: Machine, value: Value, name: string, node: Span): void {
  standAt(m, node)
  touch(m, value)
  if (value.type === 'module') value.names.delete(name)
  else if (value.type === 'class' || value.type === 'instance') value.attributes.delete(name)
  else if (value.type === 'object') value.attributes.delete(name)
}
