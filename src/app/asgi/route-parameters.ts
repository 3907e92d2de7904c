import type { App } from '../app.ts'
import type { Consumer, Route, RoutePattern } from './model.ts'
import { parametersIn } from './pattern/parameters.ts'
import { nodesOf } from './routes.ts'
import { isOpaque } from './stacks.ts'

/** The routes that lead to a consumer. */
export function routesTo(app: App, consumer: Consumer): Route[] {
  return app.asgi.routes.filter(({ app: end }) =>
    nodesOf(end).some((node) => node.kind === 'consumer' && node.consumer?.at === consumer.at),
  )
}

/** What `scope['url_route']['kwargs']` holds behind a route; undefined when it cannot be said. */
export function parametersOf({ patterns, app }: Route): readonly string[] | undefined {
  const changed = nodesOf(app).some(
    (node) => node.kind === 'wrapper' && (isOpaque(node) || node.custom?.sets?.includes('url_route') === true),
  )
  const names = patterns.map(namesOf)
  return changed || names.includes(undefined) ? undefined : names.flatMap((one) => one ?? [])
}

function namesOf(pattern: RoutePattern): readonly string[] | undefined {
  const names = parametersIn(pattern)
  return names === undefined || pattern.extra === undefined ? undefined : [...names, ...pattern.extra]
}
