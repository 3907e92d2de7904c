import type { Expression, FunctionDef, Return } from '../../syntax/python/ast.ts'
import { binds, onlyAssignment } from '../../syntax/python/bindings.ts'
import { children, opensScope, type PythonNode } from '../../syntax/python/walk.ts'
import { calledFunction } from './called-function.ts'
import { bodyOf, type ProjectFunction } from './project-functions.ts'
import type { Code, CodeFile } from './python-code.ts'
import { evaluatedQuery, lazy, queryMethods, touchesManager } from './query-sets.ts'
import { isThreadBridge } from './thread-bridge.ts'

/** A query set that nothing has run yet. */
export interface LazyQuerySet {
  /** What follows the manager: `Room.objects.filter(…)`. */
  readonly of: Expression
  /** The file that it is written in. */
  readonly file: CodeFile
}

/**
 * The query set that an expression of a function is surely worth and that nobody has run: written there, the one value of a name,
 * or what a function of the project gives, called or run in a thread: it makes the query set there, and runs nothing.
 */
export function lazyQuerySet(code: Code, node: Expression, from: ProjectFunction, depth = 0): LazyQuerySet | undefined {
  if (depth > 4) return undefined
  const again = (inner: Expression) => lazyQuerySet(code, inner, from, depth + 1)
  switch (node.kind) {
    case 'Name': {
      const value = onlyAssignment(from.node, node.id)
      return value !== undefined && staysLazy(from.node, node, node.id, from.file) ? again(value) : undefined
    }
    case 'Subscript':
      return node.slice.kind === 'Slice' && node.slice.step === undefined ? again(node.value) : undefined
    case 'Await':
      return node.value.kind === 'Call' ? awaited(code, node.value, from, depth) : undefined
    case 'Call': {
      const { func } = node
      if (func.kind === 'Attribute' && lazy.has(func.attr))
        return touchesManager(func.value) ? { of: node, file: from.file } : again(func.value)
      const called = calledFunction(code, node, bodyOf(from))
      return called?.node.kind === 'FunctionDef' && called.node.decorators.length === 0
        ? given(code, called, depth)
        : undefined
    }
    default:
      return undefined
  }
}

/** `await sync_to_async(find)()`, `await find()` of a coroutine or of a function behind such a decorator. */
function awaited(
  code: Code,
  call: Extract<Expression, { kind: 'Call' }>,
  from: ProjectFunction,
  depth: number,
): LazyQuerySet | undefined {
  const { func } = call
  if (func.kind === 'Call') {
    const [target] = func.args
    if (target === undefined || !isThreadBridge(func.func, from.file)) return undefined
    if (target.kind === 'Lambda') return lazyQuerySet(code, target.body, from, depth + 1)
    if (target.kind === 'Attribute' && lazy.has(target.attr) && touchesManager(target.value))
      return { of: target.value, file: from.file }
    const called = calledFunction(code, { func: target }, bodyOf(from))
    return called?.node.decorators.length === 0 && called.node.kind === 'FunctionDef'
      ? given(code, called, depth)
      : undefined
  }
  const called = calledFunction(code, call, bodyOf(from))
  if (called === undefined) return undefined
  const { decorators, kind } = called.node
  const isBridged = decorators.length > 0 && decorators.every((one) => isThreadBridge(one, called.file))
  return isBridged || (decorators.length === 0 && kind === 'AsyncFunctionDef') ? given(code, called, depth) : undefined
}

/** What every `return` of a function gives, when that is such a query set. */
function given(code: Code, called: ProjectFunction, depth: number): LazyQuerySet | undefined {
  const returns: Return[] = []
  let isGenerator = false
  const visit = (node: PythonNode): void => {
    if (opensScope(node)) return
    if (node.kind === 'Yield' || node.kind === 'YieldFrom') isGenerator = true
    if (node.kind === 'Return') returns.push(node)
    for (const child of children(node)) visit(child)
  }
  for (const statement of called.node.body) visit(statement)
  if (isGenerator) return undefined
  const found = returns.map(({ value }) =>
    value === undefined ? undefined : lazyQuerySet(code, value, called, depth + 1),
  )
  return found.every((one) => one !== undefined) ? found[0] : undefined
}

/**
 * Whether nothing may have run the query of a name before the place that is judged, and it holds no rows: it is only narrowed, counted,
 * or gone through in the event loop, where that place fails itself.
 */
function staysLazy(around: FunctionDef, judged: Expression, name: string, file: CodeFile): boolean {
  return mentionsOf(around, name).every(
    ({ mention, parent, isOwn }) =>
      mention.start >= judged.start ||
      binds(parent, name) ||
      (parent.kind === 'Attribute' && keepsNothing(parent.attr)) ||
      (parent.kind === 'Subscript' && parent.slice.kind === 'Slice') ||
      (isOwn && around.kind === 'AsyncFunctionDef' && evaluatedQuery(parent, file)?.query === mention),
  )
}

/** Methods of a query set after which it holds no rows itself. */
const keepsNothing = (method: string): boolean =>
  lazy.has(method) || [method, method.replace(/^a/, '')].some((one) => queryMethods.has(one) || one === 'iterator')

/** Where a name stands in a function; `isOwn`: in no function inside of it. */
export function mentionsOf(
  around: FunctionDef,
  name: string,
): { readonly mention: Expression; readonly parent: PythonNode; readonly isOwn: boolean }[] {
  const found: { mention: Expression; parent: PythonNode; isOwn: boolean }[] = []
  const enter = (node: PythonNode, parent: PythonNode, isOwn: boolean): void => {
    if (node.kind === 'Name' && node.id === name) found.push({ mention: node, parent, isOwn })
    const below = isOwn && !opensScope(node)
    for (const child of children(node)) enter(child, node, below)
  }
  for (const statement of around.body) enter(statement, around, true)
  return found
}
