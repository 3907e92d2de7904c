import { ownWrites } from '../../evaluate/python/attribute-writes.ts'
import type { ClassDef, Expression } from '../../syntax/python/ast.ts'
import { isFunction, walk } from '../../syntax/python/walk.ts'
import type { OwnAncestor } from './lineage.ts'
import { rootOf } from './project-functions.ts'
import { type Code, type CodeFile, dottedOf } from './python-code.ts'

/**
 * Whether an object of these classes may have attributes that no code of the project names: it sets some whose names are computed, a
 * decorator stands at the class, or a package has the object in its hands, as an argument or in a method that it decorates.
 */
export const mayHaveMore = (code: Code, classes: readonly Pick<OwnAncestor, 'file' | 'node'>[]): boolean =>
  classes.some(({ node, file }) => node.decorators.length > 0 || ownWrites(node).open || isHandedOut(code, node, file))

function isHandedOut(code: Code, owner: ClassDef, file: CodeFile): boolean {
  let found = false
  walk(owner, (node) => {
    if (isFunction(node))
      found ||= node.decorators.some((by) => isOfPackage(code, by.kind === 'Call' ? by.func : by, file))
    if (node.kind !== 'Call') return !found
    const { func, args, keywords } = node
    if (![...args, ...keywords.map(({ value }) => value)].some(isSelf)) return !found
    const name = func.kind === 'Name' ? func.id : ''
    // `vars(self).update(…)`, `all(hasattr(self, name) for name in needed)`
    found ||= name === 'vars' || (name === 'hasattr' && args[1]?.kind !== 'Constant') || isOfPackage(code, func, file)
    return !found
  })
  return found
}

const isSelf = (node: Expression): boolean => node.kind === 'Name' && node.id === 'self'

/** What sets nothing on the objects that it is given. */
const harmless =
  /^(?:abc|asgiref|asyncio|channels|collections|contextlib|copy|django|functools|inspect|json|logging|time|typing|typing_extensions|uuid|weakref)\./

/** A function that a package brings which is neither of the project nor known. */
function isOfPackage(code: Code, node: Expression, file: CodeFile): boolean {
  const root = rootOf(node)
  const dotted = dottedOf(node, file)
  if (root === undefined || dotted === undefined || !file.imports.has(root) || harmless.test(dotted)) return false
  const parts = dotted.split('.')
  return !parts.some((_, index) => code.module(parts.slice(0, index + 1).join('.')) !== undefined)
}
