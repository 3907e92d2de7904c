import { walk } from '../../../../syntax/python/walk.ts'
import { mro } from '../../interpreter/mro.ts'
import type { ClassValue, FunctionValue, Value } from '../../value.ts'

/** Whether a function states a `raise`. */
export function raises({ node }: FunctionValue): boolean {
  let found = false
  if (node.kind !== 'Lambda')
    for (const statement of node.body)
      walk(statement, ({ kind }) => {
        if (kind === 'Raise') found = true
      })
  return found
}

/** Classes of the project alone stand above it, so that what it has is all that it has. */
export const isPlain = (type: ClassValue): boolean =>
  type.decorators.length === 0 &&
  type.keywords.size === 0 &&
  mro(type).every((base) => base.type === 'class' || (base.type === 'native' && base.name === 'object'))

/** What the nearest class of the project's above it binds to a name. */
export function attributeIn(type: ClassValue, name: string): Value | undefined {
  const holder = mro(type).find((base) => base.type === 'class' && base.attributes.has(name))
  return holder?.type === 'class' ? holder.attributes.get(name)?.value : undefined
}
