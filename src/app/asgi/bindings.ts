import { getOrInsert } from '../../get-or-insert.ts'
import type { ClassDef, Expression, FunctionDef, Module, Pattern } from '../../syntax/python/ast.ts'
import { children, type PythonNode } from '../../syntax/python/walk.ts'

/** What has names of its own: a module, the body of a class, a function. */
export type NamingScope = Module | ClassDef | FunctionDef

/** One of the ways in which a scope gives a name a meaning. */
export interface NameBinding {
  /** The statement or expression that does so; of a parameter, the function. */
  readonly by: PythonNode
  /**
   * `whole`: `NAME = value`; `first`: `NAME, more = value`; `each`: `for NAME in value`, also of a comprehension inside; `parameter`: what
   * the caller hands over; `other`: another way that Python has (an import, `def`, `+=`, `del`, `global` …), or a lambda inside, in which
   * the name means something else.
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
  const [only, ...more] = all.filter(({ how }) => how !== 'parameter')
  if (only?.how !== 'whole' || more.length > 0 || (only.branch && isParameter(name, node))) return undefined
  return only.value
}

export function isParameter(name: string, { args }: FunctionDef): boolean {
  const { posonly, args: plain, kwonly, vararg, kwarg } = args
  return [...posonly, ...plain, ...kwonly, vararg, kwarg].some((one) => one?.name === name)
}

/** What a target of an assignment, a loop or `del` binds: names, and attributes of names. */
function targetNames(target: Expression): readonly string[] {
  if (target.kind === 'Name') return [target.id]
  if (target.kind === 'Attribute') return target.value.kind === 'Name' ? [`${target.value.id}.${target.attr}`] : []
  if (target.kind === 'Starred') return targetNames(target.value)
  return target.kind === 'Tuple' || target.kind === 'List' ? target.elts.flatMap(targetNames) : []
}

/** Whether a node binds a name itself; what stands inside of it is not looked at. */
export const binds = (node: PythonNode, name: string): boolean => bound(node).some((one) => one.name === name)

type Bound = Pick<NameBinding, 'how' | 'value'> & { readonly name: string }

const others = (names: readonly string[]): Bound[] => names.map((name) => ({ name, how: 'other', value: undefined }))

/** The names that a node binds itself. */
function bound(node: PythonNode): readonly Bound[] {
  switch (node.kind) {
    case 'Assign':
      return node.targets.flatMap((target) => assigned(target, node.value))
    case 'AnnAssign':
      return node.value === undefined ? [] : assigned(node.target, node.value)
    case 'For':
    case 'AsyncFor':
      return goneThrough(node.target, node.iter)
    case 'AugAssign':
    case 'NamedExpr':
      return others(targetNames(node.target))
    case 'With':
    case 'AsyncWith':
      return others(node.items.flatMap(({ vars }) => (vars === undefined ? [] : targetNames(vars))))
    case 'Import':
    case 'ImportFrom':
      return others(node.names.map((one) => one.asname ?? (one.name.split('.')[0] as string)))
    case 'Delete':
      return others(node.targets.flatMap(targetNames))
    case 'FunctionDef':
    case 'AsyncFunctionDef':
    case 'ClassDef':
      return others([node.name])
    case 'ExceptHandler':
      return others(node.name === undefined ? [] : [node.name])
    case 'TypeAlias':
      return others([node.name.id])
    case 'MatchAs':
    case 'MatchStar':
    case 'MatchMapping':
      return others(captured(node))
    case 'Global':
    case 'Nonlocal':
      return others(node.names)
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return node.generators.flatMap(({ target, iter }) => goneThrough(target, iter))
    case 'Lambda':
      return others(parameterNames(node))
    default:
      return []
  }
}

function assigned(target: Expression, value: Expression): readonly Bound[] {
  if (target.kind !== 'Tuple' && target.kind !== 'List')
    return targetNames(target).map((name) => ({ name, how: 'whole', value }))
  const [first, ...more] = target.elts
  const names = first === undefined || first.kind === 'Tuple' || first.kind === 'Starred' ? [] : targetNames(first)
  return [
    ...names.map((name) => ({ name, how: 'first' as const, value })),
    ...others((names.length > 0 ? more : target.elts).flatMap(targetNames)),
  ]
}

const goneThrough = (target: Expression, value: Expression): readonly Bound[] =>
  targetNames(target).map((name) =>
    isList(target) ? { name, how: 'other', value: undefined } : { name, how: 'each', value },
  )

const isList = ({ kind }: Expression): boolean => kind === 'Tuple' || kind === 'List'

function captured(node: Extract<Pattern, { kind: 'MatchAs' | 'MatchStar' | 'MatchMapping' }>): string[] {
  const name = node.kind === 'MatchMapping' ? node.rest : node.name
  return name === undefined ? [] : [name]
}

const parameterNames = ({ args }: Pick<FunctionDef, 'args'>): string[] =>
  [...args.posonly, ...args.args, ...args.kwonly, args.vararg, args.kwarg].flatMap((one) => one?.name ?? [])

function collected(scope: NamingScope): ReadonlyMap<string, readonly NameBinding[]> {
  const found = new Map<string, NameBinding[]>()
  const add = (by: PythonNode, one: Bound, branch: boolean): void => {
    getOrInsert(found, one.name, () => []).push({ by, how: one.how, value: one.value, branch })
  }
  if ('args' in scope)
    for (const name of parameterNames(scope)) add(scope, { name, how: 'parameter', value: undefined }, false)
  const reaching = scope.kind === 'Module' ? 'Global' : scope.kind === 'ClassDef' ? undefined : 'Nonlocal'
  const isAttribute = ({ name }: Bound) => name.includes('.')
  const reaches = (one: Bound, by: PythonNode) => by.kind === reaching || ('args' in scope && isAttribute(one))
  const enter = (node: PythonNode, isOwn: boolean, branch: boolean): void => {
    for (const one of bound(node)) if (isOwn || reaches(one, node)) add(node, one, branch || !isOwn)
    const below = isOwn && !scopes.has(node.kind)
    // Where nothing is declared `global` or `nonlocal`, other scopes bind nothing here.
    if (!below && reaching === undefined) return
    for (const child of children(node)) enter(child, below, true)
  }
  for (const statement of scope.body) enter(statement, true, false)
  return found
}

const scopes: ReadonlySet<PythonNode['kind']> = new Set(['FunctionDef', 'AsyncFunctionDef', 'ClassDef'])
