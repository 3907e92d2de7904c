import type { App } from '../../app/app.ts'
import type { Edit } from '../../contracts/edit.ts'
import type { Statement } from '../../syntax/python/ast.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { created, type Layout, layoutOf, moduleName } from './layout.ts'
import type { Creator } from './step.ts'

/** Modules that bind `websocket_urlpatterns`, by their dotted names. */
function routings(app: App, layout: Layout): string[] {
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

/** A routing module for consumers that no module routes: at the address that the page asks for. */
export const routing: Creator = (app) => {
  const layout = layoutOf(app)
  const { consumers, routes } = app.asgi
  if (layout === undefined || consumers.length !== 1 || routes.length > 0 || routings(app, layout).length > 0)
    return undefined
  const [consumer] = consumers
  const file = consumer?.at.file
  if (consumer === undefined || file === undefined) return undefined
  const module = file.split('/').at(-1)?.replace(/\.py$/, '')
  const folder = file.split('/').slice(0, -1).join('/')
  const target = folder === '' ? 'routing.py' : `${folder}/routing.py`
  const path = pathFor(app, file)
  if (app.tree.kind(target) !== undefined || path === undefined) return undefined
  const text = `from django.urls import path\n\nfrom .${module} import ${consumer.name}\n\nwebsocket_urlpatterns = [\n    path('${path}', ${consumer.name}.as_asgi()),\n]\n`
  return {
    title: { en: `Route ${consumer.name}`, fr: `Router ${consumer.name}` },
    edits: [created(target, text)],
  }
}

/** The path of the one socket of the page, as Django writes it; the names of its parts are those the consumer reads. */
function pathFor(app: App, consumerFile: string): string | undefined {
  const [socket, ...others] = app.frontend.sockets
  const parts = others.length === 0 ? socket?.urls[0]?.path : undefined
  const names = [
    ...(parseFile(app.tree, consumerFile)?.text ?? '').matchAll(/\[['"]kwargs['"]\]\[['"](\w+)['"]\]/g),
  ].map(([, name]) => name)
  const wanted = [...new Set(names)]
  if (parts === undefined || parts.filter((part) => typeof part !== 'string').length !== wanted.length) return undefined
  let index = 0
  const text = parts.map((part) => (typeof part === 'string' ? part : `<str:${wanted[index++]}>`)).join('')
  return text.replace(/^\//, '')
}

/** The ASGI module that `startproject` writes, or none, becomes one that knows WebSockets. */
export const asgiModule: Creator = (app) => {
  const layout = layoutOf(app)
  const settings = app.settings.choice?.module
  if (layout === undefined || settings === undefined) return undefined
  const modules = routings(app, layout)
  if (modules.length === 0) return undefined
  const title = { en: 'Serve WebSockets beside HTTP', fr: 'Servir les WebSockets à côté de HTTP' }
  const source = parseFile(app.tree, layout.asgiFile)
  if (source === undefined) {
    if (app.tree.kind(layout.asgiFile) !== undefined) return undefined
    const head = `import os\n\nfrom django.core.asgi import get_asgi_application\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '${settings}')\n\n`
    return { title, edits: [created(layout.asgiFile, `${head}${stack(modules, "'")}\n`)] }
  }
  const application = source.module.body.at(-1)
  if (application === undefined || !isStartProject(source.module.body, source.text)) return undefined
  const quote = source.text.includes('"') && !source.text.includes("'") ? '"' : "'"
  const edit: Edit = {
    file: layout.asgiFile,
    span: { start: application.start, end: application.end },
    text: stack(modules, quote),
  }
  return { title, edits: [edit] }
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

function stack(modules: readonly string[], q: string): string {
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
