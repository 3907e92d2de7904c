import { lookup, memberKey, type ScriptContext, type Site } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { ClassExpression, Expression } from '../../syntax/javascript/ast.ts'
import { type Opening, optionOf } from './openings.ts'
import { targetOf } from './reach.ts'
import type { Uses } from './uses.ts'

/** Paths under which the socket is known: `socket`, `this.ws`; for a class that is a socket, `this`. */
export function namesOf(opening: Opening, source: ScriptSource, uses: Uses): readonly string[] {
  const { site } = opening
  const names: string[] = []
  const assigned = site.assigned === undefined ? undefined : memberKey(site.assigned, site.context)
  if (assigned !== undefined) names.push(assigned)
  if (
    site.node.kind === 'Call' &&
    site.context.class !== undefined &&
    memberKey(site.node.callee, site.context) === 'super'
  ) {
    names.push(`this@${site.context.class.start}`, ...instancesOf(site.context.class, source))
  }
  // `const ws = new WebSocket(url); this.ws = ws`
  for (const name of [...names]) names.push(...(uses.copies.get(name) ?? []))
  return names
}

/** What the instances of a class of the file are kept in. */
function instancesOf(node: ClassExpression, source: ScriptSource): string[] {
  return source.scopes.sites.flatMap((site) => {
    const { callee, kind } = site.node
    if (kind !== 'New' || callee.kind !== 'Identifier' || site.assigned === undefined) return []
    if (lookup(site.context.scope, callee.name)?.writes.some(({ value }) => value === node) !== true) return []
    return memberKey(site.assigned, site.context) ?? []
  })
}

export interface Handler {
  /** Undefined when it is there but out of sight. */
  readonly handler: Expression | undefined
  readonly context: ScriptContext
}

/** What runs when the socket closes. */
export function closeHandlers(names: readonly string[], opening: Opening, source: ScriptSource, uses: Uses): Handler[] {
  const found: Handler[] = []
  for (const name of names) {
    for (const property of ['onclose', 'onClose']) {
      for (const write of source.scopes.members.get(`${name}.${property}`)?.writes ?? []) {
        if (write.value?.kind !== 'Identifier' || write.value.name !== 'null')
          found.push({ handler: write.value, context: write.context })
      }
    }
  }
  for (const { node, context } of listenersOf(names, uses)) {
    const [event, handler] = node.args
    if (event?.kind === 'String' && event.value !== 'close') continue
    found.push({ handler: event?.kind === 'String' ? handler : undefined, context })
  }
  const option =
    opening.options === undefined
      ? undefined
      : (optionOf(opening.options, 'onclose') ?? optionOf(opening.options, 'onClose'))
  if (option !== undefined) found.push({ handler: option, context: opening.site.context })
  return attachedTo(opening, found, source)
}

/** What runs when a message comes. */
export const messageHandlers = (names: readonly string[], source: ScriptSource, uses: Uses): Handler[] =>
  handlersOf('message', names, source, uses)

/** What runs when something happens to the socket. */
export function handlersOf(
  happens: 'message' | 'open',
  names: readonly string[],
  source: ScriptSource,
  uses: Uses,
): Handler[] {
  const found: Handler[] = []
  for (const name of names)
    for (const { value, context } of source.scopes.members.get(`${name}.on${happens}`)?.writes ?? [])
      if (value?.kind !== 'Identifier' || value.name !== 'null') found.push({ handler: value, context })
  for (const { node, context } of listenersOf(names, uses)) {
    const [event, handler] = node.args
    if (event?.kind !== 'String') found.push({ handler: undefined, context })
    else if (event.value === happens) found.push({ handler, context })
  }
  return found
}

/**
 * Handlers belong to the object: a socket that a close handler makes in place of the one that closed has those alone that are set in this
 * handler, or in what it calls. `ws.onclose = () => { ws = new WebSocket(url) }` leaves the second one without.
 */
function attachedTo(opening: Opening, found: readonly Handler[], source: ScriptSource): Handler[] {
  const { node } = opening.site
  const around = found
    .map(({ handler, context }) => handler && (targetOf(handler, context, source)?.node ?? handler))
    .find((one) => one?.kind === 'Function' && isWithin(node, one))
  if (around === undefined) return [...found]
  const run = calledFrom([around], source)
  return found.filter(
    ({ handler }) => handler === undefined || run.some((one) => isWithin(handler, one) && handler !== one),
  )
}

/** These functions, and all that is called in them or handed to what is: a timer calls what it is given. */
export function calledFrom(functions: readonly Expression[], source: ScriptSource): readonly Expression[] {
  const run = [...functions]
  for (const outer of run)
    for (const { node: call, context } of source.scopes.sites) {
      if (!isWithin(call, outer)) continue
      for (const part of [call.callee, ...call.args]) {
        const called = targetOf(part, context, source)?.node
        if (called?.kind === 'Function' && !run.includes(called)) run.push(called)
      }
    }
  return run
}

export const isWithin = (inner: Expression, outer: Expression): boolean =>
  outer.start <= inner.start && inner.end <= outer.end

/** The calls that register handlers on any of these paths, in the order of the text. */
export function listenersOf(names: readonly string[], uses: Uses): readonly Site[] {
  const sites = names.flatMap((name) => uses.listeners.get(name) ?? [])
  return [...new Set(sites)].sort((a, b) => a.node.start - b.node.start)
}
