import type { Expression } from '../../../syntax/python/ast.ts'
import type { Value } from '../value.ts'
import { setAttribute } from './attributes.ts'
import { evaluate } from './expressions.ts'
import { unpack } from './iteration.ts'
import type { Machine } from './machine.ts'
import { storeName } from './names.ts'
import { setItem } from './subscripts.ts'

/** Binds a value to a target: name, attribute, subscript, or an unpacking of them. */
export function assign(m: Machine, target: Expression, value: Value): void {
  switch (target.kind) {
    case 'Name':
      storeName(m, target.id, value, target)
      return
    case 'Attribute':
      setAttribute(m, evaluate(m, target.value), target.attr, value, target)
      return
    case 'Subscript': {
      const container = evaluate(m, target.value)
      setItem(m, container, evaluate(m, target.slice), value, target)
      return
    }
    case 'Tuple':
    case 'List': {
      const star = target.elts.findIndex((item) => item.kind === 'Starred')
      const values = unpack(m, value, target.elts.length, star < 0 ? undefined : star, target)
      for (let i = 0; i < target.elts.length; i++) {
        const item = target.elts[i] as Expression
        assign(m, item.kind === 'Starred' ? item.value : item, values[i] as Value)
      }
      return
    }
    default:
      return
  }
}
