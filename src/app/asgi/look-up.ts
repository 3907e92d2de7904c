import type { Expression } from '../../syntax/python/ast.ts'

/** What is asked for under which key: `holder[key]` and `holder.get(key, …)`. */
export function lookUpOf(node: Expression): { readonly holder: Expression; readonly key: Expression } | undefined {
  if (node.kind === 'Subscript') return { holder: node.value, key: node.slice }
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr !== 'get') return undefined
  const [key] = node.args
  return key === undefined ? undefined : { holder: node.func.value, key }
}
