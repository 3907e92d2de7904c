import type { Route } from '../asgi/model.ts'
import { type CompiledRoute, canMatch } from '../asgi/pattern/match.ts'
import type { Socket } from './model.ts'

/** Every route that an address of the socket may have, if all of them are of the app itself. */
export function routesReachedBy({ urls }: Socket, routes: readonly CompiledRoute[]): Route[] {
  if (
    urls.length === 0 ||
    urls.some(({ host, path }) => (host.kind !== 'page' && host.kind !== 'own') || path === undefined)
  )
    return []
  return routes
    .filter((route) => urls.some(({ path }) => canMatch(route, path ?? [], () => 'any') !== false))
    .map(({ route }) => route)
}
