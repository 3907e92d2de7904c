import type { Expression, FunctionDef, Statement } from '../../syntax/python/ast.ts'
import { literalText, walk } from '../../syntax/python/walk.ts'
import { lookUpOf } from './look-up.ts'

/**
 * Keys of the scope that a middleware sets on some ways through `__call__` alone: `if token: scope["user"] = …`. On the others what a
 * middleware around it has put there stays. Only keys that nothing but such assignments sets.
 */
export function keptKeys(sets: Iterable<string>, methods: readonly { readonly node: FunctionDef }[]): string[] {
  const call = methods.find(({ node }) => node.name === '__call__')?.node
  if (call === undefined) return []
  return [...sets].filter((key) => {
    const own = assignments(call, key)
    const all = methods.reduce((sum, { node }) => sum + mentions(node, key), 0)
    return own > 0 && all === own && !isAlwaysSet(call.body, key)
  })
}

/** How often a function puts something under the key by `scope[key] = …`. */
function assignments(node: FunctionDef, key: string): number {
  let count = 0
  walk(node, (inner) => {
    if (inner.kind === 'Assign') count += inner.targets.filter((target) => isKey(target, key)).length
  })
  return count
}

/** How often a function says the key as a text or as the name of an argument, for whatever but to ask whether it is there (`'user' in scope`). */
function mentions(node: FunctionDef, key: string): number {
  let count = 0
  walk(node, (inner) => {
    if (inner.kind === 'Constant' && inner.value.type === 'str' && inner.value.value === key) count++
    if (inner.kind === 'Call') count += inner.keywords.filter(({ arg }) => arg === key).length
    if (inner.kind === 'Compare') count -= inner.left.kind === 'Constant' && literalText(inner.left) === key ? 1 : 0
  })
  return count
}

function isKey(node: Expression, key: string): boolean {
  const asked = node.kind === 'Subscript' ? lookUpOf(node) : undefined
  return asked !== undefined && asked.holder.kind === 'Name' && literalText(asked.key) === key
}

/** Whether whoever comes past these statements has the key set by them. */
function isAlwaysSet(body: readonly Statement[], key: string): boolean {
  return body.some((one): boolean => {
    switch (one.kind) {
      case 'Assign':
        return one.targets.some((target) => isKey(target, key))
      case 'If':
        return setsOrLeaves(one.body, key) && setsOrLeaves(one.orelse, key)
      case 'With':
      case 'AsyncWith':
        return isAlwaysSet(one.body, key)
      case 'Try':
        return (
          isAlwaysSet(one.finalbody, key) ||
          ((isAlwaysSet(one.body, key) || isAlwaysSet(one.orelse, key)) &&
            one.handlers.every((handler) => setsOrLeaves(handler.body, key)))
        )
      default:
        return false
    }
  })
}

/** They set it, or hand nothing on: a way that raises, or returns without calling what is wrapped. */
function setsOrLeaves(body: readonly Statement[], key: string): boolean {
  const last = body.at(-1)
  const refuses =
    last?.kind === 'Raise' || (last?.kind === 'Return' && last.value !== undefined && !callsWith(last.value, 'scope'))
  return isAlwaysSet(body, key) || refuses
}

function callsWith(value: Expression, name: string): boolean {
  let found = false
  walk(value, (inner) => {
    if (inner.kind === 'Call') found ||= inner.args.some((arg) => arg.kind === 'Name' && arg.id === name)
  })
  return found
}
