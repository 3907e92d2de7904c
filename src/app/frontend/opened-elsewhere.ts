import {
  lookup,
  type Scope,
  type ScopeVariable,
  type ScriptContext,
  type Site,
} from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'
import { childrenOf, eachExpression } from '../../syntax/javascript/walk.ts'
import { isWithin } from './handlers.ts'
import { nameOfCallee, targetOf } from './reach.ts'
import { isDirect } from './try-delays.ts'
import type { Uses } from './uses.ts'

/**
 * Whether a button, another event or another script may open the socket as well, besides the calls `known` and the one that opens the
 * first: what is exported, returned, or named in an attribute or in JSX, may be called at any time.
 */
export function isOpenedElsewhere(known: readonly Site[], source: ScriptSource, uses: Uses): boolean {
  const { scopes } = source
  const { openers } = uses
  const names = namesOf(uses, source)
  const isOpener = (value: Expression | undefined, context: ScriptContext): boolean =>
    value !== undefined && (openers.has(value) || openers.has(targetOf(value, context, source)?.node))
  const isFirst = (site: Site): boolean =>
    isStart(site.node) ||
    ((isDirect(site, openers, source) || callsNamed(site, names)) && startsThere(site.context, source, uses))
  const others = scopes.sites.filter(({ node }) => !known.some((one) => isWithin(node, one.node)))
  if (others.some((site) => (opens(site, source, uses) || callsNamed(site, names)) && !isFirst(site))) return true
  for (const [key, { writes }] of scopes.members)
    for (const { value, context } of writes) {
      const isName = value?.kind === 'Identifier' || value?.kind === 'Member'
      if (isName && isOpener(value, context) && !key.endsWith('.onclose')) return true
    }
  const givenOut = [...scopes.exports].flatMap(([name, { value, context }]) => {
    const target = value && (targetOf(value, context, source)?.node ?? value)
    return openers.has(target) || hasOpener(target, uses) ? [name] : []
  })
  if (givenOut.length > 0 && mayOpenAgain(new Set(givenOut), names, uses)) return true
  for (const { returns } of scopes.functions.values())
    for (const { value, context } of returns) if (handedOut(value).some((one) => isOpener(one, context))) return true
  return isInMarkup(names, source)
}

/**
 * Whether a script that imports what opens the socket may do so more often than once, at its start; none that is known to import it, one
 * that hands it on, and whatever has a method of the name may.
 */
function mayOpenAgain(exported: ReadonlySet<string>, names: ReadonlySet<string>, { importers }: Uses): boolean {
  const all = importers()
  return (
    all.length === 0 ||
    all.some((source) => {
      const { exports, reexports, sites, root } = source.scopes
      const imported = (one: Expression, { scope }: ScriptContext): boolean =>
        one.kind === 'Identifier' && exported.has(lookup(scope, one.name)?.source?.name ?? '')
      // An object that is made of the class.
      const made = new Set(
        [...root.variables.values()].flatMap(({ name, writes }) =>
          writes.some(({ value, context }) => value?.kind === 'New' && imported(value.callee, context)) ? [name] : [],
        ),
      )
      const isHandedOn = ({ node: { args }, context }: Site): boolean =>
        args.some((one) => imported(one, context) || (one.kind === 'Identifier' && made.has(one.name)))
      const mayOpen = (site: Site): boolean => callsNamed(site, names) || imported(site.node.callee, site.context)
      return (
        exports.size > 0 ||
        reexports.length > 0 ||
        sites.some((site) => isHandedOn(site) || (mayOpen(site) && !isAtStart(site.context, source))) ||
        isInMarkup(names, source)
      )
    })
  )
}

/** At the top of a script, or in a function that is called at once or when the page is there. */
function isAtStart({ function: fn }: ScriptContext, { scopes }: ScriptSource): boolean {
  const call = fn && scopes.functions.get(fn)?.around?.node
  return fn === undefined || (call?.kind === 'Call' && (call.callee === fn || isStart(call)))
}

/** A class one of whose methods opens the socket. */
const hasOpener = (value: Expression | undefined, { openers }: Uses): boolean =>
  value?.kind === 'Class' &&
  value.members.some(({ name, value: member }) => name !== 'constructor' && openers.has(member))

/** What a returned value holds: itself, and what stands in an object or a list. */
function handedOut(value: Expression | undefined): readonly Expression[] {
  if (value?.kind === 'Object') return value.properties.map((one) => one.value)
  if (value?.kind === 'Array') return value.elements
  return value?.kind === 'Identifier' || value?.kind === 'Member' ? [value] : []
}

/** A call of what opens the socket, or one that is handed it: `setTimeout(connect, 1000)`. */
export function opens({ node, context }: Site, source: ScriptSource, uses: Uses): boolean {
  if (uses.openers.has(node)) return true
  return [node.callee, ...node.args].some((part) => {
    const target = targetOf(part, context, source)?.node
    return target !== undefined && uses.openers.has(target)
  })
}

/** `chat.open()`: a method by the name of one that opens the socket, of whatever object. */
const callsNamed = ({ node: { callee } }: Site, names: ReadonlySet<string>): boolean =>
  callee.kind === 'Member' && callee.name !== undefined && names.has(callee.name)

/** A call that runs what it is handed when the page is there: `addEventListener('DOMContentLoaded', …)`, `$(…)`, `useEffect(…)`. */
function isStart({ callee, args }: Site['node']): boolean {
  const [event] = args
  if (event?.kind === 'String') return /^(?:DOMContentLoaded|load|ready|turbo:load)$/.test(event.value)
  const name = nameOfCallee(callee)
  return /^(?:ready|\$|useEffect)$/.test(name)
}

/** A place where the page opens its first socket: at the top, in a constructor, in a function that is called at once or at the start. */
function startsThere(context: ScriptContext, source: ScriptSource, { openers }: Uses): boolean {
  const { function: fn, class: type } = context
  if (fn !== undefined && openers.has(fn)) return true
  return (
    type?.members.some(({ name, value }) => name === 'constructor' && value === fn) === true ||
    isAtStart(context, source)
  )
}

/** Names of the functions and methods that open a socket. */
function namesOf({ openers }: Uses, { scopes }: ScriptSource): ReadonlySet<string> {
  const names = new Set<string>()
  const note = (name: string, { writes }: ScopeVariable): void => {
    if (writes.some(({ value }) => openers.has(value) || (value?.kind === 'Call' && openers.has(value.args[0]))))
      names.add(name.slice(name.lastIndexOf('.') + 1))
  }
  const all = new Set<Scope>([
    scopes.root,
    ...[...scopes.functions.values()].flatMap(({ inner, context }) => [inner, context.scope]),
  ])
  for (const { variables } of all) for (const [name, variable] of variables) note(name, variable)
  for (const [key, variable] of scopes.members) note(key, variable)
  for (const [fn, { around }] of scopes.functions) {
    const method = around?.node.kind === 'Object' && around.node.properties.find(({ value }) => value === fn)
    if (method && method.key !== undefined && openers.has(fn)) names.add(method.key)
  }
  return names
}

/** What Alpine runs whenever something it reads changes, or what runs again by itself once it began. */
const repeated = /\bset(?:Interval|Timeout)\b|\$watch\b/

/** Whether an attribute of Alpine opens the socket more than once: `x-init="open(); setInterval(…)"`, `x-effect="up || open()"`. */
export function isRepeatedInMarkup(source: ScriptSource, uses: Uses): boolean {
  const code = source.tags.flatMap(({ attributes }) =>
    attributes.flatMap(({ name, value }) =>
      name === 'x-effect' || (name === 'x-init' && repeated.test(value)) ? [value] : [],
    ),
  )
  const names = code.length === 0 ? undefined : namesOf(uses, source)
  return names !== undefined && code.some((one) => isNamed(one, names))
}

const isNamed = (code: string, names: ReadonlySet<string>): boolean =>
  [...code.matchAll(/[\w$]+/g)].some(([word]) => names.has(word))

/** Attributes that hold code: `onclick`, `@click`, `v-on:click`, `x-on:click`, `hx-on:click`, `(click)`, `data-action`. */
const handlers = /^(?:on|@|v-on:|x-on:|x-init$|hx-on|\(|ng-|data-action$)/i

/** Whether an attribute of the page, or an element of JSX, names one of these. */
function isInMarkup(names: ReadonlySet<string>, { tags, scripts }: ScriptSource): boolean {
  if (tags.some(({ attributes }) => attributes.some(({ name, value }) => handlers.test(name) && isNamed(value, names))))
    return true
  let found = false
  const visit = (node: Expression): void => {
    if (node.kind === 'Jsx') found ||= node.expressions.some(mentionsOne)
  }
  const mentionsOne = (node: Expression): boolean =>
    (node.kind === 'Identifier' || node.kind === 'Member') && node.name !== undefined && names.has(node.name)
      ? true
      : childrenOf(node).some(mentionsOne)
  for (const { body } of scripts) eachExpression(body, visit)
  return found
}
