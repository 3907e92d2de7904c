import type { App } from '../app/app.ts'
import type { AppNode, Route } from '../app/asgi/model.ts'
import { compileRoute, matchesPath } from '../app/asgi/pattern/match.ts'
import { unwrapped } from '../app/asgi/routes.ts'
import type { Socket, SocketUrl, UrlPart } from '../app/frontend/model.ts'
import type { Process, Server } from '../app/processes/model.ts'
import type { LayerAlternative, RedisClient, RedisTarget } from '../app/settings/model.ts'
import { worldsOf } from '../app/settings/worlds.ts'
import type { Place } from '../contracts/place.ts'
import type { Text } from '../contracts/text.ts'
import type {
  LayerOverview,
  Overview,
  ProcessOverview,
  RouteOverview,
  ServerOverview,
  SocketOverview,
  WorldOverview,
} from '../report/overview.ts'
import { locator } from '../report/report.ts'
import { conditionText } from './settings.ts'
import { partsText } from './web.ts'

/** What the pictures of an app show. A part of the model that fails has been told, and is left out. */
export function overviewOf(app: App, root: string): Overview {
  const locate = locator({ root, tree: app.tree })
  const place = (at: Place): string => {
    const { file, start } = locate(at)
    return `${file}:${start.line}`
  }
  const sockets = attempt(() => socketsOf(app, place), { reaching: new Map<Route, SocketOverview[]>(), others: [] })
  return {
    processes: attempt(() => app.processes.all.map((process) => processOf(process, place)), []),
    worlds: attempt(() => together(worldsOf(app).map((world) => worldOf(world, place))), []),
    routes: attempt(() => websockets(app).map((route) => routeOf(route, place, sockets.reaching.get(route) ?? [])), []),
    sockets: sockets.others,
  }
}

function attempt<T>(ask: () => T, otherwise: T): T {
  try {
    return ask()
  } catch {
    return otherwise
  }
}

function processOf(process: Process, place: (at: Place) => string): ProcessOverview {
  return {
    type: process.type,
    command: process.command.text,
    place: place(process.at),
    server: process.server === undefined ? undefined : serverOf(process.server),
  }
}

function serverOf(server: Server): ServerOverview {
  const text = (one: { readonly parts: Parameters<typeof partsText>[0] | undefined } | undefined): string =>
    one?.parts === undefined ? '?' : partsText(one.parts)
  return {
    name: server.version === undefined ? server.name : `${server.name} ${server.version}`,
    speaks: server.speaks.protocol === 'undetermined' ? '?' : server.speaks.protocol.toUpperCase(),
    binds: server.sockets.map((socket) =>
      socket.kind === 'tcp' ? `${text(socket.host)}:${text(socket.port)}` : socket.kind,
    ),
    target: server.target === undefined ? undefined : `${server.target.module}:${server.target.attribute ?? '?'}`,
    file: server.target?.file,
  }
}

/** Worlds that show the same as one. */
function together(worlds: readonly WorldOverview[]): WorldOverview[] {
  const shown = new Map<string, WorldOverview>()
  for (const { hops, ...rest } of worlds) {
    const key = JSON.stringify(rest)
    const known = shown.get(key)?.hops ?? []
    shown.set(key, { hops: [...new Set([...known, ...hops])], ...rest })
  }
  return [...shown.values()]
}

function worldOf(
  { hop, settings, when }: ReturnType<typeof worldsOf>[number],
  place: (at: Place) => string,
): WorldOverview {
  return {
    hops: [hop],
    module: settings.module,
    when,
    layers: settings.channelLayers.map((layer) => layerOf(layer, settings.redisClients, place)),
  }
}

function layerOf(
  alternative: LayerAlternative,
  clients: readonly RedisClient[],
  place: (at: Place) => string,
): LayerOverview {
  const { layer, when, at, state } = alternative
  const redis = clients.filter((client) => client.layer === alternative).map(({ target }) => targetText(target))
  return {
    backend: layer?.backend === undefined ? withoutBackend(state) : { en: layer.backend, fr: layer.backend },
    redis,
    when: when.length === 0 ? undefined : { en: conditionText(when, 'en'), fr: conditionText(when, 'fr') },
    place: at === undefined ? undefined : place(at),
  }
}

const withoutBackend = (state: LayerAlternative['state']): Text =>
  state === 'unset' || state === 'no-default'
    ? { en: 'no channel layer', fr: 'pas de channel layer' }
    : { en: 'undetermined', fr: 'indéterminé' }

function targetText({ kind, name }: RedisTarget): Text {
  switch (kind) {
    case 'addon':
      return { en: `Redis add-on (${name})`, fr: `add-on Redis (${name})` }
    case 'variable':
      return { en: `config var ${name}`, fr: `config var ${name}` }
    case 'undetermined':
      return { en: 'undetermined', fr: 'indéterminé' }
    default:
      return { en: name, fr: name }
  }
}

const websockets = (app: App): readonly Route[] => app.asgi.routes.filter(({ protocol }) => protocol === 'websocket')

function routeOf(route: Route, place: (at: Place) => string, sockets: readonly SocketOverview[]): RouteOverview {
  return {
    pattern: route.patterns.map(({ text }) => text ?? '?').join(' '),
    consumer: nameOf(unwrapped(route.app)),
    place: place(route.at),
    sockets,
  }
}

function nameOf(node: AppNode): string {
  if (node.kind === 'consumer') return node.name
  return node.kind === 'function' ? `${node.name}()` : '?'
}

interface Sockets {
  readonly reaching: ReadonlyMap<Route, readonly SocketOverview[]>
  readonly others: readonly SocketOverview[]
}

/** Each socket with the route that takes its path, when both are wholly known. */
function socketsOf(app: App, place: (at: Place) => string): Sockets {
  const compiled = websockets(app).map(compileRoute)
  const reaching = new Map<Route, SocketOverview[]>()
  const others: SocketOverview[] = []
  for (const socket of app.frontend.sockets) {
    const found = routesOf(socket, compiled)
    const shown = { address: addressOf(socket.urls[0]), place: place(socket.at) }
    if (found === 'unknown' || found.length === 0)
      others.push({ ...shown, reaches: found === 'unknown' ? found : 'none' })
    else
      for (const route of found) reaching.set(route, [...(reaching.get(route) ?? []), { ...shown, reaches: 'route' }])
  }
  return { reaching, others }
}

/** A name of a room stands for any text without a slash that a route may want: digits satisfy them all. */
const sample = '1'

function routesOf(socket: Socket, compiled: readonly ReturnType<typeof compileRoute>[]): readonly Route[] | 'unknown' {
  const routes = new Set<Route>()
  for (const { path, host } of socket.urls) {
    if (path === undefined || host.kind === 'literal' || host.kind === 'local') return 'unknown'
    const answers = compiled.map((one) => ({ one, answer: matchesPath(one, pathText(path, sample)) }))
    const taken = answers.find(({ answer }) => answer !== false)
    if (taken?.answer === undefined && taken !== undefined) return 'unknown'
    if (taken !== undefined) routes.add(taken.one.route)
    else if (path.some((part) => typeof part !== 'string')) return 'unknown'
  }
  return socket.urls.length === 0 ? 'unknown' : [...routes]
}

const pathText = (path: readonly UrlPart[], hole: string): string =>
  path.map((part) => (typeof part === 'string' ? part : hole)).join('')

function addressOf(url: SocketUrl | undefined): string {
  if (url === undefined || (url.path === undefined && url.host.text === undefined)) return '?'
  const scheme = url.scheme === undefined || url.scheme === 'page' ? '' : `${url.scheme}:`
  const host =
    url.host.kind === 'page' && scheme === '' ? '' : `//${url.host.kind === 'page' ? '{host}' : (url.host.text ?? '…')}`
  return `${scheme}${host}${url.path === undefined ? '…' : pathText(url.path, '…')}`
}
