import type { FunctionDef } from '../../syntax/python/ast.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'
import { eachOwn } from './consumer-code.ts'

/**
 * Whether a function comes to a node whenever it is run, as far as nothing raises: no branch, no loop and no `try` stands around it, and no
 * `return` before. `parents`: what stands around it, the outermost first; functions among them count as run.
 */
export function isAlwaysRun(around: FunctionDef, node: PythonNode, parents: readonly PythonNode[]): boolean {
  const inside = [...parents.slice(parents.indexOf(around) + 1), node]
  if (inside.some((one, index) => mayLeaveOut(one, inside[index + 1]))) return false
  let ended = false
  eachOwn(around, ({ kind, end }) => {
    ended ||= (kind === 'Return' || kind === 'Raise') && end <= node.start
  })
  return !ended
}

/** Whether a node may not come to its part. */
function mayLeaveOut(node: PythonNode, part: PythonNode | undefined): boolean {
  if (part === undefined) return false
  switch (node.kind) {
    case 'If':
    case 'IfExp':
    case 'While':
      return part !== node.test
    case 'BoolOp':
      return part !== node.values[0]
    case 'For':
      return part !== node.iter
    case 'Try':
    case 'AsyncFor':
    case 'Lambda':
    case 'Match':
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return true
    default:
      return false
  }
}
