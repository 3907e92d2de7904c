import type { ClassDef, Expression, FunctionDef, Module } from '../../syntax/python/ast.ts'
import { children, isFunction, literalText, type PythonNode, walk } from '../../syntax/python/walk.ts'

/** What the methods of a class set on their first parameter. */
export interface OwnWrites {
  /** By attribute, one for each statement: the method, or '' where nobody can say when it runs. */
  readonly methods: ReadonlyMap<string, readonly string[]>
  /** It also sets attributes whose names are computed. */
  readonly open: boolean
}

interface Write {
  readonly on: Expression
  /** Undefined: computed. */
  readonly name: string | undefined
  readonly node: PythonNode
}

const known = new WeakMap<ClassDef, OwnWrites>()

/** `self.x = …`, `setattr(self, 'x', …)` and the like in the methods of a class, without those of its bases. */
export function ownWrites(type: ClassDef): OwnWrites {
  let found = known.get(type)
  if (found === undefined) {
    const methods = new Map<string, string[]>()
    let open = false
    for (const { method, write } of writesOfMethods(type)) {
      if (write.name === undefined) open = true
      else methods.set(write.name, [...(methods.get(write.name) ?? []), method])
    }
    found = { methods, open }
    known.set(type, found)
  }
  return found
}

/** Stands among the names for any that is computed. */
export const anyName = '*'

/** Attributes that a file sets on anything but the first parameter of a method: `hub.bot = …`, `setattr(hub, 'bot', …)`. */
export function outsideWrites(module: Module): ReadonlySet<string> {
  const own = new Set<PythonNode>()
  walk(module, (node) => {
    if (node.kind === 'ClassDef') for (const { write } of writesOfMethods(node)) own.add(write.node)
  })
  const names = new Set<string>()
  walk(module, (node) => {
    for (const write of writesOf(node)) if (!own.has(write.node)) names.add(write.name ?? anyName)
  })
  return names
}

function writesOfMethods(type: ClassDef): { readonly method: string; readonly write: Write }[] {
  return methodsOf(type).flatMap((fn) => {
    const self = (fn.args.posonly[0] ?? fn.args.args[0])?.name
    const found: { method: string; write: Write }[] = []
    const pending: [PythonNode, string][] = [[fn, fn.name]]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const [node, method] = next
      for (const write of writesOf(node))
        if (write.on.kind === 'Name' && write.on.id === self) found.push({ method, write })
      // A function in a method runs whenever somebody calls it.
      const isRunLater = isFunction(node) || node.kind === 'Lambda'
      for (const below of children(node)) pending.push([below, isRunLater && node !== fn ? '' : method])
    }
    return found
  })
}

/** Methods that are given the object itself: what others set, they set from outside. */
function methodsOf(type: ClassDef): FunctionDef[] {
  const found: FunctionDef[] = []
  walk(type, (node) => {
    if (node.kind === 'ClassDef') return node === type
    if (node.kind !== 'FunctionDef' && node.kind !== 'AsyncFunctionDef') return true
    const isOfClass = node.decorators.some(
      (one) => one.kind === 'Name' && (one.id === 'staticmethod' || one.id === 'classmethod'),
    )
    if (!isOfClass) found.push(node)
    return false
  })
  return found
}

/** What a node itself sets. */
function writesOf(node: PythonNode): Write[] {
  switch (node.kind) {
    case 'Assign':
    case 'Delete':
      return node.targets.flatMap(inTarget)
    case 'AugAssign':
    case 'For':
    case 'AsyncFor':
      return inTarget(node.target)
    case 'AnnAssign':
      return node.value === undefined ? [] : inTarget(node.target)
    case 'With':
    case 'AsyncWith':
      return node.items.flatMap(({ vars }) => (vars === undefined ? [] : inTarget(vars)))
    case 'Call': {
      const { func } = node
      const isSet =
        (func.kind === 'Name' && (func.id === 'setattr' || func.id === 'delattr')) ||
        (func.kind === 'Attribute' && func.attr === '__setattr__')
      const isBound = func.kind === 'Attribute' && node.args.length === 2
      const [on, name] = isBound ? [func.value, node.args[0]] : node.args
      return isSet && on !== undefined ? [{ on, name: textOf(name), node }] : []
    }
    case 'Attribute':
      return node.attr === '__dict__' ? [{ on: node.value, name: undefined, node }] : []
    default:
      return []
  }
}

function inTarget(target: Expression): Write[] {
  if (target.kind === 'Tuple' || target.kind === 'List') return target.elts.flatMap(inTarget)
  if (target.kind === 'Starred') return inTarget(target.value)
  return target.kind === 'Attribute' ? [{ on: target.value, name: target.attr, node: target }] : []
}

function textOf(name: Expression | undefined): string | undefined {
  return literalText(name)
}
