import type { ScriptContext } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Declarator, Expression, FunctionExpression, Statement } from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'
import { numberOf, variableOf } from './numbers.ts'
import { targetOf } from './reach.ts'

/** How a socket ends, as its close event says it. */
export interface Ending {
  readonly clean: boolean
  readonly code: number
}

/**
 * What a page sees of a dyno that restarts: daphne just goes (1006, seen in Chromium), uvicorn closes its sockets (`shutdown()` of each
 * of its WebSocket protocols; 1012 "Service Restart", which is a clean end).
 */
export const endings = { abrupt: { clean: false, code: 1006 }, goodbye: { clean: true, code: 1012 } } as const

/** What of a close event a name holds. */
export type ToldEnd = 'event' | keyof typeof asks

/** The properties of a close event that say how the socket ended. */
const asks = { code: true, wasClean: true } as const

/** What an expression says of the close event; undefined: something else. */
type Says = (node: Expression) => ToldEnd | undefined

/** Where a function is written. */
interface Written {
  readonly context: ScriptContext
  readonly source: ScriptSource
}

/** A function that is asked what it does after an end. */
interface Asked extends Written {
  readonly ending: Ending
  readonly says: Says
  /** What its constants are declared as. */
  readonly constants: ReadonlyMap<string, Expression>
  /** How many functions are asked already. */
  readonly depth: number
}

function askedOf(node: FunctionExpression, ending: Ending, given: ToldEnd, written: Written, depth = 0): Asked {
  const constants = declaredOnce(node.body).flatMap(({ target, init }): [string, Expression][] =>
    target.kind === 'Identifier' && init !== undefined ? [[target.name, init]] : [],
  )
  const { context, source } = written
  return { ending, says: told(node, given), constants: new Map(constants), context, source, depth }
}

/**
 * The expressions of a close handler that do not run after such an end: `if (event.wasClean) return`, `event.code === 1000 && …`.
 * `given`: what its first parameter holds.
 */
export function skippedAfter(node: FunctionExpression, ending: Ending, given: ToldEnd, written: Written): Set<unknown> {
  const asked = askedOf(node, ending, given, written)
  const skipped = new Set<unknown>()
  const skip = (statements: readonly Statement[]): void => eachExpression(statements, (node) => skipped.add(node))
  /** Whether the handler surely ends with one of these. */
  const run = (statements: readonly Statement[]): boolean => {
    const last = statements.findIndex(step)
    if (last < 0) return false
    skip(statements.slice(last + 1))
    return true
  }
  const step = (statement: Statement): boolean => {
    if (statement.kind === 'Return') {
      if (statement.value !== undefined) skip(leftOut(statement.value, asked))
      return true
    }
    if (statement.kind === 'Block') return run(statement.body)
    if (statement.kind === 'ExpressionStatement') skip(leftOut(statement.expression, asked))
    if (statement.kind === 'Switch') skip(casesLeftOut(statement, asked))
    if (statement.kind !== 'If') return false
    const answer = holds(statement.test, asked)
    const { then, otherwise } = statement
    const rest = otherwise === undefined ? [] : [otherwise]
    if (answer === false) skip([then])
    if (answer === true) skip(rest)
    const ends = [answer === false ? false : step(then), answer === true ? false : run(rest)]
    return answer === true ? ends[0] === true : answer === false ? ends[1] === true : ends.every((one) => one)
  }
  run(node.body)
  return skipped
}

/** What of `event.wasClean || open()`, or of `event.wasClean ? tell() : open()`, does not run. */
function leftOut(node: Expression, asked: Asked): Statement[] {
  const statement = (expression: Expression): Statement => ({ ...expression, kind: 'ExpressionStatement', expression })
  if (node.kind === 'Conditional') {
    const answer = holds(node.test, asked)
    return answer === undefined ? [] : [statement(answer ? node.otherwise : node.then)]
  }
  const decides = node.kind !== 'Binary' ? undefined : node.op === '&&' ? false : node.op === '||' ? true : undefined
  return node.kind === 'Binary' && decides !== undefined && holds(node.left, asked) === decides
    ? [statement(node.right)]
    : []
}

/** The cases of `switch (event.code)` that do not run; none where a case, or where one ends, cannot be told. */
function casesLeftOut({ subject, cases }: Extract<Statement, { kind: 'Switch' }>, asked: Asked): Statement[] {
  if (asked.says(subject) !== 'code') return []
  const codes = cases.map(({ test }) => test && numberOf(test, asked.context, asked.source))
  if (codes.some((code, index) => code === undefined && cases[index]?.test !== undefined)) return []
  const same = codes.indexOf(asked.ending.code)
  const from = same >= 0 ? same : cases.findIndex(({ test }) => test === undefined)
  const ends = ({ body }: (typeof cases)[number]): boolean =>
    body.some(
      (one) =>
        one.kind === 'Return' ||
        (one.kind === 'Block' && ends({ test: undefined, body: one.body })) ||
        (one.kind === 'Skipped' && /^(?:break|continue)\b/.test(asked.source.text.slice(one.start, one.end))),
    )
  const last = cases.findIndex((one, index) => index >= from && ends(one))
  return cases.flatMap(({ body }, index) => (from < 0 || index < from || (last >= 0 && index > last) ? body : []))
}

/** What the names of a function hold of the close event, by its first parameter and what is declared from it. */
export function told({ params: [first], body }: FunctionExpression, given: ToldEnd): Says {
  const names = new Map<string, ToldEnd>()
  const says: Says = (node) => {
    if (node.kind === 'Identifier') return names.get(node.name)
    if (node.kind !== 'Member' || node.name === undefined || says(node.object) !== 'event') return undefined
    return Object.hasOwn(asks, node.name) ? (node.name as ToldEnd) : undefined
  }
  const bind = (target: Expression, value: ToldEnd | undefined): void => {
    if (target.kind === 'Identifier' && value !== undefined) names.set(target.name, value)
    if (target.kind !== 'Object' || value !== 'event') return
    for (const { key, value: into } of target.properties)
      if (key !== undefined && Object.hasOwn(asks, key) && into.kind === 'Identifier')
        names.set(into.name, key as ToldEnd)
  }
  if (first !== undefined) bind(first.target, given)
  for (const { target, init } of declaredOnce(body)) if (init !== undefined) bind(target, says(init))
  return says
}

/** What a function declares and gives no other value later. */
function declaredOnce(body: readonly Statement[]): Declarator[] {
  const changed = new Set<string>()
  eachExpression(body, (node) => {
    if (node.kind === 'Assignment' && node.target.kind === 'Identifier') changed.add(node.target.name)
  })
  return body
    .flatMap((one) => (one.kind === 'VariableDeclaration' ? one.declarators : []))
    .filter(({ target }) => target.kind !== 'Identifier' || !changed.has(target.name))
}

/** Whether a test of the close event holds after such an end; undefined: it asks for something else. */
function holds(test: Expression, asked: Asked): boolean | undefined {
  if (asked.says(test) === 'wasClean') return asked.ending.clean
  if (test.kind === 'Unary' && test.op === '!') return not(holds(test.operand, asked))
  if (test.kind === 'Identifier') {
    const declared = asked.depth > 3 ? undefined : asked.constants.get(test.name)
    return declared && holds(declared, { ...asked, depth: asked.depth + 1 })
  }
  if (test.kind === 'Call') return among(test, asked) ?? answered(test, asked)
  if (test.kind !== 'Binary') return undefined
  const { op, left, right } = test
  if (op === '&&' || op === '||') {
    const both = [holds(left, asked), holds(right, asked)]
    const decides = op === '||'
    return both.includes(decides) ? decides : both.includes(undefined) ? undefined : !decides
  }
  return compared(test, asked)
}

/** `[1000, 1001].includes(event.code)`, `finalCodes.has(event.code)` */
function among({ callee, args: [given] }: Call, { ending, says, context, source }: Asked): boolean | undefined {
  if (callee.kind !== 'Member' || (callee.name !== 'includes' && callee.name !== 'has')) return undefined
  if (given === undefined || says(given) !== 'code') return undefined
  const list = written(callee.object, { context, source })
  const items = list?.kind === 'New' ? list.args[0] : list
  if (items?.kind !== 'Array') return undefined
  const codes = items.elements.map((one) => numberOf(one, context, source))
  return codes.includes(ending.code) ? true : codes.includes(undefined) ? undefined : false
}

/** What a name stands for that is written once. */
function written(node: Expression, { context, source }: Written): Expression | undefined {
  const variable = variableOf(node, context, source)
  const [only, ...others] = variable?.writes ?? []
  return variable === undefined ? node : others.length === 0 && only?.op === '=' ? only.value : undefined
}

/** What a function of the file says that is handed the event, or something of it, and only returns something. */
function answered({ callee, args: [first] }: Call, asked: Asked): boolean | undefined {
  const given = first && asked.says(first)
  const found = given === undefined || asked.depth > 3 ? undefined : targetOf(callee, asked.context, asked.source)
  if (given === undefined || found?.node.kind !== 'Function') return undefined
  const body = found.node.body.filter(({ kind }) => kind !== 'VariableDeclaration')
  const [only] = body
  if (body.length !== 1 || only?.kind !== 'Return' || only.throws || only.value === undefined) return undefined
  const inside = { context: found.context, source: asked.source }
  return holds(only.value, askedOf(found.node, asked.ending, given, inside, asked.depth + 1))
}

type Call = Extract<Expression, { kind: 'Call' }>

const not = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer)

/** `event.code === 1000`, `1000 < event.code`, `event.wasClean === true` */
function compared(
  { op, left, right }: Extract<Expression, { kind: 'Binary' }>,
  { ending, says, context, source }: Asked,
): boolean | undefined {
  const isRight = says(left) === undefined
  const [told, given] = isRight ? [says(right), left] : [says(left), right]
  const isSame = /^!?==?=?$/.test(op)
  if (told === 'code') {
    const number = numberOf(given, context, source)
    if (number === undefined) return undefined
    if (isSame) return (number === ending.code) !== op.startsWith('!')
    const [a, b] = isRight ? [number, ending.code] : [ending.code, number]
    return Object.hasOwn(orders, op) ? orders[op]?.(a, b) : undefined
  }
  if (told !== 'wasClean' || !isSame) return undefined
  const said = given.kind === 'Identifier' ? given.name : undefined
  const answer = said === 'true' ? ending.clean : said === 'false' ? !ending.clean : undefined
  return op.startsWith('!') ? not(answer) : answer
}

const orders: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
}
