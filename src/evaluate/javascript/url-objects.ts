import type { Expression } from '../../syntax/javascript/ast.ts'
import { eachExpression } from '../../syntax/javascript/walk.ts'
import { concatenate, type Evaluator, one, unknownOf } from './evaluate.ts'
import { lookup, memberKey, type ScriptContext } from './scopes.ts'
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

/** What code does to a URL object under its name: another `protocol`, another `search`, parameters that are added to its query. */
export function asChanged(e: Evaluator, value: ScriptValue, node: Named, frame: ScriptFrame): readonly ScriptOutcome[] {
  const key = value.type === 'url' ? memberKey(node, frame.context) : undefined
  if (value.type !== 'url' || key === undefined) return one(value)
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
  const root = rootOf(node)
  const isSame = (one: Expression, there: ScriptContext): boolean =>
    memberKey(one, there) === key && lookup(there.scope, root) === lookup(context.scope, root)
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
  for (const one of parametersIn(source))
    if (!read.has(one) && memberKey(one.object, context) === key) found.push(undefined)
  return found
}

const rootOf = (node: Expression): string =>
  node.kind === 'Member' ? rootOf(node.object) : node.kind === 'Identifier' ? node.name : ''

/** `String(url)`, `console.log(url)` */
const isReading = (callee: Expression): boolean =>
  rootOf(callee) === 'console' || (callee.kind === 'Identifier' && /^(?:String|fetch|encodeURI\w*)$/.test(callee.name))

type Parameters = Extract<Expression, { kind: 'Member' }>

const isParameters = (node: Expression): node is Parameters => node.kind === 'Member' && node.name === 'searchParams'

const parametersOf = new WeakMap<ScriptSource, readonly Parameters[]>()

/** Each `….searchParams` of a file. */
function parametersIn(source: ScriptSource): readonly Parameters[] {
  const known = parametersOf.get(source)
  if (known !== undefined) return known
  const found: Parameters[] = []
  if (source.text.includes('searchParams'))
    for (const { body } of source.scripts)
      eachExpression(body, (node) => {
        if (isParameters(node)) found.push(node)
      })
  parametersOf.set(source, found)
  return found
}

const hasQuery = (parts: readonly TextPart[]): boolean => parts.some((part) => !isHole(part) && part.text.includes('?'))

const joined = (url: UrlValue, ...more: readonly ScriptValue[]): UrlValue => {
  const whole = more.reduce(concatenate, url)
  return { type: 'url', parts: whole.type === 'text' ? whole.parts : url.parts }
}
