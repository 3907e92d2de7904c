import type { Expression, FunctionDef, Module } from '../../syntax/python/ast.ts'
import { onlyAssignment } from '../../syntax/python/bindings.ts'
import { walk } from '../../syntax/python/walk.ts'
import { type CodeFile, dottedOf } from './python-code.ts'
import type { Names } from './text-parts.ts'

/** Where a dict stands. */
interface Around {
  readonly file: CodeFile
  readonly names: Names
}

/**
 * The key of a dict that is surely no text: msgpack writes it and, since 1.0, refuses to read it again ("int is not allowed for map
 * key when strict_map_key=True"). Undefined: the keys may all be texts.
 */
export function otherKey(node: Expression, around: Around, depth = 0): Expression | undefined {
  if (depth > 4) return undefined
  switch (node.kind) {
    case 'Dict':
      return node.keys.find((key) => key !== undefined && isNumberKey(key, around.file))
    case 'DictComp':
      return isNumberKey(node.key, around.file) || counts(node.key, node.generators, around.file) ? node.key : undefined
    case 'Call':
      return fromCall(node, around, depth)
    case 'Name': {
      const value = around.names.function && onlyAssignment(around.names.function, node.id)
      return value === undefined ? undefined : otherKey(value, around, depth + 1)
    }
    case 'Attribute':
      return filledAttribute(node, around)
    default:
      return undefined
  }
}

/** A number, a truth value or None, by its form or by what always returns one. */
export function isNumberKey(node: Expression, file: CodeFile): boolean {
  if (node.kind === 'Constant') return ['int', 'float', 'bool', 'none'].includes(node.value.type)
  return node.kind === 'Call' && ['len', 'int', 'float', 'round', 'hash'].includes(dottedOf(node.func, file) ?? '')
}

/** `{i: x for i, x in enumerate(xs)}`, `{n: … for n in range(9)}` */
function counts(
  key: Expression,
  generators: readonly { readonly target: Expression; readonly iter: Expression }[],
  file: CodeFile,
): boolean {
  if (key.kind !== 'Name') return false
  return generators.some(({ target, iter }) => {
    if (iter.kind !== 'Call') return false
    const by = dottedOf(iter.func, file)
    const [first] = target.kind === 'Tuple' ? target.elts : []
    if (by === 'range') return target.kind === 'Name' && target.id === key.id
    return by === 'enumerate' && first?.kind === 'Name' && first.id === key.id
  })
}

/** `dict(x)`, `dict(enumerate(x))`, `x.copy()` */
function fromCall(node: Extract<Expression, { kind: 'Call' }>, around: Around, depth: number): Expression | undefined {
  const [only, ...more] = node.args
  if (node.func.kind === 'Attribute' && node.func.attr === 'copy' && only === undefined)
    return otherKey(node.func.value, around, depth + 1)
  if (dottedOf(node.func, around.file) !== 'dict' || only === undefined || more.length > 0) return undefined
  const enumerated = only.kind === 'Call' && dottedOf(only.func, around.file) === 'enumerate'
  return enumerated ? only : otherKey(only, around, depth + 1)
}

const makers = new Set(['dict', 'collections.Counter', 'collections.defaultdict', 'collections.OrderedDict'])

/** `self.votes = Counter()`, and the class writes `self.votes[len(x)] += 1`. */
function filledAttribute(node: Extract<Expression, { kind: 'Attribute' }>, around: Around): Expression | undefined {
  const { file, names } = around
  if (node.value.kind !== 'Name' || node.value.id !== 'self' || names.function === undefined) return undefined
  const made = names.attributes.get(node.attr)
  const empty = made?.kind === 'Dict' && made.keys.length === 0
  if (!empty && (made?.kind !== 'Call' || !makers.has(dottedOf(made.func, file) ?? ''))) return undefined
  const owner = classAround(file.tree, names.function)
  let key: Expression | undefined
  if (owner === undefined) return undefined
  walk(owner, (inner) => {
    const targets = inner.kind === 'Assign' ? inner.targets : inner.kind === 'AugAssign' ? [inner.target] : []
    for (const target of targets) {
      if (target.kind !== 'Subscript' || target.value.kind !== 'Attribute' || target.value.attr !== node.attr) continue
      const { value } = target.value
      if (value.kind === 'Name' && value.id === 'self' && isNumberKey(target.slice, file)) key ??= target.slice
    }
    return true
  })
  return key
}

function classAround(
  tree: Module,
  method: FunctionDef,
): Extract<Module['body'][number], { kind: 'ClassDef' }> | undefined {
  return tree.body.find(
    (statement): statement is Extract<Module['body'][number], { kind: 'ClassDef' }> =>
      statement.kind === 'ClassDef' && statement.start <= method.start && method.end <= statement.end,
  )
}
