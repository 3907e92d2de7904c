import type { Module } from '../../../syntax/python/ast.ts'
import { walk } from '../../../syntax/python/walk.ts'
import { anyName, ownWrites } from '../attribute-writes.ts'
import { findMethod, functionAttributes } from '../interpreter/attributes.ts'
import type { Bound, Closure, Machine, PythonFrame } from '../interpreter/machine.ts'
import { mro } from '../interpreter/mro.ts'
import {
  type CallArguments,
  type ClassValue,
  type DictValue,
  type FunctionValue,
  type InstanceValue,
  type ObjectValue,
  type UnknownValue,
  type Value,
  widened,
} from '../value.ts'

/** How deep a value of a module is looked into. */
const depth = 12

interface Living {
  readonly m: Machine
  /** What stands where something else may stand by now. */
  readonly unknown: UnknownValue
  /** Attributes that code outside of their classes sets somewhere in the project. */
  readonly outside: ReadonlySet<string>
  /** What modules hold, not what belongs to one socket. */
  readonly isShared: boolean
  readonly seen: Set<unknown>
}

/**
 * Modules as they are in a process that has served others before: what can be changed in place holds other things by then, and
 * so does what a function or another module binds.
 */
export function liveIn(m: Machine, unknown: UnknownValue, outside: ReadonlySet<string>): void {
  const l: Living = { m, unknown, outside, isShared: true, seen: new Set() }
  for (const module of new Set(m.modules.values())) {
    if (module.type !== 'module' || module.file === undefined) continue
    const parsed = m.session.parse(module.file)
    const { bound, isOpen } = parsed === undefined ? nothingBound : boundLater(parsed.module)
    const names = module.names as Map<string, Bound>
    for (const name of bound) names.set(name, { at: module.at, ...names.get(name), value: unknown })
    if (isOpen && !m.openModules.has(module)) m.openModules.set(module, unknown)
    loosenNames(l, names, depth)
  }
}

/**
 * An object that has lived a while: `self` of a consumer between two things that happen to it. An attribute stays what it is
 * when one statement alone sets it, where its life begins.
 */
export function liveWith(m: Machine, self: InstanceValue, unknown: UnknownValue, outside: ReadonlySet<string>): void {
  const l: Living = { m, unknown, outside, isShared: false, seen: new Set([self]) }
  loosenOwn(l, self, depth)
  for (const base of projectBases(self.class))
    for (const name of ownWrites(base.node).methods.keys())
      if (!self.attributes.has(name) && findMethod(self, name) === undefined && !isSettled(l, self.class, name))
        self.attributes.set(name, { value: unknown, at: self.at })
}

interface BoundLater {
  readonly bound: ReadonlySet<string>
  /** Names that nobody can tell are bound too: `globals()[name] = …`. */
  readonly isOpen: boolean
}

const nothingBound: BoundLater = { bound: new Set(), isOpen: false }
const read = new WeakMap<Module, BoundLater>()

/** Names of a module that its functions may bind, and those that it only announces: `hub: Hub`. */
function boundLater(module: Module): BoundLater {
  let found = read.get(module)
  if (found === undefined) {
    const bound = new Set<string>()
    let isOpen = false
    walk(module, (node) => {
      if (node.kind === 'Global') for (const name of node.names) bound.add(name)
      else if (node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'globals') isOpen = true
    })
    walk(module, (node) => {
      if (node.kind === 'AnnAssign' && node.value === undefined && node.target.kind === 'Name')
        bound.add(node.target.id)
      return node.kind !== 'FunctionDef' && node.kind !== 'AsyncFunctionDef' && node.kind !== 'ClassDef'
    })
    found = { bound, isOpen }
    read.set(module, found)
  }
  return found
}

/** Names of a module, a class, or a function whose functions live on. */
function loosenNames(l: Living, names: Map<string, Bound>, left: number, isOther = isNone): void {
  for (const [name, bound] of names) {
    if (isOther(bound.value) || l.outside.has(name)) names.set(name, { ...bound, value: l.unknown })
    else loosen(l, bound.value, left)
  }
}

const isNone = (value: Value): boolean => value.type === 'none'

/** What something that comes later may take the place of. */
function isBlank(value: Value): boolean {
  switch (value.type) {
    case 'none':
      return true
    case 'bool':
      return !value.value
    case 'int':
      return value.value === 0n
    case 'float':
      return value.value === 0
    case 'str':
      return value.parts.length === 0
    case 'bytes':
      return value.value === ''
    case 'tuple':
      return value.items.length === 0
    default:
      return false
  }
}

function loosen(l: Living, value: Value, left: number): void {
  if (left === 0 || l.seen.has(value)) return
  l.seen.add(value)
  switch (value.type) {
    case 'dict':
      loosenDict(l, value, left)
      break
    case 'list':
    case 'set':
      value.rest = widened(value.rest, l.unknown)
      value.items = value.items.map((item) => inContainer(l, item, left))
      break
    case 'tuple':
      for (const item of value.items) loosen(l, item, left - 1)
      break
    case 'class':
      loosenNames(l, value.attributes, left - 1, isBlank)
      break
    case 'instance':
      for (const [name, bound] of value.attributes)
        if (isBlank(bound.value)) value.attributes.set(name, { ...bound, value: l.unknown })
      loosenOwn(l, value, left)
      break
    case 'object':
      loosenObject(l, value, left)
      break
    case 'function':
      loosenFunction(l, value, left)
      break
    case 'method':
      loosen(l, value.self, left - 1)
      loosen(l, value.function, left - 1)
      break
    case 'call':
      loosen(l, value.callee, left - 1)
      loosenArguments(l, value.args, left)
      break
    default:
      break
  }
}

function loosenDict(l: Living, value: DictValue, left: number): void {
  value.rest = widened(value.rest, l.unknown)
  for (const entry of value.entries) entry.value = inContainer(l, entry.value, left)
}

/** A text or number in a container may be another by now; an object is the same, and may have changed. */
function inContainer(l: Living, value: Value, left: number): Value {
  if (['none', 'bool', 'int', 'float', 'str', 'bytes'].includes(value.type)) return l.unknown
  loosen(l, value, left - 1)
  return value
}

function loosenArguments(l: Living, { positional, keywords }: CallArguments, left: number): void {
  for (const one of [...positional, ...keywords.values()]) loosen(l, one, left - 1)
}

/** An object of a model. Those that no project code made are everybody's. */
function loosenObject(l: Living, value: ObjectValue, left: number): void {
  if (value.at.file === '') return
  for (const [name, one] of value.attributes) {
    if (isBlank(one) || isOutside(l, name)) value.attributes.set(name, l.unknown)
    else loosen(l, one, left - 1)
  }
}

/** What a function keeps between its calls: its defaults, attributes of its own, variables of the functions around it. */
function loosenFunction(l: Living, value: FunctionValue, left: number): void {
  const { defaults, parent } = value.closure as Closure
  for (const one of defaults.values()) loosen(l, one, left - 1)
  const own = functionAttributes(l.m, value)
  for (const name of own?.keys() ?? []) own?.set(name, l.unknown)
  for (let frame = parent; frame !== undefined; frame = frame.parent) loosenFrame(l, frame, left)
}

function loosenFrame(l: Living, frame: PythonFrame, left: number): void {
  if (frame.kind !== 'function' || l.seen.has(frame)) return
  l.seen.add(frame)
  if (frame.node !== undefined)
    walk(frame.node, (node) => {
      if (node.kind !== 'Nonlocal') return
      for (const name of node.names) frame.names.set(name, { at: placeOf(frame, name), value: l.unknown })
    })
  for (const [name, bound] of frame.names) {
    if (isNone(bound.value)) frame.names.set(name, { ...bound, value: l.unknown })
    else loosen(l, bound.value, left - 1)
  }
}

const placeOf = (frame: PythonFrame, name: string) => frame.names.get(name)?.at ?? frame.module.at

function loosenOwn(l: Living, self: InstanceValue, left: number): void {
  for (const [name, bound] of self.attributes) {
    if (isSettled(l, self.class, name)) loosen(l, bound.value, left - 1)
    else self.attributes.set(name, { ...bound, value: l.unknown })
  }
  loosen(l, self.class, left - 1)
}

/** Methods that run once in the life of an object, before all others. */
const beginnings = new Set(['__init__', '__post_init__', 'connect', 'websocket_connect'])

function isSettled(l: Living, type: ClassValue, name: string): boolean {
  if (isOutside(l, name)) return false
  const writes = projectBases(type).map((base) => ownWrites(base.node))
  const methods = writes.flatMap((one) => one.methods.get(name) ?? [])
  return !writes.some(({ open }) => open) && methods.length <= 1 && methods.every((one) => beginnings.has(one))
}

/** Names that are computed are those of shared objects: nobody sets them on the consumer of one socket. */
const isOutside = ({ outside, isShared }: Living, name: string): boolean =>
  outside.has(name) || (isShared && outside.has(anyName))

function projectBases(type: ClassValue): ClassValue[] {
  return mro(type).flatMap((base) => (base.type === 'class' ? [base] : []))
}
