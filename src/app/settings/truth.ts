import type { Condition } from '../../evaluate/condition.ts'
import type { Value } from '../../evaluate/python/value.ts'

/** Whether Python takes a value for true; undefined when it cannot be told. */
export function isTruthy(value: Value): boolean | undefined {
  switch (value.type) {
    case 'bool':
      return value.value
    case 'none':
      return false
    case 'int':
      return value.value !== 0n
    case 'float':
      return value.value !== 0
    case 'str':
      if (value.parts.length === 0) return false
      return value.parts.some((part) => typeof part === 'string' || part.nonEmpty) ? true : undefined
    case 'list':
    case 'tuple':
    case 'set':
      return value.items.length > 0 ? true : value.rest === undefined ? false : undefined
    case 'dict':
      return value.entries.length > 0 ? true : value.rest === undefined ? false : undefined
    default:
      return undefined
  }
}

/**
 * How a path comes about: `default` when nothing needs to be set for it, `any-text` when a variable is set to whatever,
 * `deliberate` when the text of a variable matters.
 */
export function pathKind(when: readonly Condition[]): 'default' | 'any-text' | 'deliberate' {
  const positive = when.filter(({ holds, variable }) => holds && variable !== undefined)
  if (positive.length === 0) return 'default'
  const chosen = new Set(positive.map(({ variable }) => variable))
  // Whatever else is asked of its text, also with the answer no, rules texts out.
  const ofText = when.some(({ id, variable }) => chosen.has(variable) && !id.endsWith(':set'))
  return ofText ? 'deliberate' : 'any-text'
}
