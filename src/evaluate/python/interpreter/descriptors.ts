import { type NativeClass, native, nativeClass, object } from '../library.ts'
import type { NativeValue, ObjectValue, Value } from '../value.ts'

/** What `property`, `staticmethod` and `classmethod` make; attribute access looks at the kind. */
export interface Descriptor {
  readonly kind: 'property' | 'static' | 'class'
  readonly get: Value | undefined
  readonly set: Value | undefined
}

function descriptorClass(path: string, kind: Descriptor['kind']): NativeClass {
  const model: NativeClass = {
    class: path,
    bases: [],
    construct: (run, args) => {
      const state: Descriptor = {
        kind,
        get: args.positional[0] ?? args.keywords.get('fget'),
        set: args.positional[1] ?? args.keywords.get('fset'),
      }
      return object(model, state, run.at)
    },
    get: (run, self, name) => {
      const state = self.state as Descriptor
      if (name === 'fget' || name === '__func__' || name === 'func') return state.get
      if (name === 'getter')
        return native(name, (_, args) => object(model, { ...state, get: args.positional[0] }, run.at))
      if (name === 'setter')
        return native(name, (_, args) => object(model, { ...state, set: args.positional[0] }, run.at))
      return name === 'deleter' ? native(name, () => self) : undefined
    },
  }
  return model
}

export const property: NativeValue = nativeClass(descriptorClass('property', 'property'))
export const staticMethod: NativeValue = nativeClass(descriptorClass('staticmethod', 'static'))
export const classMethod: NativeValue = nativeClass(descriptorClass('classmethod', 'class'))
export const cachedProperty: NativeValue = nativeClass(descriptorClass('functools.cached_property', 'property'))

/** The descriptor a value is, when it is one. */
export function descriptorOf(value: Value): Descriptor | undefined {
  if (value.type !== 'object') return undefined
  const state = (value as ObjectValue).state
  const kinds = ['property', 'staticmethod', 'classmethod', 'functools.cached_property']
  return kinds.includes(value.class) ? (state as Descriptor) : undefined
}
