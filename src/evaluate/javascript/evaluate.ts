import type { Expression } from '../../syntax/javascript/ast.ts'
import { evaluateCall, evaluateNew } from './calls.ts'
import { textOutcomes } from './literals.ts'
import { evaluateMember } from './members.ts'
import { nameOf } from './names.ts'
import { countsAsTrue, equality, identityOf, identityOfValue, opposite } from './questions.ts'
import type { ScopeVariable } from './scopes.ts'
import { placeOf, type ScriptSource } from './source.ts'
import type { ValueHole } from './values.ts'
import {
  combine,
  equal,
  known,
  maxOutcomes,
  numberOf,
  numeric,
  partsOf,
  type ScriptFrame,
  type ScriptOutcome,
  type ScriptValue,
  type TextPart,
  truth,
  under,
} from './values.ts'
import { evaluateName } from './variables.ts'

/** What an evaluation may use of the outside, and its bounds. */
export interface Evaluator {
  /** The source that an import names, seen from another. */
  importFrom(source: ScriptSource, module: string): ScriptSource | undefined
  /** The sources that import from this one. */
  importers(source: ScriptSource): readonly ScriptSource[]
  /** A global that another script of the same page binds; undefined when none does, or several do. */
  globalOf(
    source: ScriptSource,
    name: string,
  ): { readonly source: ScriptSource; readonly variable: ScopeVariable } | undefined
  /** A variable of the front-end build: its text and where a `.env` file gives it. */
  buildVariable(source: ScriptSource, name: string): ScriptOutcome | undefined
  /** What the page that runs this source writes into an attribute of an element; undefined: no page does, or several do. */
  attributeOf(source: ScriptSource, selector: string, attribute: string): readonly ScriptOutcome[] | undefined
  /** What `json_script` writes into an element, as `JSON.parse` reads it; undefined: no page does, or several do. */
  jsonOf(source: ScriptSource, selector: string): readonly ScriptOutcome[] | undefined
  steps: number
  /** The step at which the evaluation in progress gives up: what it made until then is of no use, see `bounded`. */
  limit: number
  /** Variables and functions whose value is being worked out. */
  readonly active: Set<unknown>
}

/** Steps that the value of one expression may take. */
export const maxSteps = 4000

/**
 * What an evaluation makes with half of the steps that are left; undefined when they do not suffice. Its outcomes would be half
 * read then: a text whose last part is missing is another text. Whoever asked goes on with the other half.
 */
export function bounded<T>(e: Evaluator, make: () => T): T | undefined {
  const { limit } = e
  e.limit = Math.min(limit, e.steps + Math.ceil((limit - e.steps) / 2))
  const made = make()
  const exhausted = e.steps > e.limit
  e.limit = limit
  return exhausted ? undefined : made
}

/** What an expression is worth; at least one outcome. */
export function evaluate(e: Evaluator, node: Expression, frame: ScriptFrame): readonly ScriptOutcome[] {
  if (++e.steps > e.limit) return one(unknownOf(node, frame))
  switch (node.kind) {
    case 'String':
      return textOutcomes(node.value, { start: node.start + 1, end: node.end - 1 }, frame.source)
    case 'Template':
      return evaluateTemplate(e, node, frame)
    case 'Number':
      return one(evaluateNumber(node, frame))
    case 'Identifier':
      return evaluateName(e, node, frame)
    case 'Member':
      return evaluateMember(e, node, frame)
    case 'Call':
      return evaluateCall(e, node, frame)
    case 'New':
      return evaluateNew(e, node, frame)
    case 'Binary':
      return evaluateBinary(e, node, frame)
    case 'Conditional':
      return choose(e, node.test, frame, node.then, node.otherwise)
    case 'Unary':
      return evaluateUnary(e, node, frame)
    case 'Assignment':
      return evaluate(e, node.value, frame)
    case 'Sequence':
      return evaluate(e, node.expressions.at(-1) as Expression, frame)
    case 'Object':
      return one({ type: 'object', node, frame })
    case 'Array':
      return one(evaluateArray(e, node, frame))
    case 'Function':
      return one({ type: 'function', node, frame })
    default:
      return one(unknownOf(node, frame))
  }
}

/** Behind a spread of what is no known list nothing is known. */
function evaluateArray(e: Evaluator, node: Extract<Expression, { kind: 'Array' }>, frame: ScriptFrame): ScriptValue {
  const items: ScriptValue[] = []
  for (const element of node.elements) {
    const spread = element.kind === 'Spread' ? only(evaluate(e, element.value, frame)) : undefined
    if (element.kind !== 'Spread') items.push(only(evaluate(e, element, frame)) ?? unknownOf(element, frame))
    else if (spread?.type === 'list' && !spread.open) items.push(...spread.items)
    else return { type: 'list', items, open: true }
  }
  return { type: 'list', items }
}

export function one(value: ScriptValue): readonly ScriptOutcome[] {
  return [{ value, when: [] }]
}

/** The value when there is just one. */
export function only(outcomes: readonly ScriptOutcome[]): ScriptValue | undefined {
  return outcomes.length === 1 ? outcomes[0]?.value : undefined
}

export function unknownOf(
  node: Expression,
  frame: ScriptFrame,
  kind: ValueHole['kind'] = 'value',
  name = nameOf(node),
  id = identityOf(node, frame),
): ScriptValue {
  return { type: 'unknown', hole: { name, kind, at: placeOf(frame.source, node) }, id }
}

/** As JavaScript writes it: `0x10` is 16. */
function evaluateNumber(node: Extract<Expression, { kind: 'Number' }>, frame: ScriptFrame): ScriptValue {
  const value = Number(node.text.replaceAll('_', ''))
  if (Number.isNaN(value)) return unknownOf(node, frame)
  return numeric(value, placeOf(frame.source, node), String(value) === node.text)
}

function evaluateTemplate(
  e: Evaluator,
  node: Extract<Expression, { kind: 'Template' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  if (node.tag !== undefined) return one(unknownOf(node, frame))
  let outcomes: readonly ScriptOutcome[] = one({ type: 'text', parts: [] })
  node.quasis.forEach((quasi, index) => {
    outcomes = combine(outcomes, textOutcomes(quasi.value, quasi, frame.source), concatenate)
    const expression = node.expressions[index]
    if (expression !== undefined) outcomes = combine(outcomes, evaluateText(e, expression, frame), concatenate)
  })
  return outcomes
}

/** Outcomes that can be joined to a text: what has no text becomes a hole named after the expression. */
export function evaluateText(e: Evaluator, node: Expression, frame: ScriptFrame): readonly ScriptOutcome[] {
  return evaluate(e, node, frame).map((outcome) => ({
    ...outcome,
    value: joined(outcome.value, node, frame) ?? unknownOf(node, frame),
  }))
}

/** What becomes part of a text. `null`, `undefined` and what counts as false are no texts that anyone means to join. */
function joined(value: ScriptValue, node: Expression, frame: ScriptFrame): ScriptValue | undefined {
  if (value.type === 'boolean') return known(String(value.value), placeOf(frame.source, node))
  return value.type === 'nothing' || partsOf(value) === undefined ? undefined : value
}

export function concatenate(a: ScriptValue, b: ScriptValue): ScriptValue {
  return { type: 'text', parts: [...textOf(a), ...textOf(b)] }
}

function textOf(value: ScriptValue): readonly TextPart[] {
  return partsOf(value) ?? []
}

function evaluateUnary(
  e: Evaluator,
  node: Extract<Expression, { kind: 'Unary' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  if (node.op === 'await') return evaluate(e, node.operand, frame)
  if (node.op === '!') {
    return evaluate(e, node.operand, frame).map(({ value, when }) => {
      const answer = truth(value)
      if (answer !== undefined) return { value: { type: 'boolean', value: !answer }, when }
      const id = opposite(identityOfValue(value, node.operand, frame))
      return { value: unknownOf(node, frame, 'value', undefined, id), when }
    })
  }
  if (
    node.op === 'typeof' &&
    node.operand.kind === 'Identifier' &&
    ['window', 'document', 'location', 'self', 'globalThis'].includes(node.operand.name)
  ) {
    return one(known('object', placeOf(frame.source, node)))
  }
  if (node.op === '-' || node.op === '+') {
    return evaluate(e, node.operand, frame).map(({ value, when }) => {
      const number = numberOf(value)
      if (number === undefined) return { value: unknownOf(node, frame), when }
      return { value: numeric(node.op === '-' ? -number : number, placeOf(frame.source, node)), when }
    })
  }
  return one(node.op === 'void' ? { type: 'nothing' } : unknownOf(node, frame))
}

function evaluateBinary(
  e: Evaluator,
  node: Extract<Expression, { kind: 'Binary' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  switch (node.op) {
    case '+':
      return combine(evaluateText(e, node.left, frame), evaluateText(e, node.right, frame), (a, b) => {
        const [left, right] = [numberOf(a), numberOf(b)]
        if (left !== undefined && right !== undefined) return numeric(left + right, placeOf(frame.source, node))
        // A number and what nobody knows: a sum, or a text.
        const open = (left !== undefined && b.type === 'unknown') || (right !== undefined && a.type === 'unknown')
        return open ? unknownOf(node, frame) : concatenate(a, b)
      })
    case '||':
    case '??':
    case '&&':
      return evaluateLogical(e, node, frame)
    case '==':
    case '===':
    case '!=':
    case '!==':
      return combine(evaluate(e, node.left, frame), evaluate(e, node.right, frame), (a, b) => {
        const same = equal(a, b)
        if (same !== undefined) return { type: 'boolean', value: node.op.startsWith('=') ? same : !same }
        const [left, right] = [identityOfValue(a, node.left, frame), identityOfValue(b, node.right, frame)]
        return unknownOf(node, frame, 'value', undefined, equality(left, right, node.op))
      })
    case '>':
    case '>=':
    case '<':
      return compareIndex(e, node, frame)
    default:
      return one(unknownOf(node, frame))
  }
}

/** `text.indexOf('https') > -1`, `parts.length > 2`: numbers are compared, and texts only with them. */
function compareIndex(
  e: Evaluator,
  node: Extract<Expression, { kind: 'Binary' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  return combine(evaluate(e, node.left, frame), evaluate(e, node.right, frame), (a, b) => {
    const [left, right] = [numberOf(a), numberOf(b)]
    if (left === undefined || right === undefined) return unknownOf(node, frame)
    return { type: 'boolean', value: node.op === '>' ? left > right : node.op === '>=' ? left >= right : left < right }
  })
}

function evaluateLogical(
  e: Evaluator,
  node: Extract<Expression, { kind: 'Binary' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  const outcomes: ScriptOutcome[] = []
  for (const left of evaluate(e, node.left, frame)) {
    const answer = node.op === '??' ? present(left.value) : truth(left.value)
    const stays = node.op === '&&' ? answer === false : answer === true
    if (stays) outcomes.push(left)
    else {
      const open = answer === undefined
      const yes = countsAsTrue(left.value, node.left, frame, true)
      const no = countsAsTrue(left.value, node.left, frame, false)
      if (open && node.op !== '&&') outcomes.push(...under([yes], [left]))
      const right = evaluate(e, node.right, frame)
      outcomes.push(...under(left.when, open ? under([node.op === '&&' ? yes : no], right) : right))
      if (open && node.op === '&&') outcomes.push(...under([no], [{ ...left, value: { type: 'nothing' } }]))
    }
  }
  return outcomes.slice(0, maxOutcomes)
}

/** Neither null nor undefined. */
function present(value: ScriptValue): boolean | undefined {
  if (value.type === 'nothing') return false
  return value.type === 'unknown' ? undefined : true
}

function choose(
  e: Evaluator,
  test: Expression,
  frame: ScriptFrame,
  then: Expression,
  otherwise: Expression,
): readonly ScriptOutcome[] {
  const outcomes: ScriptOutcome[] = []
  for (const { value, when } of evaluate(e, test, frame)) {
    const answer = truth(value)
    for (const holds of [true, false]) {
      if (answer === !holds) continue
      const asked = answer === undefined ? [countsAsTrue(value, test, frame, holds)] : []
      outcomes.push(...under(when, under(asked, evaluate(e, holds ? then : otherwise, frame))))
    }
  }
  return outcomes.slice(0, maxOutcomes)
}
