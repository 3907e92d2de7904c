import { itemsOf, plain, type Value } from '../../../evaluate/python/value.ts'
import type { Answer } from './model.ts'

/** Three-valued: one false decides. */
export function all(...answers: readonly Answer[]): Answer {
  if (answers.includes(false)) return false
  return answers.includes(undefined) ? undefined : true
}

/** Three-valued: one true decides. */
export function any(...answers: readonly Answer[]): Answer {
  if (answers.includes(true)) return true
  return answers.includes(undefined) ? undefined : false
}

export function not(answer: Answer): Answer {
  return answer === undefined ? undefined : !answer
}

/** Whether a value is of a type, as far as that is known: `isinstance(value, str)` asks for `str`. */
export function isOf(value: Value, ...types: readonly Value['type'][]): Answer {
  if (value.type === 'unknown') return value.of === undefined ? undefined : types.includes(value.of)
  // An object of a library or a class of the project may be of a subclass.
  if (['external', 'call', 'instance', 'object'].includes(value.type)) return undefined
  return types.includes(value.type)
}

/** `value is True`. */
export function isTrue(value: Value): Answer {
  if (value.type === 'bool') return value.value
  return isOf(value, 'bool') === false ? false : undefined
}

/** Items of a list, tuple or set that nobody has to guess: undefined for anything else. */
export function allItems(value: Value): readonly Value[] | undefined {
  return (value as { readonly rest?: unknown }).rest === undefined ? itemsOf(value) : undefined
}

/** `any(test(item) for item in value)`. */
export function some(value: Value, test: (item: Value) => Answer): Answer {
  const answer = any(...(itemsOf(value) ?? []).map(test))
  return answer === true || allItems(value) !== undefined ? answer : undefined
}

/** `text in value`, for a list, tuple or set. */
export function has(value: Value, text: string): Answer {
  return some(value, (item) => isText(item, text))
}

/** `value == text`. */
export function isText(value: Value, text: string): Answer {
  const known = plain(value)
  if (known !== undefined) return known === text
  return isOf(value, 'str') === false ? false : undefined
}

/** `key in value`, for a dict. */
export function hasKey(value: Value, key: string): Answer {
  if (value.type !== 'dict') return undefined
  const answer = any(...value.entries.map((entry) => isText(entry.key, key)))
  return answer === true || value.rest === undefined ? answer : undefined
}
