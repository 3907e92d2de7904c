import type { ExceptHandler } from '../../../src/syntax/python/ast.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/**
 * Whether an exception is awaited where a node stands (`except AttributeError`, `suppress(AttributeError)`), or a setting decides whether it
 * runs: perhaps never on a dyno (`if settings.DEBUG`). `parents`: what stands around it, the outermost first.
 */
export function isExpected(exception: string, node: PythonNode, parents: readonly PythonNode[]): boolean {
  return parents.some((one, index) => expects(exception, one, parents[index + 1] ?? node))
}

function expects(exception: string, node: PythonNode, part: PythonNode): boolean {
  const isIt = (one: PythonNode): boolean => one.kind === 'Name' && one.id === exception
  const names = ({ type }: ExceptHandler): boolean =>
    type !== undefined && (type.kind === 'Tuple' ? type.elts.some(isIt) : isIt(type))
  if (node.kind === 'If' || node.kind === 'IfExp') return part !== node.test && namesSettings(node.test)
  if (node.kind === 'Try') return node.body.some((one) => one === part) && node.handlers.some(names)
  if (node.kind !== 'With' && node.kind !== 'AsyncWith') return false
  return node.items.some(({ context }) => context.kind === 'Call' && context.args.some(isIt))
}

function namesSettings(node: PythonNode): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= inner.kind === 'Name' && inner.id === 'settings'
  })
  return found
}
