import type { App } from '../../../src/app/app.ts'
import { calledMethods, eachOwn, servedConsumers } from '../../../src/app/asgi/consumer-code.ts'
import { eachStanding, type ProjectFunction, withCalled } from '../../../src/app/asgi/project-functions.ts'
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
  return servedConsumers(app).flatMap((consumer) =>
    calledMethods(app, consumer)
      .filter(({ event }) => event)
      .flatMap(({ node, file, name }) => {
        const owner = consumer.classes.find((one) => one.node.body.includes(node))?.node
        const run = withCalled(code, [{ node, file, owner }], 3)
        const found = run.flatMap((one) => readsIn(one))
        return found.slice(0, 1).flatMap(({ key, at }): CachedState[] => {
          const writers = written.filter((one) => one.key === key)
          const [first] = writers
          if (first === undefined || writers.some((one) => run.some((other) => other.node === one.by.node))) return []
          return [
            {
              consumer: consumer.consumer.name,
              handler: name,
              at,
              writtenAt: first.at,
              writers: writers.map(({ by }) => by),
            },
          ]
        })
      }),
  )
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

/** What tells one key from others: the function that makes it, or the text it begins with. */
function keyOf(node: Expression | undefined, file: CodeFile): string | undefined {
  if (node?.kind === 'Call') {
    const text =
      node.func.kind === 'Attribute' && node.func.attr === 'format' ? keyOf(node.func.value, file) : undefined
    return text ?? dottedOf(node.func, file)
  }
  if (node?.kind === 'Name' || node?.kind === 'Attribute') {
    const dotted = dottedOf(node, file)
    return dotted !== undefined && /(?:^|\.)[A-Z][A-Z0-9_]*$/.test(dotted) ? dotted : undefined
  }
  if (node?.kind === 'Constant' && node.value.type === 'str') return `'${node.value.value.replace(/[%{].*$/s, '')}`
  if (node?.kind === 'JoinedStr') return keyOf(node.values[0], file)
  return node?.kind === 'BinOp' && (node.op === '%' || node.op === '+') ? keyOf(node.left, file) : undefined
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
