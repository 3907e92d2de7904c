import type { Edit } from '../../contracts/edit.ts'
import type { Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import type { App } from '../app.ts'
import { topLevelNames } from '../processes/servers/module-names.ts'
import { fromImportEdit } from '../project/imports.ts'
import { moduleName, type ProjectLayout } from './layout.ts'
import type { ProtocolsNode } from './model.ts'

/** Modules that bind `websocket_urlpatterns`, by their dotted names. */
export function routingModules(app: App, layout: ProjectLayout): string[] {
  return app.project.python.flatMap((path) => {
    const binds = parseFile(app.tree, path)?.module.body.some(
      (one) =>
        one.kind === 'Assign' &&
        one.targets.some((target) => target.kind === 'Name' && target.id === 'websocket_urlpatterns'),
    )
    const name = moduleName(layout, path)
    return binds === true && name !== undefined ? [name] : []
  })
}

/** Edits that turn the ASGI module which `startproject` writes into one that knows WebSockets; undefined for any other. */
export function websocketStackEdits(app: App, layout: ProjectLayout): readonly Edit[] | undefined {
  const source = parseFile(app.tree, layout.asgiFile)
  const application = source?.module.body.at(-1)
  const modules = routingModules(app, layout)
  if (source === undefined || application === undefined || modules.length === 0) return undefined
  if (!isStartProject(source.module.body, source.text)) return undefined
  const quote = source.text.includes('"') && !source.text.includes("'") ? '"' : "'"
  const span = { start: application.start, end: application.end }
  return [{ file: layout.asgiFile, span, text: websocketStack(modules, quote) }]
}

/** Nothing but imports of Django's own, the name of the settings and the application, which comes last. */
function isStartProject(body: readonly Statement[], text: string): boolean {
  const last = body.at(-1)
  const isApplication =
    last?.kind === 'Assign' &&
    last.targets.some((target) => target.kind === 'Name' && target.id === 'application') &&
    /^get_asgi_application\s*\(\s*\)$/.test(text.slice(last.value.start, last.value.end))
  return (
    isApplication &&
    !/\bchannels\b/.test(
      body
        .filter(({ kind }) => kind !== 'Expr')
        .map(({ start, end }) => text.slice(start, end))
        .join('\n'),
    )
  )
}

/** The end of an ASGI module: Django first, then what needs it. */
export function websocketStack(modules: readonly string[], q: string): string {
  const single = modules.length === 1
  const imports = single
    ? `from ${modules[0]} import websocket_urlpatterns`
    : modules.map((name) => `import ${name}`).join('\n')
  const patterns = single
    ? 'websocket_urlpatterns'
    : `[${modules.map((name) => `*${name}.websocket_urlpatterns`).join(', ')}]`
  return [
    'django_application = get_asgi_application()',
    '',
    'from channels.auth import AuthMiddlewareStack',
    'from channels.routing import ProtocolTypeRouter, URLRouter',
    'from channels.security.websocket import AllowedHostsOriginValidator',
    '',
    imports,
    '',
    'application = ProtocolTypeRouter({',
    `    ${q}http${q}: django_application,`,
    `    ${q}websocket${q}: AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(${patterns}))),`,
    '})',
  ].join('\n')
}

const names = [
  ['channels.auth', 'AuthMiddlewareStack'],
  ['channels.routing', 'URLRouter'],
  ['channels.security.websocket', 'AllowedHostsOriginValidator'],
] as const

/** Edits that give a router that knows HTTP alone an entry for WebSockets, before the one it has. */
export function websocketEntryEdits(app: App, node: ProtocolsNode, layout: ProjectLayout): readonly Edit[] | undefined {
  const { file, span } = node.mapping
  const source = parseFile(app.tree, file)
  const [entry, ...others] = node.entries
  const [module, ...modules] = routingModules(app, layout)
  if (source === undefined || entry === undefined || others.length > 0 || module === undefined || modules.length > 0)
    return undefined
  const { text, module: tree } = source
  const statement = tree.body.find((one) => one.start <= span.start && span.end <= one.end)
  if (text[span.start] !== '{' || entry.key.file !== file || statement === undefined) return undefined
  const bound = topLevelNames(tree).names
  const imports = names.flatMap(([from, name]) => (bound.has(name) ? [] : [fromImportEdit(app, file, from, name)]))
  if (imports.some((one) => one === undefined)) return undefined
  const lead = text.slice(text.lastIndexOf('\n', entry.key.span.start) + 1, entry.key.span.start)
  const q = text[entry.key.span.start] === '"' ? '"' : "'"
  const value = 'AllowedHostsOriginValidator(AuthMiddlewareStack(URLRouter(websocket_urlpatterns)))'
  const start = entry.key.span.start
  const routes = {
    file,
    span: { start: statement.start, end: statement.start },
    text: `from ${module} import websocket_urlpatterns\n\n`,
  }
  return [
    ...(imports as Edit[]),
    ...(bound.has('websocket_urlpatterns') ? [] : [routes]),
    {
      file,
      span: { start, end: start },
      text: `${q}websocket${q}: ${value},${lead.trim() === '' ? `\n${lead}` : ' '}`,
    },
  ]
}
