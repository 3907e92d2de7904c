import type { Arguments, ClassDef, FunctionDef, Lambda, Module, Name } from './ast.ts'
import { eachBound } from './bindings.ts'
import { children, isFunction, type PythonNode } from './walk.ts'

/** A name in a function that Python looks for in the module, and then among its builtins. */
export interface GlobalRead {
  readonly node: Name
  /** The functions whose body it stands in, the outermost first. */
  readonly functions: readonly FunctionDef[]
  /** What stands around it, the outermost first, the module left out. */
  readonly parents: readonly PythonNode[]
}

/** What binds names: `class` for what stands in it itself alone, not for the functions in it. */
interface Scope {
  readonly kind: 'module' | 'class' | 'function'
  readonly bound: ReadonlySet<string>
  readonly globals: ReadonlySet<string>
}

const nothing: ReadonlySet<string> = new Set()

/**
 * The names that functions of a module find neither in themselves nor in a function around them: those of the module, declared `global` or
 * not, and builtins; also names that are assigned there, if declared `global`. Annotations are left out, for a function does not evaluate
 * its own; so are the values of `type` statements, which wait until they are asked for.
 */
export function globalReads(module: Module): GlobalRead[] {
  const found: GlobalRead[] = []
  const enter = (
    node: PythonNode,
    scopes: readonly Scope[],
    { functions, parents }: Omit<GlobalRead, 'node'>,
  ): void => {
    const below = [...parents, node]
    const into = (inner: PythonNode | undefined, own = scopes, inside = functions) => {
      if (inner !== undefined) enter(inner, own, { functions: inside, parents: below })
    }
    switch (node.kind) {
      case 'Name':
        if (functions.length > 0 && isGlobal(node.id, scopes)) found.push({ node, functions, parents })
        return
      case 'TypeAlias':
        return
      case 'AnnAssign':
        into(node.target)
        into(node.value)
        return
      case 'FunctionDef':
      case 'AsyncFunctionDef':
      case 'Lambda': {
        const inside = [...scopes, scopeOf(node)]
        for (const one of evaluatedOutside(node)) into(one)
        if (node.kind === 'Lambda') into(node.body, inside)
        else for (const one of node.body) into(one, inside, [...functions, node])
        return
      }
      case 'ClassDef': {
        const named = new Set(node.typeParams.map(({ name }) => name))
        const around: readonly Scope[] =
          named.size === 0 ? scopes : [...scopes, { kind: 'function', bound: named, globals: nothing }]
        for (const one of node.decorators) into(one)
        for (const one of [...node.bases, ...node.keywords]) into(one, around)
        for (const one of node.body) into(one, [...around, scopeOf(node)])
        return
      }
      case 'ListComp':
      case 'SetComp':
      case 'DictComp':
      case 'GeneratorExp': {
        const bound = new Set<string>()
        eachBound(node, (name) => bound.add(name))
        const inside: readonly Scope[] = [...scopes, { kind: 'function', bound, globals: nothing }]
        const [first] = node.generators
        for (const one of children(node)) into(one, one === first?.iter ? scopes : inside)
        return
      }
      default:
        for (const one of children(node)) into(one)
    }
  }
  const around: readonly Scope[] = [{ kind: 'module', bound: nothing, globals: nothing }]
  for (const statement of module.body) enter(statement, around, { functions: [], parents: [] })
  return found
}

function isGlobal(name: string, scopes: readonly Scope[]): boolean {
  for (const [index, { kind, bound, globals }] of [...scopes.entries()].reverse()) {
    // What a class binds or declares is not seen from the functions in it.
    if (kind === 'class' && index < scopes.length - 1) continue
    if (globals.has(name)) return true
    if (bound.has(name)) return false
  }
  return true
}

/** What a definition evaluates where it stands: decorators and defaults. */
const evaluatedOutside = (node: FunctionDef | Lambda): readonly PythonNode[] => [
  ...(node.kind === 'Lambda' ? [] : node.decorators),
  ...allOf(node.args).flatMap((one) => one.default ?? []),
]

const allOf = ({ posonly, args, vararg, kwonly, kwarg }: Arguments) =>
  [...posonly, ...args, vararg, ...kwonly, kwarg].filter((one) => one !== undefined)

/** The names of a function or a class itself. What is declared `nonlocal` is one of a function around, and no global. */
function scopeOf(node: FunctionDef | Lambda | ClassDef): Scope {
  const bound = new Set<string>()
  const globals = new Set<string>()
  if (node.kind !== 'ClassDef') for (const { name } of allOf(node.args)) bound.add(name)
  if (node.kind !== 'ClassDef' && node.kind !== 'Lambda') for (const { name } of node.typeParams) bound.add(name)
  const enter = (inner: PythonNode): void => {
    if (inner.kind === 'Global') for (const name of inner.names) globals.add(name)
    // Those of a comprehension are its own; but a `:=` in it binds here.
    else if (!('generators' in inner) && inner.kind !== 'Lambda') eachBound(inner, (name) => bound.add(name))
    // `room: Room` without a value makes it a name of the function.
    if (inner.kind === 'AnnAssign' && inner.target.kind === 'Name') bound.add(inner.target.id)
    for (const one of isFunction(inner) || inner.kind === 'Lambda'
      ? evaluatedOutside(inner)
      : inner.kind === 'ClassDef'
        ? [...inner.decorators, ...inner.bases, ...inner.keywords]
        : children(inner))
      enter(one)
  }
  for (const one of node.kind === 'Lambda' ? [node.body] : node.body) enter(one)
  return { kind: node.kind === 'ClassDef' ? 'class' : 'function', bound, globals }
}
