import type { Call, Expression, FunctionDef } from '../../syntax/python/ast.ts'
import { children, type PythonNode } from '../../syntax/python/walk.ts'
import type { BlockingCall } from './model.ts'
import { type CodeFile, dottedOf, placeIn } from './python-code.ts'
import { onlyAssignment } from './text-parts.ts'

/** Methods of a manager or query set that ask the database at once. */
export const queryMethods: ReadonlySet<string> = new Set([
  'get',
  'create',
  'get_or_create',
  'update_or_create',
  'bulk_create',
  'bulk_update',
  'count',
  'exists',
  'first',
  'last',
  'latest',
  'earliest',
  'aggregate',
  'in_bulk',
  'delete',
  'update',
  'explain',
  'contains',
  'create_user',
  'create_superuser',
])
/** Functions that go through what they are given. */
const consumers = new Set(['list', 'tuple', 'set', 'len', 'bool', 'sorted', 'sum', 'max', 'min', 'any', 'all', 'dict'])

const named: Readonly<Record<string, BlockingCall['what']>> = {
  'time.sleep': 'sleep',
  'urllib.request.urlopen': 'http',
  'subprocess.run': 'subprocess',
  'subprocess.call': 'subprocess',
  'subprocess.check_call': 'subprocess',
  'subprocess.check_output': 'subprocess',
  'os.system': 'subprocess',
}
const httpMethods = new Set(['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'])

/** Calls that block the event loop, made by a coroutine itself: not awaited and not handed to a thread. */
export function blockingCalls(node: FunctionDef, file: CodeFile): BlockingCall[] {
  if (node.kind !== 'AsyncFunctionDef') return []
  const found: BlockingCall[] = []
  const visit = (inner: PythonNode, awaited: boolean): void => {
    // What a nested function does is up to whoever calls it.
    if (
      inner.kind === 'FunctionDef' ||
      inner.kind === 'AsyncFunctionDef' ||
      inner.kind === 'Lambda' ||
      inner.kind === 'ClassDef'
    )
      return
    if (inner.kind === 'Await') {
      visit(inner.value, true)
      return
    }
    const what = awaited ? undefined : blocking(inner, node, file)
    if (what !== undefined) {
      found.push({
        at: placeIn(file, what.node),
        name: what.name,
        what: what.what,
        method: node.name,
        methodAt: placeIn(file, node.nameSpan),
      })
      return
    }
    if (inner.kind === 'AsyncFor') {
      for (const statement of [...inner.body, ...inner.orelse]) visit(statement, false)
      return
    }
    for (const child of children(inner)) visit(child, false)
  }
  for (const statement of node.body) visit(statement, false)
  return found
}

interface Blocking {
  readonly node: Expression
  readonly name: string
  readonly what: BlockingCall['what']
}

function blocking(node: PythonNode, around: FunctionDef, file: CodeFile): Blocking | undefined {
  if (node.kind === 'For' && isQuerySet(node.iter, around, file))
    return { node: node.iter, name: written(node.iter, file), what: 'orm' }
  if (node.kind !== 'Call') return undefined
  const dotted = dottedOf(node.func, file)
  if (dotted !== undefined) {
    const what = Object.hasOwn(named, dotted) ? named[dotted] : undefined
    if (what !== undefined) return { node, name: written(node.func, file), what }
    const [root, method] = dotted.split('.')
    if (
      (root === 'requests' || root === 'httpx') &&
      method !== undefined &&
      httpMethods.has(method) &&
      dotted.split('.').length === 2
    ) {
      return { node, name: written(node.func, file), what: 'http' }
    }
  }
  if (node.func.kind === 'Name') {
    if (node.func.id === 'get_object_or_404' || node.func.id === 'get_list_or_404')
      return { node, name: node.func.id, what: 'orm' }
    const [first] = node.args
    const through =
      consumers.has(node.func.id) &&
      !file.imports.has(node.func.id) &&
      first !== undefined &&
      isQuerySet(first, around, file)
    return through ? { node, name: written(first, file), what: 'orm' } : undefined
  }
  return queryMethods.has(lastOf(node)) &&
    node.func.kind === 'Attribute' &&
    (touchesManager(node.func.value) || isQuerySet(node.func.value, around, file))
    ? { node, name: written(node.func, file), what: 'orm' }
    : undefined
}

function lastOf(node: Call): string {
  return node.func.kind === 'Attribute' ? node.func.attr : ''
}

/** `Room.objects`, `Room.objects.filter(…)`, `Room._default_manager`: what follows a manager. */
export function touchesManager(node: Expression): boolean {
  if (node.kind === 'Attribute') {
    if (node.attr === 'objects' || node.attr === '_default_manager' || node.attr === '_base_manager')
      return isModelName(node.value)
    return false
  }
  if (node.kind === 'Call') return node.func.kind === 'Attribute' && touchesManager(node.func.value)
  return false
}

function isModelName(node: Expression): boolean {
  if (node.kind === 'Name') return /^[A-Z]/.test(node.id) || node.id === 'model'
  if (node.kind === 'Attribute') return /^[A-Z]/.test(node.attr) || node.attr === 'model'
  return node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'get_user_model'
}

/** A query set that was made and not run yet: `Room.objects.filter(…)`, or the one assignment of a name to it. */
function isQuerySet(node: Expression, around: FunctionDef, file: CodeFile): boolean {
  if (node.kind === 'Name') {
    const value = onlyAssignment(around, node.id)
    return value !== undefined && value.kind === 'Call' && isQuerySet(value, around, file)
  }
  return (
    node.kind === 'Call' &&
    node.func.kind === 'Attribute' &&
    lazy.has(node.func.attr) &&
    touchesManager(node.func.value)
  )
}

const lazy = new Set([
  'all',
  'filter',
  'exclude',
  'order_by',
  'values',
  'values_list',
  'distinct',
  'select_related',
  'prefetch_related',
  'annotate',
  'only',
  'defer',
  'reverse',
  'none',
  'using',
])

function written(node: Expression, file: CodeFile): string {
  return file.text
    .slice(node.start, node.end)
    .replace(/\((?:[^()]|\([^()]*\))*\)/g, '()')
    .replace(/\s+/g, ' ')
    .slice(0, 60)
}
