import type { Expression } from '../../syntax/javascript/ast.ts'
import { asChanged } from './changed-objects.ts'
import { elementProperty, partOfElement } from './elements.ts'
import { type Evaluator, evaluate, one, unknownOf } from './evaluate.ts'
import { keyIs } from './questions.ts'
import { lookup, memberKey } from './scopes.ts'
import { placeOf } from './source.ts'
import {
  known,
  maxOutcomes,
  plainText,
  type ScriptFrame,
  type ScriptOutcome,
  type ScriptValue,
  type TextPart,
  under,
} from './values.ts'
import { evaluateVariable, evaluateWrites } from './variables.ts'

type Member = Extract<Expression, { kind: 'Member' }>

/** `a.b`: what a file assigns to it, a property of an object literal, or something of the browser or the build. */
export function evaluateMember(e: Evaluator, node: Member, frame: ScriptFrame): readonly ScriptOutcome[] {
  const assigned = evaluateAssigned(e, node, frame)
  if (assigned !== undefined)
    return assigned.flatMap(({ value, when }) => under(when, asChanged(e, value, node, frame)))
  return evaluate(e, node.object, frame).flatMap(({ value, when }) => under(when, property(e, value, node, frame)))
}

/** `this.url = …`, `config.url = …` somewhere in the file. */
function evaluateAssigned(e: Evaluator, node: Member, frame: ScriptFrame): readonly ScriptOutcome[] | undefined {
  const key = memberKey(node, frame.context)
  const variable = key === undefined ? undefined : frame.source.scopes.members.get(key)
  if (variable === undefined || e.active.has(variable)) return undefined
  e.active.add(variable)
  const outcomes = evaluateWrites(e, variable.writes, frame, node)
  e.active.delete(variable)
  return outcomes
}

function property(e: Evaluator, value: ScriptValue, node: Member, frame: ScriptFrame): readonly ScriptOutcome[] {
  if (node.name === undefined) return computed(e, value, node, frame)
  const name = node.name
  switch (value.type) {
    case 'host':
      return hostProperty(e, value.object, name, node, frame)
    case 'object':
      return entry(e, value, name, node, frame)
    case 'url':
      return one(urlProperty(value.parts, name) ?? unknownOf(node, frame))
    case 'unknown':
      return (value.of && elementProperty(e, value.of, name, node, frame)) ?? one(unknownOf(node, frame))
    case 'box':
      return name === 'value' || name === 'current' ? value.inner : one(unknownOf(node, frame))
    default:
      return one(unknownOf(node, frame))
  }
}

/** `table[key]`, `parts[0]`. */
function computed(e: Evaluator, value: ScriptValue, node: Member, frame: ScriptFrame): readonly ScriptOutcome[] {
  const { key } = node
  if (key === undefined) return one(unknownOf(node, frame))
  if (value.type === 'list') {
    const item = key.kind === 'Number' ? value.items[Number(key.text)] : undefined
    return one(item ?? unknownOf(node, frame))
  }
  if (value.type !== 'object') return one(unknownOf(node, frame))
  return evaluate(e, key, frame)
    .flatMap((asked) => under(asked.when, chosen(e, value, asked.value, key, node, frame)))
    .slice(0, maxOutcomes)
}

/** The entry of a table under a key; every entry when nobody knows the key, each under the condition that it is this one. */
function chosen(
  e: Evaluator,
  table: Table,
  asked: ScriptValue,
  key: Expression,
  node: Member,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  const name = asked.type === 'boolean' ? String(asked.value) : plainText(asked)
  if (name !== undefined) return entry(e, table, name, node, frame)
  const names = table.node.properties.map((property) => property.key)
  if (names.includes(undefined)) return one(unknownOf(node, frame))
  return names.flatMap((own) =>
    own === undefined ? [] : under([keyIs(asked, key, own, frame)], entry(e, table, own, node, frame)),
  )
}

type Table = Extract<ScriptValue, { type: 'object' }>

function entry(e: Evaluator, table: Table, name: string, node: Member, frame: ScriptFrame): readonly ScriptOutcome[] {
  const found = table.node.properties.findLast((property) => property.key === name)
  if (found === undefined) {
    const isOpen = table.node.properties.some((property) => property.key === undefined)
    return one(isOpen ? unknownOf(node, frame) : { type: 'nothing' })
  }
  // `config = { url: config.url }`: the table is not finished where its own entry is asked for.
  if (e.active.has(found)) return one(unknownOf(node, frame))
  const inside: ScriptFrame = { ...table.frame, context: { ...table.frame.context, position: found.start } }
  e.active.add(found)
  const outcomes = evaluate(e, found.value, inside)
  e.active.delete(found)
  return outcomes
}

/** `location.href`, as text. */
export function pageAddress(
  node: Expression,
  frame: ScriptFrame,
  name = 'location.href',
): Extract<ScriptValue, { type: 'text' }> {
  const at = placeOf(frame.source, node)
  const host: TextPart = { name: 'location.host', kind: 'page-host', at }
  return { type: 'text', parts: [{ text: 'https://', at, verbatim: false }, host, { name, kind: 'value', at }] }
}

/** Elements that the document names itself. */
const elementNames: ReadonlyMap<string, string> = new Map([
  ['body', 'body'],
  ['documentElement', 'html'],
  ['currentScript', 'script'],
])

function hostProperty(
  e: Evaluator,
  object: string,
  name: string,
  node: Member,
  frame: ScriptFrame,
): readonly ScriptOutcome[] {
  const at = placeOf(frame.source, node)
  const hole = (kind: 'page-host' | 'page-hostname' | 'value'): TextPart => ({ name: `location.${name}`, kind, at })
  if (object === 'window') {
    if (name === 'location' || name === 'document' || name === 'process') return one({ type: 'host', object: name })
    if (name === 'window' || name === 'self' || name === 'top' || name === 'parent')
      return one({ type: 'host', object: 'window' })
    if (name === 'isSecureContext') return one({ type: 'boolean', value: true })
    const variable = lookup(frame.source.scopes.root, name)
    return variable === undefined ? one(unknownOf(node, frame)) : evaluateVariable(e, variable, frame, node)
  }
  if (object === 'document') {
    if (name === 'location') return one({ type: 'host', object: 'location' })
    const tag = elementNames.get(name)
    if (tag !== undefined) return partOfElement(tag, 'element', node, frame)
    if (name === 'domain') return one({ type: 'text', parts: [{ name: 'document.domain', kind: 'page-hostname', at }] })
    if (name === 'baseURI' || name === 'URL' || name === 'documentURI') return one(pageAddress(node, frame, name))
    return one(unknownOf(node, frame))
  }
  if (object === 'location') {
    const host: TextPart = { name: 'location.host', kind: 'page-host', at }
    const https = { text: 'https://', at, verbatim: false }
    switch (name) {
      case 'protocol':
        return one(known('https:', at))
      case 'host':
        return one({ type: 'text', parts: [hole('page-host')] })
      case 'hostname':
        return one({ type: 'text', parts: [hole('page-hostname')] })
      case 'port':
        // A page on Heroku has no port in its address.
        return one(known('', at))
      case 'origin':
        return one({ type: 'text', parts: [https, host] })
      case 'href':
        return one(pageAddress(node, frame))
      default:
        return one(unknownOf(node, frame, 'value', `location.${name}`))
    }
  }
  if (object === 'process' && name === 'env') return one({ type: 'host', object: 'env' })
  if (object === 'import' && name === 'meta') return one({ type: 'host', object: 'import.meta' })
  if (object === 'import.meta' && name === 'env') return one({ type: 'host', object: 'env' })
  if (object === 'env') return buildVariable(e, name, node, frame)
  return one(unknownOf(node, frame))
}

function buildVariable(e: Evaluator, name: string, node: Member, frame: ScriptFrame): readonly ScriptOutcome[] {
  const at = placeOf(frame.source, node)
  if (name === 'NODE_ENV' || name === 'MODE') return one(known('production', at))
  if (name === 'PROD' || name === 'DEV' || name === 'SSR') return one({ type: 'boolean', value: name === 'PROD' })
  const found = e.buildVariable(frame.source, name)
  return found === undefined ? one(unknownOf(node, frame, 'env', name)) : [found]
}

function urlProperty(parts: readonly TextPart[], name: string): ScriptValue | undefined {
  if (name === 'href') return { type: 'text', parts }
  const first = parts[0]
  if (name !== 'protocol' || first === undefined || 'kind' in first) return undefined
  const scheme = /^[a-z]+:/i.exec(first.text)?.[0]
  return scheme === undefined ? undefined : known(scheme, first.at)
}
