import type { App } from '../../../src/app/app.ts'
import { aroundOf } from '../../../src/app/project/around.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import { withoutElement } from '../../../src/app/settings/list-edits.ts'
import { atLeast } from '../../../src/app/settings/versions.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Crash } from '../../../src/evaluate/python/evaluation.ts'
import { itemsOf, plain } from '../../../src/evaluate/python/value.ts'
import { readText } from '../../../src/files/tree.ts'
import type { ClassDef, FunctionDef } from '../../../src/syntax/python/ast.ts'
import { isFunction, literalText } from '../../../src/syntax/python/walk.ts'

/** A way to end what every page meets in a middleware. */
export interface PageMend {
  readonly kind: 'async' | 'scope'
  readonly edits: readonly Edit[]
}

/** What ends a crash of the page in a middleware, where its class says all that is needed. */
export function pageMendOf(app: App, crash: Crash): PageMend | undefined {
  const edits = saidAsynchronous(app, crash)
  if (edits !== undefined) return { kind: 'async', edits }
  const without = leftToTheServer(app, crash)
  return without && { kind: 'scope', edits: without }
}

/**
 * A class with `async def __call__(self, request)` that does not say so: Django takes it for a synchronous one. It says so by two
 * attributes, and for its instances by `markcoroutinefunction` (asgiref 3.6, which Django has since 4.2).
 */
function saidAsynchronous(app: App, { message, at }: Crash): readonly Edit[] | undefined {
  if (!message.startsWith("'coroutine' object has no attribute")) return undefined
  const found = aroundOf(app.tree, at, 'ClassDef')
  const call = found && methodOf(found, '__call__')
  const init = found && methodOf(found, '__init__')
  const last = init?.body.at(-1)
  if (found === undefined || call?.kind !== 'AsyncFunctionDef' || last === undefined) return undefined
  if (found.bases.length > 0 || saysHowItRuns(found) || atLeast(app.dependencies, 'django', '4.2') !== true)
    return undefined
  const self = init?.args.args[0]?.name
  const imported = fromImported(app, at.file, 'asgiref.sync', 'markcoroutinefunction')
  const text = readText(app.tree, at.file)?.text
  const [own, next] = found.body
  const first = own?.kind === 'Expr' && literalText(own.value) !== undefined ? next : own
  if (self === undefined || imported === undefined || text === undefined || first === undefined) return undefined
  const indent = indentOf(text, first.start)
  const inner = indentOf(text, last.start)
  const put = (offset: number, written: string): Edit => ({
    file: at.file,
    span: { start: offset, end: offset },
    text: written,
  })
  return [
    ...imported,
    put(first.start, `async_capable = True\n${indent}sync_capable = False\n\n${indent}`),
    put(last.end, `\n${inner}markcoroutinefunction(${self})`),
  ]
}

/** A middleware of the server in MIDDLEWARE, which Django calls with a request: its entry goes. */
function leftToTheServer(app: App, { exception, message, at }: Crash): readonly Edit[] | undefined {
  if (exception !== 'TypeError' || !/missing 2 required positional arguments: 'receive' and 'send'$/.test(message))
    return undefined
  const name = aroundOf(app.tree, at, 'ClassDef')?.name
  const [list, ...others] = app.settings.get('MIDDLEWARE')?.alternatives ?? []
  const items = list === undefined ? [] : (itemsOf(list.value) ?? [])
  const named = items.filter((item) => plain(item)?.endsWith(`.${name}`))
  const [item] = named
  if (list === undefined || others.length > 0 || item === undefined || named.length > 1) return undefined
  const edit = withoutElement(app, list.value.at, item.at)
  return edit && [edit]
}

const methodOf = ({ body }: ClassDef, name: string): FunctionDef | undefined =>
  body.find((one): one is FunctionDef => isFunction(one) && one.name === name)

const saysHowItRuns = ({ body }: ClassDef): boolean =>
  body.some(
    (one) =>
      one.kind === 'Assign' &&
      one.targets.some((target) => target.kind === 'Name' && /^(?:a?sync_capable)$/.test(target.id)),
  )

const indentOf = (text: string, offset: number): string =>
  /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? ''
