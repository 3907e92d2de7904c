import { getOrInsert } from '../../get-or-insert.ts'
import type { Expression, FunctionDef, Name, Statement } from './ast.ts'
import { bindingsOf, eachBound } from './bindings.ts'
import { children, isFunction, type PythonNode } from './walk.ts'

/** Names that may have a value. */
export type NameSet = ReadonlySet<string>

/** The local names of a function, and which of them may have a value before each of its statements. */
export interface LocalNames {
  readonly names: NameSet
  /** Statements that nothing leads to are left out. */
  readonly before: ReadonlyMap<Statement, NameSet>
}

const known = new WeakMap<FunctionDef, LocalNames>()

/**
 * The names that a function binds for itself alone, parameters and what is declared `global` or `nonlocal` left out (in it, or by a function
 * inside of it), with the names that may have a value before each statement. A name that is not among these surely has none there, whichever
 * way led to the statement; in a loop, what any of its rounds binds may be there.
 */
export function localNames(node: FunctionDef): LocalNames {
  return getOrInsert(known, node, () => {
    const names = new Set(
      [...bindingsOf(node)].flatMap(([name, all]) => {
        const isShared = all.some(
          ({ by, how }) => how === 'parameter' || by.kind === 'Global' || by.kind === 'Nonlocal',
        )
        return isShared || all.every(({ by }) => ofItsOwn.has(by.kind)) ? [] : name
      }),
    )
    const before = new Map<Statement, NameSet>()
    through(node.body, new Set(), before)
    return { names, before }
  })
}

/** What has names that are not those of the function around it. */
const ofItsOwn: ReadonlySet<PythonNode['kind']> = new Set([
  ...(['ListComp', 'SetComp', 'DictComp', 'GeneratorExp', 'Lambda'] as const),
])

/** What may have a value after a block; undefined: nothing comes to its end. */
function through(block: readonly Statement[], start: NameSet, before: Map<Statement, NameSet>): NameSet | undefined {
  let names: NameSet | undefined = start
  for (const statement of block) {
    if (names === undefined) return undefined
    before.set(statement, names)
    names = after(statement, names, before)
  }
  return names
}

function after(node: Statement, names: NameSet, before: Map<Statement, NameSet>): NameSet | undefined {
  const into = (block: readonly Statement[], start: NameSet) => through(block, start, before)
  switch (node.kind) {
    case 'Return':
    case 'Raise':
    case 'Continue':
    case 'Break':
      return undefined
    case 'Delete':
      return without(names, boundIn(node))
    case 'If': {
      const tested = union(names, boundIn(node.test))
      return either(into(node.body, tested), into(node.orelse, tested))
    }
    case 'For':
    case 'AsyncFor':
    case 'While':
    case 'With':
    case 'AsyncWith': {
      // A loop may come back, and a context may swallow what is raised in the middle.
      const all = union(names, boundIn(node))
      into(node.body, 'items' in node ? union(names, ...node.items.map(itemNames)) : all)
      if ('orelse' in node) into(node.orelse, all)
      return all
    }
    case 'Match': {
      const matched = union(names, boundIn(node.subject), ...node.cases.map(caseNames))
      return node.cases.reduce<NameSet | undefined>((all, { body }) => either(all, into(body, matched)), matched)
    }
    case 'Try': {
      const body = into(node.body, names)
      let end = body && into(node.orelse, body)
      const raised = union(names, ...node.body.map(boundIn))
      for (const { name, body: handled } of node.handlers) {
        const own = new Set(name === undefined ? [] : [name])
        const handledEnd = into(handled, union(raised, own))
        end = either(end, handledEnd && without(handledEnd, own))
      }
      into(node.finalbody, union(names, boundIn(node)))
      return end && union(end, ...node.finalbody.map(boundIn))
    }
    default:
      return union(names, boundIn(node))
  }
}

const either = (one: NameSet | undefined, other: NameSet | undefined): NameSet | undefined =>
  one === undefined || other === undefined ? (one ?? other) : union(one, other)

/** The names of all of these. */
export function union(first: NameSet, ...more: readonly NameSet[]): NameSet {
  const added = more.filter(({ size }) => size > 0)
  return added.length === 0 ? first : new Set([first, ...added].flatMap((one) => [...one]))
}

/** The names of one without those of another. */
export const without = (names: NameSet, gone: NameSet): NameSet =>
  gone.size === 0 ? names : new Set([...names].filter((one) => !gone.has(one)))

/** The names that a statement or an expression, with what stands in it, binds in the function around it. */
export function boundIn(node: PythonNode): NameSet {
  const found = new Set<string>()
  const enter = (inner: PythonNode): void => {
    if (!ofItsOwn.has(inner.kind)) eachBound(inner, (name) => found.add(name))
    if (inner.kind === 'Lambda') return
    const body: readonly PythonNode[] = isFunction(inner) || inner.kind === 'ClassDef' ? inner.body : []
    for (const one of children(inner)) if (!body.includes(one)) enter(one)
  }
  enter(node)
  return found
}

const itemNames = ({
  context,
  vars,
}: {
  readonly context: Expression
  readonly vars: Expression | undefined
}): NameSet => union(boundIn(context), vars === undefined ? new Set() : targetNames(vars))

const caseNames = ({ pattern, guard }: { readonly pattern: PythonNode; readonly guard: Expression | undefined }) =>
  union(boundIn(pattern), guard === undefined ? new Set() : boundIn(guard))

/** The names in a target: `a, (b, *c)`, not those of `d.e` and `f[g]`. */
export function targetNames(target: Expression): NameSet {
  if (target.kind === 'Name') return new Set([target.id])
  if (target.kind === 'Starred') return targetNames(target.value)
  return target.kind === 'Tuple' || target.kind === 'List'
    ? union(new Set(), ...target.elts.map(targetNames))
    : new Set()
}

/** The names that an expression surely reads when it is evaluated, in about the order in which it does. */
export function sureReads(node: Expression): Name[] {
  switch (node.kind) {
    case 'Name':
      return [node]
    case 'BoolOp':
      return node.values.slice(0, 1).flatMap(sureReads)
    case 'IfExp':
      return sureReads(node.test)
    case 'Compare':
      // `a < b < c` looks at the third only where the first two say so.
      return [node.left, ...node.comparators.slice(0, 1)].flatMap(sureReads)
    case 'NamedExpr':
      return sureReads(node.value)
    case 'ListComp':
    case 'SetComp':
    case 'DictComp':
    case 'GeneratorExp':
      return node.generators.slice(0, 1).flatMap(({ iter }) => sureReads(iter))
    case 'Lambda':
      return []
    default:
      return children(node).flatMap((one) => sureReads(one.kind === 'keyword' ? one.value : (one as Expression)))
  }
}
