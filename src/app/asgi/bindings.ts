import type { Expression, FunctionDef } from '../../syntax/python/ast.ts'
import type { PythonNode } from '../../syntax/python/walk.ts'

/** Whether a node gives a name a meaning itself, in any of the forms that Python has; what stands inside of it is not looked at. */
export function binds(node: PythonNode, name: string): boolean {
  switch (node.kind) {
    case 'Assign':
      return node.targets.some((target) => names(target, name))
    case 'AugAssign':
    case 'For':
    case 'AsyncFor':
    case 'NamedExpr':
      return names(node.target, name)
    case 'AnnAssign':
      return node.value !== undefined && names(node.target, name)
    case 'With':
    case 'AsyncWith':
      return node.items.some(({ vars }) => vars !== undefined && names(vars, name))
    case 'Import':
    case 'ImportFrom':
      return node.names.some((one) => (one.asname ?? one.name.split('.')[0]) === name)
    case 'Delete':
      return node.targets.some((target) => names(target, name))
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
    case 'ExceptHandler':
    case 'MatchAs':
    case 'MatchStar':
      return node.name === name
    case 'MatchMapping':
      return node.rest === name
    case 'Global':
    case 'Nonlocal':
      return node.names.includes(name)
    default:
      return false
  }
}

/** `NAME`, `NAME, other`, `[NAME, *rest]` where something is assigned to it. */
function names(target: Expression, name: string): boolean {
  if (target.kind === 'Starred') return names(target.value, name)
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.some((one) => names(one, name))
  return target.kind === 'Name' && target.id === name
}

export function isParameter(name: string, { args }: FunctionDef): boolean {
  const { posonly, args: plain, kwonly, vararg, kwarg } = args
  return [...posonly, ...plain, ...kwonly, vararg, kwarg].some((one) => one?.name === name)
}
