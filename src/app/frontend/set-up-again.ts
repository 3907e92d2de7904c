import type { Span } from '../../contracts/place.ts'
import type { ScriptContext, Site } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression } from '../../syntax/javascript/ast.ts'
import { calledFrom, isWithin } from './handlers.ts'
import { nameOfCallee, targetOf } from './reach.ts'

/**
 * Whether opening a socket once more registers a listener or starts a timer once more on something that stays: each message would then
 * be sent twice, and three times after the next connection. `part`: what sets a socket up; `opener`: the function that it is, if it has
 * a name. Its open handlers run with every connection. Where one of them is out of sight, it may.
 */
export function registersAgain(
  source: ScriptSource,
  target: Expression,
  part: Span,
  opener: FunctionExpression | undefined,
): boolean {
  const run: FunctionExpression[] = []
  const own = ({ node, context }: Site) => opener !== undefined && context.function === opener && isIn(node, part)
  for (const [handler, context] of openHandlers(source, part)) {
    const found = handler && (handler.kind === 'Function' ? handler : targetOf(handler, context, source)?.node)
    if (found?.kind !== 'Function') return true
    run.push(found)
  }
  for (const { node, context } of source.scopes.sites.filter(own)) {
    const called = targetOf(node.callee, context, source)?.node
    if (called?.kind === 'Function') run.push(called)
  }
  const all = calledFrom(run, source).filter((one) => one !== opener)
  const again = source.scopes.sites.filter((site) => own(site) || all.some((one) => isWithin(site.node, one)))
  return again.some((site) => registers(site, target, source))
}

const isIn = (node: Span, { start, end }: Span) => node.start >= start && node.end <= end

/** What runs when the socket opens: `socket.onopen = …`, `socket.addEventListener('open', …)`. */
function openHandlers(source: ScriptSource, part: Span): [Expression | undefined, ScriptContext][] {
  const found: [Expression | undefined, ScriptContext][] = []
  for (const [key, { writes }] of source.scopes.members)
    for (const { value, context } of key.endsWith('.onopen') ? writes : [])
      if (value === undefined || isIn(value, part)) found.push([value, context])
  for (const { node, context } of source.scopes.sites) {
    const [event, handler] = node.args
    if (!isIn(node, part) || event?.kind !== 'String' || event.value !== 'open') continue
    if (node.callee.kind === 'Member') found.push([handler, context])
  }
  return found
}

/** Methods that call what they are given now or once, and then let go of it. */
const atOnce =
  /^(?:then|catch|finally|forEach|map|filter|some|every|find|findIndex|reduce|sort|each|setTimeout|requestAnimationFrame|get|getJSON|post|ajax|done|fail|always|one|off|removeEventListener)$/

/** A call that hands a function to something that keeps it; replacing a handler (`form.onsubmit = …`) does not add one. */
function registers({ node, context, assigned }: Site, target: Expression, source: ScriptSource): boolean {
  const { callee } = node
  const name = nameOfCallee(callee)
  // A timer that something ends is started anew for each connection.
  if (name === 'setInterval') return assigned === undefined || !mentions(source, 'clearInterval')
  if (callee.kind !== 'Member' || isSocket(callee.object, target)) return false
  const isGiven = node.args.some((arg) => arg.kind === 'Function' || targetOf(arg, context, source) !== undefined)
  return isGiven && !atOnce.test(name)
}

const mentions = (source: ScriptSource, called: string) =>
  source.scopes.sites.some(
    ({ node: { callee } }) => (callee.kind === 'Identifier' || callee.kind === 'Member') && callee.name === called,
  )

/** `socket`, `this.socket`, `event.target`: the new one has no listener yet. */
function isSocket(node: Expression, target: Expression): boolean {
  if (node.kind === 'Identifier' && node.name === 'this') return true
  const name = node.kind === 'Identifier' || node.kind === 'Member' ? node.name : undefined
  const own = target.kind === 'Identifier' || target.kind === 'Member' ? target.name : undefined
  return name === own || name === 'target' || name === 'currentTarget'
}
