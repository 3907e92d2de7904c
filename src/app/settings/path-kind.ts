import type { Condition } from '../../evaluate/condition.ts'

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
