import type { Expression, FunctionExpression, Statement } from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'

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

/**
 * The expressions of a close handler that do not run after such an end: `if (event.wasClean) return`, `event.code === 1000 && …`.
 * `given`: what its first parameter holds.
 */
export function skippedAfter(node: FunctionExpression, ending: Ending, given: ToldEnd): Set<unknown> {
  const { body } = node
  const says = told(node, given)
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
    if (statement.kind === 'Return') return true
    if (statement.kind === 'Block') return run(statement.body)
    if (statement.kind === 'ExpressionStatement' && statement.expression.kind === 'Binary') {
      const { op, left, right } = statement.expression
      const decides = op === '&&' ? false : op === '||' ? true : undefined
      if (decides !== undefined && holds(left, ending, says) === decides) skip([{ ...statement, expression: right }])
    }
    if (statement.kind !== 'If') return false
    const answer = holds(statement.test, ending, says)
    const { then, otherwise } = statement
    const rest = otherwise === undefined ? [] : [otherwise]
    if (answer === false) skip([then])
    if (answer === true) skip(rest)
    const ends = [answer === false ? false : step(then), answer === true ? false : run(rest)]
    return answer === true ? ends[0] === true : answer === false ? ends[1] === true : ends.every((one) => one)
  }
  run(body)
  return skipped
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
  for (const statement of body)
    for (const { target, init } of statement.kind === 'VariableDeclaration' ? statement.declarators : [])
      if (init !== undefined) bind(target, says(init))
  return says
}

/** Whether a test of the close event holds after such an end; undefined: it asks for something else. */
function holds(test: Expression, ending: Ending, says: Says): boolean | undefined {
  if (says(test) === 'wasClean') return ending.clean
  if (test.kind === 'Unary' && test.op === '!') return not(holds(test.operand, ending, says))
  if (test.kind === 'Call') return among(test, ending, says)
  if (test.kind !== 'Binary') return undefined
  const { op, left, right } = test
  if (op === '&&' || op === '||') {
    const both = [holds(left, ending, says), holds(right, ending, says)]
    const decides = op === '||'
    return both.includes(decides) ? decides : both.includes(undefined) ? undefined : !decides
  }
  const isSame = /^!?==?=?$/.test(op) ? same(left, right, ending, says) : undefined
  return op.startsWith('!') ? not(isSame) : isSame
}

/** `[1000, 1001].includes(event.code)` */
function among(
  { callee, args: [asked] }: Extract<Expression, { kind: 'Call' }>,
  { code }: Ending,
  says: Says,
): boolean | undefined {
  if (callee.kind !== 'Member' || callee.name !== 'includes' || callee.object.kind !== 'Array') return undefined
  if (asked === undefined || says(asked) !== 'code') return undefined
  const codes = callee.object.elements.map((one) => (one.kind === 'Number' ? Number(one.text) : undefined))
  return codes.includes(code) ? true : codes.includes(undefined) ? undefined : false
}

const not = (answer: boolean | undefined): boolean | undefined => (answer === undefined ? undefined : !answer)

function same(left: Expression, right: Expression, ending: Ending, says: Says): boolean | undefined {
  const asked = [left, right].find((side) => says(side) === 'code' || says(side) === 'wasClean')
  const given = asked === left ? right : left
  if (asked === undefined) return undefined
  if (says(asked) === 'code') return given.kind === 'Number' ? Number(given.text) === ending.code : undefined
  const written = given.kind === 'Identifier' ? given.name : undefined
  return written === 'true' ? ending.clean : written === 'false' ? !ending.clean : undefined
}
