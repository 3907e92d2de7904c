import type { Place, Span } from '../../contracts/place.ts'
import type { FileTree } from '../../files/tree.ts'
import type { Expression } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { type AnyNode, eachNode } from './nodes.ts'

/** Every node of a file that holds a place, outermost first. */
export function nodesAround(tree: FileTree, { file, span }: Place): readonly AnyNode[] {
  const found: AnyNode[] = []
  eachNode(parseFile(tree, file)?.module.body, (node) => {
    if (node.end < span.start || node.start > span.end) return false
    if (node.start <= span.start && span.end <= node.end) found.push(node)
    return true
  })
  return found
}

/** The node of a kind that fills exactly this place, or else the innermost one of that kind around it. */
export function aroundOf<K extends AnyNode['kind']>(
  tree: FileTree,
  place: Place,
  kind: K,
): Extract<AnyNode, { kind: K }> | undefined {
  return nodesAround(tree, place).findLast((node): node is Extract<AnyNode, { kind: K }> => node.kind === kind)
}

/** Whether an attribute or a call can be written right behind an expression. */
export function isPrimary({ kind }: Expression): boolean {
  return ['Name', 'Attribute', 'Call', 'Subscript', 'List', 'Dict', 'Set'].includes(kind)
}

export const spanOf = ({ start, end }: Span): Span => ({ start, end })
