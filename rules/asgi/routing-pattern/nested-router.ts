import type { App } from '../../../src/app/app.ts'
import { fromImported } from '../../../src/app/project/imports.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Call, Statement } from '../../../src/syntax/python/ast.ts'
import { bindingsOf } from '../../../src/syntax/python/bindings.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'
import { dottedName } from '../../../src/syntax/python/names.ts'
import { literalText, walk } from '../../../src/syntax/python/walk.ts'

/**
 * `path('live/', include('live.routes'))` -> `path('live/', URLRouter(live_routes))`, with `urlpatterns` of that module under this name:
 * what `include` would have taken.
 */
export function nestedRouter(app: App, { file, span }: Place): readonly Edit[] | undefined {
  const source = parseFile(app.tree, file)
  const calls: Call[] = []
  for (const statement of source?.module.body ?? [])
    walk(statement, (node) => {
      const isInside = span.start <= node.start && node.end <= span.end
      if (node.kind === 'Call' && isInside && dottedName(node.func) === 'include') calls.push(node)
    })
  const [only, ...more] = calls
  const module = literalText(only?.args[0])
  if (source === undefined || only === undefined || more.length > 0 || only.args.length !== 1 || module === undefined)
    return undefined
  const found = app.project.resolve(module, app.settings.searchPath)
  const routes = found && parseFile(app.tree, found.file)?.module.body.find(isRoutes)
  const name = `${/(\w+)\.\w+$/.exec(module)?.[1] ?? module}_routes`
  if (routes === undefined || bindingsOf(source.module).has(name)) return undefined
  const imported = [
    fromImported(app, file, 'channels.routing', 'URLRouter'),
    fromImported(app, file, module, `urlpatterns as ${name}`),
  ]
  if (imported.includes(undefined)) return undefined
  return [
    { file, span: { start: only.start, end: only.end }, text: `URLRouter(${name})` },
    ...imported.flatMap((edits) => edits ?? []),
  ]
}

/** `urlpatterns = [path(…), …]` */
const isRoutes = (node: Statement): boolean =>
  node.kind === 'Assign' &&
  node.targets.some((target) => target.kind === 'Name' && target.id === 'urlpatterns') &&
  !(node.value.kind === 'List' && node.value.elts.length === 0)
