import { type Chain, lookup, memberKey, type ScriptContext, type Site } from '../../evaluate/javascript/scopes.ts'
import { placeOf, type ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression } from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'
import { boundedTries } from './bounded-tries.ts'
import { type Ending, endings, skippedAfter, type ToldEnd, told } from './endings.ts'
import { calledFrom, closeHandlers, type Handler, handlersOf, isWithin, messageHandlers, namesOf } from './handlers.ts'
import { heardOnce } from './heard-once.ts'
import type { Reconnect } from './model.ts'
import { isOpenedElsewhere, isRepeatedInMarkup } from './opened-elsewhere.ts'
import { openedForUse } from './opened-for-use.ts'
import { type Opening, optionOf } from './openings.ts'
import {
  asksServer,
  harmless,
  leadsToReload,
  leavesPage,
  nameOfCallee,
  openersOf,
  type Reach,
  reaches,
  rootOf,
  targetOf,
} from './reach.ts'
import { scriptAsked } from './script-asked.ts'
import type { Repeating, Uses } from './uses.ts'

/** Whether something opens this socket again after it was closed. */
export function reconnectOf(opening: Opening, source: ScriptSource, uses: Uses): Reconnect {
  if (opening.reconnects === 'always') return { by: 'library' }
  if (typeof opening.reconnects === 'object') return byOption(opening, opening.reconnects.option, source)
  const names = namesOf(opening, source, uses)
  const reach: Reach = { source, openers: uses.openers, seen: new Set(), unknown: false }
  const handlers = closeHandlers(names, opening, source, uses)
  const after = { abrupt: false, goodbye: false }
  for (const { handler, context } of handlers) {
    if (handler === undefined || isForeign(handler, context, source)) return { by: 'unknown' }
    if (setsEffectState(handler, context, opening, source)) return { by: 'handler' }
    for (const ending of ['abrupt', 'goodbye'] as const) {
      const own: Reach = { ...reach, seen: notRun(handler, context, endings[ending], source) }
      after[ending] ||= reaches(handler, context, own)
      reach.unknown ||= own.unknown || (own.tells === true && mayBeHeard(opening, source, uses))
    }
  }
  const again = opensAgain(opening, reach, uses)
  const polled = again.some(({ on }) => on !== 'network')
  if ((after.abrupt && after.goodbye) || polled) {
    const message = heardOnce(names, opening, [...handlers, ...uses.repeating], source, uses)
    if (message !== undefined) return { by: 'deaf', message: placeOf(source, message) }
    const reload = again.length > 0 ? undefined : onlyReload(handlers, reach)
    if (reload !== undefined) return { by: 'reload', at: placeOf(source, reload) }
    const gone = scriptAsked(opening, [...handlers, ...again], reach)
    if (gone !== undefined) return { by: 'script', at: placeOf(source, gone) }
    const tries = again.length > 0 ? undefined : boundedTries(handlers, source, uses)
    if (tries !== undefined) return { by: 'tries', tries }
    return { by: 'handler', leaves: leavesPage(calledFrom(functionsOf(handlers, source), source), source) }
  }
  if (reach.unknown || isRepeatedInMarkup(source, uses)) return { by: 'unknown' }
  if (opensAlong(opening, source, uses)) return { by: 'handler' }
  if (openedForUse(opening, source, uses)) return { by: 'use' }
  const [network] = again
  if (network !== undefined && !after.abrupt && !after.goodbye) {
    const known = source.scopes.sites.filter(({ node }) => again.some(({ handler }) => node.args.includes(handler)))
    if (isOpenedElsewhere(known, source, uses)) return { by: 'unknown' }
    return { by: 'network', at: placeOf(source, network.handler) }
  }
  if (closesItself(names, opening, source, uses)) return { by: 'one-shot' }
  const [first] = handlers
  if (first === undefined && leaves(opening, names, uses)) return { by: 'caller' }
  const close = first?.handler === undefined ? undefined : placeOf(source, first.handler)
  const asksOnce = sendsWhenOpenAlone(names, opening, source, uses)
  return { by: after.abrupt ? 'abrupt' : after.goodbye ? 'goodbye' : 'none', close, asksOnce }
}

/** Whether somebody who hears the event of an object may open the socket again: who imports its class has that object, and no one else. */
function mayBeHeard({ site }: Opening, source: ScriptSource, uses: Uses): boolean {
  const own = site.context.class
  const isExported = [...source.scopes.exports.values()].some(
    ({ value, context }) => value !== undefined && (value === own || targetOf(value, context, source)?.node === own),
  )
  if (own === undefined || !isExported || isOpenedElsewhere([], source, uses)) return true
  return [source, ...uses.importers()].some((one) => leavesPage([...one.scopes.functions.keys()], one))
}

/**
 * Whether one function opens this socket and another, and the close handler of the other calls it: the dyno ends both together. What stands
 * in that handler itself takes the other's place, and has none that would hear of its end.
 */
function opensAlong(opening: Opening, source: ScriptSource, uses: Uses): boolean {
  const openers = openersOf([opening], source)
  return uses.openings.some((other) =>
    other === opening || ![...openersOf([other], source)].some((one) => openers.has(one))
      ? false
      : closeHandlers(namesOf(other, source, uses), other, source, uses).some(
          ({ handler, context }) =>
            handler !== undefined &&
            !isWithin(opening.site.node, handler) &&
            Object.values(endings).every((ending) =>
              reaches(handler, context, {
                source,
                openers,
                seen: notRun(handler, context, ending, source),
                unknown: false,
                reloads: false,
              }),
            ),
        ),
  )
}

/** The call that loads the page anew, where that alone opens the socket again and nothing asks before whether the server answers. */
function onlyReload(handlers: readonly Handler[], { source, openers }: Reach): Expression | undefined {
  const opens = handlers.some(
    ({ handler, context }) =>
      handler !== undefined &&
      reaches(handler, context, { source, openers, seen: new Set(), unknown: false, reloads: false }),
  )
  if (opens) return undefined
  const run = calledFrom(functionsOf(handlers, source), source)
  const inside = source.scopes.sites.filter(({ node }) => run.some((one) => isWithin(node, one)))
  if (inside.some(({ node: { callee } }) => asksServer.test(nameOfCallee(callee)))) return undefined
  const reload = inside.find(
    ({ node: { callee }, context }) =>
      callee.kind === 'Member' && callee.name === 'reload' && leadsToReload(callee, context),
  )?.node
  return reload === undefined || inside.some(({ node }) => outlasts(node, reload)) ? undefined : reload
}

const functionsOf = (handlers: readonly Handler[], source: ScriptSource): Expression[] =>
  handlers.flatMap(({ handler, context }) =>
    handler === undefined ? [] : [targetOf(handler, context, source)?.node ?? handler],
  )

/** A timer that waits for a minute, in which a dyno has mostly come back. */
function outlasts({ callee, args: [handler, delay] }: Site['node'], reload: Expression): boolean {
  if (nameOfCallee(callee) !== 'setTimeout' || handler === undefined || delay?.kind !== 'Number') return false
  return isWithin(reload, handler) && Number(delay.text.replaceAll('_', '')) >= 60_000
}

/** What of a close handler, and of the functions that it hands its event to, does not run after such an end. */
function notRun(handler: Expression, context: ScriptContext, ending: Ending, source: ScriptSource): Set<unknown> {
  const found = handler.kind === 'Function' ? { node: handler, context } : targetOf(handler, context, source)
  const skipped = new Set<unknown>()
  const asked: { node: FunctionExpression; context: ScriptContext; given: ToldEnd }[] =
    found?.node.kind === 'Function' ? [{ node: found.node, context: found.context, given: 'event' }] : []
  for (const { node: one, context: standing, given } of asked) {
    for (const node of skippedAfter(one, ending, given, { context: standing, source })) skipped.add(node)
    const says = told(one, given)
    for (const { node, context: where } of source.scopes.sites) {
      const first = node.kind === 'Call' && isWithin(node, one) && !skipped.has(node) ? node.args[0] : undefined
      const handed = first && says(first)
      if (handed === undefined) continue
      const called = targetOf(node.callee, where, source)
      if (called?.node.kind === 'Function' && !asked.some((other) => other.node === called.node))
        asked.push({ node: called.node, context: called.context, given: handed })
    }
  }
  return skipped
}

/** A handler by a name that stands for no function of this file. */
function isForeign(handler: Expression, context: ScriptContext, source: ScriptSource): boolean {
  if (handler.kind !== 'Identifier' && handler.kind !== 'Member') return false
  return targetOf(handler, context, source) === undefined && !harmless.test(rootOf(handler) ?? '')
}

function byOption(opening: Opening, option: string, source: ScriptSource): Reconnect {
  // What a stream does after its end is up to whoever subscribes to it.
  if (opening.library?.startsWith('rxjs')) return { by: 'unknown' }
  if (opening.options === undefined) return { by: 'none', close: undefined, asksOnce: false }
  if (opening.options.kind !== 'Object') return { by: 'unknown' }
  const value = optionOf(opening.options, option)
  const spread = opening.options.properties.some((property) => property.key === undefined)
  if (value === undefined) return spread ? { by: 'unknown' } : { by: 'none', close: undefined, asksOnce: false }
  const off = value.kind === 'Identifier' && value.name === 'false'
  return off ? { by: 'none', close: placeOf(source, value), asksOnce: false } : { by: 'library' }
}

/** The timers, and page events that come again, that call what opens the socket. */
function opensAgain(opening: Opening, reach: Reach, uses: Uses): readonly Repeating[] {
  const inside = enclosingFunctions(opening.site.context.function, reach.source)
  return uses.repeating.filter(
    ({ handler, context }) =>
      !inside.has(handler) && reaches(handler, context, { ...reach, seen: new Set(), unknown: false }),
  )
}

function enclosingFunctions(node: FunctionExpression | undefined, source: ScriptSource): Set<unknown> {
  const found = new Set<unknown>()
  for (
    let inner = node;
    inner !== undefined && !found.has(inner);
    inner = source.scopes.functions.get(inner)?.context.function
  )
    found.add(inner)
  return found
}

/** React: the close handler changes a state on which the effect that opens the socket depends. */
function setsEffectState(handler: Expression, context: ScriptContext, opening: Opening, source: ScriptSource): boolean {
  const dependencies = effectDependencies(opening.site, source)
  if (dependencies.length === 0) return false
  const setters = new Set(dependencies.map((name) => `set${name.charAt(0).toUpperCase()}${name.slice(1)}`))
  let found = false
  const visit = (node: Expression): void => {
    if (node.kind === 'Call' && node.callee.kind === 'Identifier' && setters.has(node.callee.name)) found = true
  }
  const target = targetOf(handler, context, source)?.node ?? handler
  if (target.kind === 'Function') eachExpression(target.body, visit)
  return found
}

/** Names in the list of dependencies of the `useEffect` around a place. */
function effectDependencies(site: Site, source: ScriptSource): string[] {
  for (
    let inner = site.context.function;
    inner !== undefined;
    inner = source.scopes.functions.get(inner)?.context.function
  ) {
    const call: Chain | undefined = source.scopes.functions.get(inner)?.around
    if (
      call?.node.kind !== 'Call' ||
      call.node.callee.kind !== 'Identifier' ||
      !/^use(?:Layout)?Effect$/.test(call.node.callee.name)
    )
      continue
    const list = call.node.args[1]
    return list?.kind === 'Array'
      ? list.elements.flatMap((element) => (element.kind === 'Identifier' ? [element.name] : []))
      : []
  }
  return []
}

/** A handler of a message closes the socket, or that of its opening when it has sent: it was opened for one exchange. */
function closesItself(names: readonly string[], opening: Opening, source: ScriptSource, uses: Uses): boolean {
  const does = ({ handler }: Handler, method: 'send' | 'close'): boolean =>
    handler !== undefined &&
    calls(method, targetOf(handler, opening.site.context, source)?.node ?? handler, names, source)
  return (
    messageHandlers(names, source, uses).some((one) => does(one, 'close')) ||
    handlersOf('open', names, source, uses).some((one) => does(one, 'send') && does(one, 'close'))
  )
}

/** Whether all that this script sends on the socket stands in handlers of its opening, and no other code has it. */
function sendsWhenOpenAlone(names: readonly string[], opening: Opening, source: ScriptSource, uses: Uses): boolean {
  if (names.length === 0 || leaves(opening, names, uses)) return false
  const open = handlersOf('open', names, source, uses).flatMap(
    ({ handler }) => (handler && targetOf(handler, opening.site.context, source)?.node) ?? handler ?? [],
  )
  const sent = source.scopes.sites.filter(({ node: { callee }, context }) => {
    const key = callee.kind === 'Member' && callee.name === 'send' ? memberKey(callee.object, context) : undefined
    return key !== undefined && names.includes(key)
  })
  return sent.length > 0 && sent.every(({ node }) => open.some((handler) => isWithin(node, handler)))
}

function calls(method: string, handler: Expression, names: readonly string[], source: ScriptSource): boolean {
  if (handler.kind !== 'Function') return false
  let found = false
  eachExpression(handler.body, (node) => {
    if (node.kind !== 'Call' || node.callee.kind !== 'Member' || node.callee.name !== method) return
    const site = source.scopes.sites.find((one) => one.node === node)
    const key = site === undefined ? undefined : memberKey(node.callee.object, site.context)
    found ||= key !== undefined && (names.includes(key) || key.startsWith('this'))
  })
  return found
}

/** The socket is handed to code elsewhere: returned, exported, or passed on. */
function leaves(opening: Opening, names: readonly string[], uses: Uses): boolean {
  const { site } = opening
  if (site.returned || site.around?.node.kind === 'Call' || site.around?.node.kind === 'Object') return true
  if (names.length === 0)
    return site.node.kind === 'New' && site.around !== undefined && site.around.node.kind !== 'Member'
  return names.some(
    (name) =>
      uses.givenOut.has(name) ||
      uses.handedTo.get(name)?.some(({ node, context }) => !isLocalCall(node.callee, context)) === true,
  )
}

/** A call that only looks at the socket: `console.log(socket)`, `$(socket)`. */
function isLocalCall(callee: Expression, context: ScriptContext): boolean {
  const root = rootOf(callee)
  return root !== undefined && lookup(context.scope, root) === undefined && harmless.test(root)
}
