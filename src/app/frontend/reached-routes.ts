import type { Route } from '../asgi/model.ts'
import { type CompiledRoute, canMatch } from '../asgi/pattern/match.ts'
import type { Socket, SocketUrl } from './model.ts'

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

/**
 * Whether an address asks for a WebSocket route of the project by its own name: two parts of the path at least that are written out, and
 * no other ones in their place would do. Another host may then be this app, under a domain that no setting lists.
 */
export function asksForOwnRoute({ path = [] }: SocketUrl, routes: readonly CompiledRoute[]): boolean {
  const [written, ...rest] = path
  if (typeof written !== 'string') return false
  const parts = written.split('/')
  // What stands behind the last slash may go on with what is not known.
  const whole = parts
    .slice(1, rest.length === 0 ? undefined : -1)
    .flatMap((part, index) => (part === '' ? [] : index + 1))
  if (whole.length < 2) return false
  const matches = (text: string) => (one: CompiledRoute) => canMatch(one, [text, ...rest], () => 'any')
  return routes.some(
    (one) =>
      matches(written)(one) === true &&
      whole.slice(0, 2).every((at) => matches(parts.with(at, `${parts[at]}-`).join('/'))(one) === false),
  )
}
