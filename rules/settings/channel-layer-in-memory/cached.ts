import type { App } from '../../../src/app/app.ts'
import { withCalled } from '../../../src/app/asgi/called-function.ts'
import { calledMethods, eachOwn, methodOfConsumer, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { eachStanding, type ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { withoutValue } from '../../../src/app/settings/proxy.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import { entryOf, plain } from '../../../src/evaluate/python/value.ts'
import type { Call, Expression, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { type PythonNode, walk } from '../../../src/syntax/python/walk.ts'

/** A handler of a group's event that asks Django's cache, of which each process has its own, for what other code puts there. */
export interface CachedState {
  readonly consumer: string
  readonly handler: string
  /** Where it is read. */
  readonly at: Place
  /** Where it is written. */
  readonly writtenAt: Place
  readonly writers: readonly ProjectFunction[]
}

/** django/core/cache/backends/base.py, and the asynchronous forms of 4.0. */
const reads = new Set(['get', 'aget'])
const writes = new Set(['set', 'aset', 'add', 'aadd', 'incr', 'aincr', 'decr', 'adecr', 'get_or_set', 'aget_or_set'])

const LOCMEM = 'django.core.cache.backends.locmem.LocMemCache'

/** What handlers read that they do not write themselves; silent where they have something else in case nothing is there. */
export function cachedStates(app: App): CachedState[] {
  if (!cacheIsLocal(app)) return []
  const code = codeOf(app)
  const written = writersIn(code)
  if (written.length === 0) return []
  return servedConsumers(app).flatMap((consumer) => {
    const called = calledMethods(app, consumer).map((one) => ({ ...one, ...methodOfConsumer(consumer, one) }))
    // What a socket writes while it is let in is in the process that it stays in.
    const first = withCalled(
      code,
      called.filter(({ moment }) => moment === 'connect'),
      3,
    )
    return called
      .filter(({ event }) => event)
      .flatMap((handler) => {
        const { name } = handler
        const run = withCalled(code, [handler], 3)
        const found = run.flatMap((one) => readsIn(one))
        return found.slice(0, 1).flatMap(({ key, at }): CachedState[] => {
          const writers = written.filter((one) => one.key === key)
          const [writer] = writers
          if (writer === undefined || writers.every(({ by }) => first.some(({ node }) => node === by.node))) return []
          if (writers.some((one) => run.some((other) => other.node === one.by.node))) return []
          return [
            {
              consumer: consumer.consumer.name,
              handler: name,
              at,
              writtenAt: writer.at,
              writers: writers.map(({ by }) => by),
            },
          ]
        })
      })
  })
}

/** CACHES is not set, or its `default` is kept in the memory of each process. */
function cacheIsLocal(app: App): boolean {
  if (withoutValue(app, 'CACHES').some(({ when }) => when.length === 0)) return true
  const found = judged(app.settings, 'CACHES', ({ value }) => {
    const backend = entryOf(entryOf(value, 'default')?.value, 'BACKEND')?.value
    return backend === undefined ? undefined : plain(backend) === LOCMEM
  })
  return found?.when.length === 0
}

/** The method of the default cache that a call means. */
function cacheMethod({ func }: Call, file: CodeFile): string | undefined {
  if (func.kind !== 'Attribute' || dottedOf(func.value, file) !== 'django.core.cache.cache') return undefined
  return func.attr
}

/** Where a key holds what only the run knows. */
const HOLE = '\u0000'

/**
 * What tells one key from others: the function that makes it, or its whole text with holes, which begins with text. One that holds the name
 * of a channel is of one socket, which stays in its process: undefined.
 */
function keyOf(node: Expression | undefined, file: CodeFile): string | undefined {
  if (node === undefined || isOfChannel(node)) return undefined
  if (node.kind === 'Call' && !(node.func.kind === 'Attribute' && node.func.attr === 'format'))
    return dottedOf(node.func, file)
  const shape = shapeOf(node, file)
  return shape === '' || shape.startsWith(HOLE) ? undefined : shape
}

function shapeOf(node: Expression, file: CodeFile): string {
  switch (node.kind) {
    case 'Constant':
      return node.value.type === 'str' ? node.value.value : HOLE
    case 'JoinedStr':
      return node.values.map((one) => shapeOf(one, file)).join('')
    case 'FormattedValue':
      return shapeOf(node.value, file)
    case 'Name':
    case 'Attribute': {
      const dotted = dottedOf(node, file)
      return dotted !== undefined && /(?:^|\.)[A-Z][A-Z0-9_]*$/.test(dotted) ? `<${dotted}>` : HOLE
    }
    case 'Call': {
      const { func } = node
      const isFormat = func.kind === 'Attribute' && func.attr === 'format'
      return isFormat ? shapeOf(func.value, file).replace(/\{[^{}]*\}/g, HOLE) : HOLE
    }
    case 'BinOp': {
      const left = shapeOf(node.left, file)
      if (node.op === '+') return left + shapeOf(node.right, file)
      return node.op === '%' ? left.replace(/%(?:\(\w+\))?[sdr]/g, HOLE) : HOLE
    }
    default:
      return HOLE
  }
}

function isOfChannel(node: Expression): boolean {
  let found = false
  walk(node, (inner) => {
    found ||= inner.kind === 'Attribute' && inner.attr === 'channel_name'
    return !found
  })
  return found
}

function readsIn({ node, file }: ProjectFunction): { readonly key: string; readonly at: Place }[] {
  const found: { key: string; at: Place }[] = []
  eachOwn(node, (inner, parents) => {
    const method = inner.kind === 'Call' ? cacheMethod(inner, file) : undefined
    if (inner.kind !== 'Call' || method === undefined || !reads.has(method)) return
    const key = keyOf(inner.args[0], file)
    if (key !== undefined && !hasOther(node, parents)) found.push({ key, at: placeIn(file, inner) })
  })
  return found
}

/** `cache.get(key) or rows()`; `if state is None: …`: something else is taken where the cache has nothing. */
function hasOther(around: FunctionDef, parents: readonly PythonNode[]): boolean {
  if (parents.some(({ kind }) => kind === 'BoolOp' || kind === 'IfExp' || kind === 'NamedExpr' || kind === 'Try'))
    return true
  const assigned = parents.find((one) => one.kind === 'Assign')
  const [target] = assigned?.kind === 'Assign' ? assigned.targets : []
  if (target?.kind !== 'Name') return false
  let found = false
  walk(around, (inner) => {
    const test =
      inner.kind === 'If' || inner.kind === 'IfExp' ? inner.test : inner.kind === 'BoolOp' ? inner : undefined
    if (test !== undefined)
      walk(test, (one) => {
        found ||= one.kind === 'Name' && one.id === target.id
        return !found
      })
    return !found
  })
  return found
}

interface Written {
  readonly key: string
  readonly at: Place
  readonly by: ProjectFunction
}

function writersIn(code: Code): Written[] {
  return code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes('django.core.cache') === true ? code.file(path) : undefined
    const found: Written[] = []
    if (file !== undefined)
      eachStanding(file, (node, { functions: [outer], owner }) => {
        const method = node.kind === 'Call' && outer !== undefined ? cacheMethod(node, file) : undefined
        if (node.kind !== 'Call' || outer === undefined || method === undefined || !writes.has(method)) return
        const key = keyOf(node.args[0], file)
        if (key !== undefined) found.push({ key, at: placeIn(file, node), by: { node: outer, file, owner } })
      })
    return found
  })
}
