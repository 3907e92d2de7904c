import { getOrInsert } from '../../get-or-insert.ts'
import type { ClassDef, Expression, FunctionDef, Module } from './ast.ts'
import { children, type PythonNode } from './walk.ts'

/** What has names of its own: a module, the body of a class, a function. */
export type NamingScope = Module | ClassDef | FunctionDef

/** One of the ways in which a scope gives a name a meaning. */
export interface NameBinding {
  /** The statement or expression that does so; of a parameter, the function. */
  readonly by: PythonNode
  /**
   * `whole`: `NAME = value`; `first`: `NAME, more = value`; `each`: `for NAME in value`, also of a comprehension inside; `parameter`: what
   * the caller hands over; `other`: another way that Python has (an import, `def`, `+=`, `del`, `global` …), or a lambda inside
   * with a parameter of that name.
   */
  readonly how: 'whole' | 'first' | 'each' | 'parameter' | 'other'
  /** What is assigned, or gone through; undefined where that says nothing of the name. */
  readonly value: Expression | undefined
  /** It stands in a branch, a loop or another scope: it may happen, and not before all that follows it. */
  readonly branch: boolean
}

const known = new WeakMap<NamingScope, ReadonlyMap<string, readonly NameBinding[]>>()

/**
 * All that a scope binds, by name, in the order of the text: as Python does, without the names of functions and classes inside of it,
 * and with what these declare `global` or `nonlocal`. A name that is not there means what it does around. What `from … import *` and
 * `exec` bring is not seen. What a function assigns to `self.room`, also in functions inside of it, stands under `self.room`.
 */
export function bindingsOf(scope: NamingScope): ReadonlyMap<string, readonly NameBinding[]> {
  return getOrInsert(known, scope, () => collected(scope))
}

/** Whether a name means something in one of these functions that it does not mean in the module around them. */
export const isBoundIn = (functions: readonly FunctionDef[], name: string): boolean =>
  functions.some((one) => bindingsOf(one).has(name))

/** The value of a local name that is assigned just once, plainly, and that nothing else binds; a parameter, only where it surely is. */
export function onlyAssignment(node: FunctionDef, name: string): Expression | undefined {
  const all = bindingsOf(node).get(name) ?? []
  const given = all[0]?.how === 'parameter' ? 1 : 0
  const only = all[given]
  if (only?.how !== 'whole' || all.length > given + 1 || (only.branch && given === 1)) return undefined
  return only.value
}

/** Whether the caller of a function hands over what it calls so. */
export const isParameter = (name: string, node: FunctionDef): boolean =>
  bindingsOf(node).get(name)?.[0]?.how === 'parameter'

/** Whether a node binds a name itself; what stands inside of it is not looked at. */
export function binds(node: PythonNode, name: string): boolean {
  let found = false
  eachBound(node, (bound) => {
    found ||= bound === name
  })
  return found
}

/** Takes a name that a node binds; how: `other` when it is not said. */
type Say = (name: string, how?: NameBinding['how'], value?: Expression) => void

/** The names that a node binds itself. */
export function eachBound(node: PythonNode, say: Say): void {
  switch (node.kind) {
    case 'Assign':
      for (const target of node.targets) eachName(target, say, 'whole', node.value)
      break
    case 'AnnAssign':
      if (node.value !== undefined) eachName(node.target, say, 'whole', node.value)
      break
    case 'For':
    case 'AsyncFor':
      eachName(node.target, say, 'each', node.iter)
      break
    case 'AugAssign':
    case 'NamedExpr':
      eachName(node.target, say)
      break
    case 'With':
    case 'AsyncWith':
      for (const { vars } of node.items) if (vars !== undefined) eachName(vars, say)
      break
    case 'Import':
    case 'ImportFrom':
      for (const one of node.names) say(one.asname ?? (one.name.split('.')[0] as string))
      break
    case 'Delete':
      for (const target of node.targets) eachName(target, say)
      break
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      say(node.name)
      break
    case 'TypeAlias':
      say(node.name.id)
      break
    case 'ExceptHandler':
    case 'MatchAs':
    case 'MatchStar':
      if (node.name !== undefined) say(node.name)
      break
    case 'MatchMapping':
      if (node.rest !== undefined) say(node.rest)
      break
    case 'Global':
    case 'Nonlocal':
      for (const name of node.names) say(name)
      break
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      for (const { target, iter } of node.generators) eachName(target, say, 'each', iter)
      break
    case 'Lambda':
      eachParameter(node, say, 'other')
      break
  }
}

/** What a target of an assignment, a loop or `del` binds: names, and attributes of names. */
function eachName(
  target: Expression,
  say: Say,
  how: 'whole' | 'each' | 'first' | 'other' = 'other',
  value?: Expression,
): void {
  if (target.kind === 'Name') say(target.id, how, value)
  else if (target.kind === 'Attribute') {
    if (target.value.kind === 'Name') say(`${target.value.id}.${target.attr}`, how, value)
  } else if (target.kind === 'Starred') eachName(target.value, say)
  else if (target.kind === 'Tuple' || target.kind === 'List')
    for (const [index, inner] of target.elts.entries()) {
      const isFirst = index === 0 && how === 'whole' && (inner.kind === 'Name' || inner.kind === 'Attribute')
      if (isFirst) eachName(inner, say, 'first', value)
      else eachName(inner, say)
    }
}

function eachParameter({ args }: Pick<FunctionDef, 'args'>, say: Say, how: 'parameter' | 'other'): void {
  for (const one of [...args.posonly, ...args.args, ...args.kwonly, args.vararg, args.kwarg])
    if (one !== undefined) say(one.name, how)
}

function collected(scope: NamingScope): ReadonlyMap<string, readonly NameBinding[]> {
  const found = new Map<string, NameBinding[]>()
  let by: PythonNode = scope
  let branch = false
  const add: Say = (name, how = 'other', value) => {
    getOrInsert(found, name, () => []).push({ by, how, value, branch })
  }
  const addAttribute: Say = (name, how, value) => {
    if (name.includes('.')) add(name, how, value)
  }
  if ('args' in scope) eachParameter(scope, add, 'parameter')
  const reaching = scope.kind === 'Module' ? 'Global' : scope.kind === 'ClassDef' ? undefined : 'Nonlocal'
  const enter = (node: PythonNode, isOwn: boolean, isBranch: boolean): void => {
    by = node
    branch = isBranch || !isOwn
    if (isOwn || node.kind === reaching) eachBound(node, add)
    else if ('args' in scope) eachBound(node, addAttribute)
    const below = isOwn && !scopes.has(node.kind)
    // Where nothing is declared `global` or `nonlocal`, other scopes bind nothing here.
    if (!below && reaching === undefined) return
    for (const child of children(node)) enter(child, below, true)
  }
  for (const statement of scope.body) enter(statement, true, false)
  return found
}

const scopes: ReadonlySet<PythonNode['kind']> = new Set(['FunctionDef', 'AsyncFunctionDef', 'ClassDef'])
