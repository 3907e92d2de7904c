import type { Expression } from '../../syntax/javascript/ast.ts'
import { type Evaluator, evaluate, one, unknownOf } from './evaluate.ts'
import { lookup, memberKey } from './scopes.ts'
import { placeOf } from './source.ts'
import { join, known, type ScriptFrame, type ScriptOutcome, type ScriptValue, type TextPart } from './values.ts'
import { evaluateVariable, evaluateWrites } from './variables.ts'

type Member = Extract<Expression, { kind: 'Member' }>

/** `a.b`: what a file assigns to it, a property of an object literal, or something of the browser or the build. */
export function evaluateMember(e: Evaluator, node: Member, frame: ScriptFrame): readonly ScriptOutcome[] {
  const assigned = evaluateAssigned(e, node, frame)
  if (assigned !== undefined) return assigned
  return evaluate(e, node.object, frame).flatMap(({ value, when }) =>
    property(e, value, node, frame).map((outcome) => ({ value: outcome.value, when: join(when, outcome.when) })),
  )
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
  const name = node.name
  if (name === undefined) return one(unknownOf(node, frame))
  switch (value.type) {
    case 'host':
      return hostProperty(e, value.object, name, node, frame)
    case 'object': {
      const found = value.node.properties.findLast((one) => one.key === name)
      if (found === undefined)
        return one(
          value.node.properties.some((one) => one.key === undefined) ? unknownOf(node, frame) : { type: 'nothing' },
        )
      const inside: ScriptFrame = { ...value.frame, context: { ...value.frame.context, position: found.start } }
      return evaluate(e, found.value, inside)
    }
    case 'url':
      return one(urlProperty(value.parts, name) ?? unknownOf(node, frame))
    case 'box':
      return name === 'value' || name === 'current' ? value.inner : one(unknownOf(node, frame))
    default:
      return one(unknownOf(node, frame))
  }
}

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
    if (name === 'domain') return one({ type: 'text', parts: [{ name: 'document.domain', kind: 'page-hostname', at }] })
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
        return one({
          type: 'text',
          parts: [https, host, hole('value')],
        })
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
