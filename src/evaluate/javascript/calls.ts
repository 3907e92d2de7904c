import type { Expression, FunctionExpression } from '../../syntax/javascript/ast.ts'
import { elementMethod, partOfElement, selectorOf } from './elements.ts'
import { concatenate, type Evaluator, evaluate, evaluateText, one, only, unknownOf } from './evaluate.ts'
import { pageAddress } from './members.ts'
import { identityOfValue } from './questions.ts'
import { memberKey, type ScopeVariable } from './scopes.ts'
import { questionsBetween } from './template-branches.ts'
import { callTextMethod } from './text-methods.ts'
import {
  combine,
  equal,
  isHole,
  type KnownText,
  partsOf,
  type ScriptFrame,
  type ScriptOutcome,
  type ScriptValue,
  type TextPart,
  truth,
  under,
} from './values.ts'
import { openQuestions } from './variables.ts'

type Call = Extract<Expression, { kind: 'Call' }>

/** What a call returns: methods of texts, functions of the project, a few of the browser and of the common frameworks. */
export function evaluateCall(e: Evaluator, node: Call, frame: ScriptFrame): readonly ScriptOutcome[] {
  const { callee, args } = node
  const selector = selectorOf(node)
  if (selector !== undefined) return partOfElement(selector, 'element', node, frame)
  if (callee.kind === 'Member' && callee.name !== undefined) {
    const receivers = evaluate(e, callee.object, frame)
    const texts = receivers.flatMap((receiver) => method(e, receiver, callee.name as string, node, frame) ?? [])
    if (texts.length > 0) return texts
  }
  if (callee.kind === 'Identifier') {
    const builtin = callBuiltin(e, callee.name, args, frame)
    if (builtin !== undefined) return builtin
  }
  const target = only(evaluate(e, callee, frame))
  if (target?.type === 'function')
    return callFunction(e, target.node, target.frame, argumentsOf(e, args, frame)) ?? one(unknownOf(node, frame))
  return one(unknownOf(node, frame))
}

/** What each argument may be; undefined from the first on that is spread. */
function argumentsOf(e: Evaluator, args: readonly Expression[], frame: ScriptFrame): Arguments {
  const spread = args.findIndex(({ kind }) => kind === 'Spread')
  const given = (spread < 0 ? args : args.slice(0, spread)).map((arg) => evaluate(e, arg, frame))
  return spread < 0 ? given : [...given, undefined]
}

type Arguments = readonly (readonly ScriptOutcome[] | undefined)[]

function method(
  e: Evaluator,
  receiver: ScriptOutcome,
  name: string,
  node: Call,
  frame: ScriptFrame,
): readonly ScriptOutcome[] | undefined {
  const { value, when } = receiver
  const first = node.args[0]
  const given = first === undefined ? undefined : only(evaluate(e, first, frame))
  const made = (result: ScriptValue | undefined): readonly ScriptOutcome[] | undefined =>
    result === undefined ? undefined : [{ value: result, when }]
  if (value.type === 'unknown' && value.of !== undefined) return elementMethod(e, value.of, name, node, frame)
  if (isJson(node.callee) && name === 'parse' && given?.type === 'unknown' && given.of?.what === 'text')
    return e.jsonOf(frame.source, given.of.selector)
  if (value.type === 'url' && (name === 'toString' || name === 'toJSON'))
    return made({ type: 'text', parts: value.parts })
  if (value.type === 'host' && value.object === 'location' && name === 'toString') return made(pageAddress(node, frame))
  if (value.type === 'list') {
    if (name === 'includes' && given !== undefined) {
      const answers = value.items.map((item) => equal(item, given))
      if (answers.some((answer) => answer === true)) return made({ type: 'boolean', value: true })
      return !value.open && answers.every((answer) => answer === false)
        ? made({ type: 'boolean', value: false })
        : undefined
    }
    if (name === 'map') return made(mapped(e, value, first, frame))
    if (name === 'filter' && first?.kind === 'Identifier' && first.name === 'Boolean') return made(filled(value))
    if (name === 'join') return made(value.open ? undefined : joinList(value.items, given))
    return undefined
  }
  if (node.callee.kind === 'Member' && node.callee.object.kind === 'Regex' && name === 'test') {
    return made(given === undefined ? undefined : callTextMethod('match', given, [node.callee.object], e, frame))
  }
  if (value.type === 'text') return made(callTextMethod(name, value, node.args, e, frame))
  return undefined
}

/** The list of what a function makes of each item: one of the browser, `parts.map(encodeURIComponent)`, or of the project. */
function mapped(
  e: Evaluator,
  list: Extract<ScriptValue, { type: 'list' }>,
  by: Expression | undefined,
  frame: ScriptFrame,
): ScriptValue | undefined {
  if (by === undefined) return undefined
  const coder = by.kind === 'Identifier' && Object.hasOwn(uriCoders, by.name) ? by.name : undefined
  const target = coder === undefined ? only(evaluate(e, by, frame)) : undefined
  const items = list.items.map((item) =>
    coder !== undefined
      ? codedText(coder as Coder, item, by, frame)
      : target?.type === 'function'
        ? only(callFunction(e, target.node, target.frame, [one(item)]) ?? [])
        : undefined,
  )
  return items.every((item) => item !== undefined) ? { ...list, items } : undefined
}

/** `parts.filter(Boolean)`: those that count as true, where that is known of each. */
function filled(list: Extract<ScriptValue, { type: 'list' }>): ScriptValue | undefined {
  const isKnown = list.items.every((item) => truth(item) !== undefined)
  return isKnown ? { ...list, items: list.items.filter((item) => truth(item) === true) } : undefined
}

const isJson = (callee: Expression): boolean =>
  callee.kind === 'Member' && callee.object.kind === 'Identifier' && callee.object.name === 'JSON'

function joinList(items: readonly ScriptValue[], separator: ScriptValue | undefined): ScriptValue | undefined {
  const between = separator === undefined ? undefined : partsOf(separator)
  if (between === undefined) return undefined
  const parts: TextPart[] = []
  for (const [index, item] of items.entries()) {
    const own = partsOf(item)
    if (own === undefined) return undefined
    if (index > 0) parts.push(...between)
    parts.push(...own)
  }
  return { type: 'text', parts }
}

/** Functions that hand their argument's value on, or wrap it. */
function callBuiltin(
  e: Evaluator,
  name: string,
  args: readonly Expression[],
  frame: ScriptFrame,
): readonly ScriptOutcome[] | undefined {
  const [first] = args
  if (first === undefined) return undefined
  switch (name) {
    case 'unref':
    case 'toValue':
      return evaluate(e, first, frame)
    case 'String':
      return evaluateText(e, first, frame).map(({ value, when }) => ({ value: asText(value), when }))
    case 'encodeURI':
    case 'decodeURI':
    case 'encodeURIComponent':
    case 'decodeURIComponent':
      return evaluateText(e, first, frame).map(({ value, when }) => ({
        value: codedText(name, value, first, frame),
        when,
      }))
    case 'Boolean':
      return evaluate(e, first, frame).map(({ value, when }) => {
        const answer = truth(value)
        if (answer !== undefined) return { value: { type: 'boolean', value: answer }, when }
        return { value: unknownOf(first, frame, 'value', undefined, identityOfValue(value, first, frame)), when }
      })
    case 'useMemo':
    case 'useState':
      return first.kind === 'Function' ? (callFunction(e, first, frame, []) ?? undefined) : evaluate(e, first, frame)
    case 'useCallback':
      return evaluate(e, first, frame)
    case 'ref':
    case 'shallowRef':
    case 'useRef':
      return one({ type: 'box', inner: evaluate(e, first, frame) })
    case 'computed':
      return first.kind === 'Function'
        ? one({ type: 'box', inner: callFunction(e, first, frame, []) ?? one(unknownOf(first, frame)) })
        : undefined
    default:
      return undefined
  }
}

const uriCoders = { encodeURI, encodeURIComponent, decodeURI, decodeURIComponent }

type Coder = keyof typeof uriCoders

function codedText(name: Coder, value: ScriptValue, node: Expression, frame: ScriptFrame): ScriptValue {
  const parts = (partsOf(value) ?? []).map((part) => (isHole(part) ? part : coded(part, uriCoders[name])))
  return parts.every((part) => part !== undefined) ? { type: 'text', parts } : unknownOf(node, frame)
}

/** Undefined where the browser throws URIError: for half of a surrogate pair, for what is no encoded text. */
function coded(part: KnownText, coder: (text: string) => string): KnownText | undefined {
  try {
    const text = coder(part.text)
    return text === part.text ? part : { text, at: part.at, verbatim: false }
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

/** Without being a number any more. */
function asText(value: ScriptValue): ScriptValue {
  const parts = partsOf(value)
  return parts === undefined ? value : { type: 'text', parts }
}

/** Every value the function can return; undefined when it returns nothing readable or calls itself. */
function callFunction(
  e: Evaluator,
  node: FunctionExpression,
  home: ScriptFrame,
  args: Arguments,
): readonly ScriptOutcome[] | undefined {
  const info = home.source.scopes.functions.get(node)
  if (info === undefined || e.active.has(node)) return undefined
  e.active.add(node)
  const parameters = new Map<ScopeVariable, readonly ScriptOutcome[]>(home.parameters)
  node.params.forEach((param, index) => {
    const variable = param.target.kind === 'Identifier' ? info.inner.variables.get(param.target.name) : undefined
    const missing = param.default !== undefined && index >= args.length && !args.includes(undefined)
    const value = missing
      ? evaluate(e, param.default as Expression, { ...home, context: info.context })
      : param.rest
        ? restOf(args.slice(index))
        : args[index]
    if (variable !== undefined && value !== undefined) parameters.set(variable, value)
  })
  const outcomes: ScriptOutcome[] = []
  for (const { value, context } of info.returns) {
    const inside: ScriptFrame = { source: home.source, context, parameters }
    const guards = openQuestions(e, context.guards, inside)
    const rendered = questionsBetween(home.source, node.start, context.position)
    if (guards === 'closed' || rendered === undefined) continue
    const open = [...rendered, ...guards]
    const when = open.map((ask) => ask(true))
    outcomes.push(...under(when, evaluate(e, value as Expression, inside)))
    // Nothing after an unconditional return is reached.
    if (open.length === 0) break
  }
  e.active.delete(node)
  return outcomes.length === 0 ? undefined : outcomes
}

/** The list that `...parts` is; undefined where an argument may be several things. */
function restOf(args: Arguments): readonly ScriptOutcome[] | undefined {
  const items = args.map((arg) => arg && only(arg))
  return items.every((item) => item !== undefined) ? one({ type: 'list', items }) : undefined
}

/** `new URL(path, base)`; everything else that is constructed is unknown. */
export function evaluateNew(
  e: Evaluator,
  node: Extract<Expression, { kind: 'New' }>,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  const [first, base] = node.args
  if (node.callee.kind !== 'Identifier' && memberKey(node.callee, frame.context) !== 'window.URL')
    return one(unknownOf(node, frame))
  if ((node.callee.kind === 'Identifier' && node.callee.name !== 'URL') || first === undefined)
    return one(unknownOf(node, frame))
  const addresses = evaluate(e, first, frame)
  const resolved =
    base === undefined
      ? addresses
      : combine(
          addresses,
          evaluate(e, base, frame),
          (path, to) => resolve(path, addressOf(to, base, frame)) ?? unresolved(path, node, frame),
        )
  return resolved.map(({ value, when }) => ({ value: asUrl(value, node, frame), when }))
}

/** What nobody can resolve; a path that the server writes still comes from there. */
function unresolved(path: ScriptValue, node: Expression, frame: ScriptFrame): ScriptValue {
  const [first, ...others] = partsOf(path) ?? []
  if (first === undefined || others.length > 0 || !isHole(first) || first.kind !== 'server')
    return unknownOf(node, frame)
  return unknownOf(node, frame, 'server', first.name)
}

function asUrl(value: ScriptValue, node: Expression, frame: ScriptFrame): ScriptValue {
  const parts = partsOf(addressOf(value, node, frame))
  return parts === undefined ? unknownOf(node, frame) : { type: 'url', parts }
}

/** `location` itself stands for its address. */
function addressOf(value: ScriptValue, node: Expression, frame: ScriptFrame): ScriptValue {
  return value.type === 'host' && value.object === 'location' ? pageAddress(node, frame) : value
}

/**
 * A path against a base: its origin, then the path. Only absolute paths and absolute URLs are resolved; undefined for others.
 */
function resolve(path: ScriptValue, base: ScriptValue): ScriptValue | undefined {
  const own = partsOf(path)
  const first = own?.[0]
  if (own === undefined || first === undefined || isHole(first)) return undefined
  if (/^[a-z][a-z0-9+.-]*:/i.test(first.text)) return path
  const outer = partsOf(base)
  const scheme = outer?.[0]
  const host = outer?.[1]
  if (!first.text.startsWith('/') || scheme === undefined || isHole(scheme)) return undefined
  const origin = /^[a-z]+:\/\/[^/]*/i.exec(scheme.text)?.[0]
  if (origin === undefined) return undefined
  const known: TextPart = { ...scheme, text: origin }
  const head: readonly TextPart[] =
    origin === scheme.text && host !== undefined && isHole(host) ? [known, host] : [known]
  return concatenate({ type: 'text', parts: head }, path)
}
