import type { Place, Span } from '../../contracts/place.ts'
import type { ScriptContext } from '../../evaluate/javascript/scopes.ts'
import { placeOf, type ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression, Statement } from '../../syntax/javascript/ast.ts'
import { eachExpression, partsOf } from '../../syntax/javascript/walk.ts'
import { type ToldEnd, told } from './endings.ts'
import { type Handler, isWithin } from './handlers.ts'
import { numberOf } from './numbers.ts'
import { targetOf } from './reach.ts'

/** A code with which a close handler compares that of the close event. */
export interface CloseCode {
  readonly code: number
  /** `event.code === 4001`, the element of a list, the case of a `switch`. */
  readonly at: Place
}

/** What the browser says of a connection that broke off, or that no server let in. */
const abrupt = 1006

/**
 * The codes of the application (3000 and more) that the close handlers of a socket look for. None where they know the end without a code
 * (1006) as well, where anything else leads to the same (`event.code === 4001 || !wasOpen`), or where the page itself may close with one.
 */
export function closeCodes(handlers: readonly Handler[], source: ScriptSource): CloseCode[] {
  const found = handedTo(handlers, source).flatMap(({ node, context, given }) => codesIn(node, context, given, source))
  if (found.some(({ code }) => code === abrupt)) return []
  const own = ownCodes(source)
  return found.flatMap(({ code, at, excused }) =>
    code < 3000 || code > 4999 || excused || own.has(code) || own.has(undefined)
      ? []
      : { code, at: placeOf(source, at) },
  )
}

interface Listening {
  readonly node: FunctionExpression
  readonly context: ScriptContext
  readonly given: ToldEnd
}

/** The close handlers, and the functions of the file that they hand their event to, or its code. */
function handedTo(handlers: readonly Handler[], source: ScriptSource): readonly Listening[] {
  const found = handlers.flatMap(({ handler, context }): Listening[] => {
    const target =
      handler && (handler.kind === 'Function' ? { node: handler, context } : targetOf(handler, context, source))
    return target?.node.kind === 'Function' ? [{ node: target.node, context: target.context, given: 'event' }] : []
  })
  for (const { node: outer, given } of found) {
    const says = told(outer, given)
    for (const { node: call, context } of source.scopes.sites) {
      const handed = call.kind === 'Call' && isWithin(call, outer) && call.args[0] ? says(call.args[0]) : undefined
      const called = handed && targetOf(call.callee, context, source)
      if (handed !== undefined && called?.node.kind === 'Function' && !found.some(({ node }) => node === called.node))
        found.push({ node: called.node, context: called.context, given: handed })
    }
  }
  return found
}

interface Compared {
  readonly code: number
  readonly at: Span
  /** Something else leads where this code does. */
  readonly excused: boolean
}

function codesIn(outer: FunctionExpression, context: ScriptContext, given: ToldEnd, source: ScriptSource): Compared[] {
  const says = told(outer, given)
  const number = (node: Expression): number | undefined => numberOf(node, context, source)
  const found: Compared[] = []
  const excused = new Set<Expression>()
  const shadows: Expression[] = []
  const names = namesOf(outer)
  const note = (code: number | undefined, at: Expression, of: Expression): void => {
    if (code === undefined || shadows.some((one) => isWithin(at, one))) return
    found.push({ code, at, excused: excused.has(of) })
  }
  const isTest = (node: Expression): boolean => comparedWith(node) !== undefined || listed(node).length > 0
  /** What the code is compared with: `event.code === 4001`. */
  const comparedWith = (node: Expression): Expression | undefined => {
    if (node.kind !== 'Binary' || !/^[!=]==?$/.test(node.op)) return undefined
    return says(node.left) === 'code' ? node.right : says(node.right) === 'code' ? node.left : undefined
  }
  /** `[4001, 4003].includes(event.code)` */
  const listed = (node: Expression): readonly Expression[] => {
    if (node.kind !== 'Call' || node.callee.kind !== 'Member' || node.callee.name !== 'includes') return []
    const [first] = node.args
    const { object } = node.callee
    return first !== undefined && says(first) === 'code' && object.kind === 'Array' ? object.elements : []
  }
  eachExpression(outer.body, (node) => {
    if (node.kind === 'Function' && namesOf(node).some((name) => names.includes(name))) shadows.push(node)
    if (node.kind === 'Binary' && node.op === '||') {
      const operands = alternatives(node)
      if (!operands.every(isTest)) for (const one of operands) excused.add(one)
    }
    const other = comparedWith(node)
    if (other !== undefined) note(number(other), node, node)
    for (const one of listed(node)) note(number(one), one, node)
  })
  for (const { subject, cases } of switchesIn(outer.body))
    if (says(subject) === 'code') for (const { test } of cases) if (test !== undefined) note(number(test), test, test)
  return found
}

/** `a || b || c` -> a, b, c */
const alternatives = (node: Expression): readonly Expression[] =>
  node.kind === 'Binary' && node.op === '||' ? [...alternatives(node.left), ...alternatives(node.right)] : [node]

/** The plain names of a function's parameters. */
const namesOf = ({ params }: FunctionExpression): string[] =>
  params.flatMap(({ target }) => (target.kind === 'Identifier' ? target.name : []))

function switchesIn(body: readonly Statement[]): Extract<Statement, { kind: 'Switch' }>[] {
  return body.flatMap((statement) => [
    ...(statement.kind === 'Switch' ? [statement] : []),
    ...switchesIn(partsOf(statement).flatMap((part) => ('statement' in part ? part.statement : []))),
  ])
}

/** The codes with which the script closes sockets itself, which its own handlers then see; undefined: one that cannot be read. */
function ownCodes(source: ScriptSource): ReadonlySet<number | undefined> {
  const closing = source.scopes.sites.filter(
    ({ node: { kind, callee, args } }) =>
      kind === 'Call' &&
      callee.kind === 'Member' &&
      callee.name === 'close' &&
      args.length > 0 &&
      args[0]?.kind !== 'String',
  )
  return new Set(closing.map(({ node, context }) => node.args[0] && numberOf(node.args[0], context, source)))
}
