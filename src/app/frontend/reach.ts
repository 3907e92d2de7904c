import {
  lookup,
  memberKey,
  type ScopeVariable,
  type ScriptContext,
  type Site,
} from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression, FunctionExpression, Statement } from '../../syntax/javascript/ast.ts'
import { childrenOf, eachExpression } from '../../syntax/javascript/walk.ts'
import type { Opening } from './openings.ts'

/** What a search for openers knows and finds. */
export interface Reach {
  readonly source: ScriptSource
  /** Functions in which a socket is opened with an address, and classes that are sockets. */
  readonly openers: ReadonlySet<unknown>
  readonly seen: Set<unknown>
  /** Something was called that we cannot look into. */
  unknown: boolean
  /** An object of a class tells by an event of its own whoever listens. */
  tells?: boolean
  /** False: to load the page anew does not count. */
  readonly reloads?: false
}

/** Constructions of sockets and the functions and classes that lead to them when they are called. */
export function openersOf(all: readonly Opening[], source: ScriptSource): ReadonlySet<unknown> {
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
function bound(node: FunctionExpression, source: ScriptSource): boolean {
  const holds = (variable: ScopeVariable): boolean =>
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
export function reaches(node: Expression, context: ScriptContext, reach: Reach): boolean {
  if (reach.openers.has(node)) return true
  if (reach.seen.has(node)) return false
  reach.seen.add(node)
  if (node.kind === 'Function') return bodyReaches(node, reach)
  if (node.kind === 'Call' || node.kind === 'New') {
    if (reach.reloads !== false && leadsToReload(node.callee, context)) return true
    if (node.kind === 'New' || !(node.callee.kind === 'Member' && node.callee.name === 'bind'))
      noteUnknown(node.callee, context, reach)
  }
  if (node.kind === 'Assignment' && reach.reloads !== false && leadsToReload(node.target, context)) return true
  if (node.kind === 'Assignment' && isWatched(node.target, context, reach.source)) reach.unknown = true
  const target = targetOf(node, context, reach.source)
  // What does nothing here is there to be replaced: by a class that derives from this one, or by whoever sets it.
  if (target?.node.kind === 'Function' && target.node.body.length === 0) reach.unknown = true
  if (target !== undefined && reaches(target.node, target.context, reach)) return true
  return childrenOf(node).some((child) => reaches(child, context, reach))
}

/** `this.$watch('up', …)` of Alpine and Vue, and `watch: { up() { … } }`: something runs when the property is assigned. */
function isWatched(target: Expression, context: ScriptContext, source: ScriptSource): boolean {
  if (target.kind !== 'Member' || rootOf(target) !== 'this') return false
  const isCall = ({ node: { callee, args } }: Site): boolean =>
    callee.kind === 'Member' && callee.name === '$watch' && args[0]?.kind === 'String' && args[0].value === target.name
  const watches = ({ key, value }: ObjectWritten['value']['properties'][number]): boolean =>
    key === 'watch' && value.kind === 'Object' && value.properties.some((one) => one.key === target.name)
  return source.scopes.sites.some(isCall) || optionsAround(context, source).some(watches)
}

function bodyReaches(node: FunctionExpression, reach: Reach): boolean {
  const inner = reach.source.scopes.functions.get(node)
  if (inner === undefined) return false
  const context: ScriptContext = { ...inner.context, scope: inner.inner, function: node }
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

/** The function or class that a name or property refers to in this file; reading another value runs nothing. */
export function targetOf(
  node: Expression,
  context: ScriptContext,
  source: ScriptSource,
): { node: Expression; context: ScriptContext } | undefined {
  if (node.kind !== 'Identifier' && node.kind !== 'Member') return undefined
  const variable = node.kind === 'Identifier' ? lookup(context.scope, node.name) : memberOf(node, context, source)
  const write = variable?.writes.findLast(({ value }) => value !== undefined && runs(value))
  return write?.value === undefined ? undefined : { node: write.value, context: write.context }
}

/** A function, a class, another name of one, or a wrapper around one: `useCallback(() => …)`, `this.open.bind(this)`. */
function runs(value: Expression): boolean {
  if (value.kind === 'Function' || value.kind === 'Class' || value.kind === 'Identifier' || value.kind === 'Member')
    return true
  if (value.kind !== 'Call') return false
  const name =
    value.callee.kind === 'Identifier'
      ? value.callee.name
      : value.callee.kind === 'Member'
        ? value.callee.name
        : undefined
  return (
    name !== undefined && /^(?:bind|useCallback|useEvent|useEffectEvent|debounce|throttle|once|memoize)$/.test(name)
  )
}

/** `this.connect`, also in the methods of an object literal, `Chat.open`, and `object.method` of an object literal in the file. */
function memberOf(
  node: Extract<Expression, { kind: 'Member' }>,
  context: ScriptContext,
  source: ScriptSource,
): ScopeVariable | undefined {
  const key = memberKey(node, context)
  const direct = key === undefined ? undefined : source.scopes.members.get(key)
  if (direct !== undefined) return direct
  const holder = node.object.kind === 'Identifier' ? lookup(context.scope, node.object.name)?.writes : undefined
  const written = (holder ?? []).flatMap(({ value, context: where }) =>
    value?.kind === 'Object' ? [{ value, context: where }] : [],
  )
  const isThis = key !== undefined && /^this(?:@\d+)?\.[^.]+$/.test(key)
  for (const { value, context: where } of isThis ? objectsAround(context, source) : written) {
    const property = value.properties.findLast((one) => one.key === node.name)
    if (property !== undefined)
      return {
        id: 'member',
        name: node.name ?? '',
        kind: 'member',
        writes: [{ value: property.value, op: '=', context: where }],
        source: undefined,
        parameter: undefined,
      }
  }
  return undefined
}

type ObjectWritten = { readonly value: Extract<Expression, { kind: 'Object' }>; readonly context: ScriptContext }

/** The object literals in whose methods a place stands, from the inside: `this` is that object there, as it is for Alpine and Vue. */
function objectsAround({ function: around }: ScriptContext, source: ScriptSource): ObjectWritten[] {
  const info = around && source.scopes.functions.get(around)
  if (info === undefined) return []
  const value = info.around?.node
  const own = value?.kind === 'Object' && value.properties.some((one) => one.value === around)
  const objects = own ? [value, ...value.properties.flatMap(methodsIn)] : []
  return [...objects.map((one) => ({ value: one, context: info.context })), ...objectsAround(info.context, source)]
}

/** The entries of all object literals around a place, from the inside. */
function optionsAround(
  { function: around }: ScriptContext,
  source: ScriptSource,
): ObjectWritten['value']['properties'] {
  const info = around && source.scopes.functions.get(around)
  if (info === undefined) return []
  const objects: ObjectWritten['value']['properties'][number][] = []
  for (let chain = info.around; chain !== undefined; chain = chain.parent)
    if (chain.node.kind === 'Object') objects.push(...chain.node.properties)
  return [...objects, ...optionsAround(info.context, source)]
}

/** What Vue takes for methods of the object that they stand in: `methods: { connect() { … } }`. */
const methodsIn = ({ key, value }: ObjectWritten['value']['properties'][number]): ObjectWritten['value'][] =>
  key === 'methods' && value.kind === 'Object' ? [value] : []

/** `location.reload()`, `location.href = …`: the page starts anew, and its socket with it. */
export function leadsToReload(node: Expression, context: ScriptContext): boolean {
  const key = memberKey(node, context)
  return (
    key !== undefined &&
    /^(?:(?:window|document|self|top|parent)\.)?location(?:\.(?:reload|replace|assign|href))?$/.test(key) &&
    node.kind === 'Member'
  )
}

/** Names of the browser, of common libraries and of habits that open no socket. */
export const harmless =
  /^(?:WebSocket|console|document|window|alert|confirm|clearInterval|clearTimeout|setTimeout|setInterval|requestAnimationFrame|JSON|Math|Date|Object|Array|Number|String|Promise|Error|Event|CustomEvent|\$|jQuery|toastr?|swal|Swal|bootstrap|M|localStorage|sessionStorage|navigator|history|performance|URL|parseInt|parseFloat|require|fetch|axios|notify|log|logger|debug|isNaN|set[A-Z]\w*|show\w*|hide\w*|display\w*|update\w*|append\w*|add\w*|remove\w*|render\w*|toggle\w*|enable\w*|disable\w*)$/

/** A call of something imported, passed in or global, which might open the socket again. */
function noteUnknown(callee: Expression, context: ScriptContext, reach: Reach): void {
  // `$(document).trigger('closed')`
  if (callee.kind === 'Member' && /^trigger(?:Handler)?$/.test(callee.name ?? '')) reach.unknown = true
  const root = rootOf(callee)
  if (root === undefined) return
  if (callee.kind === 'Member' && callee.name === 'dispatchEvent') {
    if (root === 'this' && isEventTarget(context)) reach.tells = true
    else reach.unknown = true
    return
  }
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

/** `class Live extends EventTarget`: an element of the page may be heard by anybody. */
const isEventTarget = ({ class: own }: ScriptContext): boolean =>
  own?.parent?.kind === 'Identifier' && own.parent.name === 'EventTarget'

/** `this.props.onClose()`, `this.$emit('closed')`, `this.reconnect()` of a parent class: nothing in the file defines it. */
function outOfSight(callee: Expression, context: ScriptContext, source: ScriptSource): boolean {
  if (callee.kind !== 'Member' || callee.name === undefined) return false
  if (memberOf(callee, context, source) !== undefined || harmless.test(callee.name)) return false
  return /connect|retry|open|start|init|restart|emit|dispatch|onclose|commit/i.test(callee.name)
}

/** The first name of a path. */
export function rootOf(node: Expression): string | undefined {
  if (node.kind === 'Identifier') return node.name
  return node.kind === 'Member' ? rootOf(node.object) : undefined
}

/** Names of what asks a server something; a `get` is one too, and it costs nothing to be silent there. */
export const asksServer = /^(?:fetch|ajax|axios|get|head|post|request|XMLHttpRequest|EventSource|sendBeacon)$/

/** `post` of `post(…)` and of `api.post(…)`; empty for what has no name. */
export const nameOfCallee = (callee: Expression): string =>
  (callee.kind === 'Identifier' || callee.kind === 'Member' ? callee.name : undefined) ?? ''

/** Whether functions load the page anew or another one: `location.reload()`, `location = …`, `location.href = …`. */
export function leavesPage(run: readonly Expression[], source: ScriptSource): boolean {
  let found = false
  for (const fn of run) {
    const context = fn.kind === 'Function' ? source.scopes.functions.get(fn)?.context : undefined
    if (fn.kind !== 'Function' || context === undefined) continue
    eachExpression(fn.body, (node) => {
      if (node.kind === 'Call') found ||= leadsToReload(node.callee, context)
      if (node.kind === 'Assignment')
        found ||=
          leadsToReload(node.target, context) || (node.target.kind === 'Identifier' && node.target.name === 'location')
    })
  }
  return found
}
