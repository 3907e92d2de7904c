import type {
  Comprehension,
  DictComp,
  Expression,
  GeneratorExp,
  ListComp,
  SetComp,
} from '../../../syntax/python/ast.ts'
import { setEntry } from '../types/dict.ts'
import { addToSet } from '../types/set.ts'
import type { UnknownValue, Value } from '../value.ts'
import { assign } from './assignment.ts'
import { derive, makeUnknown } from './decisions.ts'
import { evaluate } from './expressions.ts'
import { iterate } from './iteration.ts'
import {
  type Bound,
  type Machine,
  newFrame,
  type PythonFrame,
  place,
  sourceOf,
  spend,
  standAt,
  within,
} from './machine.ts'
import { knownTruth, truth } from './truth.ts'

type AnyComprehension = ListComp | SetComp | DictComp | GeneratorExp

/** Generators are treated as lists: settings never rely on their laziness. */
export function evaluateComprehension(m: Machine, node: AnyComprehension): Value {
  const at = place(m, node)
  const made: Value =
    node.kind === 'DictComp'
      ? { type: 'dict', entries: [], rest: undefined, at }
      : node.kind === 'SetComp'
        ? { type: 'set', frozen: false, items: [], rest: undefined, at }
        : { type: 'list', items: [], rest: undefined, at }
  const { frame: outer } = m.activation
  // The first iterable belongs to the enclosing scope, also in a class body.
  const first = iterate(m, evaluate(m, (node.generators[0] as Comprehension).iter), node)
  const parent: PythonFrame | undefined =
    outer.kind === 'module' ? undefined : outer.kind === 'class' ? outer.parent : outer
  const frame = newFrame('function', outer.module, new Map<string, Bound>(), parent)
  frame.around = outer
  frame.owner = outer.owner
  frame.self = outer.self
  const rest = within(m, { frame }, () => turn(m, node, 0, first, made))
  if (rest !== undefined) made.rest = made.type === 'dict' ? derive(rest) : derive(rest, restType(node, rest))
  return made
}

/** `[x for x in unknown_texts]` and `[x.strip() for x in …]` still hold texts. */
function restType(node: AnyComprehension, rest: UnknownValue): UnknownValue['of'] {
  if (node.kind === 'DictComp') return undefined
  let element: Expression = node.elt
  while (element.kind === 'Call' && element.func.kind === 'Attribute' && textMethods.has(element.func.attr)) {
    element = element.func.value
  }
  return element.kind === 'Name' ? rest.of : undefined
}

const textMethods = new Set(['strip', 'lstrip', 'rstrip', 'lower', 'upper', 'replace', 'title'])

function turn(
  m: Machine,
  node: AnyComprehension,
  depth: number,
  source: { readonly items: readonly Value[]; readonly rest: UnknownValue | undefined },
  into: Extract<Value, { type: 'list' | 'set' | 'dict' }>,
): UnknownValue | undefined {
  const generator = node.generators[depth] as Comprehension
  let rest = source.rest
  for (const item of source.items) {
    spend(m, 1)
    assign(m, generator.target, item)
    const passes = filter(m, generator.ifs)
    if (passes !== true) {
      if (passes !== false) rest ??= passes
      continue
    }
    const next = node.generators[depth + 1]
    if (next === undefined) add(m, node, into)
    else {
      const inner = turn(m, node, depth + 1, iterate(m, evaluate(m, next.iter), next.iter), into)
      rest ??= inner
    }
  }
  return rest
}

/** Whether an item passes all tests; why not, when nobody can know and no config var decides it. */
function filter(m: Machine, tests: readonly Expression[]): boolean | UnknownValue {
  for (const test of tests) {
    const value = evaluate(m, test)
    const known = knownTruth(m, value)
    if (known === undefined && (value.type === 'call' || (value.type === 'unknown' && value.variable === undefined))) {
      standAt(m, test)
      const source = sourceOf(m, test)
      return makeUnknown(m, {
        en: `whether \`${source}\` holds is not known`,
        fr: `on ne sait pas si \`${source}\` est vrai`,
      })
    }
    if (!(known ?? truth(m, value, test))) return false
  }
  return true
}

function add(m: Machine, node: AnyComprehension, into: Extract<Value, { type: 'list' | 'set' | 'dict' }>): void {
  if (node.kind === 'DictComp') {
    const key = evaluate(m, node.key)
    const value = evaluate(m, node.value)
    if (into.type === 'dict') setEntry(m, into, key, value, place(m, node.key))
    return
  }
  const value = evaluate(m, node.elt)
  if (into.type === 'list') into.items.push(value)
  else if (into.type === 'set') addToSet(m, into, value)
}
