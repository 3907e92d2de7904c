import type { App } from '../../app/app.ts'
import { layoutOf } from '../../app/asgi/layout.ts'
import { routingModules, websocketStack, websocketStackEdits } from '../../app/asgi/websocket-stack.ts'
import { parseFile } from '../../syntax/python/file.ts'
import { created } from './layout.ts'
import type { Creator } from './preparation.ts'

/** A routing module for consumers that no module routes: at the address that the page asks for. */
export const routing: Creator = (app) => {
  const layout = layoutOf(app)
  const { consumers, routes } = app.asgi
  if (layout === undefined || consumers.length !== 1 || routes.length > 0 || routingModules(app, layout).length > 0)
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
  const modules = routingModules(app, layout)
  if (modules.length === 0) return undefined
  const title = { en: 'Serve WebSockets beside HTTP', fr: 'Servir les WebSockets à côté de HTTP' }
  if (app.tree.kind(layout.asgiFile) === undefined) {
    const head = `import os\n\nfrom django.core.asgi import get_asgi_application\n\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', '${settings}')\n\n`
    return { title, edits: [created(layout.asgiFile, `${head}${websocketStack(modules, "'")}\n`)] }
  }
  const edits = websocketStackEdits(app, layout)
  return edits && { title, edits }
}
