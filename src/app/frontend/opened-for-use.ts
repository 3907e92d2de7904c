import type { Span } from '../../contracts/place.ts'
import { memberKey, type ScriptContext, type Site } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression, Statement } from '../../syntax/javascript/ast.ts'
import { childrenOf, eachExpression, partsOf } from '../../syntax/javascript/walk.ts'
import { namesOf } from './handlers.ts'
import type { Opening } from './openings.ts'
import { openersOf, targetOf } from './reach.ts'
import type { Uses } from './uses.ts'

/**
 * Whether what sends through a socket asks before whether it is open, and opens it if it is not: `if (ws.readyState !== WebSocket.OPEN)
 * connect()`, in the function that sends or in one that it calls. A test without such a function behind it may run once, at the start.
 */
export function openedForUse(opening: Opening, source: ScriptSource, uses: Uses): boolean {
  const names = new Set(namesOf(opening, source, uses))
  if (names.size === 0) return false
  const same = uses.openings.filter(
    (one) => one.url !== undefined && namesOf(one, source, uses).some((name) => names.has(name)),
  )
  const openers = openersOf(same, source)
  const { sites } = source.scopes
  const senders = new Set(
    sites.flatMap(({ node: { callee }, context }) =>
      callee.kind === 'Member' && callee.name === 'send' && isNamed(callee.object, context, names)
        ? (context.function ?? [])
        : [],
    ),
  )
  return [...senders].some((sender) =>
    calledIn(sender, sites, source).some((one) => {
      const asked = behindTest(one, names, source)
      return sites.some(
        (site) =>
          site.context.function === one &&
          asked.some((span) => span.start <= site.node.start && site.node.end <= span.end) &&
          (openers.has(site.node) || openers.has(targetOf(site.node.callee, site.context, source)?.node)),
      )
    }),
  )
}

const isNamed = (node: Expression, context: ScriptContext, names: ReadonlySet<string>): boolean => {
  const key = memberKey(node, context)
  return key !== undefined && names.has(key)
}

/** A function, and those that run when it does: what it hands to others runs later. */
function calledIn(first: FunctionExpression, sites: readonly Site[], source: ScriptSource): FunctionExpression[] {
  const run = [first]
  for (const outer of run)
    for (const { node, context } of sites) {
      const called = context.function === outer ? targetOf(node.callee, context, source)?.node : undefined
      if (called?.kind === 'Function' && !run.includes(called)) run.push(called)
    }
  return run
}

/** What of a function runs by what a test of the socket's `readyState` says. */
function behindTest(node: FunctionExpression, names: ReadonlySet<string>, source: ScriptSource): Span[] {
  const info = source.scopes.functions.get(node)
  if (info === undefined) return []
  const context: ScriptContext = { ...info.context, scope: info.inner, function: node }
  const asks = (test: Expression): boolean =>
    (test.kind === 'Member' && test.name === 'readyState' && isNamed(test.object, context, names)) ||
    childrenOf(test).some(asks)
  const found: Span[] = []
  const visit = (statement: Statement): void => {
    if (statement.kind === 'If' && asks(statement.test))
      found.push(endsWithReturn(statement.then) ? { start: statement.start, end: node.end } : statement)
    for (const part of partsOf(statement)) if ('statement' in part) visit(part.statement)
  }
  node.body.forEach(visit)
  eachExpression(node.body, (one) => {
    if (one.kind === 'Binary' && (one.op === '&&' || one.op === '||') && asks(one.left)) found.push(one.right)
    if (one.kind === 'Conditional' && asks(one.test)) found.push(one)
  })
  return found
}

const endsWithReturn = (statement: Statement | undefined): boolean =>
  statement?.kind === 'Return' || (statement?.kind === 'Block' && endsWithReturn(statement.body.at(-1)))
