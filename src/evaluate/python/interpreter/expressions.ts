import type { Place } from '../../../contracts/place.ts'
import type { BinOp, BoolOp, Compare, Constant, Dict, Expression, NamedExpr } from '../../../syntax/python/ast.ts'
import type { Part } from '../../parts.ts'
import { bool, hole, normal } from '../constructors.ts'
import type { NativeClass } from '../library.ts'
import { notSupported, tooDeep, tooLarge } from '../reasons.ts'
import { setEntry } from '../types/dict.ts'
import { addToSet } from '../types/set.ts'
import { type DictEntry, plain, type UnknownValue, type Value, widened } from '../value.ts'
import { getAttribute } from './attributes.ts'
import { evaluateCall } from './calls.ts'
import { compare, compareKnown } from './comparison.ts'
import { evaluateComprehension } from './comprehensions.ts'
import { awaitValue } from './coroutines.ts'
import { derive, makeUnknown } from './decisions.ts'
import { evaluateJoined } from './fstrings.ts'
import { makeFunction } from './functions.ts'
import { describe, iterate } from './iteration.ts'
import { limits, type Machine, place, sourceOf, spend, standAt } from './machine.ts'
import { loadName, storeName } from './names.ts'
import { binary, unary } from './operators.ts'
import { raise } from './raising.ts'
import { getItem, makeSlice } from './subscripts.ts'
import { truth } from './truth.ts'
import { typeName } from './types.ts'

/** The value of an expression on this path. */
export function evaluate(m: Machine, node: Expression): Value {
  if (node.kind === 'Constant') return constant(m, node)
  if (node.kind === 'Name') return loadName(m, node.id, node)
  if (m.nesting >= limits.nesting) {
    standAt(m, node)
    return makeUnknown(m, tooDeep)
  }
  m.nesting++
  if (--m.steps < 0) spend(m, 0)
  const value = evaluateCompound(m, node)
  m.nesting--
  return value
}

function evaluateCompound(m: Machine, node: Expression): Value {
  switch (node.kind) {
    case 'Attribute':
      return getAttribute(m, evaluate(m, node.value), node.attr, node)
    case 'Call':
      return evaluateCall(m, node)
    case 'BinOp':
      return evaluateBinOp(m, node)
    case 'BoolOp':
      return evaluateBoolOp(m, node)
    case 'UnaryOp': {
      const operand = evaluate(m, node.operand)
      standAt(m, node)
      if (node.op === 'not') return negate(m, operand, node)
      return unary(m, node.op, operand)
    }
    case 'Compare':
      return evaluateCompare(m, node)
    case 'IfExp':
      return evaluate(m, truth(m, evaluate(m, node.test), node.test) ? node.body : node.orelse)
    case 'Subscript': {
      const value = evaluate(m, node.value)
      return getItem(m, value, evaluate(m, node.slice), node)
    }
    case 'List': {
      const { items, rest } = evaluateItems(m, node.elts)
      return { type: 'list', items, rest, at: place(m, node) }
    }
    case 'Tuple': {
      const { items, rest } = evaluateItems(m, node.elts)
      return { type: 'tuple', items, rest, at: place(m, node) }
    }
    case 'Set': {
      const { items, rest } = evaluateItems(m, node.elts)
      const made: Value = { type: 'set', frozen: false, items: [], rest, at: place(m, node) }
      for (const item of items) addToSet(m, made, item)
      return made
    }
    case 'Dict':
      return evaluateDict(m, node)
    case 'JoinedStr':
      return evaluateJoined(m, node)
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return evaluateComprehension(m, node)
    case 'Lambda':
      return makeFunction(m, node)
    case 'NamedExpr':
      return evaluateNamed(m, node)
    case 'Slice':
      return evaluateSlice(m, node)
    case 'Starred':
      return evaluate(m, node.value)
    case 'Yield': {
      const value = node.value === undefined ? none(m, node) : evaluate(m, node.value)
      if (m.activation.frame.block !== undefined) m.activation.frame.block(value)
      else yielded(m, [value])
      return none(m, node)
    }
    case 'YieldFrom': {
      const { items, rest } = iterate(m, evaluate(m, node.value), node)
      yielded(m, rest === undefined ? items : [...items, derive(rest)])
      return none(m, node)
    }
    case 'Await': {
      const awaited = evaluate(m, node.value)
      standAt(m, node)
      return awaitValue(m, awaited)
    }
    default:
      standAt(m, node)
      return makeUnknown(m, notSupported(node.kind))
  }
}

/** What the generator gives rests on every question that one of its values rests on. */
function yielded(m: Machine, values: readonly Value[]): void {
  const { frame, control } = m.activation
  frame.yields?.push(...values)
  frame.resultTaint = m.session.taints.union(frame.resultTaint, m.session.taints.union(m.taint, control))
}

function none(m: Machine, node: Expression): Value {
  return { type: 'none', at: place(m, node) }
}

function constant(m: Machine, node: Constant): Value {
  const at: Place = place(m, node)
  const { value } = node
  switch (value.type) {
    case 'str':
      return { type: 'str', parts: textParts(m, node, value.value), at }
    case 'bytes':
      return { type: 'bytes', value: value.value, at }
    case 'float':
      return { type: 'float', value: value.value, at }
    case 'complex':
      standAt(m, node)
      return makeUnknown(m, notSupported('complex'))
    default:
      return { ...value, at }
  }
}

/** A literal's text. The reader knows no names of characters: what it left for `\N{…}` is a hole. */
function textParts(m: Machine, node: Constant, value: string): readonly Part[] {
  if (value === '') return []
  if (!value.includes('\ufffd') || !sourceOf(m, node, 10_000).includes('\\N{')) return [value]
  const character = hole(`${m.activation.file}:${node.start}`, undefined)
  return normal(value.split('\ufffd').flatMap((known, i) => (i === 0 ? [known] : [character, known])))
}

function evaluateItems(
  m: Machine,
  elements: readonly Expression[],
): { readonly items: Value[]; readonly rest: UnknownValue | undefined } {
  const items: Value[] = []
  let rest: UnknownValue | undefined
  for (const element of elements) {
    if (element.kind !== 'Starred') {
      items.push(evaluate(m, element))
      continue
    }
    const spread = iterate(m, evaluate(m, element.value), element)
    if (items.length + spread.items.length > limits.items) rest ??= makeUnknown(m, tooLarge)
    else for (const item of spread.items) items.push(item)
    rest ??= spread.rest
  }
  return { items, rest }
}

function evaluateDict(m: Machine, node: Dict): Value {
  const entries: DictEntry[] = []
  const made: Extract<Value, { type: 'dict' }> = { type: 'dict', entries, rest: undefined, at: place(m, node) }
  for (let i = 0; i < node.values.length; i++) {
    const key = node.keys[i]
    const valueNode = node.values[i] as Expression
    if (key === undefined) spreadDict(m, made, evaluate(m, valueNode), valueNode)
    else {
      const keyValue = evaluate(m, key)
      const value = evaluate(m, valueNode)
      standAt(m, key)
      setEntry(m, made, keyValue, value, { file: m.activation.file, span: { start: key.start, end: valueNode.end } })
    }
  }
  return made
}

/** `{**value}` and `dict.update(value)`. */
export function spreadDict(m: Machine, into: Extract<Value, { type: 'dict' }>, value: Value, node: Expression): void {
  if (value.type === 'dict') {
    for (const entry of value.entries) setEntry(m, into, entry.key, entry.value, entry.at)
    into.rest = widened(into.rest, value.rest)
    return
  }
  const mapping = value.type === 'object' ? (value.model as NativeClass).mapping?.(m, value) : undefined
  if (mapping !== undefined) {
    spreadDict(m, into, mapping, node)
    return
  }
  if (value.type === 'object' || value.type === 'instance') {
    const keys = iterate(m, value, node)
    for (const key of keys.items) setEntry(m, into, key, m.item(value, key), place(m, node))
    into.rest = widened(into.rest, keys.rest)
    return
  }
  standAt(m, node)
  if (value.type === 'unknown') into.rest = widened(into.rest, derive(value))
  else if (value.type === 'call' || value.type === 'external') {
    into.rest ??= makeUnknown(m, {
      en: `what \`${describe(value)}\` holds is not known`,
      fr: `ce que contient \`${describe(value)}\` n’est pas connu`,
    })
  } else raise(m, 'TypeError', `'${typeName(value)}' object is not a mapping`)
}

/** Left-deep chains (`a + b + c …`) are walked, not recursed into: they can be as long as a file. */
function evaluateBinOp(m: Machine, node: BinOp): Value {
  if (node.left.kind !== 'BinOp') return applyBinOp(m, node, evaluate(m, node.left))
  const chain: BinOp[] = []
  let start: Expression = node
  while (start.kind === 'BinOp') {
    chain.push(start)
    start = start.left
  }
  let value = evaluate(m, start)
  for (let i = chain.length - 1; i >= 0; i--) value = applyBinOp(m, chain[i] as BinOp, value)
  return value
}

function applyBinOp(m: Machine, node: BinOp, left: Value): Value {
  const right = evaluate(m, node.right)
  standAt(m, node)
  return binary(m, node.op, left, right)
}

function evaluateBoolOp(m: Machine, node: BoolOp): Value {
  const last = node.values.length - 1
  for (let i = 0; i < last; i++) {
    const operand = node.values[i] as Expression
    const value = evaluate(m, operand)
    if (truth(m, value, operand) === (node.op === 'or')) return value
  }
  return evaluate(m, node.values[last] as Expression)
}

function negate(m: Machine, operand: Value, node: Extract<Expression, { kind: 'UnaryOp' }>): Value {
  return bool(!truth(m, operand, node.operand), place(m, node))
}

function evaluateCompare(m: Machine, node: Compare): Value {
  let left = evaluate(m, node.left)
  for (let i = 0; i < node.ops.length; i++) {
    const op = node.ops[i] as Compare['ops'][number]
    const right = evaluate(m, node.comparators[i] as Expression)
    standAt(m, node)
    let answer = compareKnown(m, op, left, right)
    if (answer === undefined) {
      if (node.ops.length === 1 && isOpaque(left, right)) return undecided(m, node)
      answer = compare(m, op, left, right, node)
    }
    if (!answer) return bool(false, place(m, node))
    left = right
  }
  return bool(true, place(m, node))
}

/** Whether nothing but a value nobody can know decides the test: then its outcome is unknown until it is used. */
function isOpaque(left: Value, right: Value): boolean {
  const opaque = (v: Value): boolean =>
    v.type === 'call' || v.type === 'external' || (v.type === 'unknown' && !v.variable)
  const silent = (v: Value): boolean => opaque(v) || ['none', 'bool', 'int', 'float'].includes(v.type) || isPlain(v)
  return (opaque(left) && silent(right)) || (opaque(right) && silent(left))
}

function isPlain(value: Value): boolean {
  return plain(value) !== undefined
}

function undecided(m: Machine, node: Compare): Value {
  const source = sourceOf(m, node)
  const reason = { en: `\`${source}\` cannot be decided`, fr: `\`${source}\` ne peut pas être décidé` }
  return makeUnknown(m, reason, 'bool')
}

function evaluateNamed(m: Machine, node: NamedExpr): Value {
  const value = evaluate(m, node.value)
  let { frame } = m.activation
  // In a comprehension a walrus binds outside it.
  while (frame.around !== undefined) frame = frame.around
  storeName(m, node.target.id, value, node.target, frame)
  return value
}

function evaluateSlice(m: Machine, node: Extract<Expression, { kind: 'Slice' }>): Value {
  const part = (e: Expression | undefined): Value => (e === undefined ? none(m, node) : evaluate(m, e))
  return makeSlice([part(node.lower), part(node.upper), part(node.step)], place(m, node))
}
