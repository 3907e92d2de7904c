import { classOf, type NativeClass } from '../library.ts'
import type { Value } from '../value.ts'
import { mro } from './mro.ts'

const names: Readonly<Record<string, string>> = {
  none: 'NoneType',
  ellipsis: 'ellipsis',
  call: 'object',
  external: 'object',
  unknown: 'object',
  native: 'builtin_function_or_method',
  class: 'type',
}

/** The name of a value's type as Python prints it in messages. */
export function typeName(value: Value): string {
  if (value.type === 'instance') return value.class.name
  if (value.type === 'object') return value.class.slice(value.class.lastIndexOf('.') + 1)
  if (value.type === 'set') return value.frozen ? 'frozenset' : 'set'
  if (value.type === 'native' && classOf(value) !== undefined) return 'type'
  return names[value.type] ?? value.type
}

/** Nothing is known of it but where it came from: what a package exports or gives, and what could not be computed. */
export function isOpaque(value: Value): boolean {
  if (value.type === 'method') return value.function.type === 'external' || value.function.type === 'call'
  return value.type === 'unknown' || value.type === 'call' || value.type === 'external'
}

/** `isinstance(value, class)` for a builtin's or a model's dotted name; undefined when it cannot be known. */
export function isInstanceOf(value: Value, name: string): boolean | undefined {
  if (name === 'object') return true
  switch (value.type) {
    case 'unknown':
      if (value.of === undefined) return undefined
      return value.of === name || (value.of === 'bool' && name === 'int')
    case 'call':
    case 'external':
    case 'method':
      return isOpaque(value) ? undefined : name === 'method'
    case 'bool':
      return name === 'bool' || name === 'int'
    case 'object':
      return derivesFrom(value.model as NativeClass, name)
    case 'instance': {
      let open = false
      for (const base of mro(value.class)) {
        if (base.type === 'native') {
          const model = classOf(base)
          if (model !== undefined && derivesFrom(model, name)) return true
        } else if (base.type === 'external') {
          if (base.path === name) return true
          open = true
        } else if (base.type !== 'class') open = true
      }
      return open ? undefined : false
    }
    case 'class':
      return name === 'type'
    case 'native':
      return classOf(value) === undefined ? name === 'function' : name === 'type'
    default:
      return typeName(value) === name
  }
}

export function derivesFrom(model: NativeClass, name: string): boolean {
  if (model.class === name) return true
  return model.bases.some((base) => {
    const parent = classOf(base)
    return parent !== undefined && derivesFrom(parent, name)
  })
}
