import type { App } from '../../../src/app/app.ts'
import { isAlwaysRun } from '../../../src/app/asgi/always-run.ts'
import { withCalled } from '../../../src/app/asgi/called-function.ts'
import { eachStanding, type ProjectFunction } from '../../../src/app/asgi/project-functions.ts'
import { type Code, type CodeFile, codeOf, dottedOf, placeIn } from '../../../src/app/asgi/python-code.ts'
import { firstPage } from '../../../src/app/pages/first-page.ts'
import { mentions } from '../../../src/app/pages/mentions.ts'
import { entryPlace } from '../../../src/app/settings/redis-client.ts'
import { judged } from '../../../src/app/settings/setting-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Condition } from '../../../src/evaluate/condition.ts'
import { entryOf, itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import type { FunctionDef } from '../../../src/syntax/python/ast.ts'
import { mayBeRun } from './unrun.ts'

/** A cache that is kept in a table of the database, which only `createcachetable` makes. */
export interface AbsentTable {
  readonly table: string
  readonly at: Place
  /** Where the cache is asked. */
  readonly used: Place
  /** The first page does so, whatever happens. */
  readonly byFirstPage: boolean
  readonly when: readonly Condition[]
}

const DATABASE = 'django.core.cache.backends.db.DatabaseCache'

/** The default cache of the web process, where nothing of the push makes its table. */
export function absentCacheTable(app: App): AbsentTable | undefined {
  const found = judged(app.settings, 'CACHES', ({ value }) => {
    const backend = entryOf(entryOf(value, 'default')?.value, 'BACKEND')?.value
    return backend === undefined ? false : plain(backend) === DATABASE
  })
  const entry = entryOf(found?.first.value, 'default')
  const [backend, location] = ['BACKEND', 'LOCATION'].map((key) => entryOf(entry?.value, key))
  const table = plain(location?.value)
  if (found === undefined || backend === undefined || table === undefined) return undefined
  if (mayBeRun(app, 'createcachetable') || mentions(app, ['createcachetable']) || isNamed(app, table, backend.at.file))
    return undefined
  const used = firstUse(app)
  return used && { ...used, table, at: entryPlace(backend), when: found.when }
}

/** Whether a file beside the settings says the name of the table: SQL of a migration, a model. */
const isNamed = ({ project, tree }: App, table: string, settings: string): boolean =>
  project.python.some((path) => path !== settings && readText(tree, path)?.text.includes(table) === true)

type Used = Pick<AbsentTable, 'used' | 'byFirstPage'>

/** Code that pages and sockets do not run. */
const aside = /(?:^|\/)(?:tests?|management|migrations)(?:\/|\.py$)|(?:^|\/)(?:test_\w+|\w+_tests?|conftest)\.py$/

function firstUse(app: App): Used | undefined {
  const byMiddleware = cacheMiddleware(app)
  if (byMiddleware !== undefined) return { used: byMiddleware, byFirstPage: true }
  const code = codeOf(app)
  const ofPage = functionsOfFirstPage(app, code)
  const uses = code.files.flatMap((path) => {
    const file = code.source(path)?.text.includes('cache') === true && !aside.test(path) ? code.file(path) : undefined
    return file === undefined ? [] : usesIn(file)
  })
  const first = uses.find(({ around, sure }) => sure && ofPage.has(around)) ?? uses[0]
  return first && { used: first.at, byFirstPage: first.sure && ofPage.has(first.around) }
}

/** The middleware that asks the cache for every page. */
function cacheMiddleware({ settings }: App): Place | undefined {
  const found = judged(settings, 'MIDDLEWARE', ({ value }) => itemsOf(value)?.some(isFetching))
  return found?.when.length === 0 ? itemsOf(found.first.value)?.find(isFetching)?.at : undefined
}

const isFetching = (item: Parameters<typeof plain>[0]): boolean =>
  plain(item) === 'django.middleware.cache.FetchFromCacheMiddleware'

/** The view of the first page, and what it calls. */
function functionsOfFirstPage(app: App, code: Code): ReadonlySet<FunctionDef> {
  const places = (firstPage(app)?.paths ?? []).flatMap(({ view }) => (view === undefined ? [] : [view]))
  const views = places.flatMap(({ file: path, span }): ProjectFunction[] => {
    const file = code.file(path)
    const node = file?.tree.body.find((one) => one.start <= span.start && span.end <= one.end)
    return file !== undefined && node?.kind === 'FunctionDef' ? [{ node, file, owner: undefined }] : []
  })
  return new Set(withCalled(code, views, 2).map(({ node }) => node))
}

interface CacheUse {
  readonly at: Place
  readonly around: FunctionDef
  /** It is run whenever the function is, and nothing catches what it raises. */
  readonly sure: boolean
}

const asking =
  /^django\.core\.cache\.cache\.a?(?:get|set|add|get_or_set|get_many|set_many|incr|decr|touch|delete|delete_many|has_key)$/

/** `cache.get(…)`, `@cache_page(60)`. */
function usesIn(file: CodeFile): CacheUse[] {
  const found: CacheUse[] = []
  eachStanding(file, (node, { functions: [outer] }, parents) => {
    if (node.kind === 'FunctionDef') {
      const page = node.decorators.find(
        (one) => one.kind === 'Call' && dottedOf(one.func, file) === 'django.views.decorators.cache.cache_page',
      )
      if (page !== undefined) found.push({ at: placeIn(file, page), around: node, sure: true })
    }
    if (node.kind !== 'Call' || outer === undefined || !asking.test(dottedOf(node.func, file) ?? '')) return
    if (!parents.some(({ kind }) => kind === 'Try'))
      found.push({ at: placeIn(file, node), around: outer, sure: isAlwaysRun(outer, node, parents) })
  })
  return found
}
