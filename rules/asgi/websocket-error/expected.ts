import type { ExceptHandler, Expression, Statement } from '../../../src/syntax/python/ast.ts'
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
    return catches(exception, one, part) || mayNeverRun(one, part)
  })
}

/** Whether what stands around a part of it awaits the exception that this raises. */
function catches(exception: string, node: PythonNode, part: PythonNode): boolean {
  if (node.kind === 'With' || node.kind === 'AsyncWith')
    return node.items.some(({ context }) => context.kind === 'Call' && context.args.some((one) => isIt(one, exception)))
  if (node.kind !== 'Try') return false
  if (node.handlers.some(({ type }) => type !== undefined && isIt(type, exception)))
    return [node.body, node.orelse].some((block) => block.includes(part as Statement))
  const [only, ...others] = node.body
  return only === part && others.length === 0 && node.handlers.some((one) => standsIn(one, only))
}

/** The exception, or what may be a list with it: `except MISSING`, `except (KeyError, *MISSING)`. */
function isIt(type: Expression, exception: string): boolean {
  const name = type.kind === 'Name' ? type.id : type.kind === 'Attribute' ? type.attr : undefined
  if (name !== undefined) return name === exception || constant.test(name)
  if (type.kind === 'Tuple') return type.elts.some((one) => isIt(one, exception))
  if (type.kind === 'Starred') return isIt(type.value, exception)
  return type.kind === 'BinOp' && [type.left, type.right].some((one) => isIt(one, exception))
}

const constant = /^_?[A-Z][A-Z0-9_]*$/

/** A handler of every exception has another value for the same name, or returns another one: `text = str(error)`. */
function standsIn({ type, body }: ExceptHandler, tried: Statement): boolean {
  const all = ['Exception', 'BaseException']
  if (type !== undefined && !all.some((one) => isIt(type, one))) return false
  const names = namesSet(tried)
  return (tried.kind === 'Return' && body.at(-1)?.kind === 'Return') || body.some((one) => sharesName(one, names))
}

const sharesName = (one: Statement, names: readonly string[]) => namesSet(one).some((name) => names.includes(name))

/** `text` of `text = …`, `self.text` of `self.text = …`. */
function namesSet(node: Statement): string[] {
  const targets = node.kind === 'Assign' ? node.targets : node.kind === 'AnnAssign' ? [node.target] : []
  return targets.flatMap((one) => {
    if (one.kind === 'Name') return one.id
    return one.kind === 'Attribute' && one.value.kind === 'Name' ? `${one.value.id}.${one.attr}` : []
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
