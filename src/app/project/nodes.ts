import type { Expression, Module, Statement } from '../../syntax/python/ast.ts'
import { isFunction } from '../../syntax/python/walk.ts'

export type AnyNode = Expression | Statement

/** Calls `visit` for every statement and expression in a tree (or a list of trees), outermost first; `false` leaves out what is inside. */
export function eachNode(tree: unknown, visit: (node: AnyNode) => boolean | undefined): void {
  const enter = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) enter(item)
    } else if (typeof value === 'object' && value !== null) {
      if ('kind' in value && 'start' in value && visit(value as AnyNode) === false) return
      for (const inner of Object.values(value)) if (typeof inner === 'object') enter(inner)
    }
  }
  enter(tree)
}

/** Names that a module binds anywhere at its top level, in branches too; undefined when a star import, `__getattr__` or damage may bind more. */
export function boundNames(module: Module): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  let open = false
  eachNode(module.body, (node) => {
    if (isFunction(node) || node.kind === 'ClassDef') {
      names.add(node.name)
      // PEP 562: it answers for names that are nowhere bound.
      if (node.name === '__getattr__') open = true
      return false
    }
    if (node.kind === 'Damaged') open = true
    if (node.kind === 'Import')
      for (const { name, asname } of node.names) names.add(asname ?? (name.split('.')[0] as string))
    if (node.kind === 'ImportFrom') {
      for (const { name, asname } of node.names) {
        if (name === '*') open = true
        else names.add(asname ?? name)
      }
    }
    if (node.kind === 'Call' && node.func.kind === 'Name' && /^(globals|locals|vars|setattr|exec)$/.test(node.func.id))
      open = true
    if (node.kind === 'Name') names.add(node.id)
    return true
  })
  return open ? undefined : names
}
