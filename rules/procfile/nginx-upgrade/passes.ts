import type { App } from '../../../src/app/app.ts'
import type { Route } from '../../../src/app/asgi/model.ts'
import { compileRoute } from '../../../src/app/asgi/pattern/match.ts'
import type { Server } from '../../../src/app/processes/model.ts'
import { type NginxConfig, readConfig } from '../../../src/app/processes/nginx/config.ts'
import { hasOwnBuildpack, type NginxFront } from '../../../src/app/processes/nginx/front.ts'
import { type Blocks, prefixesOf, serverOf } from '../../../src/app/processes/nginx/locations.ts'
import { servingOf } from '../../../src/app/processes/nginx/serving.ts'
import { isUvicorn } from '../../../src/app/processes/server-verdict.ts'
import type { Place } from '../../../src/contracts/place.ts'
import type { Text } from '../../../src/contracts/text.ts'
import { addressesOf } from './addresses.ts'
import { type HandedOn, handedOn } from './handshake.ts'

/** A proxy_pass by which the handshakes of some routes do not arrive as such. */
export interface BrokenPass {
  /** `headers`: they lack headers. `version`: the server takes none over HTTP/1.0. */
  readonly fault: 'headers' | 'version'
  readonly pass: Place
  readonly chain: Blocks
  readonly handed: HandedOn
  readonly routes: readonly Route[]
}

/** What nginx does with the handshakes of the app. */
export interface Passes {
  /** No file of the project: the buildpack brings a configuration that hands none on. */
  readonly preset: boolean
  readonly broken: readonly BrokenPass[]
  readonly unknown: { readonly why: Text; readonly at: Place } | undefined
}

const unread = {
  elsewhere: {
    en: 'which configuration it takes cannot be told from the repository',
    fr: 'le dépôt ne dit pas quelle configuration il prend',
  },
  buildpack: {
    en: 'the repository has no config/nginx.conf.erb, and no file says which buildpack brings one',
    fr: 'le dépôt n’a pas de config/nginx.conf.erb, et aucun fichier ne dit quel buildpack en apporte un',
  },
  problem: {
    en: 'its configuration cannot be read behind this place',
    fr: 'sa configuration ne se lit pas au-delà de cet endroit',
  },
  routes: {
    en: 'it cannot be told which addresses the WebSocket routes have',
    fr: 'on ne peut pas dire quelles adresses ont les routes WebSocket',
  },
  mixed: {
    en: 'it hands some addresses of this route on as they are, and others without what makes them handshakes',
    fr: 'il transmet certaines adresses de cette route telles quelles, et d’autres sans ce qui en fait des poignées de main',
  },
  headers: {
    en: 'the headers it sets depend on what cannot be read here',
    fr: 'les en-têtes qu’il écrit dépendent de ce qui ne se lit pas ici',
  },
  version: {
    en: 'the server takes no WebSocket over HTTP/1.0, and whether nginx speaks 1.1 to it without `proxy_http_version 1.1` depends on its version (1.29.7 and later do)',
    fr: 'le serveur n’accepte pas de WebSocket en HTTP/1.0, et que nginx lui parle en 1.1 sans `proxy_http_version 1.1` dépend de sa version (à partir de 1.29.7)',
  },
} as const

/** Follows the handshakes of every WebSocket route through the configuration of nginx. */
export function passesOf(app: App, front: NginxFront, server: Server): Passes {
  const cannot = (why: Text, at: Place = front.at): Passes => ({ preset: false, broken: [], unknown: { why, at } })
  if (front.preset)
    return hasOwnBuildpack(app) ? { preset: true, broken: [], unknown: undefined } : cannot(unread.buildpack)
  const config = front.file === undefined ? undefined : readConfig(app.tree, front.file, front.toTree)
  if (config === undefined) return cannot(unread.elsewhere)
  if (config.problem !== undefined) return cannot(unread.problem, config.problem)
  const routes = app.asgi.routes.filter(({ protocol }) => protocol === 'websocket')
  if (routes.length === 0) return cannot(unread.routes)
  const verdicts = routes.map((route) => ofRoute(route, config, front, server))
  const broken = new Map<string, BrokenPass>()
  for (const { fault } of verdicts) {
    if (fault === undefined) continue
    const key = `${fault.pass.file}:${fault.pass.span.start}`
    const before = broken.get(key)
    broken.set(key, before === undefined ? fault : { ...before, routes: [...before.routes, ...fault.routes] })
  }
  return { preset: false, broken: [...broken.values()], unknown: verdicts.find(({ unknown }) => unknown)?.unknown }
}

interface Verdict {
  readonly fault?: BrokenPass
  readonly unknown?: { readonly why: Text; readonly at: Place }
}

/** All addresses of a route that nginx treats differently are looked at: only what is true of each is said. */
function ofRoute(route: Route, config: NginxConfig, front: NginxFront, server: Server): Verdict {
  const addresses = addressesOf(compileRoute(route))
  if (addresses === undefined) return { unknown: { why: unread.routes, at: route.at } }
  const { examples, mayBeginWith } = addresses
  const apart = prefixesOf(serverOf(config)).filter(
    (path) => !examples.every((example) => example.startsWith(path)) && mayBeginWith(path),
  )
  const verdicts = [...examples, ...apart].map((address) => ofAddress(address, route, config, front, server))
  const unknown = verdicts.find((one) => one.unknown !== undefined)
  if (unknown !== undefined) return unknown
  const [first, ...others] = verdicts
  const broken = verdicts.filter(({ fault }) => fault !== undefined)
  if (first === undefined || broken.length === 0) return {}
  return broken.length === others.length + 1 ? first : { unknown: { why: unread.mixed, at: route.at } }
}

function ofAddress(address: string, route: Route, config: NginxConfig, front: NginxFront, server: Server): Verdict {
  const serving = servingOf(config, address)
  if (serving.kind === 'unknown') return { unknown: { why: serving.why, at: serving.at?.at ?? front.at } }
  const { chain } = serving
  const pass = serving.pass.at
  const handed = handedOn(chain)
  const fault = (kind: BrokenPass['fault']): Verdict => ({
    fault: { fault: kind, pass, chain, handed, routes: [route] },
  })
  if (handed.upgrade === false || handed.connection === false) return fault('headers')
  if (handed.upgrade === undefined || handed.connection === undefined)
    return { unknown: { why: unread.headers, at: pass } }
  const version = takesVersion(handed.version, front, server)
  if (version === undefined) return { unknown: { why: unread.version, at: pass } }
  return version ? {} : fault('version')
}

/**
 * Whether the server opens a WebSocket over the version of HTTP that nginx speaks to it. uvicorn (0.20 and 0.54, each of its
 * implementations) and daphne (4.2) do so over 1.0 too; hypercorn 0.18 answers 400, granian 2 accepts and closes (seen behind
 * nginx 1.22).
 */
function takesVersion(version: string | undefined, { modern }: NginxFront, server: Server): boolean | undefined {
  const is11 = version === '1.1' || (version === 'default' ? modern : version === '1.0' ? false : undefined)
  if (is11 === true) return true
  if (version === '1.0' || version === 'default') {
    if (isUvicorn(server) || server.name === 'daphne') return true
    if (server.name === 'hypercorn' || server.name === 'granian') return is11
  }
  return undefined
}
