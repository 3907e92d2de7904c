import { lookup, memberKey, type ScopeVariable, type ScriptContext } from '../../evaluate/javascript/scopes.ts'
import type { ScriptSource } from '../../evaluate/javascript/source.ts'
import type { Expression } from '../../syntax/javascript/ast.ts'

/** The variable or property that an expression reads, where the file binds one. */
export function variableOf(node: Expression, context: ScriptContext, source: ScriptSource): ScopeVariable | undefined {
  if (node.kind === 'Identifier') return lookup(context.scope, node.name)
  const key = node.kind === 'Member' ? memberKey(node, context) : undefined
  return key === undefined ? undefined : source.scopes.members.get(key)
}

/** A number that the text says: literals, constants, arithmetic, `Math.min`; what is random counts as the most. */
export function numberOf(
  node: Expression,
  context: ScriptContext,
  source: ScriptSource,
  given: ReadonlyMap<ScopeVariable, number> = new Map(),
): number | undefined {
  const of = (part: Expression) => numberOf(part, context, source, given)
  if (node.kind === 'Number') return Number(node.text.replaceAll('_', ''))
  if (node.kind === 'Binary') {
    const [left, right] = [of(node.left), of(node.right)]
    return left === undefined || right === undefined ? undefined : arithmetic[node.op]?.(left, right)
  }
  if (node.kind === 'Call' && node.callee.kind === 'Member') {
    const name = memberKey(node.callee, context) ?? ''
    if (name === 'Math.random') return 1
    const args = node.args.map(of)
    const known = args.filter((arg) => arg !== undefined)
    return known.length === args.length ? functions[name]?.(...known) : undefined
  }
  const variable = variableOf(node, context, source)
  if (variable === undefined) return undefined
  const known = given.get(variable)
  if (known !== undefined) return known
  const [only, ...others] = variable.writes
  return others.length === 0 && only?.op === '=' && only.value?.kind === 'Number'
    ? Number(only.value.text.replaceAll('_', ''))
    : undefined
}

const arithmetic: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '**': (left, right) => left ** right,
}

const functions: Readonly<Record<string, (...args: number[]) => number>> = {
  'Math.min': Math.min,
  'Math.max': Math.max,
  'Math.pow': (base = 0, exponent = 0) => base ** exponent,
  'Math.floor': (value = 0) => Math.floor(value),
  'Math.round': (value = 0) => Math.round(value),
  'Math.ceil': (value = 0) => Math.ceil(value),
}
