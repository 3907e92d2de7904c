import type { App } from '../../src/app/app.ts'
import { unwrapped } from '../../src/app/asgi/routes.ts'
import { worldsOf } from '../../src/app/settings/worlds.ts'
import type { Role, View } from './contract.ts'

/** The files that matter most for an app’s WebSockets, each under the first of its roles, in the order of the way. */
export function rolesOf(app: App): View['roles'] {
  const routes = attempt(() => app.asgi.routes.filter(({ protocol }) => protocol === 'websocket'))
  const found: [Role, string | undefined][] = [
    ['procfile', app.tree.kind('Procfile') === 'file' ? 'Procfile' : undefined],
    ...attempt(() => app.dependencies.files.filter(({ role }) => role === 'install' || role === 'manifest')).map(
      ({ path }): [Role, string] => ['requirements', path],
    ),
    ...attempt(() => worldsOf(app)).map(({ settings }): [Role, string | undefined] => ['settings', settings.file]),
    ...attempt(() => [app.asgi.served?.file]).map((file): [Role, string | undefined] => ['asgi', file]),
    ...routes.map(({ at }): [Role, string] => ['routing', at.file]),
    ...routes.map((route): [Role, string | undefined] => {
      const node = unwrapped(route.app)
      return ['consumer', node.kind === 'consumer' ? node.consumer?.file : node.at.file]
    }),
    ...attempt(() => app.frontend.sockets).map(({ at }): [Role, string] => ['page', at.file]),
    ['app-json', attempt(() => [app.manifest.appJson?.file])[0]],
  ]
  const roles = new Map<string, Role>()
  for (const [role, file] of found) if (file !== undefined && !roles.has(file)) roles.set(file, role)
  return [...roles].map(([file, role]) => ({ role, file }))
}

/** A part of the model that fails has been told as a finding: its files are among the others. */
function attempt<T>(ask: () => readonly T[]): readonly T[] {
  try {
    return ask()
  } catch {
    return []
  }
}
