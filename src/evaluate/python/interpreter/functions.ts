import type { ClassDef, Expression, FunctionDef, Lambda } from '../../../syntax/python/ast.ts'
import type { FunctionValue, Value } from '../value.ts'
import { callValue } from './calls.ts'
import { makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { type Bound, type Closure, type Machine, newFrame, type PythonFrame, place, standAt } from './machine.ts'
import { storeName } from './names.ts'

/** `def` and `lambda`: defaults are evaluated now, the body when called. */
export function makeFunction(m: Machine, node: FunctionDef | Lambda): FunctionValue {
  const defaults = new Map<string, Value>()
  for (const group of [node.args.posonly, node.args.args, node.args.kwonly]) {
    for (const parameter of group) {
      if (parameter.default !== undefined) defaults.set(parameter.name, evaluate(m, parameter.default))
    }
  }
  const { frame } = m.activation
  const around = frame.kind === 'module' ? undefined : frame.kind === 'class' ? frame.parent : frame
  const parent = node.kind === 'Lambda' ? around : withTypes(m, node, around)
  const closure: Closure = { parent, defaults }
  return {
    type: 'function',
    name: node.kind === 'Lambda' ? '<lambda>' : node.name,
    node,
    module: m.activation.frame.module,
    closure,
    decorators: [],
    owner: undefined,
    at: place(m, node.kind === 'Lambda' ? node : node.nameSpan),
  }
}

/** The names around a definition with type parameters: `def first[T](…)`, `class Box[T]: …`. */
export function withTypes(
  m: Machine,
  { typeParams }: FunctionDef | ClassDef,
  around: PythonFrame | undefined,
): PythonFrame | undefined {
  if (typeParams.length === 0) return around
  const names = new Map<string, Bound>()
  for (const one of typeParams) {
    standAt(m, one)
    names.set(one.name, { value: makeUnknown(m, isType), at: place(m, one) })
  }
  return newFrame('function', m.activation.frame.module, names, around)
}

const isType = { en: 'it is a type', fr: 'c’est un type' }

export function defineFunction(m: Machine, node: FunctionDef): void {
  const decorators = node.decorators.map((decorator) => evaluate(m, decorator))
  const fn: FunctionValue = { ...makeFunction(m, node), decorators }
  let value: Value = fn
  for (let i = decorators.length - 1; i >= 0; i--) {
    standAt(m, node.decorators[i] as Expression)
    value = callValue(m, decorators[i] as Value, { positional: [value], keywords: new Map(), open: false })
  }
  storeName(m, node.name, value, node.nameSpan)
}
