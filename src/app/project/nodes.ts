import type { Expression, Module, Statement } from '../../syntax/python/ast.ts'

export type Node = Expression | Statement

/** Calls `visit` for every statement and expression of a module, outermost first; `false` leaves out what is inside. */
export function eachNode(module: Module, visit: (node: Node) => boolean | undefined): void {
  const enter = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) enter(item)
    } else if (typeof value === 'object' && value !== null) {
      if ('kind' in value && 'start' in value && visit(value as Node) === false) return
      for (const inner of Object.values(value)) if (typeof inner === 'object') enter(inner)
    }
  }
  enter(module.body)
}
