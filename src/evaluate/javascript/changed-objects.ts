import type { Expression } from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'
import { concatenate, type Evaluator, one, unknownOf } from './evaluate.ts'
import { lookup, memberKey, type ScriptContext, type Site } from './scopes.ts'
import { placeOf, type ScriptSource } from './source.ts'
import {
  isHole,
  known,
  plainText,
  type ScriptFrame,
  type ScriptOutcome,
  type ScriptValue,
  type TextPart,
  under,
} from './values.ts'
import { evaluateWrites } from './variables.ts'

type Named = Extract<Expression, { kind: 'Identifier' | 'Member' }>
type UrlValue = Extract<ScriptValue, { type: 'url' }>

/**
 * What code does to an object under its name. Of a URL: another `protocol`, another `search`, parameters that are added to its query. A list
 * or a table that a method or an assignment changes holds what nobody can tell.
 */
export function asChanged(e: Evaluator, value: ScriptValue, node: Named, frame: ScriptFrame): readonly ScriptOutcome[] {
  if (value.type !== 'url' && value.type !== 'list' && value.type !== 'object') return one(value)
  const key = memberKey(node, frame.context)
  if (key === undefined) return one(value)
  if (value.type !== 'url') return one(isChanged(key, node, frame) ? unknownOf(node, frame) : value)
  const { members } = frame.source.scopes
  if (others.some((part) => members.has(`${key}.${part}`))) return one(unknownOf(node, frame))
  return assigned(e, `${key}.protocol`, value, node, frame, withProtocol)
    .flatMap((by) => under(by.when, assigned(e, `${key}.search`, by.value, node, frame, withSearch)))
    .map(({ value: found, when }) => ({ value: withParameters(found, key, node, frame), when }))
}

const others = ['href', 'host', 'hostname', 'port', 'pathname']

type Change = (url: UrlValue, to: ScriptValue, node: Named, frame: ScriptFrame) => ScriptValue

/** What assignments to a property make of the address. */
function assigned(
  e: Evaluator,
  key: string,
  value: ScriptValue,
  node: Named,
  frame: ScriptFrame,
  change: Change,
): readonly ScriptOutcome[] {
  const variable = frame.source.scopes.members.get(key)
  if (value.type !== 'url' || variable === undefined || e.active.has(variable)) return one(value)
  e.active.add(variable)
  const outcomes = evaluateWrites(e, variable.writes, frame, node)
  e.active.delete(variable)
  return outcomes?.map((to) => ({ value: change(value, to.value, node, frame), when: to.when })) ?? one(value)
}

function withProtocol(url: UrlValue, to: ScriptValue, node: Named, frame: ScriptFrame): ScriptValue {
  const text = plainText(to)
  const [first, ...rest] = url.parts
  if (first !== undefined && isHole(first)) return url
  if (text === undefined || first === undefined) return unknownOf(node, frame)
  const at = to.type === 'text' ? to.parts[0] : undefined
  const parts: TextPart[] = [
    { text: `${text.replace(/:$/, '')}:`, at: (at ?? first).at, verbatim: false },
    { ...first, text: first.text.replace(/^[a-z]+:/i, '') },
    ...rest,
  ]
  return { type: 'url', parts }
}

/** An empty one takes the query away, and any other stands in its place. */
function withSearch(url: UrlValue, to: ScriptValue, node: Named, frame: ScriptFrame): ScriptValue {
  if (hasQuery(url.parts)) return unknownOf(node, frame)
  const text = to.type === 'text' ? to : unknownOf(node, frame, 'value', 'search')
  const [first] = text.type === 'text' ? text.parts : []
  if (text.type === 'text' && first === undefined) return url
  const isMarked = first !== undefined && !isHole(first) && first.text.startsWith('?')
  return joined(url, ...(isMarked ? [] : [known('?', placeOf(frame.source, node))]), text)
}

/** `url.searchParams.set('token', token)`; whatever else is done to them, or by a function that gets the object, leaves the query open. */
function withParameters(value: ScriptValue, key: string, node: Named, frame: ScriptFrame): ScriptValue {
  if (value.type !== 'url') return value
  const at = placeOf(frame.source, node)
  return added(frame.source, key, node, frame.context).reduce((url: UrlValue, argument) => {
    const mark = known(hasQuery(url.parts) ? '&' : '?', at)
    if (argument === undefined) return joined(url, mark, unknownOf(node, frame, 'value', 'searchParams'))
    const text = argument.value?.kind === 'String' ? known(encodeURIComponent(argument.value.value), at) : undefined
    const rest = text ?? unknownOf(argument.value ?? node, frame)
    return joined(url, mark, known(`${encodeURIComponent(argument.name)}=`, at), rest)
  }, value)
}

/** A parameter with its value; undefined: nobody can tell which. */
type Argument = { readonly name: string; readonly value: Expression | undefined } | undefined

function added(source: ScriptSource, key: string, node: Named, context: ScriptContext): readonly Argument[] {
  const isSame = sameAs(key, node, context)
  const found: Argument[] = []
  const read = new Set<Expression>()
  for (const { node: call, context: there } of source.scopes.sites) {
    const { callee, args } = call
    if (callee.kind === 'Member' && isParameters(callee.object)) {
      read.add(callee.object)
      if (!isSame(callee.object.object, there)) continue
      const [first, second] = args
      if (callee.name === 'set' || callee.name === 'append')
        found.push(first?.kind === 'String' ? { name: first.value, value: second } : undefined)
      else if (!/^(?:get|getAll|has|toString)$/.test(callee.name ?? '')) found.push(undefined)
    } else if (call.kind === 'Call' && args.some((one) => isSame(one, there)) && !isReading(callee))
      found.push(undefined)
  }
  for (const one of mentionsIn(source).parameters)
    if (!read.has(one) && memberKey(one.object, context) === key) found.push(undefined)
  return found
}

/** Whether an expression somewhere is the same object under the same name. */
function sameAs(
  key: string,
  node: Named,
  { scope }: ScriptContext,
): (one: Expression, there: ScriptContext) => boolean {
  const root = rootOf(node)
  const variable = lookup(scope, root)
  return (one, there) => memberKey(one, there) === key && lookup(there.scope, root) === variable
}

/** `parts.push('x')`, `parts[1] = 'x'`, `Object.assign(config, given)` */
function isChanged(key: string, node: Named, { source, context }: ScriptFrame): boolean {
  const { changes, assigned: targets } = mentionsIn(source)
  const isSame = sameAs(key, node, context)
  return (
    changes.some((change) => isSame(change.of, change.context)) ||
    targets.some((target) => memberKey(target.object, context) === key)
  )
}

const changing = /^(?:push|pop|shift|unshift|splice|reverse|sort|fill|copyWithin)$/

/** What a call changes in place. */
function changedBy({ node: { callee, args } }: Site): Expression | undefined {
  if (callee.kind !== 'Member' || callee.name === undefined) return undefined
  if (changing.test(callee.name)) return callee.object
  const isObject = callee.object.kind === 'Identifier' && callee.object.name === 'Object'
  return isObject && /^(?:assign|defineProperty|defineProperties)$/.test(callee.name) ? args[0] : undefined
}

const rootOf = (node: Expression): string =>
  node.kind === 'Member' ? rootOf(node.object) : node.kind === 'Identifier' ? node.name : ''

/** `String(url)`, `console.log(url)` */
const isReading = (callee: Expression): boolean =>
  rootOf(callee) === 'console' || (callee.kind === 'Identifier' && /^(?:String|fetch|encodeURI\w*)$/.test(callee.name))

type Member = Extract<Expression, { kind: 'Member' }>

const isParameters = (node: Expression): node is Member => node.kind === 'Member' && node.name === 'searchParams'

interface Mentions {
  /** Each `….searchParams`. */
  readonly parameters: readonly Member[]
  /** Each `…[key]` that is assigned. */
  readonly assigned: readonly Member[]
  readonly changes: readonly { readonly of: Expression; readonly context: ScriptContext }[]
}

const mentionsOf = new WeakMap<ScriptSource, Mentions>()

function mentionsIn(source: ScriptSource): Mentions {
  const known = mentionsOf.get(source)
  if (known !== undefined) return known
  const parameters: Member[] = []
  const assignedTo: Member[] = []
  for (const { body } of source.scripts)
    eachExpression(body, (node) => {
      if (isParameters(node)) parameters.push(node)
      if (node.kind === 'Assignment' && node.target.kind === 'Member' && node.target.name === undefined)
        assignedTo.push(node.target)
    })
  const changes = source.scopes.sites.flatMap((site) => {
    const of = changedBy(site)
    return of === undefined ? [] : [{ of, context: site.context }]
  })
  const made = { parameters, assigned: assignedTo, changes }
  mentionsOf.set(source, made)
  return made
}

const hasQuery = (parts: readonly TextPart[]): boolean => parts.some((part) => !isHole(part) && part.text.includes('?'))

const joined = (url: UrlValue, ...more: readonly ScriptValue[]): UrlValue => {
  const whole = more.reduce(concatenate, url)
  return { type: 'url', parts: whole.type === 'text' ? whole.parts : url.parts }
}
