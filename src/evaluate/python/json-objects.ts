import { piecesOf, type UrlState } from './libraries/urllib.ts'
import type { StrValue, Value } from './value.ts'

type ObjectValue = Extract<Value, { type: 'object' }>

/**
 * What an object of a library model holds, as far as it is told outside: `value` (a text, a number of seconds, a member's
 * number) or `items`. Empty when the model tells nothing.
 */
export function objectJson(
  value: ObjectValue,
  inner: (value: Value, ...keys: readonly (string | number)[]) => unknown,
  textJson: (value: StrValue) => unknown,
): { readonly value?: unknown; readonly items?: readonly unknown[] } {
  const member = value.attributes.get('value')
  if (member !== undefined && value.attributes.has('name')) return { value: inner(member, 'value') }
  const { state } = value
  if (value.class === 'datetime.timedelta') return typeof state === 'bigint' ? { value: Number(state) / 1e6 } : {}
  if (value.class === 're.Pattern') {
    const { pattern } = state as { readonly pattern?: string }
    return pattern === undefined ? {} : { value: pattern }
  }
  if (value.class.startsWith('urllib.parse.')) {
    const pieces = piecesOf(state as UrlState)
    return pieces === undefined ? {} : { items: pieces.map((parts) => textJson({ type: 'str', parts, at: value.at })) }
  }
  const own = textOf(value)
  return own === undefined ? {} : { value: textJson(own) }
}

/** Paths and lazy texts of models keep their text as their state. */
function textOf({ state, at }: ObjectValue): StrValue | undefined {
  if (typeof state === 'string') return { type: 'str', parts: state === '' ? [] : [state], at }
  if (typeof state !== 'object' || state === null) return undefined
  if ('type' in state && state.type === 'str') return state as StrValue
  for (const inner of Object.values(state)) {
    if (typeof inner === 'object' && inner !== null && 'type' in inner && inner.type === 'str') return inner as StrValue
  }
  return undefined
}
