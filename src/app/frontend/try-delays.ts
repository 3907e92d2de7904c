import type { ScopeVariable, ScriptContext, Site } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression } from '../../syntax/javascript/ast.ts'
import { numberOf } from './numbers.ts'
import { targetOf } from './reach.ts'

/** What runs when a socket closes. */
export interface Closing {
  /** The handlers themselves. */
  readonly handlers: readonly Expression[]
  /** Calls in them, and in what they call or hand to others. */
  readonly inside: readonly Site[]
  readonly source: ScriptSource
}

/**
 * Milliseconds between the end of a socket and a call that opens the next one, with these values of variables. Undefined where
 * something else than `setTimeout` is on the way: a helper that waits, a promise, an `await`.
 */
export function waitBefore(
  site: Site,
  closing: Closing,
  given: ReadonlyMap<ScopeVariable, number>,
  seen: ReadonlySet<Site> = new Set(),
): number | undefined {
  if (seen.has(site)) return undefined
  const own = isTimer(site) ? delayOf(site, closing, given) : 0
  const before = own === undefined ? undefined : whenRun(site.context, closing, given, new Set([...seen, site]))
  return own === undefined || before === undefined ? undefined : own + before
}

/** A call of a function by its name, or of the constructor itself; not one that is handed it. */
export function isDirect({ node, context }: Site, wanted: ReadonlySet<unknown>, source: ScriptSource): boolean {
  return wanted.has(node) || wanted.has(targetOf(node.callee, context, source)?.node)
}

export const isTimer = ({ node }: Site): boolean =>
  (node.callee.kind === 'Identifier' || node.callee.kind === 'Member') && node.callee.name === 'setTimeout'

/** When the function around a place runs. */
function whenRun(
  { function: fn }: ScriptContext,
  closing: Closing,
  given: ReadonlyMap<ScopeVariable, number>,
  seen: ReadonlySet<Site>,
): number | undefined {
  // What waits in it is not looked for.
  if (fn === undefined || fn.async) return undefined
  if (closing.handlers.includes(fn)) return 0
  const callers = callersOf(fn, closing)
  const [caller] = callers
  if (caller === undefined || callers.length > 1) return undefined
  const isCalled = isTimer(caller) || isDirect(caller, new Set([fn]), closing.source)
  return isCalled ? waitBefore(caller, closing, given, seen) : undefined
}

/** The calls that are handed a function, or call it by its name. */
function callersOf(fn: FunctionExpression, { inside, source }: Closing): Site[] {
  return inside.filter(({ node, context }) =>
    [node.callee, ...node.args].some((part) => part === fn || targetOf(part, context, source)?.node === fn),
  )
}

function delayOf(
  { node, context }: Site,
  { source }: Closing,
  given: ReadonlyMap<ScopeVariable, number>,
): number | undefined {
  const [, delay] = node.args
  return delay === undefined ? 0 : numberOf(delay, context, source, given)
}
