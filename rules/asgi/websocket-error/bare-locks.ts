import type { App } from '../../../src/app/app.ts'
import { calledFunction } from '../../../src/app/asgi/called-function.ts'
import {
  calledMethods,
  type Moment,
  memberName,
  methodOfConsumer,
  servedConsumers,
} from '../../../src/app/asgi/consumer-code.ts'
import { bodyOf, type ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { evaluatedQuery, lazy, modelBehind } from '../../../src/app/asgi/query-sets.ts'
import { isThreadBridge } from '../../../src/app/asgi/thread-bridge.ts'
import { type Database, databaseEntry, defaultDatabases } from '../../../src/app/settings/databases.ts'
import { verdict } from '../../../src/app/settings/verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import type { Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { onlyAssignment } from '../../../src/syntax/python/bindings.ts'
import { children, isFunction, type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A query that locks its rows where no transaction is open. */
export interface BareLock {
  /** The method that Channels calls: `ChatConsumer.receive_json`. */
  readonly of: string
  readonly moment: Moment
  readonly at: Place
  readonly when: readonly Condition[]
}

/** Backends that lock rows and therefore ask for a transaction (`has_select_for_update`): SQLite leaves the lock out without a word. */
const locking = /^(?:postgresql|postgresql_psycopg2|postgis|mysql|oracle)$/

/**
 * Queries with `select_for_update()` that a consumer runs, itself or in functions of the project, on a way that opens no transaction:
 * Django raises before it asks (`SQLCompiler.as_sql`, django/db/models/sql/compiler.py of 2.2 to 5.2). Nothing opens one for a consumer,
 * ATOMIC_REQUESTS is for views alone. Not followed: what stands in a `with` block, and functions with a decorator that is not known.
 */
export function bareLocks(app: App): BareLock[] {
  const project = codeOf(app)
  const sources = project.files.map((path) => project.source(path)?.text ?? '')
  if (!sources.some((text) => text.includes('select_for_update'))) return []
  if (sources.some((text) => text.includes('set_autocommit'))) return []
  const answer = verdict(defaultDatabases(app), asksForTransaction)
  if (answer.state !== 'holds') return []
  return servedConsumers(app).flatMap((code) =>
    calledMethods(app, code).flatMap((method) =>
      locksOf(app, methodOfConsumer(code, method)).map((at) => ({
        of: `${code.consumer.name}.${method.name}`,
        moment: method.moment,
        at,
        when: answer.when,
      })),
    ),
  )
}

function asksForTransaction(database: Database): boolean | undefined {
  const autocommit = databaseEntry(database, 'AUTOCOMMIT')?.value
  if (autocommit !== undefined) return undefined
  return database.engine === undefined ? undefined : locking.test(database.engine)
}

/** The queries that lock without a transaction on the ways that lead from a method of a consumer. */
function locksOf(app: App, from: ProjectFunction): Place[] {
  const project = codeOf(app)
  const found: Place[] = []
  const seen = new Set<FunctionDef>()
  const follow = (one: ProjectFunction, depth: number): void => {
    if (
      seen.has(one.node) ||
      depth > 5 ||
      entersByHand(one.node) ||
      !one.node.decorators.every((node) => isPlain(node, one.file))
    )
      return
    seen.add(one.node)
    const enter = (node: PythonNode, coroutine: boolean): void => {
      // Any context may be a transaction, or hold one.
      if (node.kind === 'With' || node.kind === 'AsyncWith' || node.kind === 'Lambda' || node.kind === 'ClassDef')
        return
      if (isFunction(node)) {
        // Run by a thread, wherever it is called from.
        if (node.decorators.length > 0 && node.decorators.every((by) => isThreadBridge(by, one.file)))
          for (const statement of node.body) enter(statement, false)
        return
      }
      const locks = lockRunBy(node, one, coroutine)
      if (locks !== undefined) found.push(placeIn(one.file, locks))
      const isAtomic = node.kind === 'Call' && /\batomic$/.test(dottedOf(node.func, one.file) ?? '')
      if (isAtomic) return
      const next = nextOf(node, one)
      if (next !== undefined) follow(next, depth + 1)
      for (const child of children(node)) enter(child, coroutine)
    }
    const coroutine = one.node.kind === 'AsyncFunctionDef'
    for (const statement of one.node.body) enter(statement, coroutine)
  }
  /** What a node calls, itself or in a thread. A plain function that is only named may be called in a transaction, a coroutine is not. */
  const nextOf = (node: PythonNode, one: ProjectFunction): ProjectFunction | undefined => {
    if (node.kind === 'Attribute' && memberName(node)?.of === 'self') {
      const named = calledFunction(project, { func: node }, bodyOf(one))
      return named?.node.kind === 'AsyncFunctionDef' ? named : undefined
    }
    if (node.kind !== 'Call') return undefined
    const [given] = isThreadBridge(node.func, one.file) ? node.args : []
    return calledFunction(project, { func: given ?? node.func }, bodyOf(one))
  }
  follow(from, 0)
  return found
}

/** `stack.enter_context(transaction.atomic())`: what follows stands in that context too; `in_atomic_block` is asked for by who opens one. */
function entersByHand(node: FunctionDef): boolean {
  let found = false
  walk(node, (inner) => {
    found ||=
      inner.kind === 'Attribute' && /^(?:enter_(?:async_)?context|__a?enter__|in_atomic_block)$/.test(inner.attr)
    return !found
  })
  return found
}

/** What leaves the transaction as it is. */
const isPlain = (node: Expression, file: CodeFile): boolean =>
  isThreadBridge(node, file) || (node.kind === 'Name' && /^(?:static|class)method$|^property$/.test(node.id))

/** Methods that run the query they are asked of. `update_or_create` opens a transaction, `count` and `update` leave the lock out. */
const runs = /^(?:get|first|last|latest|earliest|get_or_create)$/

/** The `select_for_update()` query that a node runs. In a coroutine the plain methods are refused for another reason. */
function lockRunBy(
  node: PythonNode,
  { node: around, file }: ProjectFunction,
  coroutine: boolean,
): Expression | undefined {
  const isLocking = (query: Expression) => locksRows(query, around)
  if (node.kind === 'AsyncFor') return isLocking(node.iter) ? node.iter : undefined
  if (node.kind === 'Call') {
    const { func, args } = node
    const name = func.kind === 'Attribute' ? func.attr : (dottedOf(func, file) ?? '')
    const plain = coroutine ? (/^a(\w+)$/.exec(name)?.[1] ?? '') : name
    if (func.kind === 'Attribute' && runs.test(plain) && isLocking(func.value)) return func.value
    const [first] = args
    const fetched = /^django\.shortcuts\.(a?)get_(?:object|list)_or_404$/.exec(name)
    if (fetched !== null && (fetched[1] === 'a') === coroutine && first !== undefined && isLocking(first)) return first
  }
  const evaluated = coroutine ? undefined : evaluatedQuery(node, file)
  return evaluated !== undefined && isLocking(evaluated.query) ? evaluated.query : undefined
}

/** `Room.objects.filter(…).select_for_update()`, on the default database. */
function locksRows(node: Expression, around: FunctionDef, depth = 0): boolean {
  if (node.kind === 'Name') {
    const value = depth < 3 ? onlyAssignment(around, node.id) : undefined
    return value !== undefined && locksRows(value, around, depth + 1)
  }
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute') return false
  const { attr, value } = node.func
  if (attr === 'using') return false
  if (attr === 'select_for_update') return modelBehind(value) !== undefined && !namesDatabase(value)
  return lazy.has(attr) && locksRows(value, around, depth)
}

const namesDatabase = (node: Expression): boolean =>
  node.kind === 'Call' &&
  node.func.kind === 'Attribute' &&
  (node.func.attr === 'using' || namesDatabase(node.func.value))
