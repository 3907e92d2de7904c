import { nonEmpty } from './types/parts.ts'
import type { Value } from './value.ts'

/** Whether Python takes a value for true; undefined when it cannot be told, and for objects whose class says it. */
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
      return nonEmpty(value.parts)
    case 'bytes':
      return value.value !== ''
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
