import type { Span } from '../../../contracts/place.ts'
import type { Statement } from '../../../syntax/python/ast.ts'
import type { Taint } from '../explore/taint.ts'
import { notModelled } from '../reasons.ts'
import type { Value } from '../value.ts'
import { derive, makeUnknown } from './decisions.ts'
import { addControl, addTaint, type Bound, type Machine, type PythonFrame, place, standAt } from './machine.ts'
import { raise } from './raising.ts'
import { effectsOf, isLocal } from './scopes.ts'

/** The value of a name, looked up as Python does: local, enclosing functions, module, builtins. */
export function loadName(m: Machine, name: string, node: Span): Value {
  const bound = findName(m, m.activation.frame, name)
  if (bound !== undefined) return read(m, bound)
  const builtin = m.session.builtins.get(name)
  if (builtin !== undefined) return builtin
  standAt(m, node)
  const open = m.openModules.get(m.activation.frame.module)
  if (open !== undefined) return derive(open)
  const special = moduleAttribute(m, name)
  if (special !== undefined) return special
  readAbsence(m, m.activation.frame, name)
  return raise(m, 'NameError', `name '${name}' is not defined`)
}

const unmodelled = new Set(['__annotations__', '__class__', '__builtins__', '__loader__', '__spec__', '__cached__'])

/** `__file__` and the like are bound when a module starts; these are not. */
function moduleAttribute(m: Machine, name: string): Value | undefined {
  if (unmodelled.has(name)) return makeUnknown(m, notModelled(name))
  return name === '__debug__' ? { type: 'bool', value: true, at: place(m, m.node) } : undefined
}

/** That a name is not bound rests on the branches that could have bound it. */
function readAbsence(m: Machine, frame: PythonFrame, name: string): void {
  if (m.implicitTaints.size === 0) return
  for (let scope: PythonFrame | undefined = frame; scope !== undefined; scope = scope.parent) {
    addTaint(m, m.implicitTaints.get(scope.names)?.get(name) ?? 0)
  }
  addTaint(m, m.implicitTaints.get(frame.module.names)?.get(name) ?? 0)
}

export function read(m: Machine, bound: Bound): Value {
  if (bound.taint !== undefined && bound.taint !== 0) addTaint(m, bound.taint)
  if (m.objectTaints.size > 0) readObject(m, bound.value)
  return bound.value
}

/** A mutable value rests on what its changes rested on. */
export function readObject(m: Machine, value: Value): void {
  const taint = m.objectTaints.get(value)
  if (taint !== undefined) addTaint(m, taint)
}

function findName(m: Machine, frame: PythonFrame, name: string): Bound | undefined {
  if (frame.globals?.has(name)) return frame.module.names.get(name)
  const own = frame.names.get(name)
  if (own !== undefined) return own
  if (frame.kind === 'module') return undefined
  if (frame.node !== undefined && !frame.nonlocals?.has(name) && isLocal(frame.node, name)) {
    readAbsence(m, frame, name)
    return raise(
      m,
      'UnboundLocalError',
      `cannot access local variable '${name}' where it is not associated with a value`,
    )
  }
  for (let outer = frame.parent; outer !== undefined; outer = outer.parent) {
    const bound = outer.names.get(name)
    if (bound !== undefined) return bound
  }
  return frame.module.names.get(name)
}

/** Binds a name in a frame, the running one by default. */
export function storeName(m: Machine, name: string, value: Value, node: Span, frame = m.activation.frame): void {
  const { control, uncertain } = m.activation
  const taint = m.taint === control ? m.taint : m.session.taints.union(m.taint, control)
  targetNames(frame, name).set(name, { value: uncertain ?? value, at: place(m, node), taint })
}

function targetNames(frame: PythonFrame, name: string): Map<string, Bound> {
  if (frame.globals?.has(name)) return frame.module.names
  if (frame.nonlocals?.has(name)) {
    for (let outer = frame.parent; outer !== undefined; outer = outer.parent) {
      if (outer.names.has(name)) return outer.names
    }
  }
  return frame.names
}

export function deleteName(m: Machine, name: string, node: Span): void {
  const names = targetNames(m.activation.frame, name)
  standAt(m, node)
  const bound = names.get(name)
  if (bound === undefined) {
    if (m.activation.uncertain !== undefined || m.openModules.has(m.activation.frame.module)) return
    readAbsence(m, m.activation.frame, name)
    raise(m, 'NameError', `name '${name}' is not defined`)
  }
  if (m.activation.uncertain !== undefined) {
    names.set(name, { value: m.activation.uncertain, at: place(m, node) })
    return
  }
  addTaint(m, bound.taint ?? 0)
  markImplicit(m, names, name, m.session.taints.union(m.taint, m.activation.control))
  names.delete(name)
}

/**
 * After a branch that rests on `taint`: what either side binds or changes rests on it too, whichever side was taken.
 */
export function markBranches(m: Machine, blocks: readonly (readonly Statement[])[], taint: Taint): void {
  if (taint === 0) return
  const { taints } = m.session
  for (const block of blocks) {
    if (block.length === 0) continue
    const effects = effectsOf(block)
    for (const name of effects.bound) {
      const names = targetNames(m.activation.frame, name)
      const bound = names.get(name)
      if (bound !== undefined) names.set(name, { ...bound, taint: taints.union(bound.taint ?? 0, taint) })
      else markImplicit(m, names, name, taint)
    }
    if (effects.wide) m.wide = taints.union(m.wide, taint)
    for (const name of effects.changed) {
      const value =
        targetNames(m.activation.frame, name).get(name)?.value ?? m.activation.frame.module.names.get(name)?.value
      // What a change of `globals()`, of a module or of a library's object does shows elsewhere than in its value.
      if (value === undefined || !isContainer(value)) m.wide = taints.union(m.wide, taint)
      if (value === undefined) continue
      m.objectTaints.set(value, taints.union(m.objectTaints.get(value) ?? 0, taint))
    }
    if (m.activation.frame.kind === 'function') addControl(m, taint)
  }
}

function isContainer({ type }: Value): boolean {
  return type === 'list' || type === 'dict' || type === 'set' || type === 'instance' || type === 'class'
}

function markImplicit(m: Machine, names: Map<string, Bound>, name: string, taint: Taint): void {
  let implicit = m.implicitTaints.get(names)
  if (implicit === undefined) {
    implicit = new Map()
    m.implicitTaints.set(names, implicit)
  }
  implicit.set(name, m.session.taints.union(implicit.get(name) ?? 0, taint))
}

/** Makes every name of a block unknown: it could not be read or its effect cannot be told. */
export function forgetNames(m: Machine, names: Iterable<string>, value: Value, node: Span): void {
  for (const name of names) storeName(m, name, value, node)
}

/** Something unknown fills a module: what its constants hold now is unknown, and there may be more of them. */
export function fillUnknown(m: Machine, names: Map<string, Bound>, reason: ReturnType<typeof derive>): void {
  for (const [name, bound] of names)
    if (/^[A-Z][A-Z0-9_]*$/.test(name)) names.set(name, { ...bound, value: derive(reason) })
  openModule(m, names, reason)
}

/** From now on a name that is not found in the module is unknown instead of an error. */
export function openModule(m: Machine, names: Map<string, Bound>, reason: ReturnType<typeof derive>): void {
  for (let frame: PythonFrame | undefined = m.activation.frame; frame !== undefined; frame = frame.parent) {
    if (frame.module.names === names && !m.openModules.has(frame.module)) m.openModules.set(frame.module, reason)
  }
  for (const value of m.modules.values()) {
    if (value.type === 'module' && value.names === names && !m.openModules.has(value)) m.openModules.set(value, reason)
  }
}
