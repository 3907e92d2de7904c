import type { App } from '../../../src/app/app.ts'
import { fromImportEdit } from '../../../src/app/project/imports.ts'
import { eachNode } from '../../../src/app/project/nodes.ts'
import type { Edit } from '../../../src/contracts/edit.ts'
import type { Call } from '../../../src/syntax/python/ast.ts'
import { parseFile } from '../../../src/syntax/python/file.ts'

/** The only URLRouter of the served module in the stack that gives consumers the user, or the session. */
export function wrapped(app: App, key: 'user' | 'session'): readonly Edit[] | undefined {
  const routers = (app.asgi.evaluation?.files ?? []).flatMap((file) => routersIn(app, file))
  const [only, ...others] = routers
  if (only === undefined || others.length > 0) return undefined
  const { file, router } = only
  const [module, name] =
    key === 'user' ? ['channels.auth', 'AuthMiddlewareStack'] : ['channels.sessions', 'SessionMiddlewareStack']
  const imported = fromImportEdit(app, file, module, name)
  if (imported === undefined) return undefined
  return [
    imported,
    { file, span: { start: router.start, end: router.start }, text: `${name}(` },
    { file, span: { start: router.end, end: router.end }, text: ')' },
  ]
}

interface Router {
  readonly file: string
  readonly router: Call
}

function routersIn(app: App, file: string): Router[] {
  const found: Router[] = []
  eachNode(parseFile(app.tree, file)?.module.body, (node) => {
    if (node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'URLRouter')
      found.push({ file, router: node })
    return true
  })
  return found
}
