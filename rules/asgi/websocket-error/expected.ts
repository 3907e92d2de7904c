import { awaits } from '../../../src/app/asgi/awaited-exceptions.ts'
import type { Statement } from '../../../src/syntax/python/ast.ts'
import type { PythonNode } from '../../../src/syntax/python/walk.ts'
import { isSettled } from './settled.ts'

/**
 * Whether an exception is awaited where a node stands (`except AttributeError`, `suppress(AttributeError)`), or what decides whether it runs
 * is the same for every socket: perhaps never on a dyno (`if settings.DEBUG`, `if PY2`, `if TYPE_CHECKING`). `parents`: what stands around
 * it, the outermost first.
 */
export function isExpected(exception: string, node: PythonNode, parents: readonly PythonNode[]): boolean {
  return parents.some((one, index) => {
    const part = parents[index + 1] ?? node
    return awaits(exception, one, part) || mayNeverRun(one, part)
  })
}

/** Whether something that stands fast for every socket decides whether a part of a node runs. */
function mayNeverRun(node: PythonNode, part: PythonNode): boolean {
  switch (node.kind) {
    case 'If':
    case 'While':
    case 'IfExp':
      if (part !== node.test && isSettled(node.test)) return true
      break
    case 'BoolOp':
      if (node.values.some((one) => one.end <= part.start && isSettled(one))) return true
      break
  }
  return isBehindExit(node, part)
}

/** `if sys.version_info >= (3,): return value` stands before it, in the same block. */
function isBehindExit(node: PythonNode, part: PythonNode): boolean {
  const block = blocksOf(node).find((one) => one.includes(part as Statement)) ?? []
  return block.some(
    (one) =>
      one.kind === 'If' &&
      one.end <= part.start &&
      isSettled(one.test) &&
      [one.body, one.orelse].some((inner) => exits.has(inner.at(-1)?.kind ?? '')),
  )
}

const exits: ReadonlySet<string> = new Set(['Return', 'Raise', 'Continue', 'Break'])

function blocksOf(node: PythonNode): (readonly Statement[])[] {
  switch (node.kind) {
    case 'Match':
      return node.cases.map(({ body }) => body)
    case 'Try':
      return [node.body, node.orelse, node.finalbody]
    case 'If':
    case 'For':
    case 'AsyncFor':
    case 'While':
      return [node.body, node.orelse]
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'With':
    case 'AsyncWith':
    case 'ExceptHandler':
      return [node.body]
    default:
      return []
  }
}
