import type { App } from '../app/app.ts'
import { compileRoute, decode, matchesPath } from '../app/asgi/pattern/match.ts'
import type { IsSocketPath } from './handshakes.ts'

/** What tells the paths of the apps' WebSocket routes; undefined when there are none. A path that cannot be judged is none. */
export function socketPaths(apps: readonly App[]): IsSocketPath | undefined {
  const routes = apps.flatMap((app) => app.asgi.routes.filter(({ protocol }) => protocol === 'websocket'))
  if (routes.length === 0) return undefined
  const compiled = routes.map(compileRoute)
  return (path) => {
    const plain = path.includes('%') ? decode(path) : path
    // A route that takes the empty path, or any, stands beside the start page.
    return plain !== '/' && compiled.some((route) => matchesPath(route, plain) === true)
  }
}
