import type { ExceptHandler, Statement } from '../../../src/syntax/python/ast.ts'
import { children, type PythonNode } from '../../../src/syntax/python/walk.ts'

/**
 * Whether an exception is awaited where a node stands (`except AttributeError`, `suppress(AttributeError)`), or what decides whether it runs
 * is the same for every socket: perhaps never on a dyno (`if settings.DEBUG`, `if PY2`, `if TYPE_CHECKING`). `parents`: what stands around
 * it, the outermost first.
 */
export function isExpected(exception: string, node: PythonNode, parents: readonly PythonNode[]): boolean {
  return parents.some((one, index) => expects(exception, one, parents[index + 1] ?? node))
}

function expects(exception: string, node: PythonNode, part: PythonNode): boolean {
  const isIt = (one: PythonNode): boolean => one.kind === 'Name' && one.id === exception
  const names = ({ type }: ExceptHandler): boolean =>
    type !== undefined && (type.kind === 'Tuple' ? type.elts.some(isIt) : isIt(type))
  switch (node.kind) {
    case 'If':
      return (part !== node.test && isSettled(node.test)) || isBehindExit(node.body, part)
    case 'IfExp':
      return part !== node.test && isSettled(node.test)
    case 'BoolOp':
      return node.values.some((one) => one.end <= part.start && isSettled(one))
    case 'FunctionDef':
    case 'AsyncFunctionDef':
      return isBehindExit(node.body, part)
    case 'Try':
      return node.body.some((one) => one === part) && node.handlers.some(names)
    case 'With':
    case 'AsyncWith':
      return node.items.some(({ context }) => context.kind === 'Call' && context.args.some(isIt))
    default:
      return false
  }
}

/** `if sys.version_info >= (3,): return value` stands before it. */
const isBehindExit = (body: readonly Statement[], part: PythonNode): boolean =>
  body.includes(part as Statement) &&
  body.some(
    (one) =>
      one.kind === 'If' &&
      one.end <= part.start &&
      isSettled(one.test) &&
      [one.body, one.orelse].some((block) => block.at(-1)?.kind === 'Return' || block.at(-1)?.kind === 'Raise'),
  )

/** Settings decide, or nothing but what stands fast while the process runs: constants, the system, its Python. */
function isSettled(test: PythonNode): boolean {
  let settings = false
  let others = false
  const enter = (node: PythonNode): void => {
    settings ||= node.kind === 'Name' && node.id === 'settings'
    if (node.kind === 'Attribute' && constant.test(node.attr)) return
    others ||= node.kind === 'Name' && !constant.test(node.id) && !/^(?:sys|os|platform|bool|int)$/.test(node.id)
    for (const one of children(node)) enter(one)
  }
  enter(test)
  return settings || !others
}

const constant = /^[A-Z][A-Z0-9_]*$/
