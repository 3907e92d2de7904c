import type { Expression, FunctionExpression, Statement } from '../../syntax/javascript/ast.ts'
import { childrenOf, eachExpression } from '../../syntax/javascript/walk.ts'
import type { Reconnect } from './model.ts'
import { type Chain, type Context, lookup, memberKey, type Site, type Variable } from './scopes.ts'
import { type Opening, optionOf } from './sites.ts'
import { placeOf, type Source } from './source.ts'

/** Whether something opens this socket again after it was closed. */
export function reconnectOf(opening: Opening, all: readonly Opening[], source: Source): Reconnect {
  if (opening.reconnects === 'always') return { by: 'library' }
  if (typeof opening.reconnects === 'object') return byOption(opening, opening.reconnects.option, source)
  const names = namesOf(opening, source)
  const reach: Reach = { source, openers: openersOf(all, source), seen: new Set(), unknown: false }
  const handlers = closeHandlers(names, opening, source)
  for (const { handler, context } of handlers) {
    if (handler === undefined) return { by: 'unknown' }
    if (reaches(handler, context, reach) || setsEffectState(handler, context, opening, source)) return { by: 'handler' }
  }
  if (polled(opening, reach)) return { by: 'handler' }
  if (reach.unknown) return { by: 'unknown' }
  if (closesItself(names, opening, source)) return { by: 'one-shot' }
  const [first] = handlers
  if (first === undefined && leaves(opening, names, source)) return { by: 'caller' }
  return { by: 'none', close: first?.handler === undefined ? undefined : placeOf(source, first.handler) }
}

function byOption(opening: Opening, option: string, source: Source): Reconnect {
  // What a stream does after its end is up to whoever subscribes to it.
  if (opening.library?.startsWith('rxjs')) return { by: 'unknown' }
  if (opening.options === undefined) return { by: 'none', close: undefined }
  if (opening.options.kind !== 'Object') return { by: 'unknown' }
  const value = optionOf(opening.options, option)
  const spread = opening.options.properties.some((property) => property.key === undefined)
  if (value === undefined) return spread ? { by: 'unknown' } : { by: 'none', close: undefined }
  const off = value.kind === 'Identifier' && value.name === 'false'
  return off ? { by: 'none', close: placeOf(source, value) } : { by: 'library' }
}

/** Paths under which the socket is known: `socket`, `this.ws`; for a class that is a socket, `this`. */
function namesOf(opening: Opening, source: Source): readonly string[] {
  const { site } = opening
  const names: string[] = []
  const assigned = site.assigned === undefined ? undefined : memberKey(site.assigned, site.context)
  if (assigned !== undefined) names.push(assigned)
  if (
    site.node.kind === 'Call' &&
    site.context.class !== undefined &&
    memberKey(site.node.callee, site.context) === 'super'
  ) {
    names.push(`this@${site.context.class.start}`)
  }
  // `const ws = new WebSocket(url); this.ws = ws`
  for (const name of [...names]) {
    for (const [key, variable] of source.scopes.members) {
      if (variable.writes.some(({ value, context }) => value !== undefined && memberKey(value, context) === name))
        names.push(key)
    }
  }
  return names
}

interface Handler {
  /** Undefined when it is there but out of sight. */
  readonly handler: Expression | undefined
  readonly context: Context
}

/** What runs when the socket closes. */
function closeHandlers(names: readonly string[], opening: Opening, source: Source): Handler[] {
  const found: Handler[] = []
  for (const name of names) {
    for (const property of ['onclose', 'onClose']) {
      for (const write of source.scopes.members.get(`${name}.${property}`)?.writes ?? []) {
        if (write.value?.kind !== 'Identifier' || write.value.name !== 'null')
          found.push({ handler: write.value, context: write.context })
      }
    }
  }
  for (const { node, context } of source.scopes.sites) {
    if (node.kind !== 'Call' || node.callee.kind !== 'Member' || !isListener(node.callee.name)) continue
    const key = memberKey(node.callee.object, context) ?? wrapped(node.callee.object, context)
    if (key === undefined || !names.includes(key)) continue
    const [event, handler] = node.args
    if (event?.kind === 'String' && event.value !== 'close') continue
    found.push({ handler: event?.kind === 'String' ? handler : undefined, context })
  }
  const option =
    opening.options === undefined
      ? undefined
      : (optionOf(opening.options, 'onclose') ?? optionOf(opening.options, 'onClose'))
  if (option !== undefined) found.push({ handler: option, context: opening.site.context })
  // A subclass of WebSocket may define the handler as its own method.
  return found
}

function isListener(name: string | undefined): boolean {
  return name === 'addEventListener' || name === 'on' || name === 'once' || name === 'bind'
}

/** `$(socket)` */
function wrapped(node: Expression, context: Context): string | undefined {
  const [first] = node.kind === 'Call' ? node.args : []
  return first === undefined ? undefined : memberKey(first, context)
}

interface Reach {
  readonly source: Source
  /** Functions in which a socket is opened with an address, and classes that are sockets. */
  readonly openers: ReadonlySet<unknown>
  readonly seen: Set<unknown>
  /** Something was called that we cannot look into. */
  unknown: boolean
}

function openersOf(all: readonly Opening[], source: Source): ReadonlySet<unknown> {
  const openers = new Set<unknown>()
  for (const { site, url } of all) {
    if (url === undefined) continue
    openers.add(site.node)
    // Everything around it up to a named function opens a socket when it is called.
    for (let inner = site.context.function; inner !== undefined; ) {
      openers.add(inner)
      const info = source.scopes.functions.get(inner)
      if (info === undefined || inner.name !== undefined || bound(inner, source)) break
      inner = info.context.function
    }
    if (
      site.node.kind === 'Call' &&
      site.context.class !== undefined &&
      memberKey(site.node.callee, site.context) === 'super'
    )
      openers.add(site.context.class)
  }
  return openers
}

/** The function is the value of a variable or property: it has a name to be called by. */
function bound(node: FunctionExpression, source: Source): boolean {
  const holds = (variable: Variable): boolean =>
    variable.writes.some(({ value }) => value === node || firstArgument(value) === node)
  for (const variable of source.scopes.members.values()) if (holds(variable)) return true
  for (let scope = source.scopes.functions.get(node)?.context.scope; scope !== undefined; scope = scope.parent) {
    for (const variable of scope.variables.values()) if (holds(variable)) return true
  }
  return false
}

/** `useCallback(() => …)`: the function that a wrapper hands on. */
function firstArgument(value: Expression | undefined): Expression | undefined {
  return value?.kind === 'Call' ? value.args[0] : undefined
}

/** Whether what an expression calls, or hands to a timer, leads to an opener. */
function reaches(node: Expression, context: Context, reach: Reach): boolean {
  if (reach.openers.has(node)) return true
  if (reach.seen.has(node)) return false
  reach.seen.add(node)
  if (node.kind === 'Function') return bodyReaches(node, reach)
  if (node.kind === 'Call' || node.kind === 'New') {
    if (isReload(node.callee, context)) return true
    if (node.kind === 'New' || !(node.callee.kind === 'Member' && node.callee.name === 'bind'))
      noteUnknown(node.callee, context, reach)
  }
  if (node.kind === 'Assignment' && isReload(node.target, context)) return true
  const target = targetOf(node, context, reach.source)
  if (target !== undefined && reaches(target.node, target.context, reach)) return true
  return childrenOf(node).some((child) => reaches(child, context, reach))
}

function bodyReaches(node: FunctionExpression, reach: Reach): boolean {
  const inner = reach.source.scopes.functions.get(node)
  if (inner === undefined) return false
  const context: Context = { ...inner.context, scope: inner.inner, function: node }
  let found = false
  eachOwnExpression(node.body, (expression) => {
    found ||= reaches(expression, context, reach)
  })
  return found
}

/** Top expressions of the statements below, without entering functions: those are entered where they stand. */
function eachOwnExpression(body: readonly Statement[], visit: (node: Expression) => void): void {
  const inside = new Set<Expression>()
  eachExpression(body, (node) => {
    if (inside.has(node)) return
    visit(node)
    const mark = (one: Expression): void => {
      inside.add(one)
      for (const child of childrenOf(one)) mark(child)
      if (one.kind === 'Function') eachExpression(one.body, (deep) => inside.add(deep))
    }
    mark(node)
  })
}

/** What a name or property refers to in this file: a function, a class, a value that holds one. */
function targetOf(
  node: Expression,
  context: Context,
  source: Source,
): { node: Expression; context: Context } | undefined {
  if (node.kind !== 'Identifier' && node.kind !== 'Member') return undefined
  const variable = node.kind === 'Identifier' ? lookup(context.scope, node.name) : memberOf(node, context, source)
  const write = variable?.writes.findLast(({ value }) => value !== undefined)
  return write?.value === undefined ? undefined : { node: write.value, context: write.context }
}

/** `this.connect`, `Chat.open`, and `object.method` of an object literal in the file. */
function memberOf(
  node: Extract<Expression, { kind: 'Member' }>,
  context: Context,
  source: Source,
): Variable | undefined {
  const key = memberKey(node, context)
  const direct = key === undefined ? undefined : source.scopes.members.get(key)
  if (direct !== undefined) return direct
  const holder = node.object.kind === 'Identifier' ? lookup(context.scope, node.object.name)?.writes : undefined
  for (const { value, context: where } of holder ?? []) {
    if (value?.kind === 'Object') {
      const property = value.properties.findLast((one) => one.key === node.name)
      if (property !== undefined)
        return {
          name: node.name ?? '',
          kind: 'member',
          writes: [{ value: property.value, op: '=', context: where }],
          source: undefined,
          parameter: undefined,
        }
    }
  }
  return undefined
}

/** `location.reload()`, `location.href = …`: the page starts anew, and its socket with it. */
function isReload(node: Expression, context: Context): boolean {
  const key = memberKey(node, context)
  return (
    key !== undefined &&
    /^(?:(?:window|document|self|top|parent)\.)?location(?:\.(?:reload|replace|assign|href))?$/.test(key) &&
    node.kind === 'Member'
  )
}

const harmless =
  /^(?:console|document|window|alert|confirm|clearInterval|clearTimeout|setTimeout|setInterval|requestAnimationFrame|JSON|Math|Date|Object|Array|Number|String|Promise|Error|\$|jQuery|toastr?|swal|Swal|bootstrap|M|localStorage|sessionStorage|navigator|history|performance|URL|parseInt|parseFloat|require|fetch|axios|notify|log|logger|debug|isNaN|set[A-Z]\w*|show\w*|hide\w*|display\w*|update\w*|append\w*|add\w*|remove\w*|render\w*|toggle\w*|enable\w*|disable\w*)$/

/** A call of something imported, passed in or global, which might open the socket again. */
function noteUnknown(callee: Expression, context: Context, reach: Reach): void {
  const root = rootOf(callee)
  if (root === undefined) return
  const variable = lookup(context.scope, root)
  const last = callee.kind === 'Member' ? (callee.name ?? '') : root
  if (variable === undefined ? harmless.test(root) || root === 'this' || root === 'super' : false) {
    if (root !== 'this' || !outOfSight(callee, context, reach.source)) return
  }
  if (
    variable !== undefined &&
    variable.kind !== 'import' &&
    variable.kind !== 'parameter' &&
    callee.kind === 'Identifier'
  )
    return
  if (
    variable?.kind === 'variable' ||
    variable?.kind === 'global' ||
    variable?.kind === 'function' ||
    variable?.kind === 'class'
  )
    return
  if (variable?.kind === 'parameter' && callee.kind === 'Member') return
  if (harmless.test(last)) return
  reach.unknown = true
}

/** `this.props.onClose()`, `this.$emit('closed')`, `this.reconnect()` of a parent class: nothing in the file defines it. */
function outOfSight(callee: Expression, context: Context, source: Source): boolean {
  if (callee.kind !== 'Member' || callee.name === undefined) return false
  if (memberOf(callee, context, source) !== undefined || harmless.test(callee.name)) return false
  return /connect|retry|open|start|init|restart|emit|dispatch|onclose|commit/i.test(callee.name)
}

function rootOf(node: Expression): string | undefined {
  if (node.kind === 'Identifier') return node.name
  return node.kind === 'Member' ? rootOf(node.object) : undefined
}

/** A timer, or a page event that comes again, calls what opens the socket. */
function polled(opening: Opening, reach: Reach): boolean {
  const inside = enclosingFunctions(opening.site.context.function, reach.source)
  for (const { node, context } of reach.source.scopes.sites) {
    if (node.kind !== 'Call') continue
    const name =
      node.callee.kind === 'Identifier'
        ? node.callee.name
        : node.callee.kind === 'Member'
          ? node.callee.name
          : undefined
    const [first, second] = node.args
    const handler =
      name === 'setInterval'
        ? first
        : isListener(name) &&
            first?.kind === 'String' &&
            /^(?:online|visibilitychange|focus|pageshow)$/.test(first.value)
          ? second
          : undefined
    if (handler === undefined || inside.has(handler)) continue
    const fresh: Reach = { ...reach, seen: new Set(), unknown: false }
    if (reaches(handler, context, fresh)) return true
  }
  return false
}

function enclosingFunctions(node: FunctionExpression | undefined, source: Source): Set<unknown> {
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
function setsEffectState(handler: Expression, context: Context, opening: Opening, source: Source): boolean {
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
function effectDependencies(site: Site, source: Source): string[] {
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

/** A message handler closes the socket: it was opened for one exchange. */
function closesItself(names: readonly string[], opening: Opening, source: Source): boolean {
  const handlers: Expression[] = []
  for (const name of names)
    for (const { value } of source.scopes.members.get(`${name}.onmessage`)?.writes ?? [])
      if (value !== undefined) handlers.push(value)
  for (const { node, context } of source.scopes.sites) {
    if (node.kind !== 'Call' || node.callee.kind !== 'Member' || !isListener(node.callee.name)) continue
    const [event, handler] = node.args
    if (
      event?.kind === 'String' &&
      event.value === 'message' &&
      handler !== undefined &&
      names.includes(memberKey(node.callee.object, context) ?? '')
    )
      handlers.push(handler)
  }
  return handlers.some((handler) =>
    closes(targetOf(handler, opening.site.context, source)?.node ?? handler, names, source),
  )
}

function closes(handler: Expression, names: readonly string[], source: Source): boolean {
  if (handler.kind !== 'Function') return false
  let found = false
  eachExpression(handler.body, (node) => {
    if (node.kind !== 'Call' || node.callee.kind !== 'Member' || node.callee.name !== 'close') return
    const site = source.scopes.sites.find((one) => one.node === node)
    const key = site === undefined ? undefined : memberKey(node.callee.object, site.context)
    found ||= key !== undefined && (names.includes(key) || key.startsWith('this'))
  })
  return found
}

/** The socket is handed to code elsewhere: returned, exported, or passed on. */
function leaves(opening: Opening, names: readonly string[], source: Source): boolean {
  const { site } = opening
  if (site.returned || site.around?.node.kind === 'Call' || site.around?.node.kind === 'Object') return true
  if (names.length === 0)
    return site.node.kind === 'New' && site.around !== undefined && site.around.node.kind !== 'Member'
  const isSocket = (node: Expression | undefined, context: Context): boolean =>
    node !== undefined && names.includes(memberKey(node, context) ?? '')
  for (const { value, context } of source.scopes.exports.values()) if (isSocket(value, context)) return true
  for (const { returns } of source.scopes.functions.values())
    if (returns.some(({ value, context }) => isSocket(value, context))) return true
  return source.scopes.sites.some(
    ({ node, context }) => node.args.some((arg) => isSocket(arg, context)) && !isLocalCall(node.callee, context),
  )
}

/** A call that only looks at the socket: `console.log(socket)`, `$(socket)`. */
function isLocalCall(callee: Expression, context: Context): boolean {
  const root = rootOf(callee)
  return root !== undefined && lookup(context.scope, root) === undefined && harmless.test(root)
}
