import type { Assert, AugAssign, Delete, Expression, If, Statement } from '../../../syntax/python/ast.ts'
import { damagedCode } from '../reasons.ts'
import { toText } from '../types/text.ts'
import type { Value } from '../value.ts'
import { plain } from '../value.ts'
import { assign } from './assignment.ts'
import { deleteAttribute, getAttribute, setAttribute } from './attributes.ts'
import { defineClass } from './classes.ts'
import { damagedNames } from './damaged-names.ts'
import { makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { defineFunction } from './functions.ts'
import { importFrom, importModules } from './imports.ts'
import { runFor, runWhile } from './loops.ts'
import { addControl, leave, type Machine, place, spend, standAt, within } from './machine.ts'
import { deleteName, forgetNames, markBranches, openModule, storeName } from './names.ts'
import { inPlace } from './operators.ts'
import { runMatch } from './patterns.ts'
import { raise } from './raising.ts'
import { deleteItem, getItem, setItem } from './subscripts.ts'
import { runWatched } from './trace.ts'
import { knownTruth, truth } from './truth.ts'
import { runRaise, runTry } from './try.ts'
import { runWith } from './with.ts'

/** How a block ended. */
export type Completion = 0 | 1 | 2 | 3
export const normal: Completion = 0
export const broken: Completion = 1
export const continued: Completion = 2
export const returned: Completion = 3

export function runBlock(m: Machine, block: readonly Statement[]): Completion {
  const watched = m.session.watched !== undefined
  for (const statement of block) {
    const completion = watched ? runWatched(m, statement, runStatement) : runStatement(m, statement)
    if (completion !== normal) return completion
  }
  return normal
}

export function runStatement(m: Machine, s: Statement): Completion {
  if (--m.steps < 0) spend(m, 0)
  m.taint = 0
  standAt(m, s)
  switch (s.kind) {
    case 'Expr':
      if (s.value.kind !== 'Constant') evaluate(m, s.value)
      return normal
    case 'Assign': {
      const value = evaluate(m, s.value)
      for (const target of s.targets) assign(m, target, value)
      return normal
    }
    case 'AnnAssign':
      if (s.value !== undefined) assign(m, s.target, evaluate(m, s.value))
      return normal
    case 'AugAssign':
      augment(m, s)
      return normal
    case 'If':
      return runIf(m, s)
    case 'For':
    case 'AsyncFor':
      return runFor(m, s)
    case 'While':
      return runWhile(m, s)
    case 'Try':
      return runTry(m, s)
    case 'With':
    case 'AsyncWith':
      return runWith(m, s)
    case 'Match':
      return runMatch(m, s)
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      defineFunction(m, s)
      return normal
    case 'ClassDef':
      defineClass(m, s)
      return normal
    case 'Return': {
      const value: Value = s.value === undefined ? { type: 'none', at: place(m, s) } : evaluate(m, s.value)
      const { frame, control, uncertain } = m.activation
      frame.result = uncertain ?? value
      // What a generator has yielded before rests on more.
      frame.resultTaint = m.session.taints.union(frame.resultTaint, m.session.taints.union(m.taint, control))
      return returned
    }
    case 'Break':
      return broken
    case 'Continue':
      return continued
    case 'Import':
      importModules(m, s)
      return normal
    case 'ImportFrom':
      importFrom(m, s)
      return normal
    case 'Raise':
      return runRaise(m, s)
    case 'Assert':
      runAssert(m, s)
      return normal
    case 'Delete':
      runDelete(m, s)
      return normal
    case 'Global':
      m.activation.frame.globals ??= new Set()
      for (const name of s.names) m.activation.frame.globals.add(name)
      return normal
    case 'Nonlocal':
      m.activation.frame.nonlocals ??= new Set()
      for (const name of s.names) m.activation.frame.nonlocals.add(name)
      return normal
    case 'TypeAlias':
      storeName(m, s.name.id, makeUnknown(m, { en: 'it is a type', fr: 'c’est un type' }), s.name)
      return normal
    case 'Damaged': {
      const unknown = makeUnknown(m, damagedCode)
      forgetNames(m, damagedNames(m, s), unknown, s)
      openModule(m, m.activation.frame.module.names, unknown)
      return normal
    }
    default:
      return normal
  }
}

function augment(m: Machine, s: AugAssign): void {
  const { target } = s
  if (target.kind === 'Attribute') {
    const object = evaluate(m, target.value)
    const before = getAttribute(m, object, target.attr, target)
    const value = combine(m, s, before)
    setAttribute(m, object, target.attr, value, target)
  } else if (target.kind === 'Subscript') {
    const object = evaluate(m, target.value)
    const key = evaluate(m, target.slice)
    const value = combine(m, s, getItem(m, object, key, target))
    setItem(m, object, key, value, target)
  } else {
    const value = combine(m, s, evaluate(m, target))
    if (target.kind === 'Name') storeAugmented(m, target, value)
  }
}

function combine(m: Machine, s: AugAssign, before: Value): Value {
  const right = evaluate(m, s.value)
  standAt(m, s)
  return inPlace(m, s.op, before, right)
}

/** In code of uncertain course a list that grew in place already says so and stays itself. */
function storeAugmented(m: Machine, target: Extract<Expression, { kind: 'Name' }>, value: Value): void {
  const store = (): void => storeName(m, target.id, value, target)
  if (value.type === 'list' || value.type === 'dict' || value.type === 'set') within(m, { uncertain: undefined }, store)
  else store()
}

/** `elif` chains are walked, not recursed into. */
function runIf(m: Machine, first: If): Completion {
  const outside = m.activation
  let s: If = first
  for (;;) {
    m.taint = 0
    standAt(m, s.test)
    const value = evaluate(m, s.test)
    if (m.activation.uncertain !== undefined && knownTruth(m, value) === undefined) return runBoth(m, s)
    const holds = truth(m, value, s.test)
    const { taint } = m
    addControl(m, taint)
    const [elif] = s.orelse
    if (!holds && s.orelse.length === 1 && elif?.kind === 'If') {
      if (taint !== 0) markBranches(m, [s.body, s.orelse], taint)
      s = elif
      continue
    }
    const completion = runBlock(m, holds ? s.body : s.orelse)
    if (taint !== 0) markBranches(m, [s.body, s.orelse], taint)
    // In a function a branch not taken may have returned: what follows rests on the test.
    leave(m, outside)
    return completion
  }
}

/** Where nothing is certain anyway, both branches leave their mark. */
function runBoth(m: Machine, s: If): Completion {
  const body = runBlock(m, s.body)
  const orelse = runBlock(m, s.orelse)
  return body === orelse ? body : normal
}

function runAssert(m: Machine, s: Assert): void {
  const value = evaluate(m, s.test)
  const holds = knownTruth(m, value)
  // A test nobody can decide is taken to hold: an assertion that always fails would not be there.
  if (holds === undefined && value.type !== 'str') return
  if (holds ?? truth(m, value, s.test)) return
  const message = s.msg === undefined ? undefined : toText(m, evaluate(m, s.msg))
  standAt(m, s)
  raise(m, 'AssertionError', (message?.type === 'str' ? plain(message) : undefined) ?? '')
}

function runDelete(m: Machine, s: Delete): void {
  for (const target of s.targets) deleteTarget(m, target)
}

function deleteTarget(m: Machine, target: Expression): void {
  if (target.kind === 'Name') deleteName(m, target.id, target)
  else if (target.kind === 'Attribute') deleteAttribute(m, evaluate(m, target.value), target.attr, target)
  else if (target.kind === 'Subscript') deleteItem(m, evaluate(m, target.value), evaluate(m, target.slice), target)
  else if (target.kind === 'Tuple' || target.kind === 'List') for (const item of target.elts) deleteTarget(m, item)
}
